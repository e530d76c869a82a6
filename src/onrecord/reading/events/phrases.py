"""The phrases that take part in an event: whom a dependent names, one phrase for each of several joined by "and"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.model import Mention, MentionForm, MentionLabel, Span
from onrecord.reading.events.triggers import objects
from onrecord.reading.grammar import DASHES, RELATIVES, antecedent, children, contiguous, without_ending
from onrecord.reading.lexicon import words
from onrecord.reading.mentions import Mentions
from onrecord.reading.parse import Parse

_OUTSIDE = frozenset({"relcl", "advcl", "parataxis", "ccomp", "conj", "cc", "acl", "preconj"})
#: Endings of nouns for people; the class ``not-people`` has the commonest nouns in them that are not.
_ENDINGS = ("er", "or", "ist", "ian", "eer", "man", "men", "woman", "women", "ant", "ee", "folk", "smen")
_OF = frozenset({"of", "for", "to"})
_SENT = _OF | {"from"}
_EMPTY = frozenset({"it", "there", "that", "this", "which", "what", "any", "none", "all", "each"})


class Phrases:
    """The participants' phrases of one parsed text."""

    def __init__(self, parse: Parse, found: Mentions) -> None:
        self._parse = parse
        self._found = found

    def mention(self, token: Token) -> Mention | None:
        """The mention whose head `token` is or belongs to."""
        return self._found.at(self._parse.starts[token.i], self._parse.ends[token.i])

    def names(self, span: Span) -> tuple[Span, ...]:
        """The names inside `span`."""
        return tuple(m.head for m in self._found.inside(span) if m.form is MentionForm.NAME)

    def takes_part(self, token: Token) -> bool:
        """True when the noun or pronoun can do something or have it done to it: somebody, not something."""
        token = counted(token)
        if token.pos_ == "PRON":
            return token.lower_ not in _EMPTY and token.tag_ != "PRP$"
        if token.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"}:
            return False
        if token.ent_type_ in {"EVENT", "LAW", "WORK_OF_ART"} and not is_human(token):
            return False
        served = token.pos_ == "PROPN" and token.is_title and token.dep_ in {"dative", "nsubj"}
        if token.ent_type_ in {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"} and not served:
            return False
        mention = self.mention(token)
        if mention is not None and mention.form is not MentionForm.PRONOUN:
            return True
        # A name that the tagger does not know is a noun to it ("Zemia supplied Dalmar with grain").
        unknown = token.is_title and token.is_oov and token.pos_ == "NOUN"
        return is_human(token) or token.pos_ == "PROPN" or unknown

    def is_person(self, token: Token) -> bool:
        """True for a human being or several: a person's name or role, or a noun for people."""
        token = counted(token)
        mention = self.mention(token)
        if mention is not None and mention.label in (MentionLabel.PERSON, MentionLabel.GROUP):
            return True
        lemma = token.lemma_.lower()
        return is_human(token) or lemma in words("speakers", "person") or token.lower_ in words("speakers", "group")

    def is_party(self, token: Token) -> bool:
        """True for a person, organisation or state that can be met, phoned or sanctioned."""
        return (token.pos_ == "PRON" and token.lower_ not in _EMPTY) or self.takes_part(token)

    def is_place(self, token: Token) -> bool:
        """True for the name of a place, or a noun for one."""
        mention = self.mention(token)
        if mention is not None and mention.label is MentionLabel.PLACE:
            return True
        return (token.pos_ == "PROPN" and token.ent_type_ not in {"PERSON", "DATE", "ORG"}) or _has_land(token)

    def joined(self, token: Token) -> list[Token]:
        """`token` and the nouns that "and" joins to it; a relative pronoun is the noun it stands for."""
        if token.lower_ in RELATIVES and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}:
            found = antecedent(token)
            if found is None:
                return []
            token = found
        heads = [token]
        for head in heads:
            heads.extend(children(head, "conj"))
        return heads

    def spans(self, token: Token) -> list[Span]:
        """The phrases of those that `token` and what is joined to it name, people and institutions only, in text order."""
        out = []
        for head in self.joined(token):
            if self.takes_part(head):
                out.append(self.span(head))
        return sorted(set(out))

    def span(self, head: Token) -> Span:
        """The phrase of one noun: without what is joined to it, relative clauses, and a possessor's ending."""
        if head.pos_ == "PRON":
            return self._parse.span(head.i, head.i)
        out: set[int] = set()
        for child in head.subtree:
            nested = child.dep_ in {"conj", "cc"} and child.head.i != head.i
            cut = (child.dep_ in _OUTSIDE and not nested) or (
                child.dep_ == "appos" and child.ent_type_ in {"DATE", "TIME"}
            )
            outside = child.dep_ == "prep" and child.lower_ not in _inside(head) and not _sent_by(child, head)
            cut = cut or outside or child.dep_ == "npadvmod"
            cut = cut or (child.dep_ == "appos" and child.i > 0 and child.nbor(-1).text == "(")
            cut = cut or (child.text in {"(", ")"} and child.i > head.i)
            cut = cut or (child.lower_ in DASHES - {"-"} and child.i > head.i)
            keep = child.dep_ in {"conj", "cc"} and child.i < head.i
            if child.i != head.i and cut and not keep and not _inside_modifier(child, head):
                out.update(t.i for t in child.subtree)
        kept = [t for t in head.subtree if t.i == head.i or t.i not in out]
        run = without_ending(contiguous(kept, head))
        while len(run) > 1 and (run[-1].is_punct or run[-1].text in {"(", ")"}):
            run = run[:-1]
        while len(run) > 1 and run[0].text in {"(", ")", ","}:
            run = run[1:]
        return self._parse.span(run[0].i, run[-1].i)


