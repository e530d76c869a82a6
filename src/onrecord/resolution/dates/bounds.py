"""The days a page may have been published on, as far as each piece of its evidence says: terms of office, notices, happenings.

Every bound carries what it was inferred from. One that rests on a row of a table that nobody looked up is not trusted: it
narrows nothing, and only keeps a value back that it speaks against.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.knowledge.happenings import HappeningKind, Happenings, KnownHappening
from onrecord.model import (
    DateBasis,
    DateEvidence,
    DateValue,
    Document,
    LineRole,
    Mention,
    MentionForm,
    MentionLabel,
    Office,
    Reading,
    Span,
    Timex,
)
from onrecord.reading.timex import timexes
from onrecord.reading.timex.tables import NUMBER, amount
from onrecord.resolution.dates.terms import UNVERIFIED, OfficeTerms

_WHOLE = re.compile(r"\d{4}-\d\d-\d\d(?:T.*)?\Z")
_NOT_NOW = re.compile(
    r"\b(?:former|formerly|ex|then|late|future|incoming|outgoing|next|previous|one-time|designate|elect|deputy|vice|nominee)[\s-]{1,2}\Z",
    re.IGNORECASE,
)
_FORMER = re.compile(r"\b(?:former|then|ex|late|outgoing|incoming)\b", re.IGNORECASE)
_SET_BEFORE = re.compile(r"\b[Tt]he\s(?P<words>(?:[\w.'’-]+\s){0,4}[\w.'’-]+),\s\Z")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[^\n]{0,40}?\b((?:19|20)\d\d)(?:\s?[-–]\s?((?:19|20)\d\d))?\b", re.IGNORECASE
)
#: A year as a step of an address' path, alone or before a month.
_ADDRESS = re.compile(r"://[^/]+(?:/[^/?#]+)*?/((?:19|20)\d\d)(?:/(?:0?[1-9]|1[0-2]))?/[^?#]")
_TOOK_OFFICE = re.compile(
    r"(?P<name_end>(?:,\swho|,\swhich)?\s)(?P<verb>took office|took over|took up (?:the|his|her) post|was sworn in|was appointed|was named|was elected)\s"
    rf"(?P<count>an?|{NUMBER})\s(?P<unit>day|week|month)s?\sago\b",
    re.IGNORECASE,
)
#: Days of a unit, and how many days a round number of it may be off.
_AGO_DAYS = {"day": (1.0, 1), "week": (7.0, 4), "month": (30.44, 16)}
_SENTENCE_END = re.compile(r"[.!?][\"”’')]?\s|\n")
_AHEAD_BEFORE = re.compile(
    r"\b(?:will|would|until|by|due|scheduled|expected|planned|set|before|next|to)\b", re.IGNORECASE
)
_AHEAD_AFTER = re.compile(r"[^.\n]{0,40}\b(?:will|would|(?:is|are) (?:to|due|expected|set|scheduled))\b")
_PAST = re.compile(r"\b(?:since|on|after)\s\Z", re.IGNORECASE)
#: Words before a happening that tell it as past; an occasion needs them, since it is spoken of before it is held.
_SINCE = re.compile(
    r"\b(?:since|after|following|in the wake of|in the aftermath of)\s(?:the\s|last\s|its\s|their\s)?(?:[\w'’-]+\s){0,2}\Z",
    re.IGNORECASE,
)
_DONE_AT = re.compile(
    r"\b(?:agreed|decided|adopted|signed|made|met|reached|took|pledged|promised|endorsed|approved|declared|announced)\b[^.;]{0,40}\bat\s(?:the\s|its\s|their\s)?(?:[\w'’-]+\s){0,2}\Z",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"\b(?:the|its|their|under|violat\w+|annexed|invaded)\s(?:[\w'’-]+\s){0,2}\Z|\A\s*\Z", re.IGNORECASE
)
_NOT_YET = re.compile(
    r"\b(?:will|would|shall|may|might|could|if|whether|is to|are to|due to|planned|planning|proposed|draft|possible|potential|hop\w+|fear\w*|threat\w*|risk\w*|prevent\w*|avoid\w*|avert\w*|upcoming|forthcoming|coming|next|ahead of|before|new)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"\b(?:upcoming|forthcoming|coming)\s(?:[\w'’-]+\s){0,2}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bound:
    """Days the publication must fall in (several stretches for several terms; None is open), and why.

    ``trusted`` is False where it rests on something that nobody looked up.
    """

    stretches: tuple[tuple[date | None, date | None], ...]
    evidence: DateEvidence
    trusted: bool = True

    def holds(self, day: date) -> bool:
        """True when `day` is one of the days."""
        return any((a is None or a <= day) and (b is None or day <= b) for a, b in self.stretches)

    @property
    def first(self) -> date | None:
        """The first of the days, None when there is none."""
        starts = [a for a, _ in self.stretches]
        return None if None in starts else min(a for a in starts if a is not None)

    @property
    def last(self) -> date | None:
        """The last of the days, None when there is none."""
        ends = [b for _, b in self.stretches]
        return None if None in ends else max(b for b in ends if b is not None)


def bounds_of(document: Document, reading: Reading, offices: OfficeTerms, happenings: Happenings) -> tuple[Bound, ...]:
    """The bounds that the page's own dating, its people in office, its notice of copyright and its happenings give."""
    return tuple(_bounds(document, reading, offices, happenings))


