"""What a content is about: its words without grammar and without the sides' names, near synonyms of the field put together.

The classes of `_CLASSES` are ours: words that news of disputes uses for one another. A class is only used to find and to
compare; nothing is ever rewritten with it.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")

#: English function words, numbers and verbs of saying, which tell nothing about a matter.
GRAMMAR = frozenset(
    [
        "a", "about", "accuse", "accused", "added", "after", "again", "against", "all", "already", "also", "although",
        "among", "an", "and", "any", "are", "as", "ask", "asked", "at", "away", "back", "be", "because", "been",
        "before", "being", "between", "both", "but", "by", "call", "called", "calls", "can", "could", "demand",
        "demanded", "demands", "did", "do", "does", "down", "during", "each", "either", "even", "ever", "every", "few",
        "first", "for", "from", "had", "has", "have", "he", "her", "here", "him", "his", "how", "i", "if", "in", "into",
        "is", "it", "its", "itself", "just", "last", "many", "may", "me", "might", "more", "most", "much", "must", "my",
        "never", "new", "no", "not", "now", "of", "off", "on", "once", "one", "only", "onto", "or", "other", "ought",
        "our", "out", "over", "own", "repeat", "repeated", "s", "said", "same", "say", "says", "shall", "she", "should",
        "since", "so", "some", "still", "such", "t", "tell", "than", "that", "the", "their", "them", "then", "there",
        "these", "they", "this", "those", "though", "through", "to", "told", "too", "under", "until", "up", "urge",
        "urged", "us", "very", "was", "we", "were", "what", "when", "where", "whether", "which", "while", "who", "whom",
        "whose", "why", "will", "with", "without", "would", "yet", "you", "your",
    ]
)  # fmt: skip
_STOP = (
    GRAMMAR
    | frozenset(
        [
            "accusation",
            "accusations",
            "allegation",
            "allegations",
            "allege",
            "alleged",
            "alleging",
            "am",
            "another",
            "assertion",
            "calling",
            "came",
            "charge",
            "charged",
            "charges",
            "claim",
            "claimed",
            "claiming",
            "claims",
            "come",
            "d",
            "denial",
            "denied",
            "denies",
            "deny",
            "denying",
            "despite",
            "dismiss",
            "dismissed",
            "doing",
            "done",
            "dr",
            "eight",
            "fact",
            "false",
            "five",
            "four",
            "further",
            "get",
            "go",
            "going",
            "gone",
            "got",
            "having",
            "idea",
            "involvement",
            "lie",
            "lies",
            "ll",
            "m",
            "made",
            "make",
            "makes",
            "making",
            "mr",
            "mrs",
            "ms",
            "neither",
            "nine",
            "nobody",
            "none",
            "nonsense",
            "nor",
            "nothing",
            "notion",
            "objection",
            "old",
            "ones",
            "ours",
            "part",
            "position",
            "re",
            "reject",
            "rejected",
            "rejects",
            "report",
            "reported",
            "reporting",
            "reports",
            "restate",
            "restated",
            "role",
            "rumour",
            "rumours",
            "saying",
            "second",
            "seven",
            "several",
            "six",
            "stated",
            "statement",
            "statements",
            "suggestion",
            "suggestions",
            "take",
            "tells",
            "ten",
            "theirs",
            "three",
            "took",
            "true",
            "truth",
            "two",
            "untrue",
            "urges",
            "ve",
            "way",
        ]
    )
    | frozenset(
        [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "today",
            "yesterday",
            "tomorrow",
            "tonight",
            "across",
            "along",
            "ago",
        ]
    )
)


_CLASSES: tuple[tuple[str, str], ...] = (
    (
        "troops",
        "troop troops soldier soldiers serviceman servicemen servicewomen forces force army armies military regulars infantry marines "
        "brigade brigades battalion battalions personnel unit units garrison contingent paratroopers legion legionnaires",
    ),
    ("fighters", "fighter fighters mercenary mercenaries volunteers gunmen"),
    (
        "rebels",
        "rebel rebels separatist separatists insurgent insurgents insurgency militant militants militia militias rebellion revolt "
        "uprising secessionists anti-government",
    ),
    (
        "leave",
        "withdraw withdraws withdrew withdrawn withdrawing withdrawal pull pulls pulled pulling pullout pullback leave leaves left "
        "leaving remove removes removed removing removal quit vacate vacated evacuate",
    ),
    ("arms", "arm arms arming armed weapon weapons weaponry guns gun rifle rifles shells howitzer howitzers cannon artillery ammunition"),
    (
        "support",
        "support supports supported supporting back backs backed backing aid aids aided aiding assist assists assisted assisting "
        "assistance help helps helped helping supply supplies supplied supplying provide provides provided providing equip equipped "
        "fund funds funded funding finance financed financing sponsor sponsored sponsoring send sends sent sending deliver delivers "
        "delivered delivering delivery deliveries shipment shipments",
    ),
    ("steer", "direct directs directed directing steer steered steering command commands commanded commanding control controls controlled "
              "run runs running drive drives driving orchestrate orchestrated mastermind lead leads leading"),
    (
        "attack",
        "attack attacks attacked attacking shell shelled shelling fire fires fired firing strike strikes struck bomb bombs bombed bombing "
        "hit hits hitting assault raid raids raided shot shots shooting",
    ),
    ("violence", "violence fighting hostilities conflict war escalation escalate escalating escalated destabilize destabilise destabilizing "
                 "destabilising calm"),
    ("talks", "talk talks meeting meetings session sessions negotiation negotiations negotiate dialogue summit conference"),
    ("sanctions", "sanction sanctions measures embargo list"),
    ("exercise", "exercise exercises drill drills manoeuvre manoeuvres maneuver maneuvers"),
    ("access", "access admit admits admitted admitting admission entry enter entered let unfettered unhindered"),
    ("monitors", "monitor monitors observer observers inspector inspectors"),
    ("annex", "annex annexed annexes annexing annexation"),
    ("hotline", "hotline channel line telephone"),
    ("prisoners", "prisoner prisoners captive captives detainee detainees hostage hostages"),
    ("free", "free freed frees freeing release released releases releasing"),
    ("stop", "stop stops stopped stopping cease ceased ceasing end ends ended ending halt halts halted halting"),
    ("blockade", "blockade blockades blockaded blockading siege besiege besieged block blocks blocked blocking"),
    ("member", "member members membership join joins joined joining accession"),
    ("truce", "truce ceasefire cease-fire armistice"),
    ("plan", "plan plans planned planning prepare prepares prepared preparing preparation preparations plot plots plotted plotting"),
    ("suspend", "suspend suspends suspended suspending suspension"),
    ("reopen", "reopen reopens reopened reopening restore restores restored restoring reopened"),
)  # fmt: skip

_CLASS_OF = {word: name for name, words in _CLASSES for word in words.split()}
_NAMES = frozenset(name for name, _ in _CLASSES)
_ENDINGS = (
    "ions", "ion", "ingly", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "s", "ly", "e",
)  # fmt: skip
#: Verbs of the field whose forms share no stem.
_IRREGULAR = {
    form: verb
    for verb, forms in {
        "use": "uses used using", "break": "breaks broke broken breaking", "build": "builds built building", "buy": "buys bought buying",
        "drive": "drives drove driven driving", "fly": "flies flew flown flying", "hold": "holds held holding", "keep": "keeps kept keeping",
        "lay": "lays laid laying", "lose": "loses lost losing", "pay": "pays paid paying", "sell": "sells sold selling",
        "sink": "sinks sank sunk sinking", "steal": "steals stole stolen stealing", "seize": "seizes seized seizing",
        "kill": "kills killed killing", "beat": "beats beaten beating", "cut": "cuts cutting", "cross": "crosses crossed crossing",
    }.items()
    for form in forms.split()
}  # fmt: skip


def terms(text: str) -> frozenset[str]:
    """The terms of `text`."""
    found = []
    for match in _WORD.finditer(text):
        word = match[0].casefold().removesuffix("'s").removesuffix("’s")
        if word in _STOP or len(word) < 2:
            continue
        found.append(_term(word))
    return frozenset(found)


@lru_cache(maxsize=16_384)
def _term(word: str) -> str:
    found = _CLASS_OF.get(word) or _IRREGULAR.get(word)
    if found is not None:
        return found
    root = stem(word)
    return _CLASS_OF.get(root) or root


def proper_terms(text: str) -> frozenset[str]:
    """The terms of words written with a capital that do not begin `text`, and stand for no class of words."""
    found = " ".join(m[0] for m in _WORD.finditer(text) if m[0][0].isupper() and text[: m.start()].strip())
    return frozenset(term for term in terms(found) if not is_class(term))


def is_class(term: str) -> bool:
    """True when the term stands for a class of words."""
    return term in _NAMES


def numbers(text: str) -> frozenset[str]:
    """The numbers in `text` as written in figures."""
    return frozenset(re.findall(r"\d+(?:[.,]\d+)*", text))


def stem(word: str, endings: tuple[str, ...] = _ENDINGS) -> str:
    """The word without the first of the `endings` that it has, of English inflection; at least four letters stay."""
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: len(word) - len(ending)]
    return word


def overlap(one: frozenset[str], two: frozenset[str]) -> float:
    """The share of the smaller set that the other has too (0 when either is empty)."""
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0
