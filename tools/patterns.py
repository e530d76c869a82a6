"""Times every regular expression of the package on hostile text: ``python -m tools.patterns [--size N] [--slow SECONDS]``.

The patterns are found by importing every module and looking through its values. Hostile text comes from the pattern itself: strings
that it nearly matches (one drawn for each way through it, with every repetition repeated), in long runs that end in something it
does not match, beside runs of letters, blanks, digits and marks. Time that grows with the square of the text shows as seconds.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import re._constants as sre
import re._parser as parser
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import onrecord

#: Characters of hostile text, and how long one search of it may take, in seconds of processor time.
SIZE, SLOW = 4_000, 0.5
_RUNS = (
    "a", "A", " ", "1", "-", ",", ".", '"', "’", "a ", "A ", "Aa ", "a, ", "1 ", "1. ", "of the ", "\n", "a\n", "—",
    "(", "/a",
)  # fmt: skip
_BROKEN = "\x00"
#: Modules that do something when imported, or need a server.
_LEFT_OUT = ("onrecord.archive.loaded", "onrecord.record.migrations", "onrecord.__main__")


@dataclass(frozen=True, slots=True)
class Slow:
    """A pattern that takes long: where it is, the pattern, the beginning of the text, and the seconds."""

    where: str
    pattern: str
    text: str
    seconds: float


def patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern of the package's modules, by the name it is found under."""
    found: dict[str, re.Pattern[str]] = {}
    seen: set[str] = set()
    for module in pkgutil.walk_packages(onrecord.__path__, "onrecord."):
        if module.name.startswith(_LEFT_OUT):
            continue
        try:
            loaded = importlib.import_module(module.name)
        except ModuleNotFoundError:
            continue  # an extra that is not installed
        for name, value in sorted(vars(loaded).items()):
            for where, pattern in _within(f"{module.name}.{name}", value, 0):
                if pattern.pattern not in seen:
                    seen.add(pattern.pattern)
                    found[where] = pattern
    return found


def _within(where: str, value: Any, depth: int) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield where, value
    elif depth < 3 and isinstance(value, Mapping):
        for number, one in enumerate([*value.keys(), *value.values()]):
            yield from _within(f"{where}[{number}]", one, depth + 1)
    elif depth < 3 and isinstance(value, tuple | list | frozenset):
        for number, one in enumerate(list(value)[:200]):
            yield from _within(f"{where}[{number}]", one, depth + 1)
    elif depth < 3 and isinstance(value, type) and value.__module__.startswith("onrecord"):
        for name, one in sorted(vars(value).items()):
            yield from _within(f"{where}.{name}", one, depth + 1)
    elif depth < 3 and hasattr(type(value), "__dataclass_fields__"):
        for name in type(value).__dataclass_fields__:
            yield from _within(f"{where}.{name}", getattr(value, name, None), depth + 1)


def hostile(pattern: re.Pattern[str], size: int, ways: int = 6) -> Iterator[str]:
    """Texts of about `size` characters that the pattern comes near to matching."""
    rng = Random(pattern.pattern)
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    for way in range(ways):
        sample = _drawn(tree, rng, way % 3 + 1)[:400]
        if sample:
            yield (sample * (size // len(sample) + 1))[:size] + _BROKEN
            yield sample[:-1] * (size // max(len(sample) - 1, 1))
            yield sample + sample[-1] * size + _BROKEN
            yield sample[0] * size + _BROKEN
            half = sample[: max(1, len(sample) // 2)]
            yield (half * (size // len(half) + 1))[:size] + _BROKEN
    for run in _RUNS:
        yield (run * (size // len(run) + 1))[:size] + _BROKEN


def _drawn(tree: Any, rng: Random, repeated: int) -> str:
    return "".join(_one(op, argument, rng, repeated) for op, argument in tree)


def _one(op: Any, argument: Any, rng: Random, repeated: int) -> str:
    if op is sre.LITERAL:
        return chr(argument)
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        low, high, inner = argument
        times = min(max(low, repeated), 40 if high is sre.MAXREPEAT else int(high))
        return "".join(_drawn(inner, rng, repeated) for _ in range(times))
    if op is sre.SUBPATTERN:
        return _drawn(argument[3], rng, repeated)
    if op is sre.ATOMIC_GROUP:
        return _drawn(argument, rng, repeated)
    if op is sre.BRANCH:
        return _drawn(rng.choice(argument[1]), rng, repeated)
    if op is sre.IN:
        return _member(argument, rng)
    if op in (sre.ANY, sre.NOT_LITERAL):
        return "a"
    return ""


def _member(argument: Any, rng: Random) -> str:
    if argument and argument[0][0] is sre.NEGATE:
        return rng.choice("a1 -")
    op, value = rng.choice(argument)
    if op is sre.LITERAL:
        return chr(value)
    if op is sre.RANGE:
        return chr(rng.randint(value[0], min(value[1], value[0] + 25)))
    return {
        sre.CATEGORY_DIGIT: "7",
        sre.CATEGORY_SPACE: " ",
        sre.CATEGORY_WORD: "a",
        sre.CATEGORY_NOT_SPACE: "a",
        sre.CATEGORY_NOT_WORD: "-",
        sre.CATEGORY_NOT_DIGIT: "a",
    }.get(value, "a")


def slowest(where: str, pattern: re.Pattern[str], size: int = SIZE) -> Slow:
    """The hostile text that the pattern takes longest to search."""
    worst = Slow(where, pattern.pattern, "", 0.0)
    for text in hostile(pattern, size):
        began = time.process_time()
        pattern.search(text)
        seconds = time.process_time() - began
        if seconds > worst.seconds:
            worst = Slow(where, pattern.pattern, text[:60], seconds)
    return worst


def main(arguments: list[str] | None = None) -> int:
    """Prints the slow patterns; fails when there are any."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--size", type=int, default=SIZE)
    cli.add_argument("--slow", type=float, default=SLOW)
    args = cli.parse_args(arguments)
    found = patterns()
    timed = sorted((slowest(where, pattern, args.size) for where, pattern in found.items()), key=lambda s: -s.seconds)
    slow = [one for one in timed if one.seconds > args.slow]
    print(f"{len(found)} patterns, {len(slow)} slower than {args.slow} s on {args.size} characters")
    for one in slow or timed[:5]:
        print(f"{one.seconds:7.3f} s  {one.where}: {one.pattern[:90]!r} on {one.text!r}")
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
