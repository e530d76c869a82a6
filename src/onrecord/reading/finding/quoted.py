"""Quotations and who they belong to: marks, clauses cut by "he said", and speech that goes on."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.finding.draft import Draft
from onrecord.reading.grammar import DASHES, children, own_subject
from onrecord.reading.parse import Parse

Range = tuple[int, int]
_STOPS = frozenset({".", "!", "?", ";"})


class Quotes:
    """The double-marked quotations of a parse as ranges of tokens, and which attribution has claimed them."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        ranges: dict[int, Range] = {}
        for i, index in enumerate(parse.quoted):
            if index >= 0:
                ranges[index] = (ranges.get(index, (i, i))[0], i)
        #: Index of the quotation -> its first and last token inside the marks.
        self.ranges = dict(sorted(ranges.items(), key=lambda item: item[1]))
        self.claimed: dict[int, Draft] = {}
        self.order = list(self.ranges)

    def around(self, i: int) -> int:
        """The index of the quotation around token `i` if it is closed or goes on in the next paragraph, else -1."""
        index = self.parse.quoted[i]
        if index < 0 or self.parse.quotations[index].closed or self.goes_on(index) is not None:
            return index
        return -1

    def goes_on(self, index: int) -> int | None:
        """The next paragraph's quotation, when this one is left open at its paragraph's end and that one opens a paragraph."""
        place = self.order.index(index) + 1
        if self.parse.quotations[index].closed or place >= len(self.order):
            return None
        following = self.order[place]
        here, there = self.ranges[index][1], self.ranges[following][0]
        opens = there > 0 and (there - 1 == 0 or self.parse.paragraph[there - 2] != self.parse.paragraph[there])
        return following if opens and self.parse.paragraph[there] == self.parse.paragraph[here] + 1 else None

    def is_speech(self, index: int) -> bool:
        """True for quoted words that can stand alone: a clause, or what ends like a sentence; not a scare-quoted word."""
        first, last = self.ranges[index]
        doc = self.parse.doc
        tokens = [doc[i] for i in range(first, last + 1)]
        if any(own_subject(t) is not None for t in tokens if t.pos_ in {"VERB", "AUX"}):
            return True
        return len(tokens) >= 3 and tokens[-1].text in {".", ",", "!", "?", "…"}

    def before(self, i: int) -> int | None:
        """The quotation that ends right before token `i`, with nothing but punctuation between."""
        place = i - 1
        while place >= 0 and self.parse.quoted[place] < 0 and self.parse.doc[place].is_punct:
            place -= 1
        if place < 0 or self.parse.paragraph[place] != self.parse.paragraph[i] or i - place > 4:
            return None
        index = self.parse.quoted[place]
        return index if index >= 0 and self.parse.quoted[i] != index else None

    def after(self, i: int, reach: int = 14) -> int | None:
        """The quotation that follows token `i`, with no verb and no full stop between (a colon may end the paragraph)."""
        doc = self.parse.doc
        for place in range(i + 1, min(i + reach, len(doc))):
            index = self.parse.quoted[place]
            if index >= 0:
                return index if index != self.parse.quoted[i] else None
            token = doc[place]
            if token.text in _STOPS or (token.pos_ == "VERB" and token.dep_ not in {"amod", "compound"}):
                return None
            if (
                self.parse.paragraph[place] != self.parse.paragraph[i]
                and doc[place - 1].text != ":"
                and doc[place - 2].text != ":"
            ):
                return None
        return None


