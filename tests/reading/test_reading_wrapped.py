"""Paragraphs wrapped at a fixed width are put together; paragraphs that stand one a line stay apart."""

from __future__ import annotations

import pytest

from onrecord.model import Document, DocumentStatus, Line, LineRole, Span
from onrecord.model.dates import UNKNOWN_DATE
from onrecord.reading.paragraphs import paragraphs


def read(text: str) -> list[str]:
    lines, at = [], 0
    for part in text.split("\n"):
        lines.append(Line(Span(at, at + len(part)), LineRole.BODY))
        at += len(part) + 1
    document = Document("doc", "a", text, "", "text/plain", tuple(lines), UNKNOWN_DATE, DocumentStatus.ARTICLE)
    return [" ".join(span.of(text) for span in paragraph) for paragraph in paragraphs(document)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The minister said that\nKarvelia had sent nothing over the pass and that\nDravno would say so again.",
            ["The minister said that Karvelia had sent nothing over the pass and that Dravno would say so again."],
        ),
        (
            "He spoke of\nTolmenia. She spoke of\nSundmark and of the\nCompact.\n\nNobody answered.",
            ["He spoke of Tolmenia. She spoke of Sundmark and of the Compact.", "Nobody answered."],
        ),
        (
            "Karvelia agreed.\nSundmark did not.\nTolmenia waited.",
            ["Karvelia agreed.", "Sundmark did not.", "Tolmenia waited."],
        ),
        ("It was late\n\nand nobody came.", ["It was late and nobody came."]),
        (
            "PORT SELJE (TNA) -- Karvelia waited.\nARESK (TNA) — Four groups asked a court.\nHALVIK — a town.",
            ["Karvelia waited.", "Four groups asked a court.", "HALVIK — a town."],
        ),
        ("It was late\n\nNobody came.", ["It was late", "Nobody came."]),
        (
            "He said he would not " + "x" * 100 + "\nKarvelia was\nquiet.",
            ["He said he would not " + "x" * 100, "Karvelia was quiet."],
        ),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert read(text) == expected
