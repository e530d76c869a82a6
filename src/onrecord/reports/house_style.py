"""House-style normalisation of single words: only for comparing texts, never for the source text or its offsets.

Two papers print one wire story as "Kiev" and "Kyiv", "organisation" and "organization", "six" and "6". The rules here map
both to one key. A key is not a word: a rule may maim a word ("promise" becomes "promize") as long as it does so in
every text alike, so the suffix rules need no list of exceptions. The British and American pairs follow the sections
on spelling of the Oxford Style Manual; the transliterations are those that agencies' style guides changed between 2000
and 2023 (Kiev to Kyiv in 2019).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

#: Spelling variants of names and words that no suffix rule reaches; every word of a row gets the first one's key.
_VARIANTS = (
    ("kyiv", "kiev", "kyjiw", "kiew"),
    ("odesa", "odessa"),
    ("kharkiv", "kharkov"),
    ("lviv", "lvov"),
    ("mykolaiv", "nikolaev", "nikolayev"),
    ("dnipro", "dnepr", "dnieper"),
    ("luhansk", "lugansk"),
    ("chornobyl", "chernobyl"),
    ("zaporizhzhia", "zaporozhye", "zaporizhzhya"),
    ("donbas", "donbass"),
    ("belarusian", "belarussian", "byelorussian"),
    ("zelenskyy", "zelensky", "zelenskiy"),
    ("lukashenko", "lukashenka"),
    ("yanukovych", "yanukovich"),
    ("klitschko", "klychko"),
    ("sergei", "sergey"),
    ("alexei", "alexey", "aleksei", "aleksey"),
    ("alexander", "aleksandr", "oleksandr", "alexandr"),
    ("yevgeny", "evgeny", "yevgeni", "evgeni"),
    ("dmitry", "dmitri", "dmitriy"),
    ("qaida", "qaeda"),
    ("hezbollah", "hizbollah", "hizbullah", "hezbullah"),
    ("quran", "koran"),
    ("gaddafi", "qaddafi", "gadhafi", "kadafi"),
    ("mohammed", "muhammad", "mohammad", "mohamed", "muhammed"),
    ("beijing", "peking"),
    ("mumbai", "bombay"),
    ("kolkata", "calcutta"),
    ("yangon", "rangoon"),
    ("tehran", "teheran"),
    ("macau", "macao"),
    ("romania", "rumania"),
    ("turkiye", "turkey"),
    ("gray", "grey"),
    ("aging", "ageing"),
    ("skeptic", "sceptic"),
    ("skeptical", "sceptical"),
    ("airplane", "aeroplane"),
    ("aluminum", "aluminium"),
    ("plow", "plough"),
    ("mold", "mould"),
    ("check", "cheque"),
    ("tire", "tyre"),
    ("curb", "kerb"),
    ("draft", "draught"),
    ("story", "storey"),
    ("adviser", "advisor"),
    ("while", "whilst"),
    ("among", "amongst"),
    ("amid", "amidst"),
    ("toward", "towards"),
    ("afterward", "afterwards"),
    ("ok", "okay"),
    ("learned", "learnt"),
    ("burned", "burnt"),
    ("mr", "mister"),
    ("government", "govt"),
    ("usa", "us"),
)
_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_TENS = {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip

_KEYS: dict[str, str] = {
    **{word: row[0] for row in _VARIANTS for word in row},
    **{word: str(value) for value, word in enumerate(_NUMBERS)},
    **_TENS,
    **dict(zip(_MONTH_NAMES, _MONTHS, strict=True)),
    "sept": "sep",
}

#: British endings and what they become; tried in order, on words longer than the ending plus two letters.
_SUFFIXES = (
    (re.compile(r"is(ations?|e|es|ed|er|ers|ing|able)$"), r"iz\1"),
    (re.compile(r"ys(e|es|ed|er|ers|ing)$"), r"yz\1"),
    (re.compile(r"our(s|ed|ing|able|ably|ite|ites|ful|less|er|ers|hood|hoods|ism|ist|ists)?$"), r"or\1"),
    (re.compile(r"([^aeiou])re(s|d)?$"), r"\1er\2"),
    (re.compile(r"en[cs]e(s|d|less|man|men)?$"), r"ense\1"),
    (re.compile(r"ogue(s)?$"), r"og\1"),
    (re.compile(r"mme(s|d|r|rs)?$"), r"m\1"),
    (re.compile(r"dge(ment|ments)$"), r"dg\1"),
)


def word_key(word: str) -> str:
    """The comparison key of one word: case, accents, apostrophes, number words and spelling variants levelled.

    Empty when `word` holds no letter or digit. A decimal point inside a number is kept, thousands commas are not.
    """
    letters = unicodedata.normalize("NFKD", word).casefold()
    if letters.isascii() and letters.isalpha():
        bare = letters
    elif any(c.isdigit() for c in letters):
        bare = re.sub(r"(?<!\d)\.|\.(?!\d)|[^\w.]|_", "", letters)
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    else:
        bare = "".join(c for c in letters if c.isalnum() and not unicodedata.combining(c))
    known = _KEYS.get(bare)
    if known is not None:
        return known
    if bare.endswith("s") and (singular := _KEYS.get(bare[:-1])) is not None and not singular.isdigit():
        return singular + "s"
    key = bare.replace("ae", "e").replace("oe", "e").replace("ll", "l")
    if len(key) > 4:
        for pattern, becomes in _SUFFIXES:
            changed, count = pattern.subn(becomes, key)
            if count:
                return changed
    return key


#: Distinct word forms kept before the cache starts again; about 200 MB at the most.
_CACHE_LIMIT = 1_000_000


class WordHashes(dict[str, int]):
    """Word form to a 62-bit hash of its key, 0 for a form without letters or digits; filled on demand, bounded.

    Hashes are blake2b of the key, so that they are the same in every process, unlike the built-in ``hash``.
    """

    def __missing__(self, word: str) -> int:
        key = word_key(word)
        value = 0
        if key:
            digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8, person=b"word").digest()
            value = int.from_bytes(digest, "big") >> 2
        if len(self) >= _CACHE_LIMIT:
            self.clear()
        self[word] = value
        return value


WORD_HASHES = WordHashes()
