"""Keys under which names are looked up: case, accents, apostrophes and hyphens folded, nothing else guessed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
    }
)
_GAPS = re.compile(r"[\s\-‐-―_]+")
_EDGES = " \t\r\n\"'“”„«»()[]{}.,;:!?–—-*"
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.)+[A-Za-z]\b\.?")
_ABBREVIATION = re.compile(r"(?<=\b[A-Z][a-z])\. |(?<=\b[A-Z][a-z]{2})\. ")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$", re.IGNORECASE)


@lru_cache(maxsize=200_000)
def ascii_of(words: str) -> str:
    """`words` with accents taken off and typographic apostrophes made straight; case is kept."""
    if words.isascii():
        return words.replace("`", "'")
    plain = unicodedata.normalize("NFKD", words.translate(_APOSTROPHES).translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def surface(words: str) -> str:
    """`words` on one line without marks at its ends, without article and possessive, "U.S." as "US"; case is kept."""
    text = " ".join(ascii_of(words).split())
    # Most names have none of these: a search through each of ten thousand takes longer than to see so.
    if "." in text:
        text = _ABBREVIATION.sub(" ", _DOTTED.sub(lambda m: m.group().replace(".", ""), text).strip(_EDGES))
    text = text.strip(_EDGES)
    if text[:1] in ("t", "T", "a", "A"):
        text = _ARTICLE.sub("", text)
    return (_POSSESSIVE.sub("", text) if "'" in text else text).strip(_EDGES)


@lru_cache(maxsize=200_000)
def key(words: str) -> str:
    """The lookup key of a name: its `surface` in lower case with hyphens as blanks ("the Élysée" -> "elysee")."""
    text = surface(words)
    return (text if text.replace(" ", "").isalnum() else _GAPS.sub(" ", text).strip()).casefold()


def is_mark(words: str) -> bool:
    """True for a short mark of capitals ("AP", "AFP", "US"), which means something only as it is written."""
    text = surface(words)
    return len(text) <= 4 and text.isupper()


_SOUNDS = (
    (re.compile(r"x"), "ks"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"shch"), "sh"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"w"), "v"),
    (re.compile(r"q"), "k"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"ie"), "e"),
)


@lru_cache(maxsize=100_000)
def sound(words: str) -> str:
    """The key of a name with the usual differences of transliteration folded ("Sergey" = "Sergei", "Zelenskyy" = "Zelensky").

    A folding of our own of the common romanisations of Cyrillic (BGN/PCGN, passport, press): for comparing names that
    are otherwise the same, never for search.
    """
    text = key(words)
    for pattern, plain in _SOUNDS:
        text = pattern.sub(plain, text)
    return text
