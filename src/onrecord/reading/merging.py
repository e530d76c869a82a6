"""What the trained tagger adds to the rules: what they miss, and another reading where the two share a cue but part over its words.

Both see most sayings. Where they share a cue and the tagger, being sure, gives a longer content of which the rules have less than half, or a
source that has nothing in common, it is right four times as often (on the 80 texts of the attribution corpus that its training left out:
contents 17 to 4, sources 29 to 3); in all else the rules' spans stay. A line that both see has the tagger's confidence, which is calibrated; what only the rules
see is right one time in six there, so that it has a low one, and is dropped when its cue is a noun (one in eight).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.model import Span, trimmed
from onrecord.reading.attributed import Attribution
from onrecord.reading.attribution import AttributionReader
from onrecord.reading.finding.cues import is_actual, match
from onrecord.reading.finding.releases import RULE
from onrecord.reading.lexicon import CueKind
from onrecord.reading.parse import Parse

#: The tagger's own confidence from which a line of it is added: about nine in ten are right there (see its model card).
ADDED_FROM = 0.7
#: The confidence from which it is believed against the rules, or for a verb that the table of sayings does not know.
BELIEVED_FROM = 0.8
#: The confidence of a line of the rules that the tagger does not see at all, unless it lies inside another's content: the corpus has no
#: such nested lines, and of 115 others 20 are right in it (in texts about disputes about half).
ALONE = 0.25
#: Rules whose spans the tagger may mend: clauses and quotations under a verb; about nouns and objects people mark what the rules do.
_MENDED = ("clause", "quotation")
#: Contents of one cue that share less than this part of their characters are two readings.
_SAME = 0.5
#: What stands between a cue and the quotation that it leads as a paragraph of its own.
_LED = re.compile(r"[^\n.!?]{0,60}:[ \t]*\n\s*(?:[\"“«„]|``)")
#: A source of one of these words points back at a name that the rules find.
_RELATIVE = frozenset({"who", "which", "that", "whom"})


@dataclass(frozen=True, slots=True)
class _Line:
    """An attribution with the places of the letters and digits of its roles."""

    attribution: Attribution
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


def merged(
    parsed: Parse, spans: Sequence[Span], ruled: Sequence[Attribution], tagger: AttributionReader
) -> tuple[Attribution, ...]:
    """The rules' attributions, mended and completed by the tagger's, in text order; `spans` are the stretches to look at.

    The corpus that the tagger learnt from marks hopes, plans and sayings that may never be said too; what is added here has a
    source and a verb of saying that is told as done, or a quotation in marks.
    """
    tagged = [_line(parsed.text, one) for one in _tagged(parsed, spans, tagger) if one.content]
    lines = [_line(parsed.text, one) for one in ruled]
    found = [one for line in lines if (one := _judged(parsed, line, lines, tagged)) is not None]
    taken = [line.content for line in lines]
    for line in tagged:
        one = line.attribution
        if one.confidence < ADDED_FROM or not one.source:
            continue
        if _is_said(parsed, one) and not any(line.content & other for other in taken):
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.content[0], one.cue, one.source)))


def _tagged(parsed: Parse, spans: Sequence[Span], tagger: AttributionReader) -> list[Attribution]:
    read = tagger.read([span.of(parsed.text) for span in spans])
    return [
        Attribution(
            source=_moved(one.source, span.start),
            cue=_moved(one.cue, span.start),
            content=_without_that(parsed.text, _moved(one.content, span.start)),
            rule="tagger",
            confidence=one.confidence,
        )
        for span, found in zip(spans, read, strict=True)
        for one in found
    ]


def _judged(parsed: Parse, line: _Line, lines: Sequence[_Line], tagged: Sequence[_Line]) -> Attribution | None:
    """The rules' `line` with the confidence it deserves and the tagger's spans where those are better; None when nothing speaks for it."""
    if line.attribution.rule == RULE:
        return line.attribution
    seen = [t for t in tagged if (t.cue & line.cue or t.cue == line.cue) and t.content & line.content]
    if not seen:
        if line.cue and any(line.cue <= other.content for other in (*lines, *tagged) if other is not line):
            return line.attribution
        if line.attribution.rule == "noun":
            return None
        if _is_introduced(parsed, line.attribution):
            return line.attribution
        return replace(line.attribution, confidence=ALONE)
    ours = replace(line.attribution, confidence=max(t.attribution.confidence for t in seen))
    if len(seen) == 1 and ours.rule == "clause" and _runs_on(seen[0], line, tagged):
        return replace(ours, content=seen[0].attribution.content, rule="clause, cut by the tagger")
    return _mended(parsed, ours, line, lines, seen)


def _is_introduced(parsed: Parse, one: Attribution) -> bool:
    """True for a quotation that a colon at its paragraph's end leads: the tagger links nothing across paragraphs, so that it cannot see it."""
    if not one.cue or not one.source or one.content[0].start < one.cue[-1].end:
        return False
    return _LED.fullmatch(parsed.text, one.cue[-1].end, one.content[0].start) is not None


