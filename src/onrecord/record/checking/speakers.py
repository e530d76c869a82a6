"""Whether a name beside a quotation and a day beside it are those of the record; what does not show is unknown, never wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from rapidfuzz import fuzz
from sqlalchemy import Connection, select

from onrecord.model import ActorKind, ActorRef, DateBasis, DateValue, Precision
from onrecord.record import codec, schema

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
#: Words that make a capitalised phrase an office or a body rather than somebody's name.
_OFFICES = frozenset(
    [
        "minister", "ministry", "president", "presidency", "prime", "foreign", "defence", "defense", "secretary",
        "general", "house", "state", "department", "office", "government", "council", "union", "nations", "army",
        "police", "court", "parliament", "party", "agency", "commission", "committee", "alliance", "spokesman",
        "spokeswoman", "spokesperson", "officials", "official", "king", "queen", "prince", "ambassador", "embassy",
        "kremlin", "administration", "bank", "group",
    ]
)  # fmt: skip
#: A family name so like another one may be the same in another spelling.
_SPELLING = 75.0
_PARTS = frozenset({ActorKind.GOVERNMENT_ORGAN, ActorKind.FORUM, ActorKind.UNNAMED_GROUP})


@dataclass(frozen=True, slots=True)
class Known:
    """An actor of the record as far as a comparison needs it."""

    id: str
    name: str
    kind: ActorKind
    part_of: str | None


@dataclass(slots=True)
class Names:
    """The record's actors by the names that drafts give them; remembers what it was asked."""

    connection: Connection
    _called: dict[str, tuple[Known, ...]] = field(default_factory=dict)
    _by_id: dict[str, Known | None] = field(default_factory=dict)

    def called(self, name: str) -> tuple[Known, ...]:
        """The actors that a phrase with a name in it may mean: by full names within it, else by the family name at its end."""
        if name not in self._called:
            self._called[name] = self._find(name)
        return self._called[name]

    def _find(self, name: str) -> tuple[Known, ...]:
        t = schema.actors
        parts = codec.search_form(name).replace(",", " ").split()
        runs = {" ".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1)}
        rows = list(self.connection.execute(select(t).where(t.c.search_name.in_(sorted(runs)))).mappings())
        longest = max((len(row["search_name"].split()) for row in rows), default=0)
        if longest < 2 and parts:
            last = parts[-1].removesuffix("'s").removesuffix("’s")
            surname = select(t).where(
                t.c.search_name.endswith(f" {last}", autoescape=True), t.c.kind == ActorKind.PERSON.value
            )
            rows.extend(self.connection.execute(surname.order_by(t.c.id)).mappings())
        found = {row["id"]: Known(row["id"], row["name"], ActorKind(row["kind"]), row["part_of"]) for row in rows}
        return tuple(found[key] for key in sorted(found))

    def get(self, actor_id: str) -> Known | None:
        """The actor with that id."""
        if actor_id not in self._by_id:
            t = schema.actors
            row = self.connection.execute(select(t).where(t.c.id == actor_id)).mappings().first()
            self._by_id[actor_id] = (
                Known(row["id"], row["name"], ActorKind(row["kind"]), row["part_of"]) if row is not None else None
            )
        return self._by_id[actor_id]


def said_by(name: str, parties: Sequence[ActorRef], source: str, names: Names) -> bool | None:
    """True when `name` is one of the parties, False when it is somebody else, None when that does not show.

    `parties` are the speakers and those they speak for; `source` is how the page names them.
    """
    if not parties:
        return None
    ours = _words(name)
    if not ours:
        return None
    for theirs in (*(p.name for p in parties), source):
        other = _words(theirs)
        if other and (
            ours[-1] in other or set(other) <= set(ours) or (other[-1] in ours and other[-1] not in _OFFICES)
        ):
            return True
    held = [known for p in parties if (known := _held(p, names)) is not None]
    meant = names.called(name)
    if meant:
        return True if any(m.id == h.id for m in meant for h in held) else None if _related(meant, held) else False
    if _is_name(name) and any(h.kind is ActorKind.PERSON and len(h.name.split()) > 1 for h in held):
        alike = any(fuzz.ratio(ours[-1], _words(h.name)[-1]) >= _SPELLING for h in held)
        return None if alike else False
    return None


def _held(party: ActorRef, names: Names) -> Known | None:
    """The party as the record knows it; somebody whom one page names in full is a person of that name."""
    found = names.get(party.id) if party.id is not None else None
    if found is None and _is_name(party.name):
        return Known(party.id or party.name, party.name, ActorKind.PERSON, None)
    return found


def _related(meant: Iterable[Known], held: Sequence[Known]) -> bool:
    """True when one may speak as the other: a state and its minister, two organs of one government; not two people."""
    people = [other for other in held if other.kind is ActorKind.PERSON]
    for one in meant:
        for other in people if people and one.kind is ActorKind.PERSON else held:
            if one.part_of == other.id or other.part_of == one.id:
                return True
            both = one.part_of is not None and one.part_of == other.part_of
            if both and (one.kind in _PARTS or other.kind in _PARTS):
                return True
    return not held


def _words(name: str) -> list[str]:
    return [w.removesuffix("'s") for w in _WORD.findall(codec.search_form(name).replace("’", "'"))]


def _is_name(name: str) -> bool:
    """True for two or three capitalised words, none of them of an office: a given name and a family name."""
    found = name.split()
    return 2 <= len(found) <= 3 and all(w[0].isupper() for w in found) and not any(w in _OFFICES for w in _words(name))


def said_on(days: Sequence[str], said: DateValue, published: DateValue) -> bool | None:
    """True when one of the draft's days is the day of the saying, False when none is, None when the record does not know it.

    A day that the record takes from the publication may be the day before it.
    """
    if not days or said.value is None or said.precision is not Precision.DAY:
        return None
    day = date.fromisoformat(said.value[:10])
    fitting = {day}
    if said.inferred or said.basis is DateBasis.PUBLISHED:
        fitting |= {day - timedelta(1), day + timedelta(1)}
    if published.value is not None and published.value[:10] == said.value[:10] and said.basis is not DateBasis.STATED:
        fitting.add(day - timedelta(1))
    return any(_is(value, one) for value in days for one in fitting)


def _is(value: str, day: date) -> bool:
    if value.startswith("XXXX-WXX-"):
        return value[-1] == str(day.isoweekday())
    if value.startswith("XXXX-"):
        return value[5:] == f"{day:%m-%d}"
    return value == day.isoformat()
