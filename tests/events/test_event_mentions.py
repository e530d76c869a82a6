"""What the reader finds in sentences: kind, code, how it is told, who takes part; and what names no event."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.events import document
from onrecord.knowledge.plover import modes
from onrecord.model import Auxiliary, EventKind, EventMention, Role, Root
from onrecord.reading import Reader
from onrecord.reading.events.figures import number
from onrecord.reading.events.triggers import classes, triggers


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def told(text: str, mention: EventMention) -> str:
    by = ", ".join(p.span.of(text) for p in mention.in_role(Role.ACTOR, Role.SIGNATORY))
    to = ", ".join(p.span.of(text) for p in mention.in_role(Role.RECIPIENT, Role.HOST))
    code = mention.code.value if mention.code else "-"
    return f"{mention.kind.value} {code} {mention.aux.value}: {by} -> {to}"


#: sentence || kind code aux: who -> whom
FOUND = """
President Ilse Marn met Prime Minister Rolf Odd in Lusk. || meeting CONSULT asserted: President Ilse Marn -> Prime Minister Rolf Odd
Orrin and Tasse held talks on Monday. || talks CONSULT asserted: Orrin -> Tasse
The meeting between Marrow and Tasse took place in Vey. || meeting CONSULT asserted: Marrow -> Tasse
Marn will meet Odd next week. || meeting AGREE future: Marn -> Odd
Marn did not meet Odd. || meeting CONSULT negated: Marn -> Odd
Marn might meet Odd. || meeting CONSULT hypothetical: Marn -> Odd
Marn had met Odd in 2019. || meeting CONSULT historical: Marn -> Odd
Foreign Minister Uwe Lind visited Marrow on Friday. || visit CONSULT asserted: Foreign Minister Uwe Lind -> Marrow
Orrin and Tasse signed a treaty on fishing. || agreement SUPPORT asserted: Orrin, Tasse ->
At the palace a signing ceremony of an agreement between Orrin and Marrow was held. || agreement SUPPORT asserted: Orrin, Marrow ->
Orrin's parliament adopted a law on schools. || legislation - asserted: Orrin's parliament ->
Tassian jets bombed a depot near Vey, killing two guards. || attack ASSAULT asserted: Tassian jets -> two guards
Two journalists were arrested by Tassian police. || detention COERCE asserted: Tassian police -> Two journalists
The arrest of two journalists by Tassian police was filmed. || detention COERCE asserted: Tassian police -> two journalists
Orrin sent flour to Marrow. || aid AID asserted: Orrin -> Marrow
Orrin released eleven Tassian fishermen. || release RETREAT asserted: Orrin -> eleven Tassian fishermen
Tasse deployed 500 soldiers along the canal. || deployment MOBILIZE asserted: Tasse ->
Orrin's navy held exercises with Marrow. || exercise COOPERATE asserted: Orrin's navy -> Marrow
The League imposed sanctions on Tasse. || sanction SANCTION asserted: The League -> Tasse
Thousands of students marched through Vey. || protest PROTEST asserted: Thousands of students ->
Orrin expelled four diplomats. || expulsion SANCTION asserted: Orrin -> four diplomats
Tasse has not accused Orrin of anything. || saying ACCUSE negated: Tasse -> Orrin
Orrin demanded that Tasse withdraw its ships. || saying REQUEST asserted: Orrin -> Tasse
"""

#: Sentences that tell no event, each with a word that might.
SILENT = """
The talks process is the subject of three books.
Shares rallied and prices retreated.
The earthquake killed 40 people.
More than 300 people have been killed since March 2040.
The attack on corruption is a theme of the campaign.
The company met its targets.
In March the valley is green.
A ceasefire line divides the island.
The strike price of the option is high.
"""


@pytest.mark.parametrize("line", [line for line in FOUND.splitlines() if line])
def test_an_event_is_found_with_its_people(line: str, reader: Reader) -> None:
    text, _, wanted = line.partition(" || ")
    found = [told(text, m).strip() for m in reader.read(document(text)).events]
    assert found == [wanted]


@pytest.mark.parametrize("text", [line for line in SILENT.splitlines() if line])
def test_words_that_only_sound_like_events_are_none(text: str, reader: Reader) -> None:
    assert [told(text, m) for m in reader.read(document(text)).events] == []


def test_every_trigger_has_a_mode_of_its_root() -> None:
    rows = [t for some in triggers().values() for t in some]
    assert [t.words for t in rows if t.mode is not None and (t.code, t.mode) not in modes()] == []


def test_every_object_is_a_class_of_the_table() -> None:
    asked = {"party", "person", "place", "target", "any", "with-aid", "plural", "armed", "general", "admitted"}
    rows = [t for some in triggers().values() for t in some if t.object is not None]
    named = {t.object.removesuffix("-sbj") for t in rows if t.object is not None} - asked
    assert named <= classes() | {"worker", "rally"}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("10,000", 10_000),
        ("two hundred", 200),
        ("a dozen", 12),
        ("3 million", 3_000_000),
        ("eleven", 11),
        ("many", None),
    ],
)
def test_numbers_in_digits_and_words(words: str, value: int | None) -> None:
    assert number(words) == value


def test_a_figure_has_comparator_unit_and_period(reader: Reader) -> None:
    text = "The war has left more than 10,000 people dead since early 2034, officials said."
    [figure] = reader.read(document(text)).figures
    assert (figure.value, figure.comparator.value, figure.unit, figure.of) == (10_000, "more-than", "people", "killed")
    assert figure.period is not None
    assert figure.period.of(text) == "since early 2034"


def test_an_event_inside_words_belongs_to_them(reader: Reader) -> None:
    text = "Lind said that rebels attacked a patrol on Sunday."
    reading = reader.read(document(text))
    [mention] = [m for m in reading.events if m.kind is EventKind.ATTACK]
    assert mention.told_in == reading.statements[0].id


def test_what_is_demanded_has_not_happened(reader: Reader) -> None:
    text = "Orrin called on Tasse to withdraw its troops."
    assert [m.code for m in reader.read(document(text)).events] == [Root.REQUEST]


_SIDES = ["Orrin", "Tasse", "Marrow"]
_SAYS = [
    "{0} attacked {1} on Sunday.",
    "{0} sent grain to {1}.",
    "{0} imposed sanctions on {1}.",
    "The foreign minister of {0} met the president of {1} in Port Anse.",
    "{0} released prisoners from {1} after talks.",
    "{0} will not sign the treaty with {1}.",
    "{0} accused {1} of lying.",
]


@settings(max_examples=20)
@given(st.permutations(_SIDES), st.sampled_from(_SAYS))
def test_swapping_two_names_swaps_the_roles_and_nothing_else(names: list[str], frame: str) -> None:
    reader = _reader()
    one, other = frame.format(names[0], names[1]), frame.format(names[1], names[0])
    first, second = (sorted(told(t, m) for m in reader.read(document(t)).events) for t in (one, other))
    mark = "\x00"
    swapped = [t.replace(names[0], mark).replace(names[1], names[0]).replace(mark, names[1]) for t in first]
    assert sorted(swapped) == second


_LOADED: list[Reader] = []


def _reader() -> Reader:
    if not _LOADED:
        _LOADED.append(Reader.load())
    return _LOADED[0]


@settings(max_examples=40)
@given(st.text(alphabet="Orin met Tase in Lusk. held talks,“”'s and the 42 ", max_size=120))
def test_spans_lie_in_the_text_and_the_same_text_reads_the_same(text: str) -> None:
    reader = _reader()
    events = reader.read(document(text)).events
    assert events == reader.read(document(text)).events
    for mention in events:
        assert mention.aux in Auxiliary
        for span in (*mention.trigger, *(p.span for p in mention.participants), *mention.place_spans):
            assert span.of(text).strip()
