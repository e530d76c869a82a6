"""The forms that news pages give to datelines, bylines, credits, copyright lines and cross-links.

The forms follow the news agencies' published style guides (AP Stylebook, Reuters Handbook: datelines, sign-offs) and the
page furniture that content systems print. Every expression is anchored or bounded, so that hostile lines cost linear time.
"""

from __future__ import annotations

import re

from onrecord.documents.lines import ends_sentence
from onrecord.model import Credit, Dateline, Span

_WORD = r"[A-ZÀ-ÞŁŚŻĐ][\w'’.\-]{0,25}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?"
_DATELINE = re.compile(
    rf"(?P<place>{_WORD}(?:[ /]{_WORD}){{0,4}}?(?:,\s{_WORD}(?:\s{_WORD}){{0,2}}?)?)"
    rf"(?:[,.]?\s(?P<day>{_DAY}))?"
    r"(?:,?\s{0,2}[(\[](?P<agency>[^()\[\]\n]{1,60})[)\]])?"
    rf"(?:[,.]?\s(?P<late>{_DAY}))?"
    r"(?:\s{0,2}(?:--|—|–|―)\s{0,3}|\s-\s|\s?:\s(?=\S))"
)
_NO_PLACE = frozenset([
    "the", "a", "in", "on", "at", "by", "since", "from", "until", "after", "before", "for", "it", "he", "she", "this", "that",
    "last", "next", "early", "late",
])  # fmt: skip
#: "NATO — an alliance of states — said": a dash that opens an aside, not a report.
_LOWER_NEXT = re.compile(r"\s{0,3}[a-zà-ÿ]")
_DASH = re.compile(r"\s(?:--|—|–|-)\s")
#: The form of Russian-language agencies: ``MOSCOW, May 19. /TASS/.``
_SLASHED = re.compile(
    rf"(?P<place>{_WORD}(?:[ /]{_WORD}){{0,3}}?)(?:[,.]\s(?P<day>{_DAY}))?\.?\s/(?P<agency>[A-Z][\w .-]{{1,30}})/\.?"
)
_AGENCY_FIRST = re.compile(r"[(\[](?P<agency>[A-Z][\w ./&-]{1,40})[)\]]\s{0,2}(?:--|—|–|-)\s{0,3}")
_BYLINE = re.compile(
    r"\s{0,40}(?:[Bb]y|BY)\s{1,3}(?P<name>(?:[A-ZÀ-Þ\"“]|(?:our|staff|a|an|the|agencies|own|special|correspondents?)\b)[^\n]{1,120})$"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|&copy;|\bcopyright\b)[\s©,:]{0,4}(?:\(c\)\s)?(?P<years>(?:19|20|21)\d\d(?:\s?[-–]\s?(?:(?:19|20|21)\d\d))?)?[\s,]{0,3}"
    r"(?:by\s)?(?P<name>[^\n.|]{0,80})",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^\W{0,3}(?:with (?:additional |extra )?(?:reporting|contributions?|files|input|material|information)(?: by| from)?\b|"
    r"(?:additional )?(?:reporting|writing|editing|edited|compiled|written|translated)(?: by\b|:)|sources?:|based on (?:a )?(?:reporting|reports?|material)s? (?:by|from)\b|"
    r"(?:this (?:article|story|report) )?contributed to this (?:report|story|article)|from (?:wire|agency) (?:reports|dispatches)\b)",
    re.IGNORECASE,
)
_COPYRIGHT_HINTS = ("©", "copyright", "(c)", "&copy;")
_CREDIT_HINTS = (
    "report", "source", "this ", "contribut", "edit", "writ", "compiled", "translated", "based on", "from ",
)  # fmt: skip
_CONTRIBUTED = re.compile(
    r"contributed to this (?:report|story|article)|^\(?this (?:story|article|report) (?:was|is|has been) |^this is a (?:developing|breaking)\b",
    re.IGNORECASE,
)
#: A cross-link whatever it says, and the headings of link lists, which are no sentences.
_RELATED = re.compile(
    r"^\W{0,4}(?:see(?:\s{1,3}also)?(?::|\s{2,})|see also\b|(?:also )?read(?: more| also| next| on)?\s?:|read (?:more|also|next)\b|"
    r"related(?: (?:articles?|stor(?:y|ies)|news|coverage|links?))?\s?:|watch\s?:)",
    re.IGNORECASE,
)
_LIST_HEADING = re.compile(
    r"^\W{0,4}(?:related(?: (?:articles?|stor(?:y|ies)|news|coverage|links?|topics?))?$|(?:more|also) (?:on|from|in|about)\b|don['’]t miss|"
    r"you (?:may|might) also like|recommended|most (?:read|popular|viewed)|top stories|editors?['’]? picks?)",
    re.IGNORECASE,
)
_URL_LINE = re.compile(r"^\W{0,3}https?://\S", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"^\W{0,3}(?:original|source|canonical)?\s?(?:url|link)\s?:?\s{0,3}$|^\W{0,3}(?:original|source) (?:url|link)\b",
    re.IGNORECASE,
)
_NAME_BREAK = re.compile(r",\s{0,3}(?:and\s)?|\s(?:and|&)\s|;\s{0,3}|\s{0,2}/\s{0,2}")
_BY = re.compile(r"(?:\b(?:by|from)\b|:)\s{0,3}", re.IGNORECASE)
_LATE_YEARS = re.compile(r"[\s,]{1,3}((?:19|20|21)\d\d(?:\s?[-–]\s?(?:19|20|21)\d\d)?)$")
_RESERVED = re.compile(r"\b(?:rights|quot(?:e|ing)|reproduc\w+|reprint\w*|permission|reuse)\b", re.IGNORECASE)
#: "Associated Press writers Ann Berg in Oslo": the agency and the place around a contributor's name.
_WRITER = re.compile(r"^[A-Z][^,;()]{0,40}?\b(?:writers?|reporters?|correspondents?|journalists?)\s")
_SMALL = frozenset({"dpa", "epa", "ddp", "apa", "sda"})
_FROM = re.compile(r"\s(?:in|from|at)\s")
#: What a copyright line goes on to say after the holder's name.
_HOLDER_END = re.compile(
    r"\s{0,3}(?:\ball rights\b|\brights reserved\b|\bvia\b|\bthis material\b|\bterms\b|\bprivacy\b).*|[\s,;:–—-]+$",
    re.IGNORECASE,
)


