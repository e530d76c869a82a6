"""Whom a saying is aimed at, whom it is said to, for whom it is said, and where: a line each."""

from __future__ import annotations

import pytest

from onrecord.knowledge import Knowledge
from onrecord.model import Act, Span
from onrecord.resolution.scene import Scene
from tests.resolution.world import read, resolve

DAY = "2040-05-02"

TARGETS = [
    (Act.DEMAND, "[[Ada Merrow]] called on <<the Korvathis>> to open the bridge.", ["Korvath"]),
    (Act.DEMAND, "[[Ada Merrow]] called on <<Senn>> to open the bridge.", ["Korvath"]),
    (Act.ACCUSE, "[[Ada Merrow]] accused <<Sergey Volkar>> of closing the bridge.", ["Korvath"]),
    (Act.ACCUSE, "[[Korvath]] blamed <<the Highland rebels>> for closing the bridge in Valdoria.", ["Highland Front"]),
    (Act.ACCUSE, "[[Korvath]] blamed <<gunmen>> for closing the bridge.", ["gunmen"]),
    (Act.ACCUSE, "[[Korvath]] blamed <<its soldiers>> for closing the bridge.", []),
    (Act.CONDEMN, "[[Ada Merrow]] criticised <<Korvath's actions>> at the bridge.", ["Korvath"]),
    (Act.CONDEMN, "[[Ada Merrow]] restated the position of Valdoria against Korvath and its ships.", ["Korvath"]),
    (Act.CONDEMN, "[[Greta Holmwood]] said the Pact was concerned about the Korvathi ships.", ["Korvath"]),
    (Act.ASSERT, "[[Ada Merrow]] said the Korvathi ships were old.", ["Korvath"]),
    (Act.ASSERT, "[[Ada Merrow]] said Korvath and Ulmania had old ships.", []),
    (Act.ASSERT, "[[Ada Merrow]] said Valdoria had old ships.", []),
    (Act.DEMAND, "[[Ada Merrow]] called for the Senn agreements to be kept by everybody.", []),
    (Act.PROMISE, "[[Yelena Drozh and Greta Holmwood]] said the Pact would talk to Korvath.", ["Korvath"]),
    (Act.SUPPORT, "[[The Littoral Pact]] stood by <<Valdoria>> at the bridge.", ["Valdoria"]),
]

