"""What a demand, promise or offer is about: the one function by which wordings are known for the same thing.

The key of a content is what is to be done and to what: ``withdraw troops``, ``stop support``. Names and numbers are left out, so
that the key is the same whoever speaks. The classes of words below are ours: words that news of disputes uses for one another.
Where a content has no verb of the table, or none of its nouns, its words themselves are the key and `same` asks that most of
them agree; in doubt two wordings are two rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.relations.words import GRAMMAR, stem

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")

#: What is to be done. ``stop`` takes what is to be stopped from the words after it.
_ACTIONS = {
    "withdraw": "withdraw withdraws withdrew withdrawn withdrawing withdrawal pullout pullback remove removes removed removing "
    "removal evacuate evacuated vacate leave leaves left leaving",
    "stop": "stop stops stopped stopping cease ceases ceased ceasing end ends ended ending halt halts halted halting refrain "
    "refrains desist discontinue",
    "support": "support supports supporting back backs backing aid aids aiding assist assists assisting assistance arm arms "
    "arming supply supplies supplying equip equips equipping fund funds funding finance finances financing sponsor sponsoring "
    "send sends sending deliver delivers delivering delivery deliveries shipment shipments help helping train trains training",
    "admit": "admit admits admitted admitting admission access let lets letting allow allows allowed allowing",
    "reopen": "reopen reopens reopened reopening restore restores restored restoring resume resumes resumed resuming reconnect",
    "suspend": "suspend suspends suspended suspending suspension",
    "free": "free frees freed freeing release releases released releasing",
    "attack": "attack attacks attacking shell shells shelling fire fires firing bomb bombs bombing strike strikes striking shoot "
    "shooting",
    "destabilize": "destabilize destabilise destabilizes destabilises destabilizing destabilising",
    "blockade": "blockade blockades blockading siege besieging besiege",
    "lift": "lift lifts lifted lifting ease eases easing",
    "rebuild": "rebuild rebuilds rebuilt rebuilding repair repairs repaired",
    "exchange": "exchange exchanges exchanged exchanging swap swaps",
    "implement": "implement implements implemented implementing implementation fulfil fulfill fulfilled honour honor",
    "respect": "respect respects respecting observe observes",
    "apologise": "apologise apologize apology apologises apologizes",
    "explain": "explain explains explained explanation explanations",
    "investigate": "investigate investigates investigation inquiry enquiry probe",
    "compensate": "compensate compensates compensation damages reparations",
    "meet": "meet meets meeting meetings attend attends talks negotiate negotiations discuss discusses session",
    "build": "deploy deploys deployed station stationed",
    "calm": "calm calms deescalate de-escalate",
    "expel": "expel expels expelled",
    "publish": "publish publishes published",
    "extend": "extend extends extended extension lengthen lengthened",
    "accuse": "accusation accusations",
}
#: What it is done to.
_OBJECTS = {
    "troops": "troop troops soldier soldiers serviceman servicemen forces army armies unit units personnel contingent brigade "
    "brigades battalion battalions officers",
    "guns": "gun guns artillery howitzer howitzers cannon cannons tank tanks launchers weaponry batteries",
    "weapons": "weapon weapons arms ammunition munitions rifles shells lorries trucks",
    "rebels": "rebel rebels separatist separatists insurgent insurgents insurgency militant militants militia militias rebellion "
    "fighters gunmen",
    "monitors": "monitor monitors observer observers inspector inspectors mission",
    "channel": "hotline channel channels line telephone connection",
    "prisoners": "prisoner prisoners detainee detainees captive captives hostage hostages",
    "sanctions": "sanction sanctions embargo measures",
    "schools": "school schools",
    "blockade": "blockade siege",
    "reforms": "reform reforms",
    "agreement": "agreement agreements accord accords deal commitments obligations",
    "warships": "warship warships ship ships vessel vessels",
    "patrols": "patrol patrols",
    "conflict": "conflict fighting violence hostilities war escalation",
}
_ACTION_OF = {word: name for name, words in _ACTIONS.items() for word in words.split()}
_OBJECT_OF = {word: name for name, words in _OBJECTS.items() for word in words.split()}
#: Verbs that mean a withdrawal together with a particle: "pull its soldiers out", "take them home", "lead out".
_MOVING = frozenset(
    [
        "pull", "pulls", "pulled", "pulling", "take", "takes", "took", "taking", "lead", "leads", "led", "leading",
        "move", "moves", "moved", "moving", "bring", "brings", "get", "gets",
    ]
)  # fmt: skip
_AWAY = frozenset({"out", "away", "home", "back", "off"})
#: Words that are one another in what is left of a content.
_ALIKE = {
    word: name
    for name, words in {
        "plan": "plan plans planned planning prepare prepares prepared preparing preparations plot plots plotting"
    }.items()
    for word in words.split()
}
_REACH = 6
#: What an alliance arms and what it arms: to stop the one is to stop the other.
_ARMED = frozenset({None, "rebels", "weapons", "troops"})
_ABOARD = frozenset({"aboard", "flagship", "exercise", "exercises", "manoeuvres", "maneuvers", "drills"})
_PRONOUNS = frozenset({"it", "them", "this", "that", "one"})
_NEGATIVE = frozenset({"not", "never", "no", "nor", "neither", "cannot"})
_STOP = GRAMMAR | frozenset(
    [
        "accuses", "demanding", "hers", "next", "offer", "offered", "pledged", "promise", "promised", "propose",
        "proposed", "reiterated",
    ]
)  # fmt: skip
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "ed", "es", "s", "ly")
#: The share of words that two contents without a known verb and noun must have in common, and the least number of words.
ALIKE, FEWEST = 0.6, 2


@dataclass(frozen=True, slots=True)
class Key:
    """What a content is about: the action and its object by the tables (None where they have none), and its words."""

    action: str | None
    object: str | None
    negative: bool
    words: frozenset[str]
    pronoun: bool = False

    @property
    def sure(self) -> bool:
        """True when action and object are both known: such keys are the same or different, never alike."""
        return self.action is not None and self.object is not None


@lru_cache(maxsize=65_536)
def content_key(text: str) -> Key:
    """The key of a content, from its own words: names (words with a capital that do not begin it) and numbers say nothing."""
    tokens = _tokens(text)
    action, at = _action(tokens)
    thing = _object(tokens, at)
    if action is not None and action.startswith("stop support") and thing in _ARMED:
        thing = "rebels"
    if (
        action == "withdraw"
        and thing is None
        and not _pronoun_after(tokens, at)
        and tokens[at] in ("leave", "leaves", "withdraw")
    ):
        # A state that is to leave or withdraw, and nothing is named: its soldiers.
        thing = "troops"
    if action == "admit" and any(_OBJECT_OF.get(token) == "monitors" for token in tokens):
        # "The monitors were allowed to see the guns": who is let in, whatever they are let see.
        thing = "monitors"
    if action == "admit" and thing == "monitors" and _ABOARD.intersection(tokens):
        # Observers of an exercise are not the monitors of a border.
        thing = "exercise"
    if action == "withdraw" and thing == "weapons":
        thing = "guns"
    negative = any(t in _NEGATIVE or t.endswith("n't") for t in tokens)
    words = frozenset(_form(t) for t in tokens if t not in _STOP and len(t) > 2)
    return Key(action, thing, negative, words, pronoun=at >= 0 and _pronoun_after(tokens, at))


@lru_cache(maxsize=16_384)
def _form(token: str) -> str:
    return _ACTION_OF.get(token) or _OBJECT_OF.get(token) or _ALIKE.get(token) or stem(token, _ENDINGS)


def same(one: Key, two: Key) -> bool:
    """True when two contents are about the same thing."""
    if one.negative != two.negative or one.action != two.action:
        return False
    if one.sure or two.sure:
        return one.sure and two.sure and one.object == two.object
    shared = one.words & two.words
    both = one.words | two.words
    if not both:
        return False
    return one.words == two.words or (len(shared) >= FEWEST and len(shared) / len(both) >= ALIKE)


def _tokens(text: str) -> list[str]:
    found = []
    for number, match in enumerate(_TOKEN.finditer(text)):
        word = match[0].replace("’", "'")
        small = word.casefold().removesuffix("'s")
        if word[0].isupper() and not (number == 0 and (small in _ACTION_OF or small in _OBJECT_OF or small in _STOP)):
            continue
        found.append(small)
    return found


def _action(tokens: list[str]) -> tuple[str | None, int]:
    """The first action and its place; for "stop" together with what is to be stopped, and the place of that."""
    for at, token in enumerate(tokens):
        if token in _MOVING and any(t in _AWAY for t in tokens[at + 1 : at + 1 + _REACH]):
            return "withdraw", at
        name = _ACTION_OF.get(token)
        if name is None or (name == "support" and at and tokens[at - 1] in ("in", "into", "of", "by")):
            continue
        if name == "stop":
            for after in range(at + 1, len(tokens)):
                inner = _ACTION_OF.get(tokens[after])
                if inner is not None and inner != "stop":
                    return f"stop {inner}", after
            return "stop", at
        return name, at
    return None, -1


def _object(tokens: list[str], at: int) -> str | None:
    """What the action at that place is done to: the first such noun after it, else the last before it."""
    for token in tokens[at + 1 :]:
        if token in _OBJECT_OF:
            return _OBJECT_OF[token]
    for token in reversed(tokens[: max(at, 0)]):
        if token in _OBJECT_OF:
            return _OBJECT_OF[token]
    return None


def _pronoun_after(tokens: list[str], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1] in _PRONOUNS
