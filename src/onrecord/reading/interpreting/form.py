"""The form of a statement: how its words are given, affirmed or negated, in what mood, and in how many parts."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.model import Act, Modality, Polarity, Proposition, QuoteType, Span
from onrecord.reading.finding.edges import content_span
from onrecord.reading.grammar import DASHES, children, is_infinitive, is_negated, marker, modal, own_subject
from onrecord.reading.interpreting.context import Context

_FIRST = frozenset({"i", "we", "our", "us", "my", "me"})
_NOT_ONE = frozenset({"no", "none", "nothing", "nobody", "neither", "nowhere"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
_COMING = frozenset({"will", "'ll", "’ll", "shall", "wo"})


def quote_type_of(context: Context) -> QuoteType:
    """Direct when all words stand in marks, after a dash, or speak in the first person without any; mixed when some do.

    Otherwise indirect when the content is a clause, narrated when only the act and its object are told.
    """
    parse = context.parse
    spoken = [t for t in context.content if not t.is_punct]
    quoted = sum(parse.quoted[t.i] >= 0 for t in spoken)
    verb_quoted = context.cue and parse.quoted[context.cue[0].i] >= 0
    if quoted and not verb_quoted:
        return QuoteType.DIRECT if quoted == len(spoken) else QuoteType.MIXED
    if context.attribution.rule.startswith("headline"):
        told = (
            context.attribution.act is not None
            and context.verb is not None
            and not any(_is_clause(h) for h in context.heads)
        )
        return QuoteType.NARRATED if told else QuoteType.INDIRECT
    if [t.text for t in context.cue] == [":"] and context.source and context.source[-1].i == context.cue[0].i - 1:
        return QuoteType.DIRECT
    if spoken and _after_dash(context, spoken[0]):
        return QuoteType.DIRECT
    before = context.cue and spoken and spoken[-1].i < context.cue[0].i
    if before and any(t.lower_ in _FIRST for t in spoken):
        return QuoteType.DIRECT
    clause = context.attribution.rule.startswith("clause") and len(spoken) > 1
    if clause or any(_is_clause(h) or _is_charge(context, h) for h in context.heads):
        return QuoteType.INDIRECT
    return QuoteType.NARRATED


def _is_charge(context: Context, head: Token) -> bool:
    """ "Tasse of moving the markers", "the claim that ...": a noun whose deed or words follow it as a clause."""
    verb = context.verb
    for token in context.content:
        link = token.nbor(-1) if token.i > 0 else token
        deed = token.tag_ == "VBG" and link.dep_ == "prep" and link.lower_ in {"of", "for", "over"}
        # Three steps up: the parser hangs the link on the verb, its object or an adverbial of either.
        if deed and verb is not None and verb.i in {link.head.i, link.head.head.i, link.head.head.head.i}:
            return True
    return any(marker(c) == "that" for c in children(head, "acl", "ccomp", "relcl") if c.i in context.inside)


def _after_dash(context: Context, first: Token) -> bool:
    if first.i == 0 or first.nbor(-1).text not in DASHES - {"-"}:
        return False
    before = first.i - 2
    return before < 0 or context.parse.paragraph[before] != context.parse.paragraph[first.i]


def _is_clause(head: Token) -> bool:
    return head.pos_ in {"VERB", "AUX"} and (
        own_subject(head) is not None or bool(children(head, "expl")) or is_infinitive(head) or head.tag_ == "VBG"
    )


def polarity_of(context: Context) -> Polarity:
    """Negative when the content's first governing word is negated, or its subject or object is ("no", "nobody")."""
    for head in context.heads[:1]:
        if is_negated(head):
            return Polarity.NEGATIVE
        for child in children(head, "nsubj", "nsubjpass", "dobj", "attr", "det"):
            if child.lower_ in _NOT_ONE or any(c.lower_ == "no" for c in child.children):
                return Polarity.NEGATIVE
    return Polarity.AFFIRMATIVE


def modality_of(context: Context, act: Act) -> Modality:
    """The mood of the content's first governing word: due, under a condition, possible, to come, or told as fact."""
    head = context.heads[0] if context.heads else None
    if head is None:
        return Modality.FACT
    if any(c.dep_ == "advcl" and any(m.lower_ in {"if", "unless"} for m in children(c, "mark")) for c in head.children):
        return Modality.CONDITIONAL
    word = modal(head)
    if word in {"must", "should", "ought"} or act in {Act.DEMAND, Act.REQUEST}:
        return Modality.OBLIGATION
    if word in _POSSIBLE:
        return Modality.POSSIBILITY
    if word in _COMING or act in {Act.PROMISE, Act.THREATEN, Act.OFFER} or word in {"would", "'d", "’d"}:
        return Modality.FUTURE
    return Modality.FACT


def propositions_of(context: Context) -> tuple[Proposition, ...]:
    """The coordinated parts of the content, each with its own words; one proposition when there is nothing to part.

    "to withdraw its forces and to stop backing the rebels" is two. Deadlines are filled in by the resolution.
    """
    parts = [p for sentence in _sentences(context) for p in _parts(context, sentence)]
    if len(parts) < 2:
        return (Proposition(context.attribution.content),)
    return tuple(Proposition((part,)) for part in parts)


def _sentences(context: Context) -> list[list[Token]]:
    found: dict[tuple[int, int], list[Token]] = {}
    for piece_number, piece in enumerate(context.attribution.content):
        for token in context.parse.tokens(piece):
            found.setdefault((context.parse.sentence_of[token.i], piece_number), []).append(token)
    return list(found.values())


def _parts(context: Context, tokens: Sequence[Token]) -> list[Span]:
    inside = {t.i for t in tokens}
    heads = [h for h in context.heads if h.i in inside]
    cuts = [tokens[0].i]
    for head in heads[1:]:
        edge = head.left_edge.i
        if edge in inside and edge > cuts[-1] and head.dep_ == "conj":
            cuts.append(edge)
    cuts.extend(c for c in _listed(heads, inside) if c not in cuts)
    cuts.sort()
    spans = []
    for n, cut in enumerate(cuts):
        last = cuts[n + 1] - 1 if n + 1 < len(cuts) else tokens[-1].i
        while (
            last > cut
            and (context.parse.doc[last].dep_ in {"cc", "punct"} or context.parse.doc[last].is_punct)
            and last != tokens[-1].i
        ):
            last -= 1
        span = content_span(context.parse, cut, last)
        if span is not None:
            spans.append(span)
    return spans


def _listed(heads: Sequence[Token], inside: set[int]) -> list[int]:
    """Where coordinated infinitives begin: "to stop ..., to leave ... and to pay ..."."""
    cuts: list[int] = []
    for head in heads:
        for clause in (*((head,) if is_infinitive(head) else ()), *children(head, "xcomp", "acl", "ccomp")):
            chain = [clause]
            for verb in chain:
                chain.extend(
                    c
                    for c in children(verb, "conj", "advcl")
                    if c.i in inside and is_infinitive(c) and any(a.tag_ == "TO" for a in c.children)
                )
            cuts.extend(v.left_edge.i for v in chain[1:] if v.left_edge.i in inside)
    return cuts
