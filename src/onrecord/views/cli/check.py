"""The command `check`: every quotation of a draft, or of the record's own headlines, with its verdict."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from onrecord.model import UNKNOWN_DATE, DateBasis, Document, day, errors
from onrecord.record import Record, StatementRow
from onrecord.record.checking import Change, Checked, Edit, Found, Verdict
from onrecord.views import values
from onrecord.views.cli import screen
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, RecordPath, bad_usage
from onrecord.views.fields import plain
from onrecord.views.fields.checks import check as quotation
from onrecord.views.fields.checks import context_of

#: The exit status when a quotation has another verdict than the allowed ones; 1 and 2 are those of errors and of bad usage.
FAULTY = 3
_STYLES = {
    Verdict.VERBATIM: "green",
    Verdict.ALTERED: "yellow",
    Verdict.STITCHED: "dark_orange3",
    Verdict.CUT: "red",
    Verdict.WRONG_SPEAKER: "red",
    Verdict.WRONG_DATE: "red",
    Verdict.NOT_FOUND: "bright_black",
}
#: So many characters around the words are shown of the page.
_AROUND = 90
_INDENT = 4


def check(
    draft: Annotated[
        str | None, typer.Argument(metavar="DRAFT", help="The draft, a text or Markdown file; - for standard input.")
    ] = None,
    record_headlines: Annotated[
        bool, typer.Option("--record-headlines", help="Check what the pages' own headlines quote against their texts.")
    ] = False,
    dated: Annotated[
        str | None,
        typer.Option("--dated", metavar="YYYY-MM-DD", help="The day of the draft, from which its weekdays count."),
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option(
            "--allow", metavar="VERDICT", help="A verdict that leaves the exit status at 0; may be given again."
        ),
    ] = None,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Check every quotation of a draft against the record: exit status 0 when all are verbatim, 3 when one is not."""
    allowed = {
        Verdict.VERBATIM,
        *bad_usage(lambda: [values.choice(name, Verdict, "a verdict") for name in allow or ()]),
    }
    if (draft is None) == (not record_headlines):
        raise typer.BadParameter("give a draft, or --record-headlines")
    told = bad_usage(lambda: values.whole_day(dated))
    written = UNKNOWN_DATE if told is None else day(told, DateBasis.STATED)
    with Record.open(record) as opened:
        if draft is None:
            checks = opened.check_headlines()
            found = [one for _, one in checks]
            _show_headlines(checks, as_json=as_json)
        else:
            text = _text(draft)
            found = list(opened.check(text, written))
            _show(opened, text, found, as_json=as_json)
    if any(one.verdict not in allowed for one in found):
        raise typer.Exit(FAULTY)