#: Sayings that name no other party, and denials: the acts of the sayings in their order, and whom the last is aimed at.
TAKEN_UP = [
    (
        [Act.ACCUSE, Act.ASSERT, Act.WARN],
        "[[Ada Merrow]] accused <<Korvath>> of it. [[A baker]] said ((bread was dear)). [[Valdoria]] warned ((that more could follow)).",
        ["Korvath"],
    ),
    (
        [Act.ACCUSE, Act.DENY],
        "[[Ada Merrow]] accused <<Korvath>> of it. It rained. [[Senn]] denied ((any part in the closing)).",
        [],
    ),
    (
        [Act.DEMAND, Act.WARN],
        "[[Ada Merrow]] demanded that <<Korvath>> go. It rained. It rained. It rained. It rained. [[Valdoria]] warned ((of war)).",
        [],
    ),
    (
        [Act.ACCUSE, Act.ACCUSE, Act.WARN],
        "[[Ulmania]] accused <<Korvath>> of it. [[Ada Merrow]] accused <<Korvath>> of it. [[Senn]] warned ((of war)).",
        [],
    ),
    ([Act.ASSERT, Act.DENY], "[[Valdoria]] says ((ships were seen)). [[Senn]] denies ((this)).", ["Valdoria"]),
    ([Act.ASSERT, Act.DENY], "[[Valdorian officials]] say ((ships came)). [[Korvath]] denies ((that)).", ["Valdoria"]),
    ([Act.ASSERT, Act.DENY], "[[Ships]] were seen. It rained. It rained more. [[Senn]] denies ((it)).", []),
    ([Act.ASSERT, Act.DENY], "[[Valdoria]] said ((ships came)). It rained. It was cold. [[Senn]] denied ((it)).", []),
    (
        [Act.DEMAND],
        "In a note handed to the Korvathi embassy, [[Ada Merrow]] demanded ((that work stop)).",
        ["Korvath"],
    ),
    ([Act.WARN], "In a letter to Senn, [[Ada Merrow]] warned ((that time was short)).", ["Korvath"]),
    ([Act.ASSERT], "In a letter to Senn, [[Ada Merrow]] said ((that time was short)).", []),
    ([Act.DEMAND], "[[Ada Merrow]] demanded ((that work stop, as in the note to the Korvathi embassy)).", ["Korvath"]),
    ([Act.DEMAND], "In a note to the Korvathi and Ulmanian embassies, [[Ada Merrow]] demanded ((that work stop)).", []),
    (
        [Act.CONDEMN],
        "[[Ada Merrow]] condemned ((the seizure of an Ulmanian ship by the coast guard of Korvath)).",
        ["Korvath"],
    ),
    ([Act.DENY], "[[Korvath]] denied ((that <<the Highland rebels>> closed the bridge in Valdoria)).", []),
    ([Act.DENY], "[[Korvath]] denied ((<<Valdorian>> allegations that it closed the bridge)).", ["Valdoria"]),
    ([Act.DENY], "[[Korvath]] denied ((the allegations by <<Valdoria>> on the bridge)).", ["Valdoria"]),
    ([Act.ACKNOWLEDGE], "[[Korvath]] admitted ((that Valdorian ships were fast)).", []),
    (
        [Act.ACCUSE, Act.REJECT],
        "[[Ada Merrow]] accused <<Korvath>> of closing the bridge. [[Senn]] rejected ((the charge)).",
        ["Valdoria"],
    ),
    (
        [Act.ACCUSE, Act.ASSERT, Act.DENY],
        "[[Ada Merrow]] accused <<Korvath>> of it. [[Ulmania]] said ((it had seen ships)). [[Senn]] denied ((the accusation)).",
        ["Valdoria"],
    ),
    ([Act.DENY], "[[Korvath]] denied ((the charge)).", []),
    ([Act.REJECT], "PORT MERLE -- A law was passed. [[The Highland Front]] rejected ((the new law)).", ["Valdoria"]),
    ([Act.REJECT], "[[The Highland Front]] rejected ((the new law)).", []),
    (
        [Act.REQUEST],
        "The Littoral Pact and Valdorian envoys held a meeting. [[Valdoria]] had asked for ((the meeting)).",
        ["Littoral Pact"],
    ),
    ([Act.DEMAND], "[[Ada Merrow]] said ((monitors of the <<Harbour Watch>> must be allowed into the valley)).", []),
    ([Act.DEMAND], "[[Ada Merrow]] said ((Korvath must let the <<Harbour Watch>> into the valley)).", ["Korvath"]),
    ([Act.DEMAND], "[[Ada Merrow]] called for ((the <<Senn>> agreements to be kept)).", []),
    (
        [Act.ASSERT],
        'Sergey Volkar, the minister, came. "((I told the minister that the bridge was open,))" [[Ada Merrow]] said.',
        ["Korvath"],
    ),
    (
        [Act.ASSERT],
        'Ada Merrow had called Sergey Volkar. "((He did not pick up,))" said [[Merrow]].',
        ["Korvath"],
    ),
    (
        [Act.ACCUSE, Act.DEMAND],
        "[[Ada Merrow]] accused <<Korvath>> of it. [[She]] met Korvathi envoys and demanded ((that <<it>> open the bridge)).",
        ["Korvath"],
    ),
    ([Act.DENY], "[[Ada Merrow]] dismissed ((the <<Korvathi>> ultimatum)).", ["Korvath"]),
    ([Act.PROMISE], "Yelena Drozh met Ada Merrow. [[Drozh]] promised <<her>> ((a medal)).", ["Valdoria"]),
    ([Act.ASSERT], "Asked about Volkar's remarks, [[Ada Merrow]] laughed. Sergey Volkar was away.", ["Korvath"]),
    (
        [Act.ACCUSE, Act.ASSERT],
        "[[Ada Merrow]] accused <<Korvath>> of closing the bridge. [[She]] said ((the bars were steel)).",
        ["Korvath"],
    ),
    (
        [Act.ASSERT, Act.ASSERT],
        "[[Ada Merrow]] said ((the Korvathi ships were old)). [[She]] said ((the rain was over)).",
        [],
    ),
    (
        [Act.ACCUSE, Act.ASSERT],
        "[[Ada Merrow]] accused <<Korvath>> of closing the bridge. [[Ulmania]] said ((the bars were steel)).",
        [],
    ),
    ([Act.CONDEMN], "PORT MERLE -- It rained. [[The Highland Front]] criticised <<the government>>.", ["Valdoria"]),
]


@pytest.mark.parametrize(("acts", "text", "names"), TAKEN_UP)
def test_target_that_is_not_named(known: Knowledge, acts: list[Act], text: str, names: list[str]) -> None:
    assert [t.name for t in resolve(known, text, DAY, acts).reading.statements[-1].target] == names


@pytest.mark.parametrize(("act", "text", "names"), TARGETS)
def test_target(known: Knowledge, act: Act, text: str, names: list[str]) -> None:
    assert [t.name for t in resolve(known, text, DAY, act).reading.statements[-1].target] == names


ADDRESSEES = [
    ("[[Ada Merrow]] told {{Sergey Volkar}} that the bridge was open.", ["Sergey Volkar"]),
    ("[[Ada Merrow]] told {{journalists}} that the bridge was open.", ["journalists"]),
    ("[[Ada Merrow]] told {{Lighthouse Wire}} that the bridge was open.", ["Lighthouse Wire"]),
    ("[[Ada Merrow]] said that the bridge was open.", []),
]


@pytest.mark.parametrize(("text", "names"), ADDRESSEES)
def test_addressee(known: Knowledge, text: str, names: list[str]) -> None:
    assert [a.name for a in resolve(known, text, DAY).reading.statements[-1].addressees] == names


