"""Quotations and who they belong to: marks, clauses cut by "he said", and speech that goes on."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.finding.draft import Draft, may_speak
from onrecord.reading.grammar import DASHES, children, own_subject
from onrecord.reading.lexicon import CueKind
from onrecord.reading.parse import Parse

Range = tuple[int, int]
_ADJUNCTS = frozenset({"prep", "npadvmod", "advmod", "dobj", "dative", "prt"})
_PROMPTED = frozenset({"ask", "press", "question", "speak", "address", "quiz", "talk", "write", "react", "respond"})
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

    def is_sentence(self, index: int) -> bool:
        """True for quoted speech that begins where a sentence does."""
        first = self.ranges[index][0]
        if not self.is_speech(index) or not self.parse.doc[first].text[0].isupper():
            return False
        before = first - 2
        return (
            before < 0
            or self.parse.paragraph[before] != self.parse.paragraph[first]
            or self.parse.doc[before].text[-1] in ".!?:;"
            or self.parse.doc[before].is_quote
        )

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
        _with_first_half(quotes, draft)
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
    cut = draft.first
    while (
        cut - 1 > first and parse.doc[cut - 1].dep_ in {"aux", "auxpass", "neg"} and parse.doc[cut - 1].head.i == verb.i
    ):
        cut -= 1
    if cut <= first or (quotes.around(verb.i) >= 0 and parse.quoted[verb.i] != parse.quoted[cut - 1]):
        return
    if _is_occasion(parse, first, cut):
        return
    before = quotes.before(cut)
    if before is not None and quotes.is_sentence(before):
        draft.content = [quotes.ranges[before]]
        draft.rule = "quotation before"
        return
    opening = _opening_dash(parse, cut)
    if opening is not None and draft.source:
        draft.content = [(opening + 1, cut - 1)]
        draft.rule = "dash"
        return
    clauses = [c for c in children(verb, "ccomp") if c.i < cut]
    if clauses:
        start = clauses[0].left_edge.i
        # What stands before the clause belongs to it, but for "Asked about the raid, ..." and what joins two clauses.
        own = {t.i for c in verb.children if c.tag_ in {"VBN", "VBG"} and c.lemma_ in _PROMPTED for t in c.subtree}
        while start > first and start - 1 not in own and parse.doc[start - 1].dep_ not in {"cc", "conj"}:
            start -= 1
        draft.content = [(start, cut - 1)]
        draft.rule = "clause before"
        return
    if not _is_comma(parse, cut - 1) or cut <= first + 1 or not _is_aside(draft):
        return
    if parse.doc[first].tag_ in {"VBN", "VBG"} and parse.doc[first].lemma_ in _PROMPTED:
        return
    last = _end_of_aside(parse, draft, stop)
    after = (last + 1, stop - 1)
    resumes = last + 2 < stop and parse.doc[last + 1].text == "," and parse.doc[last + 2].dep_ not in {"cc", "mark"}
    clause = verb.dep_ == "parataxis" or _has_clause(parse, first, cut - 1)
    if (resumes and verb.head.i > last and verb.dep_ != "conj") or (resumes and not clause):
        draft.content = [(first, cut - 1), after]
    elif clause:
        draft.content = [(first, cut - 1)]
    draft.rule = "clause around"


def _is_occasion(parse: Parse, first: int, cut: int) -> bool:
    """True when all before token `cut` tells what somebody was asked: "When asked whether troops would go, the envoy replied"."""
    if parse.doc[first].lower_ not in {"when", "while"} or first + 1 >= cut:
        return False
    asked = parse.doc[first + 1]
    return asked.tag_ in {"VBN", "VBG", "VBD"} and asked.lemma_ in _PROMPTED and all(t.i < cut for t in asked.subtree)


def _opening_dash(parse: Parse, cut: int) -> int | None:
    """The dash that opens the paragraph when another stands right before token `cut`: "– Text – he said"."""
    start = cut
    while start > 0 and parse.paragraph[start - 1] == parse.paragraph[cut]:
        start -= 1
    dashes = parse.doc[start].text in DASHES and parse.doc[cut - 1].text in DASHES
    return start if dashes and start + 1 < cut - 1 else None


def _is_aside(draft: Draft) -> bool:
    """True for a saying that can stand between commas: somebody says it, in a finite verb that hangs on no noun."""
    if (
        draft.kind is not CueKind.SAY
        or not draft.source
        or draft.verb.dep_ in {"relcl", "acl", "xcomp", "pcomp", "amod"}
    ):
        return False
    return draft.verb.tag_ in {"VBD", "VBZ", "VBP", "VBN"} and any(may_speak(t) for t in draft.source)


def _end_of_aside(parse: Parse, draft: Draft, stop: int) -> int:
    """The last token of ", officials said on Monday," before the clause resumes."""
    last = draft.last
    own = {t.i for c in draft.verb.children if c.i > draft.verb.i and c.dep_ in _ADJUNCTS for t in c.subtree}
    while last + 1 < stop and last + 1 in own and parse.doc[last + 1].text != ",":
        last += 1
    return last


def _has_clause(parse: Parse, first: int, last: int) -> bool:
    """True when a finite verb with a subject stands between the two tokens."""
    return any(
        own_subject(parse.doc[i]) is not None
        and parse.doc[i].pos_ in {"VERB", "AUX"}
        and parse.doc[i].dep_ not in {"relcl", "advcl"}
        for i in range(first, last + 1)
    )


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
            first, last = quotes.ranges[index]
            opening = [i for i in range(draft.last + 1, first) if quotes.parse.doc[i].lower_ == "that"]
            draft.content = [(opening[0] + 1 if opening else first, last)]
            draft.rule = "quotation beside"
            quotes.claimed[index] = draft
            return


def _with_first_half(quotes: Quotes, draft: Draft) -> None:
    """ "The sooner ...," he said, "the better ...": the first half of a quotation whose second half is already there."""
    before = quotes.before(draft.first)
    if (
        before is None
        or before == quotes.around(draft.verb.i)
        or len(draft.content) != 1
        or not quotes.is_speech(before)
    ):
        return
    low, high = quotes.ranges[before]
    first = draft.content[0][0]
    if first <= draft.last or quotes.parse.doc[high].text == ".":
        return
    if quotes.parse.quoted[first] >= 0 or quotes.parse.is_mark(first):
        draft.content.insert(0, (low, high))


def _widened(quotes: Quotes, draft: Draft, piece: Range) -> Range:
    """The piece with the quotations it touches taken whole; inside a quotation, cut at its marks."""
    first, last = piece
    inside = quotes.around(draft.verb.i)
    if inside >= 0:
        low, high = quotes.ranges[inside]
        return max(first, low), max(first, low, min(last, high))
    for i in (first, last, *((first + 1,) if first < last else ())):
        index = quotes.parse.quoted[i]
        if index >= 0:
            low, high = quotes.ranges[index]
            if low > draft.last or high < draft.first:
                first, last = min(first, low), max(last, high)
    return first, last


def _claim(quotes: Quotes, draft: Draft) -> None:
    inside = quotes.around(draft.verb.i)
    for first, last in draft.content:
        for i in range(first, last + 1):
            index = quotes.parse.quoted[i]
            if index >= 0 and index != inside and index not in quotes.claimed:
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
    """Quotations that fill a paragraph and that nobody claimed go on with the speech before them.

    They belong to the saying whose quotation ends in the paragraph before; where there is none they stay nobody's.
    """
    parse = quotes.parse
    for index in quotes.order:
        if index in quotes.claimed or not quotes.is_speech(index):
            continue
        first, last = quotes.ranges[index]
        if not _fills_paragraph(parse, first, last):
            continue
        number = parse.paragraph[first]
        earlier = [
            draft
            for i, draft in quotes.claimed.items()
            if parse.paragraph[quotes.ranges[i][1]] == number - 1 and quotes.ranges[i][1] < first
        ]
        if earlier:
            _append(quotes, max(earlier, key=lambda draft: draft.content[-1][1]), index)
    return drafts


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
