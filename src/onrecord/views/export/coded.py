"""Events and sayings in the codes of event data: one shape for POLECAT and GDELT.

An event without a PLOVER root (a law, an election) has no row there. A saying that PLOVER counts as an event of its own (an
accusation, a demand, a refusal, a threat, a promise, praise) is one, coded from its act; what only tells something is none.
Only what happened has a row: what is denied, coming or merely possible has none in either format, which have no column for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.knowledge.plover import cameo, modes, roots
from onrecord.model import ActorRef, Auxiliary, DateValue, EventKind, Place, Role, Root
from onrecord.record import DocumentRow, EventFilter, EventRow, Record

_GIVERS = (Role.ACTOR, Role.SIGNATORY)
#: CAMEO codes by root and mode ("" for none), then by kind where it is finer. After the CAMEO manual (Schrodt 2012).
_CAMEO = {
    (Root.AGREE, ""): "030", (Root.CONSULT, ""): "040", (Root.CONSULT, "visit"): "042", (Root.CONSULT, "phone"): "041",
    (Root.CONSULT, "third-party"): "044", (Root.SUPPORT, ""): "050", (Root.CONCEDE, ""): "080", (Root.COOPERATE, ""): "060",
    (Root.AID, ""): "070", (Root.RETREAT, ""): "087", (Root.RETREAT, "withdraw"): "0874", (Root.RETREAT, "release"): "0841",
    (Root.RETREAT, "return"): "0842", (Root.RETREAT, "disarm"): "0873", (Root.RETREAT, "ceasefire"): "0871",
    (Root.RETREAT, "access"): "086", (Root.REQUEST, ""): "100", (Root.ACCUSE, ""): "110", (Root.ACCUSE, "disapprove"): "111",
    (Root.ACCUSE, "investigate"): "090", (Root.ACCUSE, "allege"): "112", (Root.REJECT, ""): "120", (Root.THREATEN, ""): "130",
    (Root.PROTEST, ""): "140", (Root.PROTEST, "demo"): "141", (Root.PROTEST, "riot"): "145", (Root.PROTEST, "strike"): "143",
    (Root.PROTEST, "hunger"): "142", (Root.PROTEST, "boycott"): "143", (Root.PROTEST, "obstruct"): "144",
    (Root.SANCTION, ""): "163", (Root.SANCTION, "convict"): "116", (Root.SANCTION, "expel"): "161",
    (Root.SANCTION, "withdraw"): "161", (Root.SANCTION, "discontinue"): "160", (Root.MOBILIZE, ""): "150",
    (Root.MOBILIZE, "troops"): "154", (Root.MOBILIZE, "weapons"): "152", (Root.MOBILIZE, "police"): "153",
    (Root.COERCE, ""): "170", (Root.COERCE, "seize"): "171", (Root.COERCE, "restrict"): "172", (Root.COERCE, "ban"): "172",
    (Root.COERCE, "censor"): "172", (Root.COERCE, "curfew"): "1723", (Root.COERCE, "martial-law"): "1724",
    (Root.COERCE, "arrest"): "173", (Root.COERCE, "deport"): "174", (Root.ASSAULT, ""): "190", (Root.ASSAULT, "abduct"): "181",
    (Root.ASSAULT, "beat"): "182", (Root.ASSAULT, "torture"): "1822", (Root.ASSAULT, "sexual"): "1821",
    (Root.ASSAULT, "execute"): "175", (Root.ASSAULT, "assassinate"): "186", (Root.ASSAULT, "firearms"): "193",
    (Root.ASSAULT, "explosives"): "183", (Root.ASSAULT, "suicide-attack"): "1831", (Root.ASSAULT, "aerial"): "195",
    (Root.ASSAULT, "drone"): "195", (Root.ASSAULT, "heavy-weapons"): "194", (Root.ASSAULT, "crowd-control"): "175",
    (Root.ASSAULT, "cleansing"): "203", (Root.ASSAULT, "massacre"): "202", (Root.ASSAULT, "unconventional"): "204",
}  # fmt: skip
_BY_KIND = {
    (Root.SUPPORT, EventKind.AGREEMENT): "057",
    (Root.COOPERATE, EventKind.EXERCISE): "062",
    (Root.AGREE, EventKind.MEETING): "036",
    (Root.AGREE, EventKind.TALKS): "036",
    (Root.AGREE, EventKind.VISIT): "036",
    (Root.AGREE, EventKind.AID): "033",
    (Root.AGREE, EventKind.COOPERATION): "031",
    (Root.RETREAT, EventKind.SANCTION): "085",
    (Root.CONCEDE, EventKind.WITHDRAWAL): "0356",
    (Root.CONCEDE, EventKind.RELEASE): "0353",
    (Root.CONSULT, EventKind.TALKS): "046",
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """An actor or recipient of a coded event, with the sides behind and the offset of the words that name them."""

    ref: ActorRef
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodedMention:
    """One passage that tells a coded event; offsets are code points into the page's source text, None where nothing is named."""

    id: str
    page: DocumentRow
    action: int
    actor: int | None
    recipient: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """An event or saying as event data have it."""

    id: str
    root: Root
    mode: str | None
    cameo: str
    date: DateValue
    actors: tuple[Somebody, ...]
    recipients: tuple[Somebody, ...]
    place: Place | None
    mentions: tuple[CodedMention, ...]
    reports: int
    outlets: int

    @property
    def intensity(self) -> float:
        """PLOVER's score from -10 to 10, that of the mode where it has one."""
        entry = modes().get((self.root, self.mode or ""))
        return entry.intensity if entry is not None else roots()[self.root].intensity

    @property
    def contexts(self) -> tuple[str, ...]:
        """PLOVER's contexts of the CAMEO code."""
        found = cameo(self.cameo)
        return found.contexts if found is not None else ()


