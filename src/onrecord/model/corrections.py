"""Corrections: what reviewers changed, kept as an append-only log and applied on read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.model.ids import content_id


class CorrectionKind(StrEnum):
    """What a correction does."""

    JOIN_REPORTS = "join-reports"
    SPLIT_REPORT = "split-report"
    SET_ORIGIN = "set-origin"
    MERGE_ACTORS = "merge-actors"
    SPLIT_ACTOR = "split-actor"
    JOIN_EVENTS = "join-events"
    SPLIT_EVENT = "split-event"
    JOIN_STORIES = "join-stories"
    SPLIT_STORY = "split-story"
    WITHDRAW_RELATION = "withdraw-relation"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry of the log: who changed what, when and why.

    ``subject`` holds ids that do not change with a correction: documents for the corrections of reports and stories,
    mentions for those of events; for merged actors the one they all are and then the others; for a split actor that one and
    then the documents in which somebody else is meant; the one correction taken back for an undo. ``value`` is what is
    set, where something is: an origin, or the name of the one who was split off; ``when`` is an ISO 8601 instant.
    """

    id: str
    kind: CorrectionKind
    subject: tuple[str, ...]
    value: str | None
    who: str
    when: str
    why: str


def correction(
    kind: CorrectionKind, subject: tuple[str, ...], *, who: str, when: str, why: str, value: str | None = None
) -> Correction:
    """A correction with its id, which comes from all it says."""
    return Correction(
        content_id("cor", kind.value, subject, value, who, when, why), kind, subject, value, who, when, why
    )


def parted_actor(entry: Correction) -> str:
    """The id of the actor that a split makes: from the entry, so that a later correction can name it."""
    return content_id("act", "split", entry.id)


def active(log: tuple[Correction, ...]) -> tuple[Correction, ...]:
    """The entries in force, in the order of the log: an undo takes its subject out, and an undone undo puts it back."""
    undone: set[str] = set()
    for entry in reversed(log):
        if entry.kind is CorrectionKind.UNDO and entry.id not in undone:
            undone.update(entry.subject)
    return tuple(e for e in log if e.kind is not CorrectionKind.UNDO and e.id not in undone)
