"""The words and forms of page furniture, and what one paragraph alone says of itself.

The lists are common English page furniture, written down for this project; every expression is anchored or runs over a
bounded piece of the line, so that a line of any length costs linear time at most.
"""

from __future__ import annotations

import re
from itertools import repeat

_STOP = (
    "the a an of to in and that for on with as at by from it its is was were are be been has have had he she they his her "
    "their this these which who said not but or will would could than after before about into over when while there also "
    "more we i if all one out up what so no can do him them because during between against"
)
_FURNITURE = (
    "subscribe newsletter newsletters sign login log register account cookie cookies privacy policy terms advertisement "
    "advertise contact careers sitemap rights reserved copyright share tweet facebook twitter instagram youtube linkedin "
    "whatsapp email print comment comments reply menu search home skip navigation related recommended popular trending "
    "latest click download app apps follow rss feed feeds help faq donate shop store video videos photos gallery watch "
    "listen podcast podcasts next previous read edition sponsored links topics tags archive archives settings password "
    "username submit send close open show hide view unsubscribe browser javascript weather horoscope crossword jobs "
    "classifieds obituaries sections buy price free deal deals"
)
_SAYING = "said told says according added asked announced accused denied warned called wrote insisted stressed reported"
_YOU = "you your our us my i i'm"

#: Each known word adds one to one digit of a number in base 1024: stop words, furniture, verbs of saying, first and second person.
_CLASS: dict[str, int] = {}
for _shift, _list in enumerate((_STOP, _FURNITURE, _SAYING, _YOU)):
    for _word in _list.split():
        _CLASS[_word] = _CLASS.get(_word, 0) + (1 << (10 * _shift))

_STOP_WORDS = frozenset(_STOP.split())
_WORD = re.compile(r"\w+")
_CAPTION = re.compile(
    r"\b(?:photo(?:graph)?(?: by)?|image|picture|pictured|getty|afp|handout|courtesy|illustration|screenshot|credit|"
    r"poses?|attends?|speaks?|shakes?|walks?|stands?|looks?|arrives?|gestures?|file)\b|\((?:l|r|c|left|right|center|centre)\)|, (?:left|right|center|centre),"
)
_CREDIT = re.compile(
    r"\W{0,3}(?:(?:additional )?reporting by|with (?:additional )?reporting|edited by|editing by|writing by|source:|via |"
    r"original(?:ly)? (?:url|published)|this (?:article|story|report) (?:was|is|has been)|follow (?:us|him|her|me)\b)"
)
_CONTRIBUTED = "contributed to this"
_RELATED = re.compile(
    r"\W{0,4}(?:see(?: also)?\b|read(?: more| also| next)?\b|related\b|watch\b|more (?:on|from|in|stories)\b|also (?:read|in|on)\b|"
    r"don['’]t miss|you (?:may|might) (?:also )?like|recommended|most (?:read|popular|viewed)|top (?:stories|news)|latest|trending|"
    r"popular|sponsored|up next|next (?:article|story|post)|previous (?:article|story|post)|other (?:news|stories)|in (?:case|other)|"
    r"must.read|editor|promoted|around the web|from the web|about (?:the )?author|what to read|keep reading|similar)"
)
_COMMENT = re.compile(
    r"\W{0,4}(?:\d{1,5} )?(?:comments?\b(?! on)|leave a (?:reply|comment)|(?:post|add|view|show|write|load) (?:a |all |more |your )?comments?|join the (?:conversation|discussion)|"
    r"repl(?:y|ies)\b|(?:log|sign) in to (?:comment|reply|post)|responses?\b|discussion\b|reviews?\b|up ?votes?|likes?\b|\d{1,4} (?:likes?|votes?|points?)\b)"
)
_COMMENT_HEAD = re.compile(
    r"\b(?:says|said|wrote|writes|replied)\s?:\s?$|\bat \d{1,2}:\d\d\s?(?:am|pm)\b.{0,9}$|\b(?:minutes?|hours?|days?|weeks?|months?|years?) ago\b"
)
_SHARE = re.compile(
    r"\W{0,4}(?:share|tweet|pin|email|print|facebook|twitter|whatsapp|linkedin|reddit|flipboard|tags?\b|filed under|topics?\b|categor)"
)
_DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}\b|\b\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec)|\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b|\b\d{1,2}:\d{2}\b"
)
_PRICE = re.compile(r"[$€£₹]\s?\d")
_BYLINE = re.compile(r"\W{0,2}(?:by\b.{2,80}$|author|written by|posted by|staff)")
_ADDRESS = re.compile(r"https?:|www\.|@\w|\.(?:com|org|net)\b")
#: A line without any of these is not searched for an address.
_ADDRESS_PARTS = ("http", "www.", "@", ".com", ".org", ".net")
_BULLET = re.compile(r"[•*·▪◦‣+►>»›|]|[-–—]\s?(?=\S)|\d{1,2}[.)]\s")
_TERMINAL = re.compile("[.!?…。！？।][\"'”’»)\\]]{0,3}$")
_WIDE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

