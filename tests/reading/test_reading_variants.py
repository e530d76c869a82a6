"""Ways of saying that corpora do not teach, one line each; people and states are invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from onrecord.model import Document, LineRole, Reading, Span
from onrecord.reading import Reader


def phrases(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)


@pytest.mark.parametrize(
    "line",
    [
        # Interviews: labels that come back, whatever is in them.
        "Q: Who gave the order? ¶ A: The harbour master gave it. ¶ Q: Did you see it? "
        "|| Q | : | Who gave the order | assert || A | : | The harbour master gave it | assert || Q | : | Did you see it | assert",
        "Host: You were there. ¶ Nim Arden: I was, all night. ¶ Host: And the guards? "
        "|| Host | : | You were there | assert || Nim Arden | : | I was, all night | assert || Host | : | And the guards | assert",
        # Lists are no interviews.
        "Depth: 40 fathoms. ¶ Length: two miles. ¶ Tides: strong.",
        # Declined, by nobody.
        "Neither ministry would comment on the leak. || Neither ministry | would | comment on the leak | decline",
        # Occasions of an answer.
        "When asked whether the mill would close, the owner replied: \"Not this year.\" || the owner | replied | Not this year. | assert",
        # What is cited is the narrator's reason.
        "Citing the storm, the harbour master closed the gate.",
        # In keeping with a plan.
        "The march went ahead according to plan.",
        # Idioms of saying.
        "Premier Odo Kesk left no doubt that the tax would stay. || Premier Odo Kesk | left no doubt | the tax would stay | assert",
        "Kesk gave assurances that the mill would not close. || Kesk | gave assurances | the mill would not close | promise",
        "The envoys let it be known that they would leave. || The envoys | let it be known | they would leave | promise",
    ],
)  # fmt: skip
def test_a_variant(line: str, expect: Callable[[str], None]) -> None:
    expect(line)


def test_a_release_is_its_issuers(read: Callable[[str], Reading]) -> None:
    text = (
        "Statement by the Council of Lakes\nWe condemn the raid on the ferry. We call on both banks to hold their fire.\n"
        "We will send boats in the morning."
    )
    found = [(phrases(text, s.source), phrases(text, s.content), s.act.value) for s in read(text).statements]
    assert found == [
        ("the Council of Lakes", "the raid on the ferry", "condemn"),
        ("the Council of Lakes", "both banks to hold their fire", "demand"),
        ("the Council of Lakes", "We will send boats in the morning", "promise"),
    ]


def test_a_release_may_be_told_by_its_headline(reader: Reader, make: Callable[..., Document]) -> None:
    text = "Joint statement of Oste and Varl on the ferry\nWe demand an inquiry."
    reading = reader.read(make(text, [LineRole.HEADLINE]))
    assert [(phrases(text, s.source), phrases(text, s.content)) for s in reading.statements] == [
        ("Oste and Varl", "an inquiry")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We walked to the lake at noon. We saw nobody on the road.",
        "The statement by the council was short.\nWe walked to the lake at noon.",
    ],
)
def test_a_report_in_the_first_person_is_no_release(text: str, read: Callable[[str], Reading]) -> None:
    assert read(text).statements == ()


def test_whom_the_speaker_of_a_passive_warns(read: Callable[[str], Reading]) -> None:
    text = "The skippers were warned by the harbour master that the bar was closed."
    found = read(text).statements
    assert [phrases(text, s.addressee) for s in found] == ["The skippers"]


def test_a_quotation_led_by_a_colon_is_as_sure_as_one_beside_its_saying(read: Callable[[str], Reading]) -> None:
    text = 'On Sunday the harbour master of Oste added:\n\n"The bar is closed to every boat, and it will be closed tomorrow."'
    (found,) = read(text).statements
    assert phrases(text, found.source) == "the harbour master of Oste"
    assert found.confidence > 0.6
