"""Every regular expression of the two lowest layers takes a time that grows no faster than the line it is given.

Expressions that are only ever given a bounded piece of a line may take longer on a long one; they are named here with their bound.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import onrecord.documents
import onrecord.sources

#: Name of the expression: the most characters that it is given, and where.
BOUNDED = {
    "documents.marks._DATELINE": 260,  # dateline() cuts the head of the line
    "documents.marks._SLASHED": 260,
    "documents.marks._HOLDER_END": 80,  # the name in a copyright line
    "documents.publication._ISO": 1_000,  # a metadata value, and only its start
    "documents.evidence._SELF_CLOSED": 4_096,
    "documents.decoding._DECLARED": 4_096,
    "documents.roles._NAMES": 80,
    "documents.publication._BYLINE_WORDS": 400,
}
LONG = 12_000
UNITS = (
    "a", "A", "1", " ", "\xa0", "a ", "A ", "1 ", "1/", "1.", "12:", "2031 ", "May ", "By A ", "By ", "(c) ", "© ", "(", "[", '"', "“", "...",
    ",", "-", "--", "—", "|", "/", "http://", "www.", "@", "a@a.", "#", "•", "\u2028", "é", "HALVIK ", "HALVIK, ", "<", "<meta ", '<meta a="', "<html ",
    ' a="b"', "we use ", "page not ", "related ", "read more: ", "subscribe to ", "by the end of ", "&", "٣",
)  # fmt: skip


def expressions() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    for package in (onrecord.documents, onrecord.sources):
        for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            for name, value in vars(importlib.import_module(info.name)).items():
                values = value if isinstance(value, tuple) else (value,)
                for found in values:
                    if isinstance(found, re.Pattern):
                        yield f"{info.name.removeprefix('onrecord.')}.{name}", found


EXPRESSIONS = list(expressions())


@pytest.mark.parametrize(("name", "expression"), EXPRESSIONS, ids=[name for name, _ in EXPRESSIONS])
def test_no_expression_is_slow_on_a_hostile_line(name: str, expression: re.Pattern[str] | re.Pattern[bytes]) -> None:
    length = BOUNDED.get(name, LONG)
    for unit in UNITS:
        line = (unit * (length // len(unit)) + "!")[:length]
        subject: str | bytes = line.encode() if isinstance(expression.pattern, bytes) else line
        began = time.process_time()
        expression.search(subject)  # type: ignore[arg-type]
        assert time.process_time() - began < 0.3, f"{name} on {unit!r}"


def test_the_bounds_name_expressions_that_exist() -> None:
    assert set(BOUNDED) <= {name for name, _ in EXPRESSIONS}
