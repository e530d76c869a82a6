"""What pages nobody had looked at got wrong at first sight, one line for each cause; people and states are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.model import QuoteType, Reading

#: An adverbial between the object and what is charged, asked or offered.
BETWEEN = """
Arvenia accused Belmar on Tuesday of laying mines in the strait. || Arvenia | accused | Belmar … of laying mines in the strait | accuse
The mission accused both armies in a report on Friday of firing first. || The mission | accused | both armies … of firing first | accuse
Belmar blamed Ulmaria late on Sunday for the collapse of the talks. || Belmar | blamed | Ulmaria … for the collapse of the talks | accuse
The premier urged the council this week to act. || The premier | urged | the council … to act | demand
The chancellor urged the governor on Monday to publish the report. || The chancellor | urged | the governor … to publish the report | demand
"""

#: Who gets a thing offered or promised belongs to it; where it was said does not.
OBJECTS = """
The chancellor promised the widows a pension. || The chancellor | promised | the widows a pension | promise
The ministry has denied any involvement on its own channel. || The ministry | denied | any involvement | deny
The ministry condemned the raid in a statement. || The ministry | condemned | the raid | condemn
The ministry met on Friday. It accused Belmar of lying. || It | accused | Belmar of lying | accuse
Belmar rejected the suggestion that its navy knew of the voyage. || Belmar | rejected | the suggestion that its navy knew of the voyage | deny
Belmar rejected the suggestion to meet in May. || Belmar | rejected | the suggestion to meet in May | reject
The president called the raid "an act of piracy" and recalled its ambassador for consultations. || The president | called | the raid "an act of piracy" | condemn
The report was dismissed as false. || | dismissed | The report … as false | deny
"""

#: The speaker where the parser hangs him on what he says.
SPEAKERS = """
The dam will be filled with or without the consent of Tarvanne, its prime minister said Tuesday. || its prime minister | said | The dam will be filled with or without the consent of Tarvanne | assert
"All variants are lying on the table," has said to the journalists the speaker of the army, having added that the decision will fall soon. || the speaker of the army | said | All variants are lying on the table, | assert || the speaker of the army | added | the decision will fall soon | assert
In Vargovia consider that the incident with the drones is a provocation. || Vargovia | consider | the incident with the drones is a provocation | condemn
"""

#: Questions and denials of saying.
SILENCES = """
Asked by our reporter at the scene whether troops would go in, the minister replied: "I have nothing to add to that." || the minister | replied | I have nothing to add to that. | decline
"No comment," the envoy said. || the envoy | said | No comment, | decline
"I won't give you a date," the minister said. || the minister | said | I won't give you a date, | decline
The minister did not rule out an appeal to the court. || The minister | did not rule out | an appeal to the court | decline
Neither minister would discuss the map. || Neither minister | would | discuss the map | decline
Neither the envoy nor the minister admitted the loan.
Satellite pictures showed water rising behind the wall.
"""

#: Where a said clause ends.
CLAUSES = """
The police chief, Marit Holm, disputes that: she told state radio she had received no call. || The police chief, Marit Holm | disputes | that | deny || she | told | she had received no call | assert
The premier told deputies that the port was safe, that the guns were gone and that nobody need fear. || The premier | told | the port was safe, that the guns were gone and that nobody need fear | assert
The premier told the envoys that talks had failed, that her patience was at an end and urged them to go home. || The premier | told | talks had failed, that her patience was at an end | assert || The premier | urged | them to go home | demand
The premier told reporters the mine was closed and blamed the owners. || The premier | told | the mine was closed | assert || The premier | blamed | the owners | accuse
"""


@pytest.mark.parametrize("line", [x for x in (BETWEEN + OBJECTS + SPEAKERS + SILENCES + CLAUSES).splitlines() if x])
def test_what_was_wrong_at_first_sight(line: str, expect: Callable[[str], None]) -> None:
    expect(line)


def test_no_word_of_a_quotation_is_its_speaker(read: Callable[[str], Reading]) -> None:
    text = '"The gates close on July 1," Prime Minister Orla Denning told reporters in Dorrim.'
    (statement,) = read(text).statements
    assert [s.of(text) for s in statement.source] == ["Prime Minister Orla Denning"]
    assert [s.of(text) for s in statement.content] == ["The gates close on July 1,"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Arvenia accused Belmar of laying mines.", QuoteType.INDIRECT),
        ("Arvenia accused Belmar of piracy.", QuoteType.NARRATED),
        ("Belmar repeated the claim that the mine was safe.", QuoteType.INDIRECT),
    ],
)
def test_a_charge_with_a_verb_of_its_own_is_indirect(
    text: str, kind: QuoteType, read: Callable[[str], Reading]
) -> None:
    assert {s.quote_type for s in read(text).statements if s.nested_in is None} == {kind}


def test_a_page_in_single_marks_quotes_in_part_too(read: Callable[[str], Reading]) -> None:
    text = (
        "'We have been patient,' the minister said. 'They must go.'\n\n"
        "The premier accused the guild of 'treating advice as an opening bid'."
    )
    assert [s.quote_type for s in read(text).statements] == [QuoteType.DIRECT, QuoteType.MIXED]


def test_the_items_of_a_list_are_lines_of_their_own(read: Callable[[str], Reading]) -> None:
    text = (
        "Four men entered the embassy at noon, according to police\nThey have asked for a bus and for drinking water\n"
        "Tolva has ruled out any payment\nThe premier, who is travelling, has promised that nobody will be hurt"
    )
    contents = [" … ".join(c.of(text) for c in s.content) for s in read(text).statements]
    assert "any payment" in contents and "nobody will be hurt" in contents


@pytest.mark.parametrize(
    "text",
    [
        "The envoy was dismissed as minister in May.",
        "The spokesman, who was dismissed as editor, left the hall.",
    ],
)
def test_who_loses_an_office_is_not_denied(text: str, read: Callable[[str], Reading]) -> None:
    assert read(text).statements == ()
