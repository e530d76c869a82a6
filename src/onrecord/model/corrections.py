"""Corrections: what reviewers changed, kept as an append-only log and applied on read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.model.actors import Actor
from onrecord.model.ids import content_id
from onrecord.model.spans import Span


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
    KEEP_RELATION = "keep-relation"
    ADD_RELATION = "add-relation"
    SET_SPEAKER = "set-speaker"
    SET_TARGET = "set-target"
    SET_ACT = "set-act"
    SET_DATE = "set-date"
    WITHDRAW_LINE = "withdraw-line"
    KEEP_LINE = "keep-line"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the reader had given for a field when a reviewer corrected it, and where the line stands.

    ``value`` has the form of the correction's own value. With it a log knows, over a record that was read anew, whether the
    line is still the one that the reviewer had before their eyes, and where to look when it is gone.
    """

    document: str
    content: tuple[Span, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who says a line and for whom, as a reviewer sets it; nobody when it is not known."""

    speakers: tuple[Actor, ...] = ()
    on_behalf_of: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry of the log: who changed what, when and why.

    ``subject`` holds ids that do not change with a correction: documents for the corrections of reports and stories,
    mentions for those of events; for merged actors the one they all are and then the others; for a split actor that one and
    then the documents in which somebody else is meant; a statement for those of a field and of a line (all copies of it
    are meant); two statements for a relation that is added; the one correction taken back for an undo. ``value`` is what is
    set, where something is: an origin, the name of the one who was split off, an act, an ISO day, month or year ("" for none),
    the kind of a relation, and JSON for speakers (`Speakers`) and targets (a list of `Actor`); ``when`` is an ISO 8601 instant.
    """

    id: str
    kind: CorrectionKind
    subject: tuple[str, ...]
    value: str | None
    who: str
    when: str
    why: str
    seen: Seen | None = None


def correction(
    kind: CorrectionKind,
    subject: tuple[str, ...],
    *,
    who: str,
    when: str,
    why: str,
    value: str | None = None,
    seen: Seen | None = None,
) -> Correction:
    """A correction with its id, which comes from all it says."""
    before: tuple[str | tuple[tuple[int, int], ...], ...] = ()
    if seen is not None:
        before = (seen.document, tuple((s.start, s.end) for s in seen.content), seen.value)
    return Correction(
        content_id("cor", kind.value, subject, value, who, when, why, *before),
        kind,
        subject,
        value,
        who,
        when,
        why,
        seen,
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
