"""What an address of the search asks for, read once for the page, its files and its feed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from starlette.datastructures import QueryParams

from onrecord.model import Act, errors
from onrecord.record import identities, query
from onrecord.record.corrected import corrected, find_id, report
from onrecord.record.search import Search
from onrecord.record.sides import Sides
from onrecord.views.web.site import Site

PER_PAGE = 25
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_FIELDS = ("q", "by", "target", "act", "since", "until", "outlet", "story", "page", "sides", "order")
#: No search gives so many pages that a later one could be asked for.
_LAST_PAGE = 400


class NotAsked(errors.OnrecordError):
    """The address asks for something the search does not take."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The values of the address, and what names of actors in it stand for. ``n`` is the page of the list, from 1."""

    values: Mapping[str, Any]
    search: Search
    n: int = 1
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """True when nothing is asked for."""
        return not any(self.values.get(name) for name in _FIELDS if name not in ("order", "sides"))

    def name(self, value: str) -> str:
        """The name to show for an actor's id, the value itself for a name."""
        return self.names.get(value, value)


def day(value: str, name: str = "date") -> str | None:
    """A year, a month or a day as given; None for nothing.

    Raises:
        NotAsked: for anything else, and for days that no calendar has.
    """
    if not value:
        return None
    rest = {4: "-01-01", 7: "-01", 10: ""}.get(len(value), "") if _DAY.fullmatch(value) else "!"
    try:
        datetime.date.fromisoformat(value + rest)
    except ValueError as error:
        raise NotAsked(f"{value!r} is no {name} like 2015, 2015-05 or 2015-05-20.") from error
    return value


def read(site: Site, params: QueryParams, per_page: int = PER_PAGE) -> Asked:
    """What the parameters ask for.

    Raises:
        NotAsked: a date or an act that is none.
        NotFound, Ambiguous: a story or page that the record does not hold.
    """
    values: dict[str, Any] = {name: params.get(name, "").strip()[:300] for name in _FIELDS}
    acts = [act.strip() for act in params.getlist("act") if act.strip()]
    unknown = [act for act in acts if act not in {a.value for a in Act}]
    if unknown:
        raise NotAsked(f"{unknown[0]!r} is no act: there are {', '.join(a.value for a in Act)}.")
    values["act"] = tuple(dict.fromkeys(acts))
    n = min(_LAST_PAGE, max(1, int(params["n"]))) if params.get("n", "").isdigit() else 1
    return site.record.ask(lambda connection: _made(site, connection, values, n, per_page))


def _made(site: Site, connection: Connection, values: dict[str, Any], n: int, per_page: int) -> Asked:
    by, by_name = _party(connection, values["by"], sides=bool(values["sides"]))
    target, target_name = _party(connection, values["target"], sides=bool(values["sides"]))
    names = {
        value: actor.name
        for value, ids in ((values["by"], by), (values["target"], target))
        if ids and (actor := _actor(connection, value)) is not None
    }
    asked = Search(
        words=values["q"] or None,
        by=by,
        target=target,
        by_name=by_name,
        target_name=target_name,
        act=tuple(Act(act) for act in values["act"]),
        since=day(values["since"]),
        until=day(values["until"]),
        outlet=values["outlet"] or None,
        documents=_documents(site, connection, values),
        oldest=values["order"] == "oldest",
        offset=(n - 1) * per_page,
        limit=per_page,
    )
    return Asked(values, asked, n, names)


def _actor(connection: Connection, value: str) -> Any:
    return identities.actor(connection, value) or corrected(connection).identities.actors().get(value)


def _party(connection: Connection, value: str, *, sides: bool) -> tuple[tuple[str, ...], str | None]:
    """The ids that an actor's id stands for (with `sides`, of all who belong to it), or a name to look for."""
    if not value:
        return (), None
    if _actor(connection, value) is None:
        return (), value
    if sides:
        return tuple(Sides(connection).members([value], corrected(connection).identities)), None
    return (value,), None


def _documents(site: Site, connection: Connection, values: Mapping[str, Any]) -> tuple[str, ...] | None:
    if values["page"]:
        return (query.find_page(connection, values["page"]),)
    if not values["story"]:
        return None
    if values["story"].startswith("rep-"):
        return report(connection, find_id(connection, values["story"])).documents
    stories = site.kept("stories", site.record.stories)
    found = [one.story.documents for one in stories if one.story.id == values["story"]]
    if not found:
        raise errors.NotFound(f"The record has no story {values['story']}.")
    return found[0]
