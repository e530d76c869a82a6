"""Mentions: every name, description and pronoun for a person, an organisation, a state or a group."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.model import Mention, MentionForm, MentionLabel, Span
from onrecord.reading.grammar import DASHES, RELATIVES, children
from onrecord.reading.lexicon import words
from onrecord.reading.parse import Parse

_NAMES = {
    "PERSON": MentionLabel.PERSON,
    "ORG": MentionLabel.ORGANISATION,
    "GPE": MentionLabel.PLACE,
    "LOC": MentionLabel.PLACE,
    "FAC": MentionLabel.PLACE,
    "NORP": MentionLabel.GROUP,
}
_PRONOUNS = {
    **dict.fromkeys(
        [
            "i", "me", "my", "mine", "myself", "he", "him", "his", "himself", "she", "her", "hers", "herself", "you",
            "your", "yourself", "who", "whom", "whose",
        ],
        MentionLabel.PERSON,
    ),
    **dict.fromkeys(
        ["we", "us", "our", "ours", "ourselves", "they", "them", "their", "theirs", "themselves"], MentionLabel.GROUP
    ),
    **dict.fromkeys(["it", "its", "itself"], MentionLabel.OTHER),
}  # fmt: skip
_KINDS = {
    "person": MentionLabel.PERSON,
    "organisation": MentionLabel.ORGANISATION,
    "group": MentionLabel.GROUP,
    "document": MentionLabel.OTHER,
}
_TITLE_LINKS = frozenset({"of", "for", "to", "the", "and", "&", "'s", "’s", "-", "on", "at"})
_LOOSE = frozenset({",", "(", ")", '"', "“", "”", "'", "’", ";", ":", "."})


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions of a text, in text order, and the one that stands at a place."""

    all: tuple[Mention, ...]
    #: The last word of a person's name, in small letters -> the titles beside it anywhere in the text, in small letters.
    titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def at(self, start: int, end: int) -> Mention | None:
        """The smallest mention whose head covers or lies in `start` to `end` (offsets), the earliest of equals."""
        found = [m for m in self.all if m.head.start < end and start < m.head.end]
        return min(found, key=lambda m: (len(m.span), m.span.start)) if found else None

    def inside(self, span: Span) -> list[Mention]:
        """The mentions that lie wholly in `span`, in order."""
        first = bisect.bisect_left(self.all, span.start, key=lambda m: m.span.start)
        found = []
        for mention in self.all[first:]:
            if mention.span.start >= span.end:
                break
            if mention.span.end <= span.end:
                found.append(mention)
        return found


def mentions(parse: Parse) -> Mentions:
    """All mentions of the parsed text; names are labelled the same way throughout one text, by majority."""
    found: dict[Span, Mention] = {}
    named: set[int] = set()
    for mention, tokens in _names(parse):
        found.setdefault(mention.span, mention)
        named.update(tokens)
    for token in parse.doc:
        mention_of = _pronoun(parse, token) or (None if token.i in named else _description(parse, token, named))
        if mention_of is not None:
            found.setdefault(mention_of.span, mention_of)
    titles: dict[str, tuple[str, ...]] = {}
    for one in found.values():
        if one.title is not None:
            name = one.head.of(parse.text).split()[-1].lower()
            titles[name] = (*titles.get(name, ()), one.title.of(parse.text).lower())
    return Mentions(tuple(sorted(found.values(), key=lambda m: (m.span.start, m.span.end))), titles)


def _names(parse: Parse) -> Iterable[tuple[Mention, range]]:
    entities = _entities(parse)
    labels = _labels(parse, entities)
    for first, last, text in entities:
        label = labels[text]
        head = parse.span(first, last)
        title: Span | None = None
        span = head
        if label is MentionLabel.PERSON:
            before = _title_before(parse, first)
            if before is not None:
                title = parse.span(before, first - 1)
                span = Span(title.start, head.end)
            elif (after := _apposition(parse, last)) is not None:
                title = parse.span(*after)
        yield Mention(span, head, MentionForm.NAME, label, title), range(first, last + 1)


