"""Aligns a copy with the lead of its report: which sentences both have, what the copy adds, what it cut."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Copy, Document, Independence, Passage, Span
from onrecord.reports.runs import Run, runs
from onrecord.reports.words import Sentence, Words, words_of

#: Glyphs that differ by house style alone, with the one they are compared as. All are single code points.
_GLYPHS = str.maketrans(
    {**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛ʼ`´", "'"), **dict.fromkeys("–—‑", "-"), "\u00a0": " "}
)
#: Word keys written in one or several words ("cease-fire", "ceasefire"); joined up to this many words.
_COMPOUND = 3


@dataclass(frozen=True, slots=True)
class Link:
    """Words ``[first, first_end)`` of the lead are words ``[second, second_end)`` of the copy: one each, or a compound."""

    first: int
    first_end: int
    second: int
    second_end: int


def align(lead: Document, other: Document) -> Copy:
    """How `other` carries the text of `lead`.

    ``passages`` are whole sentences of both texts with the same words in the same order; ``added`` and ``cut`` are the
    other sentences of the copy and of the lead, neighbours as one span. ``shared`` is the share of the copy's words that
    stand in the lead, whole sentences or not. The independence is `COPY`; `onrecord.reports.origin` may change it.
    """
    first, second = words_of(lead), words_of(other)
    linked = links(first, second)
    to_first = {link.second: link for link in linked}
    passages: list[Passage] = []
    carried: set[int] = set()
    added: list[Sentence] = []
    starts = {s.first: i for i, s in enumerate(first.sentences)}
    ends = {s.end: i for i, s in enumerate(first.sentences)}
    for sentence in second.sentences:
        here = _counterpart(sentence, to_first)
        if here is None or here[0] not in starts or here[1] not in ends:
            if not sentence.dateline:
                added.append(sentence)
            continue
        low, high = starts[here[0]], ends[here[1]]
        carried.update(range(low, high + 1))
        stretch = Span(first.sentences[low].span.start, first.sentences[high].span.end)
        exact = stretch.of(first.text) == sentence.span.of(second.text)
        _append(passages, Passage(stretch, sentence.span, exact), first.text, second.text)
    cut = [s for i, s in enumerate(first.sentences) if i not in carried and not s.dateline]
    shared = sum(link.second_end - link.second for link in linked)
    share = shared / len(second) if len(second) else 0.0
    return Copy(
        document=other.id,
        shared=round(share, 4),
        independence=Independence.COPY,
        passages=tuple(passages),
        added=_stretches(second.sentences, added),
        cut=_stretches(first.sentences, cut),
        why=f"{shared} of its {len(second)} words stand in the lead's {len(first)} in the same order",
    )


def links(first: Words, second: Words) -> list[Link]:
    """The word pairs of the alignment, ascending; words that differ only in being written together are linked as one."""
    found: list[Link] = []
    a = b = 0
    for run in (*runs(first.keys, second.keys), Run(len(first), len(second), 0)):
        compound = _compound(first, a, run.first, second, b, run.second)
        if compound is not None:
            found.append(compound)
        found.extend(
            Link(run.first + i, run.first + i + 1, run.second + i, run.second + i + 1) for i in range(run.length)
        )
        a, b = run.first + run.length, run.second + run.length
    return found


def level(text: str) -> str:
    """`text` with quotation marks, dashes and no-break spaces as plain glyphs, of the same length."""
    return text.translate(_GLYPHS)


def _compound(first: Words, a: int, a_end: int, second: Words, b: int, b_end: int) -> Link | None:
    """The gap as one link when both sides have the same letters ("per cent" and "percent")."""
    if not (0 < a_end - a <= _COMPOUND and 0 < b_end - b <= _COMPOUND):
        return None
    here = "".join(first.form(i) for i in range(a, a_end)).casefold()
    there = "".join(second.form(i) for i in range(b, b_end)).casefold()
    return Link(a, a_end, b, b_end) if here == there else None


def _counterpart(sentence: Sentence, to_first: dict[int, Link]) -> tuple[int, int] | None:
    """The word range of the lead that the whole sentence is linked to without a gap on either side."""
    at, start, expected = sentence.first, -1, -1
    while at < sentence.end:
        link = to_first.get(at)
        if link is None or link.second_end > sentence.end or (expected >= 0 and link.first != expected):
            return None
        if start < 0:
            start = link.first
        expected, at = link.first_end, link.second_end
    return (start, expected) if start >= 0 else None


def _append(passages: list[Passage], new: Passage, lead: str, copy: str) -> None:
    """Add a passage, as part of the last one where nothing but equal white space parts them."""
    if passages and passages[-1].exact and new.exact:
        last = passages[-1]
        here, there = lead[last.lead.end : new.lead.start], copy[last.copy.end : new.copy.start]
        if last.lead.end <= new.lead.start and here == there and not here.strip():
            passages[-1] = Passage(Span(last.lead.start, new.lead.end), Span(last.copy.start, new.copy.end), True)
            return
    passages.append(new)


def _stretches(sentences: tuple[Sentence, ...], chosen: list[Sentence]) -> tuple[Span, ...]:
    """The spans of the chosen sentences, neighbours joined."""
    order = {s.first: i for i, s in enumerate(sentences)}
    spans: list[Span] = []
    last = -2
    for sentence in chosen:
        number = order[sentence.first]
        if number == last + 1 and spans:
            spans[-1] = Span(spans[-1].start, sentence.span.end)
        else:
            spans.append(sentence.span)
        last = number
    return tuple(spans)
