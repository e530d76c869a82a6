"""Mentions: names with titles, descriptions, pronouns; paragraphs and what is read at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from onrecord.model import Document, LineRole, Reading, Span
from onrecord.reading import Reader
from onrecord.reading.paragraphs import paragraphs

Make = Callable[..., Document]

MENTIONS = """
The alliance chief met Foreign Minister Oran Vell. || The alliance chief / chief / description / person || Foreign Minister Oran Vell / Oran Vell / name / person
He said she knew them. || He / He / pronoun / person || she / she / pronoun / person || them / them / pronoun / group
Diplomats said the government was tired. || Diplomats / Diplomats / description / group || the government / government / description / organisation
"""


@pytest.mark.parametrize("line", [x for x in MENTIONS.splitlines() if x])
def test_mentions(line: str, read: Callable[[str], Reading]) -> None:
    text, *rows = (part.strip() for part in line.split("||"))
    found = [(m.span.of(text), m.head.of(text), m.form.value, m.label.value) for m in read(text).mentions]
    for row in rows:
        assert tuple(field.strip() for field in row.split(" / ")) in found


def test_a_title_is_told_from_the_name(read: Callable[[str], Reading]) -> None:
    text = "Dorvanian Foreign Minister Oran Vell spoke."
    mention = next(m for m in read(text).mentions if m.head.of(text) == "Oran Vell")
    assert mention.title is not None
    assert mention.title.of(text) == "Dorvanian Foreign Minister"
    assert mention.span.of(text) == "Dorvanian Foreign Minister Oran Vell"


def test_a_joint_source_holds_two_mentions(read: Callable[[str], Reading]) -> None:
    text = "Oran Vell and Mira Taln announced that the border would open."
    reading = read(text)
    (source,) = reading.statements[0].source
    assert [m.head.of(text) for m in reading.mentions if source.contains(m.span)] == ["Oran Vell", "Mira Taln"]


def test_the_source_of_a_relative_clause_is_its_noun(read: Callable[[str], Reading]) -> None:
    text = "The envoy, who said the road was open, left at noon."
    assert [s.of(text) for s in read(text).statements[0].source] == ["The envoy"]


def test_only_body_lines_are_read(reader: Reader, make: Make) -> None:
    text = "Vell says road is safe\nVell said the road was open.\nTaln said she was tired.\nMore: Vell said it again."
    roles = (LineRole.HEADLINE, LineRole.BODY, LineRole.CAPTION, LineRole.RELATED)
    reading = reader.read(make(text, roles))
    assert [s.span.of(text) for s in reading.sentences] == ["Vell said the road was open."]
    assert len(reading.statements) == 1


def test_a_subheading_is_nobodys_sentence(reader: Reader, make: Make) -> None:
    text = "Vell said the road was open.\nVell says all is well\nTaln said the bridge was shut."
    reading = reader.read(make(text, (LineRole.BODY, LineRole.SUBHEADING, LineRole.BODY)))
    assert [s.span.of(text) for s in reading.sentences] == [text.split("\n", maxsplit=1)[0], text.split("\n")[2]]


def test_parts_limit_what_is_read(reader: Reader, make: Make) -> None:
    text = "Vell said the road was open.\nTaln said the bridge was shut."
    second = Span(text.index("Taln"), len(text))
    assert [s.span for s in reader.read(make(text), [second]).sentences] == [second]
    assert reader.read(make(text), []).sentences == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line.\nAnother line.", ["One line.", "Another line."]),
        ("One line that\ngoes on here.", ["One line that|goes on here."]),
        ("He left with his\n\ngovernment on Monday.", ["He left with his|government on Monday."]),
        ("A list of things:\nthe first", ["A list of things:", "the first"]),
        ("\n\n  \n", []),
    ],
)
def test_paragraphs(text: str, expected: Sequence[str], make: Make) -> None:
    found = paragraphs(make(text))
    assert ["|".join(span.of(text) for span in pieces) for pieces in found] == expected


def test_a_sentence_may_cross_a_wrapped_line(read: Callable[[str], Reading]) -> None:
    text = "Vell blamed the storm for the worsening of relations with his\n\ngovernment since the spring."
    (statement,) = read(text).statements
    assert statement.content[0].of(text).endswith("government since the spring")
