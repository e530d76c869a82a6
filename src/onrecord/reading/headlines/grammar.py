"""The grammar of headlines: "Oran: raid was piracy", "Oran vows to keep truce", "Raid was piracy, says envoy", "Arvenia accused of ...".

Each rule gives attributions or nothing; what is not plainly said by somebody the page names is left alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from onrecord.model import Act
from onrecord.reading.attributed import Attribution
from onrecord.reading.finding.edges import content_span, role_spans
from onrecord.reading.headlines.phrases import Kind, Line, Speaker, dashes, top, without_adverbs
from onrecord.reading.headlines.verbs import PASSIVES, Form, Found, cues_at
from onrecord.reading.interpreting.acts import NEUTRAL
from onrecord.reading.lexicon import CueKind, VerbCue, words

Range = tuple[int, int]
_CLAUSAL = frozenset({"clause", "quote", "addressee", "addressee-clause"})
_TAIL = frozenset(
    {"on", "in", "at", "after", "as", "over", "to", "during", "amid", "ahead", "before", "about", "of", "from"}
)
_CUTS = frozenset({"amid"})
#: Verbs that take an object too, and yet stand before their speaker ("..., claims envoy").
_INVERTED = frozenset(
    {"announce", "confirm", "admit", "declare", "claim", "report", "warn", "deny", "tell", "predict", "concede"}
)
_COLON, _STOP = frozenset({":"}), frozenset({";", "|"})
_ASKING = frozenset({"what", "why", "how", "who", "where", "when", "which", "whether", "the", "a"})
#: How often the lines of each rule were right on pages of our own (docs/confidence.md).
SURE, LIKELY = 0.85, 0.75


def attributions(line: Line, start: int, stop: int) -> tuple[Attribution, ...]:
    """Who says what in the tokens `start` to `stop`, parts between semicolons one by one."""
    edges = [start - 1, *top(line, start, stop, _STOP), stop]
    found: list[Attribution] = []
    for low, high in itertools.pairwise(edges):
        last = high
        while last - 1 > low and line.tokens[last - 1].text in {".", "…"}:
            last -= 1
        if last - low > 2:
            found.extend(_part(line, low + 1, last))
    return tuple(dict.fromkeys(found))


def _part(line: Line, start: int, stop: int) -> list[Attribution]:
    colons = [i for i in top(line, start, stop, _COLON) if start < i < stop - 1]
    if colons:
        return _around_colon(line, start, colons[0], stop)
    for rule in (_after_dash, _according_to, _sayer_behind, _sayer_before, _passive):
        found = rule(line, start, stop)
        if found:
            return found
    return []


def _made(
    line: Line,
    speaker: Speaker | None,
    cue: Range,
    content: Sequence[Range],
    rule: str,
    sure: float,
    act: Act | None = None,
) -> list[Attribution]:
    spans = [content_span(line.parse, low, high - 1) for low, high in content if low < high]
    kept = tuple(span for span in spans if span is not None and len(span))
    if not kept:
        return []
    source = role_spans(line.parse, speaker.tokens) if speaker is not None else ()
    if act is None and len(content) == 1:
        act = _called(line, *content[0])
    return [
        Attribution(source, role_spans(line.parse, line.tokens[cue[0] : cue[1]]), kept, f"headline: {rule}", sure, act)
    ]


def _called(line: Line, start: int, stop: int) -> Act | None:
    """The act of "Charge 'a fairy tale'", a noun phrase and what it is called in marks; None where the words have another form."""
    at = next((i for i in range(start, stop) if line.parse.is_mark(i)), stop)
    if at in {start, stop} or at - start > 6 or not line.is_quotation(at, stop):
        return None
    if any(line.tokens[i].pos_ == "AUX" or line.tokens[i].lower_ == "to" for i in range(start, at)):
        return None
    called = {word for i in range(at, stop) for word in (line.tokens[i].lower_, line.tokens[i].lemma_.lower())}
    for kind, act in (("untrue", Act.DENY), ("concern", Act.CONDEMN), ("favour", Act.SUPPORT)):
        if called & words("content", kind):
            return act
    return Act.ASSERT


def _around_colon(line: Line, start: int, colon: int, stop: int) -> list[Attribution]:
    """ "Oran: raid was piracy", "Raid was piracy: Oran", "Oran warns: ...", "Hod raid: Oran blames rebels"."""
    after = colon + 1
    right = _part(line, after, stop)
    if line.is_quotation(start, colon):
        ending = line.speaker(after, stop)
        if ending is not None and ending.kind is not Kind.PLACE:
            return _made(line, ending, (colon, after), [(start, colon)], "words before a name", SURE)
        return right
    if any(token.lower_ == "to" for token in line.tokens[start:colon]):
        spoken = _occasion(line, start, colon, stop)
        if spoken:
            return spoken
    label = line.speaker(start, colon)
    if label is not None:
        return _labelled(line, label, colon, stop, right)
    spoken = _verb_before_colon(line, start, colon, stop) or _occasion(line, start, colon, stop)
    if spoken:
        return spoken
    ending = line.speaker(after, stop)
    if ending is not None and colon - start > 1 and not right:
        told = line.has_quotation(start, colon) or line.echoes(line.text(start, colon))
        if told or (ending.kind is not Kind.PLACE and line.is_clause(start, colon)):
            return _made(line, ending, (colon, after), [(start, colon)], "words before a name", LIKELY)
    return right


def _labelled(line: Line, label: Speaker, colon: int, stop: int, right: list[Attribution]) -> list[Attribution]:
    """What a name before a colon says; a place alone is where it happens, unless the body has it say the same."""
    after = colon + 1
    asks = line.tokens[stop - 1].text == "?" or line.tokens[after].lower_ in _ASKING
    if asks and not line.has_quotation(after, stop):
        return []
    proved = line.is_quotation(after, stop) or line.echoes(line.text(after, stop))
    if label.kind is Kind.PLACE and not proved:
        return right
    if proved or line.is_clause(after, stop):
        return _made(line, label, (colon, after), [(after, stop)], "words behind a name", SURE, _bidding(line, after))
    return right


def _bidding(line: Line, start: int) -> Act | None:
    """A demand for words that begin with a bare verb ("let inspectors in", "leave the valley"); None for others."""
    first = start + 1 if line.parse.is_mark(start) else start
    token = line.tokens[first]
    bare = token.tag_ == "VB" or (token.tag_ == "VBP" and token.dep_ == "ROOT")
    return Act.DEMAND if bare and token.lower_ not in {"thank", "see", "do", "be"} else None


def _verb_before_colon(line: Line, start: int, colon: int, stop: int) -> list[Attribution]:
    for at in range(start + 1, colon):
        for cue in cues_at(line.tokens, at, colon):
            speaker = _subject(line, start, at, cue.form)
            row = _row(cue.rows, _CLAUSAL | {"object"})
            if speaker is None or row is None:
                continue
            told = line.speaker(cue.last + 1, colon)
            if cue.last + 1 == colon or told is not None:
                act = _act(row) or _bidding(line, colon + 1)
                return _made(line, speaker, (at, cue.last + 1), [(colon + 1, stop)], "verb and colon", SURE, act)
    return []


def _occasion(line: Line, start: int, colon: int, stop: int) -> list[Attribution]:
    """ "Oran on talks: 'We are ready'", "Arvenia to Korvath: no ransom"."""
    quotation = line.is_quotation(colon + 1, stop)
    for at in range(start + 1, colon):
        word = line.tokens[at].lower_
        speaker = line.speaker(start, at)
        if speaker is None or (not quotation and word != "to"):
            continue
        if word == "to" and line.speaker(at + 1, colon) is not None:
            act = _bidding(line, colon + 1)
            return _made(line, speaker, (colon, colon + 1), [(colon + 1, stop)], "one to another", SURE, act)
        if quotation and speaker.kind is not Kind.PLACE and word in {"on", "about", "asked", "to", "after", "in", "at"}:
            return _made(line, speaker, (colon, colon + 1), [(colon + 1, stop)], "name, occasion and quotation", LIKELY)
    return []


def _after_dash(line: Line, start: int, stop: int) -> list[Attribution]:
    """ "Raid was piracy – Oran"."""
    found = dashes(line, start, stop)
    if not found or found[-1] + 1 >= stop or found[-1] - start < 2:
        return []
    dash = found[-1]
    speaker = line.speaker(dash + 1, stop)
    if speaker is None:
        return _part(line, start, dash)
    told = line.has_quotation(start, dash) or line.is_clause(start, dash)
    if speaker.kind in {Kind.PERSON, Kind.ROLE} and told:
        return _made(line, speaker, (dash, dash + 1), [(start, dash)], "words before a dash", LIKELY)
    return []


def _according_to(line: Line, start: int, stop: int) -> list[Attribution]:
    for i in range(start + 1, stop - 2):
        if line.tokens[i].lower_ == "according" and line.tokens[i + 1].lower_ == "to":
            speaker = line.speaker(i + 2, stop)
            return [] if speaker is None else _made(line, speaker, (i, i + 2), [(start, i)], "according to", SURE)
    return []


def _sayer_behind(line: Line, start: int, stop: int) -> list[Attribution]:
    """ "Raid was piracy, Oran says", "Raid was piracy, says envoy", "'We are ready,' Oran tells rebels"."""
    for at in range(stop - 1, start + 1, -1):
        if line.quoted(at):
            continue
        for cue in cues_at(line.tokens, at, stop, nouns=True):
            row = _row(cue.rows, _CLAUSAL)
            if row is None:
                continue
            for speaker, first, last in _sayers(line, start, stop, cue):
                content = (start, first)
                if first - start > 1 or line.is_quotation(*content):
                    cue_range = (at, cue.last + 1)
                    rule = "sayer behind" if last == stop else "sayer behind, and more"
                    return _made(line, speaker, cue_range, [content], rule, SURE, _act(row))
    return []


def _sayers(line: Line, start: int, stop: int, cue: Found) -> Iterator[tuple[Speaker, int, int]]:
    """The speaker right before or after the cue, where the words said end, and where the speaker's clause does."""
    before = cue.first - 1
    plain = any(
        "clause" in row.frames and ("object" not in row.frames or row.words[0] in _INVERTED) for row in cue.rows
    )
    if plain and (line.tokens[before].text == "," or line.parse.is_mark(before)):
        for end in range(stop, cue.last + 1, -1):
            speaker = line.speaker(cue.last + 1, end)
            if speaker is not None and _is_tail(line, end, stop):
                yield speaker, before, end
                break
    for comma in reversed(range(start + 1, cue.first - 1)):
        token = line.tokens[comma]
        if token.text != "," and not line.parse.is_mark(comma):
            continue
        speaker = _subject(line, comma + 1, cue.first, cue.form)
        if speaker is not None and not speaker.joint and _is_tail(line, cue.last + 1, stop, line):
            yield speaker, comma, stop
            break


