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
    ("2012-05-01", "Lamps went out above [[Cairo]] as sirens sounded.", None),
    ("2012-05-01", "Barack Obama stood beside [[the Jordanian monarch]].", "Abdullah II of Jordan"),
    ("2014-05-01", "After a dinner in South Merle, [[the secretary-general]] asked for calm.", "Ban Ki-moon"),
    ("2014-05-01", "Ministers in several capitals called in [[the Russian ambassador]].", None),
    ("2018-05-01", "Three years ago in Paris [[the American secretary of state]] had smiled.", "John Kerry"),
    ("2019-01-20", "Two years ago [[the American president]] had smiled.", None),
    ("2018-05-01", "A rumour reached [[the new Russian president]] at noon.", None),
    ("2018-05-01", "Indian police came late. [[It]] was not clear how many had left.", None),
    ("2013-05-01", "Bill Clinton thanked [[the retired general]] for coming.", None),
    ("2013-05-01", "Jimmy Carter signed, and so did [[the general]] who ran the council.", None),
    ("2024-05-01", "Flour was short. [[The agency's head]] wrote to donors.", None),
    ("2015-05-01", "Papers in Port Moresby quoted [[Papua New Guinea's prime minister]].", "Peter O'Neill"),
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
