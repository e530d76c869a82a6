"""Positions: repetitions make one, a drifting chain does not, and the order of lines changes nothing."""

from __future__ import annotations

import random

from onrecord.model import ActorRef, Basis, Relation, RelationKind, Wording, relation_id
from onrecord.relations.positions import Said, positions_of
from tests.relations.lines_said import line

SIDES = {"state:ada": ActorRef("state:ada", "Ada")}


def repeats(later: int, earlier: int, kind: RelationKind = RelationKind.REPEATS) -> Relation:
    one, two = f"st-{later:04d}", f"st-{earlier:04d}"
    return Relation(relation_id(kind, one, two, (0, 0)), kind, one, two, (Basis.PROPOSITION_MATCH,), 0.9, parts=(0, 0))


def said(*texts: str) -> list[Said]:
    return [Said(line(n, text), f"2040-0{n + 1}-01") for n, text in enumerate(texts)]


def test_first_and_last_said_with_every_wording() -> None:
    lines = said("the marines must leave the spit", "the marines must quit the spit", "the harbour is closed")
    held = positions_of(lines, [repeats(1, 0)], SIDES)
    assert [[w.statement for w in p.wordings] for p in held] == [["st-0000", "st-0001"], ["st-0002"]]
    assert (held[0].first, held[0].last, held[0].side.name) == ("2040-01-01", "2040-02-01", "Ada")


def test_a_contradiction_joins_nothing() -> None:
    lines = said("the spit is closed", "the spit is open")
    assert len(positions_of(lines, [repeats(1, 0, RelationKind.CONTRADICTS)], SIDES)) == 2


def test_a_chain_does_not_drift() -> None:
    texts = (
        "marines leave northern spit",
        "marines leave northern spit grain convoy",
        "northern spit grain convoy inspections",
        "grain convoy inspections harbour tariffs",
        "inspections harbour tariffs herring quota",
    )
    held = positions_of(said(*texts), [repeats(n + 1, n) for n in range(4)], SIDES)
    assert any({"st-0000", "st-0001"} <= set(p.statements) for p in held)
    assert not any({"st-0000", "st-0004"} <= set(p.statements) for p in held)


def test_the_order_changes_nothing() -> None:
    lines = said(
        *(f"marines leave the northern spit {word}" for word in ("now", "soon", "today", "at once", "tonight"))
    )
    links = [repeats(n + 1, n) for n in range(4)]
    first = positions_of(lines, links, SIDES)
    for seed in range(5):
        rng = random.Random(seed)
        assert positions_of(rng.sample(lines, len(lines)), rng.sample(links, len(links)), SIDES) == first


def test_an_undated_wording_comes_last() -> None:
    lines = [Said(line(0, "the marines must leave"), None), Said(line(1, "the marines must leave"), "2040-02-01")]
    (held,) = positions_of(lines, [repeats(1, 0)], SIDES)
    assert held.wordings == (Wording("st-0001"), Wording("st-0000"))
    assert (held.first, held.last) == ("2040-02-01", "2040-02-01")
