"""The people of one document, asked for: who bears a name, who has a title, and where each is named."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.knowledge.keys import sound, surface
from onrecord.knowledge.offices import same_post
from onrecord.model import Actor, Span
from onrecord.resolution.casting import Casting, Member, called, crowned, tails
from onrecord.resolution.phrases import PhraseParser
from onrecord.resolution.scene import Scene

#: How a word begins that may be a family name: a capital, if need be behind an Arabic article ("al-Assad").
_NAME_START = re.compile(r"(?:(?:al|el|as|an|ar|ad|ash|at|az)-)?[A-ZÀ-ÖØ-ÞĀ-Ž]")


#: Posts that are told by what stands behind them ("minister of defence", "secretary for trade").
_HEADS_OF = frozenset({"minister", "secretary"})


class Cast:
    """The people of one scene, found before any phrase is resolved, so that a headline's bare name finds its bearer."""

    def __init__(self, scene: Scene, parser: PhraseParser, sources: Iterable[Span]) -> None:
        self._scene = scene
        self.members = Casting(scene, parser, sources).members
        self._sight()

    def _sight(self) -> None:
        """Find every place where a member is named, by full name or family name."""
        by_tail: dict[str, list[Member]] = {}
        for member in self.members:
            for tail in tails(member, self._scene.knowledge):
                by_tail.setdefault(tail, []).append(member)
        for span in sorted((*self._scene.headlines(), *self._scene.body)):
            words = self._scene.words(span)
            for index, word in enumerate(words):
                if _NAME_START.match(word.of(self._scene.text)) is None:
                    continue
                for size in (3, 2, 1):
                    if index + size > len(words):
                        continue
                    run = Span(word.start, words[index + size - 1].end)
                    found = by_tail.get(sound(run.of(self._scene.text)), [])
                    if len(found) == 1:
                        found[0].at.append(Span(run.start, self._bare(run)))
                        break

    def _bare(self, run: Span) -> int:
        return run.end - 2 if run.of(self._scene.text)[-2:] in ("'s", "’s") else run.end

    def _fits(self, member: Member, words: str, institution: Actor | None, title: str, of: Actor | None) -> bool:
        if of is not None and institution is not None and institution.id != of.id:
            return False
        if of is not None and institution is None and f"state:{member.actor.country}" != of.id:
            return False
        if crowned(title) and not crowned(words):
            # "The Korvathi monarch": a president, the head of a state too, is never called so.
            return False
        titles = self._scene.knowledge.titles
        return same_title(titles.post(title, institution), titles.post(words, institution), title, words)

    def _held(self, member: Member, leaving: bool = False) -> Iterable[tuple[str, Actor | None]]:
        days = self._scene.days
        if member.actor.provisional:
            return
        for term in self._scene.knowledge.offices_of(member.actor.id):
            if days is None or (term.held_on(days[0]) and term.held_on(days[1])) or (leaving and term.end == days[1]):
                yield term.title, self._scene.knowledge.actor(term.of)

    def people_in(self, span: Span) -> set[str]:
        """The ids of the people named inside `span`."""
        return {m.actor.id for m in self.members if any(span.contains(s) for s in m.at)}

    def by_name(self, string: str) -> Member | None:
        """The member with this full name, or the only one with this family name."""
        if len(surface(string).split()) > 1:
            for member in self.members:
                if sound(string) in member.names:
                    return member
        found = self.by_surname(string)
        return found[0] if len(found) == 1 else None

    def by_surname(self, string: str) -> list[Member]:
        """The members who are called `string` as a family name (or a given name, when it is a member's whole name)."""
        return called(self.members, string, self._scene.knowledge)

    def with_title(self, title: str, of: Actor | None, before: int) -> list[Member]:
        """The members called by this title (and institution, when given), the nearest named before `before` first.

        A member of the tables has the titles of the offices held on the page's days, too (of all, on an undated page);
        a title without an institution also means who has left the office that day.
        """
        found = [
            m
            for m in self.members
            if any(self._fits(m, *held, title, of) for held in (*m.titles, *self._held(m, leaving=of is None)))
        ]
        return sorted(found, key=lambda m: -max((s.start for s in m.at if s.start < before), default=-1))


def same_title(post: str, other: str, title: str, words: str) -> bool:
    """True when two titles mean one post, or the shorter is the head of the longer.

    "The minister" is the head of "foreign minister" and of "minister of defence".
    """
    if same_post(post, other) or same_post(other, post):
        return True
    a, b = re.split(r"[\s-]+", title.casefold()), re.split(r"[\s-]+", words.casefold())
    matter = next((i for i, word in enumerate(b) if word in {"of", "for"}), len(b)) if b[0] in _HEADS_OF else len(b)
    return a in (b[-len(a) :], b[:matter][-len(a) :])
