"""The words in a page's address: a hint at its headline."""

from __future__ import annotations

import re

_PATH = re.compile(r"^[a-z]+://[^/]*", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{4,}")
_COMMON = frozenset(
    [
        "news", "html", "article", "articles", "story", "stories", "world", "http", "https", "index", "post", "posts",
        "blog", "local", "with", "from", "that",
    ]
)  # fmt: skip


def path_of(url: str) -> str:
    """The part of `url` after its host."""
    return _PATH.sub("", url)


def slug_words(url: str | None) -> frozenset[str]:
    """The words of four letters and more in the longest part of the path of `url`; empty when it has fewer than two."""
    if not url:
        return frozenset()
    parts = re.split(r"[/?#]", path_of(url).lower())
    words = frozenset(_WORD.findall(max(parts, key=len, default=""))) - _COMMON
    return words if len(words) >= 2 else frozenset()
