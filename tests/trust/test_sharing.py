"""Exports without texts hold no passage of a page, and come back byte for byte from one's own copies; a changed text is refused."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from onrecord.record import Record
from onrecord.views.cli.app import app
from onrecord.views.export.sharing import POINTER, TEXTS, Shared
from onrecord.views.export.tables import TABLES

_SAMPLES = Path(__file__).parents[2] / "samples"
#: The addresses and file names of pages are no passages of them.
_PLACES = {"path", "paths", "url"}
_RUN = 6


def _run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def _strings(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _strings(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one, name)
    elif isinstance(value, str):
        yield name, value


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


@pytest.fixture(scope="module")
def passages(sample_record: Record) -> set[tuple[str, ...]]:
    """Every run of words of every page of the samples."""
    found = set()
    for row in sample_record.documents():
        words = _words(sample_record.document(row.id).text)
        found |= {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
    return found


@pytest.mark.parametrize("kind", list(TABLES))
def test_no_field_holds_a_passage_of_a_page(sample_record: Record, passages: set[tuple[str, ...]], kind: str) -> None:
    shared = Shared(sample_record, kind)
    for row in shared:
        for name, value in _strings(row):
            words = _words(value)
            runs = (tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))
            assert name in _PLACES or not any(run in passages for run in runs), (name, value)
        assert set(row[TEXTS]) >= {p["document"] for p in _pointers(row)}
    assert shared.lost == 0


def _pointers(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if POINTER in value:
            yield value[POINTER]
        for one in value.values():
            yield from _pointers(one)
    elif isinstance(value, list):
        for one in value:
            yield from _pointers(one)


@pytest.mark.parametrize("kind", list(TABLES))
def test_rehydrated_exports_are_the_full_ones_byte_for_byte(sample_record: Record, tmp_path: Path, kind: str) -> None:
    record = ["--record", str(sample_record.path)]
    full, bare, back = (tmp_path / name for name in ("full.jsonl", "bare.jsonl", "back.jsonl"))
    assert _run("export", kind, "--out", str(full), *record).exit_code == 0
    assert _run("export", kind, "--no-text", "--out", str(bare), *record).exit_code == 0
    done = _run("rehydrate", str(bare), str(_SAMPLES), "--out", str(back))
    assert done.exit_code == 0, done.output
    assert back.read_bytes() == full.read_bytes()


def test_a_changed_text_and_a_missing_one_are_refused_by_name(
    few_record: Record, few_pages: list[str], tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    for page in few_pages:
        shutil.copy(page, own)
    changed = own / Path(few_record.documents()[0].path).name
    bare, back = tmp_path / "bare.jsonl", tmp_path / "back.jsonl"
    _run("export", "statements", "--no-text", "--out", str(bare), "--record", str(few_record.path))
    assert _run("rehydrate", str(bare), str(own), "--out", str(back)).exit_code == 0
    back.unlink()
    changed.write_bytes(changed.read_bytes().replace(b" the ", b" one ", 1))
    done = _run("rehydrate", str(bare), str(own), "--out", str(back))
    assert done.exit_code == 1
    assert "was changed" in str(done.exception)
    assert changed.name in str(done.exception)
    changed.unlink()
    done = _run("rehydrate", str(bare), str(own), "--out", str(back))
    assert "None of the pages has the text of" in str(done.exception)
    assert changed.name in str(done.exception)
    assert not back.exists()


@pytest.mark.parametrize("text", ["no json\n", "[]\n", json.dumps({"id": "st-a"}) + "\n"])
def test_what_is_no_shared_export_is_said(few_pages: list[str], tmp_path: Path, text: str) -> None:
    (tmp_path / "x.jsonl").write_text(text, encoding="utf8")
    done = _run("rehydrate", str(tmp_path / "x.jsonl"), few_pages[0], "--out", str(tmp_path / "y.jsonl"))
    assert done.exit_code == 1


@pytest.mark.parametrize("words", [("stories", "--format", "jsonld"), ("mentions",)])
def test_what_does_not_come_in_a_format_does_not_come_without_texts_either(
    few_record: Record, words: tuple[str, ...]
) -> None:
    assert _run("export", *words, "--no-text", "--record", str(few_record.path)).exit_code == 2


def test_words_of_a_title_outside_the_text_come_from_the_page(few_record: Record) -> None:
    pointers = [p for row in Shared(few_record, "documents") for p in _pointers(row)]
    assert pointers
    assert all("spans" in p or {"field", "sha256"} <= set(p) for p in pointers)
    assert all(few_record.document(p["document"]).text for p in pointers)
