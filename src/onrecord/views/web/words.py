"""The words of the page: dates, verbs, counts and names, as templates use them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from onrecord.model import Act, ActorRef, DateValue, Independence, Precision, RelationKind
from onrecord.record import DocumentRow, EventRow, StatementRow
from onrecord.views.cli import screen

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: Families of acts that share a colour; the word stands beside it always.
_TONES = {
    Act.DENY: "deny", Act.REJECT: "deny", Act.ACCUSE: "accuse", Act.THREATEN: "accuse", Act.CONDEMN: "accuse", Act.WARN: "accuse",
    Act.DEMAND: "demand", Act.REQUEST: "demand", Act.PROMISE: "promise", Act.OFFER: "promise", Act.AGREE: "promise",
    Act.SUPPORT: "promise",
}  # fmt: skip
PASSIVE = {
    RelationKind.DENIES: "is denied by",
    RelationKind.ANSWERS: "is answered by",
    RelationKind.REJECTS: "is rejected by",
    RelationKind.ACCEPTS: "is accepted by",
    RelationKind.REPEATS: "is repeated by",
    RelationKind.CONTRADICTS: "is contradicted by",
    RelationKind.FULFILS: "is fulfilled by",
    RelationKind.MISSES: "is missed by",
}


def day(value: str | None, *, weekday: bool = False) -> str:
    """An ISO day, month or year in words: ``4 March 2031``; what is no such date stays as it is."""
    if not value:
        return ""
    parts = value[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(parts) == 1:
            return value
        month = _MONTHS[numbers[1] - 1]
        if len(parts) == 2:
            return f"{month} {parts[0]}"
        name = f"{_DAYS[datetime.date(*numbers).weekday()]} " if weekday else ""
    except (ValueError, IndexError):
        return value
    return f"{name}{numbers[2]} {month} {parts[0]}"


def when(date: DateValue) -> str:
    """A date in words, with what is known of it where it is not known: ``between 3 May 2031 and ...``, ``undated``."""
    if date.value is not None:
        return day(date.value, weekday=date.precision is Precision.DAY) + (" (inferred)" if date.inferred else "")
    weekday = f"a {date.weekday}, " if date.weekday else ""
    if date.earliest and date.latest:
        return f"{weekday}between {day(date.earliest)} and {day(date.latest)}"
    if date.earliest or date.latest:
        return weekday + (f"after {day(date.earliest)}" if date.earliest else f"before {day(date.latest)}")
    return f"{weekday}undated"


def aim(act: Act | str) -> tuple[str, str]:
    """The verb of an act with a target, as what stands before the target and after it: ``accuses``, ````."""
    before, _, after = screen.aimed(Act(act), "\x00").partition("\x00")
    return before.rstrip(), after


def verb(act: Act | str) -> str:
    """The verb of an act in the third person: ``denies``."""
    return screen.verb(Act(act))


def tone(act: Act | str) -> str:
    """The family of an act, which gives its colour."""
    return _TONES.get(Act(act), "say")


def number(value: int, one: str, several: str = "") -> str:
    """A number with its noun: ``1 report``, ``1,204 reports``."""
    return f"{value:,} {one if value == 1 else several or one + 's'}"


def fold(row: StatementRow | EventRow) -> str:
    """What carries a line: ``1 AP report, 2 outlets``."""
    # "1 Halvik Courier report": the article of a name goes with it alone.
    names = ", ".join(name.removeprefix("The ") for name in row.origin.names) if isinstance(row, StatementRow) else ""
    found = f"{row.reports:,} {names + ' ' if names else ''}{'report' if row.reports == 1 else 'reports'}"
    return f"{found}, {number(row.outlets, 'outlet')}" if row.outlets > 1 else found


def outlet(row: StatementRow | DocumentRow) -> str:
    """The outlet of a page, else that it is not known."""
    return row.publisher or "An unnamed outlet"


def names(refs: Iterable[ActorRef]) -> str:
    """Names joined for reading."""
    return ", ".join(ref.name for ref in refs)


def flat(text: str | None) -> str:
    """A text on one line."""
    return " ".join((text or "").split())


def sentence(text: str) -> str:
    """Words as a sentence without its full stop."""
    return text[:1].upper() + text[1:].rstrip(". ")


def cut(text: str, width: int = 160) -> str:
    """A text on one line and not longer than `width` characters."""
    one = flat(text)
    return one if len(one) <= width else one[: width - 1].rstrip() + "…"


def plain(value: str) -> str:
    """A name of our own with hyphens and underscores as spaces."""
    return value.replace("_", " ").replace("-", " ")


def percent(value: float) -> str:
    """A share as a percentage."""
    return f"{value:.0%}" if value in (0, 1) or value >= 0.1 else f"{value:.1%}"


def short(value: str) -> str:
    """The beginning of an id, enough to type."""
    return screen.short_id(value)


def outward(url: str | None) -> str | None:
    """An address that a page may link to: one of the web; anything else a page calls its address is only shown."""
    return url if url is not None and url.casefold().startswith(("https://", "http://")) else None


INDEPENDENCE: dict[Independence, str] = {one: screen.independence_word(one) for one in Independence}
FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "when": when,
    "aim": aim,
    "verb": verb,
    "tone": tone,
    "number": number,
    "fold": fold,
    "outlet": outlet,
    "names": names,
    "sentence": sentence,
    "flat": flat,
    "cut": cut,
    "plain": plain,
    "percent": percent,
    "short": short,
    "independence": INDEPENDENCE.__getitem__,
    "outward": outward,
    "passive": PASSIVE.__getitem__,
}
