"""The ledgers of channels and forums, and of monitors' access: open or suspended, granted or refused, since when, who says so.

Only what is told as a fact counts: a channel that "should be reopened", or whose suspension is denied, is not moved by it. A
page's own sentence counts on the page's day, somebody's words on the day they were said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.model import Act, ActorRef, Auxiliary, Event, EventKind, Modality, Polarity
from onrecord.model.ledgers import Access, AccessStatus, Channel, ChannelStatus, Evidence, Ledger, row_id
from onrecord.relations.ledgers.grouping import actor_key, keys_of, plain
from onrecord.relations.ledgers.keys import content_key
from onrecord.relations.ledgers.known import Given, Saying, Sighting

#: The nouns of a channel, the military ones first; `onrecord.record.ledgers` finds candidates by the same words.
CHANNEL = re.compile(
    r"\b(?:(?:military[- ]to[- ]military|military|direct|crisis|emergency|diplomatic|communications?) )?"
    r"(?:hotlines?|channels? of communications?|communications? channels?|back[- ]channels?|military channels?|"
    r"(?<=military )(?:channels?|line)|(?<=direct )(?:line|channel))\b",
    re.IGNORECASE,
)
#: Words of the index that a page which speaks of a channel has one of.
CHANNEL_WORDS = ("hotline", "hotlines", "channel", "channels", "line")
_OPEN = re.compile(
    r"\b(?:(?:re)?opened|(?:is|are|was|were|remains?|remained|stays?|stayed|kept) (?:re)?open(?:ed)?|restored|resumed|"
    r"(?:is|was|remains?) (?:working|operational|active|functioning|in (?:use|place|operation))|works|functions)\b",
    re.IGNORECASE,
)
_SUSPENDED = re.compile(
    r"\b(?:suspend(?:ed|s|ing)|suspension|(?:was|were|is|been) (?:cut|closed|severed|frozen|shut)|(?:cut|closed|severed|froze|shut) (?:off |down )?"
    r"(?:the|its|their|all)|dead|hung up)\b",
    re.IGNORECASE,
)
_LINKS = re.compile(r"\b(?:between|links?|linking|connects?|with)\b", re.IGNORECASE)
_USED = re.compile(r"\b(?:used|tested|rang|talked|telephoned|called|spoke|exchanged)\b", re.IGNORECASE)
_NOT_FACT = re.compile(
    r"\b(?:should|must|may|might|could|would|whether|when the|if|not|never|no longer|to (?:re)?open|to restore|to suspend|be (?:restored|reopened|suspended))\b",
    re.IGNORECASE,
)
#: What is told as so when a saying does one of these; a denial or a demand tells nothing about the channel itself.
_TELLING = frozenset({Act.ASSERT, Act.ANNOUNCE, Act.ACKNOWLEDGE, Act.ACCUSE, Act.CONDEMN})
_MEETING = frozenset({EventKind.MEETING, EventKind.TALKS})
_USE = "used"


@dataclass(frozen=True, slots=True)
class _Sight:
    """What one sentence says of one channel."""

    name: str
    parties: tuple[ActorRef, ...]
    status: ChannelStatus
    used: bool
    day: str | None
    source: str
    by: tuple[ActorRef, ...]
    text: str


def channels(given: Given, events: Sequence[Event]) -> tuple[Channel, ...]:
    """Every channel and forum that something is told of, by name."""
    holding = {s.id for s in given.sayings if CHANNEL.search(s.text) is not None}
    sights = [
        s
        for saying in given.sayings
        if saying.id in holding and saying.nested_in not in holding and (s := _said(saying, given.names)) is not None
    ]
    sights += [s for sighting in given.sightings if (s := _seen(sighting)) is not None]
    found = [_channel(group) for group in _by_parties(sights)]
    found += _forums(given, events)
    return tuple(sorted(found, key=lambda c: (c.name, c.id)))


def _said(saying: Saying, names: Mapping[str, str]) -> _Sight | None:
    named = CHANNEL.search(saying.text)
    if named is None or saying.act not in _TELLING or saying.modality is not Modality.FACT:
        return None
    parties = plain((*saying.sides, *saying.targets))
    if len(parties) < 2 and _LINKS.search(saying.text) is not None:
        # "between A and B", said by somebody else.
        named_too = [ActorRef(key, name) for key, name in names.items() if _has_name(saying.text, name)]
        parties = plain((*parties, *named_too)) if len(plain((*parties, *named_too))) == 2 else parties
    if len(parties) > 1 and _LINKS.search(saying.text) is None:
        # Who speaks of a channel to whom need not be at its two ends.
        parties = parties[:0] if len(saying.sides) != 1 else plain(saying.sides)
    status = ChannelStatus.UNKNOWN if saying.polarity is Polarity.NEGATIVE else _status(saying.text)
    day = saying.said or saying.published
    return _sight(named[0], parties, status, saying.text, day, saying.id, plain(saying.sides))


def _seen(sighting: Sighting) -> _Sight | None:
    named = CHANNEL.search(sighting.text)
    if named is None:
        return None
    status = _status(sighting.text)
    return _sight(named[0], plain(sighting.parties), status, sighting.text, sighting.published, sighting.document, ())


def _sight(
    name: str,
    parties: tuple[ActorRef, ...],
    status: ChannelStatus,
    text: str,
    day: str | None,
    source: str,
    by: tuple[ActorRef, ...],
) -> _Sight:
    used = _USED.search(text) is not None and status is not ChannelStatus.SUSPENDED and not _NOT_FACT.search(text)
    return _Sight(" ".join(name.casefold().split()), parties, status, used, day, source, by, " ".join(text.split()))


def _status(text: str) -> ChannelStatus:
    """Open or suspended, by the words of the sentence that names the channel; unknown where they name both or neither as a fact."""
    if _NOT_FACT.search(text):
        return ChannelStatus.UNKNOWN
    opened, suspended = _OPEN.search(text) is not None, _SUSPENDED.search(text) is not None
    if opened == suspended:
        return ChannelStatus.UNKNOWN
    return ChannelStatus.OPEN if opened else ChannelStatus.SUSPENDED


def _by_parties(sights: Sequence[_Sight]) -> list[tuple[_Sight, ...]]:
    """The sights of one channel: those of two parties, and with them those of one of these where only one channel fits."""
    sure: dict[tuple[frozenset[str], bool], list[_Sight]] = {}
    rest: list[_Sight] = []
    for sight in sights:
        if len(sight.parties) == 2:
            sure.setdefault((keys_of(sight.parties), _military(sight.name)), []).append(sight)
        else:
            rest.append(sight)
    for sight in rest:
        named = keys_of(sight.parties)
        fitting = [k for k in sure if named <= k[0] and (k[1] or not _military(sight.name))] if named else []
        if len(fitting) == 1:
            parties = sure[fitting[0]][0].parties
            sure[fitting[0]].append(replace(sight, parties=parties))
    return [tuple(some) for _, some in sorted(sure.items(), key=lambda item: (sorted(item[0][0]), item[0][1]))]


def _military(name: str) -> bool:
    return "military" in name or "hotline" in name


def _channel(group: Sequence[_Sight]) -> Channel:
    parties = plain(group[0].parties)
    ordered = sorted(group, key=lambda s: (s.day is None, s.day or "", s.source))
    name = min((s.name for s in group), key=lambda n: (-len(n), n))
    status, since = _standing((s.status, s.day) for s in ordered)
    used = [s.day for s in ordered if s.used and s.day is not None]
    told = [s for s in ordered if s.used or s.status is not ChannelStatus.UNKNOWN] or ordered
    return Channel(
        row_id(Ledger.CHANNELS, "military" if _military(name) else "channel", *sorted(keys_of(parties))),
        name,
        parties,
        status,
        since,
        max(used, default=None),
        tuple(
            Evidence(
                s.status.value if s.status is not ChannelStatus.UNKNOWN else _USE if s.used else "named",
                s.source,
                s.by,
                s.day,
                s.text,
            )
            for s in told
        ),
    )


def _standing(told: Iterable[tuple[ChannelStatus, str | None]]) -> tuple[ChannelStatus, str | None]:
    """The last status that is told with a day, and the first day since which nothing else was; undated ones where none is."""
    status, since = ChannelStatus.UNKNOWN, None
    every = list(told)
    undated = {s for s, day in every if day is None and s is not ChannelStatus.UNKNOWN}
    for now, day in every:
        if now is ChannelStatus.UNKNOWN or day is None:
            continue
        if now is not status:
            status, since = now, day
    if status is ChannelStatus.UNKNOWN and len(undated) == 1:
        status = undated.pop()
    return status, since


def _forums(given: Given, events: Sequence[Event]) -> list[Channel]:
    """Forums that met: what is told is the last meeting, not whether they are open to more."""
    found: dict[str, list[Event]] = {}
    for event in events:
        if event.kind in _MEETING and event.aux in (Auxiliary.ASSERTED, Auxiliary.HISTORICAL):
            for forum in sorted({p.actor.id for p in event.parties if p.actor.id in given.forums} - {None}):
                found.setdefault(forum, []).append(event)
    rows = []
    for forum, met in sorted(found.items()):
        sides = {side for event in met for party in event.parties for side in party.sides}
        # A forum is often called after its two ends.
        called = given.names.get(forum, "")
        sides |= {side for side, name in given.names.items() if side != forum and _has_name(called, name)}
        parties = plain(ActorRef(side, given.names.get(side, side)) for side in sides)
        evidence = sorted(
            (Evidence("met", e.id, (), e.date.value, e.kind.value) for e in met),
            key=lambda e: (e.day is None, e.day or "", e.source),
        )
        used = max((e.day for e in evidence if e.day is not None), default=None)
        name = given.names.get(forum, forum)
        key = row_id(Ledger.CHANNELS, "forum", forum)
        rows.append(Channel(key, name, parties, ChannelStatus.UNKNOWN, None, used, tuple(evidence)))
    return rows


def _has_name(called: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", called) is not None


_GRANTED = re.compile(
    r"\b(?:(?:had|have|has|were|was) (?:been )?(?:allowed|admitted|let (?:(?:the |its )?[\w'’]+ )?(?:in(?:to)?|through))|entered|(?:gave|given|granted) (?:\w+ ){0,3}access)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:turned (?:back|away)|(?:not|never) (?:been )?(?:allowed|admitted|let)|refused (?:\w+ ){0,4}(?:access|entry)|denied (?:\w+ ){0,4}(?:access|entry)|"
    r"(?:barred|blocked|kept out))\b",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"\b(?:withdr(?:ew|awn|aws)|revoke[sd]?|cancelled|took back) (?:[\w'’]+ ){0,5}(?:access|permission|permits?|leave to enter)\b|"
    r"\b(?:expelled|threw out|ordered out|sent (?:away|home)) (?:[\w'’]+ ){0,3}(?:monitors?|observers?|inspectors?|mission)\b|"
    r"\b(?:monitors?|observers?|inspectors?|mission) (?:\w+ ){0,2}(?:expelled|ordered (?:out|to leave)|thrown out|sent (?:away|home))\b",
    re.IGNORECASE,
)
#: What is refused to monitors.
_ENTRY = re.compile(r"\b(?:access|entry|leave to enter)\b", re.IGNORECASE)
MONITORS = re.compile(
    r"\b(?:monitors?|observers?|inspectors?|monitoring mission|observation mission|mission)\b", re.IGNORECASE
)


def access(given: Given) -> tuple[Access, ...]:
    """How monitors' access stands with every side that is asked for it, promises it, grants or refuses it."""
    told: dict[str, list[tuple[AccessStatus, Evidence, ActorRef]]] = {}
    nobodys: list[tuple[AccessStatus, Evidence]] = []
    by_id = {s.id: s for s in given.sayings}
    for saying in given.sayings:
        outer = by_id.get(saying.nested_in) if saying.nested_in else None
        if outer is not None and outer.act is saying.act:
            continue
        for status, host in _of_access(saying):
            evidence = Evidence(
                status.value,
                saying.id,
                plain(saying.sides),
                saying.said or saying.published,
                " ".join(saying.text.split()),
            )
            if host is None:
                nobodys.append((status, evidence))
            else:
                told.setdefault(actor_key(host), []).append((status, evidence, host))
    # "The monitors were let in": by the only side that is known to keep them out, or to have promised.
    giving = [some for some in told.values() if any(status is not AccessStatus.DEMANDED for status, _, _ in some)]
    if len(giving or told) == 1:
        some = giving[0] if giving else next(iter(told.values()))
        some += [(status, evidence, some[0][2]) for status, evidence in nobodys]
    rows = []
    for host_key, some in sorted(told.items()):
        ordered = sorted(some, key=lambda t: (t[1].day is None, t[1].day or "", t[1].source))
        last, since = (
            _last(ordered, lambda s: s is not AccessStatus.DEMANDED)
            or _last(ordered, lambda s: s is AccessStatus.DEMANDED)
            or (None, None)
        )
        if last is not None:
            host = plain([ordered[0][2]])[0]
            rows.append(Access(row_id(Ledger.ACCESS, host_key), host, last, since, tuple(e for _, e, _ in ordered)))
    return tuple(rows)