def _entities(parse: Parse) -> list[tuple[int, int, str]]:
    """Token ranges of names with their text, without "the" and a possessive ending, and never across a paragraph's end."""
    known = words("speakers")
    found: list[tuple[int, int, str]] = []
    for entity in parse.doc.ents:
        first, last = entity.start, entity.end - 1
        if entity.label_ not in _NAMES or parse.paragraph[first] != parse.paragraph[last]:
            continue
        while first <= last and (
            parse.doc[first].lower_ in {"the", "a", "an"}
            or parse.doc[first].text in _LOOSE
            or parse.doc[first].text in DASHES
        ):
            first += 1
        while last >= first and (
            parse.doc[last].text in {"'s", "’s", "'", "’"} or parse.doc[last].text in _LOOSE - {"."}
        ):
            last -= 1
        if entity.label_ == "PERSON":
            while first < last and parse.doc[first].lower_ in known:
                first += 1
        if first <= last and any(c.isalpha() for c in parse.span(first, last).of(parse.text)):
            found.append((first, last, _plain(parse.span(first, last).of(parse.text))))
    covered = {i for first, last, _ in found for i in range(first, last + 1)}
    found.extend(_missed(parse, covered))
    return sorted(found)


def _missed(parse: Parse, covered: set[int]) -> list[tuple[int, int, str]]:
    """Runs of proper nouns the name finder left out, where they are a subject, an object or a possessor."""
    found = []
    for token in parse.doc:
        if token.i in covered or token.pos_ != "PROPN" or token.ent_type_ or not token.text[0].isupper():
            continue
        if token.dep_ not in {"nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "appos"} or token.lower_ in words(
            "speakers"
        ):
            continue
        first = token.i
        while (
            first - 1 >= 0
            and first - 1 not in covered
            and parse.doc[first - 1].dep_ == "compound"
            and parse.doc[first - 1].pos_ == "PROPN"
            and parse.doc[first - 1].lower_ not in words("speakers")
        ):
            first -= 1
        covered.update(range(first, token.i + 1))
        found.append((first, token.i, _plain(parse.span(first, token.i).of(parse.text))))
    return found


def _plain(name: str) -> str:
    return " ".join(name.split())


def _labels(parse: Parse, entities: Sequence[tuple[int, int, str]]) -> dict[str, MentionLabel]:
    """One label a name: what most of its occurrences say, and a surname is the person whose full name the text gives."""
    votes: dict[str, Counter[MentionLabel]] = {}
    surnames: set[str] = set()
    for first, last, text in entities:
        kind = parse.doc[first].ent_type_ or parse.doc[last].ent_type_
        label = _NAMES.get(kind, MentionLabel.OTHER)
        if kind != "NORP" and last - first < 4 and _follows_title(parse, first, last):
            label = MentionLabel.PERSON
        votes.setdefault(text, Counter())[label] += 1
        if label is MentionLabel.PERSON and " " in text:
            surnames.add(text.split()[-1])
    order = list(MentionLabel)
    labels = {}
    for text, counts in votes.items():
        best = max(counts, key=lambda label: (counts[label], label is not MentionLabel.OTHER, -order.index(label)))
        labels[text] = MentionLabel.PERSON if text in surnames else best
    return labels


def _title_before(parse: Parse, first: int) -> int | None:
    """Where the office words before a person's name begin: "Arvenian Foreign Minister", "Arvenia's ambassador to the League"."""
    known = words("speakers", "person")
    place, role = first - 1, None
    if place >= 0 and parse.doc[place].lower_ in {"and", "&"}:
        # "The premier and Vel Oran": the title is another one's.
        return None
    while place >= 0 and first - place <= 14 and parse.sentence_of[place] == parse.sentence_of[first]:
        token = parse.doc[place]
        if token.lower_ in known or token.lower_.removeprefix("vice-") in known:
            role = place
        elif not (token.pos_ in {"PROPN", "ADJ", "NOUN"} or token.lower_ in _TITLE_LINKS or token.text == "U.S.") or (
            token.pos_ in {"NOUN"} and not token.text[0].isupper() and role is None
        ):
            break
        place -= 1
    if role is None:
        return None
    begin = place + 1
    while begin < role and (
        parse.doc[begin].lower_ in {"and", "of", "to", "for", "'s", "’s", "-", "at", "on", "&"}
        or parse.doc[begin].is_punct
    ):
        begin += 1
    between = [parse.doc[i] for i in range(role + 1, first)]
    if any(t.is_punct and t.text not in {"-", "–"} for t in between):
        return None
    conjunction = [t.i for t in (parse.doc[i] for i in range(begin, role)) if t.lower_ in {"and", "to"}]
    return conjunction[-1] + 1 if conjunction else begin


