"""Quotation marks: which characters of a paragraph stand inside them, whatever marks the page uses and however unbalanced they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.model import Span

OPENING = frozenset("“„‟«‹")
CLOSING = frozenset("”»›")
_MARK = re.compile(r"''|``|[\"“”„‟«»‹›＂]|(?<!\w)[‘'](?=\w)|(?<=[\w.,!?…])[’'](?!\w)")
_SINGLE = frozenset("‘’'")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch between quotation marks.

    `outer` holds the marks too, `inner` does not; `closed` is False when the paragraph ends (or the next opening mark
    comes) before a closing mark; `single` is True for single marks.
    """

    outer: Span
    inner: Span
    closed: bool
    single: bool


def quotations(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """The quotations of one paragraph `text[start:end]`, in order, single marks only where they come in pairs.

    A mark whose direction cannot be told from its shape or its neighbours toggles; an opening mark inside an open
    quotation of the same kind, as at the head of a continued paragraph, is read as its continuation; a quotation that is
    never closed ends with the paragraph, so an odd mark loses nothing outside its own paragraph.
    """
    stop = len(text) if end is None else end
    found: list[Quotation] = []
    opened: tuple[int, int] | None = None
    single: tuple[int, int] | None = None
    for match in _MARK.finditer(text, start, stop):
        mark = match.group()
        at, after = match.span()
        if mark in _SINGLE:
            if single is None and (mark == "‘" or (mark == "'" and (at == start or not text[at - 1].isalnum()))):
                single = (at, after)
            elif single is not None and mark in "’'" and after - single[0] > 3:
                found.append(Quotation(Span(single[0], after), Span(single[1], at), True, True))
                single = None
            continue
        direction = _direction(text, mark, at, after, start, stop)
        if opened is None:
            if direction >= 0:
                opened = (at, after)
        elif direction <= 0:
            found.append(Quotation(Span(opened[0], after), Span(opened[1], at), True, False))
            opened = None
        elif text[max(start, at - 1) : at].isspace() and mark in OPENING:
            found.append(Quotation(Span(opened[0], at), Span(opened[1], at), False, False))
            opened = (at, after)
        else:
            found.append(Quotation(Span(opened[0], after), Span(opened[1], at), True, False))
            opened = None
    if opened is not None:
        found.append(Quotation(Span(opened[0], stop), Span(opened[1], stop), False, False))
    return sorted(found, key=lambda quotation: (quotation.outer.start, quotation.outer.end))


def _direction(text: str, mark: str, at: int, after: int, start: int, stop: int) -> int:
    """1 for a mark that opens, -1 for one that closes, 0 when neither its shape nor its neighbours tell."""
    if mark in OPENING or mark == "``":
        return 1
    if mark in CLOSING:
        return -1
    blank_before = at == start or text[at - 1].isspace() or text[at - 1] in "([—–-"
    blank_after = after >= stop or text[after].isspace()
    if blank_before and not blank_after:
        return 1
    if blank_after and not blank_before:
        return -1
    return 0
