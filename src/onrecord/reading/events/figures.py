"""Figures: how many were killed, detained, deployed or driven out, as the text gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.model import Comparator, Figure, Sentence, Span

_COMPARED = {
    "more than": Comparator.MORE_THAN,
    "over": Comparator.MORE_THAN,
    "above": Comparator.MORE_THAN,
    "at least": Comparator.AT_LEAST,
    "no fewer than": Comparator.AT_LEAST,
    "no less than": Comparator.AT_LEAST,
    "a minimum of": Comparator.AT_LEAST,
    "up to": Comparator.AT_MOST,
    "as many as": Comparator.AT_MOST,
    "at most": Comparator.AT_MOST,
    "no more than": Comparator.AT_MOST,
    "fewer than": Comparator.LESS_THAN,
    "less than": Comparator.LESS_THAN,
    "under": Comparator.LESS_THAN,
    "nearly": Comparator.LESS_THAN,
    "almost": Comparator.LESS_THAN,
    "close to": Comparator.ABOUT,
    "about": Comparator.ABOUT,
    "around": Comparator.ABOUT,
    "some": Comparator.ABOUT,
    "roughly": Comparator.ABOUT,
    "approximately": Comparator.ABOUT,
    "an estimated": Comparator.ABOUT,
}
_WORDS = {
    word: value
    for value, word in enumerate(
        [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
        ],
        1,
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12}  # fmt: skip
_TIMES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_UNITS = (
    r"people|persons|civilians|soldiers|troops|servicemen|fighters|rebels|militants|police(?:\s+officers)?|officers|children|women|men|"
    r"villagers|residents|protesters|demonstrators|journalists|prisoners|detainees|hostages|refugees|others|workers|families|victims|"
    r"tanks|howitzers|guns|vehicles|aircraft|ships|warships|drones|missiles|rockets|homes|houses|buildings|schools"
)
_STATES = (
    r"dead|killed|died|slain|wounded|injured|hurt|missing|displaced|homeless|detained|arrested|jailed|imprisoned|captured|freed|released|"
    r"deployed|withdrawn|expelled|evacuated|destroyed|damaged|lives|deaths|casualties|deported|abducted|kidnapped|sanctioned"
)
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\s+(?:hundred|thousand|million|billion))?"
    rf"|(?:{'|'.join(_WORDS)}|a)(?:\s+(?:hundred|thousand|million|dozen))|(?:{'|'.join(w for w in _WORDS if w != 'dozen')})"
)
_COMPARE = "|".join(sorted(map(re.escape, _COMPARED), key=len, reverse=True))
_BE = r"(?:were|was|are|have\s+been|had\s+been|has\s+been|being|left|reported|confirmed|believed)\s+(?:reported\s+|confirmed\s+)?"
#: "more than 300 people have been killed", "at least 12 dead"
_AFTER = re.compile(
    rf"\b(?:(?P<compare>{_COMPARE})\s+)?(?P<value>{_NUMBER})\s+(?:of\s+the\s+)?(?:(?:\w+\s+)?(?P<unit>{_UNITS})\s+)?(?:{_BE})?(?P<of>{_STATES})\b",
    re.IGNORECASE,
)
#: "killed at least 12 people", "detained 40 protesters"
_BEFORE = re.compile(
    r"\b(?P<of>killing|killed|kills|wounding|wounded|injuring|injured|detaining|detained|arresting|arrested|freed|freeing|released|releasing|"
    r"displaced|displacing|deployed|deploying|expelled|expelling|captured|capturing|destroyed|destroying|evacuated|claimed|"
    rf"abducted|kidnapped)\s+(?:(?P<compare>{_COMPARE})\s+)?(?P<value>{_NUMBER})(?:\s+(?:of\s+the\s+|\w+\s+)?(?P<unit>{_UNITS}|lives))?\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\bsince\s+(?:the\s+)?(?:(?:early|late|mid|start\s+of|beginning\s+of)[\s-]+)?(?:[A-Z][a-z]+\s+\d{4}|\d{4}|[A-Z][a-z]+day|(?:January|February|March|April"
    r"|May|June|July|August|September|October|November|December)(?:\s+\d{1,2})?)|\bin\s+(?:the\s+past|the\s+last)\s+\w+(?:\s+\w+)?"
    r"|\b(?:in|during)\s+\d{4}|\bin\s+(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\s+(?:days|weeks|months|years)\b"
)
_STATE_OF = {
    "killing": "killed", "kills": "killed", "slain": "killed", "died": "killed", "dead": "killed", "deaths": "killed",
    "lives": "killed", "claimed": "killed", "wounding": "wounded", "injuring": "wounded", "injured": "wounded", "hurt": "wounded",
    "detaining": "detained", "arresting": "detained", "arrested": "detained", "jailed": "detained", "imprisoned": "detained",
    "freed": "released", "freeing": "released", "releasing": "released", "displacing": "displaced", "homeless": "displaced",
    "deploying": "deployed", "expelling": "expelled", "capturing": "captured", "destroying": "destroyed",
}  # fmt: skip


def figures(text: str, sentences: Sequence[Sentence]) -> tuple[Figure, ...]:
    """The figures of the sentences, in text order; of two that share a number the longer stands."""
    found: dict[int, Figure] = {}
    for sentence in sentences:
        for at, figure in _in(text, sentence.span):
            if at not in found or len(figure.span) > len(found[at].span):
                found[at] = figure
    return tuple(sorted(found.values(), key=lambda f: f.span))


def _in(text: str, window: Span) -> Iterator[tuple[int, Figure]]:
    for pattern in (_AFTER, _BEFORE):
        for match in pattern.finditer(text, window.start, window.end):
            value = number(match["value"])
            unit = (match["unit"] or "people").casefold()
            if value is None or (match["value"].casefold() == "one" and not match["unit"]):
                continue
            state = match["of"].casefold()
            period = _PERIOD.search(text, match.end(), min(window.end, match.end() + 60))
            yield (
                match.start("value"),
                Figure(
                    Span(match.start(), match.end()),
                    value,
                    _COMPARED.get(" ".join((match["compare"] or "").casefold().split()), Comparator.EXACTLY),
                    "people" if unit in {"lives", "others", "victims"} else " ".join(unit.split()),
                    _STATE_OF.get(state, state),
                    Span(period.start(), period.end()) if period else None,
                ),
            )


def number(words: str) -> int | None:
    """The value of a number in digits or words ("10,000", "two hundred", "a dozen"), or None."""
    value: int | None = None
    for word in words.casefold().split():
        if word.replace(",", "").isdigit():
            value = int(word.replace(",", ""))
        elif word in _TIMES:
            value = (value or 1) * _TIMES[word]
        elif word == "dozen":
            value = (value or 1) * 12
        elif word == "a":
            value = 1
        elif word in _WORDS:
            value = _WORDS[word]
        else:
            return None
    return value
