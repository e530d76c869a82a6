"""What the rules of interpretation look at: one attribution as tokens of the parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.model import MentionLabel, Span
from onrecord.reading.attributed import Attribution
from onrecord.reading.finding.cues import match
from onrecord.reading.grammar import antecedent, phrase
from onrecord.reading.lexicon import NounCue, VerbCue, noun_cues
from onrecord.reading.mentions import Mentions, mention_of
from onrecord.reading.parse import Parse, head_of

_FIRST_PERSON = frozenset(["i", "we"])
_THIRD_PERSON = frozenset(["he", "she", "they", "it"])


@dataclass(frozen=True, slots=True)
class Context:
    """One attribution with the tokens of its roles and the rows of the lexicon that its cue matches.

    ``verb`` is the cue's verb or None; ``noun`` the row of a speech noun; ``heads`` are the governing words of the content,
    one a sentence or coordinated part.
    """

    parse: Parse
    mentions: Mentions
    attribution: Attribution
    source: tuple[Token, ...]
    cue: tuple[Token, ...]
    content: tuple[Token, ...]
    verb: Token | None
    rows: tuple[VerbCue, ...]
    noun: NounCue | None
    heads: tuple[Token, ...]

    @property
    def inside(self) -> frozenset[int]:
        """The numbers of the content's tokens."""
        return frozenset(t.i for t in self.content)

    @property
    def is_quoted(self) -> bool:
        """True when the content begins in the speaker's own words."""
        return bool(self.content) and (self.parse.quoted[self.content[0].i] >= 0 or self.attribution.rule == "label")

    def is_self(self, token: Token | None) -> bool:
        """True when `token` stands for the speaker: "I" and "we", a pronoun that fits, or the source's own words again."""
        if token is None:
            return False
        if token.lower_ in _FIRST_PERSON:
            return True
        if not self.source:
            return False
        named = {t.lower_ for t in self.source if t.pos_ in {"PROPN", "NOUN"} and t.tag_ != "POS"}
        head = head_of(self.source)
        if token.lower_ in _THIRD_PERSON and self.parse.quoted[token.i] < 0:
            if token.lower_ == "they" and any(c.dep_ == "conj" and c in self.source for c in head.children):
                return True
            if head.lower_ in _THIRD_PERSON:
                return head.lower_ == token.lower_
            return (token.lower_ in {"he", "she"}) == self._is_person(head)
        if token.pos_ in {"PROPN", "NOUN"} and token.lower_ in named:
            return token.lower_ == head.lower_ or token.ent_type_ in {"GPE", "ORG"}
        return False

    def titles(self) -> tuple[str, ...]:
        """The titles, in small letters, that the text gives anywhere to the one the source names."""
        if not self.source:
            return ()
        head = head_of(self.source)
        return self.mentions.titles.get(head.lower_, ())

    def _is_person(self, head: Token) -> bool:
        """By the label its name has throughout the text, which one odd sentence does not change."""
        mention = self.mentions.at(self.parse.starts[head.i], self.parse.ends[head.i])
        if mention is not None and mention.label is not MentionLabel.OTHER:
            return mention.label is MentionLabel.PERSON
        return head.ent_type_ not in {"GPE", "ORG", "NORP"}


def context(parse: Parse, mentions: Mentions, attribution: Attribution) -> Context:
    """Look up what the cue of `attribution` is in the lexicon and what its content is in the parse."""
    cue = tuple(parse.tokens_of(attribution.cue))
    content = tuple(parse.tokens_of(attribution.content))
    verb, rows = _cue_verb(parse, cue)
    noun = None
    if verb is None:
        noun = next(
            (noun_cues()[t.lemma_.lower()] for t in cue if t.pos_ == "NOUN" and t.lemma_.lower() in noun_cues()), None
        )
    source = tuple(_resolved_relative(parse.tokens_of(attribution.source)))
    return Context(parse, mentions, attribution, source, cue, content, verb, rows, noun, _heads(parse, content))


def _cue_verb(parse: Parse, cue: Sequence[Token]) -> tuple[Token | None, tuple[VerbCue, ...]]:
    """The verb of the cue whose row covers most of it; the last such verb ("was quoted as saying")."""
    best: tuple[Token | None, tuple[VerbCue, ...]] = (None, ())
    reach = -1
    for token in cue:
        if token.pos_ not in {"VERB", "AUX"} or token.lemma_ in {"be", "have"}:
            continue
        stop = parse.sentence(token.i)[1]
        fitting = [m for m in match(token, stop) if m.tokens[-1].i <= cue[-1].i]
        if fitting:
            # Other rows of the same verb stay in view: the frame chosen by the content decides between them.
            fitting.sort(key=lambda m: -m.tokens[-1].i)
            rows = tuple(row for m in fitting for row in m.rows)
            if fitting[0].tokens[-1].i > reach:
                best, reach = (token, rows), fitting[0].tokens[-1].i
    if best[0] is None:
        best = (next((t for t in cue if t.pos_ == "VERB"), None), ())
    return best


def _resolved_relative(source: list[Token]) -> list[Token]:
    if len(source) == 1 and source[0].lower_ in {"who", "which", "that"}:
        noun = antecedent(source[0])
        if noun is not None:
            return [t for t in phrase(noun) if t.i < source[0].i]
    return source


def _heads(parse: Parse, content: Sequence[Token]) -> tuple[Token, ...]:
    """The governing words of the content's sentences, each with the verbs coordinated with it."""
    heads: list[Token] = []
    by_sentence: dict[int, list[Token]] = {}
    for token in content:
        by_sentence.setdefault(parse.sentence_of[token.i], []).append(token)
    for tokens in by_sentence.values():
        inside = {t.i for t in tokens}
        tops = [t for t in tokens if t.head.i not in inside or t.head.i == t.i]
        verbs = [t for t in tops if t.pos_ in {"VERB", "AUX"}] or [head_of(tokens)]
        for top in verbs:
            chain = [top]
            for token in chain:
                chain.extend(
                    c for c in token.children if c.dep_ == "conj" and c.i in inside and c.pos_ in {"VERB", "AUX"}
                )
            heads.extend(chain)
    return tuple(dict.fromkeys(heads))


def mention_spans(of: Context, tokens: Sequence[Token]) -> tuple[Span, ...]:
    """The spans of the mentions behind `tokens`, or the tokens' own span when there is none."""
    found = mention_of(of.mentions, of.parse, tokens)
    return tuple(sorted({m.span for m in found})) if found else ((of.parse.span_of(tokens),) if tokens else ())
