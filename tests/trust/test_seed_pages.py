"""Over real pages, where somebody has them: what is forgotten stands in no file, and a record made again is the same."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import onrecord
from onrecord import pipeline, sources
from onrecord.knowledge import Knowledge
from onrecord.model import ActorKind, CorrectionKind
from onrecord.pipeline import OutcomeKind
from onrecord.pipeline.replay import replay
from onrecord.record import Record, fields, keeping, makings, tombstones
from onrecord.record.conflicts import conflicts
from onrecord.record.forgetting import Forgettable
from onrecord.views.export.proof import compare
from onrecord.views.export.sharing import Shared, rehydrated
from onrecord.views.export.tables import TABLES, rows

_WHEN = "2033-04-01T09:00:00+00:00"


@pytest.fixture(scope="module")
def plain_engine(engine: pipeline.Engine) -> pipeline.Engine:
    """The engine with the package's own tables."""
    return engine.with_knowledge(Knowledge.load())


@pytest.fixture(scope="module")
def _read_once(seeds: Path, plain_engine: pipeline.Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeds") / "r.db"
    with Record.open(path, create=True) as record:
        pipeline.read(sources.pages([str(seeds)]), record, plain_engine)
        record.optimise()
    return path


@pytest.fixture
def record(_read_once: Path, tmp_path: Path) -> Record:
    folder = tmp_path / "record"
    folder.mkdir()
    shutil.copy(_read_once, folder / "r.db")
    return Record.open(folder / "r.db", create=True)


def _holding(record: Record, words: set[str]) -> dict[str, list[str]]:
    """The files of the record that hold any of the words, in either of the encodings that SQLite writes, whatever the case."""
    found = {}
    for path in record.path.parent.iterdir():
        if path.is_file():
            content = path.read_bytes().lower()
            held = [w for w in words if any(w.lower().encode(code) in content for code in ("utf8", "utf-16-le"))]
            if held:
                found[path.name] = sorted(held)
    return found


def _phrases(text: str) -> set[str]:
    """The runs of four words within the lines of a text, as they stand, and the long words that begin with a capital."""
    found = set(re.findall(r"\b[A-Z][a-z]{5,}\b", text))
    for line in text.splitlines():
        words = line.split(" ")
        found |= {" ".join(words[i : i + 4]) for i in range(len(words) - 3)}
    return {phrase for phrase in found if len(phrase) > 5 and '"' not in phrase and "\\" not in phrase}


def test_every_page_of_the_seeds_can_be_forgotten(record: Record, seeds: Path, plain_engine: pipeline.Engine) -> None:
    keeping.backup(record, record.path.with_name("copy.db"), _WHEN)
    texts = {d.id: record.document(d.id).text for d in record.documents()}
    assert len(texts) > 2
    table = " ".join(str(row) for row in Knowledge.load().publishers()).lower()
    gone: set[str] = set()
    for page, text in texts.items():
        others = " ".join(t.lower() for key, t in texts.items() if key != page)
        # What other pages, the tables of outlets or the names of fields have too is not this page's alone.
        known = f"{others} {table} {_of_the_program(record)}"
        own = {phrase for phrase in _phrases(text) if phrase.lower() not in known}
        shown = own & {w for held in _holding(record, own).values() for w in held}
        assert len(shown) > 5
        record.forget(Forgettable.PAGE, page, "asked for")
        gone |= own
        assert _holding(record, own) == {}
    assert record.documents() == []
    summary = pipeline.read(sources.pages([str(seeds)]), record, plain_engine)
    assert summary.count(OutcomeKind.READ) == 0
    assert all("forgotten" in o.reason for o in summary.of(OutcomeKind.SKIPPED) if o.path == tombstones.NAMELESS)
    record.optimise()
    assert _holding(record, gone) == {}


def _of_the_program(record: Record) -> str:
    """The words of an empty record (its schema, the agencies and outlets of the tables) and of its fields' names."""
    path = record.path.parent / "empty" / "r.db"
    if not path.exists():
        path.parent.mkdir()
        with Record.open(path, create=True) as empty, empty.batch() as batch:
            batch.write.put_makers(record.makers())
            batch.write.put_publishers(Knowledge.load().publishers())
        with Record.open(path, create=True) as empty:
            empty.optimise()
    package = Path(onrecord.__file__).parent
    names = " ".join(code.read_text(encoding="utf8") for part in _NAMING for code in (package / part).rglob("*.py"))
    return f"{path.read_bytes().decode('latin-1')} {names}".lower()


#: The layers whose names of fields, kinds and rules stand in every record.
_NAMING = ("model", "record", "resolution", "relations")


def test_a_person_of_the_seeds_is_named_nowhere(record: Record, seeds: Path, plain_engine: pipeline.Engine) -> None:
    keeping.backup(record, record.path.with_name("copy.db"), _WHEN)
    said = [r for r in record.speaking() if r.actor.kind is ActorKind.PERSON and " " in r.actor.name]
    assert said
    for row in said[:2]:
        family = row.actor.name.split()[-1]
        assert _holding(record, {family})
        record.forget(Forgettable.PERSON, row.actor.id, "asked for by themselves")
        assert _holding(record, {family}) == {}
    pipeline.read(sources.pages([str(seeds)]), record, plain_engine)
    record.optimise()
    assert _holding(record, {r.actor.name.split()[-1] for r in said[:2]}) == {}


def test_a_domain_of_the_seeds_does_not_come_back(record: Record, seeds: Path, plain_engine: pipeline.Engine) -> None:
    hosts = {h for d in record.documents() if (h := tombstones.host(d.url)) is not None}
    if not hosts:
        pytest.skip("no page of the seeds tells its address")
    host = min(hosts)
    done = record.forget(Forgettable.DOMAIN, host, "the outlet closed")
    assert done.pages
    known = {p.name for p in Knowledge.load().publishers() if host in p.hosts}
    assert known or _holding(record, {host}) == {}
    number = len(record.documents())
    pipeline.read(sources.pages([str(seeds)]), record, plain_engine)
    assert len(record.documents()) == number


def test_the_seeds_are_read_again_to_the_same_exports_with_corrections(
    record: Record, plain_engine: pipeline.Engine, tmp_path: Path
) -> None:
    line = record.lines()[0].statement.id
    entry = record.ask(
        lambda c: fields.entry(c, CorrectionKind.SET_ACT, line, "warn", who="K. Ambler", when=_WHEN, why="a test")
    )
    record.correct([entry])
    assert record.ask(lambda c: makings.outdated(c, plain_engine.parts())) == ()
    with Record.open(tmp_path / "again.db", create=True) as made:
        replay(record, made, plain_engine)
        assert [one.kind for one in compare(record, made) if not one.equal] == []
        assert made.ask(conflicts) == ()


def test_the_seeds_are_shared_without_texts_and_put_back(record: Record) -> None:
    pages = {}
    for row in record.documents():
        document = record.document(row.id)
        pages[document.text_sha256] = document
    for kind in TABLES:
        shared = Shared(record, kind)
        bare = list(shared)
        assert shared.lost == 0
        assert list(rehydrated(bare, pages, {})) == list(rows(record, kind))
