"""The check of quotations: words against passages, the words beside the marks, and drafts against the samples' record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from evals.check import HELD, cases, figures, judge, quotations_of
from evals.floors import floors
from onrecord import pipeline, sources
from onrecord.model import DateBasis, Span, day
from onrecord.record import Record
from onrecord.record.checking import Edit, Verdict, matching
from onrecord.record.checking.drafts import quoted
from onrecord.record.checking.matching import Passage, Quote
from onrecord.record.checking.words import words
from onrecord.views.cli.app import app

_PAGE = "We will not sell the old harbour to anyone who can't swim, and our ferries shall sail - fog or no fog - every morning."


def _passage(text: str) -> Passage:
    return Passage.of(text, [Span(0, len(text))])


@pytest.mark.parametrize(
    "quote",
    [
        "We will not sell the old harbour",
        "we WILL not\u00a0sell the\u2009old harbour",
        "to anyone who can’t swim",
        "our ferries shall sail — fog or no fog — every morning.",
        "[W]e will not sell the old harbour",
        "We will not sell the old harbour … and our ferries shall sail",
        "We will not sell the old harbour [...] every morning",
        "We will not sell [it] to anyone",
        "the old har\u00adbour to any\u200bone",
    ],
)
def test_glyphs_and_marked_omissions_change_nothing(quote: str) -> None:
    found = matching.exact(Quote.of(quote), _passage(_PAGE))
    assert found is not None
    assert found.cut == ""


@pytest.mark.parametrize(
    ("quote", "cut"),
    [
        ("We will … sell the old harbour", "not"),
        ("sell the old harbour to anyone", "not"),
    ],
)
def test_an_omission_that_turns_the_words_is_a_cut(quote: str, cut: str) -> None:
    found = matching.exact(Quote.of(quote), _passage(_PAGE))
    assert found is not None
    assert found.cut == cut


@pytest.mark.parametrize(
    ("quote", "edits", "lost"),
    [
        ("We will not sell the new harbour to anyone", [(Edit.REPLACED, "new", "old")], ()),
        ("We would not sell the old harbour to anyone", [(Edit.REPLACED, "would", "will")], ()),
        ("We will not ever sell the old harbour", [(Edit.ADDED, "ever", "")], ()),
        ("We will not sell the harbour to anyone", [(Edit.DROPPED, "", "old")], ()),
        ("We will sell the old harbour to anyone", [(Edit.DROPPED, "", "not")], ("not",)),
        ("to anyone who can swim, and our ferries", [(Edit.DROPPED, "", "t")], ("'t",)),
    ],
)
def test_the_difference_is_told_in_words(quote: str, edits: list[tuple[Edit, str, str]], lost: tuple[str, ...]) -> None:
    made, passage = Quote.of(quote), _passage(_PAGE)
    assert matching.exact(made, passage) is None
    fit = matching.fit(made, passage)
    assert fit is not None
    changes = matching.changes(made, quote, passage, fit)
    assert [(c.edit, c.draft) for c in changes] == [(edit, draft) for edit, draft, _ in edits]
    assert all(wanted in c.record for c, (_, _, wanted) in zip(changes, edits, strict=True))
    assert matching.turning_lost(made, passage, fit) == lost


@given(st.text(max_size=80))
def test_words_stand_where_they_say(text: str) -> None:
    at = 0
    for word in words(text):
        assert word.span.start >= at
        assert word.span.of(text)
        at = word.span.end


@given(st.lists(st.sampled_from(_PAGE.split()), min_size=1, max_size=12).map(" ".join))
def test_what_is_found_has_the_quotation_s_letters(quote: str) -> None:
    made, passage = Quote.of(quote), _passage(_PAGE)
    found = matching.exact(made, passage)
    if found is not None:
        kept = "".join(w.form for i, j in found.ranges for w in passage.run.words[i:j])
        assert kept == "".join(w.form for w in made.words)


@pytest.mark.parametrize(
    ("draft", "speaker", "days"),
    [
        ("“The ferry is late,” Orla Quist said.", "Orla Quist", ()),
        ("“The ferry is late,” said Orla Quist on March 4, 2031.", "Orla Quist", ("2031-03-04",)),
        (
            'Harbour master Orla Quist said on Tuesday: "The ferry is late."',
            "Orla Quist",
            ("XXXX-WXX-2",),
        ),
        ("According to Orla Quist, «the ferry is late».", "Orla Quist", ()),
        ("“The ferry,” Quist said, “is late.”", "Quist", ()),
        ("“The ferry is late,” she said.", None, ()),
        ("„The ferry is late.“ Nobody answered.", None, ()),
        ("Quist, who met Marrow on March 4, said: 'The ferry is late again.'", None, ()),
        ("He spoke of “the late ferry” and left.", None, ()),
    ],
)
def test_who_and_when_are_read_beside_the_marks(draft: str, speaker: str | None, days: tuple[str, ...]) -> None:
    found = quoted(draft)
    assert found
    for one in found:
        assert one.span.of(draft) == one.quote
        assert one.speaker == speaker
        assert one.days == days


def test_a_second_half_belongs_to_the_speaker_before() -> None:
    draft = "“The ferry is late,” Orla Quist said. “It was late yesterday.”\n\n“We walk.”"
    assert [one.speaker for one in quoted(draft)] == ["Orla Quist", "Orla Quist", None]


def test_weekdays_count_from_the_day_of_the_draft() -> None:
    found = quoted("“The ferry is late,” Orla Quist said on Tuesday.", day("2031-03-06", DateBasis.STATED))
    assert found[0].days == ("2031-03-04",)


_SAID = "I told the minister that what crosses the Brenna Pass at night is seen in the morning"


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        (f"“{_SAID},” Vessling said.", Verdict.VERBATIM),
        (f"“{_SAID},” the official said.", Verdict.VERBATIM),
        (f"“{_SAID},” Radim Tolvar said.", Verdict.WRONG_SPEAKER),
        (f"“{_SAID},” Marten Vessling said on May 9, 2031.", Verdict.WRONG_DATE),
        (f"“{_SAID.replace('told', 'warned')},” Vessling said.", Verdict.ALTERED),
        (
            "“A door is only a door because what crosses the Brenna Pass at night is seen in the morning,” he said.",
            Verdict.STITCHED,
        ),
        ("A misread screen could “do in a minute what … wants.”", Verdict.CUT),
        ("“Nobody has ever painted a better heron than mine,” Vessling said.", Verdict.NOT_FOUND),
    ],
)
def test_a_draft_against_the_samples(sample_record: Record, draft: str, verdict: Verdict) -> None:
    (found,) = sample_record.check(draft)
    assert found.verdict is verdict
    for place in found.found:
        text = sample_record.document(place.document).text
        assert words(text, [place.span])


def test_the_graded_alterations_stand_on_their_floors(sample_record: Record) -> None:
    found = figures(judge(sample_record, cases(quotations_of(sample_record), HELD)))
    least = {name.partition(".")[2]: floor.floor for name, floor in floors().items() if name.startswith("check.")}
    assert set(least) == set(found)
    assert {name: value for name, value in found.items() if value < least[name]} == {}


def test_the_command_s_json_and_exit_status(sample_record: Record, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(f"“{_SAID},” Vessling said.\n\n“{_SAID},” Radim Tolvar said.\n", encoding="utf8")
    words_ = ["check", str(draft), "--json", "--record", str(sample_record.path)]
    done = CliRunner().invoke(app, words_)
    rows = json.loads(done.stdout)
    assert done.exit_code == 3
    assert [row["verdict"] for row in rows] == ["verbatim", "wrong-speaker"]
    for row in rows:
        assert {"quote", "span", "verdict", "speaker", "statement", "difference"} <= set(row)
        assert draft.read_text(encoding="utf8")[row["span"][0] : row["span"][1]] == row["quote"]
    assert CliRunner().invoke(app, [*words_, "--allow", "wrong-speaker"]).exit_code == 0
    piped = CliRunner().invoke(
        app, ["check", "-", "--record", str(sample_record.path)], input="Nothing is quoted here.\n"
    )
    assert (piped.exit_code, piped.output) == (0, "The draft has no quotation.\n")


def test_headlines_against_their_own_texts(sample_record: Record) -> None:
    found = sample_record.check_headlines()
    assert found
    for document, one in found:
        assert one.quoted.span.of(document.text).strip() == one.quoted.quote
        assert one.verdict is Verdict.VERBATIM


_HEADLINE = "Harbour Master Warns of '{}' at Ostby Quay"
_BELOW = "tens of rusty trawlers"


@pytest.mark.parametrize(
    ("quoted_in_headline", "verdict"),
    [
        ("Tens of Rusty Trawlers", Verdict.VERBATIM),
        ("Tens of Rusty Warships", Verdict.ALTERED),
        ("Hundreds of Foreign Submarines", Verdict.NOT_FOUND),
    ],
)
def test_an_outlet_that_changes_the_words_it_quotes_is_told(
    engine: pipeline.Engine, tmp_path: Path, quoted_in_headline: str, verdict: Verdict
) -> None:
    page = tmp_path / "ostby-tidings.txt"
    page.write_text(
        f"The Ostby Tidings\nMarch 4, 2031\n\n{_HEADLINE.format(quoted_in_headline)}\n\nOSTBY -- Harbour master Orla Quist said on "
        f'Tuesday that she had counted "{_BELOW}" along the quay since the storm of last week.\n\nThe town council of Ostby wants '
        "them gone before the summer. Its clerks have written to the owners, who live in three countries, and have had no answer "
        "from any of them so far.\n\nFishermen say that the quay has never been so full, and that the ferry has had to turn round "
        "twice because there was no room for it to land.\n",
        encoding="utf8",
    )
    with Record.open(tmp_path / "r.db", create=True) as record:
        pipeline.read(sources.pages([str(page)]), record, engine)
        ((document, found),) = record.check_headlines()
        assert found.quoted.quote == quoted_in_headline
        assert found.verdict is verdict
        if verdict is Verdict.ALTERED:
            assert [(c.edit, c.draft, c.record) for c in found.difference] == [(Edit.REPLACED, "Warships", "trawlers")]
        done = CliRunner().invoke(app, ["check", "--record-headlines", "--json", "--record", str(record.path)])
        (row,) = json.loads(done.stdout)
        assert (row["verdict"], done.exit_code) == (verdict.value, 0 if verdict is Verdict.VERBATIM else 3)
        assert row["document"] == document.id


def test_why_gives_each_reason_with_its_words(sample_record: Record) -> None:
    for row in sample_record.lines()[:40]:
        found = sample_record.why(row.statement.id)
        reasons = {(r.field, r.rule) for r in row.statement.reasons}
        assert reasons <= {(e.field, e.rule) for e in found}
        assert {"content", "act", "date", "confidence"} <= {e.field for e in found}
        for one in found:
            for evidence in one.evidence:
                assert evidence.words == evidence.span.of(sample_record.document(evidence.document).text)


def test_why_by_the_command(sample_record: Record) -> None:
    wanted = sample_record.lines()[0].statement.id
    done = CliRunner().invoke(app, ["why", wanted, "--json", "--record", str(sample_record.path)])
    assert done.exit_code == 0
    assert all(row["made_by"] for row in json.loads(done.stdout) if row["field"] in {"act", "content"})
    relation = sample_record.relations()[0]
    assert sample_record.why(relation.id)[0].rule
