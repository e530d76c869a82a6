"""The command `annotate`: lines shown one by one for a reviewer's yes, no or correction; and what the answers come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from cattrs.errors import BaseValidationError
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from onrecord.knowledge import Knowledge
from onrecord.model import Document, Span, Statement, envelope, errors
from onrecord.record import Record, StatementFilter, StatementRow, codec, fields, judgments
from onrecord.record.fields import KIND_OF, Field
from onrecord.record.judgments import JUDGED, Agreement, Judgment, Precision, Share, Verdict
from onrecord.views.cli import screen
from onrecord.views.cli.entering import UNKNOWN, Who, actor_named, now, reviewer, speakers
from onrecord.views.cli.options import (
    DEFAULT_RECORD,
    AsJson,
    Force,
    RecordPath,
    Tables,
    act_named,
    iso_day,
    lines_of,
    refuse_to_overwrite,
)

_CHOICES = "[y]es, [n]o, [c]orrect, [s]kip, [q]uit"
_NAMES = ", ".join(field.value for field in JUDGED)


def annotate(
    number: Annotated[int | None, typer.Option("--sample", min=1, help="Judge so many lines, drawn by --seed.")] = None,
    seed: Annotated[
        int, typer.Option("--seed", help="The draw: the same seed gives every reviewer the same lines.")
    ] = 1,
    match: Annotated[str | None, typer.Option("--match", help="Only lines with these words.")] = None,
    agreement: Annotated[
        bool, typer.Option("--agreement", help="Tell how far reviewers agree, and how often the reader is right.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write all judgments as JSON Lines.")
    ] = None,
    force: Force = False,
    given: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Add judgments that --export wrote.")
    ] = None,
    tables: Tables = None,
    who: Who = None,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Judge lines one by one: yes, no, a correction; or compute how far two reviewers agree and how often the reader is right."""
    if given is not None:
        _import(given, record)
    elif out is not None:
        refuse_to_overwrite(out, force)
        _export(out, record)
    elif agreement:
        _agreement(record, as_json=as_json)
    else:
        wanted = StatementFilter(match=match)
        with Record.open(record) as known:
            known.makers()
        with Record.open(record, create=True) as opened:
            _session(opened, reviewer(who), number, seed, wanted, tables)
            found = [one for one in opened.ask(judgments.judgments) if one.who == reviewer(who)]
        if as_json:
            screen.print_json([codec.plain(one) for one in found])


def _session(
    record: Record, who: str, number: int | None, seed: int, wanted: StatementFilter, tables: Path | None
) -> None:
    """Shows the lines of the sample that this reviewer has not judged, until they end or the reviewer leaves."""
    console = screen.console(error=True)
    done = {one.statement for one in record.ask(judgments.judgments) if one.who == who}
    rows = record.ask(lambda c: judgments.sample(c, number, seed, wanted))
    left = [row for row in rows if row.statement.id not in done]
    session = _Session(record, console, who, tables)
    judged = 0
    for place, row in enumerate(left, len(rows) - len(left) + 1):
        read = record.ask(lambda c, i=row.statement.id: fields.read_statement(c, i))  # type: ignore[misc]
        _show(console, record.document(read.document), read, f"{place} of {len(rows)}")
        found = session.judge(row, read)
        if found is None:
            break
        with record.batch() as batch:
            judgments.put(batch.connection, found)
        judged += 1
    rest = len(left) - judged
    then = f"{rest} {'is' if rest == 1 else 'are'} left, and the same command goes on" if rest else "none is left"
    console.print(f"{judged} {'line' if judged == 1 else 'lines'} judged by {who}; {then}.")


class _Left(Exception):
    """The reviewer left in the middle of a line: the end of the input, or Ctrl-C."""


