"""Who speaks: a line each, text with the source marked -> the speakers' canonical names (none: it abstains)."""

from __future__ import annotations

import pytest

from onrecord.knowledge import Knowledge
from onrecord.resolution.cast import same_title
from tests.resolution.world import resolve, speakers

DAY = "2040-05-02"

NAMES = [
    ("[[Ada Merrow]] said the bridge was open.", ["Ada Merrow"]),
    ("[[Foreign Minister Ada Merrow]] said the bridge was open.", ["Ada Merrow"]),
    ("[[Valdorian Foreign Minister Ada Merrow]] said the bridge was open.", ["Ada Merrow"]),
    ("[[Ada Merrow, the Valdorian foreign minister,]] said the bridge was open.", ["Ada Merrow"]),
    ("[[Valdoria's foreign minister, Ada Merrow]], said the bridge was open.", ["Ada Merrow"]),
    ("Ada Merrow arrived. [[Merrow]] said the bridge was open.", ["Ada Merrow"]),
    ("Foreign Minister Ada Merrow arrived. The bridge is open, said [[Ms Merrow]] later that day.", ["Ada Merrow"]),
    ("[[Sergei Volkar]] said the bridge was open.", ["Sergey Volkar"]),
    ("[[Sergey Volkar]] said the bridge was open.", ["Sergey Volkar"]),
    ("[[Foreign Minister Sergei Volkar of Korvath]] said the bridge was open.", ["Sergey Volkar"]),
    ("[[Elena Drozh]] said the bridge was open.", ["Yelena Drozh"]),
    ("[[President Drozh]] of Korvath said the bridge was open.", ["Yelena Drozh"]),
    ("[[Pavel Ormin]] spoke. Pavel Ormin-Lund of Ulmania was there too.", ["Pavel Ormin"]),
    ("[[Korvath's ambassador to the Pact Pavel Ormin]] said the bridge was open.", ["Pavel Ormin"]),
    ("[[Police superintendent Odo Grist]] said the bridge was open.", ["Odo Grist"]),
    ("Police superintendent Odo Grist came late. [[Grist]] said the bridge was open.", ["Odo Grist"]),
    ("Ada Merrow came. [[Merrow's statement]] said the bridge was open.", ["Ada Merrow"]),
    ("Analyst Tom Cuban came. [[Cuban]] said the bridge was open.", ["Tom Cuban"]),
    ("[[Jon Petrel of Petrel and Sons, a Brisk banker]], said the bridge was open.", ["Jon Petrel"]),
    ("[[Analyst Ruth Ambry]] said the bridge was open.", ["Ruth Ambry"]),
    ("[[Lt. Gen. Orla Fenwick]] said the bridge was open.", ["Orla Fenwick"]),
    ("[[Harbour Watch chief Idris Vane]] said the bridge was open.", ["Idris Vane"]),
    ("[[Mara Quill, a spokeswoman for the Littoral Pact]], said the bridge was open.", ["Mara Quill"]),
    ("[[Kit Sorrel, the rebels' envoy]], said the bridge was open. Valdoria did not reply.", ["Kit Sorrel"]),
    ("[[Former foreign minister Rurik Stane]] said the bridge was open.", ["Rurik Stane"]),
]

NAMES += [
    ("[[Valdoria's Ada Merrow]] said the bridge was open.", ["Ada Merrow"]),
    ("[[Ada K. Merrow]] said the bridge was open.", ["Ada Merrow"]),
    ("[[Adda Merrow]] said the bridge was open.", ["Ada Merrow"]),
    ("[[Yelina Drozh]] said the bridge was open.", ["Yelena Drozh"]),
    ("[[Boris Drozh]] said the bridge was open.", ["Boris Drozh"]),
    ("Korvath waited. [[King Volkar]] said the bridge was open.", []),
    ("[[Frau Ada Merrow]] said the bridge was open.", ["Ada Merrow"]),
    ("[[President Stane]] said the bridge was open.", ["Rurik Stane"]),
    ("Ada Merrow spoke at length. [[Drozh]] said the bridge was open.", ["Yelena Drozh"]),
    # A family name that one leader alone has that day needs no state beside it; one that many bear does.
    ("It rained at length. [[Drozh]] said the bridge was open.", ["Yelena Drozh"]),
    ("It rained at length. [[Brown]] said the bridge was open.", []),
    ("[[The Korvathi premier and Ada Merrow]] said the bridge was open.", []),
    ("[[Senn]]: President Yelena Drozh said the bridge was open.", []),
]