def _bounds(document: Document, reading: Reading, offices: OfficeTerms, happenings: Happenings) -> Iterable[Bound]:
    own = document.published
    if own.earliest is not None or own.latest is not None:
        evidence = (
            own.evidence[0] if own.evidence else DateEvidence(own.basis, None, "the bounds the page itself gives")
        )
        yield Bound(((_iso(own.earliest), _iso(own.latest)),), evidence)
    address = _ADDRESS.search(document.url or "")
    if address is not None:
        year, detail = int(address[1]), f"inferred from the year {address[1]} in the address"
        evidence = DateEvidence(DateBasis.URL, None, detail)
        yield Bound(((date(year, 1, 1), date(year, 12, 31)),), evidence)
    yield from _held(document, reading, offices)
    for line in document.lines:
        if line.role is LineRole.FOOTER and (m := _COPYRIGHT.search(document.text, line.span.start, line.span.end)):
            year = int(m[2] or m[1])
            detail = f"inferred from the copyright of {year}: the page is no younger"
            yield Bound(
                ((None, date(year, 12, 31)),), DateEvidence(DateBasis.COPYRIGHT_YEAR, Span(m.start(), m.end()), detail)
            )
    yield from _past_days(document, reading)
    yield from _happened(document, reading, happenings)


def comes(text: str, span: Span) -> bool:
    """True when the words around a day tell it as coming."""
    before, after = text[max(0, span.start - 60) : span.start], text[span.end : span.end + 60]
    return _AHEAD_BEFORE.search(_SENTENCE_END.split(before)[-1]) is not None or _AHEAD_AFTER.match(after) is not None


def _iso(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)


def _past_days(document: Document, reading: Reading) -> Iterable[Bound]:
    """Whole dates told as past: the page is younger than each."""
    for timex in timexes(document.text, [s.span for s in reading.sentences], DateValue()):
        value = timex.value or ""
        if not _WHOLE.match(value) or not _PAST.search(document.text, max(0, timex.span.start - 8), timex.span.start):
            continue
        if comes(document.text, timex.span):
            continue
        detail = f"inferred from “{timex.span.of(document.text)}”, told as past"
        yield Bound(((date.fromisoformat(value[:10]), None),), DateEvidence(DateBasis.STATED, timex.span, detail))


def _held(document: Document, reading: Reading, offices: OfficeTerms) -> Iterable[Bound]:
    """The terms of the people named with an office they hold as the page is written, each name and office once."""
    times = timexes(document.text, [s.span for s in reading.sentences], DateValue())
    since = _took_office(document.text, reading)
    seen: set[tuple[str, str]] = set()
    for mention in reading.mentions:
        title = _title_of(document.text, mention)
        if title is None:
            continue
        person = " ".join(mention.head.of(document.text).split())
        words = " ".join(title.of(document.text).split())
        whole = Span(min(title.start, mention.head.start), max(title.end, mention.head.end))
        if (person, words) in seen or not _held_now(document.text, reading, times, whole):
            continue
        seen.add((person, words))
        terms = _terms(offices, person, words)
        if not terms:
            continue
        held = f"{person} in office {' and '.join(_term_words(t) for t in terms)}"
        detail = f"inferred from {words} {held.replace(' in office', ', in office', 1)}"
        if not any(offices.called(words, t) for t in terms):
            detail += f", which is the only office {person} held there ({terms[0].title})"
        trusted = all(looked_up(t) for t in terms)
        yield Bound(tuple(_stretch(t) for t in terms), DateEvidence(DateBasis.OFFICE_HOLDERS, whole, detail), trusted)
        for name, span, days, slack in since:
            if name == person.split()[-1]:
                begun = [date.fromisoformat(t.start) + timedelta(days=days) for t in terms]
                around = tuple((d - timedelta(days=slack), d + timedelta(days=slack)) for d in begun)
                detail = f"inferred from “{span.of(document.text)}”, with {held}"
                yield Bound(around, DateEvidence(DateBasis.OFFICE_HOLDERS, span, detail), trusted)


def _title_of(text: str, mention: Mention) -> Span | None:
    """The words of the office a person is named with: read as a title, or set before the name ("the new mayor, Ida Vann")."""
    if mention.form is not MentionForm.NAME or mention.label is not MentionLabel.PERSON:
        return None
    if mention.title is not None:
        return mention.title
    before = _SET_BEFORE.search(text, max(0, mention.head.start - 70), mention.head.start)
    return None if before is None else Span(before.start("words"), before.end("words"))


