"""Builds wheel and sdist and tries the wheel as a stranger would: `python -m tools.wheel [--python 3.12 ...] [--keep FOLDER]`.

For each Python that is found (3.11, 3.12, 3.13) an empty environment gets the wheel by `pip install` alone; there the samples are read and
asked. Prints sizes and times, and fails when an answer differs between two Pythons.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSIONS = ("3.11", "3.12", "3.13")
#: What is asked of the samples' record; the answers must be the same on every Python.
QUESTIONS = (
    "sources",
    "statements --act deny",
    "state --on 2031-07-02 --between Karvelia Sundmark",
    "events",
    "export statements --format jsonl",
)


def built(folder: Path) -> Path:
    """Builds sdist and wheel into `folder`; the wheel's path."""
    _run([sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)], ROOT)
    for path in sorted(folder.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB", flush=True)
    return next(folder.glob("*.whl"))


def interpreter(version: str) -> str | None:
    """The command of a Python of this version, None where none runs."""
    for name in (
        f"python{version}",
        *(str(p) for p in Path("~/.pyenv/versions").expanduser().glob(f"{version}*/bin/python")),
    ):
        found = shutil.which(name)
        if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
            return found
    return None


def tried(wheel: Path, python: str, folder: Path) -> list[str]:
    """The answers to `QUESTIONS` from an empty environment of this Python with the wheel in it."""
    began = time.monotonic()
    _run([python, "-m", "venv", str(folder / "env")], folder)
    program = folder / "env" / "bin"
    # The versions we tested with, so that Pythons are compared and not the days on which packages came out.
    limits = ["--constraint", str(ROOT / "constraints.txt")]
    _run([str(program / "python"), "-m", "pip", "install", "--quiet", *limits, str(wheel)], folder)
    size = sum(path.stat().st_size for path in (folder / "env").rglob("*") if path.is_file() and not path.is_symlink())
    print(f"  installed in {time.monotonic() - began:.0f} s, {size / 1e6:.0f} MB", flush=True)
    shutil.copytree(ROOT / "samples", folder / "samples")
    began = time.monotonic()
    _run([str(program / "onrecord"), *shlex.split("read samples --actors samples/actors.csv")], folder)
    print(f"  samples read in {time.monotonic() - began:.1f} s", flush=True)
    return [_run([str(program / "onrecord"), *shlex.split(question)], folder) for question in QUESTIONS]


def _run(command: Sequence[str], folder: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ONRECORD_", "PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        command, cwd=folder, env={**environment, "COLUMNS": "110"}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"$ {shlex.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line; 1 when two Pythons answer differently or none is found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--python", nargs="+", default=list(VERSIONS), help="versions to try")
    parser.add_argument("--keep", type=Path, default=None, help="a folder that keeps wheel and sdist")
    args = parser.parse_args(argv)
    answers: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        out = args.keep or Path(scratch) / "dist"
        out.mkdir(parents=True, exist_ok=True)
        wheel = built(out)
        for version in args.python:
            python = interpreter(version)
            print(f"Python {version}: {'trying' if python else 'not found'}", flush=True)
            if python:
                folder = Path(scratch) / version
                folder.mkdir()
                answers[version] = tried(wheel, python, folder)
    first = next(iter(answers), None)
    differing = [
        f"{version} answers otherwise than {first}: {question}"
        for version, told in answers.items()
        for question, one, two in zip(QUESTIONS, answers[first or version], told, strict=True)
        if one != two
    ]
    print("\n".join(differing) or f"{len(answers)} Pythons give the same answers")
    return 1 if differing or not answers else 0


if __name__ == "__main__":
    sys.exit(main())