def _is_tail(line: Line, start: int, stop: int, told: Line | None = None) -> bool:
    """True when nothing follows the sayer but when, where, about what, or to whom it is said."""
    if start >= stop or line.tokens[start].lower_ in _TAIL:
        return True
    if told is None:
        return line.tokens[start].text == "," and start + 1 < stop and line.tokens[start + 1].lower_ in _TAIL
    return stop - start <= 4 and all(
        line.tokens[i].pos_ in {"NOUN", "PROPN", "ADJ", "PRON", "DET"} for i in range(start, stop)
    )


def _subject(line: Line, start: int, verb: int, form: Form) -> Speaker | None:
    """The subject between `start` and the verb: many for a plural form, one (or a group) for a singular one."""
    speaker = line.speaker(start, without_adverbs(line.tokens, start, verb))
    if speaker is None:
        return None
    plural = speaker.joint or speaker.tokens[-1].tag_ in {"NNS", "NNPS"} or speaker.tokens[-1].lower_.endswith("s")
    if form is Form.PLURAL and not plural:
        return None
    return speaker


def _sayer_before(line: Line, start: int, stop: int) -> list[Attribution]:
    """ "Oran vows to keep truce", "Arvenia, Korvath agree to talk", with what else the same speaker does: "Oran slams raid, urges talks"."""
    for at in range(start + 1, min(start + 11, stop - 1)):
        if line.quoted(at):
            return []
        for cue in cues_at(line.tokens, at, stop):
            subject_end = _without_refusal(line, start, at)
            speaker = _subject(line, start, subject_end, Form.SINGULAR if subject_end < at else cue.form)
            if speaker is None or (cue.form is Form.PAST and not _is_past_saying(cue)):
                continue
            if cue.form is Form.PLURAL and subject_end == at and not _plural_subject(speaker):
                continue
            found = _verb_phrases(line, speaker, cue, subject_end, stop)
            if found:
                return found
    return []


