"""What a rule answers: the actors, how sure it is, which rule it was, and a word for the reader."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.model import Actor, ActorRef, Resolution, Span

#: Below this score a mention stays unresolved. Set so that on the samples and the seeds no wrong speaker is left above it.
THRESHOLD = 0.55


@dataclass(frozen=True, slots=True)
class Answer:
    """The actors a phrase refers to, each with the characters that name it; none when it is not resolved."""

    actors: tuple[tuple[Actor, Span | None], ...]
    score: float
    rule: str
    note: str | None = None

    def scaled(self, by: float) -> Answer:
        """The same answer, less sure."""
        return replace(self, score=round(self.score * by, 4))

    @property
    def sure(self) -> bool:
        """True when there are actors and the score reaches the threshold."""
        return bool(self.actors) and self.score >= THRESHOLD

    def refs(self) -> tuple[ActorRef, ...]:
        """The actors as a line names them."""
        return tuple(ActorRef(actor.id, actor.name, span) for actor, span in self.actors)

    def resolution(self) -> Resolution:
        """The answer for a mention; no actors below the threshold."""
        actors = tuple(actor for actor, _ in self.actors) if self.sure else ()
        return Resolution(actors, round(self.score, 2), self.rule, self.note)


def nobody(rule: str, note: str | None = None) -> Answer:
    """No answer, and the rule that says why."""
    return Answer((), 0.0, rule, note)


def one(actor: Actor, span: Span | None, score: float, rule: str, note: str | None = None) -> Answer:
    """One actor."""
    return Answer(((actor, span),), score, rule, note)
