"""The parameters of the API's questions, with what the description says of them."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, Field

from onrecord.model import Act, ActorKind, EventKind, Root
from onrecord.model.ledgers import Ledger

__all__ = ["Act", "ActorKind", "EventKind", "Ledger", "Root"]

_WORDS = r"^[^\x00]*$"
_DATE = r"^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_DAY = r"^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_LONGEST = 200


def _name(description: str) -> Any:
    return Query(description=description, max_length=_LONGEST, pattern=_WORDS)


By = Annotated[str | None, _name("Said by, or on behalf of: a name or words of it.")]
About = Annotated[str | None, _name("Aimed at, said to, or naming.")]
Target = Annotated[str | None, _name("Aimed at.")]
Outlet = Annotated[str | None, _name("Reported by.")]
Match = Annotated[
    str | None, _name("All of these words in the saying or among its parties; there is no search syntax.")
]
Since = Annotated[str | None, Query(description="On or after this year, month or day (ISO 8601).", pattern=_DATE)]
Until = Annotated[str | None, Query(description="On or before this year, month or day.", pattern=_DATE)]
On = Annotated[str | None, Query(description="As known from reports published by this day.", pattern=_DATE)]
OnDay = Annotated[str | None, Query(description="The day to ask about.", pattern=_DAY)]
From = Annotated[str, Query(description="The earlier day.", pattern=_DATE)]
To = Annotated[str, Query(description="The later day.", pattern=_DATE)]
Sure = Annotated[float, Query(description="Only lines at least so sure; 0 gives every line.", ge=0, le=1)]
Hindsight = Annotated[bool, Query(description="Let later and undated reports tell about that day too.")]
Between = Annotated[
    list[Annotated[str, Field(max_length=_LONGEST, pattern=_WORDS, min_length=1)]] | None,
    Query(description="Only what is between these two sides; give the parameter twice.", min_length=2, max_length=2),
]
Name = Annotated[
    str, Query(description="A name, or the id of an actor.", min_length=1, max_length=_LONGEST, pattern=_WORDS)
]
Topic = Annotated[
    str, Query(description="The matter: one word or several.", min_length=1, max_length=_LONGEST, pattern=_WORDS)
]
Cursor = Annotated[
    str | None,
    Query(description="Where to go on: `next` of the page before.", max_length=500, pattern=r"^[A-Za-z0-9_-]+$"),
]
Limit = Annotated[int, Query(description="At most so many rows on a page.", ge=1, le=500)]
Start = Annotated[int, Query(description="The first code point.", ge=0, le=2**31)]
End = Annotated[
    int | None, Query(description="The code point after the last; the end of the text without it.", ge=0, le=2**31)
]
Id = Annotated[
    str, Path(description="An id, or the beginning of one.", min_length=1, max_length=_LONGEST, pattern=_WORDS)
]


def name_parameter(description: str) -> Any:
    """A parameter that is a name or words of one, or not given."""
    return Annotated[str | None, _name(description)]


class Draft(BaseModel):
    """A draft to check."""

    text: str = Field(description="The draft, plain text or Markdown.", max_length=100_000)
    dated: str | None = Field(None, description="The day of the draft, from which its weekdays count.", pattern=_DAY)


def page_of(*rows: type[Any]) -> type[Any]:
    """The type of a page of rows, for the description."""
    item: Any = rows[0]
    for other in rows[1:]:
        item = item | other
    items = dataclasses.field(metadata={"description": "The rows, in order."})
    more = dataclasses.field(metadata={"description": "The cursor of the next page; null on the last."})
    name = "Or".join(row.__name__ for row in rows) + "Page"
    made = dataclasses.make_dataclass(
        name, [("items", tuple[item, ...], items), ("next", str | None, more)], frozen=True
    )
    made.__doc__ = "A page of rows."
    return made