def _text(draft: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if draft == "-" else Path(draft).read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise errors.BinaryInput(f"{draft} is not a text in UTF-8.") from error


def _rows(record: Record, found: Iterable[Checked]) -> dict[str, StatementRow]:
    ids = {f.statement for one in found for f in one.found if f.statement is not None}
    return {row.statement.id: row for row in record.statement_rows(ids)} if ids else {}


def _show(record: Record, text: str, found: Sequence[Checked], *, as_json: bool) -> None:
    rows = _rows(record, found)
    pages = {key: record.document(key) for key in sorted({f.document for one in found for f in one.found})}
    if as_json:
        screen.print_json([plain(quotation(one, rows, pages)) for one in found])
        return
    console = screen.console()
    if not found:
        console.print("The draft has no quotation.")
        return
    for one in found:
        line = text.count("\n", 0, one.quoted.span.start) + 1
        _print(console, f"line {line}", one, rows, pages)
    _print_sum(console, found)


def _show_headlines(checks: Sequence[tuple[Document, Checked]], *, as_json: bool) -> None:
    pages = {document.id: document for document, _ in checks}
    if as_json:
        rows = [{**plain(quotation(one, {}, pages)), "document": d.id, "path": d.path} for d, one in checks]
        screen.print_json(rows)
        return
    console = screen.console()
    if not checks:
        console.print("No headline of the record quotes anything.")
        return
    for document, one in checks:
        _print(console, document.publisher or document.path, one, {}, pages)
    _print_sum(console, [one for _, one in checks])


def _print(
    console: Console, where: str, one: Checked, rows: dict[str, StatementRow], pages: dict[str, Document]
) -> None:
    style = _STYLES[one.verdict]
    head = Text.assemble((one.verdict.value, f"bold {style}"), (f"  {where}", "bright_black"))
    for verdict in one.also:
        head.append(f"  also {verdict.value}", style=_STYLES[verdict])
    console.print(head)
    _under(console, Text(f"“{_flat(one.quoted.quote)}”"))
    for sentence in _told(one):
        _under(console, Text(sentence, style=style))
    for found in one.found:
        _under(console, _passage(found, pages[found.document]))
        _under(console, Text(_source(found, rows, pages), style="bright_black"))
    if one.note:
        _under(console, Text(one.note, style="italic"))
    console.print()


def _under(console: Console, text: Text) -> None:
    console.print(Padding(text, (0, 0, 0, _INDENT), expand=False))


def _told(one: Checked) -> list[str]:
    """What is wrong, in sentences."""
    told = [_difference(change) for change in one.difference]
    wrong = {one.verdict, *one.also}
    if Verdict.WRONG_SPEAKER in wrong:
        told.append(f"The draft gives it to {one.quoted.speaker}; in the record {screen.names(one.speaker)} says it.")
    if Verdict.WRONG_DATE in wrong:
        told.append(f"The draft says {_days(one.quoted.days)}; in the record it was said on {one.date}.")
    return told


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _days(values: Sequence[str]) -> str:
    named = (_WEEKDAYS[int(v[-1]) - 1] if v.startswith("XXXX-W") else v.removeprefix("XXXX-") for v in values)
    return ", ".join(named)


def _difference(change: Change) -> str:
    draft, record = _flat(change.draft), _flat(change.record)
    if change.edit is Edit.REPLACED:
        return f"“{record}” became “{draft}”."
    return f"“{record}” was dropped." if change.edit is Edit.DROPPED else f"“{draft}” was added."


def _passage(found: Found, page: Document) -> Text:
    """The words on the page, in bold within what stands around them."""
    whole = context_of(page, found.span)
    start, end = max(whole.start, found.span.start - _AROUND), min(whole.end, found.span.end + _AROUND)
    before = ("…" if start > whole.start else "") + page.text[start : found.span.start]
    after = page.text[found.span.end : end] + ("…" if end < whole.end else "")
    return Text.assemble(_spaced(before), (_spaced(found.span.of(page.text)), "bold"), _spaced(after))


def _source(found: Found, rows: dict[str, StatementRow], pages: dict[str, Document]) -> str:
    page, row = pages[found.document], rows.get(found.statement or "")
    outlet = page.publisher or page.path
    if row is None:
        return f"{outlet}, {screen.date_words(page.published)} ({page.path})"
    who = screen.names(row.statement.speakers) or "speaker not known"
    copies = f", {len(row.copies)} more copies" if len(row.copies) > 1 else ", one more copy" if row.copies else ""
    when = screen.date_words(row.statement.date)
    return f"{who}, {when}; {outlet}{copies}; {screen.short_id(row.statement.id)}"


def _spaced(words: str) -> str:
    return " ".join(words.split(" ")).replace("\n", " ")


def _flat(words: str) -> str:
    return " ".join(words.split())


def _print_sum(console: Console, found: Sequence[Checked]) -> None:
    counts = Counter(one.verdict for one in found)
    parts = ", ".join(f"{counts[verdict]} {verdict.value}" for verdict in Verdict if counts[verdict])
    console.print(Text(f"{len(found)} quotation{'' if len(found) == 1 else 's'}: {parts}", style="bold"))
