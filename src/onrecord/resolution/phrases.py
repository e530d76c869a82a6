"""Noun phrases for actors, taken apart: name, title, whose title it is ("Ukraine's Ambassador to NATO Ihor Dolhov")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.knowledge import NameForm
from onrecord.knowledge.actors import NAME_PARTICLES
from onrecord.model import Actor, ActorKind, Span
from onrecord.resolution.scene import Scene

_DETERMINERS = frozenset(
    {
        "the",
        "a",
        "an",
        "this",
        "that",
        "one",
        "another",
        "new",
        "newly",
        "acting",
        "outgoing",
        "then",
        "current",
        "veteran",
        "both",
    }
)
_FORMER = frozenset(
    {
        "former",
        "ex",
        "late",
        "then",
        "onetime",
        "ousted",
        "exiled",
        "deposed",
        "disgraced",
        "retired",
        "wartime",
        "fugitive",
        "indicted",
        "erstwhile",
        "previous",
    }
)
_OF = frozenset({"of", "for", "to", "at", "in", "with", "on", "from"})
#: Last words of an institution without a name of its own ("the U.N. transitional authority").
ORGANISATION_NOUNS = frozenset({"administration", "agency", "authority", "body", "commission", "committee", "council", "force", "mission", "office", "panel", "programme", "tribunal"})  # fmt: skip
#: Behind these a title is somebody's to whom the one meant stands in some relation.
_LINKS = frozenset({"of", "to", "behind", "against"})
#: What belongs to a state and is led by somebody of its own ("the leader of the Korvathi opposition").
_PARTIES_TO = frozenset(
    [
        "opposition",
        "delegation",
        "rebels",
        "separatists",
        "army",
        "military",
        "forces",
        "mission",
        "team",
        "party",
        "negotiators",
        "contingent",
        "parliament",
        "assembly",
        "senate",
        "community",
        "minority",
        "church",
        "church's",
        "union",
        "movement",
        "resistance",
        "militia",
        "junta",
        "central",
    ]
)
_UTTERANCES = frozenset(
    {
        "statement",
        "statements",
        "remarks",
        "comments",
        "comment",
        "letter",
        "speech",
        "tweet",
        "message",
        "post",
        "words",
        "account",
    }
)
_POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my"})
_NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž](?:[^\W\d_]|['’-])*\.?\Z")
_INITIAL = re.compile(r"(?:[A-Z]\.)+\Z")
_APPOSITION = re.compile(r"\s*,\s+(?!(?:and|but|while|as|when|or|nor|yet|so|for)\s)")
_RELATIVE = re.compile(r",?\s+(?:who|which|that|whose)\b|\s+\(|,\s+(?:speaking|quoted|\d{1,3})\b")
_NO_INSTITUTION = frozenset({ActorKind.PERSON, ActorKind.AGENCY, ActorKind.OUTLET})
#: Titles that say which kind of person it is whatever the office ("Lt. Gen."): they stand in a row before a name.
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "dame", "baroness"})
GENDER_WORDS = {
    "mr": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "spokesman": "m", "chairman": "m", "emir": "m", "sultan": "m",
    "congressman": "m", "businessman": "m", "policeman": "m", "fisherman": "m", "emperor": "m", "sheikh": "m", "imam": "m",
    "mrs": "f", "ms": "f", "miss": "f", "lady": "f", "dame": "f", "queen": "f", "princess": "f", "spokeswoman": "f",
    "chairwoman": "f", "congresswoman": "f", "businesswoman": "f", "policewoman": "f", "baroness": "f", "actress": "f", "empress": "f",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase taken apart. Every part is a span of the source text, None when the phrase lacks it.

    ``of`` is the actor whose title it is, found in ``of_span``; ``owner`` a possessive pronoun ("his Belgian counterpart");
    ``former`` is set when the phrase says that the office is past.
    """

    span: Span
    name: Span | None = None
    title: Span | None = None
    of: Actor | None = None
    of_span: Span | None = None
    owner: Span | None = None
    former: bool = False


