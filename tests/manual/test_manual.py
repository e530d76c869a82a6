"""The manual: its code blocks run, its links lead somewhere, what follows from the code is as the code has it, and it builds alone.

A ``console`` block is run line by line from ``$`` on, in a folder with the samples and, unless the page reads them itself, their
record; the lines printed under a command must stand in its output, in order. ``...`` stands for what is left out, lines or a part of one, and
a number may differ where it counts seconds. ``onrecord serve`` goes on in the background. The ``python`` blocks of a page are one
script. What cannot run in a test says why in a comment before the block:
``<!-- not run: REASON -->``.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tools import reference

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]
_FENCE = re.compile(r"^(?P<before><!-- not run: .+? -->\n+)?```(?P<kind>\w*)[^\n]*\n(?P<body>.*?)^```$", re.M | re.S)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_SECONDS = re.compile(r"\b[\d.]+ (?:ms|s)\b")


@dataclass(frozen=True)
class Block:
    """A code block: its language, its text, the line it starts on."""

    kind: str
    text: str
    line: int


def blocks(path: Path) -> list[Block]:
    """The blocks of a page that are to be run."""
    text = path.read_text(encoding="utf-8")
    found = []
    for match in _FENCE.finditer(text):
        if match["kind"] in ("console", "python") and match["before"] is None:
            found.append(Block(match["kind"], match["body"], text.count("\n", 0, match.start("body")) + 1))
    return found


def commands(block: Block) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block with the lines printed under it; a line that ends in a backslash goes on."""
    command: str | None = None
    printed: list[str] = []
    for line in block.text.replace("\\\n", "").splitlines():
        if line.startswith("$ "):
            if command is not None:
                yield command, printed
            command, printed = re.sub(r"\s+#.*$", "", line[2:]), []
        else:
            printed.append(line)
    if command is not None:
        yield command, printed


WITH_BLOCKS = [path for path in PAGES if path.is_file() and blocks(path)]


@pytest.fixture
def folder(tmp_path: Path, manual_record: Path) -> Path:
    """An empty folder with the samples and their record."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    shutil.copy(manual_record, tmp_path / "record.db")
    return tmp_path


@pytest.fixture(scope="session")
def manual_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the samples as the manual reads it: by the command line, with the samples' own actors."""
    path = tmp_path_factory.mktemp("manual") / "record.db"
    run(f"onrecord read samples --actors samples/actors.csv --record {path}", ROOT)
    return path


def run(command: str, folder: Path) -> str:
    """The output of a command typed in a folder, both streams.

    Raises:
        AssertionError: when it fails; an exit status of 3 is a finding of `onrecord check` and none.
    """
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "110", "NO_COLOR": "1", "ONRECORD_REVIEWER": "ada"}
    environment.pop("ONRECORD_RECORD", None)
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=600,
    )
    output = done.stdout + done.stderr
    assert done.returncode in ((0, 3) if "onrecord check" in command else (0,)), f"$ {command}\n{output}"
    return output


def flat(line: str) -> str:
    """A line without its spacing and its seconds."""
    return re.sub(r"\s+", " ", _SECONDS.sub("_", line)).strip()


def assert_printed(command: str, printed: list[str], output: str) -> None:
    """Fails when a line that the manual shows under a command is not in its output, in order."""
    lines = iter([flat(line) for line in output.splitlines()])
    for line in printed:
        if flat(line) not in ("", "..."):
            form = re.compile(".*".join(re.escape(part) for part in flat(line).split("...")))
            found = any(form.fullmatch(each) for each in lines)
            assert found, f"$ {command}\nprints no line (in this order): {line}\n--\n{output}"


@contextmanager
def serving(command: str, folder: Path) -> Iterator[None]:
    """Runs `onrecord serve` until the block ends."""
    program = Path(sys.executable).parent / "onrecord"
    with subprocess.Popen(
        [program, *shlex.split(command)[1:]], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = next(found[0] for line in server.stdout if (found := re.search(r"http://[\w.:]+", line)))
            # The address is told before the first question is answered: refused connections are tried again for half a minute.
            with httpx.Client(transport=httpx.HTTPTransport(retries=7)) as client:
                client.get(address, timeout=60)
            yield
        finally:
            server.terminate()


@pytest.mark.parametrize("path", WITH_BLOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_code_blocks_run(path: Path, folder: Path) -> None:
    if "$ onrecord read samples --actors" in path.read_text(encoding="utf-8"):
        (folder / "record.db").unlink()
    with ExitStack() as servers:
        for block in blocks(path):
            if block.kind == "python":
                continue
            for command, printed in commands(block):
                if command.startswith("onrecord serve"):
                    servers.enter_context(serving(command, folder))
                else:
                    assert_printed(command, printed, run(command, folder))
        if script := "\n".join(block.text for block in blocks(path) if block.kind == "python"):
            (folder / "blocks.py").write_text(script, encoding="utf-8")
            run(f"{sys.executable} blocks.py", folder)


def test_there_are_blocks_to_run() -> None:
    assert len(WITH_BLOCKS) > 5


@pytest.mark.parametrize("path", [p for p in PAGES if p.is_file()], ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for link in _LINK.findall(re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)):
        if re.match(r"(?:https?|mailto):", link) or link.startswith("#"):
            continue
        assert (path.parent / link.split("#")[0]).exists(), f"{path.relative_to(ROOT)} links to {link}"


def test_what_follows_from_the_code_is_as_the_code_has_it() -> None:
    for path, text in reference.written().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.relative_to(ROOT)}: run python -m tools.reference"


def test_the_picture_shows_the_layers_of_the_contract() -> None:
    picture = (ROOT / "docs" / "img" / "layers.svg").read_text(encoding="utf-8")
    assert re.findall(r'font-weight="600">(\w+)<', picture) == reference.layers()


def test_a_command_without_words_stops_the_writing() -> None:
    import typer

    empty = typer.Typer()

    @empty.command()
    def silent(word: str) -> None:
        pass

    with pytest.raises(reference.NotExplainedError):
        list(reference.pages_of(typer.main.get_command(empty), "x silent"))


def test_the_manual_builds_and_asks_nobody_outside(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        text = page.read_text(encoding="utf-8")
        loaded = re.findall(
            r'<(?:script|img|iframe)[^>]+src="([^"]+)"|<link[^>]+rel="(?:stylesheet|icon)"[^>]+href="([^"]+)"', text
        )
        for asset in (one or two for one, two in loaded):
            assert not re.match(r"(?:https?:)?//", asset), f"{page.name} loads {asset}"