def _of_access(saying: Saying) -> list[tuple[AccessStatus, ActorRef | None]]:
    """What a saying tells of monitors' access, and whose it is to give."""
    if MONITORS.search(saying.text) is None:
        return []
    keys = [content_key(part.text) for part in saying.parts]
    admitting = any(key.action == "admit" and key.object in (None, "monitors") for key in keys)
    if not admitting and not _REFUSED.search(saying.text) and not _TAKEN_BACK.search(saying.text):
        return []
    if saying.act in (Act.DEMAND, Act.REQUEST):
        return [(AccessStatus.DEMANDED, host) for host in _hosts(saying)]
    if (
        saying.act in (Act.PROMISE, Act.ANNOUNCE, Act.AGREE)
        and saying.modality is Modality.FUTURE
        and len(saying.sides) == 1
    ):
        return [(AccessStatus.PROMISED, saying.sides[0])]
    if saying.act is Act.REJECT and len(saying.sides) == 1 and _ENTRY.search(saying.text) is not None:
        # "refused the observers access": the side that refuses is the one that keeps them out.
        return [(AccessStatus.REFUSED, saying.sides[0])]
    if saying.act not in _TELLING or saying.modality is not Modality.FACT:
        return []
    hosts: list[ActorRef | None] = [*_hosts(saying)] or [None]
    if _TAKEN_BACK.search(saying.text) and saying.polarity is Polarity.AFFIRMATIVE:
        return [(AccessStatus.WITHDRAWN, hosts[0])]
    if _REFUSED.search(saying.text):
        return [(AccessStatus.REFUSED, hosts[0])]
    if _GRANTED.search(saying.text) and saying.polarity is Polarity.AFFIRMATIVE:
        return [(AccessStatus.GRANTED, hosts[0])]
    return []


def _hosts(saying: Saying) -> list[ActorRef]:
    """The one side that a saying about access is aimed at; nobody where there are several, or where it is the monitors' own."""
    hosts = [ref for ref in saying.targets if MONITORS.search(ref.name) is None]
    return hosts if len(hosts) == 1 else []


def _last(
    told: Sequence[tuple[AccessStatus, Evidence, ActorRef]], wanted: Callable[[AccessStatus], bool]
) -> tuple[AccessStatus, str | None] | None:
    """The last status of a wanted kind that is told with a day, and the first day since which no other was."""
    found: tuple[AccessStatus, str | None] | None = None
    for status, evidence, _ in told:
        if wanted(status) and (evidence.day is not None or found is None) and (found is None or found[0] is not status):
            found = (status, evidence.day)
    return found
