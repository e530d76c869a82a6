// Runs before the page is painted, so that a chosen theme does not flash the other one.
(() => {
  let kept = null;
  try { kept = localStorage.getItem("theme"); } catch { /* a browser that keeps nothing shows the system's theme */ }
  if (kept === "dark" || kept === "light") document.documentElement.dataset.theme = kept;
})();
