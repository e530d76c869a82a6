"""Names do not matter: with both states called otherwise, the relations are the same."""

from __future__ import annotations

from pathlib import Path

from onrecord import pipeline, sources
from onrecord.knowledge import Knowledge
from onrecord.record import Record

SAMPLES = Path(__file__).parents[2] / "samples"
PAGES = (
    "2031-01-14_halvik-courier_convoy-accusation.txt",
    "2031-07-02_dravno-today_orlecht-guns-gone.txt",
    "2031-08-19_meridian-press_ministers-access.txt",
)
NEW_NAMES = (("Karvelia", "Morvania"), ("Sundmark", "Tessmark"), ("karvelia", "morvania"), ("sundmark", "tessmark"))


def renamed(text: str) -> str:
    for old, new in NEW_NAMES:
        text = text.replace(old, new)
    return text


def relations_of(folder: Path, engine: pipeline.Engine) -> list[tuple[str, ...]]:
    """The relations, with the places in the text at which the two contents begin."""
    with Record.open(folder / "record.db", create=True) as record:
        pipeline.read(sources.pages([str(path) for path in sorted(folder.glob("*.txt"))]), record, engine)
        at = {
            row.statement.id: (Path(row.path).name, renamed(" ".join(row.content.split())))
            for row in record.statement_rows()
        }
        return sorted((r.kind.value, *at[r.subject], *at[r.object]) for r in record.relation_rows())


def test_renaming_both_states_changes_names_and_nothing_else(engine: pipeline.Engine, tmp_path: Path) -> None:
    as_they_are, otherwise = tmp_path / "a", tmp_path / "b"
    for folder in (as_they_are, otherwise):
        folder.mkdir()
    for name in PAGES:
        text = (SAMPLES / name).read_text(encoding="utf8")
        (as_they_are / name).write_text(text, encoding="utf8")
        (otherwise / name).write_text(renamed(text), encoding="utf8")
    table = otherwise / "actors.csv"
    table.write_text(renamed((SAMPLES / "actors.csv").read_text(encoding="utf8")), encoding="utf8")
    found = relations_of(as_they_are, engine)
    assert len(found) >= 4
    assert relations_of(otherwise, pipeline.Engine.load(Knowledge.load(table))) == found
