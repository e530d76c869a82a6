"""Institutions and states called by their kind, titles and pronouns between several: one name, or nobody."""

from __future__ import annotations

import pytest

from evals.phrases import Judge
from onrecord.knowledge import Knowledge
from onrecord.reading import Reader

ROWS = [
    # Institutions by kind
    ("2015-03-01", "NATO met in Brussels. [[The alliance]] was calm.", "NATO"),
    ("2015-03-01", "NATO met in Brussels. [[The organisation]] was calm.", "NATO"),
    ("2015-03-01", "The IMF and the World Bank met. [[The lender]] was calm.", None),
    ("2015-03-01", "Huawei opened a hall. [[The Chinese company]] was calm.", "Huawei"),
    ("2015-03-01", "Huawei opened a hall. [[The French company]] was calm.", None),
    ("2015-03-01", "The IAEA met in Vienna. [[The watchdog]] was calm.", "International Atomic Energy Agency"),
    # States by kind
    ("2015-06-01", "Snow fell on Nepal. [[The Himalayan country]] was calm.", "Nepal"),
    ("2015-06-01", "Snow fell on Sweden. [[The Himalayan country]] was calm.", None),
    ("2015-06-01", "A ship left Qatar for Kuwait. [[The Gulf emirate]] was calm.", None),
    ("2015-06-01", "Rain fell on Kenya. [[The neighbouring country]] was calm.", None),
    # Titles beside names, as predicates and between two
    ("2015-06-01", "Angela Merkel sat with Joko Widodo. [[The leader]] ate soup.", None),
    ("2015-06-01", "Joko Widodo is [[the president]] who likes soup.", None),
    ("2012-06-01", "[[The American ambassador in Beijing]] ate soup.", None),
    ("2020-06-01", "[[The pope]] ate soup.", "Francis"),
    ("2010-06-01", "Kurmanbek Bakiyev ate soup. [[The interim leader]] was late.", None),
    ("2017-10-20", "In Madrid [[the Catalan leader]] was not seen.", "Carles Puigdemont"),
    ("2023-10-20", "In Madrid [[the Basque leader]] was not seen.", None),
    ("2012-12-01", "[[Israel's military spokesman]] ate soup.", None),
    ("1992-06-01", "[[The head of the U.N. transitional authority]] ate soup.", "Yasushi Akashi"),
    ("1992-06-01", "[[The head of the U.N. soup authority]] ate soup.", None),
    ("2018-06-01", "[[Somaliland's president]] ate soup.", "Muse Bihi Abdi"),
    ("2018-06-01", "[[Puntland's president]] ate soup.", None),
    # Institutions and cities by the company in which they stand
    ("2015-06-01", "Over the steel tariffs [[Brussels]] was calm.", "European Union"),
    ("1999-04-12", "The air campaign went on, and [[Brussels]] was calm.", "NATO"),
    ("2015-06-01", "The soup was cold, and [[Brussels]] was calm.", None),
    ("2012-06-01", "Soldiers held Bamako and Niamey. [[The bloc]] was calm.", "ECOWAS"),
    ("2012-06-01", "Soup was sold in Abuja and in Gaborone. [[The bloc]] was calm.", None),
    # Envoys, by whom they speak for and for what
    ("2018-12-13", "[[The U.N. envoy for Yemen]] ate soup.", "Martin Griffiths"),
    ("2018-12-13", "Soup was served in Yemen to [[the U.N. envoy]].", "Martin Griffiths"),
    ("2018-12-13", "[[The U.N. envoy]] ate soup.", None),
    ("1999-03-26", "[[Russia's U.N. envoy]] ate soup.", "Sergey Lavrov"),
    # Offices of a body of a state, and seats
    ("2023-03-10", "[[The secretary of Iran's Supreme National Security Council]] ate soup.", "Ali Shamkhani"),
    ("2014-03-18", "[[The master of the Kremlin]] ate soup.", "Vladimir Putin"),
    ("2003-04-09", "[[The Pentagon chief]] ate soup.", "Donald Rumsfeld"),
    # Groups by their leaders
    ("2023-06-15", "[[The paramilitaries]] commanded by Mohamed Hamdan Dagalo ate soup.", "Rapid Support Forces"),
    # Seats as buildings
    ("1993-10-04", "Tanks fired into [[the White House]].", None),
    ("2001-12-22", "[[The chairman of Afghanistan's interim administration]] ate soup.", None),
    ("2008-07-21", "[[The Bosnian Serb wartime leader]] ate soup.", None),
    ("2012-07-19", "[[The U.N. mission chief]] ate soup.", None),
    ("2000-09-28", "[[The leader of the Ulmanian opposition]] ate soup.", None),
    ("2013-06-15", "[[Iran's president-elect]] ate soup.", "Hassan Rouhani"),
    ("2004-11-11", "In Paris [[the Palestinian leader]] died.", "Yasser Arafat"),
    ("2019-09-14", "[[Yemen's Houthi rebels]] ate soup.", "Houthis"),
    ("2017-02-13", "[[The half-brother of the North Korean leader]] ate soup.", None),
    ("2014-02-13", "[[The Syrian president's brother]] ate soup.", None),
    ("2014-02-13", "[[The Russian parliament's foreign affairs chief]] ate soup.", None),
    ("2014-02-13", "[[The OSCE chairman]] ate soup.", "Didier Burkhalter"),
    # A namesake in the office
    ("2001-01-26", "Laurent-Desire Kabila was shot last week. [[Kabila]] was sworn in.", "Joseph Kabila"),
    ("2001-01-26", "Laurent-Desire Kabila liked soup. [[Kabila]] was calm.", None),
    ("1991-04-16", "Mikhail Gorbachev ate soup with [[his Japanese counterpart]].", "Toshiki Kaifu"),
    # Pronouns
    ("2015-06-01", "Joko Widodo met Narendra Modi. [[He]] ate soup.", None),
    ("2015-06-01", "Joko Widodo ate soup. The soup of Narendra Modi was cold, [[he]] said.", "Joko Widodo"),
    ("2015-06-01", "Angela Merkel met Narendra Modi. [[He]] ate soup.", "Narendra Modi"),
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
