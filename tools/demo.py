"""The demo: reads the samples into a record and prints the main views, each with the command that gives it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

ROOT = Path(__file__).parents[1]
RECORD = Path("build") / "demo.db"
VIEWS = (
    ("Forty-eight pages of an invented dispute become a record", "read samples --actors samples/actors.csv"),
    ("Who wrote what: copies collapse into the report they carry", "sources"),
    ("The spring of the dispute, day by day", "timeline --since 2031-03 --until 2031-04"),
    ("What was denied, by whom", "statements --act deny --limit 12"),
    ("Everything the Compact's secretary-general demanded", "statements --by Vessling --act demand"),
    ("What was promised, by when, and what became of it", "commitments --between Karvelia Sundmark --on 2031-07-02"),
    ("What changed in ten days at the end of June", "state --between Karvelia Sundmark --diff 2031-06-20 2031-07-02"),
    ("Who met whom", "events --code CONSULT --actor Vessling"),
)


def main() -> int:
    """Runs the views one after the other; the exit status is that of the first that fails."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 132)
    (ROOT / RECORD).parent.mkdir(exist_ok=True)
    for old in (ROOT / "build").glob("demo.db*"):
        old.unlink()
    program = Path(sys.executable).parent / "onrecord"
    environment = {**os.environ, "ONRECORD_RECORD": str(RECORD)}
    for title, words in VIEWS:
        console.print()
        console.print(Rule(Text(title, style="bold"), align="left", style="bright_black"))
        console.print(Text(f"$ onrecord {words}", style="green"))
        console.file.flush()
        done = subprocess.run([program, *shlex.split(words)], cwd=ROOT, env=environment, check=False)
        if done.returncode:
            return done.returncode
    console.print()
    console.print(Text(f"The record is {RECORD}: ask it more with --record {RECORD}, for example", style="bold"))
    console.print(Text(f"$ .venv/bin/onrecord statements --about monitors --record {RECORD}", style="green"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
