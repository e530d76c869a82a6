"""Signatures after quotations and speaker labels, in layouts of our own."""

from __future__ import annotations

import pytest

from onrecord.reading.attribution.layout import by_layout
from onrecord.reading.attribution.quotes import quotations
from onrecord.reading.attribution.windows import paragraphs

HALL = "VENN: We will wait.\n\nTOLEN (smiling): So will we.\n\nVENN: Good."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We will wait.” ― Mara Tolen", [("Mara Tolen", "―", "“We will wait.”")]),
        ("“We will wait.”\n\n- Mara Tolen.", [("Mara Tolen", "-", "“We will wait.”")]),
        ('"We will wait." — Ilar de Venn, fisherman', [("Ilar de Venn", "—", '"We will wait."')]),
        ("“One.” ― Ana Orel\n“Two.” ― Mara Tolen", [("Ana Orel", "―", "“One.”"), ("Mara Tolen", "―", "“Two.”")]),
        ("“We will wait.” – a promise nobody believed", []),
        ("“We will wait” — Tolen said it twice.", []),
        ("He said “We will wait.” ― Mara Tolen", []),
        ("“We will wait. ― Mara Tolen", []),
        (HALL, [("VENN", ":", "We will wait."), ("TOLEN", ":", "So will we."), ("VENN", ":", "Good.")]),
        ("CORRECTION: The bridge is older.\n\nThe bridge fell.", []),
        ("", []),
    ],
)
def test_by_layout(text: str, found: list[tuple[str, str, str]]) -> None:
    spans = paragraphs(text)
    marks = [q for p in spans for q in quotations(text, p.start, p.end)]
    made = by_layout(text, spans, marks)
    assert [(a.source[0].of(text), a.cue[0].of(text), a.content[0].of(text)) for a in made] == found