def coded(record: Record) -> Iterator[CodedEvent]:
    """The record's events and the sayings that are events, each once however many pages carry it, in the order of date and id."""
    found = [c for row in record.events(EventFilter(sayings=True)) if (c := _event(row)) is not None]
    yield from sorted(found, key=lambda c: (c.date.value or "9999", c.id))


def cameo_of(root: Root, mode: str | None, kind: EventKind | None = None) -> str:
    """The CAMEO code of a root with a mode, of a kind where that is finer."""
    if kind is not None and (root, kind) in _BY_KIND and mode in (None, "visit"):
        return _BY_KIND[(root, kind)]
    return _CAMEO.get((root, mode or ""), _CAMEO[(root, "")])


def _event(row: EventRow) -> CodedEvent | None:
    event = row.event
    if event.code is None or event.aux not in (Auxiliary.ASSERTED, Auxiliary.HISTORICAL):
        return None
    pages = {page.id: page for page in row.documents}
    everybody = [Somebody(p.actor, p.sides) for p in event.parties]
    giving = [s for s, p in zip(everybody, event.parties, strict=True) if p.role in _GIVERS]
    taking = [s for s, p in zip(everybody, event.parties, strict=True) if p.role not in _GIVERS]
    if not taking and len(giving) > 1:
        # Two signatories: event data want one on each side.
        giving, taking = giving[:1], giving[1:]
    mentions = []
    for mention in event.mentions:
        acting = [p.span.start for p in mention.participants if p.role in _GIVERS]
        acted = [p.span.start for p in mention.participants if p.role not in _GIVERS] or acting[1:]
        mentions.append(
            CodedMention(
                mention.id,
                pages[mention.document],
                mention.trigger[0].start,
                acting[0] if acting else None,
                acted[0] if acted else None,
                mention.confidence,
            )
        )
    return CodedEvent(
        event.id,
        event.code,
        event.mode,
        cameo_of(event.code, event.mode, event.kind),
        event.date,
        tuple(giving),
        tuple(taking),
        event.place,
        tuple(mentions),
        row.reports,
        row.outlets,
    )


def ids_of(found: Sequence[CodedEvent]) -> set[str]:
    """The ids of all actors and sides in `found`."""
    everybody = [s for c in found for s in (*c.actors, *c.recipients)]
    return {i for s in everybody for i in (s.ref.id, *s.sides) if i is not None}
