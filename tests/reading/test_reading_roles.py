"""Targets, addressees, qualifiers, nesting, propositions, polarity and modality."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.model import Modality, Polarity, Reading

Read = Callable[[str], Reading]

TARGETS = """
Dorvania | The alliance called on Dorvania to withdraw its guns.
Dorvania | The alliance accused Dorvania of arming the rebels.
Dorvania | The minister blamed Dorvania for the collapse of the talks.
Dorvania | The president criticized Dorvania's manoeuvres.
Arvenia | The secretary offered strong support for Arvenia.
Arvenia | The alliance affirmed its support for Arvenia's territorial integrity.
Dorvania | The minister said that Dorvania must leave the valley.
Dorvania | The minister said Dorvania had violated the ceasefire.
Dorvania | The premier said Arvenia did not accept Dorvania's annexation of the island.
both sides | The council urged both sides to stop shelling the town.
the rebels | The minister told the rebels to leave the valley.
Dorvanians | The alliance condemned the raids carried out by the Dorvanians.
 | The president called for an immediate ceasefire.
 | The minister said the talks had lasted two hours.
 | The premier pledged to rebuild the bridge.
"""


@pytest.mark.parametrize("line", [x for x in TARGETS.splitlines() if x])
def test_whom_a_statement_is_aimed_at(line: str, read: Read) -> None:
    target, text = (part.strip() for part in line.split("|", 1))
    statement = next(s for s in read(text).statements if s.nested_in is None)
    assert " ".join(span.of(text) for span in statement.target_spans) == target


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Vell told journalists that the road was open.", "journalists"),
        ("Vell told a news conference that the road was open.", "a news conference"),
        ("The minister pointed out to Vell that the road was open.", "Vell"),
        ('"The road is open," Vell told the envoys.', "the envoys"),
        ("Vell said that the road was open.", ""),
    ],
)
def test_whom_the_words_are_said_to(text: str, addressee: str, read: Read) -> None:
    assert " ".join(span.of(text) for span in read(text).statements[0].addressee) == addressee


def test_the_narrators_qualification_is_no_content(read: Read) -> None:
    text = "Dorvania has denied any role in the raid despite strong evidence that its ships took part."
    (statement,) = read(text).statements
    assert [s.of(text) for s in statement.content] == ["any role in the raid"]
    assert [s.of(text) for s in statement.qualifier] == ["despite strong evidence that its ships took part"]


def test_a_presupposed_accusation_lies_inside_the_denial(read: Read) -> None:
    text = "Dorvania denies Arvenian accusations that it is arming the rebels."
    denial, accusation = read(text).statements
    assert (denial.act.value, accusation.act.value) == ("deny", "accuse")
    assert accusation.presupposed and accusation.nested_in == denial.id
    assert [s.of(text) for s in accusation.source] == ["Arvenian"]


def test_allegations_turned_away_keep_their_own_speaker(read: Read) -> None:
    text = 'The chief dismissed as "fantasy" allegations by President Oran Vell that spies had crossed the border.'
    denial, accusation = read(text).statements
    assert [s.of(text) for s in denial.content] == [
        "allegations by President Oran Vell that spies had crossed the border"
    ]
    assert denial.act.value == "deny"
    assert [s.of(text) for s in accusation.source] == ["President Oran Vell"]
    assert accusation.nested_in == denial.id and not accusation.presupposed


def test_a_reported_demand_is_nested(read: Read) -> None:
    text = "The chief reported that the allies demanded that Dorvania leave the valley."
    report, demand = read(text).statements
    assert demand.nested_in == report.id
    assert [s.of(text) for s in demand.source] == ["the allies"]
    assert demand.act.value == "demand"


def test_what_a_speaker_does_in_his_own_words_is_not_told_twice(read: Read) -> None:
    assert len(read('"We condemn the raid and call on Dorvania to leave," the chief said.').statements) == 1


def test_each_demand_is_a_proposition(read: Read) -> None:
    text = "The chief called on Dorvania to withdraw its guns, to free the sailors and to reopen the port."
    (statement,) = read(text).statements
    assert [" ".join(s.of(text) for s in p.content) for p in statement.propositions] == [
        "Dorvania to withdraw its guns",
        "to free the sailors",
        "to reopen the port",
    ]


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        ("Vell said the road was open.", Polarity.AFFIRMATIVE, Modality.FACT),
        ("Vell said the road was not open.", Polarity.NEGATIVE, Modality.FACT),
        ("Vell said nobody had left.", Polarity.NEGATIVE, Modality.FACT),
        ("Vell said the army must leave.", Polarity.AFFIRMATIVE, Modality.OBLIGATION),
        ("Vell said the army might leave.", Polarity.AFFIRMATIVE, Modality.POSSIBILITY),
        ("Vell said the army would leave.", Polarity.AFFIRMATIVE, Modality.FUTURE),
        ("Vell said the army would leave if the guns fell silent.", Polarity.AFFIRMATIVE, Modality.CONDITIONAL),
    ],
)
def test_polarity_and_modality(text: str, polarity: Polarity, modality: Modality, read: Read) -> None:
    statement = read(text).statements[0]
    assert (statement.polarity, statement.modality) == (polarity, modality)