def _follows_title(parse: Parse, first: int, last: int) -> bool:
    """True for a capitalised name right after a role written as a title ("President Oran", "spokeswoman Mila Teck")."""
    if first == 0 or parse.sentence_of[first - 1] != parse.sentence_of[first]:
        return False
    before = parse.doc[first - 1]
    named = all(parse.doc[i].pos_ == "PROPN" or parse.doc[i].is_punct for i in range(first, last + 1))
    return (
        named
        and before.lower_ in words("speakers", "person")
        and before.tag_ in {"NN", "NNP"}
        and before.dep_ == "compound"
    )


def _apposition(parse: Parse, last: int) -> tuple[int, int] | None:
    """The description after a name: "Vel Oran, Arvenia's foreign minister,"."""
    token = parse.doc[last]
    for child in children(token, "appos"):
        if child.i > last and child.lower_ in words("speakers") and child.left_edge.i - last <= 2:
            return child.left_edge.i, min(child.right_edge.i, child.i + 8)
    return None


def _pronoun(parse: Parse, token: Token) -> Mention | None:
    label = _PRONOUNS.get(token.lower_)
    if label is None or token.pos_ not in {"PRON", "DET"} or token.dep_ == "expl":
        return None
    if token.lower_ in RELATIVES and token.dep_ not in {"nsubj", "nsubjpass", "dobj", "pobj"}:
        return None
    span = parse.span(token.i, token.i)
    return Mention(span, span, MentionForm.PRONOUN, label)


def _description(parse: Parse, token: Token, named: set[int]) -> Mention | None:
    """A noun phrase headed by a role, an institution or a group: "the alliance", "Russia's top diplomat"."""
    if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ == "compound":
        return None
    kind = _kind(token)
    if kind is None or any(c.dep_ in {"appos"} and c.i in named for c in token.children if c.i == token.i + 1):
        return None
    first = token.i
    for child in token.children:
        if child.i < token.i and child.dep_ in {
            "det",
            "amod",
            "compound",
            "poss",
            "nummod",
            "nmod",
            "quantmod",
            "npadvmod",
            "punct",
        }:
            first = min(first, child.left_edge.i)
    while first < token.i and parse.doc[first].is_punct:
        first += 1
    last = token.i
    for child in children(token, "prep"):
        if child.i == token.i + 1 and child.lower_ in {"of", "to", "for"} and kind is MentionLabel.PERSON:
            last = max(last, child.right_edge.i) if child.right_edge.i - token.i <= 6 else last
    if parse.paragraph[first] != parse.paragraph[last]:
        return None
    return Mention(parse.span(first, last), parse.span(token.i, token.i), MentionForm.DESCRIPTION, kind)


def _kind(token: Token) -> MentionLabel | None:
    for kind, label in _KINDS.items():
        if kind == "document":
            continue
        known = words("speakers", kind)
        if token.lower_ in known:
            return MentionLabel.GROUP if label is MentionLabel.PERSON and token.tag_ in {"NNS", "NNPS"} else label
        if token.lemma_.lower() in known:
            return MentionLabel.GROUP if token.tag_ in {"NNS", "NNPS"} else label
    return None


def mention_of(found: Mentions, parse: Parse, tokens: Sequence[Token]) -> list[Mention]:
    """The mentions that stand for the phrase `tokens`: the one at its head, and those joined to it by "and"."""
    if not tokens:
        return []
    inside = {t.i for t in tokens}
    head = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[0])
    heads = [head]
    for token in heads:
        heads.extend(c for c in children(token, "conj") if c.i in inside)
    got = [m for t in heads if (m := found.at(parse.starts[t.i], parse.ends[t.i])) is not None]
    return list(dict.fromkeys(got))
