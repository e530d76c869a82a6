"""An invented world for the tests of the resolution, and pages about it written as one line.

In a page's text ``[[...]]`` marks the source of a saying; its content is what ``((...))`` marks, else the rest of the
sentence after the source, or before it when nothing follows. ``{{...}}`` marks the addressee and ``<<...>>`` the target.
Nobody here is real.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from onrecord.knowledge import Knowledge
from onrecord.model import (
    UNKNOWN_DATE,
    Act,
    DateBasis,
    Dateline,
    Document,
    DocumentStatus,
    Line,
    LineRole,
    QuoteType,
    Reading,
    Sentence,
    Span,
    Statement,
    content_id,
    day,
    statement_id,
    text_sha256,
)
from onrecord.resolution import Resolved, Resolver

ACTORS = """name,kind,aliases,demonyms,part_of,country,gender,title,of,start,end,family
Valdoria,state,Port Merle;the Lantern Palace,Valdorian;Valdorians,Littoral Pact,,,,,,,
Korvath,state,Senn;Republic of Korvath,Korvathi;Korvathis,,,,,,,,
Ulmania,state,Brisk,Ulmanian,,,,,,,,
Littoral Pact,organisation,the Pact;the alliance;LIPA,Pact,,,,,,,,
Harbour Watch,organisation,the watch;the monitors,,,,,,,,,
Highland Front,armed_group,the rebels;the Front;Highland rebels,,,Valdoria,,,,,,
Korvathi Defence Ministry,government_organ,Korvath's defence ministry,,Korvath,Korvath,,,,,,
Ada Merrow,person,,,,Valdoria,f,foreign minister,Valdoria,2038-01-01,2041-06-01,
Ada Merrow,person,,,,Valdoria,f,president,Valdoria,2041-06-01,,
Tobin Hale,person,,,,Valdoria,m,foreign minister,Valdoria,2041-06-02,,
Rurik Stane,person,,,,Valdoria,m,president,Valdoria,2035-03-01,2041-06-01,
Sergey Volkar,person,Sergei Volkar,,,Korvath,m,foreign minister,Korvath,2037-02-01,2042-01-01,
Yelena Drozh,person,Elena Drozh,,,Korvath,f,president,Korvath,2036-05-01,,
Pavel Ormin,person,,,,Korvath,m,ambassador to the Littoral Pact,Korvath,2039-01-01,,
Pavel Ormin-Lund,person,,,,Ulmania,m,finance minister,Ulmania,2039-01-01,,
Greta Holmwood,person,,,Littoral Pact,,f,secretary-general,Littoral Pact,2038-10-01,,
Mara Quill,person,,,Littoral Pact,,f,spokeswoman,Littoral Pact,2039-01-01,,
Idris Vane,person,,,Harbour Watch,,m,head,Harbour Watch,2039-06-01,,
Kit Sorrel,person,,,Highland Front,,,envoy,Highland Front,2039-06-01,,
Anselm Roe,person,,,,Ulmania,m,foreign minister,Ulmania,2038-01-01,,
Lighthouse Wire,agency,LW,,,,,,,,,Lighthouse
Merle Bay,place,,,,Valdoria,,,,,,
Senn,place,,,,Korvath,,,,,,
"""

_MARK = re.compile(r"\[\[|\]\]|\{\{|\}\}|<<|>>|\(\(|\)\)")
#: A sentence ends at a stop that no abbreviation ("Lt.", "Gen.") stands before.
_SENTENCE = re.compile(
    r"[^\n]+?(?:(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])[.!?][”\"]?(?=\s+[A-Z“\"–]|$|\n)|$)", re.MULTILINE
)


def knowledge(folder: Path) -> Knowledge:
    """The tables with the invented world laid over them."""
    path = folder / "world.csv"
    path.write_text(ACTORS, encoding="utf-8")
    return Knowledge.load(path)


def read(
    marked: str, date: str | None = None, act: Act | Sequence[Act] = Act.ASSERT, path: str = "page.txt"
) -> tuple[Document, Reading]:
    """The document and reading of one marked text; a first line ``PLACE --`` is its dateline. Acts in order, or one for all."""
    text, marks = _unmarked(marked)
    lines = tuple(Line(Span(m.start(), m.end()), LineRole.BODY) for m in re.finditer(r"[^\n]+", text))
    filed = re.match(r"([A-Z][A-Z ]+(?:, [A-Z][a-z]+)?) -- ", text)
    dateline = Dateline(Span(0, filed.end(1)), Span(0, filed.end(1))) if filed else None
    published = UNKNOWN_DATE if date is None else day(date, DateBasis.STATED)
    document = Document(
        content_id("doc", text), path, text, text_sha256(text), "text/plain", lines, published, DocumentStatus.ARTICLE,
        dateline=dateline,
    )  # fmt: skip
    sentences = tuple(
        Sentence(Span(m.start(), m.end()), text.count("\n", 0, m.start()))
        for m in _SENTENCE.finditer(text)
        if m.group().strip()
    )
    sources = [mark for mark in marks if mark[0] == "["]
    acts = [act] * len(sources) if isinstance(act, Act) else act
    statements = tuple(_statement(document.id, sentences, m, marks, a) for m, a in zip(sources, acts, strict=True))
    return document, Reading(document.id, sentences, statements=statements)


def _unmarked(marked: str) -> tuple[str, list[tuple[str, Span]]]:
    text, marks, last = "", [], 0
    opened: list[int] = []
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        if match.group() in ("[[", "{{", "<<", "(("):
            opened.append(len(text))
        else:
            marks.append(({"]]": "[", "}}": "{", ">>": "<", "))": "("}[match.group()], Span(opened.pop(), len(text))))
    return text + marked[last:], marks


def _statement(
    document: str, sentences: tuple[Sentence, ...], mark: tuple[str, Span], marks: list[tuple[str, Span]], act: Act
) -> Statement:
    source = mark[1]
    sentence = next(s.span for s in sentences if s.span.start <= source.start < s.span.end)
    after, before = Span(source.end, max(source.end, sentence.end)), Span(sentence.start, source.start)
    content = after if len(after) > 12 or not len(before) else before
    content = next((s for k, s in marks if k == "(" and sentence.contains(s)), content)

    def inside(kind: str) -> tuple[Span, ...]:
        return tuple(s for k, s in marks if k == kind and sentence.contains(s))

    return Statement(
        statement_id(document, (source,), (), (content,)), document, (source,), (), (content,), QuoteType.INDIRECT, act,
        addressee=inside("{"), target_spans=inside("<"),
    )  # fmt: skip


def resolve(known: Knowledge, marked: str, date: str | None = None, act: Act | Sequence[Act] = Act.ASSERT) -> Resolved:
    """The marked text read and resolved."""
    return Resolver(known).resolve(*read(marked, date, act))


def speakers(resolved: Resolved) -> list[str]:
    """The names of the last statement's speakers, in order."""
    return [s.name for s in resolved.reading.statements[-1].speakers]
