"""Gives every line its role: the trained labeller says what is the article's own text, these rules name the rest.

The order is fixed: what a line says of itself (cross-link, credit, copyright, address, caption) outranks the labeller, which
outranks the place on the page. A rule that takes a line out of the body has to recognise it by its form.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from onrecord.documents import marks
from onrecord.documents.daywords import clock_time, written_dates
from onrecord.documents.features import Matrix
from onrecord.documents.headline import HeadlineHints, headline_of, squeezed
from onrecord.documents.lines import Paragraph, ends_sentence
from onrecord.model import BODY_ROLES, Line, LineRole, Span

_SIDES = re.compile(r"\((?:left|right|centre|center|l|r|c|from left|from right|top|bottom)\)", re.IGNORECASE)
_PHOTO = re.compile(
    r"^\W{0,3}(?:photo|image|picture|file photo|caption|video)s?\s?[:/|]|\((?:photo|image|picture|ap photo|file|reuters|afp|handout)\b[^)]{0,80}\)\s{0,3}$"
    r"|\b(?:photo(?:graph)?|picture|image)s?(?: by)?:\s[^.]{2,60}$|/(?:reuters|ap|afp|epa|getty images|tass)\b\W{0,3}$|\b(?:getty images|file photo)\b\W{0,3}$",
    re.IGNORECASE,
)
#: Without one of these a line has no mark of a caption and is not searched for them.
_CAPTION_HINTS = ("(", "/", "photo", "image", "picture", "caption", "video", "getty", "file", "illustration")
_CREDIT_LINE = re.compile(
    r"^\W{0,2}(?:photo(?:graph)?s?|image|illustration|video) (?:by|credit|courtesy)\b", re.IGNORECASE
)
_DATE_WORDS = re.compile(
    r"\b(?:published|posted|updated|last|modified|created|on|at|by|date|first|issued|release[d]?|edition|print|gmt|utc|time|local|"
    r"hrs?|am|pm|a\.m|p\.m|e[ds]?t|c[ds]t|p[ds]t|m[ds]t|b?ist|bst|cest|cet|msk|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
#: What a line is by its form shows within this many characters.
_LONG = 1200
_FURNITURE = re.compile(
    r"\W{0,3}(?:was this (?:article |page |story )?(?:helpful|useful)|subscribe (?:now|today|to)\b|already a subscriber|sign (?:up|in) (?:for|to)\b|"
    r"share this (?:article|story|page)|listen to this (?:article|story)|click here to|follow us on\b)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"\w@\w[\w-]{0,60}\.\w")
_ONLY_QUOTED = re.compile(r"[\"“«][^\"“”«»]{8,300}[\"”»][.!?]?$")
#: Names and nothing else: capitalised words with the small words that join them ("Ann Berg and agencies, Oslo").
_NAMES = re.compile(
    r"(?=[A-ZÀ-Þ])(?!(?:Share|Print|Post|Email|Save|Menu|Home|Log|Sign|Subscribe|Search|Photo|Video|Advertisement|License|Buy|"
    r"Comments?|Listen|Follow|Skip)\b)(?:(?:[A-ZÀ-Þ][\w.'’\-]{0,25}|and|of|de|van|von|in|for|the|agencies|staff|der|bin|al|own|,|&)(?:,?\s|$)){2,10}$"
)
#: A photograph's text: who stands where, the present tense of captions, a date at its end.
_CAPTION_FORM = re.compile(
    r"\((?:l|r|c|left|right|centre|center)\)|\b(?:poses?|attends?|speaks?|shakes?|walks?|stands?|looks?|arrives?|gestures?|meets?|"
    r"addresses|listens?|waves?|sits?|takes?|is seen|are seen|pictured|seen here)\b|\b\d{4}\.?$|"
    r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}(?:, \d{4})?\.?(?:\s[A-Z]{2,6})?$",
    re.IGNORECASE,
)
_BODY_MARK = re.compile("[.!?…:;,。！？।、][\"'”’»」)\\]]{0,3}$")


@dataclass(frozen=True, slots=True)
class Draft:
    """The paragraphs of a page with their roles and probabilities, before they are laid on the lines."""

    paragraphs: list[Paragraph]
    roles: list[LineRole]
    body: Matrix

    def numbers(self, *wanted: LineRole) -> list[int]:
        """The indexes of the paragraphs with one of the roles `wanted`."""
        return [i for i, role in enumerate(self.roles) if role in wanted]


def draft(paragraphs: list[Paragraph], probabilities: Matrix, threshold: float, hints: HeadlineHints) -> Draft:
    """The roles of `paragraphs`, given the labeller's probabilities; `hints` help to find the headline."""
    chosen = [bool(p > threshold) for p in probabilities]
    roles: list[LineRole | None] = [_by_form(p.text[:_LONG]) for p in paragraphs]
    for index in _echoes(paragraphs):
        sentence = len(paragraphs[index].text.split()) >= 12 or _SIDES.search(paragraphs[index].text) is not None
        if sentence or chosen[index]:
            roles[index] = LineRole.CAPTION
    for index, kept in enumerate(chosen):
        if roles[index] is None and kept:
            roles[index] = LineRole.BODY
    _before_dateline(paragraphs, roles)
    _linked_sections(paragraphs, roles)
    _pull_quotes(paragraphs, roles)
    _signatures(roles, hints.mastheads)
    _islands(paragraphs, roles)
    body = [i for i, role in enumerate(roles) if role == LineRole.BODY]
    headline = headline_of(paragraphs, roles, body, hints)
    if headline is not None:
        roles[headline] = LineRole.HEADLINE
        body = [i for i in body if i != headline]
    _subheadings(paragraphs, roles, body)
    first, last = (body[0], body[-1]) if body else (len(paragraphs), -1)
    if headline is not None:
        _under_headline(paragraphs, roles, headline, first)
    for index, role in enumerate(roles):
        if role is None:
            roles[index] = _by_place(paragraphs[index], index, first, last, headline)
    return Draft(paragraphs, [role or LineRole.NAVIGATION for role in roles], probabilities)


