"""What the trained tagger finds beside the rules: the rules decide where both see something, the tagger adds the rest."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Span
from onrecord.reading.attributed import Attribution
from onrecord.reading.attribution import AttributionReader
from onrecord.reading.finding.cues import is_actual
from onrecord.reading.lexicon import CueKind, verb_cues
from onrecord.reading.parse import Parse

#: The tagger's own confidence from which a line of it is added: about nine in ten are right there (see its model card).
ADDED_FROM = 0.75


def merged(
    parsed: Parse, spans: Sequence[Span], ruled: Sequence[Attribution], tagger: AttributionReader
) -> tuple[Attribution, ...]:
    """The rules' attributions, and those of the tagger whose content no rule touches, in text order.

    `spans` are the stretches of the parsed text to look at. The corpus that the tagger learnt from marks hopes, plans and sayings
    that may never be said too; what is added here has a source and a verb of saying that is told as done.
    """
    taken = [_characters(one) for one in ruled]
    found = list(ruled)
    read = tagger.read([span.of(parsed.text) for span in spans])
    for span, tagged in zip(spans, read, strict=True):
        for one in tagged:
            if one.confidence < ADDED_FROM or not one.source or not one.content:
                continue
            moved = Attribution(
                source=_moved(one.source, span.start),
                cue=_moved(one.cue, span.start),
                content=_moved(one.content, span.start),
                rule="tagger",
                confidence=one.confidence,
            )
            characters = _characters(moved)
            if _is_said(parsed, moved.cue) and not any(characters & other for other in taken):
                found.append(moved)
    return tuple(sorted(found, key=lambda one: (one.content[0], one.cue, one.source)))


def _is_said(parsed: Parse, cue: Sequence[Span]) -> bool:
    for token in parsed.tokens_of(cue):
        rows = verb_cues().get(token.lemma_.lower(), ()) if token.tag_.startswith("VB") else ()
        if any(row.kind is CueKind.SAY for row in rows):
            return is_actual(token)
    return False


def _moved(spans: Sequence[Span], by: int) -> tuple[Span, ...]:
    return tuple(span.shift(by) for span in spans)


def _characters(one: Attribution) -> frozenset[int]:
    return frozenset(at for span in one.content for at in range(span.start, span.end))
