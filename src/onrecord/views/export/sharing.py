"""Exports without the words of pages: where these stood is a pointer, and whoever has the pages puts them back.

A pointer names a document, the spans of its source text and how the words were written: as they stand, or with every run of white
space as one space. Words that stand in no text (a title from a page's metadata) are pointed at by the field they come from, with
their hash. Every row says which texts its pointers lead to, by SHA-256: a text that was changed is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from onrecord.model import Document, errors, text_sha256
from onrecord.record import Record
from onrecord.views.export.tables import TABLES, Row
from onrecord.views.fields.shape import fields_of

#: The key of a pointer in place of words, and that of the texts a row leads to.
POINTER, TEXTS = "$words", "$texts"
#: Fields that hold a page's words though a row's type does not say so.
_TITLES = frozenset({"title", "conflicts", "reason"})
#: Fields that name files and addresses, whatever words they have in common with a page.
_PLACES = frozenset({"path", "paths", "url", "id", "document", "made_by", "rule"})
#: From so many words on, what stands in a page is taken as its words wherever it is given.
_RUN = 6
_JOIN = " … "
_WORD = re.compile(r"\w+")
_ID = re.compile(r"(?:doc|st|ev)-[a-z2-7]{16}")


@dataclass(slots=True)
class Shared:
    """The rows of one kind without the words of pages; ``lost`` counts words that could neither be pointed at nor be kept."""

    record: Record
    kind: str
    lost: int = 0
    _reading: Record = field(init=False)
    _texts: dict[str, Document] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Row]:
        # Rows are streamed while documents are looked up: both over connections that only read.
        with type(self.record).open(self.record.path) as reading:
            self._reading = reading
            for row in TABLES[self.kind].rows(reading):
                yield self._row(row)

    def _row(self, row: Any) -> Row:
        near = _Near(self, list(dict.fromkeys(_ids(row))))
        plain = self._plain(row, near)
        plain[TEXTS] = {
            key: {"sha256": text_sha256(self._texts[key].text), "path": self._texts[key].path}
            for key in sorted(near.used)
        }
        return plain

    def _plain(self, row: Any, near: _Near) -> Row:
        own = getattr(row, "document", None)
        here = near.first(own) if isinstance(own, str) and own.startswith("doc-") else near
        found: Row = {}
        for one in fields_of(type(row)):
            value = getattr(row, one.attribute)
            if one.words or one.name in _TITLES:
                found[one.name] = self._words(value, here, getattr(row, "content", ()) if one.name == "text" else ())
            else:
                found[one.name] = self._value(value, here, one.name)
        near.used |= here.used
        return found

    def _value(self, value: Any, near: _Near, name: str) -> Any:
        if isinstance(value, str) and not isinstance(value, Enum):
            long = name not in _PLACES and _long(value)
            return (near.pointer(value) or value) if long else value
        if value is None or isinstance(value, int | float):
            return value
        if isinstance(value, tuple):
            return [self._value(one, near, name) for one in value]
        return value.value if isinstance(value, Enum) else self._plain(value, near)

    def _words(self, value: Any, near: _Near, spans: Sequence[Any]) -> Any:
        if value is None or value == "":
            return value
        if isinstance(value, tuple):
            return [self._words(one, near, ()) for one in value]
        pointer = near.pointer(value, spans)
        if pointer is None and not _long(value):
            # A label that the record made itself ("release: 42 people").
            return value
        self.lost += pointer is None
        return pointer

    def text(self, document: str) -> Document:
        """A document, kept for the rows that come after."""
        if document not in self._texts:
            if len(self._texts) > _KEPT:
                self._texts.clear()
            self._texts[document] = self._reading.document(document)
        return self._texts[document]

    def documents_of(self, ids: Sequence[str]) -> list[str]:
        """The documents that ids of documents, statements and events stand in, each once, in the order of the ids."""
        others = [i for i in ids if not i.startswith("doc-")]
        rows = {r.statement.id: r.statement.document for r in self._reading.statement_rows(others)} if others else {}
        return list(dict.fromkeys(i if i.startswith("doc-") else rows[i] for i in ids if i in rows or i[:4] == "doc-"))


_KEPT = 400


class _Near:
    """The documents in which the words of one row are looked for, and those that a pointer leads to."""

    def __init__(self, shared: Shared, ids: Sequence[str], first: str | None = None) -> None:
        self._shared = shared
        self._ids = ids
        self._first = first
        self._documents: list[str] | None = None
        self.used: set[str] = set()

    def first(self, document: str) -> _Near:
        """The same, with one document looked at before all others."""
        return _Near(self._shared, self._ids, document)

    def _candidates(self) -> Iterator[str]:
        if self._first is not None:
            yield self._first
        if self._documents is None:
            self._documents = self._shared.documents_of(self._ids)
        yield from (d for d in self._documents if d != self._first)

    def pointer(self, words: str, spans: Sequence[Any] = ()) -> Row | None:
        """The pointer to `words`, None where no document near has them; `spans` are tried before the text is searched."""
        for key in self._candidates():
            document = self._shared.text(key)
            found = _by_spans(document.text, words, spans) or _by_search(document.text, words)
            if found is not None:
                self.used.add(key)
                return {POINTER: {"document": key, **found}}
            if words in _meta(document).values():
                name = next(n for n, value in _meta(document).items() if value == words)
                self.used.add(key)
                return {POINTER: {"document": key, "field": name, "sha256": text_sha256(words)}}
        return None


def _long(words: str) -> bool:
    return len(_WORD.findall(words)) >= _RUN


def _ids(value: Any) -> Iterator[str]:
    """The ids of documents, statements and mentions in a row, at any depth."""
    if isinstance(value, str):
        if _ID.fullmatch(value):
            yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _ids(one)
    elif value is not None and not isinstance(value, int | float | Enum):
        for one in fields_of(type(value)):
            yield from _ids(getattr(value, one.attribute))


def _meta(document: Document) -> dict[str, str]:
    """The words of a document that may stand outside its text, by where a copy of the page has them too."""
    found = {"title": document.title, "reason": document.reason}
    found |= {f"conflicts.{n}": value for n, value in enumerate(document.conflicts)}
    return {name: value for name, value in found.items() if value}


def _by_spans(text: str, words: str, spans: Sequence[Any]) -> Row | None:
    pairs = [(int(pair[0]), int(pair[1])) for pair in spans]
    return {"spans": [list(p) for p in pairs], "form": "exact"} if pairs and _exact(text, pairs) == words else None


def _by_search(text: str, words: str) -> Row | None:
    """Where the words stand in the text, piece by piece from the beginning, as they are or with white space flattened."""
    pairs: list[tuple[int, int]] = []
    at = 0
    for piece in words.split(_JOIN):
        pattern = r"\s+".join(re.escape(word) for word in piece.split())
        match = re.compile(pattern).search(text, at) if pattern else None
        if match is None:
            return None
        pairs.append(match.span())
        at = match.end()
    for form, written in (("exact", _exact), ("flat", _flat)):
        if written(text, pairs) == words:
            return {"spans": [list(p) for p in pairs], "form": form}
    return None


def _exact(text: str, pairs: Iterable[tuple[int, int]]) -> str:
    return _JOIN.join(text[start:end] for start, end in pairs)


def _flat(text: str, pairs: Iterable[tuple[int, int]]) -> str:
    return _JOIN.join(" ".join(text[start:end].split()) for start, end in pairs)


def rehydrated(rows: Iterable[Row], pages: Mapping[str, Document], places: Mapping[str, Document]) -> Iterator[Row]:
    """The rows of a shared export with the words of pages put back from one's own copies, as the full export has them.

    `pages` are documents by the SHA-256 of their source text, `places` the same by their paths' last part and their address.

    Raises:
        InputError: a text is not among the pages, or was changed, or a row is none of such an export; the sentence says which.
    """
    for number, row in enumerate(rows, 1):
        texts = row.get(TEXTS)
        if not isinstance(texts, dict):
            raise errors.InputError("This is no export without texts: its rows do not say which texts they lead to.")
        try:
            own = {key: _own(key, wanted, pages, places) for key, wanted in texts.items()}
            filled = {name: _filled(value, own) for name, value in row.items() if name != TEXTS}
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise errors.InputError(
                f"Row {number} leads to no words: it is not as `onrecord export` wrote it."
            ) from error
        yield filled


def _own(key: str, wanted: Row, pages: Mapping[str, Document], places: Mapping[str, Document]) -> Document:
    found = pages.get(wanted["sha256"])
    if found is not None:
        return found
    path = str(wanted["path"])
    other = places.get(path) or places.get(path.rpartition("/")[2])
    if other is not None:
        raise errors.InputError(
            f"The text of {other.path} was changed: its SHA-256 is {other.text_sha256[:16]}…, and the export was made from "
            f"{wanted['sha256'][:16]}… ({key})."
        )
    raise errors.InputError(f"None of the pages has the text of {path} ({key}, SHA-256 {wanted['sha256'][:16]}…).")


def _filled(value: Any, own: Mapping[str, Document]) -> Any:
    if isinstance(value, list):
        return [_filled(one, own) for one in value]
    if not isinstance(value, dict):
        return value
    pointer = value.get(POINTER)
    if pointer is None:
        return {name: _filled(one, own) for name, one in value.items()}
    document = own[pointer["document"]]
    if "field" in pointer:
        words = _meta(document).get(pointer["field"], "")
        if text_sha256(words) != pointer["sha256"]:
            raise errors.InputError(
                f"The {pointer['field']} of {document.path} is not that of the page the export was made from."
            )
        return words
    pairs = [(start, end) for start, end in pointer["spans"]]
    return (_exact if pointer["form"] == "exact" else _flat)(document.text, pairs)
