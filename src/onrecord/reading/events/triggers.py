"""The words that name an event: the tables of triggers and of what they are done to.

``triggers.tsv``: the word (lemmas; particles spelled out), its part of speech, what its object must be, its frame (which of
its dependents takes part), the plain kind, the PLOVER code and mode, and the reason for the row. "Levin 1993" in the reasons
is English Verb Classes and Alternations, with the number of the class; the codes follow the PLOVER manual of 2024.
``objects.tsv``: the classes of nouns that the column of objects names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.model import EventKind, Role, Root
from onrecord.reading.lexicon import rows


@dataclass(frozen=True, slots=True)
class Frame:
    """Which dependents of a trigger take part in its event.

    ``subject`` and ``object`` are the roles of these (the object's is None where it is no participant), ``preps`` those behind a
    preposition (None: only a place), ``alone`` is set where a plural or joint subject needs no partner ("the two met"),
    ``between`` where "between A and B" names both, ``of_role`` is the role behind a noun's "of" and ``of_class`` what must stand
    there, ``owner`` is set where the possessor of the object is the recipient ("seized Orrin's ship"), ``dative`` where the first of
    two objects is, ``needed`` names the dependent without which the words name no event.
    """

    subject: Role = Role.ACTOR
    object: Role | None = None
    preps: Mapping[str, Role | None] | None = None
    alone: bool = False
    between: bool = False
    of_role: Role | None = None
    of_class: str | None = None
    owner: bool = False
    dative: bool = False
    needed: str | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of ``triggers.tsv``; ``words`` are lemmas, the one that governs the others first."""

    words: tuple[str, ...]
    verb: bool
    object: str | None
    frame: Frame
    kind: EventKind
    code: Root | None
    mode: str | None


#: Verbs that lend a noun its tense and its subject ("held talks"), the nouns that stand with them being the event.
LIGHT = frozenset(
    [
        "hold", "host", "conduct", "launch", "carry", "stage", "mount", "open", "begin", "start", "resume", "continue",
        "conclude", "end", "finish", "complete", "have", "make", "pay", "attend", "join", "chair", "convene",
        "undertake", "lead", "perform", "execute", "order", "plan", "schedule", "cancel", "postpone", "suspend",
        "arrange", "organise", "organize", "mediate", "broker", "sponsor", "repeat", "extend", "wage", "commit",
        "suffer", "face", "call",
    ]
)  # fmt: skip
#: Light verbs whose subject is where or by whom the event is held rather than one who takes part.
HOSTING = frozenset(["host", "mediate", "broker", "sponsor", "chair", "convene"])
#: Light verbs that say that nothing came of it.
CANCELLING = frozenset(
    ["cancel", "postpone", "scrap", "abandon", "avoid", "prevent", "rule", "skip", "foil", "thwart", "avert"]
)
#: Verbs that say of a noun that it happens.
OCCURRING = frozenset(
    [
        "take", "happen", "occur", "begin", "start", "end", "come", "last", "continue", "follow", "erupt", "break",
        "kill", "leave", "wound", "injure", "destroy", "hit", "resume", "fail", "collapse", "conclude", "damage",
        "focus", "open", "proceed", "produce", "yield", "mark", "rage", "intensify", "subside", "stop", "drag",
        "escalate", "unfold",
    ]
)  # fmt: skip


@cache
def triggers() -> dict[str, tuple[Trigger, ...]]:
    """The triggers by the lemma of their governing word, longest phrases first."""
    found: dict[str, list[Trigger]] = {}
    for row in rows("triggers.tsv"):
        words = tuple(row["word"].split())
        verb = row["part"] == "verb"
        one = Trigger(
            words,
            verb,
            _or_none(row["object"]),
            frame_of(row["frame"], verb),
            EventKind(row["kind"]),
            None if row["code"] == "-" else Root(row["code"]),
            _or_none(row["mode"]),
        )
        found.setdefault(words[0] if verb else words[-1], []).append(one)
    return {
        lemma: tuple(sorted(some, key=lambda t: (-len(t.words), t.object is None))) for lemma, some in found.items()
    }


@cache
def objects(kind: str) -> frozenset[str]:
    """The nouns of a class of ``objects.tsv``."""
    return frozenset(row["word"] for row in rows("objects.tsv") if row["kind"] == kind)


@cache
def classes() -> frozenset[str]:
    """The names of the classes of ``objects.tsv``."""
    return frozenset(row["kind"] for row in rows("objects.tsv"))


def frame_of(words: str, verb: bool = False) -> Frame:
    """The frame that a cell of the table writes: dependents parted by spaces, each with its role where it is not the recipient."""
    subject, obj, of_role = Role.ACTOR, None, None
    of_class = needed = None
    flags = {"alone": False, "between": False, "owner": False, "dative": False}
    preps: dict[str, Role | None] = {}
    for word in words.split():
        name, _, role_name = word.partition(":")
        role = Role(role_name) if role_name in set(Role) else Role.RECIPIENT
        if role_name == "needed":
            needed = name
        if name in ("alone", "between"):
            flags[name] = True
        elif name == "of-obj":
            flags["owner"] = True
        elif name == "obj-dative":
            flags["dative"] = True
        elif name == "sbj":
            subject = role
        elif name == "obj":
            obj = role
        elif name.startswith("of-"):
            of_class, of_role = name[3:], Role.RECIPIENT
        elif name == "of":
            of_role = role if role_name else Role.ACTOR
        elif name not in ("-", "for-noun"):
            preps[name] = None if role_name == "-" else role
    if verb and of_role is not None:
        # "Lifted its blockade of the port": behind the object of a verb "of" names who is acted on.
        preps["of"] = Role.RECIPIENT
    return Frame(subject, obj, preps, of_role=of_role, of_class=of_class, needed=needed, **flags)


def _or_none(cell: str) -> str | None:
    return None if cell == "-" else cell
