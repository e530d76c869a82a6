"""Which words of a sentence are cue verbs: the table of verbs matched against the parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.reading.grammar import is_infinitive, is_negated, is_passive, marker, modal
from onrecord.reading.lexicon import VerbCue, verb_cues

_BETWEEN = frozenset({"DET", "ADV", "ADJ", "PRON", "AUX"})
_PARTICLES = frozenset(
    [
        "on", "upon", "for", "of", "to", "out", "off", "aside", "away", "at", "against", "about", "over", "in", "into",
        "with", "from", "up", "down", "by", "as",
    ]
)  # fmt: skip
#: Verbs under which an infinitive or participle is still a saying that takes place ("went on to say").
RAISING = frozenset(
    {"go", "continue", "begin", "start", "proceed", "appear", "rush", "move", "step", "rise", "quote", "hear"}
)
_STAGE = frozenset(
    {"use", "take", "write", "hold", "speak", "join", "release", "issue", "return", "turn", "telephone", "call"}
)
_CONDITIONS = frozenset({"if", "unless", "whether", "until", "lest"})


@dataclass(frozen=True, slots=True)
class Match:
    """A verb of the text with the rows of the table that fit it, the longest phrase only, and the tokens of its phrase."""

    verb: Token
    rows: tuple[VerbCue, ...]
    tokens: tuple[Token, ...]

    def has(self, frame: str) -> VerbCue | None:
        """The first row that has `frame`."""
        return next((row for row in self.rows if frame in row.frames), None)


def match(verb: Token, stop: int) -> tuple[Match, ...]:
    """The readings of `verb` as a cue, the longest phrase first; `stop` is the end of its sentence (a token number)."""
    if verb.pos_ not in {"VERB", "AUX", "NOUN", "ADJ"} or verb.tag_[:2] not in {"VB", "JJ"}:
        return ()
    entries = verb_cues().get(verb.lemma_.lower(), ())
    found: dict[tuple[Token, ...], list[VerbCue]] = {}
    for entry in entries:
        tokens = _words(verb, entry.words[1:], stop)
        if tokens is not None:
            found.setdefault((verb, *tokens), []).append(entry)
    return tuple(Match(verb, tuple(rows), tokens) for tokens, rows in found.items())


def _words(verb: Token, words: Sequence[str], stop: int) -> list[Token] | None:
    doc, place = verb.doc, verb.i + 1
    found: list[Token] = []
    for word in words:
        skipped = 0
        while place < stop and doc[place].lower_ != word and doc[place].lemma_.lower() != word:
            token = doc[place]
            hearer = token.dep_ == "dative" and token.pos_ != "ADP"
            loose = token.pos_ == "ADV" if word in _PARTICLES and not found else token.pos_ in _BETWEEN or hearer
            if not loose or skipped >= 3 or token.is_punct:
                return None
            skipped += 1
            place += 1
        if place >= stop:
            return None
        found.append(doc[place])
        place += 1
    return found


def is_actual(verb: Token) -> bool:
    """True when the saying is told as done: not negated, not merely possible, wanted, asked or conditional."""
    if is_negated(verb) or modal(verb) is not None:
        return False
    if verb.dep_ in {"advcl", "ccomp"} and marker(verb) in _CONDITIONS:
        return False
    if is_infinitive(verb):
        above = verb.head
        if verb.dep_ == "conj":
            while above.dep_ == "conj" and above.head.i != above.i:
                above = above.head
            above = above.head
        raised = verb.dep_ in {"xcomp", "advcl", "conj"} and above.lemma_ in RAISING
        staged = verb.dep_ in {"advcl", "xcomp", "conj"} and above.lemma_ in _STAGE
        return (raised or staged) and is_actual(above)
    return verb.tag_ != "VB" or verb.dep_ == "ROOT"


def chain(verb: Token, phrase: Sequence[Token]) -> list[Token]:
    """The cue as people mark it: a passive or a raising verb above ("was quoted as saying", "went on to say") belongs to it."""
    tokens = list(phrase)
    above = verb.head
    if is_infinitive(verb) and verb.dep_ in {"xcomp", "advcl"} and above.lemma_ in RAISING:
        return [verb.doc[i] for i in range(above.i, tokens[-1].i + 1)]
    if verb.dep_ == "pcomp" and above.lower_ == "as" and is_passive(above.head):
        first = min(t.i for t in (above.head, *(c for c in above.head.children if c.dep_ in {"auxpass", "aux"})))
        return [verb.doc[i] for i in range(first, tokens[-1].i + 1)]
    return tokens