NAMES = ["words", "terminal", "ellipsis", "colon", "comma", "question", "bullet", "lower", "quote", "dash", "stops", "furniture", "furniture_n", "saying", "you", "address", "copyright", "date", "price", "caption", "credit", "related", "comment", "comment_head", "share", "byline", "wide"]  # fmt: skip


def line_features(text: str, has_digit: bool, wide_page: bool) -> tuple[list[float], frozenset[str]]:
    """What one paragraph says of itself, columns as in `NAMES`, and its words of four letters and more that are no stop words."""
    lowered = text[:800].lower()
    words = _WORD.findall(lowered)
    seen = len(words) or 1
    total = sum(map(_CLASS.get, words, repeat(0)))
    stop, furniture, saying, you = total & 1023, total >> 10 & 1023, total >> 20 & 1023, total >> 30
    head = lowered[:160]
    tail = text[-8:]
    wide = len(_WIDE.findall(lowered)) if wide_page else 0
    n = len(words) + wide / 2 if len(text) <= 800 else (len(words) + wide / 2) * len(text) / 800
    first = text[0]
    end = text[-1]
    ellipsis = end == "…" or tail.endswith(("...", "…]", "..."))
    values: list[float] = [
        n,
        _TERMINAL.search(tail) is not None,
        ellipsis,
        end == ":",
        end == ",",
        end == "?",
        _BULLET.match(text) is not None,
        first.islower(),
        first in "\"“'‘«„",
        first in "-–—",
        stop / seen,
        furniture / seen,
        furniture,
        saying,
        you / seen,
        any(map(head.__contains__, _ADDRESS_PARTS)) and _ADDRESS.search(head) is not None,
        "©" in head or "(c)" in head or "rights reserved" in lowered or head.startswith("copyright"),
        has_digit and _DATE.search(head) is not None,
        has_digit and _PRICE.search(head) is not None,
        _captions(head, lowered, words) if seen > 2 else 0,
        _CREDIT.match(lowered) is not None or _CONTRIBUTED in lowered,
        _RELATED.match(head) is not None,
        seen < 12 and _COMMENT.match(head) is not None,
        seen < 25 and (has_digit or end in ": \t" or "ago" in words) and _COMMENT_HEAD.search(head) is not None,
        seen < 14 and _SHARE.match(head) is not None,
        seen < 16 and _BYLINE.match(head) is not None,
        wide / len(lowered),
    ]
    return values, frozenset([w for w in words if len(w) > 3]) - _STOP_WORDS


#: The words of `_CAPTION`: a line without any of them is not searched.
_CAPTIONED = (
    "photo photograph image picture pictured getty afp handout courtesy illustration screenshot credit pose poses attend "
    "attends speak speaks shake shakes walk walks stand stands look looks arrive arrives gesture gestures file l r c left "
    "right center centre"
)
_CAPTION_WORDS = frozenset(_CAPTIONED.split())


def _captions(head: str, lowered: str, words: list[str]) -> int:
    """How many marks of a caption stand at the start and the end of a line."""
    if _CAPTION_WORDS.isdisjoint(words):
        return 0
    return len(_CAPTION.findall(head)) + len(_CAPTION.findall(lowered[-100:]))