class _Session:
    """One reviewer at work: asks, checks what is typed, and asks again where it cannot be meant."""

    def __init__(self, record: Record, console: Console, who: str, tables: Path | None) -> None:
        self._record = record
        self._console = console
        self._who = who
        self._tables = tables
        self._knowledge: Knowledge | None = None

    def judge(self, row: StatementRow, read: Statement) -> list[Judgment] | None:
        """What the reviewer says of a line, None when they leave; of a line that is left half-way nothing is kept."""
        try:
            return self._judge(row, read)
        except _Left:
            return None

    def _judge(self, row: StatementRow, read: Statement) -> list[Judgment] | None:
        while True:
            answer = self._ask(_CHOICES).casefold()[:1]
            if answer == "q":
                return None
            if answer == "y":
                return self._judgments(read, {})
            if answer == "s":
                return self._judgments(read, dict.fromkeys(JUDGED), Verdict.UNSURE)
            if answer == "n":
                return self._judgments(read, dict.fromkeys(self._wrong()))
            if answer == "c":
                return self._judgments(read, self._corrected(row, read))
            self._console.print(f"Type one of y, n, c, s, q: {_CHOICES}.")

    def _ask(self, question: str) -> str:
        try:
            return str(typer.prompt(question, default="", show_default=False, err=True)).strip()
        except typer.Abort as error:
            raise _Left from error

    def _wrong(self) -> list[Field]:
        """The fields that are wrong; the whole line where none is named."""
        while True:
            named = (
                self._ask(f"What is wrong ({_NAMES}; Enter for the whole line)").replace(",", " ").casefold().split()
            )
            if all(name in {f.value for f in JUDGED} for name in named):
                return [f for f in JUDGED if f.value in named] or [Field.LINE]
            self._console.print(f"Name fields among {_NAMES}.")

    def _corrected(self, row: StatementRow, read: Statement) -> dict[Field, str | None]:
        """The fields that the reviewer set, each entered in the log, with the values in words."""
        found: dict[Field, str | None] = {}
        names = ", ".join(f.value for f in KIND_OF)
        while True:
            try:
                name = self._ask(f"Which field ({names}; Enter when done)").casefold()
                if name in ("", "q") and found:
                    return found
                if name == "q":
                    raise _Left
                field = next((f for f in KIND_OF if f.value == name), None)
                if field is None:
                    self._console.print(f"Name one of {names}.")
                    continue
                value = self._value(field, read)
                why = "" if value is None else self._ask("Why") or "judged line by line"
            except _Left:
                if found:
                    # What was entered in the log stands: it is judged, too.
                    return found
                raise
            if value is not None:
                kind = KIND_OF[field]
                entry = self._record.ask(
                    lambda c, k=kind, v=value, w=why: fields.entry(  # type: ignore[misc]
                        c, k, row.statement.id, v, who=self._who, when=now(), why=w
                    )
                )
                self._record.correct([entry])
                found[field] = fields.in_words(kind, value)

    def _value(self, field: Field, read: Statement) -> str | None:
        """The value typed for a field, in the form of a correction; None, with a sentence, for one that cannot be meant."""
        typed = self._ask(f"The {field.value} ({_hint(field)})")
        try:
            if field is Field.ACT:
                act = act_named(typed)
                return act.value if act is not None else None
            if field is Field.DATE:
                return "" if typed.casefold() == UNKNOWN else iso_day(typed)
            names = [] if typed.casefold() == UNKNOWN else [n.strip() for n in typed.split(";") if n.strip()]
            people = tuple(actor_named(self._record, name, self._tables_of_actors()) for name in names)
            if field is Field.TARGET:
                return codec.dump(people)
            return speakers(self._record, read, people, (), self._tables_of_actors())
        except (typer.BadParameter, errors.NotFound) as error:
            self._console.print(str(error))
            return None

    def _tables_of_actors(self) -> Knowledge:
        if self._knowledge is None:
            self._knowledge = Knowledge.load(self._tables)
        return self._knowledge

    def _judgments(
        self, read: Statement, wrong: dict[Field, str | None], verdict: Verdict = Verdict.WRONG
    ) -> list[Judgment]:
        """One judgment for each field; of a line that is none nothing else is judged."""
        seen = judgments.values(read)
        judged: Sequence[Field] = [Field.LINE] if Field.LINE in wrong and verdict is Verdict.WRONG else JUDGED
        when = now()
        return [
            Judgment(
                read.id,
                field,
                self._who,
                read.document,
                verdict if field in wrong else Verdict.RIGHT,
                seen[field],
                when,
                wrong.get(field),
            )
            for field in judged
        ]


def _hint(field: Field) -> str:
    hints = {
        Field.ACT: "deny, demand, promise, ...",
        Field.DATE: f"YYYY-MM-DD, YYYY-MM, YYYY, {UNKNOWN}",
    }
    return hints.get(field, f"names or ids parted by ;, {UNKNOWN}")


