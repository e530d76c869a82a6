"""Gives every line its role: the trained labeller says what is the article's own text, these rules name the rest.

The order is fixed: what a line says of itself (cross-link, credit, copyright, address, caption) outranks the labeller, which
outranks the place on the page. A rule that takes a line out of the body has to recognise it by its form.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from onrecord.documents import marks
from onrecord.documents.daywords import clock_time, written_dates
from onrecord.documents.features import Matrix
from onrecord.documents.lines import Paragraph
from onrecord.model import Line, LineRole, Span

_SIDES = re.compile(r"\((?:left|right|centre|center|l|r|c|from left|from right|top|bottom)\)", re.IGNORECASE)
_PHOTO = re.compile(
    r"^\W{0,3}(?:photo|image|picture|file photo|caption|video)s?\s?[:/|]|\((?:photo|image|picture|ap photo|file|reuters|afp|handout)\b[^)]{0,80}\)\s{0,3}$"
    r"|/(?:reuters|ap|afp|epa|getty images|tass)\b\W{0,3}$|\b(?:getty images|file photo)\b\W{0,3}$",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(
    r"^\W{0,2}(?:photo(?:graph)?s?|image|illustration|video) (?:by|credit|courtesy)\b", re.IGNORECASE
)
_DATE_WORDS = re.compile(
    r"\b(?:published|posted|updated|last|modified|created|on|at|by|date|first|issued|release[d]?|edition|print|gmt|utc|time|local|"
    r"hrs?|am|pm|a\.m|p\.m|e[ds]?t|c[ds]t|p[ds]t|m[ds]t|b?ist|bst|cest|cet|msk|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
#: A photograph's text: who stands where, the present tense of captions, a date at its end.
_CAPTION_FORM = re.compile(
    r"\((?:l|r|c|left|right|centre|center)\)|\b(?:poses?|attends?|speaks?|shakes?|walks?|stands?|looks?|arrives?|gestures?|meets?|"
    r"addresses|listens?|waves?|sits?|takes?|is seen|are seen|pictured|seen here)\b|\b\d{4}\.?$|"
    r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}(?:, \d{4})?\.?$",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"\w{4,}")
_BODY_MARK = re.compile("[.!?…:;,][\"'”’»)\\]]{0,3}$")


@dataclass(frozen=True, slots=True)
class Draft:
    """The paragraphs of a page with their roles and probabilities, before they are laid on the lines."""

    paragraphs: list[Paragraph]
    roles: list[LineRole]
    body: Matrix

    def numbers(self, *wanted: LineRole) -> list[int]:
        """The indexes of the paragraphs with one of the roles `wanted`."""
        return [i for i, role in enumerate(self.roles) if role in wanted]


def draft(
    paragraphs: list[Paragraph], probabilities: Matrix, threshold: float, title: str | None, slug: frozenset[str]
) -> Draft:
    """The roles of `paragraphs`, given the labeller's probabilities; `title` and the words of the URL help to find the headline."""
    chosen = [bool(p > threshold) for p in probabilities]
    counts = Counter(p.text for p in paragraphs)
    roles: list[LineRole | None] = [_by_form(p, counts) for p in paragraphs]
    for index, kept in enumerate(chosen):
        if roles[index] is None and kept:
            roles[index] = LineRole.BODY
    _before_dateline(paragraphs, roles)
    body = [i for i, role in enumerate(roles) if role == LineRole.BODY]
    headline = _headline(paragraphs, roles, body, title, slug)
    if headline is not None:
        roles[headline] = LineRole.HEADLINE
        body = [i for i in body if i != headline]
    _subheadings(paragraphs, roles, body)
    first, last = (body[0], body[-1]) if body else (len(paragraphs), -1)
    for index, role in enumerate(roles):
        if role is None:
            roles[index] = _by_place(paragraphs[index], index, first, last, headline)
    return Draft(paragraphs, [role or LineRole.NAVIGATION for role in roles], probabilities)


def _by_form(paragraph: Paragraph, counts: Counter[str]) -> LineRole | None:
    """The role that a paragraph's own form gives it, whatever the labeller says; None where the form leaves it open."""
    words = paragraph.text
    whole = Span(0, len(words))
    count = len(words.split())
    if marks.is_url_line(words) or marks.is_original_url_label(words):
        return LineRole.FOOTER
    if count <= 40 and marks.is_related(words):
        return LineRole.RELATED
    if count <= 60 and marks.credit(words, whole) is not None and not words.rstrip().endswith(("”", '"')):
        return LineRole.CREDIT
    if marks.copyright_of(words, whole) is not None and (
        count <= 60 or words.lstrip().startswith(("©", "(c)", "Copyright"))
    ):
        return LineRole.FOOTER
    if marks.byline(words, whole) is not None and count <= 14:
        return LineRole.BYLINE
    if is_date_line(words):
        return LineRole.DATE
    if _is_caption(words, count, counts):
        return LineRole.CAPTION
    return None


def _before_dateline(paragraphs: list[Paragraph], roles: list[LineRole | None]) -> None:
    """What stands above the dateline is no part of the report: captions and standfirsts that read like prose."""
    body = [i for i, role in enumerate(roles) if role == LineRole.BODY]
    for position, index in enumerate(body[:4]):
        words = paragraphs[index].text
        if marks.dateline(words, Span(0, len(words))) is None:
            continue
        for above in body[:position]:
            caption = _CAPTION_FORM.search(paragraphs[above].text) is not None
            roles[above] = LineRole.CAPTION if caption else None
        return