def _plural_subject(speaker: Speaker) -> bool:
    return speaker.joint or speaker.tokens[-1].lower_.endswith("s")


def _is_past_saying(cue: Found) -> bool:
    """In headlines a form in -ed before its object is a passive; only "said" and its like cannot be."""
    return any(row.words[0] in {"say", "write", "swear"} for row in cue.rows)


def _without_refusal(line: Line, start: int, verb: int) -> int:
    """Where the subject ends when "won't" or "will not" stands before a verb of ruling out: "Trask won't rule out war"."""
    if line.tokens[verb].lower_ not in {"rule", "comment", "say"} or verb - start < 3:
        return verb
    if line.tokens[verb - 1].lower_ in {"n't", "n’t", "not"} and line.tokens[verb - 2].lower_ in {
        "wo",
        "will",
        "does",
        "do",
        "did",
        "ca",
        "can",
    }:
        return verb - 2
    return verb


def _verb_phrases(line: Line, speaker: Speaker, cue: Found, cue_start: int, stop: int) -> list[Attribution]:
    end, following = _next_verb(line, cue, stop)
    content = _content(line, cue, end)
    found: list[Attribution] = []
    if content is not None:
        parts, row = content
        act = _act(row)
        if cue_start < cue.first:
            # "won't rule out" tells of silence about it.
            act = Act.DECLINE
        found = _made(line, speaker, (cue_start, cue.last + 1), parts, "speaker and verb", SURE, act)
    if following is not None and found:
        found += _verb_phrases(line, speaker, following, following.first, stop)
    return found


