"""The act reader's verdict on an attribution, and what of it is taken.

Modality and polarity are the reader's, and the target where the rules find none for an act that is aimed at somebody. The act stays
the rules': the reader learnt from sentences in which all sixteen acts are as frequent as each other, and on pages, where
most sayings merely assert, it finds more in them than they say (``decisions/0006``).
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Act, MentionForm, Span, envelope
from onrecord.reading.acts import ActInput, ActReader, ActVerdict, Party
from onrecord.reading.interpreting.context import Context

#: Acts that are as often aimed at nobody: a target found for one of them is more often wrong than right.
_NEUTRAL = frozenset({Act.ASSERT, Act.ANNOUNCE, Act.ACKNOWLEDGE, Act.DECLINE})


def judge(acts: ActReader, contexts: Sequence[Context]) -> list[ActVerdict]:
    """The reader's verdict on each attribution, its target in offsets of the document."""
    windows = [_window(one) for one in contexts]
    verdicts = acts.read([_input(one, window) for one, window in zip(contexts, windows, strict=True)])
    return [_moved(verdict, window.start) for verdict, window in zip(verdicts, windows, strict=True)]


def _window(one: Context) -> Span:
    """The sentences that the attribution's roles touch."""
    a = one.attribution
    whole = envelope((*a.source, *a.cue, *a.content))
    if whole is None:
        return Span(0, 0)
    tokens = one.parse.tokens(whole)
    if not tokens:
        return whole
    first, last = (
        one.parse.sentence(tokens[0].i)[0],
        one.parse.sentence(tokens[-1].i)[1] - 1,
    )
    return Span(min(whole.start, one.parse.starts[first]), max(whole.end, one.parse.ends[last]))


def _input(one: Context, window: Span) -> ActInput:
    def moved(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(s.start - window.start, s.end - window.start) for s in spans)

    a = one.attribution
    names = [m.head for m in one.mentions.inside(window) if m.form is MentionForm.NAME]
    parties = tuple(Party(s) for s in moved(names))
    return ActInput(
        window.of(one.parse.text),
        moved(a.source),
        moved(a.cue),
        moved(a.content),
        parties,
    )


def _moved(verdict: ActVerdict, offset: int) -> ActVerdict:
    target = verdict.target
    if target is None:
        return verdict
    return ActVerdict(
        verdict.act,
        verdict.act_score,
        verdict.alternatives,
        verdict.polarity,
        verdict.modality,
        Span(target.start + offset, target.end + offset),
        verdict.target_score,
    )


def targets_by(one: Context, act: Act, rule: tuple[Span, ...], read: ActVerdict) -> tuple[Span, ...]:
    """The rule's target; where it finds none for an act that is aimed at somebody, the mention at the model's."""
    if rule or act in _NEUTRAL or read.target is None:
        return rule
    at = one.mentions.at(read.target.start, read.target.end)
    return (at.span if at is not None else read.target,)
