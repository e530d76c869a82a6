"""What the resolution hands on: actors with ids, reasons, notes; the same for any order and any number of runs."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.knowledge import Knowledge
from onrecord.model import Act, ActorKind, Mention, MentionForm, MentionLabel, Span
from onrecord.resolution import Resolver
from onrecord.resolution.answers import THRESHOLD
from tests.resolution import test_speakers
from tests.resolution.world import read, resolve

DAY = "2040-05-02"
LINES = [
    text for text, _ in test_speakers.NAMES + test_speakers.PRONOUNS + test_speakers.GROUPS + test_speakers.SEVERAL
]


def test_a_title_the_person_does_not_hold_is_noted(known: Knowledge) -> None:
    statement = resolve(known, "[[LIPA President Greta Holmwood]] said the bridge was open.", DAY).reading.statements[0]
    assert [s.name for s in statement.speakers] == ["Greta Holmwood"]
    (reason,) = [r for r in statement.reasons if r.field == "speakers"]
    assert "is called President of Littoral Pact" in reason.detail
    assert "secretary-general" in reason.detail


def test_a_wrong_title_is_noted_on_an_undated_page_too(known: Knowledge) -> None:
    statement = resolve(known, "[[LIPA President Greta Holmwood]] said the bridge was open.").reading.statements[0]
    assert "is called President" in next(r.detail for r in statement.reasons if r.field == "speakers")


def test_the_right_title_is_not_noted(known: Knowledge) -> None:
    for title in ("Secretary General", "chief", "head", "Secretary-General"):
        statement = resolve(known, f"[[LIPA {title} Greta Holmwood]] said so today.", DAY).reading.statements[0]
        assert "is called" not in statement.reasons[0].detail


def test_an_unknown_person_is_provisional_and_belongs_to_the_side_the_page_names(known: Knowledge) -> None:
    resolved = resolve(known, "[[Korvathi engineer Lise Kant]] and [[Ulmanian analyst Jon Petrel]] said so.", DAY)
    actors = {a.name: a for a in resolved.actors}
    assert actors["Jon Petrel"].provisional
    assert actors["Jon Petrel"].part_of == "state:ulmania"
    assert actors["Jon Petrel"].sector == "EDU"


def test_unknown_people_merge_by_full_name_and_side_only(known: Knowledge) -> None:
    one = resolve(known, "[[Ulmanian analyst Jon Petrel]] said the bridge was open.", DAY)
    other = resolve(known, "It rained. [[Ulmanian analyst Jon Petrel]] said the bridge was shut.", DAY)
    elsewhere = resolve(known, "[[Korvathi analyst Jon Petrel]] said the bridge was open.", DAY)
    loose = [resolve(known, f"[[Analyst Jon Petrel]] said the bridge was {w}.", DAY) for w in ("open", "shut")]
    ids = [next(a.id for a in r.actors if a.name == "Jon Petrel") for r in (one, other, elsewhere, *loose)]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 4


def test_copies_of_one_report_share_the_ids_of_its_unnamed_groups(known: Knowledge) -> None:
    pages = [read("[[Diplomats]] said the bridge was open."), read("[[Diplomats]] said the bridge was shut.")]
    ids = {Resolver(known).resolve(d, r, "rep-1").actors[0].id for d, r in pages}
    apart = {Resolver(known).resolve(d, r).actors[0].id for d, r in pages}
    assert len(ids) == 1
    assert len(apart) == 2


def test_an_unnamed_group_keeps_the_words_of_the_page(known: Knowledge) -> None:
    (actor,) = resolve(known, "[[Diplomats]] said the bridge was open.", DAY).actors
    assert (actor.name, actor.kind, actor.sector, actor.provisional) == (
        "Diplomats",
        ActorKind.UNNAMED_GROUP,
        "GOV",
        True,
    )


def test_a_namesake_of_another_side_is_not_the_known_person(known: Knowledge) -> None:
    resolved = resolve(known, "[[Ulmanian fisherman Sergey Volkar]] said the bridge was open.", DAY)
    assert "person:sergey-volkar" not in {a.id for a in resolved.actors}


def test_mentions_are_resolved_in_their_order(known: Knowledge) -> None:
    document, reading = read("Ada Merrow met the Korvathis near a bridge. [[She]] said it was open.", DAY)
    mentions = tuple(
        Mention(Span(at, at + len(w)), Span(at, at + len(w)), form, label)
        for w, form, label in (
            ("Ada Merrow", MentionForm.NAME, MentionLabel.PERSON),
            ("the Korvathis", MentionForm.NAME, MentionLabel.GROUP),
            ("a bridge", MentionForm.DESCRIPTION, MentionLabel.OTHER),
            ("She", MentionForm.PRONOUN, MentionLabel.PERSON),
        )
        for at in (document.text.index(w),)
    )
    resolved = Resolver(known).mentions(document, replace(reading, mentions=mentions))
    names = [[a.name for a in r.resolution.actors] for r in resolved]
    assert names == [["Ada Merrow"], ["Korvath"], [], ["Ada Merrow"]]
    assert [r.mention for r in resolved] == list(mentions)


def test_every_reference_is_among_the_actors_and_above_the_threshold(known: Knowledge) -> None:
    for text in LINES:
        resolved = resolve(known, text, DAY)
        ids = {a.id for a in resolved.actors}
        for s in resolved.reading.statements:
            refs = (*s.speakers, *s.on_behalf_of, *s.addressees, *s.target)
            assert {r.id for r in refs} <= ids
            reason = next(r for r in s.reasons if r.field == "speakers")
            assert bool(s.speakers) == (reason.score >= THRESHOLD)
            assert reason.rule


def test_the_spans_of_speakers_name_words_of_the_page(known: Knowledge) -> None:
    for text in LINES:
        document, reading = read(text, DAY)
        for s in Resolver(known).resolve(document, reading).reading.statements:
            for ref in s.speakers:
                assert ref.span is None or ref.span.of(document.text).strip()


def test_nested_pronouns_are_the_outer_speaker(known: Knowledge) -> None:
    document, reading = read(
        "[[Ada Merrow]] said [[she]] had asked for the bridge. Yelena Drozh smiled.", DAY, Act.REQUEST
    )
    outer, inner = reading.statements
    nested = replace(reading, statements=(outer, replace(inner, nested_in=outer.id)))
    resolved = Resolver(known).resolve(document, nested)
    assert [[x.name for x in s.speakers] for s in resolved.reading.statements] == [["Ada Merrow"], ["Ada Merrow"]]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(LINES[:12]))
def test_the_order_of_pages_does_not_matter(known: Knowledge, order: list[str]) -> None:
    resolver = Resolver(known)
    found = {text: resolver.resolve(*read(text, DAY)) for text in order}
    assert {text: found[text] for text in LINES[:12]} == {
        text: Resolver(known).resolve(*read(text, DAY)) for text in LINES[:12]
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.sampled_from(
            [
                "Ada",
                "Merrow",
                "Volkar",
                "the",
                "said",
                "He",
                "Korvath's",
                ",",
                ".",
                '"',
                "“",
                "and",
                "minister",
                "rebels",
                "–",
                "It",
                "of",
                "NATO",
            ]
        ),
        max_size=25,
    )
)
def test_any_words_are_taken_without_complaint(known: Knowledge, words: list[str]) -> None:
    text = " ".join(words) + " [[" + " ".join(words[:5] or ["He"]) + "]] said so."
    resolved = resolve(known, text, DAY)
    assert len(resolved.reading.statements) == 1
