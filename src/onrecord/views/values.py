"""Values as people and programs give them: days, choices, shares. What is wrong is said in one sentence."""

from __future__ import annotations

import calendar
import datetime
import re
from enum import StrEnum
from typing import TypeVar

from onrecord.model import errors

Choice = TypeVar("Choice", bound=StrEnum)
#: From this confidence on, 2 lines in 100 name a wrong speaker and 90 in 100 are shown (docs/confidence.md).
SHOWN_FROM = 0.6
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def iso_day(value: str | None) -> str | None:
    """A date given as YYYY, YYYY-MM or YYYY-MM-DD, as it is; `BadValue` for anything else, and for days that no calendar has."""
    if value is None:
        return None
    rest = {4: "-01-01", 7: "-01", 10: ""}.get(len(value), "") if _DAY.fullmatch(value) else ""
    try:
        datetime.date.fromisoformat(value + rest)
    except ValueError as error:
        raise errors.BadValue(f"{value!r} is not a date like 2015, 2015-05 or 2015-05-20") from error
    return value


def whole_day(value: str | None) -> str | None:
    """A date given as YYYY-MM-DD; `BadValue` for anything else."""
    if value is not None and len(value) != len("2015-05-20"):
        raise errors.BadValue(f"{value!r} is not a day like 2015-05-20")
    return iso_day(value)


def last_day(value: str | None) -> str | None:
    """The last ISO day of a year, a month or a day as given; `BadValue` when it is no date."""
    day = iso_day(value)
    if day is None or len(day) == len("2015-05-20"):
        return day
    year, month = int(day[:4]), int(day[5:7]) if len(day) > len("2015") else 12
    return f"{day[:4]}-{month:02}-{calendar.monthrange(year, month)[1]:02}"


def choice(value: str | None, kind: type[Choice], what: str) -> Choice | None:
    """The value of an enum by its word, whatever its case; `BadValue` with the words there are."""
    if value is None:
        return None
    wanted = value.casefold().replace(" ", "_").replace("-", "_")
    for one in kind:
        if one.value.casefold().replace(" ", "_").replace("-", "_") == wanted:
            return one
    raise errors.BadValue(f"{value!r} is not {what}: choose from {', '.join(one.value for one in kind)}")