DESCRIBED = [
    ("Tobin Hale came to Senn. [[The envoy]] said the bridge was open.", ["Tobin Hale"]),
    ("Tobin Hale met Anselm Roe. [[The envoy]] said the bridge was open.", []),
    ("Tobin Hale met Anselm Roe. [[The Ulmanian diplomat]] said the bridge was open.", ["Anselm Roe"]),
    ("Tobin Hale came. A diplomat came too. [[The diplomat]] said the bridge was open.", ["diplomat"]),
    ("Ada Merrow came to Senn. [[The general]] said the bridge was open.", []),
    ("Anselm Roe came to Senn. [[The Ulmanian]] said the bridge was open.", ["Anselm Roe"]),
    ("It rained in Senn. [[The Ulmanian]] said the bridge was open.", []),
    ("Sergey Volkar met Ada Merrow. [[Her Korvathi opposite number]] said the bridge was open.", ["Sergey Volkar"]),
    ("Ada Merrow met Sergey Volkar in Brisk. [[His Valdorian counterpart]] said so.", ["Ada Merrow"]),
    ("The Highland Front took a bridge. [[The guerrillas]] said the bridge was open.", ["Highland Front"]),
    ("It rained. [[The guerrillas]] said the bridge was open.", ["guerrillas"]),
    ("[[The Korvathi regime]] said the bridge was open.", ["Korvath"]),
    ("[[The regime in Senn]] said the bridge was open.", ["Korvath"]),
    ("Yelena Drozh was ill. [[The Drozh government]] said the bridge was open.", ["Korvath"]),
    ("Korvath closed its border. [[The government]] said the bridge was open.", ["Korvath"]),
    ("Korvath met Ulmania. [[The government]] said the bridge was open.", []),
    ("[[The 12-member Littoral Pact]] said the bridge was open.", ["Littoral Pact"]),
    ("The Littoral Pact has a seat. [[The Brisk-based alliance]] said the bridge was open.", ["Littoral Pact"]),
    ("[[The Ulmanian Korvathi leader]] said the bridge was open.", []),
]

TITLES = [
    ("[[The Littoral Pact, a body of five states]], said the bridge was open.", ["Littoral Pact"]),
    ("((Korvath will close the bridge to Ulmania)), [[its president]] said on Monday.", ["Yelena Drozh"]),
    ("((Bridges of Korvath to Ulmania will close)), [[its president]] said on Monday.", []),
    ("Ada Merrow came. According to [[her words]], the bridge was open.", ["Ada Merrow"]),
    ("It rained. According to [[their words]], the bridge was open.", []),
    ("[[The Valdorian foreign minister]] said the bridge was open.", ["Ada Merrow"]),
    ("[[Valdoria's foreign minister]] said the bridge was open.", ["Ada Merrow"]),
    ("[[Valdoria's top diplomat]] said the bridge was open.", ["Ada Merrow"]),
    ("[[The foreign minister of Valdoria]] said the bridge was open.", ["Ada Merrow"]),
    ("[[The Pact chief]] said the bridge was open.", ["Greta Holmwood"]),
    ("[[The head of the Littoral Pact]] said the bridge was open.", ["Greta Holmwood"]),
    ("[[The alliance's secretary-general]] said the Littoral Pact was ready.", ["Greta Holmwood"]),
    ("[[LIPA Secretary General]] said the bridge was open.", ["Greta Holmwood"]),
    ("[[The Korvathi president]] said the bridge was open.", ["Yelena Drozh"]),
    ("[[Korvath's head of state]] said the bridge was open.", ["Yelena Drozh"]),
    ("[[Korvath's ambassador to the Pact]] said the bridge was open.", ["Pavel Ormin"]),
    ("[[Korvath's ambassador]] said the bridge was open.", ["Pavel Ormin"]),
    ("[[The chief of the Harbour Watch]] said the bridge was open.", ["Idris Vane"]),
    ("Foreign Minister Ada Merrow arrived. [[The minister]] said the bridge was open.", ["Ada Merrow"]),
    (
        "Foreign Minister Ada Merrow met President Yelena Drozh. [[The president]] said the bridge was open.",
        ["Yelena Drozh"],
    ),
    ("Greta Holmwood met Ada Merrow. [[The secretary-general]] said the bridge was open.", ["Greta Holmwood"]),
    ("PORT MERLE -- The rain fell. [[The president]] said the bridge was open.", ["Rurik Stane"]),
    ("Spokeswoman Mara Quill came. [[The spokeswoman]] said the bridge was open.", ["Mara Quill"]),
    ("[[The foreign ministers of Valdoria and Korvath]] said the bridge was open.", ["Ada Merrow", "Sergey Volkar"]),
    ("[[The Korvathi minister]] said so. Sergey Volkar then left.", ["Sergey Volkar"]),
    ("[[Sergey Volkar]] spoke. [[His Ulmanian counterpart]] said the bridge was open.", ["Anselm Roe"]),
    ("[[His Ulmanian counterpart Anselm Roe]] said the bridge was open.", ["Anselm Roe"]),
]