class PhraseParser:
    """Takes noun phrases of one scene apart."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._text = scene.text
        self._knowledge = scene.knowledge

    def parse(self, span: Span) -> Phrase:
        """The parts of the noun phrase at `span`; relative clauses and ages after it are left out."""
        cut = _RELATIVE.search(self._text, span.start, span.end)
        if cut is not None and cut.start() > span.start:
            span = Span(span.start, cut.start())
        words = list(self._scene.words(span))
        title = self._title(words)
        if title is None:
            name = self.name_from(words, 0)
            return Phrase(span, name if name is not None and self._whole(words, name) else None)
        first, last = title
        before, after = words[:first], words[last:]
        if after and after[0].of(self._text).casefold() in ("and", "&") and self._title(after) is None:
            # "The Israeli premier and Yasser Arafat": another one.
            after = []
        title_span = Span(words[first].start, words[last - 1].end)
        if self._of_somebody(before, words[first:last], after):
            return Phrase(span)
        former = any(w.of(self._text).casefold() in _FORMER for w in before)
        owner = next((w for w in before if w.of(self._text).casefold() in _POSSESSIVES), None)
        name_before, of_before = self._before(before, title_span)
        of_after, rest = self._after(after)
        if of_after is not None and self._goes_on(of_after[1], rest):
            return Phrase(span)
        if of_after is not None and self._posted(title_span, after, of_before is not None):
            title_span = Span(title_span.start, of_after[1].end)
            of_after = None
        name = name_before or (self.name_from(rest, 0) if rest else None)
        if name is not None and name is not name_before and not self._ends(words, name):
            return Phrase(span)
        of, of_span = of_after if of_after is not None else of_before if of_before is not None else (None, None)
        return Phrase(span, name, title_span, of, of_span, owner, former)

    def _of_somebody(self, before: list[Span], title: list[Span], after: list[Span]) -> bool:
        """True for "the half-brother of the Korvathi leader" and "the president's wife": somebody of his, and not himself."""
        linked = (w for w in before if w.of(self._text).casefold() in _LINKS)
        if any("," not in self._text[w.end : title[0].start] for w in linked):
            return True
        owned = title[-1].of(self._text).endswith(("'s", "’s"))
        return owned and bool(after) and after[0].of(self._text).casefold() not in _UTTERANCES

    def _goes_on(self, of: Span, rest: list[Span]) -> bool:
        """True for "the head of the U.N. [transitional authority]": the name belongs to an institution of its own."""
        words = [w.of(self._text) for w in rest]
        if words and words[0].casefold() in _PARTIES_TO and self._text[of.end : rest[0].start] in (" ", "’s ", "'s "):
            return True
        beside = bool(rest) and self._text[of.end : rest[0].start] in (" ", "’s ", "'s ")
        return beside and all(w.islower() for w in words) and words[-1] in ORGANISATION_NOUNS

    def _posted(self, title: Span, after: list[Span], owned: bool) -> bool:
        """True for "Ukraine's ambassador to NATO": what follows is where somebody is posted, not whose office it is.

        So it is with "in" and "at" once it is known whose the ambassador is ("the American ambassador in Senn").
        """
        word = after[0].of(self._text).casefold()
        return (word == "to" or (owned and word in ("in", "at"))) and self._knowledge.titles.post(
            title.of(self._text), None
        ) == "ambassador"

    def _whole(self, words: list[Span], name: Span) -> bool:
        inside = [w for w in words if w.start >= name.start and w.end <= name.end]
        rest = [w for w in words if w not in inside]
        before = [w for w in rest if w.end <= name.start]
        return all(w.of(self._text).casefold() in _DETERMINERS | _FORMER for w in before) and self._ends(words, name)

    def _ends(self, words: list[Span], name: Span) -> bool:
        """True when the name is not the owner or modifier of what follows it in the phrase ("Hale's wife", "the Hale camp").

        What people utter is theirs to speak through ("Hale's letter").
        """
        after = [w for w in words if w.start >= name.end]
        if not after or self._text[name.end : name.end + 1] == ",":
            return True
        first = after[0].of(self._text).casefold()
        return first in _OF or (len(after) == 1 and first in _UTTERANCES)

    def _title(self, words: list[Span]) -> tuple[int, int] | None:
        """The words of the title, as a half-open range of indices: the first and longest; honorifics only as a last resort."""
        longest = self._knowledge.titles.longest
        fallback: tuple[int, int] | None = None
        for first in range(len(words)):
            if words[first].of(self._text).casefold() in _DETERMINERS:
                continue
            for last in range(min(len(words), first + longest), first, -1):
                string = Span(words[first].start, words[last - 1].end).of(self._text)
                if "," in string or not self._knowledge.titles.known(string):
                    continue
                if last - first == 1 and self._part_of_name(words, first):
                    continue
                if self._inside_organ(words, first, last):
                    continue
                if string.casefold().rstrip(".") in _HONORIFICS:
                    fallback = fallback or (first, last)
                    continue
                return self._behind_institution(words, first, last), last
        return fallback

    def _behind_institution(self, words: list[Span], first: int, last: int) -> int:
        """Where the title begins when its first words end the name of an institution ("[the Israeli military] spokesman")."""
        for cut in range(first + 1, last):
            rest = Span(words[cut].start, words[last - 1].end).of(self._text)
            for start in range(max(0, first - 3), first):
                if words[start].of(self._text).casefold() in _DETERMINERS:
                    # "[The Pentagon chief]": the institution belongs to the title.
                    continue
                named = self._knowledge.actors_named(Span(words[start].start, words[cut - 1].end).of(self._text))
                if any(n.form is NameForm.NAME for n in named) and self._knowledge.titles.known(rest):
                    return cut
        return first

    def _inside_organ(self, words: list[Span], first: int, last: int) -> bool:
        """True when the words go on to name an institution ("President's office", "General Staff")."""
        if last >= len(words):
            return False
        both = Span(words[first].start, words[last].end).of(self._text)
        return self._knowledge.organs.organ(both) is not None

    def _part_of_name(self, words: list[Span], index: int) -> bool:
        """True when the word is no title but part of a known name ("Northern Compact", "Security Council")."""
        for first in range(max(0, index - 3), index + 1):
            for last in range(min(len(words), index + 4), index, -1):
                if last - first < 2:
                    continue
                named = self._knowledge.actors_named(Span(words[first].start, words[last - 1].end).of(self._text))
                if any(n.form is NameForm.NAME and n.actor.kind is not ActorKind.PERSON for n in named):
                    return True
        return False

    def _before(self, before: list[Span], title: Span) -> tuple[Span | None, tuple[Actor, Span] | None]:
        """The name ("Jonas Ekermark, ...") and the institution ("Russian ...") that stand before a title."""
        if not before:
            return None, None
        gap = self._text[before[-1].end : title.start]
        comma = next((i for i in range(len(before) - 1, -1, -1) if self._comma_after(before, i, title.start)), None)
        name: Span | None = None
        inner = before
        if comma is not None:
            candidate = self.name_from(before[: comma + 1], 0)
            placed = (
                re.match(r"\s+(?:of|from|in|at) ", self._text[candidate.end : before[comma].end + 1])
                if candidate
                else None
            )
            if candidate is not None and (candidate.end >= before[comma].end or placed is not None):
                name, inner = candidate, before[comma + 1 :]
        elif gap.strip() in ("–", "—"):
            return self.name_from(before, 0), None
        return name, self._institution(inner, from_end=True)

    def _comma_after(self, words: list[Span], index: int, end: int) -> bool:
        until = words[index + 1].start if index + 1 < len(words) else end
        return "," in self._text[words[index].end : until]

    def _institution(self, words: list[Span], from_end: bool) -> tuple[Actor, Span] | None:
        """The actor named by the longest run of `words` that ends (or begins) where they do."""
        for size in range(len(words), 0, -1):
            starts = range(len(words) - size, -1, -1) if from_end else range(0, 1)
            for first in starts:
                if (
                    from_end
                    and first + size != len(words)
                    and size < len(words)
                    and not self._loose(words[first + size :])
                ):
                    continue
                span = Span(words[first].start, words[first + size - 1].end)
                actor = self.institution(span)
                if actor is not None:
                    return None if self._qualified(words[:first], span) else (actor, span)
        return None

    def _qualified(self, before: list[Span], span: Span) -> bool:
        """True for the second of two nationalities ("Bosnian [Serb]", "Turkish [Cypriot]"): the first makes it another one's."""
        if not before or self._text[before[-1].end : span.start].strip():
            return False
        named = self._knowledge.actors_named(before[-1].of(self._text))
        return any(n.form is NameForm.DEMONYM for n in named)

    def _loose(self, words: list[Span]) -> bool:
        """True when nothing but small words stands between an institution and the title it qualifies."""
        strings = [w.of(self._text) for w in words]
        return all(s[:1].islower() and not s.endswith(("'s", "’s")) for s in strings)

    def institution(self, span: Span) -> Actor | None:
        """The state, organisation or organ that the words at `span` name as a whole, or None."""
        string = span.of(self._text)
        half = self._scene.half_of_korea(span)
        if half is not None:
            return half
        named = tuple(
            n for n in self._knowledge.actors_named(string, self._scene.date) if n.actor.kind not in _NO_INSTITUTION
        )
        actor = self._scene.choose(named) if named else None
        if actor is not None:
            return actor
        bare = re.sub(r"\A[Tt]he ", "", string)
        if bare[:1].isupper() and len(named) == 1 and len(bare) > 1:
            return named[0].actor
        if string.casefold().removesuffix("'s").removesuffix("’s") == "alliance" and len(named) == 1:
            return named[0].actor
        if string.casefold() == "alliance" or (string[:1].isupper() and not named):
            described = self._knowledge.actors_named(string.casefold(), self._scene.date)
            return self._scene.choose(described) if described else None
        return None

    def _after(self, after: list[Span]) -> tuple[tuple[Actor, Span] | None, list[Span]]:
        """The institution after "of", "for", "to", and the words that are left for a name."""
        if not after:
            return None, []
        rest = after
        found: tuple[Actor, Span] | None = None
        while rest and rest[0].of(self._text).casefold() in _OF:
            inner = rest[1:]
            while inner and inner[0].of(self._text).casefold() in _DETERMINERS:
                inner = inner[1:]
            head = self._institution_at_start(inner)
            if head is None:
                return found, [w for w in rest if self._after_comma(rest, w)]
            found = found or head
            rest = [w for w in inner if w.start >= head[1].end]
        return found, rest

    def _after_comma(self, words: list[Span], word: Span) -> bool:
        return "," in self._text[words[0].start : word.start]

    def _institution_at_start(self, words: list[Span]) -> tuple[Actor, Span] | None:
        for size in range(min(len(words), 8), 0, -1):
            span = Span(words[0].start, words[size - 1].end)
            if "," in span.of(self._text):
                continue
            actor = self.institution(span)
            if actor is not None:
                return actor, span
        return None

    def name_from(self, words: list[Span], at: int) -> Span | None:
        """The run of name words that begins at the first capitalised word from `at`; it ends at a comma or a small word."""
        first = at
        while first < len(words) and not self._name_word(words[first]):
            first += 1
        if first >= len(words):
            return None
        last = first
        for index in range(first + 1, len(words)):
            gap = self._text[words[index - 1].end : words[index].start]
            word = words[index].of(self._text)
            if gap.strip(" .\n") or "\n\n" in gap:
                break
            if "." in gap and len(words[index - 1]) > 3:
                break
            if self._name_word(words[index]):
                last = index
            elif word.casefold() not in NAME_PARTICLES:
                break
        return Span(words[first].start, self._without_possessive(words[last]))

    def _without_possessive(self, word: Span) -> int:
        string = word.of(self._text)
        for tail in ("'s", "’s"):
            if string.endswith(tail):
                return word.end - 2
        return word.end - 1 if string[-1:] in "'’" else word.end

    def _name_word(self, word: Span) -> bool:
        string = word.of(self._text)
        return bool(_NAME_WORD.match(string) or _INITIAL.match(string))

    def around(self, head: Span) -> Phrase:
        """The phrase of a bare name at `head`, with the title before it or in apposition after it, within its sentence.

        "Russian Foreign Minister [Sergei Lavrov]", "[Jonas Ekermark], Sundmark's foreign minister, said".
        """
        index = self._scene.sentence_at(head.start)
        bounds = self._scene.sentences[index].span if index is not None else Span(max(0, head.start - 80), head.end)
        before = list(self._scene.words(Span(max(bounds.start, head.start - 90), head.start)))
        for size in range(min(len(before), self._knowledge.titles.longest), 0, -1):
            title = Span(before[-size].start, before[-1].end)
            gap = self._text[title.end : head.start]
            if gap.strip(" ,.\n") or not self._knowledge.titles.known(title.of(self._text)):
                continue
            inner = before[:-size]
            of = self._nearest_institution(inner, title.start)
            former = any(w.of(self._text).casefold() in _FORMER for w in inner[-3:])
            actor, at = of if of is not None else (None, None)
            return Phrase(Span(title.start, head.end), head, title, actor, at, former=former)
        return self._apposition(head, bounds)

    def _nearest_institution(self, words: list[Span], end: int) -> tuple[Actor, Span] | None:
        for size in range(min(len(words), 6), 0, -1):
            span = Span(words[-size].start, words[-1].end)
            if self._text[span.end : end].strip() or "," in span.of(self._text):
                continue
            actor = self.institution(span)
            if actor is not None:
                return actor, span
        return None

    def _apposition(self, head: Span, bounds: Span) -> Phrase:
        comma = _APPOSITION.match(self._text, head.end, bounds.end)
        if comma is None:
            return Phrase(head, head)
        until = re.compile(r"[,;.:\n\"“]| (?:said|told|says|who|which|and)\b").search(
            self._text, comma.end(), bounds.end
        )
        end = until.start() if until is not None else bounds.end
        words = list(self._scene.words(Span(comma.end(), end)))
        title = self._title(words)
        if title is None or title[0] > 5:
            return Phrase(head, head)
        title_span = Span(words[title[0]].start, words[title[1] - 1].end)
        of = self._institution(words[: title[0]], from_end=True)
        after, _ = self._after(words[title[1] :])
        if after is not None and self._posted(title_span, words[title[1] :], of is not None):
            title_span = Span(title_span.start, after[1].end)
            after = None
        actor, at = after or of or (None, None)
        owner = next((w for w in words[: title[0]] if w.of(self._text).casefold() in _POSSESSIVES), None)
        former = any(w.of(self._text).casefold() in _FORMER for w in words[: title[0]])
        return Phrase(Span(head.start, end), head, title_span, actor, at, owner, former)
