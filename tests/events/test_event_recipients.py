"""Who does it and whom it is done to: one line for each way in which a sentence may tell."""

from __future__ import annotations

import pytest

from evals.events import document, found_in
from onrecord.reading import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The reader with its models."""
    return Reader.load()


CASES = [
    # whose the thing is
    ("The Compact imposed an asset freeze on two Kerrani shipping lines and their owners.", "SANCTION", "Compact", "Kerrani, owners"),
    ("The shelling of a Velmoran customs post by the Kerrani army wounded four guards.", "ASSAULT", "army", "Velmoran"),
    ("Authorities in Tyrrand seized a cargo ship that belongs to an Ubrelian firm.", "COERCE", "Authorities", "firm"),
    ("Tyrrish jets bombed villages held by the Hill Guard.", "ASSAULT", "jets", "Guard"),
    ("Rebels besieged the town of Ast, which is held by the Velmoran army.", "COERCE", "Rebels", "army"),
    ("Border troops from Sarkan opened fire on a bus carrying Pellian pilgrims.", "ASSAULT", "troops", "pilgrims"),
    ("Pellia vetoed a resolution put forward by Tamos.", "REJECT", "Pellia", "Tamos"),
    ("Pellia closed its consulate in the Sarkani port of Brusk.", "SANCTION", "Pellia", "Sarkani"),
    ("Ubrel reopened its consulate in Tyrrand.", "SUPPORT", "Ubrel", "Tyrrand"),
    ("Ubrel lifted its ban on fruit from Tyrrand.", "RETREAT", "Ubrel", "Tyrrand"),
    ("Ubrel recalled its envoy to Tyrrand for consultations.", "SANCTION", "Ubrel", "Tyrrand"),
    ("The Sound Authority suspended Ubrel's voting rights.", "SANCTION", "Authority", "Ubrel"),
    ("Pellia sued the Sarkani state railway in a court abroad.", "ACCUSE", "Pellia", "Sarkani"),
    # borders and seats
    ("Velmora moved two brigades up to the Kerrani border.", "MOBILIZE", "Velmora", "Kerrani"),
    ("Velmora reinforced its posts along the frontier with Kerran.", "MOBILIZE", "Velmora", "Kerran"),
    ("Students gathered outside the embassy of Kerran and burned tyres.", "PROTEST", "Students", "Kerran"),
    ("Dockworkers demonstrated in front of the Compact's headquarters on Friday.", "PROTEST", "Dockworkers", "Compact"),
    ("Farmers protested outside the agriculture ministry on Monday.", "PROTEST", "Farmers", ""),
    # several, and served
    ("Solt called on the Uplands Council and Kerran to lay down their arms.", "REQUEST", "Solt", "Council, Kerran"),
    ("Doru held talks with the Sarkani leader and with envoys of the River Pact.", "CONSULT", "Doru", "leader, envoys"),
    ("Velmora gave the Tollan Union access to three ports.", "CONCEDE", "Velmora", "Union"),
    ("Velmora was given a loan of 90 million marks by the Tollan Union.", "AID", "Union", "Velmora"),
    ("The families of the drowned received compensation from the Kerrani state.", "AID", "Kerrani", "families"),
    ("Ubrel denied the inspectors access to the dry dock.", "REJECT", "Ubrel", "inspectors"),
    ("Ubrel allowed inspectors from the Sound Authority to enter the dry dock.", "RETREAT", "Ubrel", "inspectors"),
    ("Varga promised his visitors that the pipeline would be repaired by June.", "AGREE", "Varga", "visitors"),
    # passives and nouns
    ("An Ubrelian tanker was hit by a missile fired by the Hill Guard.", "ASSAULT", "Guard", "Ubrelian"),
    ("The killing of two shepherds by Kerrani border guards angered the valley.", "ASSAULT", "guards", "shepherds"),
    ("Their release was announced by the Uplands Council on local radio.", "RETREAT", "", "Their"),
    ("Six members of the Hill Guard died in a raid by Tyrrish commandos.", "ASSAULT", "commandos", "members"),
    ("A rally against the president drew 20,000 people to the square.", "PROTEST", "people", "president"),
    ("Fierce clashes between Tyrrish marines and the Hill Guard were reported near Ullis.", "ASSAULT", "marines", "Guard"),
    ("The visit of a Tamosan frigate ended on Sunday.", "CONSULT", "frigate", ""),
    ("Solt, who was on a visit to the Tollan Union, gave no interview.", "CONSULT", "Solt", "Union"),
    ("Varga is due to meet Doru in Tamos on 3 June.", "AGREE", "Varga", "Doru"),
    ("Ministers from Caldria and Ombe will meet on neutral ground in March.", "AGREE", "Ministers", ""),
    ("Uskar has been suspended from the games by the Rowing Federation.", "SANCTION", "Federation", "Uskar"),
    ("The gunboats did not fire on the swimmers.", "ASSAULT", "gunboats", "swimmers"),
    ("Lisk lifted its blockade of Anholt's harbour at noon.", "CONCEDE", "Lisk", "Anholt"),
    ("A sit-in by pensioners against the mayor went on for nine days.", "PROTEST", "pensioners", "mayor"),
    ("Hallam will deploy a brigade opposite Tewk in August.", "MOBILIZE", "Hallam", "Tewk"),
    ("The army drove the clans out of the valley.", "ASSAULT", "army", "clans"),
    ("State television spread false reports about the clans.", "COERCE", "television", "clans"),
    # sayings
    ("The viceroy made no threats against the islanders.", "THREATEN", "viceroy", "islanders"),
    ("Kerran, accused by Velmora of arming the rebels, left the hall.", "ACCUSE", "Velmora", "Kerran"),
    ("Sarkan was widely condemned over the explosion.", "ACCUSE", "", "Sarkan"),
    ("Holt deplored the attack by the clans.", "ACCUSE", "Holt", "clans"),
    ("The Uplands Council vowed revenge on Velmora.", "THREATEN", "Council", "Velmora"),
    ("Velmora insisted that Kerran pay for the dredger.", "REQUEST", "Velmora", "Kerran"),
    ("The Pact urged restraint on both sides.", "REQUEST", "Pact", "sides"),
    ("Tyrrand agreed to return the icebreaker to Ubrel.", "CONCEDE", "Tyrrand", "Ubrel"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "root", "acting", "taking"), CASES)
def test_who_does_it_to_whom(reader: Reader, text: str, root: str, acting: str, taking: str) -> None:
    found = [one for one in found_in(reader, text) if one.root == root]
    assert len(found) == 1
    for spans, wanted in ((found[0].actors, acting), (found[0].recipients, taking)):
        words = [word for word in wanted.split(", ") if word]
        told = [span.of(text) for span in spans]
        assert len(told) == len(words)
        assert all(any(word in phrase for phrase in told) for word in words)


@pytest.mark.parametrize(
    ("text", "roots"),
    [
        # what is only spoken of, or only done for something, is no second event
        ("Velmora denied Kerran's charge that it had poisoned the river.", ["REJECT"]),
        ("Sarn declined Norvek's invitation to the conference.", ["REJECT"]),
        ("The guerrillas threatened to kill the hostages by Friday.", ["THREATEN"]),
        ("President Dav Renko demanded the withdrawal of Velmoran troops from the salt pans.", ["REQUEST"]),
        ("Varga and Doru agreed to reopen the railway.", ["AGREE"]),
        ("The Union fined a Lunian shipping firm 3 million florins.", ["SANCTION"]),
        ("The bank said the weather would improve.", []),
        ("Pyrian unions threatened a strike against the port authority.", ["THREATEN"]),
        ("The villagers talk with a soft accent.", []),
    ],
)
def test_what_is_one_event(reader: Reader, text: str, roots: list[str]) -> None:
    assert [one.root for one in found_in(reader, text)] == roots


@pytest.mark.parametrize(
    ("text", "aux"),
    [
        ("A spokesman said talks with Tasse would open on 7 April.", "future"),
        ("Talks with Tasse would open on 7 April if the guns fell silent.", "hypothetical"),
        ("A spokesman said talks with Tasse would open on 7 April if the guns fell silent.", "hypothetical"),
    ],
)
def test_what_was_to_come_when_it_was_said(reader: Reader, text: str, aux: str) -> None:
    assert [one.aux for one in found_in(reader, text)] == [aux]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("The army and the clans fought near the ford.", "sideAB"),
        ("Clashes between the army and the clans broke out near the ford.", "sideAB"),
        ("The army drove the villagers out of the valley.", "cleansing"),
        ("The ethnic cleansing of the valley by the army went on for a month.", "cleansing"),
        ("Soldiers sexually assaulted two prisoners in the fort.", "sexual"),
        ("State television spread false reports about the clans.", "misinformation"),
        ("The clans fired rockets at the fort.", "heavy-weapons"),
    ],
)
def test_modes_that_words_show(reader: Reader, text: str, mode: str) -> None:
    assert [m.mode for m in reader.read(document(text)).events] == [mode]
