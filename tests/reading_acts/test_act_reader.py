"""The shipped act reader on sentences of our own, about people and states that do not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Act, Modality, Polarity, Span
from onrecord.reading.acts import ActInput, ActReader, Party

MARK = re.compile(r"\{(\w+) ([^{}]*)\}")
NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=12).map(str.capitalize)


@pytest.fixture(scope="module")
def reader() -> ActReader:
    """The reader as it ships, on one thread."""
    return ActReader.load()


def statement(marked: str, names: tuple[str, ...] = ("Velland", "Ostmar", "Ilka Brandt")) -> ActInput:
    """A statement from a text in which {s ...}, {c ...} and {t ...} mark source, cue and content."""
    text, spans, at = "", {"s": [], "c": [], "t": []}, 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        spans[match[1]].append(Span(len(text), len(text) + len(match[2])))
        text += match[2]
        at = match.end()
    text += marked[at:]
    found = sorted(m.span() for name in names for m in re.finditer(rf"\b{re.escape(name)}\b", text))
    parties = tuple(Party(Span(*span)) for span in found)
    return ActInput(text, tuple(spans["s"]), tuple(spans["c"]), tuple(spans["t"]), parties)


CASES = [
    ("{s Velland} {c accused} {t Ostmar of poisoning the lake}.", Act.ACCUSE, "Ostmar"),
    ("{s Velland} {c denied} {t any part in the fire at the depot}.", Act.DENY, None),
    ("{s Ilka Brandt} {c called on} {t Ostmar to withdraw its boats by Monday}.", Act.DEMAND, "Ostmar"),
    ("{s Velland} {c asked} {t Ostmar to send two doctors}.", Act.REQUEST, "Ostmar"),
    ('"{t We will cut off the power tomorrow,}" {s Ilka Brandt} {c told} Ostmar.', Act.THREATEN, "Ostmar"),
    ("{s Velland} {c condemned} {t the attack by Ostmar}.", Act.CONDEMN, "Ostmar"),
    ("{s Velland} {c offered} {t to host the talks}.", Act.OFFER, None),
    ("{s Velland} {c pledged} {t to pay for the damage}.", Act.PROMISE, None),
    ("{s Velland} {c rejected} {t Ostmar's proposal}.", Act.REJECT, "Ostmar's"),
    ("{s Ilka Brandt} {c declined} {t to comment}.", Act.DECLINE, None),
    ("{s Velland} {c admitted} {t that its pilots had made a mistake}.", Act.ACKNOWLEDGE, None),
    ("{s Velland} {c warned} {t that the dam could burst}.", Act.WARN, None),
]


@pytest.mark.parametrize(("marked", "act", "target"), CASES)
def test_reads_plain_statements(reader: ActReader, marked: str, act: Act, target: str | None) -> None:
    row = statement(marked)
    [verdict] = reader.read([row])
    assert verdict.act is act
    assert (verdict.target.of(row.text) if verdict.target else None) == target


@pytest.mark.parametrize(
    ("marked", "polarity", "modality"),
    [
        ("{s Velland} {c said} {t that Ostmar must not fire}.", Polarity.NEGATIVE, Modality.OBLIGATION),
        ("{s Velland} {c said} {t the bridge had been closed}.", Polarity.AFFIRMATIVE, Modality.FACT),
        ("{s Velland} {c said} {t it will open the bridge in June}.", Polarity.AFFIRMATIVE, Modality.FUTURE),
        ("{s Velland} {c rejected} {t the plan}.", Polarity.NEGATIVE, Modality.FACT),
    ],
)
def test_reads_polarity_and_modality(reader: ActReader, marked: str, polarity: Polarity, modality: Modality) -> None:
    [verdict] = reader.read([statement(marked)])
    assert (verdict.polarity, verdict.modality) == (polarity, modality)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([marked for marked, _, _ in CASES]), NAMES, NAMES)
def test_exchanging_names_changes_nothing(reader: ActReader, marked: str, one: str, two: str) -> None:
    def named(first: str, second: str) -> ActInput:
        return statement(marked.replace("Velland", first).replace("Ostmar", second), (first, second, "Ilka Brandt"))

    if one in {two, "Ilka", "Brandt"} or re.search(rf"\b(?:{one}|{two})\b", marked):
        return
    [here], [there] = reader.read([named(one, two)]), reader.read([named(two, one)])
    assert (here.alternatives, here.polarity, here.modality, here.target_score) == (
        there.alternatives,
        there.polarity,
        there.modality,
        there.target_score,
    )
    assert (here.target is None) == (there.target is None)


def test_a_verdict_does_not_depend_on_the_statements_beside_it(reader: ActReader) -> None:
    rows = [statement(marked) for marked, _, _ in CASES]
    together = reader.read(rows)
    assert together == tuple(reader.read([row])[0] for row in rows)
    assert together == tuple(reversed(reader.read(rows[::-1])))
    assert together == ActReader.load().read(rows)


def test_scores_are_probabilities_and_alternatives_are_in_order(reader: ActReader) -> None:
    for verdict in reader.read([statement(marked) for marked, _, _ in CASES]):
        scores = [score for _, score in verdict.alternatives]
        assert verdict.alternatives[0] == (verdict.act, verdict.act_score)
        assert scores == sorted(scores, reverse=True)
        assert 0 <= sum(scores) <= 1.0002
        assert 0 <= verdict.target_score <= 1


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.lists(st.integers(0, 80), min_size=8, max_size=8))
def test_any_text_gets_a_verdict_with_spans_inside_it(reader: ActReader, text: str, edges: list[int]) -> None:
    spans = [
        Span(*sorted((min(a, len(text)), min(b, len(text))))) for a, b in zip(edges[::2], edges[1::2], strict=True)
    ]
    source, cue, content, name = ((s,) if s.start < s.end else () for s in spans)
    [verdict] = reader.read([ActInput(text, source, cue, content, tuple(Party(s) for s in name))])
    if verdict.target is not None:
        assert 0 <= verdict.target.start < verdict.target.end <= len(text)
        assert all(verdict.target.end <= s.start or s.end <= verdict.target.start for s in cue)


def test_nothing_to_read(reader: ActReader) -> None:
    assert reader.read([]) == ()


@pytest.mark.parametrize("missing", ["acts.json", "acts.onnx"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    from importlib.resources import files

    weights = Path(str(files("onrecord").joinpath("weights")))
    for name in {"acts.json", "acts.onnx", "acts.tokenizer.json"} - {missing}:
        (tmp_path / name).write_bytes((weights / name).read_bytes())
    with pytest.raises(FileNotFoundError, match=re.escape(missing)):
        ActReader.load(tmp_path)