def _runs_on(theirs: _Line, line: _Line, tagged: Sequence[_Line]) -> bool:
    """True when the rules' content runs on into another saying, which the tagger leaves out ("said the road was open, adding that ...")."""
    beyond = line.content - theirs.content
    return theirs.content < line.content and any(
        other.cue & beyond and other.attribution.confidence >= ADDED_FROM for other in tagged if other is not theirs
    )


def _mended(
    parsed: Parse, ours: Attribution, line: _Line, lines: Sequence[_Line], seen: Sequence[_Line]
) -> Attribution:
    """`ours` with the longer content, or the other source, of the one sure line of the tagger that has its cue."""
    sure = [t for t in seen if t.attribution.confidence >= BELIEVED_FROM]
    if not ours.rule.startswith(_MENDED) or len(sure) != 1 or sum(1 for other in lines if other.cue & line.cue) != 1:
        return ours
    theirs = sure[0]
    apart = len(theirs.content & line.content) < _SAME * len(theirs.content | line.content)
    if apart and not theirs.content < line.content and not _swallows(theirs, line, lines):
        ours = replace(ours, content=theirs.attribution.content, rule=f"{ours.rule}, content by the tagger")
    if theirs.source and not theirs.source & line.source and not _is_relative(parsed, theirs.attribution):
        source = theirs.attribution.source
        apart_from = _apart_from(parsed.text, ours.content, source)
        ours = replace(ours, source=source, content=apart_from, rule=f"{ours.rule}, source by the tagger")
    return ours


def _apart_from(text: str, content: Sequence[Span], source: Sequence[Span]) -> tuple[Span, ...]:
    """`content` without a source at the end or the head of one of its parts."""
    found = []
    for span in content:
        start, end = span.start, span.end
        for one in source:
            if start < one.start <= end <= one.end:
                end = len(text[: one.start].rstrip(" ,;–—-\n"))
            elif one.start <= start < one.end < end:
                start = one.end
        found.append(trimmed(text, Span(start, max(start, end))))
    kept = tuple(span for span in found if len(span))
    return kept or tuple(content)


def _swallows(theirs: _Line, line: _Line, lines: Sequence[_Line]) -> bool:
    """True when the tagger's content holds another saying, or part of what it says, that stands outside the rules' content."""
    beyond = theirs.content - line.content
    return any(
        other is not line and (other.cue & beyond or (other.content & beyond and not other.cue & line.content))
        for other in lines
    )


def _is_relative(parsed: Parse, one: Attribution) -> bool:
    return len(one.source) == 1 and one.source[0].of(parsed.text).lower() in _RELATIVE


def _is_said(parsed: Parse, one: Attribution) -> bool:
    """True for a verb of saying told as done; any verb will do where the content is in quotation marks and the tagger is sure."""
    quoted = one.confidence >= BELIEVED_FROM and any(
        not quotation.single and any(quotation.inner.overlaps(span) for span in one.content)
        for quotation in parsed.quotations
    )
    for token in parsed.tokens_of(one.cue):
        if not token.tag_.startswith("VB"):
            continue
        readings = match(token, parsed.sentence(token.i)[1])
        if quoted or any(row.kind is CueKind.SAY for reading in readings for row in reading.rows):
            return is_actual(token) and parsed.tokens_of(one.cue)[-1].pos_ != "DET"
    return False


def _without_that(text: str, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """The content without the conjunction in front of it, as the rules give it."""
    first = content[0] if content else None
    if first is None or first.of(text)[:5].lower() != "that " or len(first) <= len("that "):
        return content
    return (Span(first.start + len("that "), first.end), *content[1:])


def _moved(spans: Sequence[Span], by: int) -> tuple[Span, ...]:
    return tuple(span.shift(by) for span in spans)


def _line(text: str, one: Attribution) -> _Line:
    return _Line(one, *(_characters(text, spans) for spans in (one.source, one.cue, one.content)))


def _characters(text: str, spans: Sequence[Span]) -> frozenset[int]:
    """The places of letters and digits: whether marks belong to a content is a matter of convention."""
    return frozenset(at for span in spans for at in range(span.start, span.end) if text[at].isalnum())
