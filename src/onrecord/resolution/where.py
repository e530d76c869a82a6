"""Where a saying was made: stated beside its cue, or the place the report is filed from; never the place it talks about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from onrecord.model import Actor, ActorKind, Place, Reason, Span, Statement
from onrecord.resolution.scene import Scene

_OCCASION = re.compile(
    r"\b(?:told|said|says|speaking|spoke|conference|interview|journalists|reporters|briefing|statement|announced|comments?|remarks|"
    r"meeting|talks|summit|session|speech|address|editors|council|commission|signed|warned|added|headquarters|after|here)\b",
    re.I,
)
_IN = re.compile(r"\b(?:in|at|from)\s+(?:the\s+)?(?=[A-Z])")
_MADE_IN = re.compile(
    r"\b(?:made|delivered|issued)\s+(?:the|his|her|their|these|those)\s+(?:comments?|remarks|statement|speech)\b", re.I
)
#: For how many sentences whoever was somewhere is taken to be there still.
_STAYS = 20
#: How many characters may stand between the words for the occasion and "in Kyiv".
_REACH = 60


class Where:
    """The places of the sayings of one document; `named` gives the ids of the people named inside a span."""

    def __init__(self, scene: Scene, named: Callable[[Span], set[str]]) -> None:
        self._scene = scene
        self._named = named
        self._countries = self._spoken_of()
        self._filed = self._dateline()
        self._said: dict[str, tuple[Place, Span]] = self._made_in()

    @property
    def countries(self) -> frozenset[str]:
        """The ISO alpha-2 codes of the states the document names."""
        return self._countries

    def _spoken_of(self) -> frozenset[str]:
        codes: set[str] = set()
        for actor_id in self._scene.counts:
            actor = self._scene.knowledge.actor(actor_id)
            code = None if actor is None else self._scene.knowledge.iso2(actor)
            if code is not None:
                codes.add(code)
        return frozenset(codes)

    def _dateline(self) -> tuple[Place, Span] | None:
        dateline = self._scene.document.dateline
        if dateline is None or dateline.place is None:
            return None
        words = dateline.place.of(self._scene.text)
        name = words.partition(",")[0].strip()
        known = self._scene.knowledge.place(words, self._countries) or self._scene.knowledge.place(
            name, self._countries
        )
        place = known or self._titled(words)
        return None if place is None else (place, dateline.place)

    def _titled(self, words: str) -> Place:
        """A dateline's place that no table has: its name alone, "BREVIK, Korvath" as "Brevik" in that country if it is known."""
        name, _, of = (part.strip() for part in words.partition(","))
        named = self._scene.knowledge.actors_named(of) if of else ()
        codes = {code for n in named if (code := self._scene.knowledge.iso2(n.actor)) is not None}
        return Place(name.title() if name.isupper() else name, country=codes.pop() if len(codes) == 1 else None)

    def _made_in(self) -> dict[str, tuple[Place, Span]]:
        """By the one person whom a sentence like "Arvik made the comments in Brevik" names before its verb: the place."""
        found: dict[str, tuple[Place, Span]] = {}
        for sentence in self._scene.sentences:
            said = _MADE_IN.search(self._scene.text, sentence.span.start, sentence.span.end)
            if said is None:
                continue
            place = self._stated(Span(said.start(), sentence.span.end), ())
            people = self._named(Span(sentence.span.start, said.start()))
            if place is not None and len(people) == 1:
                found.setdefault(next(iter(people)), place)
        return found

    def place(self, statement: Statement, speakers: Sequence[Actor]) -> tuple[Place, Reason] | None:
        """Where `statement` was made and why we think so, or None.

        A state's standing position is made nowhere; an inner saying only where its own clause says; whoever was
        somewhere a sentence ago is there still. Statements must be asked for in text order.
        """
        anchor = next(iter((*statement.cue, *statement.source)), None)
        if anchor is None or statement.presupposed:
            return None
        if any(a.kind is ActorKind.STATE for a in speakers):
            return None
        key = "+".join(sorted(a.id for a in speakers))
        index = self._scene.sentence_at(anchor.start)
        if index is not None and statement.nested_in is None:
            found = self._stated(self._scene.sentences[index].span, statement.content)
            if found is not None:
                self._said[key] = found
                return found[0], Reason("place", "stated-with-the-saying", 0.85, found[1])
        if statement.nested_in is not None or not speakers:
            return None
        if key in self._said and self._near(self._said[key][1], anchor):
            return self._said[key][0], Reason("place", "where-the-speaker-was", 0.75, self._said[key][1])
        if self._filed is not None:
            return self._filed[0], Reason("place", "dateline", 0.6, self._filed[1])
        return None

    def _near(self, at: Span, anchor: Span) -> bool:
        """True when the place was named not too many sentences before (or after, for "made the comments in ...")."""
        first, second = self._scene.sentence_at(at.start), self._scene.sentence_at(anchor.start)
        return first is not None and second is not None and abs(second - first) <= _STAYS

    def _stated(self, window: Span, content: Sequence[Span]) -> tuple[Place, Span] | None:
        """The first "in <place>" of `window` that stands outside the content, close behind words for an occasion."""
        text = self._scene.text
        for match in _IN.finditer(text, window.start, window.end):
            if any(c.start <= match.start() < c.end for c in content) or self._scene.quoted(match.start()):
                continue
            lead = text[max(window.start, match.start() - _REACH) : match.start()]
            if _OCCASION.search(lead) is None and match.start() > window.start:
                continue
            if re.search(r"\bsince\b[^,]*\Z", lead):
                continue
            found = self._place_at(Span(match.end(), window.end))
            if found is not None:
                return found
        return None

    def _place_at(self, window: Span) -> tuple[Place, Span] | None:
        words = self._scene.words(window)[:3]
        for size in range(len(words), 0, -1):
            span = Span(words[0].start, words[size - 1].end)
            if any(not w.of(self._scene.text)[:1].isupper() for w in words[:size]):
                continue
            named = self._scene.knowledge.actors_named(span.of(self._scene.text))
            if any(n.form.value == "name" and n.actor.name == span.of(self._scene.text) for n in named):
                continue
            place = self._scene.knowledge.place(span.of(self._scene.text), self._countries)
            if place is not None:
                return place, span
        return None
