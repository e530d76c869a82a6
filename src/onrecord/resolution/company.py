"""Which of several actors that words may mean: the one in whose company they stand ("Brussels" beside tariffs or bombers)."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.knowledge.cues import Cues, all_cues, cues_of
from onrecord.model import Actor, Span
from onrecord.resolution.scene import Scene

#: How much more an actor counts whose name, or whose member's, the page holds.
_NAMED = 2
#: How many cues a noun needs that anybody may be called by, and the nouns that hardly any but these are called by.
_ENOUGH = 2
_TELLING = frozenset({"bloc", "alliance", "watchdog", "lender", "cartel", "arbiter"})


class Company:
    """Questions about the words around a phrase of one document."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def chosen(self, actors: Iterable[str], span: Span) -> Actor | None:
        """The one of `actors` (ids) for which clearly more cues stand in the text around `span`, or None."""
        wanted = frozenset(actors)
        return self._best([c for c in all_cues() if c.actor in wanted], span, 1)

    def called(self, noun: str, span: Span) -> Actor | None:
        """The one actor that is called by `noun` and for which clearly more cues stand around `span`, or None.

        Only those that existed on the page's day are asked for.
        """
        cues = [c for c in cues_of(noun.casefold()) if self._exists(c.actor)]
        return self._best(cues, span, 1 if noun.casefold() in _TELLING else _ENOUGH)

    def _exists(self, actor: str) -> bool:
        known = self._scene.knowledge.known(actor)
        return known is not None and known.exists_on(self._scene.date)

    def _best(self, cues: list[Cues], span: Span, least: int) -> Actor | None:
        text = "\n".join(self._around(span))
        ranked = sorted(((self._weight(c, text), c.actor) for c in cues), reverse=True)
        if not ranked or ranked[0][0] < least:
            return None
        if len(ranked) > 1 and ranked[0][0] < 2 * ranked[1][0] + (ranked[1][0] == 0):
            return None
        return self._scene.knowledge.actor(ranked[0][1])

    def _weight(self, cues: Cues, text: str) -> int:
        named = self._scene.counts.get(cues.actor, 0) > 0
        return cues.found_in(text) + (_NAMED if named else 0)

    def _around(self, span: Span) -> Iterable[str]:
        """The body's text near `span` without the phrase itself: its sentence, three before and the one after."""
        index = self._scene.sentence_at(span.start)
        if index is None:
            return
        sentences = self._scene.sentences
        near = Span(sentences[max(0, index - 3)].span.start, sentences[min(index + 1, len(sentences) - 1)].span.end)
        yield self._scene.text[near.start : span.start]
        yield self._scene.text[span.end : near.end]
