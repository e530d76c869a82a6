# ruff: noqa: RUF009  (`told` makes a dataclass field)
"""Relations as rows: what one statement does to another."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord import model
from onrecord.model import Basis, Denied, RelationKind
from onrecord.views.fields.shape import told


@dataclass(frozen=True, slots=True)
class Relation:
    """One statement denies, answers, repeats ... another."""

    id: str = told("The relation's id.")
    kind: RelationKind = told("What `from` does to `to`.")
    from_: str = told(
        "The statement that denies, answers, repeats; an event where it fulfils or misses a promise.", name="from"
    )
    to: str = told("The statement that is denied, answered, repeated, fulfilled.")
    basis: tuple[Basis, ...] = told("What the relation rests on.")
    denied: Denied | None = told("What a denial denies; null for other kinds.")
    propositions: tuple[int, int] | None = told(
        "The numbers of the propositions meant, in `from` and in `to`; null for the whole statements."
    )
    confidence: float = told("How sure it is, 0 to 1.")
    rule: str = told("The rule that decided.")
    made_by: str = told("The version that made it.")


def relation(found: model.Relation) -> Relation:
    """A relation of the record."""
    return Relation(
        id=found.id,
        kind=found.kind,
        from_=found.subject,
        to=found.object,
        basis=found.basis,
        denied=found.denied,
        propositions=found.parts,
        confidence=round(found.confidence, 2),
        rule=found.rule,
        made_by=found.made_by,
    )
