"""The grammatical parse of a text: spaCy's tokens with their places in the source text."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Token

from onrecord.model import Span
from onrecord.reading.attribution.quotes import Quotation, quotations
from onrecord.reading.language import annotate, language

_MARKS = re.compile(r"[\"“”„‟«»‘’']|''|``")
_DASHES = frozenset(("-", "–", "—", "―", "--"))
_MAX_TOKENS = 20_000


@dataclass(frozen=True, slots=True)
class Parse:
    """The parse of some paragraphs of one source text.

    ``doc`` has no white-space tokens; ``starts[i]`` and ``ends[i]`` are the offsets of token i in ``text``,
    ``paragraph[i]`` the number of its paragraph; ``sentences`` are half-open ranges of tokens; ``quotations`` are all
    stretches in quotation marks, in text order, by paragraph, and ``quoted[i]`` is the index of the outermost double-marked
    one around token i, or -1.
    """

    text: str
    doc: Doc
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    paragraph: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]
    quotations: tuple[Quotation, ...]
    quoted: tuple[int, ...]
    sentence_of: tuple[int, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, last: int) -> Span:
        """The span of the tokens `first` to `last`, both included."""
        return Span(self.starts[first], self.ends[last])

    def span_of(self, tokens: Iterable[Token]) -> Span:
        """The smallest span around `tokens` (at least one)."""
        places = [token.i for token in tokens]
        return self.span(min(places), max(places))

    def tokens(self, span: Span) -> list[Token]:
        """The tokens that lie in `span`, wholly or in part, in order."""
        first = bisect.bisect_right(self.ends, span.start)
        last = bisect.bisect_left(self.starts, span.end)
        return [self.doc[i] for i in range(first, last)]

    def tokens_of(self, spans: Iterable[Span]) -> list[Token]:
        """The tokens of several spans."""
        return [token for span in spans for token in self.tokens(span)]

    def sentence(self, i: int) -> tuple[int, int]:
        """The half-open token range of the sentence of token `i`."""
        return self.sentences[self.sentence_of[i]]

    def is_mark(self, i: int) -> bool:
        """True when token `i` is a quotation mark, or a single mark that stands as a token of its own."""
        return _MARKS.fullmatch(self.doc[i].text) is not None


def head_of(tokens: Sequence[Token]) -> Token:
    """The token of `tokens` (at least one) that governs the others: the first whose head lies outside them."""
    inside = {token.i for token in tokens}
    content = [t for t in tokens if not t.is_punct and not t.is_space] or list(tokens)
    for token in content:
        if token.head.i == token.i or token.head.i not in inside:
            return token
    return content[0]


def parse(text: str, paragraphs: Sequence[Sequence[Span]], *, single: bool = False) -> Parse:
    """Parse the paragraphs of `text` (each the spans of its lines) once; sentences never cross a paragraph's end.

    With `single` all pairs of single marks are quotations, as they are in headlines. A very long text is parsed in several runs of the pipeline (at most 20,000 tokens each), so that memory stays bounded.
    """
    nlp = language()
    words: list[str] = []
    starts: list[int] = []
    paragraph: list[int] = []
    found: list[Quotation] = []
    marked = [quotations(text, pieces[0].start, pieces[-1].end) if pieces else [] for pieces in paragraphs]
    single = single or _quotes_in_single_marks(text, marked)
    for number, pieces in enumerate(paragraphs):
        for piece in pieces:
            for token in nlp.make_doc(piece.of(text)):
                if not token.is_space:
                    words.append(token.text)
                    starts.append(piece.start + token.idx)
                    paragraph.append(number)
        found.extend(marked[number] if single else _speech(text, marked[number]))
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    quoted = _quoted(starts, found)
    doc = _run(nlp, text, words, starts, ends, paragraph, found)
    sentences = tuple((sent.start, sent.end) for sent in doc.sents) if len(doc) else ()
    sentence_of = [0] * len(words)
    for number, (first, last) in enumerate(sentences):
        sentence_of[first:last] = [number] * (last - first)
    return Parse(
        text, doc, tuple(starts), tuple(ends), tuple(paragraph), sentences, tuple(found), quoted, tuple(sentence_of)
    )


def _quotes_in_single_marks(text: str, marked: Sequence[Sequence[Quotation]]) -> bool:
    """True for a page that quotes in single marks: two of them at least are speech, and more of all its marks are single than double."""
    everything = [quotation for found in marked for quotation in found]
    singles = [quotation for quotation in everything if quotation.single]
    spoken = sum(len(_speech(text, [quotation])) for quotation in singles)
    return spoken >= 2 and 2 * len(singles) > len(everything)


def _speech(text: str, found: Sequence[Quotation]) -> list[Quotation]:
    """The quotations of a paragraph that may be speech: double marks, and single ones where there are no double ones.

    A single mark is an apostrophe too, so that single marks count only around three words or more that end in punctuation, as
    they do in the press that quotes that way.
    """
    if any(not quotation.single for quotation in found):
        return [quotation for quotation in found if not quotation.single]
    spoken = []
    for quotation in found:
        inner = quotation.inner.of(text).strip()
        if len(inner.split()) >= 3 and inner[-1] in ",.!?…" and quotation.closed:
            spoken.append(quotation)
    return spoken


def _quoted(starts: Sequence[int], found: Sequence[Quotation]) -> tuple[int, ...]:
    quoted = [-1] * len(starts)
    for index, quotation in enumerate(found):
        first = bisect.bisect_left(starts, quotation.inner.start)
        last = bisect.bisect_left(starts, quotation.inner.end)
        for i in range(first, last):
            if quoted[i] < 0:
                quoted[i] = index
    return tuple(quoted)


def _run(
    nlp: Language,
    text: str,
    words: list[str],
    starts: list[int],
    ends: list[int],
    paragraph: list[int],
    found: Sequence[Quotation],
) -> Doc:
    breaks = _breaks(text, words, starts, ends, paragraph, found)
    docs: list[Doc] = []
    for first, last in _batches(paragraph):
        # A space before the next word unless the two touch: the tagger looks at spacing only through the tokens.
        spaces = [ends[i] < starts[i + 1] if i + 1 < last else True for i in range(first, last)]
        docs.append(annotate(words[first:last], spaces, breaks[first:last], paragraph[first:last]))
    if not docs:
        return Doc(nlp.vocab)
    return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)


def _batches(paragraph: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = 0
    for i in range(1, len(paragraph)):
        if i - first >= _MAX_TOKENS and (paragraph[i] != paragraph[i - 1] or i - first >= 2 * _MAX_TOKENS):
            yield first, i
            first = i
    if paragraph:
        yield first, len(paragraph)


def _breaks(
    text: str,
    words: Sequence[str],
    starts: Sequence[int],
    ends: Sequence[int],
    paragraph: Sequence[int],
    found: Sequence[Quotation],
) -> list[int]:
    """What is known about sentence starts: 1 at a paragraph's head, -1 at a closing mark, 0 where the parser decides."""
    known = [0] * len(words)
    closing = {q.inner.end for q in found if q.closed}
    opening = {q.outer.start for q in found}
    for i in range(len(words)):
        if i == 0 or paragraph[i] != paragraph[i - 1]:
            known[i] = 1
        elif starts[i] in closing:
            known[i] = -1
        elif starts[i] in opening and words[i - 1][-1] in ".!?" and len(words[i - 1]) == 1:
            known[i] = 1
        elif starts[i - 1] in closing and i >= 2 and ends[i - 1] < starts[i]:
            ended = words[i - 2][-1] in ".!?…"
            first = text[starts[i]]
            if ended and words[i - 2][-1] == "." and (first.isupper() or starts[i] in opening):
                known[i] = 1
            elif not ended or first.islower():
                known[i] = -1
        elif starts[i - 1] in opening or words[i - 1] in _DASHES:
            known[i] = -1
    return known
