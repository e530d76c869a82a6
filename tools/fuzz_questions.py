"""Hostile questions: searches with the syntax of SQL and of both full-text indexes, ids and paths, and addresses that lead inside."""

from __future__ import annotations

import atexit
import ipaddress
import random
import shutil
import tempfile
from functools import cache
from pathlib import Path

from onrecord.model.errors import OnrecordError
from onrecord.record import Record, StatementFilter
from onrecord.sources.network.guard import is_public
from tools import under_load
from tools.fuzz_cases import Reader

_SYNTAX = (
    "'", '"', "''", '""', "`", ";", "--", "/*", "*/", "\\", "%", "_", "\x00", "(", ")", "*", "^", ":", "+", "-", "&", "|", "!", "<->", "{", "}",
    "AND", "OR", "NOT", "NEAR", "NEAR(a b, 2)", "words:", "statement:", "rowid", "MATCH", "'; DROP TABLE statements; --", "' OR '1'='1",
    "1 UNION SELECT text FROM documents", "page1", "harbour", "treaty*", '"page1', "$1", ":words", "?", "\ud800", "ﬁ", "İ", "ß", "e\u0301",
    "\u202e", "٣", "a" * 400, "\n", "\t", " ",
)  # fmt: skip
_FIELDS = ("match", "by", "target", "about", "outlet", "document", "since", "until")


@cache
def _record() -> Record:
    folder = tempfile.mkdtemp(prefix="onrecord-fuzz-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    record = Record.open(Path(folder) / "record.db", create=True)
    with record.batch() as batch:
        under_load.put(batch, 0)
    return record


def _search(rng: random.Random) -> bytes:
    words = rng.choice(("", " ")).join(rng.choices(_SYNTAX, k=rng.randint(1, 6)))
    return f"{rng.choice((*_FIELDS, 'id', 'page', 'relation'))}\n{words}".encode("utf-8", "surrogatepass")


def _check_search(data: bytes) -> str | None:
    field, _, words = data.decode("utf-8", "surrogatepass").partition("\n")
    record = _record()
    asks = {"id": record.find_id, "page": record.find_page, "relation": record.find_relation}
    try:
        if field in asks:
            asks[field](words)
        else:
            record.lines(StatementFilter(**{field: words}))
    except OnrecordError as error:
        return None if str(error).strip() else "an error without a sentence"
    except UnicodeEncodeError:
        # A lone surrogate is no text: the database's driver refuses it before it asks anything.
        return None if any("\ud800" <= c <= "\udfff" for c in words) else "a text was refused"
    with record.batch() as batch:
        wrong = under_load.wrong(batch.connection)
    return wrong[0] if wrong else None


_INSIDE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.9.9",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
)


def _address(rng: random.Random) -> bytes:
    inner = int(ipaddress.IPv4Address(rng.choice(_INSIDE)))
    shape = rng.randrange(7)
    forms = (
        str(ipaddress.IPv4Address(inner)),
        str(ipaddress.IPv6Address((0xFFFF << 32) | inner)),
        str(ipaddress.IPv6Address((0x64FF9B << 96) | inner)),
        str(ipaddress.IPv6Address((0x2002 << 112) | (inner << 80) | rng.getrandbits(64))),
        str(ipaddress.IPv6Address((0xFC00 << 112) | rng.getrandbits(100))),
        f"{ipaddress.IPv6Address((0xFE80 << 112) | rng.getrandbits(60))}%eth0",
        str(ipaddress.IPv6Address(rng.choice((0, 1, inner)))),
    )
    return forms[shape].encode()


def _check_address(data: bytes) -> str | None:
    return "an address inside counts as public" if is_public(data.decode()) else None


READERS = {
    reader.name: reader
    for reader in (Reader("search", _search, _check_search), Reader("address", _address, _check_address))
}
