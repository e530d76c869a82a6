"""From piece probabilities to spans: whole words, whole quotations, one source, contents that do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from onrecord.model import Span, trimmed
from onrecord.reading.attribution.layout import by_layout
from onrecord.reading.attribution.linking import runs
from onrecord.reading.attribution.quotes import Quotation
from onrecord.reading.attribution.types import Attribution
from onrecord.reading.attribution.windows import Pieces

Floats = npt.NDArray[np.float32]

_SIZE = 0.05
_LOOSE = " \t\n,;:.\u00a0–—-"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue and what the linker says of its paragraph.

    `cue` and `block` are half-open piece ranges of the text; `source` and `content` are (t, 3) probabilities of outside,
    begin, inside for the pieces of `block`; `found` is the probability of being a cue, `valid` the linker's logit.
    """

    cue: tuple[int, int]
    block: tuple[int, int]
    source: Floats
    content: Floats
    found: float
    valid: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How candidates become attributions; every number is fitted on texts the reader was not trained on.

    `weights` and `bias` make a confidence from the evidence of `evidence`; candidates below `threshold` are dropped.
    """

    weights: tuple[float, ...]
    bias: float
    threshold: float
    content: float = 0.5
    source: float = 0.4
    quotation: float = 0.5


def evidence(candidate: Candidate) -> list[float]:
    """What speaks for a candidate, eight numbers.

    The linker's logit, the cue's log odds, the certainty of the content's pieces and the doubt left elsewhere, how far from
    undecided the source is and how likely it has one, the content's size and its distance from the cue.
    """
    content = 1.0 - candidate.content[:, 0]
    source = 1.0 - candidate.source[:, 0]
    inside = np.flatnonzero(content >= 0.5)
    sure = float(content[inside].mean()) if len(inside) else 0.0
    doubt = float(np.minimum(content, 1 - content).sum() / max(1, len(inside)))
    named = float(source.max(initial=0.0))
    found = min(max(candidate.found, 1e-4), 1 - 1e-4)
    places = inside + candidate.block[0]
    gaps = np.maximum(np.maximum(candidate.cue[0] - 1 - places, places - candidate.cue[1]), 0)
    return [
        candidate.valid,
        float(np.log(found / (1 - found))),
        sure,
        min(doubt, 2.0),
        abs(named - 0.5),
        named,
        float(np.log1p(len(inside))),
        float(np.log1p(gaps.min())) if len(inside) else 4.0,
    ]


def decode(
    text: str, pieces: Pieces, candidates: Sequence[Candidate], calibration: Calibration
) -> tuple[Attribution, ...]:
    """The attributions of one text, in the order of their cues.

    Those that the layout alone makes come first; of others whose contents share half or more the surer one stays.
    """
    scored = []
    for candidate in candidates:
        content = _content(text, pieces, candidate, calibration)
        cue = (_words(text, pieces, *candidate.cue),)
        if not content or not len(cue[0]):
            continue
        confidence = _confidence(candidate, calibration)
        if confidence < calibration.threshold:
            continue
        source = _source(text, pieces, candidate, calibration)
        scored.append(Attribution(source, cue, content, confidence))
    kept = by_layout(text, pieces.paragraphs, pieces.quotations)
    for attribution in sorted(scored, key=_rank):
        if all(_shared(attribution.content, other.content) < 0.5 for other in kept):
            kept.append(attribution)
    return tuple(sorted(_continued(text, pieces, kept), key=lambda a: (a.cue, a.content)))


def _rank(attribution: Attribution) -> tuple[float, tuple[Span, ...]]:
    """Surest first; of two about as sure the longer content, since the corpus marks the outer of two sayings."""
    size = sum(map(len, attribution.content))
    return (-attribution.confidence - _SIZE * float(np.log(size)), attribution.cue)


def _continued(text: str, pieces: Pieces, kept: Sequence[Attribution]) -> list[Attribution]:
    """Contents that end in a quotation left open, carried on through the paragraphs that open with a mark again."""
    taken = [span for attribution in kept for span in attribution.content]
    double = [q for q in pieces.quotations if not q.single]
    ends = {p.end: i for i, p in enumerate(pieces.paragraphs)}
    heads = {p.start: i for i, p in enumerate(pieces.paragraphs)}
    opening = {heads[q.outer.start]: q for q in double if q.outer.start in heads}
    out = []
    for attribution in kept:
        last = attribution.content[-1]
        open_at = next((q for q in double if not q.closed and q.outer.overlaps(last) and q.outer.end in ends), None)
        more: list[Span] = []
        while open_at is not None and not open_at.closed and open_at.outer.end in ends:
            open_at = opening.get(ends[open_at.outer.end] + 1)
            if open_at is None or any(open_at.outer.overlaps(span) for span in taken):
                break
            more.append(trimmed(text, open_at.outer))
        out.append(replace(attribution, content=(*attribution.content, *more)) if more else attribution)
    return out


def _confidence(candidate: Candidate, calibration: Calibration) -> float:
    total = calibration.bias + sum(w * x for w, x in zip(calibration.weights, evidence(candidate), strict=True))
    return round(float(1.0 / (1.0 + np.exp(-total))), 4)


def _content(text: str, pieces: Pieces, candidate: Candidate, calibration: Calibration) -> tuple[Span, ...]:
    first = candidate.block[0]
    cue = _words(text, pieces, *candidate.cue)
    spans = [
        _words(text, pieces, first + low, first + high) for low, high in runs(candidate.content, calibration.content)
    ]
    marks = [q for q in _near(pieces.quotations, spans) if not q.single]
    spans = [s for s in (_snapped(span, marks, calibration.quotation) for span in spans) if len(s)]
    return _without(text, _merged(text, spans), cue)


def _source(text: str, pieces: Pieces, candidate: Candidate, calibration: Calibration) -> tuple[Span, ...]:
    """The likeliest stretch, when there is one."""
    first = candidate.block[0]
    member = 1.0 - candidate.source[:, 0]
    found = runs(candidate.source, calibration.source)
    if not found:
        return ()
    low, high = max(found, key=lambda r: (float(member[r[0] : r[1]].max()), float(member[r[0] : r[1]].sum()), -r[0]))
    span = _words(text, pieces, first + low, first + high)
    return (span,) if any(ch.isalnum() for ch in span.of(text)) else ()


def _words(text: str, pieces: Pieces, low: int, high: int) -> Span:
    """The span of pieces `[low, high)`, widened to whole words where it cuts through one."""
    start, end = int(pieces.starts[low]), int(pieces.ends[high - 1])
    while low > 0 and pieces.ends[low - 1] == start and text[start - 1 : start + 1].isalnum() and start < len(text):
        low -= 1
        start = int(pieces.starts[low])
    while (
        high < len(pieces.ids) and pieces.starts[high] == end < len(text) and text[max(0, end - 1) : end + 1].isalnum()
    ):
        high += 1
        end = int(pieces.ends[high - 1])
    return trimmed(text, Span(start, end))


def _near(quotations: Sequence[Quotation], spans: Sequence[Span]) -> list[Quotation]:
    return [q for q in quotations if any(q.outer.overlaps(s) for s in spans)]


def _snapped(span: Span, quotations: Sequence[Quotation], share: float) -> Span:
    """`span` widened to a quotation of which it covers at least `share`, marks included."""
    start, end = span.start, span.end
    for quotation in quotations:
        inner = quotation.inner
        covered = min(end, inner.end) - max(start, inner.start)
        if quotation.closed and covered >= share * max(1, len(inner)):
            start, end = min(start, quotation.outer.start), max(end, quotation.outer.end)
    return Span(start, end)


def _merged(text: str, spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that touch or have only punctuation between them joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and (span.start <= joined[-1].end or not text[joined[-1].end : span.start].strip(_LOOSE)):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _without(text: str, spans: Sequence[Span], cue: Span) -> tuple[Span, ...]:
    """Spans with the cue taken out, and stretches without a letter or digit dropped."""
    out = []
    for span in spans:
        for start, end in ((span.start, min(span.end, cue.start)), (max(span.start, cue.end), span.end)):
            part = trimmed(text, Span(start, max(start, end)))
            if any(ch.isalnum() for ch in part.of(text)) and part not in out:
                out.append(part)
    return tuple(out)


def _shared(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Shared characters over the smaller of two contents."""
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return both / max(1, min(sum(map(len, one)), sum(map(len, other))))
