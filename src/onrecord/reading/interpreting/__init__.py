"""Interpreting attributions: from the spans of source, cue and content to a statement with its act and roles.

The attributions may come from the rules of `onrecord.reading.finding` or from a trained reader: only their spans and
the parse are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Act, Modality, Reason, Span, Statement, envelope, statement_id
from onrecord.reading.acts import ActReader, ActVerdict
from onrecord.reading.attributed import Attribution
from onrecord.reading.grammar import is_negated, own_subject
from onrecord.reading.interpreting.acts import Verdict, act_of, cue_row
from onrecord.reading.interpreting.context import Context, context, mention_spans
from onrecord.reading.interpreting.form import modality_of, polarity_of, propositions_of, quote_type_of
from onrecord.reading.interpreting.judged import judge, targets_by
from onrecord.reading.interpreting.roles import addressee_of, qualifier_of, targets_of
from onrecord.reading.lexicon import CueKind
from onrecord.reading.mentions import Mentions
from onrecord.reading.parse import Parse

#: What the rules of headlines find is a saying by their own grammar, whatever the parser makes of it.
HEADLINE = "headline"
#: A noun that only tells a deed ("its support for rebels") is no saying; these acts are done by saying.
_SPOKEN_NOUNS = frozenset(
    {
        Act.ACCUSE,
        Act.DENY,
        Act.DEMAND,
        Act.REQUEST,
        Act.THREATEN,
        Act.WARN,
        Act.CONDEMN,
        Act.ASSERT,
        Act.ANNOUNCE,
        Act.ACKNOWLEDGE,
        Act.PROMISE,
        Act.OFFER,
        Act.REJECT,
    }
)


#: What they show is to be seen, and nobody says it.
_PICTURES = frozenset({"picture", "image", "photo", "photograph", "footage", "video", "film", "map", "screen", "radar"})


def interpret(
    parse: Parse,
    mentions: Mentions,
    document: str,
    attributions: Sequence[Attribution],
    made_by: str,
    acts: ActReader | None = None,
) -> tuple[Statement, ...]:
    """The statements of `document` behind `attributions`, in text order, nested ones pointing at the saying that holds them.

    States of mind, topics without words, and acts the speaker performs while speaking (they give the outer statement its
    act) are no statements of their own. `made_by` names the finder and its version.
    """
    contexts = [context(parse, mentions, a) for a in attributions]
    kept = [c for c in contexts if is_statement(c)]
    outer = _nesting(kept)
    kept, outer = _without_performed(kept, outer)
    found: list[Statement] = []
    ids: dict[int, str] = {}
    read: Sequence[ActVerdict | None] = judge(acts, kept) if acts is not None else [None] * len(kept)
    for number, one in enumerate(kept):
        verdict = act_of(one)
        judged = read[number]
        a = one.attribution
        ids[number] = statement_id(document, _source(one), a.cue, a.content, verdict.act.value)
        above = ids.get(outer[number]) if outer[number] >= 0 else None
        found.append(_statement(one, document, verdict, ids[number], above, made_by, judged))
    return tuple(sorted({s.id: s for s in found}.values(), key=_place))


def _place(statement: Statement) -> tuple[Span, Span, str]:
    whole = envelope((*statement.source, *statement.cue, *statement.content))
    return (whole or statement.content[0], statement.content[0], statement.id)


def is_statement(context: Context) -> bool:
    """False for a state of mind, for a topic told without words, and for a noun that names a deed."""
    if context.attribution.rule.startswith(HEADLINE):
        return bool(context.content)
    row = cue_row(context)
    verb = context.verb
    asked = verb is not None and verb.lemma_ in {"ask", "press", "question"} and verb.tag_ == "VBN"
    if verb is not None and ((verb.lemma_ == "ask" and not context.source) or (asked and verb.dep_ == "advcl")):
        # "Asked how it went, he said ...", "pressed by a reporter": the question is the occasion of what follows.
        return False
    if verb is not None and verb.lemma_ == "show" and any(t.lemma_.lower() in _PICTURES for t in context.source):
        return False
    quoted = any(context.parse.quoted[t.i] >= 0 for t in context.content)
    if row is not None:
        if row.kind is CueKind.ATTITUDE:
            return _is_told_of_a_body(context)
        if row.kind is CueKind.TOPIC:
            return quoted and len(context.content) > 4
    if context.noun is not None and context.noun.act not in _SPOKEN_NOUNS:
        return False
    return bool(context.content)


def _is_told_of_a_body(context: Context) -> bool:
    """ "In Orrin consider that ...": what those of a state or body hold, as translated pages report their word."""
    if not context.source or context.verb is None:
        return False
    first = context.source[0].i
    before = context.parse.doc[first - 1] if first > 0 else None
    if before is None or before.lower_ != "in" or before.dep_ != "prep":
        return False
    return own_subject(context.verb) is None or own_subject(context.verb) in context.source


def _nesting(contexts: Sequence[Context]) -> list[int]:
    """For each attribution the number of the smallest other one whose content holds its cue and content, or -1."""
    found = []
    for number, one in enumerate(contexts):
        best, size = -1, 0
        roles = (*one.attribution.cue, *one.attribution.content)
        for other, two in enumerate(contexts):
            content = two.attribution.content
            length = sum(len(s) for s in content)
            if other == number or not all(any(c.contains(s) for c in content) for s in roles):
                continue
            same = content == one.attribution.content
            if same and (not one.attribution.cue or other > number):
                continue
            if best < 0 or length < size:
                best, size = other, length
        found.append(best)
    return found


def _without_performed(contexts: list[Context], outer: list[int]) -> tuple[list[Context], list[int]]:
    """Leave out what somebody does in his own quoted words ("We condemn ..."): the outer statement has that act already."""
    drop = {
        number
        for number, one in enumerate(contexts)
        if outer[number] >= 0
        and one.source
        and one.source[0].lower_ in {"i", "we"}
        and (one.verb is None or one.verb.tag_ not in {"VBD", "VBN"})
    }
    order = [n for n in range(len(contexts)) if n not in drop]
    renamed = {old: new for new, old in enumerate(order)}
    moved = []
    for old in order:
        above = outer[old]
        while above in drop:
            above = outer[above]
        moved.append(renamed[above] if above >= 0 else -1)
    # Outer statements first, so that their ids are known when the inner ones need them.
    ranks = sorted(range(len(order)), key=lambda n: _depth(moved, n))
    back = {old: new for new, old in enumerate(ranks)}
    return [contexts[order[n]] for n in ranks], [back[moved[n]] if moved[n] >= 0 else -1 for n in ranks]


def _depth(outer: Sequence[int], number: int) -> int:
    depth = 0
    while outer[number] >= 0 and depth <= len(outer):
        number = outer[number]
        depth += 1
    return depth


def _source(context: Context) -> tuple[Span, ...]:
    if not context.source:
        return context.attribution.source
    if context.attribution.source and context.source[0].i not in {
        t.i for t in context.parse.tokens_of(context.attribution.source)
    }:
        return (context.parse.span_of(context.source),)
    return context.attribution.source


def _statement(
    one: Context,
    document: str,
    verdict: Verdict,
    id_: str,
    above: str | None,
    made_by: str,
    judged: ActVerdict | None = None,
) -> Statement:
    a = one.attribution
    reasons = [
        Reason("content", a.rule, a.confidence),
        Reason("act", verdict.rule, verdict.score, _span(one, verdict)),
    ]
    targets = targets_of(one, verdict.act)
    if judged is not None:
        targets = targets_by(one, verdict.act, targets, judged)
    if targets:
        reasons.append(Reason("target", f"whom a {verdict.act.value} is aimed at", span=targets[0]))
    return Statement(
        id=id_,
        document=document,
        source=_source(one),
        cue=a.cue,
        content=a.content,
        quote_type=quote_type_of(one),
        act=verdict.act,
        addressee=addressee_of(one),
        target_spans=targets,
        qualifier=qualifier_of(one),
        propositions=propositions_of(one),
        polarity=judged.polarity if judged is not None else polarity_of(one),
        modality=_modality(one, verdict.act, judged),
        nested_in=above,
        presupposed=is_presupposed(one),
        confidence=a.confidence,
        made_by=made_by,
        reasons=tuple(reasons),
    )


def _modality(one: Context, act: Act, judged: ActVerdict | None) -> Modality:
    """The model's mood, except that what is told in a plain past lies ahead of nobody."""
    ruled = modality_of(one, act)
    if judged is None:
        return ruled
    past = bool(one.heads) and all(h.tag_ in {"VBD", "VBN"} for h in one.heads)
    ahead = judged.modality is Modality.FUTURE and act not in {Act.PROMISE, Act.THREATEN, Act.OFFER, Act.AGREE}
    return ruled if past and ahead and ruled is Modality.FACT else judged.modality


def is_presupposed(context: Context) -> bool:
    """True for a saying that the text takes as made without telling it: a speech noun without "by" ("Western accusations")."""
    if context.noun is None or not context.cue:
        return False
    noun = context.cue[-1]
    return all(t.i < noun.i for t in context.source) and not is_negated(noun)


def _span(context: Context, verdict: Verdict) -> Span | None:
    return context.parse.span(verdict.token.i, verdict.token.i) if verdict.token is not None else None


__all__ = ["interpret", "is_statement", "mention_spans"]
