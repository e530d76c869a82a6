"""Press releases and statements in the first person: whoever issues them says what "we" and "I" do in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.model import Document, LineRole, Span, trimmed
from onrecord.reading.finding.draft import Draft
from onrecord.reading.grammar import children, own_subject
from onrecord.reading.parse import Parse

_KIND = r"(?:joint |press |written |official )*(?:statement|communiqu[eé]|declaration|release|remarks|address|message|letter)"
#: "Statement by the Ministry of ...", "Joint statement of A and B on the crisis", "Arvenia: Statement by the Spokesperson".
_HEADING = re.compile(
    rf"(?:[^\n:]{{2,40}}: )?(?:the )?{_KIND} (?:by|of|from|issued by) (?P<issuer>[^\n]{{3,120}})", re.IGNORECASE
)
#: Where the issuer ends and the matter begins.
_MATTER = re.compile(
    r"(?<=\s)(?:on|about|regarding|concerning|following|after|in response to|ahead of|at)\s|[,:;–—(]|\.?\Z",
    re.IGNORECASE,
)
_OURS = frozenset({"i", "we"})
#: Only a heading among the first lines says whose words the whole page is.
_FIRST_LINES = 4
#: The most characters of a line that is a letterhead.
_LETTERHEAD = 120
RULE = "release"


def issuer_of(document: Document) -> Span | None:
    """Whose statement the page is, by a heading of its headline or of one of its first lines; None for a report."""
    lines = [line for line in document.lines if line.span.of(document.text).strip()]
    told = [line for line in lines if line.role in {LineRole.HEADLINE, LineRole.STANDFIRST}]
    body = [line for line in lines if line.role in {LineRole.BODY, LineRole.DATELINE, LineRole.SUBHEADING}]
    for line in (*told, *body[:_FIRST_LINES]):
        span = trimmed(document.text, line.span)
        match = _HEADING.match(document.text, span.start, span.end)
        if match is None or document.text[span.end - 1] in ".!?":
            continue
        start = match.start("issuer")
        end = next(m.start() for m in _MATTER.finditer(document.text, start, span.end) if m.start() > start)
        return _in_full(document, trimmed(document.text, Span(start, end)))
    return None


def _in_full(document: Document, issuer: Span) -> Span:
    """The issuer as one of the page's first lines names it in full ("Ministry of Justice of the Republic of ..."), if one does."""
    name = issuer.of(document.text).removeprefix("the ").removeprefix("The ")
    lines = [line.span for line in document.lines if line.span.of(document.text).strip()]
    for line in (trimmed(document.text, span) for span in lines[: 2 * _FIRST_LINES]):
        if len(line) <= _LETTERHEAD and line.of(document.text).startswith(f"{name} of "):
            return line
    return issuer


def issued(parse: Parse, drafts: Sequence[Draft], issuer: Span) -> list[Draft]:
    """The drafts with the issuer for "we" and "I" outside quotation marks, and what else they say, sentence by sentence."""
    tokens = parse.tokens(issuer)
    found = list(drafts)
    taken: set[int] = set()
    for draft in found:
        if _is_ours(parse, draft.source):
            draft.source = tokens
            draft.bare = False
            draft.rule = RULE
        if draft.content:
            taken.add(parse.sentence_of[draft.verb.i])
    for number, (first, last) in enumerate(parse.sentences):
        verb = next((t for t in parse.doc[first:last] if t.dep_ == "ROOT"), None)
        if verb is None or number in taken or parse.quoted[verb.i] >= 0:
            continue
        doer = own_subject(verb)
        if doer is None or not _is_ours(parse, [doer]):
            continue
        stop = last - 1
        while stop > first and parse.doc[stop].is_punct:
            stop -= 1
        if not children(verb, "ccomp") or stop - first > 2:
            found.append(Draft(verb, tokens, [], [(first, stop)], RULE, confidence=0.7))
    return [draft for draft in found if draft.content or draft.bare]


def _is_ours(parse: Parse, source: Sequence[Token]) -> bool:
    """True for "we" and "I", an apposition included ("We, the foreign ministers of ..."), that no marks surround."""
    return bool(source) and source[0].lower_ in _OURS and parse.quoted[source[0].i] < 0