PRONOUNS = [
    ("[[Ada Merrow]] said the bridge was open. [[She]] said it would stay open.", ["Ada Merrow"]),
    ("[[Sergey Volkar]] said the bridge was open. [[He]] said it would stay open.", ["Sergey Volkar"]),
    ("Ada Merrow met Sergey Volkar. [[He]] said the bridge was open.", ["Sergey Volkar"]),
    ("Sergey Volkar met Ada Merrow. [[She]] said the bridge was open.", ["Ada Merrow"]),
    ("Ada Merrow came. It rained. It stopped. [[She]] said the bridge was open.", ["Ada Merrow"]),
    (
        "[[Sergey Volkar]] spoke of Ada Merrow's letter. Korvath was calm. [[He]] said the bridge was open.",
        ["Sergey Volkar"],
    ),
    ("[[Ada Merrow]] said so. Korvath denies it. [[She]] said the bridge was open.", ["Ada Merrow"]),
    ("Asked about Ada Merrow, [[Yelena Drozh]] laughed. [[She]] said the bridge was open.", ["Yelena Drozh"]),
    ("[[Ada Merrow]] said so. [[Yelena Drozh]] denied it. [[She]] said the bridge was open.", ["Yelena Drozh"]),
    ("[[Ada Merrow]] said so, and [[Yelena Drozh]] denied it. [[She]] said the bridge was open.", []),
    ("[[He]] said the bridge was open.", []),
    ("Ada Merrow came. [[He]] said the bridge was open.", []),
    ("[[Korvath]] denied it. [[It]] said the bridge was open.", ["Korvath"]),
    ("[[The Littoral Pact]] met. [[It]] said the bridge was open.", ["Littoral Pact"]),
    ("[[Two diplomats]] spoke. [[They]] said the bridge was open.", ["Two diplomats"]),
    ("[[Merrow]] and [[Volkar]] came. [[We]] are ready for the bridge.", []),
    ("[[A spokesman for the harbour]] said so. [[He]] said the bridge was open.", ["spokesman for the harbour"]),
    ("Sergey Volkar came. [[The captain of the Merle Star]] spoke. [[He]] said so.", ["captain of the Merle Star"]),
    ("Sergey Volkar came. [[The keel of the Merle Star]] spoke. [[He]] said the bridge was open.", []),
    ("Kit Sorrel came down the road. [[She]] said the bridge was open.", ["Kit Sorrel"]),
    ('Ada Merrow came. "Sergey Volkar knows it," she said. [[He]] said the bridge was open.', []),
    ("[[Ada Merrow]] said so. It rained.\nIt rained.\nIt rained.\nIt rained.\n[[She]] said the bridge was open.", []),
    ("[[President Yelena Drozh]] spoke. [[Her government]] denied that the bridge was closed.", ["Korvath"]),
    ("[[Sergey Volkar]] spoke. [[His country]] denied that the bridge was closed.", ["Korvath"]),
]

STATES = [
    ("[[Valdoria]] said the bridge was open.", ["Valdoria"]),
    ("[[Port Merle]] said the bridge was open.", ["Valdoria"]),
    ("[[Senn]] flatly denies that the bridge is closed.", ["Korvath"]),
    ("[[The Lantern Palace]] said the bridge was open.", ["Valdoria"]),
    ("[[The Korvathis]] said the bridge was open.", ["Korvath"]),
    ("[[The Korvathi side]] said the bridge was open.", ["Korvath"]),
    ("[[The Korvathi government]] said the bridge was open.", ["Korvath"]),
    ("[[Moscow]] said the bridge was open.", ["Russia"]),
    ("[[Kiev]] asked for the bridge to be opened.", ["Ukraine"]),
    ("[[The Kremlin]] said the bridge was open.", ["Russia"]),
    ("[[Downing Street]] said the bridge was open.", ["United Kingdom"]),
    ("[[The Élysée]] said the bridge was open.", ["France"]),
    ("[[The U.S.]] said the bridge was open.", ["United States"]),
    ("NATO met. [[Brussels]] said the bridge was open.", ["NATO"]),
    ("The European Union met. [[Brussels]] said the bridge was open.", ["European Union"]),
    ("It rained. [[Brussels]] said the bridge was open.", []),
    ("The EU and NATO met. [[Brussels]] said the bridge was open.", []),
    ("[[Western countries]] said the bridge was open.", ["Western countries"]),
    ("[[Western]] accusations that the bridge was closed were heard.", ["Western countries"]),
]

