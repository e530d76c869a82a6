"""Offices of a body of a state: "the secretary of Valdoria's Security Council", "the commander of the Korvathi army"."""

from __future__ import annotations

import re

from onrecord.model import Actor, ActorKind, Span
from onrecord.resolution.answers import Answer, nobody, one
from onrecord.resolution.phrases import PhraseParser
from onrecord.resolution.scene import Scene

_OF_BODY = re.compile(
    r"(?:the |its )?(?P<title>[\w -]+?) of (?:the )?(?P<owner>[A-ZÀ-Þ][\w.' -]*?)(?:['’]s?)? (?P<body>[\w'’ -]+)\Z"
)
#: The title of a state that heads a body of it, by the last words of the body; the words of the title that may say so.
_HEADS = r"head|chief|commander|chairman|leader|boss|minister|commander-in-chief|chief of staff"
_BODIES = (
    (r"(?:army|armed forces|military|general staff|forces|land forces)", _HEADS, ("army chief", "chief of the general staff", "commander-in-chief")),
    (r"(?:foreign ministry|ministry of foreign affairs|diplomacy)", "head|chief", ("foreign minister",)),
    (r"(?:defence ministry|defense ministry|ministry of defence)", "head|chief", ("defence minister",)),
    (r"(?:parliament|national assembly|assembly|house of representatives|legislature|duma|congress|knesset)", "speaker|head|chairman|president|chief",
     ("parliament speaker", "speaker", "chairman", "president")),
    (r"(?:[\w ]+ )?security council", "secretary|head|chief", ("secretary of the security council",)),
    (r"opposition", "leader|head|chief", ("opposition leader",)),
    (r"(?:ruling )?junta", "leader|head|chief", ("junta leader",)),
    (r"(?:government|cabinet)", "head|leader|chief", ("prime minister",)),
    (r"(?:central bank|national bank)", "head|governor|chief|president|chairman", ("central bank governor",)),
    (r"(?:atomic (?:energy )?(?:agency|organi[sz]ation)|nuclear (?:agency|organi[sz]ation))", "head|chief|director", ("head of the atomic energy organisation",)),
)  # fmt: skip


#: Whose seat is named where somebody is called its occupant: the state and the title.
_OCCUPANT = re.compile(
    r"(?:the )?(?:master|occupant|tenant|resident|man|woman|boss|lord) (?:of|in|at) (?:the )?(?P<seat>[\w .'’-]+)\Z",
    re.IGNORECASE,
)
_SEATS = {
    "kremlin": ("RUS", "president"), "elysee": ("FRA", "president"), "élysée": ("FRA", "president"), "white house": ("USA", "president"),
    "oval office": ("USA", "president"), "downing street": ("GBR", "prime minister"), "10 downing street": ("GBR", "prime minister"),
    "number 10": ("GBR", "prime minister"), "blue house": ("KOR", "president"), "pentagon": ("USA", "defence minister"),
    "casa rosada": ("ARG", "president"), "miraflores": ("VEN", "president"), "planalto": ("BRA", "president"),
    "la moneda": ("CHL", "president"), "moncloa": ("ESP", "prime minister"), "palazzo chigi": ("ITA", "prime minister"),
    "matignon": ("FRA", "prime minister"), "malacanang": ("PHL", "president"), "bankova": ("UKR", "president"),
    "chancellery": ("DEU", "chancellor"), "foreign office": ("GBR", "foreign minister"), "quai d'orsay": ("FRA", "foreign minister"),
    "state department": ("USA", "foreign minister"), "foggy bottom": ("USA", "foreign minister"), "vatican": ("VAT", "pope"),
}  # fmt: skip


_OFFICES = re.compile(
    r"(?:the )?(?P<title>[\w -]{1,60}?)s of (?:the )?(?P<one>[\w' -]{1,80}?) and (?:the )?(?P<other>[\w' -]{1,80})",
    re.I,
)


class Bodies:
    """The rules for offices of a state's bodies in one document."""

    def __init__(self, scene: Scene, parser: PhraseParser) -> None:
        self._scene = scene
        self._parser = parser
        self._knowledge = scene.knowledge

    def holder(self, span: Span) -> Answer | None:
        """Who heads the body that the words at `span` name with its state; None when they are not of that kind."""
        seat = self._occupant(span)
        if seat is not None:
            return seat
        match = _OF_BODY.match(self._scene.text, span.start, span.end)
        days = self._scene.days
        if match is None or days is None:
            return None
        owner = self._parser.institution(Span(*match.span("owner")))
        if owner is None or owner.kind is not ActorKind.STATE:
            return None
        title, body = match["title"].casefold(), " ".join(match["body"].split())
        if title.startswith(("former ", "deputy ", "ex-", "spokes", "acting ")):
            return None
        found: dict[str, Actor] = {}
        for words, of in self._offices(title, body, owner):
            if not found:
                found = {h.id: h for h in self._knowledge.holders_between(words, of, *days)}
        if len(found) == 1:
            return one(next(iter(found.values())), span, 0.82, "office-on-date")
        if len(found) > 1:
            return nobody("several-holders")
        return None

    def of_several(self, span: Span) -> Answer | None:
        """ "The foreign ministers of Sundmark and Karvelia": the holder of the office at each, when both are known."""
        match = _OFFICES.match(self._scene.text, span.start, span.end)
        if match is None or not self._knowledge.titles.known(match["title"]) or self._scene.days is None:
            return None
        found: dict[str, tuple[Actor, Span | None]] = {}
        for name in ("one", "other"):
            institution = self._parser.institution(Span(*match.span(name)))
            if institution is None:
                return None
            holders = self._knowledge.holders_between(match["title"], institution.id, *self._scene.days)
            if len(holders) != 1:
                return None
            found[holders[0].id] = (holders[0], Span(*match.span(name)))
        return Answer(tuple(found.values()), 0.8, "offices-of-several")

    def _occupant(self, span: Span) -> Answer | None:
        """ "The master of the Kremlin": whoever holds the office that has its seat there."""
        match = _OCCUPANT.match(" ".join(span.of(self._scene.text).split()))
        seat = None if match is None else _SEATS.get(match["seat"].casefold().replace("’", "'"))
        if seat is None or self._scene.days is None:
            return None
        holders = self._knowledge.holders_between(seat[1], f"state:{seat[0]}", *self._scene.days)
        return one(holders[0], span, 0.8, "office-on-date") if len(holders) == 1 else None

    def _offices(self, title: str, body: str, owner: Actor) -> list[tuple[str, str]]:
        """The titles and institutions to be asked for, the surest first."""
        asked = [(f"{title} of the {body}", owner.id)]
        for named in self._knowledge.actors_named(body, self._scene.date):
            if named.actor.country == owner.country and named.actor.kind is ActorKind.GOVERNMENT_ORGAN:
                asked.append((title, named.actor.id))
        for bodies, heads, titles in _BODIES:
            if re.fullmatch(bodies, body, re.IGNORECASE) and re.fullmatch(heads, title, re.IGNORECASE):
                asked += [(t, owner.id) for t in titles]
                asked += [(t, organ) for t in titles for organ in self._organs(bodies, owner)]
        return asked

    def _organs(self, bodies: str, owner: Actor) -> list[str]:
        """The state's organs of the tables that one of their names calls so ("State Duma")."""
        if "parliament" not in bodies:
            return []
        return [
            k.actor.id
            for k in self._knowledge.actors()
            if k.actor.part_of == owner.id and k.actor.sector == "LEG" and k.actor.kind is ActorKind.GOVERNMENT_ORGAN
        ]