def attach_quotes(parse: Parse, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with what they say filled in: clauses before "he said", whole quotations, and quotations that go on.

    A draft that finds nothing to say is left out.
    """
    quotes = Quotes(parse)
    for draft in drafts:
        if draft.bare:
            _parenthetical(parse, quotes, draft)
    for draft in drafts:
        if draft.bare and not draft.content:
            _adjacent(quotes, draft)
    kept = [draft for draft in drafts if draft.content]
    for draft in kept:
        draft.content = [_widened(quotes, draft, piece) for piece in draft.content]
        _claim(quotes, draft)
    for draft in kept:
        _resumed(quotes, draft)
    return _left_over(quotes, kept)


def _parenthetical(parse: Parse, quotes: Quotes, draft: Draft) -> None:
    """ "..., he said", "..., he said, ..." without regard to marks: the clause that the saying hangs on or governs."""
    verb = draft.verb
    first, stop = parse.sentence(verb.i)
    clauses = [c for c in children(verb, "ccomp") if c.i < draft.first]
    cut = draft.first
    if parse.quoted[verb.i] != parse.quoted[cut - 1] and quotes.around(verb.i) >= 0:
        return
    if clauses:
        start = clauses[0].left_edge.i
        own = {t.i for c in verb.children if c.i != clauses[0].i and not c.is_punct for t in c.subtree}
        while start > first and start - 1 not in own and parse.doc[start - 1].dep_ != "cc":
            start -= 1
        draft.content = [(start, cut - 1)]
        draft.rule = "clause before"
        return
    above = verb.head
    if verb.dep_ != "parataxis" and not (verb.dep_ in {"ccomp", "advcl", "dep"} and _is_comma(parse, cut - 1)):
        return
    if not _is_comma(parse, cut - 1) or cut <= first + 1:
        return
    draft.rule = "clause around"
    last = verb.right_edge.i if above.i > verb.i else max(draft.last, verb.right_edge.i)
    last = min(last, above.i - 1) if above.i > verb.i else last
    draft.content = [(first, cut - 1)]
    if above.i > verb.i and last + 1 < stop:
        draft.content.append((last + 1, stop - 1))


def _is_comma(parse: Parse, i: int) -> bool:
    return i >= 0 and (parse.doc[i].text in {",", ";"} or parse.doc[i].text in DASHES or parse.is_mark(i))


def _adjacent(quotes: Quotes, draft: Draft) -> None:
    """The quotation right before or right after the saying."""
    inside = quotes.around(draft.verb.i)
    for index in (quotes.before(draft.first), quotes.after(draft.last)):
        if index is None or index == inside or index in quotes.claimed:
            continue
        if (
            quotes.is_speech(index)
            or quotes.parse.doc[draft.last + 1 if draft.last + 1 < len(quotes.parse) else draft.last].text == ":"
        ):
            draft.content = [quotes.ranges[index]]
            draft.rule = "quotation beside"
            quotes.claimed[index] = draft
            return


def _widened(quotes: Quotes, draft: Draft, piece: Range) -> Range:
    """The piece with the quotations it touches taken whole; inside a quotation, cut at its marks."""
    first, last = piece
    inside = quotes.around(draft.verb.i)
    if inside >= 0:
        low, high = quotes.ranges[inside]
        return max(first, low), max(max(first, low), min(last, high))
    for i in (first, last, *((first + 1,) if first < last else ())):
        index = quotes.parse.quoted[i]
        if index >= 0:
            low, high = quotes.ranges[index]
            if low > draft.last or high < draft.first:
                first, last = min(first, low), max(last, high)
    return first, last


def _claim(quotes: Quotes, draft: Draft) -> None:
    for first, last in draft.content:
        for i in range(first, last + 1):
            index = quotes.parse.quoted[i]
            if index >= 0 and index not in quotes.claimed:
                quotes.claimed[index] = draft


def _resumed(quotes: Quotes, draft: Draft) -> None:
    """ "...," he said. "..." and quotations that an opening mark carries into the next paragraph."""
    quoted = [i for i in quotes.order if quotes.claimed.get(i) is draft]
    if not quoted or quotes.around(draft.verb.i) >= 0:
        return
    while (following := quotes.goes_on(quoted[-1])) is not None and following not in quotes.claimed:
        _append(quotes, draft, following)
        quoted.append(following)
    place = quotes.order.index(quoted[-1]) + 1
    while place < len(quotes.order):
        index = quotes.order[place]
        if index in quotes.claimed or not quotes.is_speech(index):
            return
        before = max(quotes.ranges[quoted[-1]][1], draft.last)
        between = range(before + 1, quotes.ranges[index][0])
        if len(between) > 25 or quotes.parse.paragraph[quotes.ranges[index][0]] != quotes.parse.paragraph[draft.verb.i]:
            return
        # Between the two stand only marks, full stops and what belongs to the saying itself ("... he said on Monday.").
        own = {t.i for t in draft.verb.subtree} | {t.i for t in draft.source}
        if any(i not in own and not quotes.parse.doc[i].is_punct for i in between):
            return
        _append(quotes, draft, index)
        quoted.append(index)
        place += 1


def _append(quotes: Quotes, draft: Draft, index: int) -> None:
    draft.content.append(quotes.ranges[index])
    quotes.claimed[index] = draft


def _left_over(quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """Quotations nobody claimed: after a colon they are its clause's; filling a paragraph, the last speaker's."""
    found = list(drafts)
    parse = quotes.parse
    for index in quotes.order:
        if index in quotes.claimed or not quotes.is_speech(index):
            continue
        first, last = quotes.ranges[index]
        if not _fills_paragraph(parse, first, last):
            continue
        earlier = [d for d in found if d.last < first and any(c is d for c in quotes.claimed.values())]
        if not earlier:
            continue
        speaker = max(earlier, key=lambda d: d.content[-1][1])
        if parse.paragraph[first] - parse.paragraph[speaker.content[-1][1]] > 1:
            continue
        draft = Draft(speaker.verb, speaker.source, [], [(first, last)], "speech goes on", confidence=0.5)
        quotes.claimed[index] = draft
        found.append(draft)
    return found


def _fills_paragraph(parse: Parse, first: int, last: int) -> bool:
    number = parse.paragraph[first]
    before = first - 1
    while before >= 0 and parse.paragraph[before] == number and parse.doc[before].is_punct:
        before -= 1
    after = last + 1
    while after < len(parse) and parse.paragraph[after] == number and parse.doc[after].is_punct:
        after += 1
    return (before < 0 or parse.paragraph[before] != number) and (
        after >= len(parse) or parse.paragraph[after] != number
    )
