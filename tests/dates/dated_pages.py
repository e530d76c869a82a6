"""Small pages for the tests of dates: a marked text becomes a document and a reading with its statements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import (
    Act,
    ActorRef,
    Dateline,
    DateValue,
    Document,
    DocumentStatus,
    Line,
    LineRole,
    Mention,
    MentionForm,
    MentionLabel,
    QuoteType,
    Reading,
    Sentence,
    Span,
    Statement,
    statement_id,
    text_sha256,
)

_MARK = re.compile(r"\{(?P<role>[SCTMDF])(?P<number>\d*):(?P<words>[^{}]*)\}")


def page(
    marked: str, published: DateValue, speakers: dict[int, Sequence[str]] | None = None
) -> tuple[Document, Reading]:
    """A document and its reading from a marked text, one sentence a line.

    ``{S1:..}``, ``{C1:..}`` and ``{T1:..}`` are source, cue and content of statement 1 (the number 1 may be left out); a
    statement without a source shares that of the one before it in the line. ``{M:title|name}`` is a person named with an office, ``{D:..}`` the
    dateline, and a line ``{F:..}`` is a footer. `speakers` gives the resolved names by statement.
    """
    text, roles, mentions, dateline, footers = "", {}, [], None, []
    at = 0
    for m in _MARK.finditer(marked):
        text += marked[at : m.start()]
        start, words = len(text), m["words"]
        if m["role"] == "M":
            title, name = words.split("|")
            words = f"{title} {name}".strip()
            head = Span(start + len(words) - len(name), start + len(words))
            whole = Span(start, start + len(words))
            mentions.append(
                Mention(
                    whole,
                    head,
                    MentionForm.NAME,
                    MentionLabel.PERSON,
                    Span(start, start + len(title)) if title else None,
                )
            )
        text += words
        span = Span(start, len(text))
        if m["role"] == "D":
            dateline = Dateline(span, None)
        elif m["role"] == "F":
            footers.append(span)
        elif m["role"] != "M":
            roles.setdefault(int(m["number"] or 1), {})[m["role"]] = span
        at = m.end()
    text += marked[at:]
    return _document(text, published, dateline, footers), _reading(text, roles, mentions, footers, speakers or {})


def _document(text: str, published: DateValue, dateline: Dateline | None, footers: Sequence[Span]) -> Document:
    lines = tuple(
        Line(
            Span(m.start(), m.end()),
            LineRole.FOOTER if any(Span(m.start(), m.end()).overlaps(f) for f in footers) else LineRole.BODY,
        )
        for m in re.finditer(r"[^\n]+", text)
    )
    return Document(
        "doc-test",
        "test",
        text,
        text_sha256(text),
        "text/plain",
        lines,
        published,
        DocumentStatus.ARTICLE,
        dateline=dateline,
    )


def _reading(
    text: str,
    roles: dict[int, dict[str, Span]],
    mentions: Sequence[Mention],
    footers: Sequence[Span],
    speakers: dict[int, Sequence[str]],
) -> Reading:
    sentences = tuple(
        Sentence(Span(m.start(), m.end()), i)
        for i, m in enumerate(re.finditer(r"[^\n]+", text))
        if not any(Span(m.start(), m.end()).overlaps(f) for f in footers)
    )
    statements = []
    for number, role in sorted(roles.items()):
        source, cue, content = (((role[r],) if r in role else ()) for r in "SCT")
        if not source and cue and statements and "\n" not in text[statements[-1].cue[0].end : cue[0].start]:
            source = statements[-1].source
        who = tuple(ActorRef(f"person:{name}", name) for name in speakers.get(number, ()))
        key = statement_id("doc-test", source, cue, content)
        statements.append(
            Statement(key, "doc-test", source, cue, content, QuoteType.INDIRECT, Act.ASSERT, speakers=who)
        )
    return Reading("doc-test", sentences, tuple(mentions), (), tuple(statements))