def _next_verb(line: Line, cue: Found, stop: int) -> tuple[int, Found | None]:
    """The end of the cue's content, and the next cue that shares its subject: "..., urges talks", "... and urges talks"."""
    for i in range(cue.last + 2, stop - 1):
        token = line.tokens[i]
        if line.quoted(i):
            continue
        if token.lower_ in _CUTS and i - cue.last > 2:
            return i, None
        if token.text != "," and token.lower_ not in {"and", "but", "as"}:
            continue
        if token.lower_ == "as":
            if _opens_clause(line, i + 1, stop):
                return i, None
            continue
        at = i + 1
        while at < stop - 1 and line.tokens[at].pos_ in {"ADV", "CCONJ"}:
            at += 1
        for other in cues_at(line.tokens, at, stop):
            verbal = token.text == "," or line.tokens[at].pos_ in {"VERB", "AUX"}
            if other.form is cue.form and verbal and _content(line, other, stop) is not None:
                return i, other
        if token.text == "," and line.tokens[at].tag_ in {"VBZ", "VBP"} and line.tokens[at].dep_ != "relcl":
            return i, None
        if token.text == "," and _another_subject(line, i + 1, stop):
            return i, None
    return stop, None


def _another_subject(line: Line, start: int, stop: int) -> bool:
    """ "..., Compact refuses", "..., Sundmark to free prisoners": somebody else and a verb of his own."""
    for at in range(start + 1, min(start + 6, stop)):
        if line.speaker(start, at) is None:
            continue
        future = line.tokens[at].lower_ == "to" and at + 1 < stop and line.tokens[at + 1].pos_ in {"VERB", "AUX"}
        if future or line.tokens[at].tag_ == "VBZ":
            return True
    return False


def _opens_clause(line: Line, start: int, stop: int) -> bool:
    """ "as patrols circle", "as Union calls for talks": a subject and a finite verb after "as"."""
    return any(line.tokens[i].tag_ in {"VBZ", "VBP", "VBD"} for i in range(start + 1, min(start + 6, stop)))


