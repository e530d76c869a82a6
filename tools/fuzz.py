"""Throws hostile input at the readers: ``python -m tools.fuzz [READER ...] [--cases N] [--state FILE]``, or ``make fuzz``.

A case is made from the reader's name and the case's number alone, so that every case can be made again:
``python -m tools.fuzz --show READER NUMBER`` writes its bytes to standard output. The state file keeps how many cases each reader
has seen, and a run goes on from there; without ``--cases`` it goes on to the counts in `GOALS`. What a reader raises, what breaks
one of its promises (spans inside the text, one outcome a page, one sentence a reason), and what takes longer than `SECONDS` is a
failure: it is printed and kept in the state, and the run ends with 1.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from tools import fuzz_questions
from tools.fuzz_cases import READERS as PARSERS
from tools.fuzz_cases import Reader

#: Everything that is fuzzed, by name.
READERS = {**PARSERS, **fuzz_questions.READERS}

#: How many cases each reader is to see over all runs; the parsers of small texts together a million.
GOALS = {
    "html": 50_000, "warc": 50_000, "archive": 50_000, "feed": 20_000, "dump": 20_000,
    "rows": 100_000, "bytes": 200_000, "dates": 300_000, "marks": 300_000, "lines": 100_000,
    "search": 20_000, "address": 100_000,
}  # fmt: skip
#: One case may take this long, in seconds of processor time; all are small.
SECONDS = 2.0
_KEPT = 100


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that went wrong: which, and what happened in one line."""

    reader: str
    number: int
    what: str


def case(reader: Reader, number: int) -> bytes:
    """The bytes of one case."""
    return reader.make(random.Random(f"{reader.name}/{number}"))


def tried(reader: Reader, number: int) -> Failure | None:
    """What goes wrong with one case, or None."""
    data = case(reader, number)
    began = time.process_time()
    try:
        wrong = reader.check(data)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  (whatever a reader raises is looked for, a library's panic too)
        where = traceback.extract_tb(error.__traceback__)[-1]
        return Failure(
            reader.name, number, f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"[:300]
        )
    seconds = time.process_time() - began
    if wrong is None and seconds > SECONDS:
        wrong = f"it took {seconds:.1f} s"
    return None if wrong is None else Failure(reader.name, number, wrong)


def run(reader: Reader, start: int, cases: int) -> list[Failure]:
    """The failures among the cases ``start`` to ``start + cases``."""
    return [failure for number in range(start, start + cases) if (failure := tried(reader, number)) is not None]


def _state(path: Path) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def _until(reader: Reader, seen: int, cases: int | None) -> int:
    return seen + cases if cases is not None else GOALS[reader.name]


def main() -> None:
    """Runs the readers on from where the state stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(READERS))
    parser.add_argument("--cases", type=int, help="so many more of each")
    parser.add_argument("--state", type=Path, default=Path("fuzz.json"))
    parser.add_argument("--show", nargs=2, metavar=("READER", "NUMBER"))
    args = parser.parse_args()
    if args.show:
        sys.stdout.buffer.write(case(READERS[args.show[0]], int(args.show[1])))
        return
    unknown = sorted(set(args.readers) - set(READERS))
    if unknown:
        sys.exit(f"There is no reader {', '.join(unknown)}; there are {', '.join(READERS)}.")
    state = _state(args.state)
    failed = 0
    for reader in (READERS[name] for name in args.readers or READERS):
        entry = state.setdefault(reader.name, {"cases": 0, "failures": []})
        seen = int(str(entry["cases"]))
        until = _until(reader, seen, args.cases)
        kept = entry["failures"]
        while seen < until:
            part = min(1_000, until - seen)
            failures = run(reader, seen, part)
            seen += part
            failed += len(failures)
            for failure in failures:
                print(f"{failure.reader} {failure.number}: {failure.what}", flush=True)
            if isinstance(kept, list):
                kept.extend([f.number, f.what] for f in failures[: _KEPT - len(kept)])
            entry["cases"] = seen
            args.state.write_text(json.dumps(state, indent=1, sort_keys=True) + "\n", "utf-8")
        print(f"{reader.name}: {seen:,} cases", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