def _took_office(text: str, reading: Reading) -> list[tuple[str, Span, int, int]]:
    """Whose terms are told to have begun how many days ago: the last name, the words, the days, and how far they may be off.

    "Three weeks ago" may be half a week off, "two months ago" half a month.
    """
    out = []
    for sentence in reading.sentences:
        for m in _TOOK_OFFICE.finditer(text, sentence.span.start, sentence.span.end):
            count = amount(m["count"]).count
            if count is None or count > 200:
                continue
            unit, slack = _AGO_DAYS[m["unit"].lower()]
            name = re.search(r"([^\W\d_][\w’'-]+)\Z", text[sentence.span.start : m.start("name_end")])
            if name is not None:
                out.append((name.group(), Span(m.start("verb"), m.end()), round(count * unit), slack))
    return out


def _held_now(text: str, reading: Reading, times: Sequence[Timex], whole: Span) -> bool:
    """False for former and coming holders, and in a sentence that tells of another year."""
    if _NOT_NOW.search(text, max(0, whole.start - 16), whole.start) or _FORMER.search(whole.of(text)):
        return False
    home = next((s.span for s in reading.sentences if s.span.overlaps(whole)), None)
    if home is None:
        return True
    return not any(home.contains(t.span) and re.match(r"(?:1[5-9]|20)\d\d", t.value or "") for t in times)


def _terms(offices: OfficeTerms, person: str, words: str) -> tuple[Office, ...]:
    """The terms for a title in which the words of the institution may come first ("Arvenian foreign minister").

    Where no title fits, a person's only term at the institution stands for it: translations and slips change titles.
    """
    parts = [
        w for w in words.split() if w.lower() not in ("the", "new", "newly", "appointed", "its", "their", "acting")
    ]
    for cut in range(len(parts)):
        of, title = " ".join(parts[:cut]), " ".join(parts[cut:])
        found = tuple(offices.terms(person, title, _plain(of)))
        if found:
            return tuple(dict.fromkeys(found))
    for cut in range(len(parts) - 1, 0, -1):
        found = tuple(offices.only_term(person, " ".join(parts[cut:]), _plain(" ".join(parts[:cut]))))
        if found:
            return found
    return ()


def _plain(words: str) -> str:
    return re.sub(r"['’]s?\Z", "", words)


def looked_up(term: Office) -> bool:
    """True for a term that a source confirms, or that the user's own table gives."""
    return term.verified is not None or term.source != UNVERIFIED


def _stretch(term: Office) -> tuple[date, date | None]:
    """The days of a term; one that is still running, or whose end nobody confirmed, has no known end."""
    sure = term.verified is None or (term.end is not None and term.verified >= term.end)
    if term.end is None or not sure:
        return date.fromisoformat(term.start), None
    return date.fromisoformat(term.start), date.fromisoformat(term.end) - timedelta(days=1)


def _term_words(term: Office) -> str:
    last = _stretch(term)[1]
    return f"from {term.start} to {term.end}" if last is not None else f"since {term.start}"


def _happened(document: Document, reading: Reading, happenings: Happenings) -> Iterable[Bound]:
    """Known happenings told as past (the page is younger than each) or as coming (it is older)."""
    seen: set[Sequence[KnownHappening]] = set()
    for sentence in reading.sentences:
        for span, rows in happenings.found(document.text, sentence.span):
            before = document.text[sentence.span.start : span.start]
            trusted = all(row.verified for row in rows)
            told = " ".join(span.of(document.text).split())
            when = " or ".join(_days_words(row) for row in rows)
            if rows not in seen and _told_as_past(before, rows):
                seen.add(rows)
                evidence = DateEvidence(DateBasis.RELATIVE, span, f"inferred from “{told}” ({when}), told as past")
                yield Bound(tuple((_iso(row.start), None) for row in rows), evidence, trusted)
            elif _TO_COME.search(before[-60:]) and all(row.kind.is_occasion for row in rows):
                evidence = DateEvidence(DateBasis.RELATIVE, span, f"inferred from “{told}” ({when}), told as coming")
                yield Bound(tuple((None, _iso(row.end)) for row in rows), evidence, trusted)


def _told_as_past(before: str, rows: Sequence[KnownHappening]) -> bool:
    since = _SINCE.search(before)
    if since is not None:
        return not re.search(
            r"\b(?:will|would|if)\b", before[since.start() - 60 if since.start() > 60 else 0 : since.start()]
        )
    if _NOT_YET.search(before[-80:]):
        return False
    if any(row.kind.is_occasion or row.kind is HappeningKind.WAR for row in rows):
        return _DONE_AT.search(before) is not None
    return _DEFINITE.search(before) is not None


def _days_words(row: KnownHappening) -> str:
    return row.start if row.start == row.end else f"{row.start} to {row.end}"
