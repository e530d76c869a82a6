"""The shipped event coder on sentences of our own, about states that do not exist."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge.plover import mode_names, modes
from onrecord.model import Span
from onrecord.model.events import Auxiliary, Root
from onrecord.reading.events.coder import CodingInput, EventCoder
from onrecord.reading.events.coder.reader import AUXILIARIES, FUTURE, NONE, ROOTS, decide

MARK = re.compile(r"\[([^\]]*)\]|\{([^}]*)\}|<([^>]*)>")
NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=12).map(str.capitalize)


@pytest.fixture(scope="module")
def coder() -> EventCoder:
    """The coder as it ships, on one thread."""
    return EventCoder.load()


def told(marked: str, names: tuple[str, ...] = ("Velland", "Ostmar", "Ilka Brandt")) -> CodingInput:
    """A sentence in which [source], {target} and <trigger> are marked."""
    text, at = "", 0
    spans: list[list[Span]] = [[], [], []]
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        inside = next(g for g in match.groups() if g is not None)
        spans[match.lastindex - 1 if match.lastindex else 0].append(Span(len(text), len(text) + len(inside)))
        text += inside
        at = match.end()
    text += marked[at:]
    found = sorted(m.span() for name in names for m in re.finditer(rf"\b{re.escape(name)}\b", text))
    trigger = spans[2][0] if spans[2] else None
    return CodingInput(text, tuple(spans[0]), tuple(spans[1]), trigger, tuple(Span(*span) for span in found))


CASES = [
    ("[Velland] <agreed> to let {Ostmar} use the harbour.", Root.AGREE),
    ("[Ilka Brandt] <met> {the president of Ostmar} on Monday.", Root.CONSULT),
    ("[Velland] and {Ostmar} <signed> a treaty on fishing.", Root.SUPPORT),
    ("[Velland] <apologised> to {Ostmar} for the incident.", Root.CONCEDE),
    ("[Velland] <sent> food and medicine to {Ostmar}.", Root.AID),
    ("[Velland] <withdrew> its troops from {Ostmar}.", Root.RETREAT),
    ("[Velland] <demanded> that {Ostmar} release the crew.", Root.REQUEST),
    ("[Velland] <accused> {Ostmar} of spying.", Root.ACCUSE),
    ("[Velland] <rejected> {Ostmar's} proposal.", Root.REJECT),
    ("[Velland] <threatened> to bomb {Ostmar}.", Root.THREATEN),
    ("[Thousands of people] <marched> against {the government of Ostmar}.", Root.PROTEST),
    ("[Velland] <recalled> its ambassador from {Ostmar}.", Root.SANCTION),
    ("[Velland] <massed> tanks on the border with {Ostmar}.", Root.MOBILIZE),
    ("[Police] <arrested> {four journalists} in Ostmar.", Root.COERCE),
    ("[Velland's army] <shelled> {a village in Ostmar}.", Root.ASSAULT),
    ("{Four journalists} were <arrested> by [police] in Ostmar.", Root.COERCE),
    ("[Velland] lies north of {Ostmar}.", None),
]


@pytest.mark.parametrize(("marked", "root"), CASES)
def test_codes_plain_sentences(coder: EventCoder, marked: str, root: Root | None) -> None:
    [coding] = coder.code([told(marked)])
    assert coding.root is root


AUX = [
    ("[Velland] <attacked> {Ostmar} on Monday.", Auxiliary.ASSERTED),
    ("[Ilka Brandt] <will meet> {the president of Ostmar} next week.", Auxiliary.FUTURE),
    ("[Velland] <did not attack> {Ostmar}, the ministry said.", Auxiliary.NEGATED),
    ("If [Velland] <attacked> {Ostmar}, the whole region would suffer.", Auxiliary.HYPOTHETICAL),
    ("In 1951 [Velland] <attacked> {Ostmar}.", Auxiliary.HISTORICAL),
]


@pytest.mark.parametrize(("marked", "aux"), AUX)
def test_tells_what_has_not_happened(coder: EventCoder, marked: str, aux: Auxiliary) -> None:
    [coding] = coder.code([told(marked)])
    assert coding.aux is aux


@settings(max_examples=20, deadline=None)
@given(NAMES, NAMES, st.sampled_from([marked for marked, _ in [*CASES, *AUX]]))
def test_names_change_nothing(coder: EventCoder, one: str, other: str, marked: str) -> None:
    renamed = marked.replace("Velland", "\0").replace("Ostmar", other).replace("\0", one)
    assert coder.code([told(marked)]) == coder.code([told(renamed, (one, other, "Ilka Brandt"))])


def test_a_coding_does_not_depend_on_its_neighbours(coder: EventCoder) -> None:
    inputs = [told(marked) for marked, _ in [*CASES, *AUX]]
    together = coder.code(inputs)
    assert together == tuple(coder.code([one])[0] for one in inputs)
    assert coder.code(inputs[::-1]) == together[::-1]


def test_probabilities_are_distributions(coder: EventCoder) -> None:
    for parts in coder.probabilities([told(marked) for marked, _ in CASES]):
        assert [len(p) for p in parts] == [len(ROOTS) + 1, len(AUXILIARIES), len(mode_names())]
        assert all(abs(float(p.sum()) - 1) < 1e-9 for p in parts)


def test_modes_are_modes_of_the_root(coder: EventCoder) -> None:
    found = coder.code([told(marked) for marked, _ in CASES])
    assert any(coding.mode for coding in found)
    assert all(c.mode is None or (c.root, c.mode) in modes() for c in found)


@pytest.mark.parametrize("root", ROOTS)
def test_the_future_moves_a_root(root: Root) -> None:
    def sure(size: int, at: int) -> np.ndarray:
        return np.where(np.arange(size) == at, 0.9, 0.1 / (size - 1))

    roots = sure(NONE + 1, ROOTS.index(root))
    flat = np.full(len(mode_names()), 1 / len(mode_names()))
    later, now = (
        decide(roots, sure(len(AUXILIARIES), AUXILIARIES.index(aux)), flat)
        for aux in (Auxiliary.FUTURE, Auxiliary.ASSERTED)
    )
    assert now.root is root
    assert later.root is FUTURE.get(root, root)


def test_no_input_gives_no_coding(coder: EventCoder) -> None:
    assert coder.code([]) == ()


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"plover\.tokenizer\.json"):
        EventCoder.load(tmp_path)