SIDES = [
    ("[[Ada Merrow]] said the bridge was open.", ["Valdoria"]),
    ("[[Greta Holmwood]] said the bridge was open.", ["Littoral Pact"]),
    ("[[Kit Sorrel]] said the bridge was open.", ["Highland Front"]),
    ("[[Korvath's defence ministry]] said the bridge was open.", ["Korvath"]),
    ("[[Pavel Ormin]] said the bridge was open.", ["Korvath"]),
    ("[[Ulmanian engineer Lise Kant]] said the bridge was open.", []),
    ("[[Korvath]] said the bridge was open.", []),
]


@pytest.mark.parametrize(("text", "names"), SIDES)
def test_on_behalf_of(known: Knowledge, text: str, names: list[str]) -> None:
    assert [s.name for s in resolve(known, text, DAY).reading.statements[-1].on_behalf_of] == names


PLACES = [
    ("PORT MERLE -- [[Ada Merrow]] said ((the bridge was open)).", "Port Merle"),
    ("SENN -- [[Ada Merrow]] said ((the bridge was open)).", "Senn"),
    ("SENN -- [[Ada Merrow]] told reporters in Merle Bay ((that the bridge was open)).", "Merle Bay"),
    ("SENN -- Speaking in Merle Bay, [[Ada Merrow]] said ((the bridge was open)).", "Merle Bay"),
    ("[[Ada Merrow]] said ((the bridge in Merle Bay was open)).", None),
    ("SENN -- [[Korvath]] denies that the bridge is closed.", None),
    ("[[Ada Merrow]] said ((the bridge was open)).", None),
    ("[[Ada Merrow]] told reporters in Kiev ((that the bridge was open)).", "Kyiv"),
    ("[[Ada Merrow]] told reporters in Brussels ((that the bridge was open)).", "Brussels"),
    ("[[Ada Merrow]] told reporters in Springfield ((that the bridge was open)).", None),
    ("[[Ada Merrow]] spoke at NATO headquarters after a meeting in Brussels ((on the bridge)).", "Brussels"),
    ("[[Ada Merrow]] told reporters in Merle Bay ((so)). [[She]] said ((the bridge was open)).", "Merle Bay"),
    ("GULL ROCKS, Korvath -- [[Ada Merrow]] said ((the bridge was open)).", "Gull Rocks"),
    ("KIEV -- [[Ada Merrow]] said ((the bridge was open)).", "Kyiv"),
    ("LENINGRAD -- [[Ada Merrow]] said ((the bridge was open)).", "Saint Petersburg"),
    ("RANGOON -- [[Ada Merrow]] said ((the bridge was open)).", "Yangon"),
    ("[[Ada Merrow]] told reporters in Bombay ((that the bridge was open)).", "Mumbai"),
    ("[[Ada Merrow]] told reporters in Saigon ((that the bridge was open)).", "Ho Chi Minh City"),
    ("[[Ada Merrow]] told reporters at Camp David ((that the bridge was open)).", "Camp David"),
    ("SENN -- [[Ada Merrow]] told reporters at the Lantern Palace ((that the bridge was open)).", "Senn"),
    ("SENN -- [[Ada Merrow]] said ((that the talks in Merle Bay were over)).", "Senn"),
    ("SENN -- [[Ada Merrow]] told reporters ((that she would speak in Merle Bay on Friday)).", "Senn"),
    ("MERLE BAY -- [[Ada Merrow]] said ((ships had left Senn for Port Merle)).", "Merle Bay"),
    ("BRISK -- [[Ada Merrow]] told reporters in Senn ((so)). [[Sergey Volkar]] said ((the bridge was open)).", "Brisk"),
]


@pytest.mark.parametrize(("text", "name"), PLACES)
def test_place(known: Knowledge, text: str, name: str | None) -> None:
    place = resolve(known, text, DAY).reading.statements[-1].place
    assert (None if place is None else place.name) == name


def test_a_place_has_its_position_and_country(known: Knowledge) -> None:
    place = (
        resolve(known, "[[Ada Merrow]] told reporters in Kiev ((that the bridge was open)).", DAY)
        .reading.statements[0]
        .place
    )
    assert place is not None
    assert place.country == "UA"
    assert place.lat == pytest.approx(50.45, abs=0.1)
    assert place.lon == pytest.approx(30.52, abs=0.1)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("MAYOR SAYS TRUCE IS DEAD", []),
        ("THIS IS WHO IT WAS", []),
        ("IS fighters took the hill", ["Islamic State"]),
        ("The US waited", ["United States"]),
    ],
)
def test_words_of_a_line_in_capitals_are_no_acronyms(known: Knowledge, line: str, named: list[str]) -> None:
    document, reading = read(f"It rained.\n{line}", DAY)
    scene = Scene(document, reading, known)
    span = Span(document.text.index(line), len(document.text))
    assert [n.named[0].actor.name for n in scene.names_in(span)] == named
