"""How a record looks in a terminal: colours, glyphs and words, in one place."""

from __future__ import annotations

import datetime
import json
import sys
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from onrecord.model import Act, ActorRef, DateValue, Independence, Precision, SearleClass
from onrecord.record import DocumentRow, StatementRow

#: Width of tables where the output is a file or a pipe.
_PIPE_WIDTH = 132

_STYLES = {
    SearleClass.ASSERTIVE: "cyan",
    SearleClass.DIRECTIVE: "yellow",
    SearleClass.COMMISSIVE: "green",
    SearleClass.EXPRESSIVE: "magenta",
    SearleClass.NONE: "bright_black",
}
_OWN_STYLES = {Act.DENY: "red", Act.ACCUSE: "dark_orange3", Act.REJECT: "red", Act.THREATEN: "red"}
_VERBS = {
    Act.ASSERT: "says",
    Act.ANNOUNCE: "announces",
    Act.ACKNOWLEDGE: "acknowledges",
    Act.DENY: "denies",
    Act.ACCUSE: "accuses",
    Act.WARN: "warns",
    Act.DEMAND: "demands",
    Act.REQUEST: "requests",
    Act.PROMISE: "promises",
    Act.OFFER: "offers",
    Act.THREATEN: "threatens",
    Act.AGREE: "agrees",
    Act.REJECT: "rejects",
    Act.CONDEMN: "condemns",
    Act.SUPPORT: "supports",
    Act.DECLINE: "declines to say",
}

#: How the target follows the verb; where there is nothing here it stands in brackets.
_AIMED = {
    Act.ASSERT: "says of {}",
    Act.ANNOUNCE: "announces on {}",
    Act.ACCUSE: "accuses {}",
    Act.WARN: "warns {}",
    Act.DEMAND: "demands of {}",
    Act.REQUEST: "requests of {}",
    Act.PROMISE: "promises {}",
    Act.OFFER: "offers {}",
    Act.THREATEN: "threatens {}",
    Act.AGREE: "agrees with {}",
    Act.CONDEMN: "condemns {}",
    Act.SUPPORT: "supports {}",
    Act.DENY: "denies, against {}",
    Act.REJECT: "rejects, against {}",
}


def console(*, error: bool = False) -> Console:
    """A console for standard output (or standard error), with a fixed width where nobody looks.

    Words are printed as they are: what a page has in brackets or between colons ("[sic]") is no colour and no picture.
    """
    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else _PIPE_WIDTH
    return Console(stderr=error, width=width, highlight=False, markup=False, emoji=False)


def print_json(value: Any) -> None:
    """Prints rows, or what else ``--json`` promises, to standard output; letters of all scripts as they are."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def counted(number: int, one: str) -> str:
    """``1 event``, ``2 events``: `one` is the word for one, and takes an s for several."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def act_style(act: Act) -> str:
    """The colour of an act: by its Searle class, with denials and refusals in red."""
    return _OWN_STYLES.get(act, _STYLES[act.searle])


def act_text(act: Act) -> Text:
    """An act as a coloured verb."""
    return Text(_VERBS[act], style=act_style(act))


def verb(act: Act) -> str:
    """An act as a verb in the third person: ``denies``."""
    return _VERBS[act]


def aimed(act: Act, target: str) -> str:
    """The verb with its target: ``demands of Karvelia``, ``denies`` where it is aimed at nobody."""
    if not target:
        return _VERBS[act]
    return _AIMED[act].format(target) if act in _AIMED else f"{_VERBS[act]} ({target})"


def names(refs: tuple[ActorRef, ...]) -> str:
    """Actors joined for reading; empty when there are none."""
    return ", ".join(ref.name for ref in refs)


def who(row: StatementRow) -> Text:
    """Who said it, or that it is not known."""
    if row.statement.speakers:
        return Text(names(row.statement.speakers), style="bold")
    return Text("not known", style="italic bright_black")


def date_words(date: DateValue) -> str:
    """A date for people: with its weekday when it is a day, a question mark when it was inferred, bounds when it is not known."""
    if date.value is not None:
        mark = " (inferred)" if date.inferred else ""
        if date.precision is Precision.DAY:
            return f"{date.value} {datetime.date.fromisoformat(date.value[:10]):%a}{mark}"
        return date.value + mark
    weekday = f"a {date.weekday}, " if date.weekday else ""
    if date.earliest and date.latest:
        return f"{weekday}{date.earliest} to {date.latest}"
    if date.earliest:
        return f"{weekday}after {date.earliest}"
    if date.latest:
        return f"{weekday}before {date.latest}"
    return f"{weekday}undated" if weekday else "undated"


def short_date(date: DateValue) -> str:
    """A date for a narrow column: ``2031-03-04 Tue``, bounds as ``2014..2020``, nothing known as ``undated``."""
    if date.value is not None:
        return date_words(date).removesuffix(" (inferred)")
    if date.earliest or date.latest:
        return f"{(date.earliest or '')[:4]}..{(date.latest or '')[:4]}"
    return "undated"


def behind(row: StatementRow) -> str:
    """What stands behind a line: ``MP, 4 outlets``."""
    origin = ", ".join(row.origin.names) or "origin unknown"
    outlets = f", {row.outlets} outlets" if row.outlets > 1 else ""
    more = f", {row.reports} reports" if row.reports > 1 else ""
    return f"{origin}{more}{outlets}"


def outlet(row: DocumentRow) -> str:
    """The name to show for a document's outlet."""
    return row.publisher or "outlet unknown"


def independence_word(value: Independence) -> str:
    """Independence in plain words."""
    return {
        Independence.ORIGINAL: "original",
        Independence.COPY: "copy",
        Independence.PARTLY_DEPENDENT: "partly dependent",
        Independence.UNKNOWN: "origin unknown",
    }[value]


def short_id(value: str) -> str:
    """The beginning of an id, enough to type."""
    return value[:10]
