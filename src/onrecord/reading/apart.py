"""What is said outside the body: in headlines, standfirsts, subheadings and captions.

Headlines and subheadings are read by the rules of `onrecord.reading.headlines`; standfirsts and captions are sentences, read as the
body's are, and as headlines where that finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.model import Document, LineRole, Reading, Reason, Span, Statement, StatementPart, joined_text, trimmed
from onrecord.reading.acts import ActReader
from onrecord.reading.attributed import Attribution
from onrecord.reading.attribution import AttributionReader
from onrecord.reading.finding import find
from onrecord.reading.headlines import Cast, Line, attributions, cast_of, may_say, recased
from onrecord.reading.interpreting import interpret
from onrecord.reading.lexicon import noun_cues, verb_cues
from onrecord.reading.mentions import mentions
from onrecord.reading.merging import merged
from onrecord.reading.parse import parse

PARTS = {
    LineRole.HEADLINE: StatementPart.HEADLINE,
    LineRole.STANDFIRST: StatementPart.STANDFIRST,
    LineRole.SUBHEADING: StatementPart.SUBHEADING,
    LineRole.CAPTION: StatementPart.CAPTION,
}
_SENTENCES = frozenset({StatementPart.STANDFIRST, StatementPart.CAPTION})
_TOKEN = re.compile(r"[^\W\d_]+")
#: What parts a name from its words: a colon, a dash between blanks, quotation marks.
_MARK = re.compile(r":|\s[-–—]\s|[\"“”„«»‘]|(?<!\w)'")
_WORD = re.compile(r"[^\W\d_]{4,}")
#: A headline's words are the body's when this share of its longer words stands in one saying there.
ECHO = 0.5
#: Longer lines with these roles are paragraphs that the labeller took for something else.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class PartReader:
    """Reads the lines outside the body with the models of the body's reader."""

    version: str
    tagger: AttributionReader
    acts: ActReader

    def read(self, document: Document, reading: Reading) -> tuple[Statement, ...]:
        """The statements outside the body of `document`, whose body's `reading` gives the names; a line told twice is read once."""
        lines = list(_lines(document))
        if not lines:
            return ()
        cast = cast_of(document.text, document.body(), reading.mentions)
        echoes = _echoes(document.text, reading)
        found: list[Statement] = []
        for part, line in lines:
            found.extend(self._line(document, part, line, cast, echoes))
        return tuple(found)

    def _line(
        self, document: Document, part: StatementPart, line: Span, cast: Cast, echoes: Callable[[str], bool]
    ) -> Iterator[Statement]:
        attributed: Sequence[Attribution] = ()
        if part in _SENTENCES:
            parsed = parse(document.text, [(line,)])
            attributed = merged(parsed, (line,), find(parsed), self.tagger)
        if not attributed and part is not StatementPart.CAPTION:
            parsed = parse(recased(document.text, line, cast), [(line,)], single=True)
            attributed = attributions(Line(parsed, cast, echoes), 0, len(parsed))
        if attributed:
            told = interpret(parsed, mentions(parsed), document.id, attributed, self.version, self.acts)
            why = Reason("part", "the role of its line", 1.0, line, part.value)
            yield from (replace(s, part=part, reasons=(*s.reasons, why)) for s in told)


def _lines(document: Document) -> Iterator[tuple[StatementPart, Span]]:
    """The lines to read, in order, each wording once."""
    once: set[str] = set()
    for line in document.lines:
        part = PARTS.get(line.role)
        span = trimmed(document.text, line.span)
        words_ = " ".join(span.of(document.text).casefold().split())
        if (
            part is None
            or not _may_speak(part, words_)
            or not len(words_.split()) > 2
            or len(span) > _LONGEST
            or words_ in once
        ):
            continue
        once.add(words_)
        yield part, span


def _may_speak(part: StatementPart, line: str) -> bool:
    """True when a line in small letters has something that makes words somebody's, so that it is worth a parse."""
    words_ = _TOKEN.findall(line)
    if part in _SENTENCES:
        # Sentences have cues in other forms too ("adding", "told by"): their stems do.
        return bool(_MARK.search(line)) or may_say(words_) or any(word[:4] in _stems_of_cues() for word in words_)
    return bool(_MARK.search(line)) or may_say(words_)


@cache
def _stems_of_cues() -> frozenset[str]:
    """The first four letters of the verbs and nouns of saying, irregular pasts too."""
    return frozenset(
        word[:4]
        for word in (*verb_cues(), *noun_cues(), "said", "told", "wrote", "swore", "spoke", "held", "according")
    )


def _echoes(text: str, reading: Reading) -> Callable[[str], bool]:
    """Whether words stand, most of them, in one saying of the body."""
    told = [_stems(joined_text(text, s.content)) for s in reading.statements]

    def echoed(line: str) -> bool:
        asked = _stems(line)
        return len(asked) > 1 and any(len(asked & one) >= ECHO * len(asked) for one in told)

    return echoed


def _stems(line: str) -> frozenset[str]:
    """The longer words of a line by their first five letters, by which "patrols" is "patrolling"."""
    return frozenset(match.group().casefold()[:5] for match in _WORD.finditer(line))


def stems(line: str) -> frozenset[str]:
    """The stems by which a line outside the body is compared with the body's sayings."""
    return _stems(line)
