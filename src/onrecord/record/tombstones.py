"""Tombstones: what was forgotten is known again by its hash alone, when it comes back with another read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from sqlalchemy import Connection, select

from onrecord.model import Document, Page, host_of
from onrecord.record import codec, schema

#: The path given for a page that is passed over: its own may tell what was forgotten.
NAMELESS = "(forgotten)"
#: What stands in a text for each character of a forgotten name, so that every offset stays.
BLOCK = "█"
#: Names are looked for in runs of at most so many words.
_WORDS = 6
_WORD = re.compile(r"[^\W_]+")


def key(kind: str, value: str) -> str:
    """The hash a tombstone keeps: BLAKE2b-128 of the kind and the value, in hexadecimal digits."""
    return hashlib.blake2b(f"{kind}\x1f{value}".encode(), digest_size=16).hexdigest()


def host(url: str | None) -> str | None:
    """The host of an address, in lower case and without ``www.``; None where there is none."""
    found = host_of(url)
    return found.removeprefix("www.") if found else None


def domain_keys(url: str | None) -> list[str]:
    """The keys under which the host of an address, or a domain that it lies in, may be forgotten."""
    parts = (host(url) or "").split(".")
    return [key("domain", ".".join(parts[i:])) for i in range(len(parts) - 1)]


def name_form(name: str) -> str:
    """The form names are compared in: case-folded, without diacritics, its words parted by one space."""
    return " ".join(_WORD.findall(codec.search_form(name)))


def put(connection: Connection, keys: Iterable[tuple[str, str]], reason: str) -> None:
    """Stores tombstones: pairs of kind and hash."""
    t = schema.tombstones
    wanted = {hashed: kind for kind, hashed in keys}
    there = set(connection.execute(select(t.c.hash).where(t.c.hash.in_(list(wanted)))).scalars())
    rows = [{"hash": h, "kind": wanted[h], "reason": reason} for h in sorted(wanted) if h not in there]
    if rows:
        connection.execute(t.insert(), rows)


def of_page(connection: Connection, page: Page, content_sha256: str) -> str | None:
    """Why a page is passed over, None when it is not forgotten."""
    return _reason(connection, [key("bytes", content_sha256), *domain_keys(page.url)])


def of_document(connection: Connection, document: Document) -> str | None:
    """Why the document made of a page is passed over, None when it is not forgotten."""
    return _reason(connection, [key("text", document.text_sha256), *domain_keys(document.url)])


def of_documents(connection: Connection) -> dict[str, list[str]]:
    """The keys under which each document of the record may be forgotten, by its id."""
    d, p = schema.documents, schema.pages
    found = {
        row.id: [key("text", row.text_sha256), *domain_keys(row.url)]
        for row in connection.execute(select(d.c.id, d.c.text_sha256, d.c.url).order_by(d.c.id))
    }
    for row in connection.execute(select(p.c.document, p.c.path, p.c.content_sha256)):
        found[row.document] += [key("bytes", row.content_sha256), *domain_keys(row.path)]
    return found


def stones(connection: Connection) -> tuple[tuple[str, str, str], ...]:
    """All tombstones: hash, kind and reason."""
    t = schema.tombstones
    rows = connection.execute(select(t.c.hash, t.c.kind, t.c.reason).order_by(t.c.hash))
    return tuple((row.hash, row.kind, row.reason) for row in rows)


def _reason(connection: Connection, keys: list[str]) -> str | None:
    t = schema.tombstones
    found = connection.execute(select(t.c.kind, t.c.reason).where(t.c.hash.in_(keys)).order_by(t.c.hash)).first()
    return None if found is None else f"It was forgotten: {found.reason}"


def names(connection: Connection) -> frozenset[str]:
    """The hashes of forgotten names."""
    t = schema.tombstones
    return frozenset(connection.execute(select(t.c.hash).where(t.c.kind == "name")).scalars())


def redacted(connection: Connection, document: Document) -> Document:
    """The document with every forgotten name blocked out, character for character; spans and the id stay as they are."""
    gone = names(connection)
    if not gone:
        return document
    return replace(
        document,
        text=blocked(document.text, gone),
        title=blocked(document.title, gone) if document.title else None,
        byline=blocked(document.byline, gone) if document.byline else None,
        meta=tuple(replace(m, value=blocked(m.value, gone)) for m in document.meta),
        conflicts=tuple(blocked(c, gone) for c in document.conflicts),
    )


def blocked(text: str, gone: frozenset[str]) -> str:
    """`text` with the runs of words that a hash in `gone` names replaced by as many blocks as they have characters.

    The last word of every forgotten name is forgotten alone too (`onrecord.record.forgetting`), so only where one stands can a
    name end.
    """
    found = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    last = [i for i, (a, b) in enumerate(found) if _word_key(text[a:b]) in gone]
    if not last:
        return text
    out = list(text)
    for i in last:
        for first in range(max(0, i - _WORDS + 1), i + 1):
            form = " ".join(name_form(text[a:b]) for a, b in found[first : i + 1])
            if key("name", form) in gone:
                for at in range(found[first][0], found[i][1]):
                    out[at] = BLOCK if not text[at].isspace() else text[at]
    return "".join(out)


@lru_cache(maxsize=1 << 17)
def _word_key(word: str) -> str:
    return key("name", name_form(word))