def dateline(text: str, line: Span) -> Dateline | None:
    """The dateline at the start of `line`, such as ``BRUSSELS (AP) --`` or ``HALVIK, 3 March —``.

    ``span`` reaches to the dash (included), ``place`` is the town, ``agency`` the mark in brackets. The town stands in
    capitals, or an agency or a day stands beside it. A bracketed agency alone is a dateline without a place.
    """
    raw = text[line.start : min(line.end, line.start + 260)]
    head = raw.lstrip()
    at = line.start + len(raw) - len(head)
    match = _SLASHED.match(head)
    if match is not None:
        slashed = Span(at + match.start("agency"), at + match.end("agency"))
        return Dateline(Span(at, at + match.end()), Span(at, at + match.end("place")), slashed)
    match = _DATELINE.match(head)
    if match is not None:
        letters = [c for c in match["place"].split(",")[0] if c.isalpha()]
        capitals = len(letters) >= 3 and all(c.isupper() for c in letters)
        supported = match["agency"] is not None or match["day"] is not None or match["late"] is not None
        colon = match[0].rstrip().endswith(":")
        opening = match["place"].split()[0].lower() in _NO_PLACE
        aside = not supported and (
            _LOWER_NEXT.match(head, match.end()) or _DASH.search(head, match.end(), match.end() + 90)
        )
        if not aside and ((capitals and (supported or not colon)) or (supported and not colon and not opening)):
            agency = None if match["agency"] is None else Span(at + match.start("agency"), at + match.end("agency"))
            return Dateline(Span(at, at + len(match[0].rstrip())), Span(at, at + match.end("place")), agency)
    match = _AGENCY_FIRST.match(head)
    if match is not None and not _LOWER_NEXT.match(head, match.end()) and " " not in match["agency"].strip():
        agency = Span(at + match.start("agency"), at + match.end("agency"))
        return Dateline(Span(at, at + len(match[0].rstrip())), None, agency)
    return None


