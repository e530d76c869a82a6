// What the page does beyond plain HTML: the theme's switch, notes beside a text, the date slider, charts. Nothing here is needed to read.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  // The theme.
  const button = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const sayTheme = () => { button.textContent = isDark() ? "Light" : "Dark"; button.setAttribute("aria-label", `Switch to ${isDark() ? "light" : "dark"} colours`); };
  button.hidden = false;
  sayTheme();
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* not kept */ }
    sayTheme();
    drawAll(true);
  });
  dark.addEventListener("change", () => { sayTheme(); drawAll(true); });

  // The page reader: a note lights up with its words, and shows beside them.
  const source = document.querySelector(".source");
  if (source) reader(source);

  function reader(source) {
    const notes = new Map([...document.querySelectorAll(".notes li[data-n]")].map((li) => [li.dataset.n, li]));
    const pieces = new Map();
    for (const one of source.querySelectorAll(".hl")) for (const n of one.dataset.k.split(" ")) pieces.set(n, [...(pieces.get(n) || []), one]);
    const tip = document.createElement("div");
    tip.className = "tip";
    tip.id = "tip";
    tip.setAttribute("role", "tooltip");
    tip.hidden = true;
    document.body.append(tip);
    let lit = [];
    const light = (numbers, at) => {
      for (const one of lit) one.classList.remove("on");
      lit = [];
      for (const n of numbers) {
        const note = notes.get(n);
        if (!note) continue;
        lit.push(note, ...(pieces.get(n) || []));
      }
      for (const one of lit) one.classList.add("on");
      tip.hidden = !at || !numbers.length;
      if (tip.hidden) return;
      tip.replaceChildren(...numbers.flatMap((n, i) => {
        const note = notes.get(n);
        if (!note) return [];
        const parts = [...note.children].filter((c) => !c.classList.contains("anchor")).map((c) => c.cloneNode(true));
        for (const part of parts) for (const a of part.querySelectorAll("a")) { const s = document.createElement("span"); s.className = a.className; s.append(...a.childNodes); a.replaceWith(s); }
        return i ? [document.createElement("hr"), ...parts] : parts;
      }));
      const box = at.getClientRects()[0] || at.getBoundingClientRect();
      const wide = document.documentElement.clientWidth;
      tip.style.left = `${Math.max(12, Math.min(box.left, wide - tip.offsetWidth - 12)) + scrollX}px`;
      const below = box.bottom + 8;
      tip.style.top = `${(below + tip.offsetHeight > innerHeight && box.top > tip.offsetHeight + 8 ? box.top - tip.offsetHeight - 8 : below) + scrollY}px`;
    };
    source.addEventListener("pointerover", (e) => { const hl = e.target.closest(".hl"); if (hl) light(hl.dataset.k.split(" "), hl); });
    source.addEventListener("pointerout", (e) => { if (e.target.closest(".hl") && !(e.relatedTarget && e.relatedTarget.closest && e.relatedTarget.closest(".hl"))) light([], null); });
    source.addEventListener("focusin", (e) => { const ref = e.target.closest(".ref"); if (ref) { light([ref.dataset.n], ref); ref.setAttribute("aria-describedby", "tip"); } });
    source.addEventListener("focusout", (e) => { e.target.removeAttribute && e.target.removeAttribute("aria-describedby"); light([], null); });
    for (const [n, note] of notes) {
      note.addEventListener("pointerenter", () => light([n], null));
      note.addEventListener("pointerleave", () => light([], null));
      note.addEventListener("focusin", () => light([n], null));
    }
    const refs = [...source.querySelectorAll(".ref")];
    document.querySelector(".keys").hidden = refs.length === 0;
    document.addEventListener("keydown", (e) => {
      if (e.key === "Escape") light([], null);
      if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
      const step = e.key === "j" ? 1 : e.key === "k" ? -1 : 0;
      if (!step || !refs.length) return;
      const at = refs.indexOf(document.activeElement);
      refs[at < 0 ? (step > 0 ? 0 : refs.length - 1) : (at + step + refs.length) % refs.length].focus();
    });
    const box = document.getElementById("furniture");
    box.addEventListener("change", () => document.body.classList.toggle("nofurniture", !box.checked));
  }

  // The date slider: moves the day of the form that works without it.
  function slider(form) {
    const range = form.querySelector("input[type=range]");
    const date = form.querySelector("input[type=date]");
    if (!range || range.dataset.ready) return;
    range.dataset.ready = "yes";
    range.closest("[hidden]").hidden = false;
    const first = Date.parse(range.dataset.first);
    const iso = (n) => new Date(first + n * 86400000).toISOString().slice(0, 10);
    const number = (d) => Math.round((Date.parse(d) - first) / 86400000);
    range.value = date.value ? number(date.value) : range.max;
    const say = () => range.setAttribute("aria-valuetext", iso(+range.value));
    say();
    range.addEventListener("input", () => { date.value = iso(+range.value); say(); });
    date.addEventListener("input", () => { if (date.value) range.value = number(date.value); say(); });
  }

  // Charts: the specification is fetched from this server and evaluated without eval.
  const scripts = ["vega.min.js", "vega-lite.min.js", "vega-interpreter.js"];
  let loading = null;
  const load = () => (loading ||= scripts.reduce((before, name) => before.then(() => new Promise((done, failed) => {
    const s = document.createElement("script");
    s.src = `/static/vendor/${name}`;
    s.onload = done;
    s.onerror = failed;
    document.head.append(s);
  })), Promise.resolve()));

  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const look = () => ({
    background: null,
    font: getComputedStyle(document.body).fontFamily,
    axis: { labelColor: colour("--soft"), titleColor: colour("--soft"), gridColor: colour("--rule"), domainColor: colour("--strong"), tickColor: colour("--strong"), labelFontSize: 12, titleFontSize: 12, titleFontWeight: 500 },
    legend: { labelColor: colour("--soft"), titleColor: colour("--soft"), labelFontSize: 12 },
    view: { stroke: null },
    range: { category: [colour("--link"), colour("--bar")] },
    bar: { color: colour("--bar") },
    line: { color: colour("--link"), strokeWidth: 2 },
    point: { color: colour("--link"), filled: true },
    circle: { fill: colour("--link"), opacity: .75, stroke: colour("--paper") },
    text: { color: colour("--ink") },
  });
  async function draw(plot, again) {
    if (plot.dataset.drawn && !again) return;
    plot.dataset.drawn = "yes";
    await load();
    const named = (key, value) => ((key === "fill" || key === "stroke") && String(value).startsWith("--") ? colour(value) : value);
    const spec = JSON.parse(await (await fetch(plot.dataset.spec)).text(), named);
    spec.config = look();
    const compiled = window.vegaLite.compile(spec).spec;
    const view = new window.vega.View(window.vega.parse(compiled, null, { ast: true }), {
      expr: window.vegaInterpreter.expressionInterpreter, renderer: "svg", container: plot, hover: true, logLevel: window.vega.Warn,
    });
    if (plot._view) plot._view.finalize();
    plot._view = view;
    await view.runAsync();
    const svg = plot.querySelector("svg");
    if (svg) svg.setAttribute("aria-hidden", "true");
    plot.dataset.ready = "yes";
  }
  function drawAll(again, within = document) { for (const plot of within.querySelectorAll(".plot[data-spec]")) draw(plot, again); }

  // A choice from a list or on the slider asks at once; what is typed waits for Enter.
  document.addEventListener("change", (e) => {
    const form = e.target.closest("form[hx-get]");
    if (form && e.target.matches("select, input[type=range]")) form.requestSubmit();
  });

  const ready = (within) => { drawAll(false, within); for (const form of within.querySelectorAll("form.onday")) slider(form); };
  ready(document);
  document.addEventListener("htmx:afterSettle", (e) => ready(e.target.parentElement || document));
})();
