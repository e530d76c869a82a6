"""What stands at the end of a narrated act and is no part of it: appositions, and where it was said."""

from __future__ import annotations

from onrecord.reading.grammar import children, is_infinitive, left_edge, right_edge
from onrecord.reading.parse import Parse

#: Where words are said or published.
_CHANNELS = frozenset(
    [
        "account",
        "blog",
        "briefing",
        "broadcast",
        "channel",
        "interview",
        "letter",
        "page",
        "post",
        "radio",
        "speech",
        "statement",
        "telegram",
        "television",
        "tweet",
        "video",
        "website",
    ]
)


def _before_medium(parse: Parse, first: int, last: int) -> int:
    """The end without where it was said: "denied any part in it [on its own channel]", "condemned the raid [in a statement]"."""
    noun = parse.doc[last]
    if noun.lemma_.lower() not in _CHANNELS or noun.dep_ != "pobj" or parse.quoted[last] >= 0:
        return last
    prep = noun.head
    own = [c for c in children(noun, "poss", "det") if c.lower_ not in {"the", "this", "that"}]
    if (
        prep.lower_ not in {"on", "in", "via", "through", "over"}
        or prep.i <= first + 1
        or not (own or noun.n_lefts == 0)
    ):
        return last
    return prep.i - 1


def without_asides(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """A noun phrase without what a comma adds at its end: "the raid, which ...", "the envoy, a former judge"."""
    last = _before_medium(parse, first, last)
    for i in range(first + 1, last):
        token = parse.doc[i]
        if token.text != "," or parse.quoted[i] >= 0:
            continue
        for child in token.head.children:
            added = child.dep_ in {"relcl", "acl", "appos", "advcl"} and left_edge(child) == i + 1
            if added and not is_infinitive(child) and right_edge(child) >= last - 1:
                return first, i - 1
    return first, last