def _content(line: Line, cue: Found, stop: int) -> tuple[list[Range], VerbCue] | None:
    """What is said after the cue, and the row of the table that fits its form; None where nothing fits."""
    start = cue.last + 1
    while start < stop and (
        line.tokens[start].text in {",", ":"}
        or (line.tokens[start].pos_ == "ADV" and start + 1 < stop and line.tokens[start + 1].lower_ in {"that", "to"})
    ):
        start += 1
    if start >= stop:
        return None
    verb = cue.rows[0].words[0]
    if verb == "tell":
        return _told(line, cue, start, stop)
    first = line.tokens[start]
    if len(cue.rows[0].words) > 1:
        row = _row(
            cue.rows, frozenset({"object", "prep", "phrase", "object-infinitive", "object-for", "infinitive", "clause"})
        )
        return ([(start, stop)], row) if row is not None else None
    if first.lower_ == "to":
        wanted: tuple[frozenset[str], ...] = (frozenset({"infinitive"}),)
    elif line.is_quotation(start, stop):
        wanted = (_CLAUSAL, frozenset({"object", "object-as"}))
    elif _governs(line, start, stop):
        someone = frozenset({"object-infinitive", "object-of"})
        wanted = (
            (frozenset({"object-of"}), _CLAUSAL, someone) if not _told_to(line, start, stop) else (someone, _CLAUSAL)
        )
    else:
        wanted = (frozenset({"object-of", "object", "object-as", "object-for"}), _CLAUSAL)
    clausal = line.is_quotation(start, stop) or _governs(line, start, stop) or first.lower_ == "to"
    for frames in wanted:
        row = _row(cue.rows, frames)
        if row is not None and not clausal and row.act is Act.ASSERT and not row.frames & {"object-as"}:
            # "shows footage", "answers questions", "claims gulf": a thing, and nothing is said of it; "says Arvenia close to bomb" drops its verb.
            row = (
                row
                if verb in {"say", "confirm", "insist", "claim"} and stop - start > 2 and "clause" in row.frames
                else None
            )
        if row is not None:
            begin = start + 1 if first.lower_ == "that" and "clause" in row.frames else start
            return [(begin, stop)], row
    return None


def _governs(line: Line, start: int, stop: int) -> bool:
    return line.tokens[start].lower_ == "that" or line.is_clause(start, stop)


def _told_to(line: Line, start: int, stop: int) -> bool:
    """ "both sides to talk": somebody, "to" and a verb, with no finite verb between."""
    for i in range(start + 1, stop - 1):
        if line.tokens[i].tag_ in {"MD", "VBZ", "VBP", "VBD"}:
            return False
        if line.tokens[i].lower_ == "to" and line.tokens[i + 1].tag_ in {"VB", "NN", "VBP"}:
            return True
    return False


def _told(line: Line, cue: Found, start: int, stop: int) -> tuple[list[Range], VerbCue] | None:
    """ "tells parliament raid was piracy", "tells rebels to disarm"."""
    for end in range(start + 1, min(start + 6, stop)):
        somebody = line.speaker(start, end) is not None or line.tokens[end - 1].pos_ in {"NOUN", "PROPN", "PRON"}
        if not somebody or (
            line.tokens[end].pos_ in {"NOUN", "PROPN", "PART"}
            and line.tokens[end].lower_ != "to"
            and line.speaker(start, end + 1) is not None
        ):
            continue
        if line.tokens[end].lower_ == "to":
            row = _row(cue.rows, frozenset({"addressee-infinitive"}))
            return ([(end, stop)], row) if row is not None else None
        begin = end + 1 if line.tokens[end].lower_ == "that" or line.tokens[end].text == "," else end
        row = _row(cue.rows, frozenset({"clause"}))
        if row is not None and begin < stop and (line.is_clause(begin, stop) or line.is_quotation(begin, stop)):
            return [(begin, stop)], row
    return None


def _passive(line: Line, start: int, stop: int) -> list[Attribution]:
    """ "Kessia accused of sending patrols", "Ulmaria urged to explain": what somebody unnamed says, unless "by" names him."""
    for at in range(start + 1, min(start + 10, stop - 1)):
        known = PASSIVES.get(line.tokens[at].lower_)
        if known is None or line.quoted(at):
            continue
        target = line.speaker(start, at)
        links, act = known
        if target is None:
            return []
        speaker, after = None, at + 1
        if line.tokens[after].lower_ == "by":
            for end in range(stop, after + 1, -1):
                speaker = line.speaker(after + 1, end)
                if speaker is not None:
                    after = end
                    break
            if speaker is None:
                return []
        if after < stop and line.tokens[after].lower_ in links:
            return _made(line, speaker, (at, at + 1), [(start, at), (after, stop)], "passive", LIKELY, act)
        return []
    return []


def _row(rows: Sequence[VerbCue], frames: frozenset[str]) -> VerbCue | None:
    return next((row for row in rows if row.kind is CueKind.SAY and row.frames & frames), None)


def _act(row: VerbCue) -> Act | None:
    """The act of the row, None where the content decides."""
    return None if row.act in NEUTRAL else row.act