@functools.lru_cache(maxsize=1 << 14)
def _by_form(words: str) -> LineRole | None:
    """The role that a paragraph's own form gives it, whatever the labeller says; None where the form leaves it open."""
    count = words.count(" ") + 1
    if count <= 2 and words.replace(" ", "").isalpha() and words[:3] not in ("By ", "by ", "BY "):
        return LineRole.RELATED if marks.is_related(words) else None
    lowered = words[:600].lower() if count <= 90 else ""
    if count > 90 and not words.startswith(("©", "(c)", "Copyright")):
        return None
    whole = Span(0, len(words))
    if count <= 6 and "@" in words and _EMAIL.search(words):
        return LineRole.FOOTER
    if "http" in lowered[:12] and marks.is_url_line(words):
        return LineRole.FOOTER
    if ("url" in lowered[:60] or "link" in lowered[:60]) and marks.is_original_url_label(words.split("http", 1)[0]):
        return LineRole.FOOTER
    if not any(map(str.isalnum, words)):
        return LineRole.NAVIGATION
    if count <= 16 and _FURNITURE.match(words):
        return LineRole.FOOTER
    if count <= 40 and marks.is_related(words):
        return LineRole.RELATED
    if (
        count <= (60 if words.startswith("(") else 30)
        and marks.may_credit(lowered)
        and marks.credit(words, whole) is not None
    ):
        return LineRole.CREDIT
    if (
        ("©" in words or "(c)" in lowered or "copyright" in lowered)
        and marks.copyright_of(words, whole) is not None
        and (count <= 60 or words.lstrip().startswith(("©", "(c)", "Copyright")))
    ):
        return LineRole.FOOTER
    if count <= 14 and "by " in lowered[:60] and marks.byline(words, whole) is not None:
        return LineRole.BYLINE
    if is_date_line(words):
        return LineRole.DATE
    if _is_caption(words, lowered, count):
        return LineRole.CAPTION
    return None


def forget() -> None:
    """Empties what is kept from page to page, so that a measurement starts afresh."""
    _by_form.cache_clear()


