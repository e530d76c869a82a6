"""What the resolution hands on."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Actor, Mention, Reading, Resolution


@dataclass(frozen=True, slots=True)
class MentionResolution:
    """Whom one mention of a reading refers to."""

    mention: Mention
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reading whose statements have their speakers, addressees, targets and places; the actors they refer to by id.

    ``actors`` holds every actor that a statement or an event refers to, once, ordered by id.
    """

    reading: Reading
    actors: tuple[Actor, ...]
