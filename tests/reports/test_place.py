"""What was read on the lead is placed on the copy at the copy's offsets, or not at all."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import (
    Act,
    DateBasis,
    DateEvidence,
    DateValue,
    Document,
    Mention,
    MentionForm,
    MentionLabel,
    Precision,
    Proposition,
    QuoteType,
    Reading,
    Reason,
    Sentence,
    Span,
    Statement,
    Timex,
    TimexType,
    statement_id,
)
from onrecord.reports import align, place, placement
from onrecord.reports.align import level
from onrecord.reports.words import words_of
from tests.reports.pages import STORY, keys, page

LOCAL = "Candles stood in the windows of Pencarrow, where many of the crew were born."
QUOTE = re.compile(r'"[^"]+"')


def statement(document: Document, source: str, cue: str, content: str, nested_in: str | None = None) -> Statement:
    """The statement with these words; `content` may hold several parts parted by a bar."""

    paragraph = document.text.rindex("\n", 0, document.text.index(content.split("|", maxsplit=1)[0])) + 1

    def spans(words: str) -> tuple[Span, ...]:
        return tuple(
            Span(at := document.text.index(part, paragraph), at + len(part)) for part in words.split("|") if part
        )

    made = (spans(source), spans(cue), spans(content))
    return Statement(
        statement_id(document.id, *made),
        document.id,
        *made,
        quote_type=QuoteType.INDIRECT,
        act=Act.ASSERT,
        nested_in=nested_in,
        propositions=(Proposition(made[2]),),
        reasons=(Reason("act", "cue", 1.0, made[1][0] if made[1] else None),),
    )


def reading(document: Document, *statements: Statement) -> Reading:
    """Sentences, capitalised words as mentions, weekdays as time expressions, and the statements."""
    sentences = tuple(Sentence(s.span, s.paragraph) for s in words_of(document).sentences)
    body = document.body()
    mentions = tuple(
        Mention(Span(*m.span()), Span(*m.span()), MentionForm.NAME, MentionLabel.OTHER)
        for s in body
        for m in re.compile(r"\b[A-Z]\w+").finditer(document.text, s.start, s.end)
    )
    days = tuple(
        Timex(Span(*m.span()), TimexType.DATE, None)
        for s in body
        for m in re.compile(r"\b\w+day\b").finditer(document.text, s.start, s.end)
    )
    return Reading(document.id, sentences, mentions, days, statements)


SAID = ("Farrant", "said", 'the search was "piracy with a rubber stamp"')
CREW = ("he", "said", "They counted the onions")


def test_a_line_moves_with_its_words_and_gets_its_own_id() -> None:
    lead, other = page(*STORY), page(LOCAL, *STORY[1:], head=("Menu",))
    line = statement(lead, *SAID)
    placed = place(reading(lead, line), lead, other, align(lead, other)).statements
    assert [s.content[0].of(other.text) for s in placed] == [SAID[2]]
    assert placed[0].document == other.id
    assert placed[0].id == statement_id(other.id, placed[0].source, placed[0].cue, placed[0].content) != line.id
    assert placed[0].propositions[0].content == placed[0].content
    assert placed[0].reasons[0].span == placed[0].cue[0]


def test_lines_are_placed_through_other_glyphs_and_spelling() -> None:
    styled = tuple(p.replace(' "', " “").replace('"', "”").replace("harbor", "harbour") for p in STORY)
    lead, other = page(*STORY), page(*styled)
    lines = (statement(lead, *SAID), statement(lead, *CREW))
    placed = place(reading(lead, *lines), lead, other, align(lead, other)).statements
    assert [s.content[0].of(other.text) for s in placed] == ["the search was “piracy with a rubber stamp”", CREW[2]]


def test_nesting_is_remapped() -> None:
    lead, other = page(*STORY), page(LOCAL, *STORY)
    outer = statement(lead, *SAID)
    inner = statement(lead, "", "", "piracy with a rubber stamp", nested_in=outer.id)
    placed = place(reading(lead, outer, inner), lead, other, align(lead, other)).statements
    by_length = sorted(placed, key=lambda s: len(s.content[0]))
    assert by_length[0].nested_in == by_length[1].id


def test_a_line_whose_content_was_changed_is_dropped_and_read_again() -> None:
    lead = page(*STORY)
    changed = STORY[1].replace("rubber stamp", "paper hat")
    other = page(STORY[0], changed, *STORY[2:])
    placed = placement(reading(lead, statement(lead, *SAID)), lead, other, align(lead, other))
    assert placed.reading.statements == ()
    assert [s.of(other.text) for s in placed.unread] == [changed]


def test_a_quotation_that_runs_into_a_cut_paragraph_is_read_again() -> None:
    lead, other = page(*STORY), page(*STORY[:5])
    line = statement(
        lead, "Traders", "said", "the dispute could hold up deliveries|signed a fisheries accord in August"
    )
    placed = placement(reading(lead, line), lead, other, align(lead, other))
    assert placed.reading.statements == ()
    assert [s.of(other.text) for s in placed.unread] == [STORY[4]]


def test_nothing_is_placed_inside_what_is_read_again() -> None:
    lead, other = page(*STORY), page(*STORY[:5])
    lost = statement(
        lead, "Traders", "said", "the dispute could hold up deliveries|signed a fisheries accord in August"
    )
    beside = statement(lead, "", "", "most of which passes through the harbor of Tessen")
    placed = placement(reading(lead, lost, beside), lead, other, align(lead, other))
    assert placed.reading.statements == ()
    everything = (*placed.reading.sentences, *placed.reading.mentions, *placed.reading.timexes)
    assert not any(part.span.overlaps(span) for part in everything for span in placed.unread)


def test_evidence_the_copy_does_not_carry_keeps_its_words() -> None:
    lead, other = page(*STORY), page(*STORY[1:])
    at = lead.text.index("Saturday")
    evidence = DateEvidence(DateBasis.WEEKDAY, Span(at, at + 8), "Saturday")
    line = statement(lead, *SAID)
    dated = replace(line, date=DateValue("2034-02-11", Precision.DAY, DateBasis.WEEKDAY, evidence=(evidence,)))
    placed = place(reading(lead, dated), lead, other, align(lead, other)).statements[0]
    assert placed.date == DateValue(
        "2034-02-11", Precision.DAY, DateBasis.WEEKDAY, evidence=(DateEvidence(DateBasis.WEEKDAY, None, "Saturday"),)
    )


def test_the_first_sentence_is_placed_without_its_dateline() -> None:
    lead, other = page(*STORY, dateline="TESSEN (UW) --"), page(*STORY, dateline="TESSEN —")
    whole = Reading(lead.id, (Sentence(Span(0, lead.text.index(".") + 1), 0),))
    placed = place(whole, lead, other, align(lead, other)).sentences
    assert [s.span.of(other.text) for s in placed] == [STORY[0]]


def test_every_sentence_of_the_copy_is_placed_or_left_to_read() -> None:
    lead, other = page(*STORY), page(LOCAL, *STORY[1:6])
    placed = placement(reading(lead), lead, other, align(lead, other))
    spans = sorted([s.span for s in placed.reading.sentences] + list(placed.unread))
    assert keys(" ".join(s.of(other.text) for s in spans)) == keys(" ".join(s.of(other.text) for s in other.body()))
    assert [s.paragraph for s in placed.reading.sentences] == [1, 1 + 1, 3, 3, 4, 5][: len(placed.reading.sentences)]


VARIANTS = [
    *STORY,
    LOCAL,
    *(p.replace(' "', " “").replace('"', "”") for p in STORY if '"' in p),
    STORY[4].replace("harbor", "harbour"),
    STORY[0].replace("nine hours", "9 hours"),
]


@given(
    st.lists(st.sampled_from(VARIANTS), min_size=1, max_size=8),
    st.lists(st.sampled_from(VARIANTS), min_size=1, max_size=8),
)
def test_a_placed_span_has_the_words_of_the_span_it_came_from(first: list[str], second: list[str]) -> None:
    lead, other = page(*first), page(*second)
    read = reading(lead)
    quotes = tuple(
        Statement(statement_id(lead.id, (), (), (span,)), lead.id, (), (), (span,), QuoteType.DIRECT, Act.ASSERT)
        for span in {Span(m.start() + 1, m.end() - 1) for m in QUOTE.finditer(lead.text)}
    )
    source = Reading(lead.id, read.sentences, read.mentions, read.timexes, quotes)
    placed = placement(source, lead, other, align(lead, other))
    origin = {s.id: s for s in quotes}
    assert len(placed.origins) == len(placed.reading.statements)
    by_id = {s.id: s for s in placed.reading.statements}
    for new, old in placed.origins:
        assert level(by_id[new].content[0].of(other.text)) == level(origin[old].content[0].of(lead.text))
    leads = [keys(s.span.of(lead.text)) for s in read.sentences]
    assert all(keys(s.span.of(other.text)) in leads for s in placed.reading.sentences)
    names = {keys(m.span.of(lead.text))[0] for m in read.mentions}
    assert all(keys(m.span.of(other.text))[0] in names for m in placed.reading.mentions)
