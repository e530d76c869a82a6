"""What the content does when the cue only says that something is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.model import Reading

CASES = """
demand | The minister said that Dorvania must leave the valley.
demand | The minister said that both armies should step back.
demand | The chief said it was important to keep the hotline open.
demand | The envoy said that the rebels needed to lay down their arms.
demand | "We call on Dorvania to leave the valley," the chief said.
demand | The chief said he called on Dorvania to leave the valley.
demand | The chief said he had urged Dorvania to free the sailors.
promise | "We will rebuild the bridge," the premier said.
promise | The premier said he would rebuild the bridge.
promise | The premier said her government was committed to a free press.
reject | "We will never accept the new border," the president said.
reject | The president said Arvenia does not recognise the vote. The president is tired.
reject | The chief said there would be no concessions.
warn | The general said a new raid would lead to war and disaster.
warn | The general said there was a danger of a wider war.
warn | The spokesman said the treaty would not help the region.
condemn | "We condemn the raid on the village," the chief said.
condemn | The chief said the alliance was concerned about the shelling.
condemn | The minister said the raid was unacceptable.
support | "We welcome the ceasefire," the chief said.
support | The minister said she was grateful to Tolmenia.
accuse | The minister said Dorvania had violated the ceasefire.
accuse | The minister said that Dorvania continued to supply the separatists with guns.
accuse | The minister said that Dorvania was responsible for the raid.
deny | The Dorvanian minister said that Dorvania had never sent troops to the valley.
deny | President Oran Vell said Karvia had no guns in the valley.
deny | The envoy said Dorvania had not sent a single rifle across the pass.
assert | "I told the minister that the pass is watched," Vell said.
condemn | The chief said he restated its position against the annexation of the island.
deny | The minister said the report was false.
deny | The spokesman said there was no foreign legion in the valley.
offer | The chief said he was ready to meet the president.
reject | The chief said he was not ready for new talks.
assert | The minister said the talks had lasted two hours.
assert | "The mountains are high," the guide said.
request | The president said he had asked the alliance for observers.
"""


@pytest.mark.parametrize("line", [x for x in CASES.splitlines() if x])
def test_the_content_decides_the_act(line: str, read: Callable[[str], Reading]) -> None:
    act, text = (part.strip() for part in line.split("|", 1))
    outer = [s for s in read(text).statements if s.nested_in is None]
    assert [s.act.value for s in outer] == [act]


def test_swapping_the_parties_changes_no_act(read: Callable[[str], Reading]) -> None:
    for line in (x for x in CASES.splitlines() if x):
        text = line.split("|", 1)[1].strip()
        swapped = text.replace("Dorvania", "@").replace("Arvenia", "Dorvania").replace("@", "Arvenia")
        assert [s.act for s in read(swapped).statements] == [s.act for s in read(text).statements], text