GROUPS = [
    ("The Littoral Pact met. [[The alliance]] said the bridge was open.", ["Littoral Pact"]),
    ("NATO met. [[The alliance]] said the bridge was open.", ["NATO"]),
    ("[[The alliance]] said the bridge was open.", []),
    ("The Harbour Watch met. [[The organisation]] said the bridge was open.", ["Harbour Watch"]),
    ("Valdoria was calm. [[The rebels]] said the bridge was open.", ["Highland Front"]),
    ("[[Diplomats]] said the bridge was open.", ["Diplomats"]),
    ("[[Some residents]] said the bridge was open.", ["Some residents"]),
    ("[[A senior Pact official]] said the bridge was open.", ["senior Pact official"]),
    ("[[Two Korvathi officers, who asked not to be named,]] said the bridge was open.", ["Two Korvathi officers"]),
    ("[[Korvath's defence ministry]] said the bridge was open.", ["Korvathi Defence Ministry"]),
    ("[[The Valdorian army]] said the bridge was open.", ["Valdorian Army"]),
    ("[[Ulmania's parliament]] said the bridge was open.", ["Ulmanian Parliament"]),
    ("PORT MERLE -- It rained. [[The foreign ministry]] said the bridge was open.", ["Valdorian Foreign Ministry"]),
    ("[[The foreign ministry]] said the bridge was open.", []),
    ("[[The Merle Bay Observer]] said the bridge was open.", ["Merle Bay Observer"]),
    ("[[The official news agency Lighthouse Wire]] said the bridge was open.", ["Lighthouse Wire"]),
    ("[[The Interfax news agency]] said the bridge was open.", ["Interfax"]),
    ("[[Merle Shipping Ltd]] said the bridge was open.", ["Merle Shipping Ltd"]),
    ("[[Small groups of protesters]] said the bridge was open.", ["Small groups of protesters"]),
    (
        "[[The captain, reached by radio,]] said so. [[The ferry's captain, reached by radio,]] agreed.",
        ["ferry's captain"],
    ),
    ("[[Lighthouse Wire]] said the bridge was open.", ["Lighthouse Wire"]),
    ("The Harbour Watch, [[whose inspectors]] said the bridge was open, left.", ["Harbour Watch"]),
    ("[[The bridge]] said the door was open.", []),
]

SEVERAL = [
    ("[[Ada Merrow and Sergey Volkar]] said the bridge was open.", ["Ada Merrow", "Sergey Volkar"]),
    ("Ada Merrow met Sergey Volkar. [[Merrow and Volkar]] said the bridge was open.", ["Ada Merrow", "Sergey Volkar"]),
    ("[[Valdoria and Korvath]] said the bridge was open.", ["Valdoria", "Korvath"]),
    ("[[Valdoria, Korvath and Ulmania]] said the bridge was open.", ["Valdoria", "Korvath", "Ulmania"]),
    ("[[Bosnia and Herzegovina]] said the bridge was open.", ["Bosnia and Herzegovina"]),
    ("Ada Merrow met Sergey Volkar. [[The two ministers]] said the bridge was open.", ["Ada Merrow", "Sergey Volkar"]),
    ("Valdoria met Korvath in Brisk. [[The two sides]] said the bridge was open.", ["Valdoria", "Korvath"]),
    ("Valdoria met Korvath, Ulmania and the Littoral Pact. [[The two sides]] said the bridge was open.", []),
    ("[[Ada Merrow]] met [[Sergey Volkar]]. [[Both men]] said the bridge was open.", ["Ada Merrow", "Sergey Volkar"]),
    ("[[Ada Merrow and other officials]] said the bridge was open.", ["Ada Merrow", "other officials"]),
]