def _show(console: Console, document: Document, read: Statement, place: str) -> None:
    """The line in its passage, with the words of its roles marked, and what the reader read."""
    whole = envelope((*read.source, *read.cue, *read.content)) or Span(0, 0)
    passage = envelope([line.span for line in document.lines if line.span.overlaps(whole)]) or whole
    text = Text(passage.of(document.text).strip("\n"))
    shift = passage.start + len(passage.of(document.text)) - len(passage.of(document.text).lstrip("\n"))
    for spans, style in ((read.content, "bold"), (read.source, "bold cyan"), (read.cue, screen.act_style(read.act))):
        for span in spans:
            text.stylize(style, span.start - shift, span.end - shift)
    outlet = document.publisher or document.path
    console.print(
        Panel(
            text,
            title=Text(f"{place}  {outlet}, {screen.date_words(document.published)}"),
            title_align="left",
            padding=(1, 2),
        )
    )
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_row(Text("says", style="bright_black"), Text(" … ".join(s.of(document.text) for s in read.content)))
    for field, value in judgments.values(read).items():
        if field is not Field.LINE:
            table.add_row(Text(field.value, style="bright_black"), Text(value))
    console.print(table)


def _agreement(record: Path, *, as_json: bool) -> None:
    with Record.open(record) as opened:
        found = opened.ask(judgments.judgments)
    agreed, right = judgments.agreement(found), judgments.precision(found)
    if as_json:
        plain = {"agreement": [_plain_agreement(a) for a in agreed], "precision": [_plain_precision(p) for p in right]}
        screen.print_json(plain)
        return
    console = screen.console()
    if not found:
        console.print("Nobody has judged a line of this record: `onrecord annotate --sample 100` begins.")
        return
    _table(console, "The reader is right", ("Reviewer", "Field", "Right", "95 %", "Lines"), right, _precision_cells)
    if agreed:
        _table(
            console,
            "Two reviewers agree",
            ("Reviewers", "Field", "Agree", "95 %", "Lines", "Kappa"),
            agreed,
            _agreement_cells,
        )
    else:
        console.print("No two reviewers have judged the same line.")


def _table(
    console: Console, title: str, names: Sequence[str], found: Iterable[Any], cells: Callable[[Any], Sequence[str]]
) -> None:
    console.print(Text(title, style="bold"))
    table = Table(*names, box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for one in found:
        table.add_row(*cells(one))
    console.print(table)


def _precision_cells(one: Precision) -> Sequence[str]:
    return (one.who, one.field.value, *_share_cells(one.right))


def _agreement_cells(one: Agreement) -> Sequence[str]:
    kappa = "not defined" if one.kappa is None else f"{one.kappa:.2f}"
    return (" and ".join(one.reviewers), one.field.value, *_share_cells(one.agree), kappa)


def _share_cells(share: Share) -> tuple[str, str, str]:
    interval = share.interval
    if share.value is None or interval is None:
        return ("", "", "0")
    return (f"{share.value:.3f}", f"{interval[0]:.3f} to {interval[1]:.3f}", str(share.cases))


def _plain_share(share: Share) -> dict[str, Any]:
    interval = share.interval
    return {
        "share": None if share.value is None else round(share.value, 4),
        "interval": None if interval is None else [round(bound, 4) for bound in interval],
        "lines": share.cases,
    }


def _plain_agreement(one: Agreement) -> dict[str, Any]:
    kappa = None if one.kappa is None else round(one.kappa, 4)
    return {"field": one.field.value, "reviewers": list(one.reviewers), **_plain_share(one.agree), "kappa": kappa}


def _plain_precision(one: Precision) -> dict[str, Any]:
    return {"field": one.field.value, "reviewer": one.who, **_plain_share(one.right), "unsure": one.unsure}


def _export(out: Path, record: Path) -> None:
    with Record.open(record) as opened:
        found = opened.ask(judgments.judgments)
    out.write_text("".join(f"{codec.dump(one)}\n" for one in found), encoding="utf8", newline="\n")
    typer.echo(f"{len(found)} judgments written to {out}", err=True)


def _import(file: Path, record: Path) -> None:
    found: list[Judgment] = []
    for number, line in enumerate(lines_of(file), 1):
        if line.strip():
            try:
                found.append(codec.load(line, Judgment))
            except (ValueError, BaseValidationError) as error:
                raise errors.InputError(f"{file}, line {number} is no judgment.") from error
    with Record.open(record) as known:
        known.makers()
    with Record.open(record, create=True) as opened, opened.batch() as batch:
        judgments.put(batch.connection, found)
    typer.echo(f"{len(found)} judgments added", err=True)
