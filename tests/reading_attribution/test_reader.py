"""The shipped reader on sentences of our own, about people and states that do not exist."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.attribution import Attribution, AttributionReader

WEIGHTS = Path(str(files("onrecord").joinpath("weights")))


@pytest.fixture(scope="module")
def reader() -> AttributionReader:
    """The reader as it ships, on one thread."""
    return AttributionReader.load()


def strings(text: str, found: Attribution) -> tuple[list[str], list[str], list[str]]:
    """Source, cue and content as they stand in the text."""
    source, cue, content = ([s.of(text) for s in role] for role in (found.source, found.cue, found.content))
    return source, cue, content


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "Mara Tolen, the Norvian foreign minister, said on Monday that the talks would resume in May.",
            ["Mara Tolen, the Norvian foreign minister,"],
            ["that the talks would resume in May"],
        ),
        (
            "“We will not withdraw a single soldier,” Ilar Venn told reporters in Quessa.",
            ["Ilar Venn"],
            ["“We will not withdraw a single soldier,”"],
        ),
        (
            '"We will wait," the envoy said. "But not for ever."',
            ["the envoy"],
            ['"We will wait,"', '"But not for ever."'],
        ),
        (
            "According to the Sarrean interior ministry, eleven people were held overnight.",
            ["the Sarrean interior ministry"],
            ["eleven people were held overnight"],
        ),
        (
            "Tolen described the offer as “a polite ultimatum” and promised an answer by Friday.",
            ["Tolen"],
            ["the offer as “a polite ultimatum”"],
        ),
    ],
)
def test_plain_sayings(reader: AttributionReader, text: str, source: list[str], content: list[str]) -> None:
    [found] = reader.read([text])
    first = strings(text, found[0])
    assert first[0] == [s.strip() for s in source] or first[0] == [s.rstrip(",") for s in source]
    assert [c.strip(" .,") for c in first[2]] == [c.strip(" .,") for c in content]


def test_one_source_serves_two_cues(reader: AttributionReader) -> None:
    text = "Ilar Venn said the border would stay shut, adding that no date had been set."
    [found] = reader.read([text])
    assert len(found) == 2
    assert {s.of(text) for a in found for s in a.source} == {"Ilar Venn"}


def test_plain_narration_has_no_attributions(reader: AttributionReader) -> None:
    assert reader.read(["The bridge over the Tesk is forty metres long and was closed in the flood of 1931."]) == [()]


def test_an_odd_mark_in_one_paragraph_costs_the_others_nothing(reader: AttributionReader) -> None:
    saying = "“We will wait,” said Mara Tolen."
    text = f'The sign said 27" wide.\n\n{saying}'
    [found] = reader.read([text])
    assert "“We will wait,”" in [s.of(text) for a in found for s in a.content]


def test_a_text_is_read_alike_alone_and_among_others(reader: AttributionReader) -> None:
    texts = [
        "Venn said the pact holds.",
        "",
        "\n\n",
        "“No,” said Tolen. “Never.”\n\nVenn disagreed, saying it was late.",
    ]
    assert reader.read(texts) == [reader.read([text])[0] for text in texts]


def test_the_same_texts_give_the_same_answer(reader: AttributionReader) -> None:
    texts = ["Venn said the pact holds.", "Tolen warned Norvia against a new blockade of the islands."]
    assert reader.read(texts) == reader.read(texts) == AttributionReader.load().read(texts)


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="abT .,:\n“”\"'é漢🙂\u00a0", max_size=300))
def test_any_text_can_be_read(reader: AttributionReader, text: str) -> None:
    [found] = reader.read([text])
    for attribution in found:
        assert attribution.cue
        assert attribution.content
        assert 0.0 <= attribution.confidence <= 1.0
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            assert span.of(text).strip() == span.of(text) != ""


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="attribution"):
        AttributionReader.load(tmp_path)


def test_the_shipped_files_are_small_and_described() -> None:
    for name in ("attribution.onnx", "attribution.linker.onnx", "attribution.tokenizer.json", "attribution.json"):
        assert 0 < (WEIGHTS / name).stat().st_size <= 30_000_000
    card = (WEIGHTS / "attribution.md").read_text(encoding="utf-8")
    assert "PolNeAR" in card
    assert "training.attribution.run" in card
    assert json.loads((WEIGHTS / "attribution.json").read_text(encoding="utf-8"))["calibration"]["threshold"] > 0
