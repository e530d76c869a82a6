"""New statements from annotated ones: the content of one in the place of another's, or two in one sentence.

Recombined statements have no labels. What a saying does lies in the cue and the content together ("warned" around a threat,
"said" around a promise), so every recombination is a case of its own, and the teacher (`training.acts.teacher`) says which.
Contents go only where the grammar takes them: full quotations into full quotations, clauses after verbs that take one, noun
phrases after verbs told of a noun phrase.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import QuoteType, Span
from onrecord.reading.acts import ActInput, Party
from training.acts.data import Example

CLAUSE_CUE = re.compile(
    "said|says?|told|warned|announced|admitted|conceded|acknowledged|insisted|added|noted|argued|claimed|confirmed|maintained|"
    "promised|pledged|vowed|stressed|declared|remarked|stated|reported|repeated|made clear|let it be known|granted|allowed|wrote|"
    "replied|answered|swore|hinted|suggested|pointed out|cautioned|predicted|estimated|explained|observed|retorted|assured|"
    "made it clear|gave assurances|signalled|threatened|agreed|denied|complained|reckons|believe|concluded"
)
"""Cues that take a clause with a verb of its own as they stand."""
_INFINITIVE = re.compile(r"[\w\s]{0,40}? to [a-z]+ ")
_NO_CLAUSE = re.compile(r'"?(?:whether|how|who|what|why|when|of|for|to)\b')
_SMALL = re.compile(
    "The|An?|No|There|It|If|We|They|In|Not|Nobody|Whoever|Some|One|What|All|Anyone|Those|Two|Three|Next|After|Every|People|Other|"
    "Once|Without|As"
)
SHARES = {QuoteType.DIRECT: 1.0, QuoteType.INDIRECT: 1.0, QuoteType.NARRATED: 0.33}
"""How often each kind is made, by its number of examples: nouns told seldom fit another verb."""


def recombined(examples: Sequence[Example], count: int, seed: int) -> list[ActInput]:
    """At most `count` new statements, no two alike; fewer when the examples give no more."""
    rng = random.Random(seed)
    contents: dict[QuoteType, list[Example]] = {kind: [] for kind in SHARES}
    frames: dict[QuoteType, list[Example]] = {kind: [] for kind in SHARES}
    for example in examples:
        kind = _kind(example)
        if kind is not None:
            contents[kind].append(example)
            if kind is QuoteType.DIRECT or _in_order(example.statement):
                frames[kind].append(example)
    kinds = [kind for kind in SHARES if contents[kind] and frames[kind]]
    weights = [SHARES[kind] * len(contents[kind]) for kind in kinds]
    made: dict[tuple[str, str], ActInput] = {}
    for _ in range(20 * count if kinds else 0):
        kind = rng.choices(kinds, weights)[0]
        one, frame = rng.choice(contents[kind]), rng.choice(frames[kind])
        if one.id != frame.id:
            made.setdefault((frame.id, one.id), _placed(frame.statement, one.statement, kind))
        if len(made) == count:
            break
    return list(made.values())


def _kind(example: Example) -> QuoteType | None:
    """The kind of content an example can lend or take, None when it has several parts or fits nowhere else."""
    s = example.statement
    if not len(s.source) == len(s.cue) == len(s.content) == 1:
        return None
    if example.quote_type in {QuoteType.DIRECT, QuoteType.NARRATED}:
        return example.quote_type if example.quote_type is QuoteType.DIRECT or _in_order(s) else None
    words = s.content[0].of(s.text)
    if not CLAUSE_CUE.fullmatch(s.cue[0].of(s.text)) or _INFINITIVE.match(words) or _NO_CLAUSE.match(words):
        return None
    return QuoteType.INDIRECT


def _in_order(statement: ActInput) -> bool:
    """Source, cue and content in this order, nothing between the first two."""
    (source,), (cue,), (content,) = statement.source, statement.cue, statement.content
    return cue.end <= content.start and source.end <= cue.start and not statement.text[source.end : cue.start].strip()


def _placed(frame: ActInput, lender: ActInput, kind: QuoteType) -> ActInput:
    """`frame` with the content of `lender` in place of its own; names keep their marks."""
    (old,), (new,) = frame.content, lender.content
    words = new.of(lender.text)
    if kind is not QuoteType.DIRECT:
        first = words.split()[0]
        if old.start == 0 or _SMALL.fullmatch(first):
            words = (words[0].upper() if old.start == 0 else words[0].lower()) + words[1:]
    grown = len(words) - len(old)

    def moved(span: Span) -> Span:
        return span if span.end <= old.start else Span(span.start + grown, span.end + grown)

    kept = [replace(p, span=moved(p.span)) for p in frame.parties if not _touch(p.span, old)]
    shift = old.start - new.start
    brought = [
        Party(Span(p.span.start + shift, p.span.end + shift))
        for p in lender.parties
        if new.start <= p.span.start and p.span.end <= new.end
    ]
    return ActInput(
        frame.text[: old.start] + words + frame.text[old.end :],
        tuple(map(moved, frame.source)),
        tuple(map(moved, frame.cue)),
        (Span(old.start, old.start + len(words)),),
        tuple(sorted((*kept, *brought), key=lambda p: p.span.start)),
    )


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def accompanied(examples: Sequence[Example], count: int, seed: int) -> list[Example]:
    """Examples with another's sentence before or after them, labels as they were: sentences of news seldom hold one saying only."""
    rng = random.Random(seed)
    pool = [e for e in examples if e.statement.text.endswith(".")]
    made = []
    for one in rng.sample(pool, min(count, len(pool))):
        other = rng.choice(pool)
        before, link = rng.random() < 0.5, rng.choice((", while ", ", and ", ", though ", ". ", ". "))
        first, second = (
            (other.statement.text, one.statement.text) if before else (one.statement.text, other.statement.text)
        )
        if second.startswith(('"', "“")):
            link = ". "
        if link != ". " and _SMALL.fullmatch(second.split()[0]):
            second = second[0].lower() + second[1:]
        lead = first[:-1] + link
        text = lead + second
        here, there = (len(lead), 0) if before else (0, len(lead))
        parties = [replace(p, span=_by(p.span, here)) for p in one.statement.parties]
        parties += [Party(_by(p.span, there)) for p in other.statement.parties]
        source, cue, content = (
            tuple(_by(s, here) for s in spans)
            for spans in (one.statement.source, one.statement.cue, one.statement.content)
        )
        statement = ActInput(text, source, cue, content, tuple(sorted(parties, key=lambda p: p.span.start)))
        target = _by(one.target, here) if one.target is not None else None
        made.append(replace(one, id=f"{one.id}+{other.id}", statement=statement, target=target))
    return made


def _by(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)
