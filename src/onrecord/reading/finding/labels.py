"""Speech behind a name and a colon: transcripts, interviews, "NAME: text"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading.finding.draft import Draft
from onrecord.reading.lexicon import words
from onrecord.reading.parse import Parse

_MAX_LABEL = 9
_MAX_HEADING = 8
_IN_LABEL = frozenset({"of", "the", "for", "and", "-", ".", "(", ")", ",", "&", "'s", "’s"})


def label_drafts(parse: Parse) -> list[Draft]:
    """Paragraphs that begin with a speaker's name and a colon; in a transcript the paragraphs after it belong to it.

    A text is a transcript when two different names stand so, twice at least. The name has to be a person's or an
    organisation's, or in capitals; a place alone is a dateline.
    """
    starts = [i for i in range(len(parse)) if i == 0 or parse.paragraph[i] != parse.paragraph[i - 1]]
    ends = [*starts[1:], len(parse)] if starts else []
    interview = _recurring(parse, starts, ends)
    if interview:
        return interview
    found: list[Draft] = []
    for first, stop in zip(starts, ends, strict=True):
        colon = _colon(parse, first, stop)
        if colon is not None:
            label = [parse.doc[i] for i in range(first, colon)]
            found.append(Draft(parse.doc[colon], label, [parse.doc[colon]], [(colon + 1, stop - 1)], "label"))
    found = [draft for draft in found if not _is_title(parse, draft)]
    if _are_headings(parse, found, starts):
        return []
    names = {" ".join(t.lower_ for t in draft.source) for draft in found}
    if len(names) >= 2 and len(found) >= 3:
        labelled = {parse.paragraph[d.verb.i]: d for d in found}
        current: Draft | None = None
        for first, stop in zip(starts, ends, strict=True):
            current = labelled.get(parse.paragraph[first], current)
            if current is not None and parse.paragraph[first] not in labelled:
                current.content.append((first, stop - 1))
    return found


def _is_title(parse: Parse, draft: Draft) -> bool:
    """True when the words after the colon are written as a title, nearly all with a capital ("Venn: Talks Went Better Than Expected")."""
    (first, last) = draft.content[0]
    long = [t for t in parse.doc[first : last + 1] if t.is_alpha and len(t) > 3]
    return len(long) >= 4 and sum(t.text[0].isupper() for t in long) >= 0.85 * len(long)


def _recurring(parse: Parse, starts: list[int], ends: list[int]) -> list[Draft]:
    """Paragraphs of an interview: nearly all begin with a label of capitals ("Q:", "Mila Teck:"), two at least, and one comes back."""
    found: list[Draft] = []
    for first, stop in zip(starts, ends, strict=True):
        for i in range(first + 1, min(first + _MAX_LABEL, stop - 1)):
            if parse.doc[i].text == ":":
                label = [parse.doc[n] for n in range(first, i)]
                found.append(Draft(parse.doc[i], label, [parse.doc[i]], [(i + 1, stop - 1)], "label"))
                break
            if not (parse.doc[i - 1].text[0].isupper() or parse.doc[i - 1].lower_ in _IN_LABEL):
                break
    names = [" ".join(t.lower_ for t in draft.source) for draft in found]
    several = 2 <= len(set(names)) < len(names)
    return found if several and len(found) >= 3 and len(found) >= 0.8 * len(starts) else []


def _are_headings(parse: Parse, found: list[Draft], starts: list[int]) -> bool:
    """True when most labelled paragraphs are a few words over an unlabelled one, as the subheadings of an article are."""
    labelled = {parse.paragraph[d.verb.i] for d in found}
    last = len(starts) - 1
    heads = [d for d in found if parse.paragraph[d.verb.i] < last and parse.paragraph[d.verb.i] + 1 not in labelled]
    short = [d for d in heads if d.content[0][1] - d.content[0][0] < _MAX_HEADING]
    return len(short) >= 2 and 2 * len(short) > len(found)


def _colon(parse: Parse, first: int, stop: int) -> int | None:
    for i in range(first + 1, min(first + _MAX_LABEL, stop - 2)):
        if parse.doc[i].text == ":":
            return i if _names_speaker([parse.doc[n] for n in range(first, i)]) else None
        if not (_fits(parse.doc[i - 1])):
            return None
    return None


def _fits(token: Token) -> bool:
    return (token.pos_ in {"PROPN", "ADJ", "NOUN"} and token.text[0].isupper()) or token.text.lower() in _IN_LABEL


def _names_speaker(label: list[Token]) -> bool:
    if not all(_fits(t) for t in label):
        return False
    if any(t.ent_type_ in {"PERSON", "ORG"} for t in label):
        return True
    known = words("speakers", "person")
    if any(t.lower_ in known for t in label):
        return True
    capitals = all(t.text.isupper() or not t.text[0].isalpha() for t in label)
    return capitals and any(len(t) > 1 and t.ent_type_ not in {"GPE", "LOC", "FAC"} for t in label)
