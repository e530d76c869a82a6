"""A copy's other spelling is the same line; another figure or a negation is another."""

from __future__ import annotations

import pytest

from onrecord.model import Act, Document, DocumentStatus, QuoteType, Reading, Span, Statement, statement_id
from onrecord.model.dates import UNKNOWN_DATE
from onrecord.pipeline.lines import reworded


def one(name: str, text: str, act: Act = Act.ASSERT) -> tuple[Document, Reading]:
    document = Document(name, name, text, "", "text/plain", (), UNKNOWN_DATE, DocumentStatus.ARTICLE)
    content = (Span(0, len(text)),)
    statement = Statement(statement_id(name, (), (), content), name, (), (), content, QuoteType.INDIRECT, act)
    return document, Reading(name, statements=(statement,))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("the organisation had seen 40 lorries at the pass", "the organization had seen 40 lorries at the pass", True),
        ("Dravno had sent no guns to the valley", "Dravnoe had sent no guns to the valley", True),
        ("the hotline was working,", "the hotline was working.", True),
        ("at least 6 people had been killed in the market", "at least 11 people had been killed in the market", False),
        ("Karvelia had troops in the upper valley", "Karvelia had no troops in the upper valley", False),
        ("it would never leave the upper valley", "it would leave the upper valley", False),
        ("the talks were useful", "the bridge had been rebuilt", False),
    ],
)
def test_reworded(first: str, second: str, same: bool) -> None:
    base, before = one("doc-a", first)
    copy, added = one("doc-b", second)
    assert bool(list(reworded(base, before, copy, added))) is same


def test_another_act_is_another_line() -> None:
    base, before = one("doc-a", "it would leave the valley", Act.PROMISE)
    copy, added = one("doc-b", "it would leave the valley", Act.THREATEN)
    assert list(reworded(base, before, copy, added)) == []
