"""Which words of a sentence name an event, and on what grounds: the table of triggers matched against the parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.reading.events.found import Found
from onrecord.reading.events.nouns import noun_trigger
from onrecord.reading.events.phrases import Phrases
from onrecord.reading.events.triggers import triggers
from onrecord.reading.events.verbs import lemma_of, verb_trigger


def _hyphened(token: Token) -> str | None:
    """ "Sit-in", which the tokenizer takes apart."""
    joined = token.i > 1 and token.nbor(-1).text == "-"
    return f"{token.nbor(-2).lower_}-{token.lower_}" if joined and token.lower_ == "in" else None


def find(doc_tokens: Sequence[Token], phrases: Phrases) -> Iterator[Found]:
    """The triggers among the tokens of one sentence, in text order; each token is part of one at most, verbs first."""
    taken: set[int] = set()
    table = triggers()
    found: list[Found] = []
    for token in doc_tokens:
        if token.tag_.startswith("VB") and token.i not in taken and lemma_of(token) in table:
            one = verb_trigger(token, table[lemma_of(token)], phrases)
            if one is not None:
                found.append(one)
                taken.update(t.i for t in one.tokens)
    for token in doc_tokens:
        named = token.ent_type_ in {"DATE", "TIME", "PERSON"} or (token.pos_ == "PROPN" and token.lower_ == "march")
        lemma = _hyphened(token) or token.lemma_.lower()
        if token.i not in taken and token.pos_ in {"NOUN", "PROPN"} and not named and lemma in table:
            one = noun_trigger(token, table[lemma], phrases)
            if one is not None and not taken & {t.i for t in one.tokens}:
                found.append(one)
                taken.update(t.i for t in one.tokens)
    yield from sorted(found, key=lambda f: f.tokens[0].i)
