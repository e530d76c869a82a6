"""Small questions to the parse: subjects, phrases, negation, mood."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

RELATIVES = frozenset({"who", "which", "that", "whom"})
DASHES = frozenset({"-", "–", "—", "―", "--"})
_SUBORDINATE = frozenset({"relcl", "acl", "advcl", "parataxis", "ccomp"})
_MODALS = frozenset(
    {"would", "could", "might", "may", "should", "must", "will", "shall", "can", "’ll", "'ll", "’d", "'d", "wo", "ca"}
)


def children(token: Token, *deps: str) -> list[Token]:
    """The children of `token` with one of the dependency labels `deps`, in text order."""
    return [child for child in token.children if child.dep_ in deps]


def own_subject(verb: Token) -> Token | None:
    """The subject that hangs on the verb itself."""
    found = children(verb, "nsubj", "nsubjpass", "csubj", "csubjpass")
    return found[0] if found else None


def subject(verb: Token) -> Token | None:
    """The one who does what `verb` says: its subject, the agent of a passive, or the subject it shares with the verb above.

    A coordinated verb, a participle and an infinitive under a verb of going on share the subject above them; a
    participle that hangs on a noun has the noun; an agentless passive has none.
    """
    for _ in range(8):
        if is_passive(verb):
            return _agent(verb)
        found = own_subject(verb)
        if found is not None:
            return found
        above = verb.head
        if above.i == verb.i:
            return None
        if verb.dep_ in {"acl", "relcl"} and above.pos_ in {"NOUN", "PROPN", "PRON"}:
            # A finite verb read as a modifier is a subject and its verb that the parser did not see.
            return above if verb.tag_ in {"VBG", "VBD", "VBZ", "VBP"} or verb.dep_ == "relcl" else None
        if verb.dep_ in {"conj", "xcomp", "advcl", "dep"} and above.pos_ in {"VERB", "AUX"}:
            if verb.dep_ == "advcl" and verb.tag_ not in {"VBG", "VB", "VBN"}:
                return None
            if is_passive(above):
                return own_subject(above)
            verb = above
        elif verb.dep_ == "pcomp" and above.dep_ == "prep" and above.head.pos_ in {"VERB", "AUX"}:
            if above.lower_ == "as" and is_passive(above.head):
                return own_subject(above.head)
            verb = above.head
            if is_passive(verb):
                return own_subject(verb)
        else:
            return None
    return None


def is_passive(verb: Token) -> bool:
    """True for a verb in the passive ("was told"), and for a participle after its noun ("told by")."""
    if verb.tag_ != "VBN":
        return False
    if any(child.dep_ in {"auxpass", "nsubjpass", "agent"} for child in verb.children):
        return True
    if verb.dep_ == "conj" and own_subject(verb) is None and not children(verb, "aux", "dobj"):
        return is_passive(verb.head)
    # "Asked how it went, he said": a participle without an auxiliary.
    return verb.dep_ == "acl" or (verb.dep_ == "advcl" and not children(verb, "aux", "dobj", "nsubj"))


def _agent(verb: Token) -> Token | None:
    for agent in children(verb, "agent", "prep"):
        if agent.lower_ == "by":
            found = children(agent, "pobj")
            return found[0] if found else None
    return None


def antecedent(pronoun: Token) -> Token | None:
    """The noun a relative pronoun stands for."""
    verb = pronoun.head
    for _ in range(4):
        if verb.dep_ == "relcl":
            return verb.head
        if verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def phrase(head: Token) -> list[Token]:
    """The tokens of the noun phrase of `head` in order: its subtree up to a relative clause, a participle or a break."""
    kept: list[Token] = []
    banned: set[int] = set()
    for child in head.subtree:
        if child.i == head.i:
            continue
        outside = child.dep_ in {"relcl", "advcl", "parataxis", "ccomp"} or (
            child.dep_ == "acl" and child.tag_ != "VBN"
        )
        if outside or (child.lower_ in DASHES - {"-"} and child.i < head.i):
            banned.update(t.i for t in child.subtree)
    kept = [t for t in head.subtree if t.i not in banned or t.i == head.i]
    return contiguous(kept, head)


def contiguous(tokens: Iterable[Token], around: Token) -> list[Token]:
    """The unbroken run of `tokens` that holds `around`, without punctuation at its ends."""
    by_place = {t.i: t for t in tokens}
    first = last = around.i
    while first - 1 in by_place:
        first -= 1
    while last + 1 in by_place:
        last += 1
    run = [by_place[i] for i in range(first, last + 1)]
    while len(run) > 1 and _loose(run[0]):
        run.pop(0)
    while len(run) > 1 and _loose(run[-1]):
        run.pop()
    return run


def without_ending(tokens: list[Token]) -> list[Token]:
    """The tokens of a possessor without its "'s"."""
    return tokens[:-1] if len(tokens) > 1 and tokens[-1].tag_ == "POS" else tokens


def _loose(token: Token) -> bool:
    return (token.is_punct and token.text not in {".", "’", "'"}) or token.dep_ == "cc"


def is_negated(verb: Token) -> bool:
    """True when the verb itself is negated ("did not say", "never said")."""
    if any(child.dep_ == "neg" or (child.lower_ in {"never", "not"} and child.i < verb.i) for child in verb.children):
        return True
    shared = verb.dep_ == "conj" and own_subject(verb) is None and verb.tag_ == "VB" and not children(verb, "aux")
    return shared and is_negated(verb.head)


def modal(verb: Token) -> str | None:
    """The modal auxiliary of the verb, in small letters, if it has one (shared along a coordination)."""
    for child in children(verb, "aux"):
        if child.lower_ in _MODALS or child.tag_ == "MD":
            return child.lower_
    if verb.dep_ == "conj" and own_subject(verb) is None and verb.tag_ == "VB" and not children(verb, "aux"):
        return modal(verb.head)
    return None


def is_infinitive(verb: Token) -> bool:
    """True for "to" with the verb, shared along a coordination."""
    if any(child.tag_ == "TO" for child in children(verb, "aux")):
        return True
    return verb.dep_ == "conj" and verb.tag_ == "VB" and own_subject(verb) is None and is_infinitive(verb.head)


def marker(clause: Token) -> str | None:
    """The word that opens a subordinate clause: that, if, whether, because, ..."""
    for child in children(clause, "mark"):
        return child.lower_
    return None


def left_edge(token: Token) -> int:
    """The place of the first token of the subtree."""
    return token.left_edge.i


def right_edge(token: Token) -> int:
    """The place of the last token of the subtree."""
    return token.right_edge.i
