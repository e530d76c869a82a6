"""The command `rehydrate`: an export without texts joined to one's own copies of the pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord.model import Document, Page, errors
from onrecord.views.cli.options import Force, refuse_to_overwrite

Row = dict[str, Any]


def rehydrate(
    export: Annotated[
        Path, typer.Argument(metavar="EXPORT", help="JSON Lines that `onrecord export KIND --no-text` wrote.")
    ],
    pages: Annotated[
        list[str], typer.Argument(metavar="PAGES...", help="Your own copies of the pages: files or folders.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write: the full export.")],
    force: Force = False,
) -> None:
    """Put the words of pages back into an export without texts, from your own copies; a changed text is refused."""
    from onrecord.views.cli.export import write_whole
    from onrecord.views.export.files import write_jsonl
    from onrecord.views.export.formats import as_text
    from onrecord.views.export.sharing import rehydrated

    refuse_to_overwrite(out, force)
    by_text: dict[str, Document] = {}
    by_place: dict[str, Document] = {}
    for document in _documents(pages):
        by_text.setdefault(document.text_sha256, document)
        for place in filter(None, (document.path, document.path.rpartition("/")[2], document.url)):
            by_place.setdefault(place, document)
    found = rehydrated(_rows(export), by_text, by_place)
    number = write_whole(out, lambda stream: as_text(lambda text: write_jsonl(found, text), stream))
    typer.echo(f"{number} rows written to {out}", err=True)


def _documents(pages: list[str]) -> Iterator[Document]:
    from onrecord import documents, sources
    from onrecord.knowledge import Knowledge

    knowledge = Knowledge.load()
    for page in sources.pages(pages):
        if isinstance(page, Page):
            try:
                yield documents.build(page, knowledge)
            except errors.InputError as error:
                typer.echo(f"{page.path} is left out: {error}", err=True)


def _rows(export: Path) -> Iterator[Row]:
    with export.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise errors.InputError(f"{export}, line {number} is no JSON in UTF-8.") from error
            if not isinstance(row, dict):
                raise errors.InputError(f"{export}, line {number} is no row of an export.")
            yield row
