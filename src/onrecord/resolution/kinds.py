"""Institutions and states called by their kind where they were named before ("the council", "the Gulf emirate")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date as day

from onrecord.knowledge import Knowledge, NameForm
from onrecord.knowledge.keys import key
from onrecord.model import Actor, ActorKind, Span
from onrecord.resolution.cast import Cast
from onrecord.resolution.scene import Scene

#: Words for an organisation that fit any for which the tables have no words of their own.
_GENERAL = frozenset({"body", "organisation", "organization", "institution", "grouping", "group"})
#: Words that fit an organisation only when its name, another name or a description ends with them.
_TOLD = frozenset(
    [
        "agency", "alliance", "arbiter", "bank", "bloc", "body", "cartel", "club", "coalition", "commission",
        "committee", "company", "council", "court", "force", "forum", "front", "fund", "group", "grouping",
        "institution", "league", "lender", "mission", "movement", "organisation", "organization", "pact", "parliament",
        "party", "regulator", "secretariat", "tribunal", "union", "watchdog", "assembly",
    ]
)  # fmt: skip
#: Words for an armed group, in the singular and the plural.
_ARMED = frozenset(
    [
        "movement", "group", "faction", "militia", "organisation", "organization", "front", "insurgency", "guerrilla",
        "guerrillas", "rebels", "insurgents", "militants", "fighters", "separatists", "militiamen", "extremists",
        "islamists", "jihadists", "gunmen", "rebel", "force",
    ]
)  # fmt: skip
_FIRM = frozenset({"company", "firm", "corporation", "conglomerate", "giant", "manufacturer", "supplier"})
_INSTITUTION = re.compile(r"(?:the|that|this) (?P<mods>(?:[\w.'’-]+ ){0,4})(?P<noun>[a-z]+)", re.IGNORECASE)
#: Adjectives of faith, creed and region, which tell no institution from another.
_ADJECTIVE = re.compile(r"[A-Z][a-z]+(?:ist|ite|ic|ia|ni|ish|ese|an|Gulf|Arab)\Z|(?:Gulf|Arab|Shia|Kurdish)\Z")
_COUNTRY = re.compile(
    r"(?:the|that|this) (?P<mods>(?:[\w.'’-]+ ){0,4})"
    r"(?P<noun>country|nation|state|republic|kingdom|monarchy|emirate|sultanate|island|archipelago|city-state|principality)",
    re.IGNORECASE,
)
_OF = re.compile(r" of (?:the )?(?=[A-Z])")
#: Which states words for a state fit, by ISO 3166 alpha-3 codes; any state where a word is not listed.
_BY_NOUN = {
    "kingdom": "SAU JOR MAR BHR THA KHM BTN NPL LSO SWZ TON",
    "monarchy": "SAU JOR MAR BHR THA KHM BTN NPL KWT QAT OMN ARE BRN LSO SWZ",
    "emirate": "QAT KWT ARE",
    "sultanate": "OMN BRN",
    "island": "TWN CYP LKA CUB MLT ISL HTI TLS BHR GRD JAM SGP NRU",
    "archipelago": "MDV PHL IDN BHS FJI COM CPV SYC SLB TON",
    "city-state": "SGP VAT MCO",
    "principality": "MCO LIE AND",
}  # fmt: skip
_BY_REGION = {
    "west african": "BEN BFA CIV CPV GHA GIN GMB GNB LBR MLI MRT NER NGA SEN SLE TGO",
    "east african": "BDI DJI ERI ETH KEN RWA SOM SSD TZA UGA",
    "central african": "CAF CMR COD COG GAB GNQ TCD STP",
    "north african": "DZA EGY LBY MAR SDN TUN",
    "southern african": "AGO BWA LSO MOZ MWI NAM SWZ ZAF ZMB ZWE",
    "african": "AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI DZA EGY ERI ETH GAB GHA GIN GMB GNB GNQ KEN LBR LBY LSO MAR MDG MLI MOZ MRT MUS MWI NAM NER NGA RWA SDN SEN SLE SOM SSD STP SWZ SYC TCD TGO TUN TZA UGA ZAF ZMB ZWE",
    "sahel": "BFA MLI MRT NER TCD",
    "central asian": "KAZ KGZ TJK TKM UZB",
    "south asian": "AFG BGD BTN IND LKA MDV NPL PAK",
    "southeast asian": "BRN IDN KHM LAO MMR MYS PHL SGP THA TLS VNM",
    "southeast": "BRN IDN KHM LAO MMR MYS PHL SGP THA TLS VNM",
    "himalayan": "BTN NPL",
    "gulf": "ARE BHR KWT OMN QAT SAU",
    "caucasus": "ARM AZE GEO",
    "former soviet": "ARM AZE BLR EST GEO KAZ KGZ LTU LVA MDA RUS TJK TKM UKR UZB",
    "soviet": "ARM AZE BLR EST GEO KAZ KGZ LTU LVA MDA TJK TKM UKR UZB",
    "former yugoslav": "BIH HRV MKD MNE SRB SVN XKX",
    "balkan": "ALB BGR BIH GRC HRV MKD MNE SRB XKX",
    "baltic": "EST LTU LVA",
    "nordic": "DNK FIN ISL NOR SWE",
    "scandinavian": "DNK NOR SWE",
    "andean": "BOL COL ECU PER VEN",
    "caribbean": "CUB DOM GRD HTI JAM TTO BRB BHS",
    "central american": "BLZ CRI GTM HND NIC PAN SLV",
    "south american": "ARG BOL BRA CHL COL ECU GUY PER PRY SUR URY VEN",
    "pacific": "FJI NRU PNG SLB TON VUT WSM TUV KIR",
    "arab": "ARE BHR DZA EGY IRQ JOR KWT LBN LBY MAR MRT OMN QAT SAU SDN SYR TUN YEM",
}  # fmt: skip
#: Organisations whose members a word before "country" names.
_MEMBERS = {"nato": "org:NATO", "eu": "org:EU"}
#: Descriptions of one state alone.
_ALONE = {"reclusive state": "PRK", "reclusive regime": "PRK", "hermit kingdom": "PRK", "gas-rich emirate": "QAT"}
#: Words before "country" that ask for another one than the one named.
_OTHER = frozenset({"neighbouring", "neighboring", "other", "third", "first", "second", "whole", "entire", "next", "same", "host", "home", "own", "independent", "sovereign", "single"})  # fmt: skip
#: Words before "country" with which it is none that was named: another one, or an office ("the secretary of state").
_NO_MODIFIER = _OTHER | {"of", "and", "in", "for", "to", "secretary", "minister", "deep", "police"}
#: How many sentences back a state and an institution stand that are meant without their names.
_STATE_BACK, _BODY_BACK = 2, 4


class Kinds:
    """The rules for kinds of institutions and states in one document."""

    def __init__(self, scene: Scene, cast: Cast) -> None:
        self._scene = scene
        self._cast = cast
        self._knowledge: Knowledge = scene.knowledge

    # Institutions

    def institution(self, span: Span) -> Actor | None:
        """The one institution named shortly before `span` that is of the kind its last word says, or None.

        A nation among the words before ("the Lebanese movement") must be the institution's; other names there make it
        another one ("the Merle council").
        """
        match = _INSTITUTION.fullmatch(" ".join(span.of(self._scene.text).split()))
        if match is None:
            return None
        noun, country = match["noun"].casefold(), None
        if noun not in _TOLD | _ARMED | _FIRM:
            return None
        for word in match["mods"].split():
            nations = [n.actor for n in self._knowledge.actors_named(word) if n.form is NameForm.DEMONYM]
            if len(nations) == 1:
                country = nations[0].country
            elif word[:1].isupper() and "-" not in word and _ADJECTIVE.match(word) is None:
                return None
        for before in (self._institutions_before(span), self._led_before(span)):
            found = {a.id: a for a in before if self._is_kind(a, noun) and country in (None, a.country)}
            if found:
                return next(iter(found.values())) if len(found) == 1 else None
        return None

    def _institutions_before(self, span: Span) -> Iterable[Actor]:
        index = self._scene.sentence_at(span.start)
        near = 0 if index is None else self._scene.sentences[max(0, index - _BODY_BACK)].span.start
        for sighting in self._scene.sightings:
            if not near <= sighting.span.start < span.start:
                continue
            actor = self._scene.choose(sighting.named)
            form = next((n.form for n in sighting.named if actor is not None and n.actor.id == actor.id), None)
            if actor is not None and form is not NameForm.DESCRIPTION and actor.kind not in _NO_INSTITUTION:
                yield actor

    def _led_before(self, span: Span) -> Iterable[Actor]:
        """The institutions that people lead who are named in the sentence before `span` or its own."""
        index = self._scene.sentence_at(span.start)
        date = self._scene.date
        if index is None or date is None:
            return
        near = self._scene.sentences[max(0, index - 1)].span.start
        for member in self._cast.members:
            if not any(near <= s.start < span.start for s in member.at):
                continue
            for term in self._knowledge.offices_of(member.actor.id):
                of = self._knowledge.actor(term.of)
                held = term.held_on(date) or (term.end is not None and 0 <= _days(term.end, date) <= 7)
                if held and of is not None and of.kind not in _NO_INSTITUTION:
                    yield of

    def _is_kind(self, actor: Actor, noun: str) -> bool:
        known = self._knowledge.known(actor.id)
        if known is None:
            return False
        if actor.kind is ActorKind.ARMED_GROUP and noun in _ARMED:
            return True
        told = [key(n).split() for n in (actor.name, *known.names)]
        if actor.sector == "BUS" and noun in _FIRM:
            return True
        kinds = {key(d).split()[-1] for d in known.descriptions} & _TOLD
        if any(noun in words for words in told) or noun in kinds:
            return noun in _TOLD
        any_kind = noun in ("organisation", "organization") or not kinds
        return noun in _GENERAL and any_kind and actor.kind in _ORGANISED

    # States

    def state(self, span: Span) -> tuple[Actor, float] | None:
        """The one state that `span` calls by its kind, with the score: named beside it, or shortly before or after it."""
        words = " ".join(span.of(self._scene.text).split())
        alone = _ALONE.get(words.casefold().removeprefix("the "))
        if alone is not None:
            return self._scored(self._knowledge.actor(f"state:{alone}"), 0.62)
        match = _COUNTRY.fullmatch(words)
        if match is None or self._scene.quoted(span.start):
            return None
        mods = [m.casefold() for m in match["mods"].split()]
        if _NO_MODIFIER & set(mods) or any(m.endswith(("'s", "’s")) for m in mods):
            return None
        beside = _OF.match(self._scene.text, span.end)
        if beside is not None:
            near = self._scene.names_in(Span(beside.end(), min(beside.end() + 40, len(self._scene.text))))
            actor = self._scene.choose(near[0].named) if near and near[0].span.start == beside.end() else None
            return self._scored(actor if actor is not None and actor.kind is ActorKind.STATE else None, 0.8)
        allowed = self._allowed(mods, match["noun"].casefold())
        if allowed is None and match["noun"].casefold() == "state":
            return None
        return self._only_before(span, allowed)

    def _scored(self, actor: Actor | None, score: float) -> tuple[Actor, float] | None:
        return None if actor is None else (actor, score)

    def _allowed(self, mods: list[str], noun: str) -> frozenset[str] | None:
        """The codes of the states that the words fit, or None when they tell nothing."""
        sets = [frozenset(_BY_NOUN[noun].split())] if noun in _BY_NOUN else []
        joined = " ".join(mods)
        sets += [frozenset(codes.split()) for region, codes in _BY_REGION.items() if _whole(region, joined)][:1]
        for mod in mods:
            if mod in _MEMBERS and self._scene.date is not None:
                members = self._knowledge.members(_MEMBERS[mod], self._scene.date)
                sets.append(frozenset(m.country for m in members if m.country is not None))
        return frozenset.intersection(*sets) if sets else None

    def _only_before(self, span: Span, allowed: frozenset[str] | None) -> tuple[Actor, float] | None:
        index = self._scene.sentence_at(span.start)
        if index is None:
            return None
        sentences = self._scene.sentences
        if allowed is None:
            earlier = self._scene.states_in(Span(0, span.start))
            return (earlier[0], 0.58) if len(earlier) == 1 else None
        near = Span(sentences[max(0, index - _STATE_BACK)].span.start, span.start)
        after = Span(span.end, sentences[min(index + 1, len(sentences) - 1)].span.end)
        for window, score in ((near, 0.64), (after, 0.6)):
            fitting = [s for s in self._scene.states_in(window) if s.country in allowed]
            if fitting:
                return (fitting[0], score) if len(fitting) == 1 else None
        return None


def _days(first: str, last: str) -> int:
    return (day.fromisoformat(last) - day.fromisoformat(first)).days


def _whole(region: str, words: str) -> bool:
    return re.search(rf"\b{region}\b", words) is not None


_NO_INSTITUTION = frozenset({ActorKind.PERSON, ActorKind.STATE, ActorKind.AGENCY, ActorKind.OUTLET})
_ORGANISED = frozenset({ActorKind.ORGANISATION, ActorKind.FORUM})
