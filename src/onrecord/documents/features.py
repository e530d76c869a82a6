"""What the line labeller sees: numbers about a paragraph, its neighbours and its page.

All features are language-light counts and shares; the word lists below are common English page furniture, written down for
this project. The order of `NAMES` is the order of the columns, and a model file stores it, so that a model and the code
that feeds it cannot drift apart.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from onrecord.documents.lines import Paragraph

Matrix: TypeAlias = NDArray[np.float32]

_WORD = re.compile(r"\w+")
_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "and",
        "that",
        "for",
        "on",
        "with",
        "as",
        "at",
        "by",
        "from",
        "it",
        "its",
        "is",
        "was",
        "were",
        "are",
        "be",
        "been",
        "has",
        "have",
        "had",
        "he",
        "she",
        "they",
        "his",
        "her",
        "their",
        "this",
        "these",
        "which",
        "who",
        "said",
        "not",
        "but",
        "or",
        "will",
        "would",
        "could",
        "than",
        "after",
        "before",
        "about",
        "into",
        "over",
        "when",
        "while",
        "there",
        "also",
        "more",
        "we",
        "i",
        "you",
        "our",
        "if",
        "all",
        "one",
        "out",
        "up",
        "what",
        "so",
        "no",
        "can",
        "do",
        "him",
        "them",
    ]
)
_FURNITURE = frozenset(
    [
        "subscribe",
        "newsletter",
        "newsletters",
        "sign",
        "login",
        "log",
        "register",
        "account",
        "cookie",
        "cookies",
        "privacy",
        "policy",
        "terms",
        "advertisement",
        "advertise",
        "contact",
        "careers",
        "sitemap",
        "rights",
        "reserved",
        "copyright",
        "share",
        "tweet",
        "facebook",
        "twitter",
        "instagram",
        "youtube",
        "linkedin",
        "whatsapp",
        "email",
        "print",
        "comment",
        "comments",
        "reply",
        "menu",
        "search",
        "home",
        "skip",
        "navigation",
        "related",
        "recommended",
        "popular",
        "trending",
        "latest",
        "click",
        "download",
        "app",
        "apps",
        "follow",
        "rss",
        "feed",
        "feeds",
        "help",
        "faq",
        "donate",
        "shop",
        "store",
        "video",
        "videos",
        "photos",
        "gallery",
        "watch",
        "listen",
        "podcast",
        "podcasts",
        "next",
        "previous",
        "read",
        "edition",
        "sponsored",
        "links",
        "topics",
        "tags",
        "archive",
        "archives",
        "settings",
        "password",
        "username",
        "submit",
        "send",
        "close",
        "open",
        "show",
        "hide",
        "view",
        "unsubscribe",
        "browser",
        "javascript",
        "weather",
        "horoscope",
        "crossword",
        "jobs",
        "classifieds",
        "obituaries",
        "sections",
    ]
)
_SAYING = frozenset(
    [
        "said",
        "told",
        "says",
        "according",
        "added",
        "asked",
        "announced",
        "accused",
        "denied",
        "warned",
        "called",
        "wrote",
    ]
)
_CAPTION = re.compile(
    r"\b(?:photo|photograph|image|picture|pictured|getty|afp|file photo|handout|courtesy|illustration|screenshot|credit)\b"
    r"|\((?:l|r|c|left|right|center|centre)\)|, (?:left|right|center|centre),|\b(?:poses?|attends?|speaks?|shakes?|walks?|"
    r"stands?|looks? on|arrives?|gestures?) (?:during|for|with|at|to|in|a|before|after|outside)\b|/(?:reuters|ap|afp)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^\W{0,3}(?:\(?(?:additional )?reporting by|with (?:additional )?reporting|edited by|editing by|writing by|source:|"
    r"via |original(?:ly)? (?:url|published)|this (?:article|story) (?:was|is|has been)|follow (?:us|him|her)\b)"
    r"|contributed to this (?:report|story|article)",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"^\W{0,4}(?:see(?: also)?\b|read(?: more| also| next)?\b|related\b|watch\b|more (?:on|from|in|stories)\b|also (?:read|in|on)\b|"
    r"don['’]t miss|you may (?:also )?like|recommended|most (?:read|popular|viewed)|top stories|latest)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}\b|\b\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec)|\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b|\b\d{1,2}:\d{2}\b|\b(?:hours?|days?|minutes?) ago\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^\W{0,2}by\b.{2,80}$|^(?:author|written by|posted by|staff)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|www\.|@\w|\.(?:com|org|net)\b", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[•*·▪◦‣+►>»›|]|[-–—]\s?(?=\S)|\d{1,2}[.)]\s)")
_TERMINAL = re.compile("[.!?…。！？।][\"'”’»)\\]]{0,3}$")
_WIDE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

BASE = [
    "chars",
    "words",
    "terminal",
    "colon",
    "comma",
    "bullet",
    "lower",
    "quote",
    "dash",
    "capitals",
    "upper",
    "digits",
    "stops",
    "inner",
    "quotes",
    "furniture",
    "furniture_n",
    "saying",
    "you",
    "pipes",
    "address",
    "copyright",
    "date",
    "caption",
    "credit",
    "related",
    "byline",
    "repeats",
    "echo",
    "wordlen",
    "blank",
    "indent",
    "question",
    "all_caps",
    "wide",
    "overlap",
    "short",
]
_PAGE = [
    "n_lines",
    "prose_share",
    "prose_total",
    "blank_share",
    "position",
    "char_position",
    "before",
    "after",
    "to_prev",
    "to_next",
    "longest",
]
_NEAR = [
    "words",
    "terminal",
    "stops",
    "bullet",
    "furniture",
    "capitals",
    "caption",
    "date",
    "blank",
    "overlap",
    "repeats",
]
_REACH = (-3, -2, -1, 1, 2, 3)
_WINDOWS = (2, 5, 12)

NAMES: tuple[str, ...] = (
    *BASE,
    *_PAGE,
    *(f"{name}@{by:+d}" for by in _REACH for name in _NEAR),
    *(f"prose~{w}" for w in _WINDOWS),
    *(f"link~{w}" for w in _WINDOWS),
)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _line_features(paragraph: Paragraph, counts: Counter[str], earlier: set[str]) -> tuple[list[float], list[str]]:
    """The numbers of one paragraph alone (all of `BASE` but ``overlap``), and its words in lower case."""
    text = paragraph.text
    probe = text if len(text) <= 600 else text[:400] + text[-200:]
    words = _WORD.findall(text[:4000])
    lowered = [w.lower() for w in words]
    wide = len(_WIDE.findall(probe))
    n = len(words) + wide / 2
    few = lowered[:120]
    furniture = sum(w in _FURNITURE for w in few)
    capitals = sum(w[0].isupper() for w in words[:120])
    upper = sum(map(str.isupper, probe))
    key = text.lower()
    first = text[0]
    values = [
        np.log1p(len(text)),
        np.log1p(n),
        float(_TERMINAL.search(probe) is not None),
        float(text.endswith(":")),
        float(text.endswith(",")),
        float(_BULLET.match(text) is not None),
        float(first.islower()),
        float(first in "\"“'‘«„"),
        float(first in "-–—"),
        _share(capitals, len(few)),
        _share(upper, len(probe)),
        _share(sum(map(str.isdigit, probe)), len(probe)),
        _share(sum(w in _STOP for w in few), len(few)),
        _share(probe.count(", ") + probe.count(". ") + probe.count("; "), len(few)),
        float(sum(probe.count(q) for q in '"“”')),
        _share(furniture, len(few)),
        float(furniture),
        float(sum(w in _SAYING for w in few)),
        _share(sum(w in ("you", "your", "our", "us") for w in few), len(few)),
        float(sum(probe.count(c) for c in "|·›»/>")),
        float(_ADDRESS.search(probe) is not None),
        float("©" in probe or "(c)" in key[:40] or "rights reserved" in key),
        float(_DATE.search(probe) is not None),
        float(len(_CAPTION.findall(probe))),
        float(_CREDIT.search(probe) is not None),
        float(_RELATED.search(probe) is not None),
        float(_BYLINE.search(probe) is not None),
        np.log1p(counts[key] - 1),
        float(key in earlier),
        _share(sum(map(len, words[:120])), len(few)),
        min(paragraph.blank, 4),
        np.log1p(paragraph.indent),
        float(text.endswith("?")),
        float(len(words) > 0 and probe.isupper()),
        _share(wide, len(probe)),
    ]
    return values, lowered


def features(paragraphs: list[Paragraph]) -> Matrix:
    """One row a paragraph, columns as in `NAMES`, 32-bit floats."""
    if not paragraphs:
        return np.zeros((0, len(NAMES)), np.float32)
    counts = Counter(p.text.lower() for p in paragraphs)
    rows, bags, earlier = [], [], set[str]()
    for paragraph in paragraphs:
        values, words = _line_features(paragraph, counts, earlier)
        earlier.add(paragraph.text.lower())
        rows.append(values)
        bags.append(words)
    base = np.array(rows, np.float32)
    overlap, short = _overlap(base, bags)
    base = np.column_stack([base, overlap, short]).astype(np.float32)
    page, prose, link = _page_features(base)
    return np.column_stack([base, page, _neighbours(base), *_windows(prose), *_windows(link)]).astype(np.float32)


def _overlap(base: Matrix, bags: list[list[str]]) -> tuple[Matrix, Matrix]:
    """The share of a line's content words that the page's long prose lines use, and whether the line is a short prose line."""
    words = base[:, 1]
    prose = (words > np.log1p(18)) & (base[:, 2] > 0) & (base[:, 12] > 0.25)
    vocabulary: Counter[str] = Counter()
    for index in np.flatnonzero(prose):
        vocabulary.update({w for w in bags[index] if len(w) > 3 and w not in _STOP})
    shares = []
    for index, bag in enumerate(bags):
        content = {w for w in bag[:120] if len(w) > 3 and w not in _STOP}
        own = bool(prose[index])
        shares.append(_share(sum(vocabulary[w] > own for w in content), len(content)))
    short = ((words <= np.log1p(18)) & (base[:, 2] > 0) & (words > np.log1p(3))).astype(np.float32)
    return np.array(shares, np.float32), short


def _page_features(base: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Features of the page and of the place on it; with them each line's weight as prose and as a link."""
    n = len(base)
    chars = np.expm1(base[:, 0])
    is_prose = (base[:, 1] > np.log1p(12)) & (base[:, 2] > 0) & (base[:, 15] < 0.15) & (base[:, 5] == 0)
    prose = np.where(is_prose, chars, 0).astype(np.float32)
    link = ((base[:, 1] < np.log1p(12)) & (base[:, 2] == 0)).astype(np.float32)
    total = float(prose.sum()) or 1.0
    running = np.cumsum(prose)
    numbers = np.arange(n, dtype=np.float32)
    marks = np.flatnonzero(is_prose)
    to_prev = np.full(n, 30, np.float32)
    to_next = np.full(n, 30, np.float32)
    if len(marks):
        at = np.searchsorted(marks, np.arange(n))
        has_prev, has_next = at > 0, at < len(marks)
        to_prev[has_prev] = np.minimum(30, numbers[has_prev] - marks[at[has_prev] - 1])
        after = np.searchsorted(marks, np.arange(n), side="right")
        has_next = after < len(marks)
        to_next[has_next] = np.minimum(30, marks[after[has_next]] - numbers[has_next])
    all_chars = np.cumsum(chars)
    page = np.column_stack(
        [
            np.full(n, np.log1p(n)),
            np.full(n, total / max(float(chars.sum()), 1.0)),
            np.full(n, np.log1p(total)),
            np.full(n, float((base[:, 30] > 0).mean())),
            (numbers + 1) / n,
            all_chars / all_chars[-1],
            (running - prose) / total,
            (total - running) / total,
            to_prev,
            to_next,
            np.full(n, np.log1p(prose.max())),
        ]
    )
    return page.astype(np.float32), prose, link


def _neighbours(base: Matrix) -> Matrix:
    """`_NEAR` of the lines up to three before and after; zero outside the page."""
    columns = [BASE.index(name) for name in _NEAR]
    near = base[:, columns]
    n = len(near)
    parts = []
    for by in _REACH:
        moved = np.zeros_like(near)
        if abs(by) < n:
            if by < 0:
                moved[-by:] = near[:by]
            else:
                moved[:-by] = near[by:]
        parts.append(moved)
    return np.concatenate(parts, axis=1)


def _windows(values: Matrix) -> list[Matrix]:
    """Means of `values` over windows of several widths around each line, on a log scale."""
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    n = len(values)
    at = np.arange(n)
    means = []
    for width in _WINDOWS:
        low, high = np.maximum(at - width, 0), np.minimum(at + width + 1, n)
        means.append(np.log1p((total[high] - total[low]) / (high - low)).astype(np.float32))
    return means
