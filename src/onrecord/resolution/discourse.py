"""Who a pronoun or "the two sides" refers to, from who spoke and who was named in the sentences before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.knowledge import NameForm
from onrecord.model import Actor, ActorKind, Span
from onrecord.resolution.answers import Answer, nobody, one
from onrecord.resolution.cast import Cast
from onrecord.resolution.scene import Scene

#: How many sentences, and how many paragraphs, back a pronoun is followed.
_SENTENCES_BACK, _PARAGRAPHS_BACK = 5, 2
#: Pronouns for one person, with the gender they have.
HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
#: Objects, which never mean the subject of their own clause ("Hale told him").
_OBJECTS = frozenset({"him"})
#: What ends a clause: behind it an object may mean the subject before.
_CLAUSE_END = re.compile(r"[,;:]|\b(?:that|who|which|because|while|when|as|after|before|and|but|if)\b", re.IGNORECASE)
#: A word of saying right behind the pronoun, and that the content stands before both.
_SAYS = re.compile(
    r"\s+(?:also |then |later )?(?:said|says|told|tells|added|adds|wrote|insisted|argued|warned|claimed|explained|noted|"
    r"went on|continued|recalled|replied|admitted|declared|announced|maintained|complained)\b"
)
#: "The minister", "the secretary-general": somebody nearer than the people named before.
_DEFINITE = re.compile(r"\b[Tt]he ((?:[a-z][\w-]+ ){0,2}[a-z][\w-]+)")
#: What follows a subject: a verb in the past or present.
_VERB = re.compile(
    r"\s+(?:has|had|was|were|is|will|would|could|may|must|did|does|also|then|later|now|never|again|lost|won|took|sent|"
    r"\w+(?:ed|es))\b"
)
#: "It was not clear how", "it is likely that": what follows is meant, and no actor.
_EXPLETIVE = re.compile(
    r"\s+(?:is|was|remain(?:s|ed)|seem(?:s|ed)|became|becomes|looks|looked)\s+(?:(?:not|still|also|now|far from|by no means)\s+)*"
    r"(?:(?:un)?clear|(?:un)?likely|(?:im)?possible|unknown|uncertain|hard|difficult|easy|too early|too late|time|true|evident|obvious|apparent|"
    r"reported|said|thought|believed|understood|expected|announced|agreed|hoped|feared)\s+(?:how|whether|that|if|when|where|who|why|what|to|for)\b",
    re.IGNORECASE,
)
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "themselves", "both"})
_NOBODY = frozenset({"we", "us", "our", "i", "me", "my", "you", "your", "who", "ours", "ourselves", "one", "myself"})
_SELF = frozenset({"i", "me", "my", "myself"})
#: Pronouns for a state or a body, or for several.
THINGS = frozenset({"it", "its", "they", "them", "their"})
PRONOUNS = frozenset(HE) | _IT | _THEY | _NOBODY
_TWO_SIDES = re.compile(
    r"(?:the |both )?(?:two |warring |opposing )?(?:sides|countries|nations|neighbou?rs|governments|parties|states|capitals)\Z",
    re.I,
)
_STATES = re.compile(r"\b(?:countries|nations|neighbou?rs|states|capitals|governments)\Z", re.I)
_TWO_PEOPLE = re.compile(
    r"(?:the |both )?(?:two )?(?:men|women|leaders|ministers|presidents|diplomats|officials|counterparts)\Z", re.I
)
_ASKED = re.compile(r"\b(?:asked|reminded|pressed|questioned|responding|reacting|according)\b[^,]*\Z", re.I)
_SPEAKING_KINDS = frozenset(
    {ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.FORUM, ActorKind.GOVERNMENT_ORGAN, ActorKind.ARMED_GROUP}
)


@dataclass(frozen=True, slots=True)
class Spoke:
    """That somebody spoke: where the source stands, who it is (nobody when unresolved), and whether the saying is an outer one.

    ``single`` is set when the source is one unnamed person ("a spokesman")."""

    at: int
    actors: tuple[Actor, ...]
    outer: bool
    single: bool = False


class Discourse:
    """The course of one document: sayings are noted in text order, and pronouns asked for against them."""

    def __init__(self, scene: Scene, cast: Cast) -> None:
        self._scene = scene
        self._cast = cast
        self._spoke: list[Spoke] = []

    def note(self, at: int, actors: Sequence[Actor], outer: bool, single: bool = False) -> None:
        """Note that `actors` (none when unresolved) are the source that stands at offset `at`."""
        self._spoke.append(Spoke(at, tuple(actors), outer, single))

    def pronoun(self, span: Span, enclosing: Sequence[Actor] = ()) -> Answer:
        """Whom the pronoun at `span` refers to; `enclosing` are the speakers of the saying whose content holds it."""
        word = span.of(self._scene.text).casefold()
        if word in _SELF and len(enclosing) == 1 and enclosing[0].kind is ActorKind.PERSON:
            return one(enclosing[0], span, 0.9, "the-speaker-himself")
        if word in _NOBODY or (self._scene.quoted(span.start) and not enclosing):
            return nobody("pronoun-inside-quotation" if word not in _NOBODY else "speaks-for-no-one-named")
        if word in HE:
            return self._person(span, HE[word], enclosing)
        if word in _IT and _EXPLETIVE.match(self._scene.text, span.end):
            return nobody("it-of-no-thing")
        if word in _IT:
            return self._thing(span, enclosing)
        return self._several(span)

    def _person(self, span: Span, gender: str, enclosing: Sequence[Actor]) -> Answer:
        inside = [a for a in enclosing if a.kind is ActorKind.PERSON and a.gender in (gender, None)]
        if len(inside) == 1:
            return one(inside[0], span, 0.88, "speaker-of-the-enclosing-saying")
        index = self._scene.sentence_at(span.start)
        if index is None:
            return nobody("pronoun-outside-sentences")
        paragraph = self._scene.sentences[index].paragraph
        for back in range(_SENTENCES_BACK + 1):
            if index - back < 0 or paragraph - self._scene.sentences[index - back].paragraph > _PARAGRAPHS_BACK:
                break
            sentence = self._scene.sentences[index - back].span
            window = Span(sentence.start, span.start if back == 0 else sentence.end)
            answer = self._in_sentence(span, window, gender, back)
            if answer is not None:
                return answer
        return nobody("pronoun-without-antecedent")

    def _in_sentence(self, span: Span, window: Span, gender: str, back: int) -> Answer | None:
        def fits(actor: Actor, single: bool = False) -> bool:
            return (actor.kind is ActorKind.PERSON or single) and actor.gender in (gender, None)

        if self._object_of(span, window):
            return None
        said = [s for s in self._said_in(window) if s.outer]
        if said and not said[-1].actors:
            return nobody("pronoun-after-an-unresolved-speaker")
        speakers = self._distinct([a for s in said for a in s.actors if fits(a, s.single)], gender)
        fade = 1.0 - 0.06 * max(0, back - 1)
        if len(speakers) == 1:
            return one(speakers[0], span, self._weighed(speakers[0], 0.9 * fade, gender), "last-speaker")
        if len(speakers) > 1:
            return one(speakers[-1], span, 0.5, "several-speakers-before")
        if back == 0 and self._after_content(span, window):
            return None
        named = self._distinct([a for a in self._named_in(window, asked_about=back > 0) if fits(a)], gender)
        if len(named) == 1:
            return one(named[0], span, self._weighed(named[0], 0.78 * fade, gender), "last-person-named")
        if len(named) > 1:
            return nobody("pronoun-between-several")
        return self._titled_in(span, window, gender) if back == 0 else None

    def _titled_in(self, span: Span, window: Span, gender: str) -> Answer | None:
        """ "The minister left early, for [he] was ill": the bearer of a title that stands nearer than any name."""
        for match in reversed(list(_DEFINITE.finditer(self._scene.text, window.start, window.end))):
            words = match[1].split()
            for first in range(len(words)):
                for last in range(len(words), first, -1):
                    title = " ".join(words[first:last])
                    if not self._scene.knowledge.titles.known(title) or self._scene.quoted(match.start()):
                        continue
                    bearers = [m.actor for m in self._cast.with_title(title, None, match.start())]
                    if len(bearers) != 1 or bearers[0].gender not in (gender, None):
                        return nobody("pronoun-after-a-title")
                    return one(bearers[0], span, self._weighed(bearers[0], 0.68, gender), "title-before-the-pronoun")
        return None

    def _object_of(self, span: Span, window: Span) -> bool:
        """True when the pronoun is an object in the clause in which `window` ends: whoever is named there is not meant."""
        text = self._scene.text
        if window.end != span.start or span.of(text).casefold() not in _OBJECTS:
            return False
        return _CLAUSE_END.search(text, window.start, window.end) is None

    def _after_content(self, span: Span, window: Span) -> bool:
        """True for "Hale had known it, [he] said": whoever a content names by name is not its speaker."""
        text = self._scene.text
        return (
            text[window.start : span.start].rstrip(" \"”’'").endswith(",") and _SAYS.match(text, span.end) is not None
        )

    def _weighed(self, actor: Actor, score: float, gender: str) -> float:
        return score if actor.gender == gender else score * 0.85

    def _distinct(self, actors: Sequence[Actor], gender: str) -> list[Actor]:
        """Each actor once; those known to be of this gender alone, when there are any."""
        once = list({a.id: a for a in actors}.values())
        return [a for a in once if a.gender == gender] or once

    def _said_in(self, window: Span) -> list[Spoke]:
        return sorted((s for s in self._spoke if window.start <= s.at < window.end), key=lambda s: s.at)

    def _named_in(self, window: Span, asked_about: bool) -> list[Actor]:
        """The people named in `window` outside quotations, in order; possessives and "asked about X" come last."""
        text = self._scene.text
        found: list[tuple[bool, int, Actor]] = []
        for member in self._cast.members:
            for at in member.at:
                if not (window.start <= at.start < window.end) or self._scene.quoted(at.start):
                    continue
                owned = text[at.end : at.end + 2] in ("'s", "’s") or text[at.end : at.end + 1] in ("'", "’")
                asked = _ASKED.search(text, window.start, at.start) is not None
                if (owned or asked) and not asked_about:
                    continue
                found.append((owned or asked, at.start, member.actor))
        ranked = sorted(found, key=lambda f: (f[0], f[1]))
        best = [f[2] for f in ranked if not f[0]]
        return best or [f[2] for f in ranked]

    def _thing(self, span: Span, enclosing: Sequence[Actor]) -> Answer:
        inside = [a for a in enclosing if a.kind in _SPEAKING_KINDS]
        if len(inside) == 1:
            return one(inside[0], span, 0.85, "speaker-of-the-enclosing-saying")
        index = self._scene.sentence_at(span.start)
        for back in (0, 1):
            if index is None or index - back < 0:
                break
            sentence = self._scene.sentences[index - back].span
            window = Span(sentence.start, span.start if back == 0 else sentence.end)
            actors = [a for s in self._said_in(window) for a in s.actors if a.kind in _SPEAKING_KINDS]
            found = list({a.id: a for a in actors}.values())
            if len(found) == 1:
                return one(found[0], span, 0.8 - 0.1 * back, "last-speaker")
            parties = self._parties(window)
            if not found and len(parties) == 1:
                return one(parties[0], span, 0.65 - 0.05 * back, "only-party-named")
            if not found and not parties:
                groups = self._armed_in(window)
                if len(groups) == 1:
                    return one(groups[0], span, 0.62 - 0.05 * back, "only-party-named")
            if back == 0 and not found and len(parties) > 1 and span.of(self._scene.text).casefold() == "its":
                opening = self._opening(window)
                if opening is not None:
                    return one(opening, span, 0.62, "subject-of-the-sentence")
            subject = self._subject(span, window, parties) if not found and back == 1 else None
            if subject is not None:
                return one(subject, span, 0.58, "subject-of-the-sentence-before")
            if parties:
                break
        return nobody("pronoun-without-antecedent")

    def _parties(self, window: Span) -> tuple[Actor, ...]:
        """The parties and armed groups of `window`; an adjective ("Korvathi missions") names none beside a noun that does."""
        found: dict[str, Actor] = {}
        adjectives: dict[str, Actor] = {}
        for sighting in self._scene.names_in(window):
            actor = self._scene.choose(sighting.named)
            if self._scene.quoted(sighting.span.start) or self._scene.names_place(sighting):
                continue
            if actor is None or actor.kind not in (ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.ARMED_GROUP):
                continue
            form = next(n.form for n in sighting.named if n.actor.id == actor.id)
            adjective = form is NameForm.DEMONYM and re.match(r" [a-z]", self._scene.text[sighting.span.end :][:2])
            (adjectives if adjective else found).setdefault(actor.id, actor)
        return tuple((found or adjectives).values())

    def _opening(self, window: Span) -> Actor | None:
        """The party that opens the sentence as its subject: "Korvath will close the bridge to Ulmania, its president said"."""
        lead = re.match(r"\s*(?:the\s)?", self._scene.text[window.start : window.end], re.IGNORECASE)
        begin = window.start + (lead.end() if lead is not None else 0)
        for sighting in self._scene.names_in(window):
            actor = self._scene.choose(sighting.named)
            follows = re.match(
                r" (?:will|has|had|would|is|was|may|must|does|did|[a-z]+s) [a-z]",
                self._scene.text[sighting.span.end : window.end],
            )
            if sighting.span.start in (window.start, begin) and actor is not None and follows is not None:
                return actor if actor.kind in _SPEAKING_KINDS else None
        return None

    def _subject(self, span: Span, window: Span, parties: Sequence[Actor]) -> Actor | None:
        """The party with which the sentence before begins, when the pronoun is a subject that a verb follows."""
        if _VERB.match(self._scene.text, span.end) is None or span.of(self._scene.text).casefold() != "it":
            return None
        for sighting in self._scene.names_in(window)[:1]:
            lead = self._scene.text[window.start : sighting.span.start].strip()
            actor = self._scene.choose(sighting.named)
            form = next((n.form for n in sighting.named if actor is not None and n.actor.id == actor.id), None)
            subject = _VERB.match(self._scene.text, sighting.span.end) is not None
            if lead.casefold() in ("", "the") and subject and form is NameForm.NAME and actor in parties:
                return actor
        return None

    def _armed_in(self, window: Span) -> list[Actor]:
        chosen = (self._scene.choose(s.named) for s in self._scene.names_in(window))
        return list({a.id: a for a in chosen if a is not None and a.kind is ActorKind.ARMED_GROUP}.values())

    def _several(self, span: Span) -> Answer:
        index = self._scene.sentence_at(span.start)
        for back in range(3):
            if index is None or index - back < 0:
                break
            sentence = self._scene.sentences[index - back].span
            window = Span(sentence.start, span.start if back == 0 else sentence.end)
            for spoke in reversed([s for s in self._said_in(window) if s.actors]):
                plural = len(spoke.actors) > 1 or spoke.actors[0].kind in (
                    ActorKind.UNNAMED_GROUP,
                    ActorKind.ARMED_GROUP,
                )
                if plural and not spoke.single:
                    return Answer(tuple((a, span) for a in spoke.actors), 0.75 - 0.08 * back, "last-speakers")
        return nobody("pronoun-without-antecedent")

    def last_speakers(self, span: Span) -> tuple[Actor, ...]:
        """Those who spoke last before `span` in its sentence or the one before."""
        index = self._scene.sentence_at(span.start)
        if index is None:
            return ()
        start = self._scene.sentences[max(0, index - 1)].span.start
        said = [s for s in self._said_in(Span(start, max(start, span.start))) if s.outer]
        return said[-1].actors if said else ()

    def pair(self, span: Span) -> Answer | None:
        """Whom "the two sides" or "the two ministers" means, or None when the words are not of that kind."""
        words = " ".join(span.of(self._scene.text).split())
        if not re.match(r"(?:the two|both|the)\b", words, re.I) or " " not in words:
            return None
        if _TWO_SIDES.match(words):
            return self._two_parties(span)
        if _TWO_PEOPLE.match(words) and re.match(r"(?:the two|both)\b", words, re.I):
            return self._two_people(span)
        return None

    def _two_parties(self, span: Span) -> Answer:
        index = self._scene.sentence_at(span.start)
        states = _STATES.search(span.of(self._scene.text)) is not None
        found: dict[str, Actor] = {}
        for back in range(4):
            if index is None or index - back < 0:
                break
            sentence = self._scene.sentences[index - back].span
            for actor in self._scene.parties(Span(sentence.start, span.start if back == 0 else sentence.end)):
                if actor.kind is ActorKind.STATE or not states:
                    found.setdefault(actor.id, actor)
            found = {i: a for i, a in found.items() if not self._member(a, sentence)}
            if len(found) == 2:
                return Answer(tuple((a, None) for a in found.values()), 0.72, "the-two-parties-named-before")
            if len(found) > 2:
                break
        return self._two_chief_parties()

    def _member(self, actor: Actor, window: Span) -> bool:
        """True for a state named beside the organisation that it is a member of: it stands there for that one's sake."""
        return any(actor.part_of == other.id for other in self._scene.parties(window))

    def _two_chief_parties(self) -> Answer:
        actors = [self._scene.knowledge.actor(i) for i, _ in self._scene.counts.most_common()]
        chief = [a for a in actors if a is not None and a.kind in (ActorKind.STATE, ActorKind.ORGANISATION)]
        chief.sort(key=lambda a: (-self._scene.counts[a.id], a.id))
        if len(chief) >= 2:
            second, third = self._scene.counts[chief[1].id], self._scene.counts[chief[2].id] if len(chief) > 2 else 0
            if second >= 2 * max(third, 1) or (third == 0 and second > 0):
                return Answer(
                    tuple((a, None) for a in sorted(chief[:2], key=lambda a: a.id)), 0.6, "the-two-chief-parties"
                )
        return nobody("two-sides-not-decidable")

    def _two_people(self, span: Span) -> Answer:
        latest: dict[str, tuple[int, Actor]] = {}
        for member in self._cast.members:
            before = [s.start for s in member.at if s.start < span.start and not self._scene.quoted(s.start)]
            if before:
                latest[member.actor.id] = (max(before), member.actor)
        ranked = sorted(latest.values(), key=lambda p: -p[0])
        if len(ranked) < 2:
            return nobody("two-people-not-decidable")
        score = 0.75 if len(ranked) == 2 else 0.6
        return Answer(tuple((a, None) for _, a in reversed(ranked[:2])), score, "the-last-two-people-named")
