"""Offices at the edges of their terms, bare titles and described countries: one name, or nobody."""

from __future__ import annotations

import pytest

from evals.phrases import Judge
from onrecord.knowledge import Knowledge
from onrecord.reading import Reader

ROWS = [
    ("2013-07-10", "In Cairo supporters of [[the ousted president]] filled the square.", "Mohamed Morsi"),
    ("2021-02-20", "Joe Biden spoke in Ohio of [[the former president]].", "Donald Trump"),
    ("2009-06-01", "Barack Obama met [[the former president]] for lunch.", None),
    ("2016-05-01", "[[Former Prime Minister Brown]] walked through Leith.", "Gordon Brown"),
    ("2014-11-01", "[[The last Soviet president]] turned up on a bicycle.", "Mikhail Gorbachev"),
    ("2013-03-20", "[[Merkel's foreign minister]] flew south.", "Guido Westerwelle"),
    ("2013-03-20", "[[Smith's foreign minister]] flew south.", None),
    ("2014-03-20", "[[The Kremlin spokesman]] looked at his watch.", "Dmitry Peskov"),
    ("2014-03-20", "[[The Russian spokesman]] looked at his watch.", None),
    ("2012-01-05", "[[The Secretary-General]] of the union looked at his watch.", None),
    ("2012-01-05", "In Paris [[the secretary of state]] opened an exhibition.", None),
    ("2010-01-05", "Two parties formed a pact; [[the alliance]] hopes for ministers.", None),
    ("2018-05-01", "A Korean firm built a road to [[the North]] of Italy.", None),
    ("2018-05-01", "A road from Seoul to [[the North]] was mended.", "North Korea"),
    ("2015-06-01", "A ferry reached Cuba; [[the island]] lay dark.", "Cuba"),
    ("2015-06-01", "Rain is forecast for [[London]] and the coast.", None),
    ("2003-06-04", "At Aqaba [[the Palestinian prime minister]] stood in the sun.", "Mahmoud Abbas"),
    ("2012-05-01", "[[Russia's U.N. ambassador]] left early.", "Vitaly Churkin"),
]


@pytest.fixture(scope="module")
def judge() -> Judge:
    """The tables and the reader, loaded once."""
    return Judge(Knowledge.load(), Reader.load())


@pytest.mark.parametrize(("date", "text", "actor"), ROWS)
def test_whom_it_means(judge: Judge, date: str, text: str, actor: str | None) -> None:
    start, end = text.index("[["), text.index("]]")
    row = {"id": text, "date": date, "context": text.replace("[[", "").replace("]]", ""), "actor": actor}
    found = judge.judge({**row, "phrase": text[start + 2 : end], "start": start})
    assert found.verdict == "right", (found.got, found.rule)
