"""Words of a text with their places, in the form in which two quotations are compared.

Glyphs make no difference: case, curly or straight marks, kinds of dashes and spaces, ligatures, soft hyphens. "n't" is a
word of its own, so that a dropped negation shows as one dropped word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.model import Span

_JOINERS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_APOSTROPHES = "'’‘ʼ`´＇"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_JOINERS}\u0300-\u036f]|[{_APOSTROPHES}](?=[^\W_]))*")
_SAME = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_JOINERS))

_TURNING_WORDS = (
    "no not n't never none nor neither without cannot nobody nothing nowhere hardly barely unless if except deny "
    "denies denied denying refuse refuses refused refusing reject rejects rejected fail fails failed"
)
#: Words whose coming or going makes a sentence say otherwise: negations, verbs of refusal, conditions.
TURNING = frozenset(_TURNING_WORDS.split())
_CONDITIONS_WORDS = "unless if except provided"
#: The words among them that set a condition when they follow.
CONDITIONS = frozenset(_CONDITIONS_WORDS.split())
_NEGATIONS_WORDS = "no not n't never none nor neither without cannot nobody nothing nowhere hardly barely"
#: The words among them that negate what follows.
NEGATIONS = frozenset(_NEGATIONS_WORDS.split())
_FUNCTION_WORDS = (
    "a an the and or but nor so yet if then than that this these those it its it's he him his she her hers they them "
    "their theirs we us our ours you your yours i me my mine who whom whose which what when where why how is are was "
    "were be been being am do does did done doing have has had having will would shall should can could may might "
    "must ought not n't no never of in on at by for with from to into onto over under out up down off about as "
    "between against through after before during until till while since because there here all any some both each "
    "every either neither one ones only also too very more most much many such own same other others another just "
    "even still now again s t d ll m re ve"
)
#: English function words, which alone identify no quotation.
FUNCTION = frozenset(_FUNCTION_WORDS.split())

_VERBS = (
    "be/am/is/are/was/were/been/being have/has/had do/does/did/done go/goes/went/gone will/would can/could shall/should "
    "may/might begin/began/begun bring/brought build/built buy/bought catch/caught come/came draw/drew/drawn fall/fell "
    "feel/felt fight/fought find/found fly/flew get/got/gotten give/gave hear/heard hold/held keep/kept know/knew lead/led "
    "leave/left lose/lost make/made mean/meant meet/met pay/paid rise/rose run/ran say/said see/saw/seen seek/sought "
    "sell/sold send/sent shoot/shot sit/sat speak/spoke/spoken stand/stood strike/struck swear/swore/sworn take/took "
    "teach/taught tell/told think/thought win/won write/wrote break/broke/broken choose/chose deal/dealt drive/drove "
    "eat/ate forbid/forbade forget/forgot hide/hid lie/lay throw/threw wear/wore withdraw/withdrew"
)
#: Forms of irregular verbs, which letters do not show to be one verb, each with its first form.
IRREGULAR = {form: forms.split("/")[0] for forms in _VERBS.split() for form in forms.split("/")}

#: Contractions whose verb is not what stands before "n't".
_WHOLE = {"can't": "can", "won't": "will", "shan't": "shall"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its form for comparison, and the characters it stands at."""

    form: str
    span: Span


def words(text: str, spans: Iterable[Span] | None = None) -> tuple[Word, ...]:
    """The words of `text`, or of `spans` of it, in order."""
    found: list[Word] = []
    for span in (Span(0, len(text)),) if spans is None else spans:
        for match in _WORD.finditer(text, span.start, span.end):
            found.extend(_forms(match.group(), match.start()))
    return tuple(found)


def _forms(word: str, at: int) -> list[Word]:
    form = unicodedata.normalize("NFKC", word.translate(_SAME)).casefold()
    end = at + len(word)
    if form.endswith("n't") and len(form) > 3 and len(word) == len(form):
        cut = end - 2 if form == "can't" else end - 3
        return [Word(_WHOLE.get(form, form[:-3]), Span(at, cut)), Word("n't", Span(cut, end))]
    if form == "cannot":
        return (
            [Word("can", Span(at, at + 3)), Word("not", Span(at + 3, end))]
            if len(word) == 6
            else [Word(form, Span(at, end))]
        )
    return [Word(form, Span(at, end))] if form else []


def telling(found: Sequence[Word]) -> list[Word]:
    """Those of the words that are no function words."""
    return [word for word in found if word.form not in FUNCTION]


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row with their letters joined: what an exact quotation is looked up in, whatever parts its words."""

    words: tuple[Word, ...]
    letters: str
    starts: dict[int, int]
    ends: dict[int, int]

    @classmethod
    def of(cls, found: Sequence[Word]) -> Run:
        """The run of the words `found`."""
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        at = 0
        for index, word in enumerate(found):
            starts[at] = index
            at += len(word.form)
            ends[at] = index + 1
        return cls(tuple(found), "".join(word.form for word in found), starts, ends)

    def find(self, letters: str, start: int = 0) -> tuple[int, int] | None:
        """The first range of words ``[i, j)``, from word `start` on, whose letters these are; None where there is none."""
        if not letters:
            return None
        at = sum(len(word.form) for word in self.words[:start])
        while (at := self.letters.find(letters, at)) >= 0:
            first, stop = self.starts.get(at), self.ends.get(at + len(letters))
            if first is not None and stop is not None:
                return first, stop
            at += 1
        return None