def _inside(head: Token) -> frozenset[str]:
    """The prepositions that belong to the phrase of a noun; those sent are "from" whoever sent them ("a delegation from Tasse")."""
    return _SENT if head.lemma_.lower() in {"delegation", "mission", "team", "group", "envoy", "official"} else _OF


def _sent_by(prep: Token, head: Token) -> bool:
    """ "Ministers from Caldria and Ombe": whose people they are, in the words of a name."""
    names = any(p.pos_ == "PROPN" for p in children(prep, "pobj"))
    return prep.lower_ == "from" and names and head.tag_ == "NNS" and is_human(head)


def counted(token: Token) -> Token:
    """What a noun of number or a percentage counts: the journalists of "a handful of journalists"; else the noun itself."""
    if token.lower_ in objects("counter") or token.pos_ == "NUM" or token.text == "%":
        for prep in children(token, "prep"):
            if prep.lower_ == "of":
                return next(iter(children(prep, "pobj")), token)
    return token


def is_human(token: Token) -> bool:
    """True for a noun for people, by the list or by its ending."""
    lemma = token.lemma_.lower()
    if lemma in objects("people") or token.lower_ in objects("people"):
        return True
    return token.pos_ == "NOUN" and len(lemma) > 4 and lemma.endswith(_ENDINGS) and lemma not in objects("not-people")


def _inside_modifier(child: Token, head: Token) -> bool:
    """ "NATO and Arvenian ambassadors": what is joined inside a modifier before the noun belongs to the phrase."""
    return child.i < head.i and child.dep_ in {"conj", "cc"}


def _has_land(token: Token) -> bool:
    return token.lower_ in objects("land")


def name_run(parse: Parse, token: Token) -> Span:
    """The name at `token` with the parts of it before: "Port Selje", "the Egmont Palace" without its article."""
    first = token.i
    while first > 0 and parse.doc[first - 1].dep_ in {"compound", "nmod"} and parse.doc[first - 1].pos_ == "PROPN":
        first -= 1
    return parse.span(first, token.i)
