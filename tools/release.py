"""Makes a release ready: `python -m tools.release VERSION`.

Checks that nothing is uncommitted and that the tests pass, gathers `changes/` into CHANGELOG.md, sets the version, tries the wheel on every
Python there is (`tools.wheel`), commits and tags. Nothing is uploaded: that is for a person to do, from build/dist.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
_VERSION = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")
#: Files that name the version, and how.
_NAMED = {"src/onrecord/__init__.py": r'(?m)^__version__ = "[^"]+"', "CITATION.cff": r"(?m)^version: \S+"}


def _run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed")
    return done.stdout


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("version")
    args = parser.parse_args(argv)
    if not _VERSION.fullmatch(args.version):
        raise SystemExit(f"{args.version} is no version like 1.2.3")
    if _run("git", "status", "--porcelain"):
        raise SystemExit("commit everything first")
    _run("make", "test")
    for name, form in _NAMED.items():
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        shown = re.search(form, text)
        if shown is None:
            raise SystemExit(f"{name} names no version")
        path.write_text(text.replace(shown[0], re.sub(r"[\d.]+\w*(?=\"?$)", args.version, shown[0])), encoding="utf-8")
    _run(sys.executable, "-m", "towncrier", "build", "--yes", "--version", args.version, "--name", "onrecord")
    _run(sys.executable, "-m", "tools.reference")
    _run(sys.executable, "-m", "tools.wheel", "--keep", "build/dist")
    _run("git", "commit", "--all", "--message", f"Release {args.version}")
    _run("git", "tag", "--annotate", f"v{args.version}", "--message", f"onrecord {args.version}")
    print(f"Tagged v{args.version}; wheel and sdist are in build/dist.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