def is_date_line(words: str) -> bool:
    """True for a line that holds a date or a clock time and hardly anything else (``May 19, 9:06 AM EDT``)."""
    if len(words) > 140 or not any(map(str.isdigit, words)):
        return False
    dates = written_dates(words)
    if not dates and clock_time(words) is None:
        return False
    rest = words
    for date in reversed(dates):
        rest = rest[: date.span.start] + " " + rest[date.span.end :]
    rest = _DATE_WORDS.sub(" ", rest)
    return len(re.findall(r"[^\W\d_]{2,}", rest)) <= (2 if dates else 0)


def _is_caption(words: str, count: int, counts: Counter[str]) -> bool:
    if count > 90:
        return False
    if _PHOTO.search(words[-160:]) or _PHOTO.match(words) or _CREDIT_LINE.match(words):
        return True
    if counts[words] > 1 and count >= 4 and (_SIDES.search(words) or count >= 15):
        return True
    return _SIDES.search(words) is not None and (count <= 12 or not _quoted(words)) and not _BODY_MARK.search(words)


def _quoted(words: str) -> bool:
    return any(c in words for c in '"“”«»')


def content_words(words: str) -> set[str]:
    """The words of four letters and more, in lower case."""
    return set(_CONTENT.findall(words.lower()))


def _headline(
    paragraphs: list[Paragraph], roles: list[LineRole | None], body: list[int], title: str | None, slug: frozenset[str]
) -> int | None:
    """The index of the headline: the line before the body that shares most with the title, the URL and the body."""
    first = body[0] if body else len(paragraphs)
    vocabulary = content_words(" ".join(paragraphs[i].text for i in body))
    lead = content_words(" ".join(paragraphs[i].text for i in body[:2]))
    known = _squeezed(title) if title else ""
    best, score = None, 0.0
    counts = Counter(_squeezed(p.text) for p in paragraphs)
    seen: set[str] = set()
    for index in range(min(first + 1, len(paragraphs))):
        words = paragraphs[index].text.lstrip("# ")
        count = len(words.split())
        usable = roles[index] is None or (roles[index] == LineRole.BODY and index == first)
        squeezed = _squeezed(words)
        again = squeezed in seen
        seen.add(squeezed)
        if (
            not usable
            or not 2 <= count <= 30
            or len(words) > 250
            or (words.endswith(".") and not known.startswith(squeezed))
        ):
            continue
        content = content_words(words)
        if not content:
            continue
        value = len(content & vocabulary) / len(content) + 0.5 * len(content & lead) / len(content)
        value *= min(len(content), 8) / 8
        if len(squeezed) >= 8 and squeezed and (known == squeezed or known.startswith(squeezed)):
            value += 2
        if slug:
            value += 1.5 * len(content & slug) / max(len(content), len(slug) * 0.7)
        value += 0.3 * (counts[squeezed] > 1 and not again) + 0.4 * words_mark(paragraphs[index].text)
        value += 0.3 / (1 + first - index if first > index else 1) - 0.3 * again
        value -= 0.6 * (roles[index] == LineRole.BODY)
        if value > score:
            best, score = index, value
    return best if score >= 0.45 else None


def words_mark(words: str) -> bool:
    """True for a line that a Markdown dump marks as a heading."""
    return words.startswith("# ")


def _squeezed(words: str) -> str:
    return "".join(c for c in words.lower() if c.isalnum())


def _subheadings(paragraphs: list[Paragraph], roles: list[LineRole | None], body: list[int]) -> None:
    """Body lines that are short, end in no mark and stand between long body lines are subheadings."""
    for before, index, after in zip(body, body[1:], body[2:], strict=False):
        words = paragraphs[index].text
        short = 2 <= len(words.split()) <= 12 and len(words) <= 90 and not _BODY_MARK.search(words)
        if short and words[0].isupper() and len(paragraphs[before].text) > 90 and len(paragraphs[after].text) > 60:
            roles[index] = LineRole.SUBHEADING


def _by_place(paragraph: Paragraph, index: int, first: int, last: int, headline: int | None) -> LineRole:
    """The role of a line that is neither body nor of a form of its own: by where it stands."""
    words = paragraph.text
    count = len(words.split())
    prose = count >= 12 and _BODY_MARK.search(words) is not None
    if index > last >= 0:
        return LineRole.RELATED if 5 <= count <= 30 and not _BODY_MARK.search(words) else LineRole.FOOTER
    if headline is not None and headline < index < first and prose:
        return LineRole.STANDFIRST if index - headline <= 3 else LineRole.CAPTION
    if first < index < last:
        return LineRole.CAPTION if prose else LineRole.RELATED if count >= 4 else LineRole.NAVIGATION
    return LineRole.RELATED if 5 <= count <= 40 else LineRole.NAVIGATION


def laid_on(lines: list[Span], found: Draft) -> tuple[Line, ...]:
    """One `Line` for each of `lines`: its paragraph's role; a blank line is navigation, sure and without weight."""
    role_of: dict[int, tuple[LineRole, float]] = {}
    for index, paragraph in enumerate(found.paragraphs):
        role = found.roles[index]
        p = float(found.body[index])
        sure = p if role in (LineRole.BODY, LineRole.SUBHEADING, LineRole.DATELINE) else 1 - p
        for number in range(paragraph.first, paragraph.last + 1):
            role_of[number] = (role, round(sure, 2))
    blank = (LineRole.NAVIGATION, 1.0)
    return tuple(Line(span, *role_of.get(number, blank)) for number, span in enumerate(lines))