def _before_dateline(paragraphs: list[Paragraph], roles: list[LineRole | None]) -> None:
    """What stands above the dateline is no part of the report: captions and standfirsts that read like prose."""
    body = [i for i, role in enumerate(roles) if role == LineRole.BODY]
    for position, index in enumerate(body[:4]):
        words = paragraphs[index].text
        if marks.dateline(words, Span(0, len(words))) is None:
            continue
        if sum(len(paragraphs[above].text.split()) for above in body[:position]) > 150:
            return
        for above in body[:position]:
            caption = _CAPTION_FORM.search(paragraphs[above].text) is not None
            roles[above] = LineRole.CAPTION if caption else None
        return


def _linked_sections(paragraphs: list[Paragraph], roles: list[LineRole | None]) -> None:
    """The link lines under a heading such as ``Related`` or ``More on this story`` inside the body are related links too."""
    under = False
    last = max((i for i, role in enumerate(roles) if role == LineRole.BODY), default=-1)
    for index, paragraph in enumerate(paragraphs[: last + 1]):
        words = paragraph.text
        if roles[index] == LineRole.RELATED:
            under = marks.opens_list(words)
        elif under and roles[index] in (None, LineRole.BODY) and len(words) <= 120 and not ends_sentence(words):
            roles[index] = LineRole.RELATED
        else:
            under = False


def _pull_quotes(paragraphs: list[Paragraph], roles: list[LineRole | None]) -> None:
    """A quotation alone on a line that another body line holds whole is display text, not said a second time."""
    quoted = [i for i, role in enumerate(roles) if role == LineRole.BODY and _ONLY_QUOTED.match(paragraphs[i].text)]
    if not quoted:
        return
    texts = {i: squeezed(p.text) for i, p in enumerate(paragraphs) if roles[i] == LineRole.BODY}
    for index in quoted:
        own = texts[index]
        longer = (text for i, text in texts.items() if i != index and len(text) > len(own) + 10)
        if len(own) >= 12 and any(own in text for text in longer):
            roles[index] = LineRole.CAPTION


def _signatures(roles: list[LineRole | None], mastheads: frozenset[int]) -> None:
    """The name of an agency alone on a line below body lines is its signature."""
    body = [i for i, role in enumerate(roles) if role == LineRole.BODY]
    for index in body[1:]:
        if index in mastheads:
            roles[index] = LineRole.CREDIT


def _islands(paragraphs: list[Paragraph], roles: list[LineRole | None]) -> None:
    """Short lines that are no sentences, above or below all prose and parted from it by other lines, are no body.

    A page whose body would hold no sentence at all is a list of links.
    """
    body = [i for i, role in enumerate(roles) if role == LineRole.BODY]
    prose = [i for i in body if len(paragraphs[i].text) >= 60 and ends_sentence(paragraphs[i].text)]
    if not prose:
        if len(body) >= 3 and not any(ends_sentence(paragraphs[i].text) for i in body):
            for index in body:
                roles[index] = None
        return
    for order in (range(prose[-1] + 1, len(roles)), range(prose[0] - 1, -1, -1)):
        parted = 0
        for index in order:
            words = paragraphs[index].text
            if roles[index] != LineRole.BODY:
                parted += 1
            elif parted and len(words) < 60 and (parted >= 3 or not ends_sentence(words)):
                roles[index] = None


def _under_headline(paragraphs: list[Paragraph], roles: list[LineRole | None], headline: int, first: int) -> None:
    """Names beside the date line are a byline; words between the headline and byline or date are a standfirst."""
    marked = [i for i in range(headline + 1, first) if roles[i] in (LineRole.DATE, LineRole.BYLINE)]
    for index in range(headline + 1, first):
        if roles[index] is not None:
            continue
        words = paragraphs[index].text
        beside = any(roles[i] == LineRole.DATE for i in (index - 1, index + 1) if 0 <= i < len(roles))
        if beside and len(words) <= 80 and _NAMES.match(words):
            roles[index] = LineRole.BYLINE
        elif marked and index < marked[0] and index <= headline + 2 and len(words.split()) >= 6:
            roles[index] = LineRole.STANDFIRST


