"""The modes that the words beside a trigger give: by what was asked, refused or threatened, and with what force was used.

A mode is given only where its words stand there; the modes and their meaning are in the table of PLOVER (`onrecord.knowledge.plover`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Token

from onrecord.model import Root
from onrecord.reading.events.found import Found

_THREATENED: Mapping[str, frozenset[str]] = {
    "violence": frozenset({"bomb", "attack", "kill", "strike", "destroy", "shell", "fire", "shoot", "war", "force", "invade", "bloodshed"}),
    "territory": frozenset({"occupy", "seize", "annex", "capture"}),
    "expel": frozenset({"expel", "throw", "deport", "evict"}),
    "arrest": frozenset({"arrest", "jail", "detain", "imprison"}),
    "ban": frozenset({"ban", "outlaw", "dissolve"}),
    "restrict": frozenset({"close", "block", "blockade", "curfew", "boycott", "shut", "embargo"}),
    "relations": frozenset({"break", "suspend", "sever", "cut", "recall", "relation", "tie", "sanction"}),
}  # fmt: skip
_WANTED: Mapping[str, frozenset[str]] = {
    "meet": frozenset({"talk", "meeting", "meet", "negotiate", "negotiation", "summit", "dialogue", "mediation"}),
    "yield": frozenset({"release", "free", "ceasefire", "truce", "withdraw", "withdrawal", "lift", "ease", "sanction", "pullout", "blockade"}),
    "assist": frozenset({"aid", "loan", "help", "money", "food", "weapon", "assistance", "trade", "arm", "fund", "medicine", "troop"}),
    "change": frozenset({"law", "election", "reform", "resignation", "resign", "policy", "constitution", "referendum"}),
}  # fmt: skip
#: What force is used with; the first that fits is taken.
_ARMS: Mapping[str, frozenset[str]] = {
    "unconventional": frozenset({"gas", "chemical", "nerve", "radiological", "biological"}),
    "suicide-attack": frozenset({"suicide"}),
    "drone": frozenset({"drone", "uav"}),
    "crowd-control": frozenset({"tear", "baton", "cannon"}),
    "aerial": frozenset({"jet", "warplane", "airstrike", "plane", "bomber-plane", "helicopter"}),
    "explosives": frozenset({"bomb", "mine", "car-bomb", "explosive", "device"}),
    "heavy-weapons": frozenset({"shell", "artillery", "rocket", "mortar", "missile", "tank", "howitzer", "gun-battery"}),
    "primitive": frozenset({"knife", "machete", "stone", "axe", "spear"}),
    "firearms": frozenset({"gunman", "sniper", "rifle", "pistol", "gunfire"}),
}  # fmt: skip
#: What two sides do to each other.
_OF_BOTH = frozenset({"clash", "fight", "fighting", "battle", "skirmish", "hostility", "combat"})
_VERBS: Mapping[str, str] = {
    "massacre": "massacre",
    "slaughter": "massacre",
    "torture": "torture",
    "shell": "heavy-weapons",
    "rape": "sexual",
}
_MOBILIZED: Mapping[str, frozenset[str]] = {
    "police": frozenset({"police", "policeman", "gendarme", "gendarmerie"}),
    "militia": frozenset({"militia", "fighter", "militiaman", "rebel"}),
}


def said_mode(root: Root, words: Iterable[Token]) -> str | None:
    """The mode of a demand, a refusal or a threat by the words of what is demanded, refused or threatened; the first that fits."""
    table = _THREATENED if root is Root.THREATEN else _WANTED if root in (Root.REQUEST, Root.REJECT) else None
    if table is None:
        return None
    for token in words:
        for mode, some in table.items():
            if token.lemma_.lower() in some or token.lower_ in some:
                return mode
    return None


def force_mode(one: Found) -> str | None:
    """The mode of an attack by the arms that are named with it, or of a deployment by who is deployed; the row's own otherwise."""
    if one.row.mode == "hunger" and one.object is not None and one.object.lower_ == "strike":
        # A strike is one of hunger only where it is called so.
        return "hunger" if any(c.lower_ == "hunger" for c in one.object.children) else "strike"
    if one.row.mode == "curfew" and one.object is not None and one.object.lemma_.lower() != "curfew":
        return "restrict"
    if one.row.mode == "firearms" and one.object is not None and one.object.lemma_.lower() in _ARMS["heavy-weapons"]:
        return "heavy-weapons"
    if one.row.mode not in (None, "troops"):
        return one.row.mode
    table = _ARMS if one.row.code is Root.ASSAULT else _MOBILIZED if one.row.code is Root.MOBILIZE else {}
    if one.row.code is Root.ASSAULT and one.head.lemma_.lower() in _VERBS:
        return _VERBS[one.head.lemma_.lower()]
    named = {t.lemma_.lower() for t in _beside(one)} | {t.lower_ for t in _beside(one)}
    found = next((mode for mode, some in table.items() if named & some), one.row.mode)
    if found is None and one.row.code is Root.ASSAULT:
        return _kind_of_violence(one)
    return found


def _kind_of_violence(one: Found) -> str | None:
    """The modes that no arms tell: sexual violence, a population driven out, two sides that fight each other."""
    beside = {c.lower_ for c in one.head.children if c.dep_ in {"amod", "advmod", "compound"}}
    if beside & {"sexual", "sexually"}:
        return "sexual"
    if beside & {"ethnic", "ethnically"}:
        return "cleansing"
    return "sideAB" if one.row.words[-1] in _OF_BOTH or one.row.words[0] in _OF_BOTH else None


def _beside(one: Found) -> list[Token]:
    """The words that say what it was done with: the subject's, the object's of a deployment, those behind "with" and "by", and before a noun."""
    found: list[Token] = []
    for child in one.head.children:
        if child.dep_ in {"nsubj", "compound", "amod"} or (
            one.row.code is Root.MOBILIZE and child.dep_ in {"dobj", "nsubjpass"}
        ):
            found += [child, *(c for c in child.children if c.dep_ in {"compound", "amod"})]
        elif child.dep_ in {"prep", "agent"} and child.lower_ in {"with", "by"}:
            found += [
                t for p in child.children for t in (p, *(c for c in p.children if c.dep_ in {"compound", "amod"}))
            ]
    return found
