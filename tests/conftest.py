"""What all tests share: the samples read once, golden files, and where third-party material is when somebody has it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from onrecord import pipeline, sources
from onrecord.knowledge import Knowledge
from onrecord.record import Record

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
GOLDEN = Path(__file__).parent / "golden"

# A loaded machine is no fault of the code: how long one example takes is not judged. The examples are the same in every run, so that
# a red run can be repeated.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew; read the difference")


def _folder(variable: str) -> Path:
    value = os.environ.get(variable)
    if not value or not Path(value).is_dir():
        pytest.skip(f"{variable} does not name a folder: the third-party material of this test is not here")
    return Path(value)


@pytest.fixture(scope="session")
def bench() -> Path:
    """The folder of the benchmarks; the test skips where it is not."""
    return _folder("ONRECORD_BENCH")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the seed pages; the test skips where it is not."""
    return _folder("ONRECORD_SEEDS")


@pytest.fixture(scope="session")
def engine() -> pipeline.Engine:
    """The engine with the samples' own actors, loaded once."""
    return pipeline.Engine.load(Knowledge.load(SAMPLES / "actors.csv"))


@pytest.fixture(scope="session")
def sample_record(engine: pipeline.Engine, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """All samples in one record; not to be written to."""
    record = Record.open(tmp_path_factory.mktemp("samples") / "record.db", create=True)
    pipeline.read(sources.pages([str(SAMPLES)]), record, engine)
    return record


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with a golden file; with --regenerate writes it, and fails so that nobody forgets to read it."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--regenerate"):
            path.write_text(text, encoding="utf8", newline="\n")
            pytest.fail(f"{name} was written anew: read the difference, then run without --regenerate")
        assert text == path.read_text(encoding="utf8"), f"run with --regenerate and read the difference in {name}"

    return compare