ABSTAINS = [
    "[[Sun]] said the bridge was open.",
    "Ada Merrow came. [[Ada Merrow's wife]] said the bridge was open.",
    "Ada Merrow came. [[The Merrow camp]] said the bridge was open.",
    "[[a study by the University of Brisk]] said the bridge was open.",
    "The United Nations met. [[The agency]] said the bridge was open.",
    "[[Merrow]]s are a kind of bird.",
    "[[The former foreign minister]] said the bridge was open.",
    "[[A foreign minister]] said the bridge was open.",
    "[[The minister]] said the bridge was open.",
    "Ada Merrow met Sergey Volkar. [[An unmanned aircraft of the Pact]] saw the bridge.",
    "[[His Ulmanian counterpart]] said the bridge was open.",
    "[[Their envoy]] said the bridge was open.",
    "[[The Ulmanian ambassador to Korvath]] said the bridge was open.",
    "[[Springfield]] said the bridge was open.",
    "[[Reports from the bridge]] said the door was open.",
    "[[Its leader]] said the bridge was open.",
    "[[we]] said the bridge was open.",
]


@pytest.mark.parametrize(("text", "names"), NAMES + DESCRIBED + TITLES + PRONOUNS + STATES + GROUPS + SEVERAL)
def test_speaker(known: Knowledge, text: str, names: list[str]) -> None:
    assert speakers(resolve(known, text, DAY)) == names


@pytest.mark.parametrize("text", ABSTAINS)
def test_abstains(known: Knowledge, text: str) -> None:
    assert speakers(resolve(known, text, DAY)) == []


#: One phrase on different days; without a day the page itself must name the holder.
ON_DAYS = [
    ("2040-05-02", "[[Valdoria's foreign minister]] said the bridge was open.", ["Ada Merrow"]),
    ("2041-05-31", "[[Valdoria's foreign minister]] said the bridge was open.", ["Ada Merrow"]),
    ("2041-06-01", "[[Valdoria's foreign minister]] said the bridge was open.", []),
    ("2041-06-02", "[[Valdoria's foreign minister]] said the bridge was open.", ["Tobin Hale"]),
    ("2041-06-02", "[[The Valdorian president]] said the bridge was open.", ["Ada Merrow"]),
    ("2037-12-31", "[[Valdoria's foreign minister]] said the bridge was open.", []),
    ("2050-01-01", "[[Korvath's foreign minister]] said the bridge was open.", []),
    (None, "[[Valdoria's foreign minister]] said the bridge was open.", []),
    (None, "Tobin Hale was there. [[Valdoria's foreign minister]] said the bridge was open.", ["Tobin Hale"]),
    (None, "[[Tobin Hale]] said the bridge was open.", ["Tobin Hale"]),
    ("2015-05-19", "[[Russia's top diplomat]] spoke of the bridge.", ["Sergei Lavrov"]),
    ("2003-05-19", "[[Russia's top diplomat]] spoke of the bridge.", ["Igor Ivanov"]),
    ("2015-05-19", "Ukraine was calm. [[The rebels]] spoke of the bridge.", ["separatists in eastern Ukraine"]),
    ("2015-05-19", "[[The NATO chief]] spoke of the bridge.", ["Jens Stoltenberg"]),
    ("2010-05-19", "[[The NATO chief]] spoke of the bridge.", ["Anders Fogh Rasmussen"]),
    ("2030-05-19", "[[The NATO chief]] spoke of the bridge.", []),
    ("2012-05-07", "[[The Russian president]] spoke of the bridge.", ["Vladimir Putin"]),
    ("2012-05-06", "[[The Russian president]] spoke of the bridge.", ["Dmitry Medvedev"]),
    ("2016-06-01", "[[The U.S. secretary of state]] spoke of the bridge.", ["John Kerry"]),
    ("2018-06-01", "[[The UN secretary-general]] spoke of the bridge.", ["Antonio Guterres"]),
    ("2020-06-01", "[[The president of the European Commission]] spoke of the bridge.", ["Ursula von der Leyen"]),
]


@pytest.mark.parametrize(("date", "text", "names"), ON_DAYS)
def test_speaker_on_a_day(known: Knowledge, date: str | None, text: str, names: list[str]) -> None:
    assert speakers(resolve(known, text, date)) == names


@pytest.mark.parametrize(
    ("title", "words", "same"),
    [
        ("minister", "foreign minister", True),
        ("minister", "minister of defence", True),
        ("Minister", "Minister for Trade", True),
        ("secretary", "secretary of state", True),
        ("trade minister", "minister of defence", False),
        ("president", "speaker of the house", False),
        ("minister", "ministry of defence", False),
    ],
)
def test_a_bare_title_is_the_head_of_a_longer_one(title: str, words: str, same: bool) -> None:
    assert same_title(title, words, title, words) is same
