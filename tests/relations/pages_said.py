"""Pages about the samples' invented people, written for single relations, and a way to read them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from onrecord import pipeline, sources
from onrecord.record import Record

Found = tuple[str, str, str]
#: What a page needs to be taken for an article, and in which nobody says anything.
FILLING = (
    "The valley is forty kilometres long and has two roads, one tarred and one not. Snow closes the upper one from November to April, "
    "and lorries that come late wait at the inn below the pass until a plough has gone through.",
    "Halvik lies a day's drive to the south. Its markets opened on time, and the ferry to the islands left with an hour's delay "
    "because of fog over the sound, which lifted towards noon.",
)


def write_page(folder: Path, name: str, day: str, paragraphs: Sequence[str]) -> Path:
    """A text page of the invented Halvik Courier of `day` (ISO), as people save them."""
    path = folder / f"{name}.txt"
    head = f"https://halvik-courier.example/{day.replace('-', '/')}/{name}\n\nA dispute over the valley\n\nPublished {day}\n\n"
    path.write_text(head + "\n\n".join((*paragraphs, *FILLING)) + "\n", encoding="utf8")
    return path


def read_pages(folder: Path, engine: pipeline.Engine, paths: Sequence[Path], *, together: bool = True) -> Record:
    """A record of the pages, read in the order given, in one go or one by one."""
    folder.mkdir(parents=True, exist_ok=True)
    record = Record.open(folder / "record.db", create=True)
    for group in [paths] if together else [[path] for path in paths]:
        pipeline.read(sources.pages([str(path) for path in group]), record, engine)
    return record


def relations_by_words(record: Record, kinds: Sequence[str] | None = None) -> list[Found]:
    """The relations as kind, content of the one statement and content of the other, sorted."""
    contents = {row.statement.id: " ".join(row.content.split()) for row in record.statement_rows()}
    return sorted(
        (r.kind.value, contents[r.subject], contents[r.object])
        for r in record.relation_rows()
        if kinds is None or r.kind.value in kinds
    )
