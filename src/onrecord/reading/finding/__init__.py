"""Finding attributions by rule: who said what, as spans of source, cue and content."""

from __future__ import annotations

from onrecord.model import Span
from onrecord.reading.attributed import Attribution
from onrecord.reading.finding.draft import Draft
from onrecord.reading.finding.edges import content_span, role_spans
from onrecord.reading.finding.labels import label_drafts
from onrecord.reading.finding.nouns import noun_drafts
from onrecord.reading.finding.quoted import attach_quotes
from onrecord.reading.finding.releases import RULE, issued, issuer_of
from onrecord.reading.finding.verbs import verb_drafts
from onrecord.reading.parse import Parse


def find(parse: Parse, issuer: Span | None = None) -> tuple[Attribution, ...]:
    """All attributions of the parsed text by rule, in text order of their content, states of mind included.

    Attributions inside another's content are found too; which of them count as statements is for
    `onrecord.reading.interpreting` to say. With an `issuer`, whose statement the text is, he says what "we" and "I" do in it.
    """
    drafts = [*verb_drafts(parse), *noun_drafts(parse), *label_drafts(parse)]
    if issuer is not None:
        drafts = issued(parse, drafts, issuer)
    drafts = attach_quotes(parse, drafts)
    found = {a: None for a in (_attribution(parse, draft, issuer) for draft in drafts) if a is not None}
    return tuple(sorted(found, key=lambda a: (a.content[0].start, -a.content[-1].end, a.cue, a.source)))


def _attribution(parse: Parse, draft: Draft, issuer: Span | None) -> Attribution | None:
    pieces = (content_span(parse, first, last) for first, last in sorted(draft.content))
    content: list[Span] = []
    for piece in pieces:
        if piece is not None and len(piece) and (not content or piece.start >= content[-1].end):
            content.append(piece)
    if not content:
        return None
    cue = role_spans(parse, draft.cue)
    by_issuer = issuer is not None and draft.rule == RULE
    source = (issuer,) if issuer is not None and by_issuer else role_spans(parse, draft.source)
    return Attribution(source, cue, tuple(content), draft.rule, draft.confidence)


__all__ = ["find", "issuer_of"]