def is_date_line(words: str) -> bool:
    """True for a line that holds a date or a clock time and hardly anything else (``May 19, 9:06 AM EDT``)."""
    if len(words) > 140 or _DIGIT.search(words) is None or len(_LETTERS.findall(words)) > 14:
        return False
    dates = written_dates(words)
    if not dates and clock_time(words) is None:
        return False
    rest = words
    for date in reversed(dates):
        rest = rest[: date.span.start] + " " + rest[date.span.end :]
    rest = _DATE_WORDS.sub(" ", rest)
    return len(_LETTERS.findall(rest)) <= (2 if dates else 0)


def _is_caption(words: str, lowered: str, count: int) -> bool:
    if count > 90 or not any(map(lowered.__contains__, _CAPTION_HINTS)):
        return False
    if _PHOTO.search(words[-160:]) or _PHOTO.match(words) or _CREDIT_LINE.match(words):
        return True
    return (
        _SIDES.search(words) is not None and (count <= 12 or not _quoted(words)) and not _BODY_MARK.search(words[-5:])
    )


def _echoes(paragraphs: list[Paragraph]) -> set[int]:
    """The lines that stand twice in a row, or with a photographer's name the second time: a picture's text and its caption."""
    found: set[int] = set()
    starts = [p.text[:16].lower() for p in paragraphs]
    for index, start in enumerate(starts):
        for other in range(index + 1, min(index + 3, len(starts))):
            if starts[other] != start or not 12 <= len(paragraphs[index].text) <= 700:
                continue
            key, second = squeezed(paragraphs[index].text), squeezed(paragraphs[other].text[:1000])
            if second.startswith(key) and len(second) <= len(key) + 60 and paragraphs[index].text.count(" ") >= 3:
                found |= {index, other}
    return found


def _quoted(words: str) -> bool:
    return any(c in words for c in '"“”«»')


def _subheadings(paragraphs: list[Paragraph], roles: list[LineRole | None], body: list[int]) -> None:
    """Body lines that are short, end in no mark and stand between long body lines are subheadings."""
    for before, index, after in zip(body, body[1:], body[2:], strict=False):
        words = paragraphs[index].text
        short = 2 <= len(words.split()) <= 12 and len(words) <= 90 and not _BODY_MARK.search(words[-5:])
        if short and words[0].isupper() and len(paragraphs[before].text) > 90 and len(paragraphs[after].text) > 60:
            roles[index] = LineRole.SUBHEADING


def _by_place(paragraph: Paragraph, index: int, first: int, last: int, headline: int | None) -> LineRole:
    """The role of a line that is neither body nor of a form of its own: by where it stands."""
    words = paragraph.text
    count = len(words.split())
    prose = count >= 12 and _BODY_MARK.search(words[-5:]) is not None
    if index > last >= 0:
        return LineRole.RELATED if 5 <= count <= 30 and not _BODY_MARK.search(words[-5:]) else LineRole.FOOTER
    if headline is not None and headline < index < first and count >= 5:
        if _CAPTION_FORM.search(words) and (prose or words[-1] in ".0123456789" or words[-2:].isupper()):
            return LineRole.CAPTION
        if prose:
            return LineRole.STANDFIRST if index - headline <= 3 else LineRole.CAPTION
    if first < index < last:
        return LineRole.CAPTION if prose else LineRole.RELATED if count >= 4 else LineRole.NAVIGATION
    return LineRole.RELATED if 5 <= count <= 40 else LineRole.NAVIGATION


def laid_on(lines: list[Span], found: Draft) -> tuple[Line, ...]:
    """One `Line` for each of `lines`: its paragraph's role; a blank line is navigation, sure and without weight."""
    judged = [(LineRole.NAVIGATION, 1.0)] * len(lines)
    for paragraph, role, p in zip(found.paragraphs, found.roles, found.body.tolist(), strict=True):
        sure = p if role in BODY_ROLES else 1 - p
        for number in range(paragraph.first, paragraph.last + 1):
            judged[number] = (role, round(sure, 2))
    return tuple(Line(span, role, sure) for span, (role, sure) in zip(lines, judged, strict=True))
