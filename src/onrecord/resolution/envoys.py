"""Envoys and mediators, who are called by whom they speak for, by their field, or by neither ("the U.N. envoy")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from onrecord.knowledge.keys import key
from onrecord.model import Actor, ActorKind, Office, Span
from onrecord.resolution.answers import Answer, nobody, one
from onrecord.resolution.scene import Scene

_NOUN = r"envoy|representative|mediator|negotiator|emissary|troubleshooter|coordinator|peacemaker|go-between|broker|diplomat"
_ENVOY = re.compile(
    rf"(?:the |its |their )?(?P<mods>(?:[\w.'’/-]+ ){{0,6}}?)(?:(?:special|personal|peace|chief|top|main|joint|senior|high) )*"
    rf"(?P<noun>{_NOUN})(?: (?:for|to|on|in|of) (?:the )?(?P<field>[\w .'’-]+?))?\Z",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"(?:the )?(?P<owner>[\w.'’ -]+?)(?:['’]s)? (?:(?:top|chief|permanent) )?(?P<at>U\.N\.|UN|United Nations|NATO) "
    r"(?:envoy|emissary|diplomat|representative|delegate)\Z"
)
#: Envoys of another kind: of no name, of before, or bearers of a title that is no envoy's.
_OTHERS = re.compile(
    r"\A(?:an?|one|some|two|several)\b|\b(?:former|ex|deputy|nuclear|trade|high representative|permanent representative)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(?:envoy|representative|mediator|negotiator|troubleshooter|coordinator)\b", re.IGNORECASE)
#: The title says for what: "Special Envoy for the Great Lakes", "Climate Envoy".
_FIELD = re.compile(r".*? (?:for|to|on) (?:the )?(?P<behind>.+)\Z|(?P<before>.+) Envoy\Z", re.IGNORECASE)
_NOT_FIELDS = frozenset(
    [
        "special", "personal", "peace", "chief", "top", "main", "joint", "senior", "high", "new", "former", "the", "a",
        "an", "u.n", "un", "his", "her", "its", "their", "first", "second", "veteran", "international", "western",
        "foreign", "presidential", "government", "state", "department",
    ]
)  # fmt: skip
#: The states and words that tell of a field that is no state's name (ISO 3166 alpha-3; lower case).
_FIELDS = {
    "middle east peace": "ISR PSE gaza jerusalem ramallah palestinian israeli",
    "middle east peace process": "ISR PSE gaza jerusalem ramallah palestinian israeli",
    "balkans": "BIH HRV SRB YUG XKX sarajevo bosnian serb kosovo",
    "yugoslavia": "BIH HRV SRB YUG sarajevo bosnian serb bosnia croat",
    "great lakes": "COD RWA BDI UGA goma congolese m23",
    "horn of africa": "ETH SOM ERI SDN tigray",
    "kosovo": "XKX SRB pristina",
    "macedonia": "MKD GRC skopje",
    "belgrade-pristina dialogue": "XKX SRB belgrade pristina",
    "northern ireland": "IRL belfast stormont unionists republicans ulster",
    "western sahara": "ESH MAR polisario sahrawi rabat",
    "lebanon": "LBN beirut naqoura hezbollah lebanese",
    "climate": "climate emissions carbon warming",
    "aceh": "aceh acehnese",
}  # fmt: skip


class Envoys:
    """The rules for envoys of one document: their offices are in the tables, each with the field it is for."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._knowledge = scene.knowledge

    @cached_property
    def _terms(self) -> tuple[Office, ...]:
        """The envoys in office on all days the page may be of."""
        days = self._scene.days
        if days is None:
            return ()
        held = (t for t in self._knowledge.offices() if t.held_on(days[0]) and t.held_on(days[1]))
        return tuple(t for t in held if _TITLE.search(t.title))

    def meant(self, span: Span) -> Answer | None:
        """Whom "the U.N. envoy for Yemen" or "the American mediator" means, or None when the words are not of that kind.

        The field must be the one said, or else one that the page speaks of; of two holders who fit nobody is meant.
        """
        words = " ".join(span.of(self._scene.text).split())
        match = _ENVOY.match(words)
        if match is None or _OTHERS.search(words):
            return None
        posted = self._posted(words, span)
        if posted is not None:
            return posted
        owners, told = self._owners(match["mods"])
        fields = [f for f in (match["field"], told) if f]
        if match["noun"].casefold() in ("diplomat", "broker") and not fields:
            return None
        mine = [t for t in self._terms if not owners or t.of in owners or self._above(t.of) in owners]
        for field in fields:
            mine = [t for t in mine if self._same_field(t, field)]
        if not fields:
            mine = [t for t in mine if self.spoken_of(t)]
        found = {t.holder: t for t in mine}
        holders = [a for a in map(self._knowledge.actor, found) if a is not None]
        if len(holders) != 1 or not (owners or fields):
            return nobody("envoy-not-known") if fields and not holders else None
        return one(holders[0], span, 0.8 if fields else 0.66, "envoy-on-date")

    def _posted(self, words: str, span: Span) -> Answer | None:
        """ "Russia's U.N. envoy": the state's ambassador there."""
        match = _POSTED.match(words)
        if match is None or self._scene.days is None:
            return None
        owner = self._institution_called(match["owner"])
        if owner is None or owner.kind is not ActorKind.STATE:
            return None
        title = "ambassador to NATO" if match["at"] == "NATO" else "ambassador to the United Nations"
        holders = self._knowledge.holders_between(title, owner.id, *self._scene.days)
        return one(holders[0], span, 0.8, "office-on-date") if len(holders) == 1 else nobody("office-holder-not-known")

    def _institution_called(self, words: str) -> Actor | None:
        named = self._knowledge.actors_named(re.sub(r"['’]s?\Z", "", words), self._scene.date)
        sided = [n.actor for n in named if n.actor.kind in (ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.FORUM)]
        return sided[0] if len({a.id for a in sided}) == 1 else None

    def _owners(self, mods: str) -> tuple[frozenset[str], str]:
        """The ids of those for whom the envoy speaks, from the words before the noun, and what those words add to them."""
        owners: set[str] = set()
        rest: list[str] = []
        words = re.sub(r"[–-](?=[A-Z])", " ", mods).split()
        at = 0
        while at < len(words):
            for size in range(min(3, len(words) - at), 0, -1):
                string = " ".join(words[at : at + size])
                parts = [string, *string.split("-")] if size == 1 and "-" in string else [string]
                found = [a for a in map(self._institution_called, parts) if a is not None]
                if found:
                    break
            else:
                found, size, string = [], 1, words[at]
            if (found and not owners) or (found and found[0].kind is not ActorKind.STATE):
                owners.update(a.id for a in found)
            elif found:
                rest.append(string)
            elif not found and string.casefold() not in _NOT_FIELDS and string[:1].isupper():
                owners_later = self._institution_called(" ".join(words[at : at + 2]))
                rest.append(string) if owners_later is None else None
            at += size
        return frozenset(owners), " ".join(rest)

    def _above(self, of: str) -> str | None:
        actor = self._knowledge.actor(of)
        return None if actor is None else actor.part_of

    def _field(self, term: Office) -> str:
        match = _FIELD.match(term.title)
        found = "" if match is None else (match["behind"] or match["before"] or "")
        return "" if found.casefold() in _NOT_FIELDS else found

    def _same_field(self, term: Office, field: str) -> bool:
        """True when the title's field and `field` are one: by their words, or as names of one actor."""
        mine = self._field(term)
        ours, theirs = set(key(mine).split()), set(key(field).split()) - {"the", "former", "process", "peace", "crisis"}
        if not ours or not theirs:
            return False
        return theirs <= ours or bool(self._ids(mine) & self._ids(field))

    def _ids(self, words: str) -> frozenset[str]:
        return frozenset(n.actor.id for n in self._knowledge.actors_named(words, self._scene.date))

    def serves_here(self, actor: Actor) -> bool:
        """True when the actor is an envoy on the page's day for a field that the page speaks of."""
        return any(t.holder == actor.id and self.spoken_of(t) for t in self._terms)

    def spoken_of(self, term: Office) -> bool:
        """True when the page speaks of the field of the office: names it, its states, or a place in them."""
        field = self._field(term)
        signs = _FIELDS.get(field.casefold(), "").split()
        codes = {s for s in signs if s.isupper()} | {a.country or "" for a in self._actors(self._ids(field))}
        if codes & self._countries:
            return True
        words = [field, *(s for s in signs if s.islower())] if field else []
        return any(re.search(rf"\b{re.escape(w)}", self._scene.text, re.IGNORECASE) for w in words)

    def _actors(self, ids: Iterable[str]) -> Iterable[Actor]:
        return (a for a in map(self._knowledge.actor, ids) if a is not None)

    @cached_property
    def _countries(self) -> frozenset[str]:
        states = self._scene.states_in(Span(0, len(self._scene.text)))
        return frozenset(s.country for s in states if s.country is not None)
