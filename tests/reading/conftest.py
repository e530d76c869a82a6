"""What the tests of the reader share: invented documents and one loaded reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from onrecord.model import (
    UNKNOWN_DATE,
    Document,
    DocumentStatus,
    Line,
    LineRole,
    Reading,
    Span,
    Statement,
    content_id,
    text_sha256,
)
from onrecord.reading import Reader


def document(text: str, roles: Sequence[LineRole] = ()) -> Document:
    """A document of `text`; its lines have `roles` in order, body where those end."""
    lines, start = [], 0
    for number, line in enumerate(text.split("\n")):
        role = roles[number] if number < len(roles) else LineRole.BODY
        lines.append(Line(Span(start, start + len(line)), role))
        start += len(line) + 1
    return Document(
        id=content_id("doc", text),
        path="page.txt",
        text=text,
        text_sha256=text_sha256(text),
        media_type="text/plain",
        lines=tuple(lines),
        published=UNKNOWN_DATE,
        status=DocumentStatus.ARTICLE,
    )


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.load()


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[[str], Reading]:
    return lambda text: reader.read(document(text))


@pytest.fixture(scope="session")
def make() -> Callable[..., Document]:
    return document


def words(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)


def told(text: str, statement: Statement) -> tuple[str, str, str]:
    """Source, cue and content of `statement` as strings."""
    return words(text, statement.source), words(text, statement.cue), words(text, statement.content)


def outer(reading: Reading) -> list[Statement]:
    return [s for s in reading.statements if s.nested_in is None]


@pytest.fixture(scope="session")
def expect(read: Callable[[str], Reading]) -> Callable[[str], None]:
    """Checks one line of a table: ``text || source | cue | content | act || ...`` names every outer statement of the text.

    A paragraph's end is written ¶; a text with nothing after it holds no statement.
    """

    def check(line: str) -> None:
        text, *rows = (part.strip() for part in line.split("||"))
        text = text.replace("¶", "\n\n")
        wanted = [tuple(field.strip() for field in row.split("|")) for row in rows if row]
        found = [(*told(text, s), s.act.value) for s in outer(read(text))]
        assert found == wanted

    return check
