"""Who an office means around its edges: those who have left it, the day it is handed over, the leader whose minister it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from onrecord.model import Actor, ActorKind, Office, Span
from onrecord.resolution.answers import Answer, nobody, one
from onrecord.resolution.cast import Cast
from onrecord.resolution.envoys import Envoys
from onrecord.resolution.phrases import Phrase
from onrecord.resolution.scene import Scene
from onrecord.resolution.sides import Sides

#: Words of a page on which somebody left the office: his last days are told of under his title.
_LEFT = re.compile(
    r"\b(?:resign\w*|given up|gave up|step(?:ped|s)? (?:down|aside)|coup|mutin\w+|exiled?|quit|fled|flown|flew|died|dead|death|killed|crash\w*|wreck|"
    r"shot|oust\w*|toppl\w+|overthrow\w*|deposed|struck|assassinat\w+|buried|funeral|coffin|"
    r"(?:house )?arrest\w*|detain\w*|removed|on a plane|bundled|marched off|deported|had left|left for|vanished|slipped away)\b",
    re.IGNORECASE,
)
#: Those who have just left an office, by the word for how; "former" may be anybody who held it.
_JUST_LEFT = re.compile(r"\b(?:ousted|deposed|toppled|late|exiled|overthrown)\b", re.IGNORECASE)
_NEW = re.compile(r"\b(?:new|newly|incoming)\b", re.IGNORECASE)
#: The word, and not the name of a country ("New Merle").
_SAID_NEW = re.compile(r"\b(?:new|newly|incoming)\b")
_LAST = re.compile(r"(?:the )?last\b", re.IGNORECASE)
#: The work that those who once held high office are called back to.
_CALLED_BACK = re.compile(r"\b(?:envoy|mediat\w+|negotiator|broker\w*|representative)\b", re.IGNORECASE)
_OWNER = re.compile(r"(?P<name>[A-ZÀ-Þ][^\W\d_]+(?: [A-ZÀ-Þ][^\W\d_]+)*)(?:['’]s|['’])\s+")
_LEADING = frozenset({"head_of_state", "head_of_government", "supreme_leader"})
#: Days for which somebody who left is "the former" and nobody else, and for which he is the ousted or late one.
_JUST, _LATELY, _EDGE = 60, 400, 2
#: Days before an oath in which somebody chosen is called the new holder.
_SOON = 14
#: Somebody chosen for an office and not yet in it, and the days within which the oath is taken.
_CHOSEN = re.compile(r"[- ](?:elect|designate)\b|\bincoming\b", re.IGNORECASE)
_CHOSEN_FOR = 100

#: "Three years ago, ...": the years count back from the page's day.
_YEARS_AGO = re.compile(
    r"\b(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|\d{1,2}) years? (?:ago|earlier|before)\b",
    re.IGNORECASE,
)
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20,
}  # fmt: skip
#: Days of a year and of half of one; years past which the tables do not reach.
_YEAR, _HALF, _LONG_AGO = 365.25, 183, 40


def _before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days)).isoformat()


class Tenure:
    """The rules for offices of one document at the edges of their terms."""

    def __init__(self, scene: Scene, cast: Cast, sides: Sides) -> None:
        self._scene = scene
        self._cast = cast
        self._sides = sides
        self._envoys = Envoys(scene)
        self._knowledge = scene.knowledge

    def chosen(self, title: str, of: Actor, phrase: Phrase) -> Answer | None:
        """ "The president-elect": the only one whose term begins within a hundred days; None when no such words are there."""
        day = self._scene.date
        words = self._scene.text[phrase.span.start : phrase.span.end + len("-designate")]
        if _CHOSEN.search(words) is None or day is None:
            return None
        plain = re.sub(r"[- ](?:elect|designate)\Z", "", title, flags=re.IGNORECASE)
        return self._taking_over(plain, of, day, phrase, _CHOSEN_FOR) or nobody("chosen-holder-not-known")

    def handed_over(self, title: str, of: Actor, phrase: Phrase) -> Answer | None:
        """On the day of a handover: who leaves, when the page names him alone or tells of his end; else None."""
        day = self._scene.date
        if day is None:
            return None
        today = self._knowledge.holders(title, of.id, day)
        eve = self._knowledge.holders(title, of.id, _before(day, 1))
        if not today or not eve or {a.id for a in today} == {a.id for a in eve}:
            return None
        if _NEW.search(self._scene.text, phrase.span.start, phrase.span.end) or len(eve) != 1:
            return None
        named = [a for a in (*today, *eve) if any(m.actor.id == a.id for m in self._cast.members)]
        if len(named) == 1 and named[0].id == eve[0].id:
            return one(eve[0], phrase.span, 0.7, "office-until-that-day-and-in-text")
        if not named and self._tells_of_an_end(phrase.span):
            return one(eve[0], phrase.span, 0.66, "office-left-that-day")
        return None

    def just_left(self, title: str, of: Actor, phrase: Phrase) -> Answer | None:
        """Whose term ended up to two days before and who has no successor yet, when the page tells how it ended.

        "The new president" is never the one who left, but who takes the office within days.
        """
        day = self._scene.date
        if day is not None and _NEW.search(self._scene.text, phrase.span.start, phrase.span.end):
            return self._taking_over(title, of, day, phrase)
        if day is None or self._knowledge.holders(title, of.id, day) or not self._tells_of_an_end(phrase.span):
            return None
        for days in range(1, _EDGE + 1):
            holders = self._knowledge.holders(title, of.id, _before(day, days))
            if len(holders) == 1:
                return one(holders[0], phrase.span, 0.7, "office-left-the-day-before")
        return None

    def in_years_told(self, title: str, of: Actor, phrase: Phrase) -> Answer | None:
        """ "Three years ago in Senn the Korvathi president": who held the office then; None where no such words stand before.

        Words of years leave half a year on either side; nobody is meant when the office changed hands in it.
        """
        day, index = self._scene.date, self._scene.sentence_at(phrase.span.start)
        if day is None or index is None or self._scene.quoted(phrase.span.start):
            return None
        start = self._scene.sentences[index].span.start
        ago = _YEARS_AGO.search(self._scene.text, start, phrase.span.start)
        if ago is None:
            return None
        count = _COUNTS.get(ago["count"].casefold()) or int(ago["count"] if ago["count"].isdigit() else 0)
        if not count or count > _LONG_AGO:
            return None
        then = _before(day, round(count * _YEAR))
        holders = self._knowledge.holders_between(title, of.id, _before(then, _HALF), _before(then, -_HALF))
        if len(holders) != 1:
            return nobody("holder-in-years-told-not-known")
        return one(holders[0], phrase.span, 0.66, "office-in-years-told")

    def too_old_for(self, title: str, of: Actor, phrase: Phrase, holder: Actor) -> bool:
        """True when the phrase says "new" of an office that `holder` has had, on the page's day, for more than a year."""
        day = self._scene.date
        lead = phrase.span if phrase.title is None else Span(phrase.span.start, phrase.title.start)
        if day is None or not _SAID_NEW.search(lead.of(self._scene.text)):
            return False
        terms = [t for t in self._terms(title, of, holder.id) if t.held_on(day)]
        return bool(terms) and all(t.start < _before(day, _LATELY) for t in terms)

    def _taking_over(self, title: str, of: Actor, day: str, phrase: Phrase, days: int = _SOON) -> Answer | None:
        """ "The new premier" before the oath: the only one whose term begins within two weeks of the page's day."""
        until = _before(day, -days)
        starting = {t.holder: t for t in self._terms(title, of) if day <= t.start <= until}
        holder = self._holder(next(iter(starting.values()))) if len(starting) == 1 else None
        return None if holder is None else one(holder, phrase.span, 0.66, "office-taken-soon")

    def _tells_of_an_end(self, span: Span) -> bool:
        """True when the sentence of `span`, or one beside it, says that somebody resigned, fled or died."""
        index = self._scene.sentence_at(span.start)
        if index is None:
            return False
        near = self._scene.sentences[max(0, index - 1)].span.start
        last = self._scene.sentences[min(index + 1, len(self._scene.sentences) - 1)].span.end
        return _LEFT.search(self._scene.text, near, last) is not None

    def last_of_all(self, title: str, of: Actor, phrase: Phrase) -> Answer | None:
        """ "The last Soviet president": who held the office last, of a state that is no more."""
        day = self._scene.date
        known = self._knowledge.known(of.id)
        if day is None or known is None or known.exists_on(day):
            return None
        if _LAST.match(self._scene.text, phrase.span.start, phrase.span.end) is None:
            return None
        terms = [t for t in self._terms(title, of) if t.end is not None and t.end <= day]
        holder = self._holder(max(terms, key=lambda t: t.start)) if terms else None
        return None if holder is None else one(holder, phrase.span, 0.75, "last-holder")

    def former(self, phrase: Phrase) -> Answer | None:
        """Whom nobody names who left the office lately, or was called back to other work; None when it may be several."""
        day = self._scene.date
        if day is None or phrase.title is None:
            return None
        title = phrase.title.of(self._scene.text)
        lead = Span(phrase.span.start, phrase.title.start)
        since = _before(day, _LATELY if _JUST_LEFT.search(lead.of(self._scene.text)) else _JUST)
        found: dict[str, Actor] = {}
        for of in self._institutions(phrase, title):
            past = [t for t in self._terms(title, of) if t.end is not None and t.end <= day]
            lately = max(past, key=lambda t: t.end or "", default=None)
            if lately is not None and (lately.end or "") > since:
                holder = self._holder(lately)
                again = holder is not None and any(t.held_on(day) for t in self._terms(title, of, holder.id))
                if holder is not None and not again:
                    found[holder.id] = holder
                continue
            found.update(self._called_back(past, day))
        if len(found) != 1:
            return None
        return one(next(iter(found.values())), phrase.span, 0.66, "holder-who-left-lately")

    def _called_back(self, past: Iterable[Office], day: str) -> dict[str, Actor]:
        at_work = any(_CALLED_BACK.search(self._scene.text, b.start, b.end) for b in self._scene.body)
        holders = (self._holder(t) for t in past)
        return {
            h.id: h
            for h in holders
            if h is not None
            and (
                self._envoys.serves_here(h)
                or (at_work and any(_CALLED_BACK.search(t.title) for t in self._knowledge.offices_of(h.id, day)))
            )
        }

    def _institutions(self, phrase: Phrase, title: str) -> list[Actor]:
        """The institution of the phrase, or the sides of those on the page who hold that office now, or the only state."""
        if phrase.of is not None:
            return [phrase.of]
        day = self._scene.date
        found: dict[str, Actor] = {}
        for member in self._cast.members:
            if day is None or not any(s.start < phrase.span.end + 400 for s in member.at):
                continue
            for term in self._knowledge.offices_of(member.actor.id, day):
                of = self._knowledge.actor(term.of)
                if of is not None and self._knowledge.title_fits(title, term):
                    found[of.id] = of
        if found:
            return list(found.values())
        states = self._scene.states_in(Span(0, len(self._scene.text)))
        return list(states) if len(states) == 1 else []

    def led_by(self, name: str) -> Actor | None:
        """The state whose leader on the page's day is called so ("Sarkozy", "Scott Morrison"), or None."""
        day = self._scene.date
        member = self._cast.by_name(name)
        people: Iterable[Actor] = [member.actor] if member is not None else ()
        if member is None and day is not None:
            people = self._knowledge.people(name) or self._knowledge.people_by_surname(name, day)
        found: dict[str, Actor] = {}
        for person in people:
            for term in self._knowledge.offices_of(person.id, day):
                of = self._knowledge.actor(term.of)
                leads = of is not None and self._knowledge.titles.post(term.title, of) in _LEADING
                if of is not None and leads and of.kind is ActorKind.STATE:
                    found[of.id] = of
        return next(iter(found.values())) if len(found) == 1 else None

    def owner(self, phrase: Phrase) -> tuple[bool, Actor | None]:
        """ "Sarkozy's foreign minister": whether a person owns the title, and the state that this person leads."""
        assert phrase.title is not None
        match = _OWNER.match(self._scene.text, phrase.span.start, phrase.title.start)
        if match is None:
            return False, None
        return True, self.led_by(match["name"])

    def _terms(self, title: str, of: Actor, holder: str | None = None) -> list[Office]:
        return [
            t
            for t in self._knowledge.offices()
            if t.of == of.id and holder in (None, t.holder) and self._knowledge.title_fits(title, t)
        ]

    def _holder(self, term: Office) -> Actor | None:
        return self._knowledge.actor(term.holder)
