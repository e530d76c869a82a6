"""One document as the resolution looks at it: its words with their offsets, its quotations, its dates, the names in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from onrecord.knowledge import Knowledge, Named, NameForm
from onrecord.model import Actor, ActorKind, Document, LineRole, Reading, Sentence, Span

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[-'’][^\W_]+)*['’]?(?=\W|$)|[^\W_]+")
_QUOTED = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|«[^»\n]*(?:»|$)", re.MULTILINE)
_DASH_LINE = re.compile(r"^[–—-]\s[^\n]*", re.MULTILINE)
_DASH = re.compile(r"(?:^|(?<=\s))[–—-](?=\s)", re.MULTILINE)
_SENTENCE = re.compile(r"[^\n]+")
_AT_PLACE = re.compile(
    r"\b(?:in|into|at|near|outside|around|inside|across|above|beneath|downtown|opposite|towards?)\s+(?:the\s+)?(?:(?:east|west|north|south|centr)\w*\s+)?\Z",
    re.IGNORECASE,
)
#: Going somewhere, and what a city has and a state has not: behind these words a capital is the city.
_GOING = re.compile(
    r"\b(?:(?:fl(?:y|ies|ew|own|ying)|travel\w*|went|go(?:es|ing)?|gone|return\w*|head(?:s|ed|ing)?|dr(?:ive|ives|ove|iven|iving)|"
    r"march\w*|depart\w*|came|comes?|coming|trips?|journeys?|roads?|flights?|convoys?|train|trains|back|way|withdr\w+|fled|flee\w*|retreat\w*|escap\w+|evacuat\w+|pulled out|moved|move)\s+(?:to|from|into|toward|towards|for|of)|"
    r"(?:march\w*|advanc\w+|attacks?|raids?|assaults?|missiles?|bombs?|shells?|rain\w*|fell|fall\w*)\s+(?:\w+\s+){0,2}on|(?:capital|city|town),?|"
    r"(?:reach(?:es|ed|ing)?|enter(?:s|ed|ing)?|le(?:ave|aves|ft|aving)|visit(?:s|ed|ing)?|tour(?:s|ed|ing)?|captur\w+|shell\w*|bomb\w*|took|seiz\w+|besieg\w+|hit|struck|between)|"
    r"(?:streets|city|suburbs?|outskirts|fall|siege|capture|mayor|airport|north|south|east|west)\s+of)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
#: What happens to a city and not to a state.
_AS_CITY = re.compile(
    r"\s+(?:fell\b|falls\b|(?:was|were|is|has been|had been) (?:\w+ )?(?:shelled|bombed|besieged|captured|taken|occupied|quiet|calm|"
    r"dark|empty|surrounded|cut off|under (?:siege|fire|curfew))|airport|hospitals?|streets?|residents|suburbs?|station|schools?)\b",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\s+(?:agreement|accord|protocol|process|deal|treaty|convention|memorandum|summit|talks|format|declaration|airport)",
    re.IGNORECASE,
)
#: Korea, its leaders and its places of dispute: where they are spoken of, "the North" is a state.
_KOREA = re.compile(
    r"\b(?:Korean?s?|Pyongyang|Seoul|Panmunjom|Kim Jong[- ](?:il|un)|Yongbyon|Kilju|Punggye\S*|Kaesong|Yeonpyeong|Cheonan|DMZ)\b"
)
_WAR = re.compile(
    r"\b(?:aircraft|air ?strikes?|air campaign|bomb\w*|troops|warplanes|ultimatum|enlargement|missiles?|ministers?|ambassadors|"
    r"secretary[- ]general|defence spending|Article (?:4|5)|peacekeepers?|Kosovo|Afghanistan|Kabul|battlegroups?)\b",
    re.IGNORECASE,
)
#: Who else makes alliances.
_OTHER_ALLIES = re.compile(
    r"\b(?:part(?:y|ies)|opposition|warlords?|pact|airlines?|carmakers?|rebels?|militias?|coalition|voters?|unions?|clans?|tribes?)\b",
    re.IGNORECASE,
)
#: Weather and traffic are of a city.
_WEATHER = re.compile(
    r"\b(?:rain|snow|fog|sunshine|drizzle|gusts?|temperatures?|weather|heatwave|traffic|ring road|terraces|metro|marathon|concert)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r",\s+(?:the|an?)\s+(?:\w+\s+){0,2}(?:actor|actress|singer|player|coach|captain|footballer|boxer|novelist|writer|author|painter|"
    r"poet|pianist|comedian|goalkeeper|striker|director|sprinter)\b",
    re.IGNORECASE,
)
#: Agencies and outlets are looked up only as whole phrases: too many are called like other things ("Time").
_PRESS = frozenset({ActorKind.AGENCY, ActorKind.OUTLET})
#: Acronyms that are other words where a line stands in capitals throughout.
_WORDS_IN_CAPITALS = frozenset({"IS", "US", "WHO", "IT", "SO", "IN", "AM", "AN", "AT", "BE", "NO", "TO", "OR"})
#: The longest name looked up, in words ("Conference on Security and Co-operation in Europe" has eight).
_LONGEST_NAME = 8


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


@dataclass(frozen=True, slots=True)
class Sighting:
    """Words of the text that name known actors: several where the words are ambiguous."""

    span: Span
    named: tuple[Named, ...]


class Scene:
    """A document and its reading, with what the rules ask about them. Nothing here is changed after it is made."""

    def __init__(self, document: Document, reading: Reading, knowledge: Knowledge, report: str | None = None) -> None:
        self.document = document
        self.reading = reading
        self.knowledge = knowledge
        self.text = document.text
        self.context = report or document.id
        self.body = document.body() or (Span(0, len(document.text)),)
        self.sentences = reading.sentences or tuple(self._lines())
        self._starts = [s.span.start for s in self.sentences]
        self._named: dict[Span, tuple[Sighting, ...]] = {}

    def _lines(self) -> Iterator[Sentence]:
        for count, span in enumerate(self.body):
            for match in _SENTENCE.finditer(self.text, span.start, span.end):
                yield Sentence(Span(match.start(), match.end()), count)

    @property
    def date(self) -> str | None:
        """The ISO day on which the page was published, when its evidence leaves one."""
        published = self.document.published
        return published.value if published.value is not None and len(published.value) == 10 else None

    @cached_property
    def days(self) -> tuple[str, str] | None:
        """The first and last ISO day on which the page can have been published; None when unbounded on a side."""
        published = self.document.published
        if self.date is not None:
            return self.date, self.date
        if published.earliest is None or published.latest is None:
            return None
        return published.earliest, published.latest

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """The stretches in quotation marks, marks included, and the speech that a dash opens; none goes past its line."""
        marked = (Span(m.start(), m.end()) for s in self.body for m in _QUOTED.finditer(self.text, s.start, s.end))
        return tuple(sorted((*marked, *self._dashed())))

    def _dashed(self) -> Iterator[Span]:
        """ "– Words – she said. – More words.": of a line that begins with a dash, every other stretch between dashes."""
        for part in self.body:
            for line in _DASH_LINE.finditer(self.text, part.start, part.end):
                edges = [m.start() for m in _DASH.finditer(self.text, line.start(), line.end())] + [line.end()]
                for opened, closed in zip(edges[::2], edges[1::2], strict=False):
                    yield Span(opened, closed)

    @cached_property
    def _quote_starts(self) -> list[int]:
        return [q.start for q in self.quotes]

    def quoted(self, offset: int) -> bool:
        """True when the character at `offset` stands in quotation marks."""
        index = bisect_right(self._quote_starts, offset) - 1
        return index >= 0 and offset < self.quotes[index].end

    def sentence_at(self, offset: int) -> int | None:
        """The index of the sentence that holds `offset`, or None between sentences."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.sentences[index].span.end:
            return None
        return index

    def words(self, span: Span) -> tuple[Span, ...]:
        """The words inside `span`, in order."""
        first = bisect_left(self._word_starts, span.start)
        last = bisect_left(self._word_starts, span.end)
        words = self._words
        if (first and words[first - 1].end > span.start) or (last > first and words[last - 1].end > span.end):
            # The span begins or ends inside a word.
            return tuple(Span(m.start(), m.end()) for m in _WORD.finditer(self.text, span.start, span.end))
        return words[first:last]

    @cached_property
    def _words(self) -> tuple[Span, ...]:
        """All words of the text: most are asked for many times."""
        return tuple(Span(m.start(), m.end()) for m in _WORD.finditer(self.text))

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self._words]

    def headlines(self) -> tuple[Span, ...]:
        """The spans of headline and standfirst."""
        return tuple(line.span for line in self.document.lines if line.role in (LineRole.HEADLINE, LineRole.STANDFIRST))

    def names_in(self, span: Span) -> tuple[Sighting, ...]:
        """The known names inside `span`, longest first from left to right, without overlaps."""
        if span not in self._named:
            self._named[span] = self._names_in(span)
        return self._named[span]

    def _names_in(self, span: Span) -> tuple[Sighting, ...]:
        words = self.words(span)
        found: list[Sighting] = []
        at = 0
        while at < len(words):
            sighting = self._name_from(words, at)
            if sighting is None:
                at += 1
                continue
            found.append(sighting)
            while at < len(words) and words[at].start < sighting.span.end:
                at += 1
        return tuple(found)

    def _in_capitals(self, word: Span) -> bool:
        """True for a word of a line that stands in capitals throughout ("TRUCE IS DEAD"), where an acronym cannot be told."""
        start = self.text.rfind("\n", 0, word.start) + 1
        end = self.text.find("\n", word.end)
        around = self.text[start : word.start] + self.text[word.end : end if end >= 0 else len(self.text)]
        letters = [c for c in around if c.isalpha()]
        return len(letters) > 3 and all(c.isupper() for c in letters)

    def _name_from(self, words: tuple[Span, ...], at: int) -> Sighting | None:
        first = words[at].of(self.text)
        if not any(c.isupper() for c in first) and first.casefold() not in ("the", "pro", "separatists", "rebels"):
            return None
        if first in _WORDS_IN_CAPITALS and self._in_capitals(words[at]):
            return None
        for size in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            span = Span(words[at].start, words[at + size - 1].end)
            string = span.of(self.text)
            if "\n" in string and "\n\n" in string:
                continue
            if first.casefold() == "the" and size > 1 and words[at + 1].of(self.text)[:1].isupper():
                continue
            named = tuple(n for n in self.knowledge.actors_named(string, self.date) if n.actor.kind not in _PRESS)
            if named:
                return Sighting(span, named)
        return None

    def names_place(self, sighting: Sighting) -> bool:
        """True when a state's or capital's name stands for the place ("in Kyiv") or for a paper ("the Minsk agreements")."""
        if not any(n.actor.kind is ActorKind.STATE for n in sighting.named):
            return False
        before = self.text[max(0, sighting.span.start - 20) : sighting.span.start]
        after = self.text[sighting.span.end : sighting.span.end + 14]
        if self.text[sighting.span.start - 1 : sighting.span.start] and _AT_PLACE.search(before) is not None:
            return not after.startswith(("'s", "’s", "'", "’"))
        if all(n.form is NameForm.CAPITAL for n in sighting.named):
            index = self.sentence_at(sighting.span.start)
            if _SOMEBODY.match(self.text, sighting.span.end):
                return True
            if index is not None and _WEATHER.search(self.text, *_ends(self.sentences[index].span)):
                return True
            going = _GOING.search(self.text, max(0, sighting.span.start - 40), sighting.span.start) is not None
            if going and not after.startswith(("'s", "’s", "'", "’")):
                return True
            if _AS_CITY.match(self.text, sighting.span.end):
                return True
        if _PAPER.match(after) is None:
            return False
        city = self.knowledge.place(sighting.span.of(self.text)) is not None
        return city or any(n.form is NameForm.CAPITAL for n in sighting.named)

    @cached_property
    def sightings(self) -> tuple[Sighting, ...]:
        """The known names in headline and body, in text order."""
        spans = sorted((*self.headlines(), *self.body))
        return tuple(s for span in spans for s in self.names_in(span))

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each actor is named unambiguously (descriptions not counted), by id."""
        found: Counter[str] = Counter()
        for sighting in self.sightings:
            clear = [n for n in sighting.named if n.form is not NameForm.DESCRIPTION]
            if len(clear) == 1:
                found[clear[0].actor.id] += 1
                if clear[0].actor.part_of is not None:
                    found[clear[0].actor.part_of] += 0
        return found

    def half_of_korea(self, span: Span) -> Actor | None:
        """The half of Korea that "the North" or "the South" means on a page that names Korea or a place in it."""
        match = re.fullmatch(r"(?:the |The )?(North|South)(?:['’]s)?", span.of(self.text))
        if (
            match is None
            or self.text[span.end : span.end + 3] == " of"
            or not any(_KOREA.search(self.text, b.start, b.end) for b in self.body)
        ):
            return None
        return self.knowledge.actor("state:PRK" if match[1] == "North" else "state:KOR")

    def the_alliance(self, span: Span) -> Actor | None:
        """NATO for "the alliance" on a page of war or diplomacy that names no other organisation, and gives no other members."""
        after = self.text[span.end : span.end + 9]
        if after.startswith((" of ", " between", " with ")) or self.quoted(span.start):
            return None
        organised = (ActorKind.ORGANISATION, ActorKind.FORUM, ActorKind.ARMED_GROUP)
        for actor_id, count in self.counts.items():
            actor = self.knowledge.actor(actor_id)
            if count and (actor is None or actor.kind in organised):
                return None
        if not any(_WAR.search(self.text, b.start, b.end) for b in self.body):
            return None
        if any(_OTHER_ALLIES.search(self.text, b.start, b.end) for b in self.body):
            return None
        return self.knowledge.actor("org:NATO")

    def states_in(self, span: Span) -> tuple[Actor, ...]:
        """The states that names, capitals and known places inside `span` belong to, each once."""
        found: dict[str, Actor] = {}
        for sighting in self.names_in(span):
            actor = self.choose(sighting.named)
            if actor is not None and actor.kind is ActorKind.STATE:
                found.setdefault(actor.id, actor)
        for word in self.words(span):
            place = self.knowledge.place(word.of(self.text)) if word.of(self.text)[:1].isupper() else None
            code = None if place is None or place.country is None else self.knowledge.iso3(place.country)
            state = None if code is None else self.knowledge.actor(f"state:{code}")
            if state is not None:
                found.setdefault(state.id, state)
        return tuple(found.values())

    def speaks_of(self, actor: Actor) -> bool:
        """True when the document names the actor, or the state or organisation it belongs to."""
        near = {actor.id, f"state:{actor.country}"}
        if actor.part_of is not None:
            near.add(actor.part_of)
        return any(self.counts.get(i, 0) > 0 for i in near)

    def choose(self, named: tuple[Named, ...]) -> Actor | None:
        """The one actor that words of several meanings name in this document, or None.

        A meaning that the document supports by naming the actor otherwise wins over those it does not; a description
        ("the alliance") needs that support unless it is the only meaning and its actor stands in the user's table.
        """
        plain = [n for n in named if n.form is not NameForm.DESCRIPTION]
        if len(plain) == 1 and plain[0].form is NameForm.NAME:
            return plain[0].actor
        capital_or_name = plain or list(named)
        if len(plain) == 1 and plain[0].form is not NameForm.METONYM:
            return plain[0].actor
        supported = [n for n in capital_or_name if self._supported(n)]
        if len(supported) == 1:
            return supported[0].actor
        if len(supported) > 1:
            return self._most_named(supported)
        if len(plain) == 1:
            return plain[0].actor
        return None

    def _supported(self, named: Named) -> bool:
        own = self.knowledge.from_overlay(named.actor.id)
        if named.form is NameForm.DESCRIPTION and (own or named.actor.kind is ActorKind.ARMED_GROUP):
            return self.speaks_of(named.actor)
        return self.counts.get(named.actor.id, 0) > 0

    def _most_named(self, supported: list[Named]) -> Actor | None:
        own = [n for n in supported if self.knowledge.from_overlay(n.actor.id)]
        if len(own) == 1:
            return own[0].actor
        ranked = sorted(supported, key=lambda n: (-self.counts.get(n.actor.id, 0), n.actor.id))
        first, second = (self.counts.get(n.actor.id, 0) for n in ranked[:2])
        metonyms = any(n.form is NameForm.METONYM for n in supported)
        if metonyms:
            leading = [n for n in ranked if n.form is NameForm.METONYM]
            return leading[0].actor if len(leading) == 1 else None
        return ranked[0].actor if first >= 2 * max(second, 1) else None

    def parties(self, span: Span) -> tuple[Actor, ...]:
        """The states and organisations named inside `span` outside quotations, each once, in order."""
        found: dict[str, Actor] = {}
        for sighting in self.names_in(span):
            actor = self.choose(sighting.named)
            if self.quoted(sighting.span.start) or self.names_place(sighting):
                continue
            if actor is not None and actor.kind in (ActorKind.STATE, ActorKind.ORGANISATION):
                found.setdefault(actor.id, actor)
        return tuple(found.values())