def byline(text: str, line: Span) -> Span | None:
    """The name in a byline such as ``By Anna Berg``; None for other lines."""
    match = _BYLINE.match(text, line.start, min(line.end, line.start + 180))
    if match is None or len(match["name"].split()) > 14 or match["name"].rstrip().endswith((".", ":", "?")):
        return None
    return Span(match.start("name"), match.start("name") + len(match["name"].rstrip()))


def copyright_of(text: str, line: Span) -> tuple[int | None, Span | None, Span] | None:
    """The last year, the holder's name and the characters of a copyright notice in `line`; None where there is none."""
    end = min(line.end, line.start + 2000)
    if not any(map(text[line.start : end].lower().__contains__, _COPYRIGHT_HINTS)):
        return None
    match = _COPYRIGHT.search(text, line.start, end)
    if match is None:
        return None
    year = int(match["years"][-4:]) if match["years"] else None
    reserved = _RESERVED.search(text, match.end("name"), min(line.end, match.end("name") + 200)) is not None
    if year is None and match[0][0] != "©" and not reserved and _LATE_YEARS.search(match["name"].rstrip(" .,")) is None:
        return None
    name = _HOLDER_END.sub("", match["name"]).rstrip(" ,;:–—-")
    start = match.start("name")
    late = _LATE_YEARS.search(name) if year is None else None
    if late is not None:
        year, end = int(late[1][-4:]), start + late.end()
        return year, Span(start, start + late.start()) if late.start() else None, Span(match.start(), end)
    if name.strip() and name[0].isalpha() and name.lower() not in ("all", "by", "reserved"):
        return year, Span(start, start + len(name)), Span(match.start(), start + len(name))
    return year, None, Span(match.start(), match.end("years") if year else match.end())


def may_credit(lowered: str) -> bool:
    """A quick look, over the line in lower case: False where `credit` would find nothing."""
    return any(map(lowered.__contains__, _CREDIT_HINTS))


def credit(text: str, line: Span) -> Credit | None:
    """The credit that `line` is (``With reporting by AP and Reuters``), with the names in it; None for other lines."""
    head = text[line.start : min(line.end, line.start + 400)]
    if _CREDIT.match(head) is None and _CONTRIBUTED.search(head) is None:
        return None
    names: list[Span] = []
    contributed = head.find(" contributed to this")
    if contributed > 0:
        names.extend(_names(head[:contributed], 0, line.start))
    for part in _BY.finditer(head):
        names.extend(_names(head, part.end(), line.start))
    return Credit(line, tuple(dict.fromkeys(names)))


def _names(head: str, start: int, offset: int) -> list[Span]:
    """The names listed from `start` up to the end of the clause."""
    stop = min((i for i in (head.find(c, start) for c in ";)\n") if i >= 0), default=len(head))
    names = []
    at = start
    for match in [*_NAME_BREAK.finditer(head, start, stop), None]:
        end = match.start() if match is not None else stop
        words = head[at:end]
        stripped = words.strip(" .,)(")
        stripped = _WRITER.sub("", stripped)
        stripped = _FROM.split(stripped)[0]
        if stripped and (stripped[0].isupper() or stripped in _SMALL) and len(stripped.split()) <= 6:
            begin = at + words.index(stripped)
            names.append(Span(offset + begin, offset + begin + len(stripped)))
        elif stripped:
            break
        if match is not None:
            at = match.end()
    return names


def is_related(words: str) -> bool:
    """True for a cross-link line (``See: ...``, ``Read more: ...``) and for the heading of a link list (``Most read``)."""
    if _RELATED.match(words[:200]) is not None:
        return True
    return len(words) <= 120 and _LIST_HEADING.match(words) is not None and not ends_sentence(words)


def opens_list(words: str) -> bool:
    """True for the heading of a list of links (``Related``, ``More on this story``), false for a link with its own text."""
    tail = words.rstrip(": ").split(":", 1)
    return len(tail) == 1 and len(words.split()) <= 6


def is_url_line(words: str) -> bool:
    """True for a line that is an address (in angle brackets, or broken by a space), not prose."""
    return _URL_LINE.match(words) is not None and len(words.split()) <= 4


def is_original_url_label(words: str) -> bool:
    """True for ``Original url:``, the label that dumps put before a page's address."""
    return 0 < len(words) < 60 and _ORIGINAL.match(words) is not None
