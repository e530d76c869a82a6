"""Identifiers made from content: the same content has the same id on every machine and in every run."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence

Field = str | int | float | None | Sequence["Field"]

#: 80 bits: five thousand million ids collide with a probability of about one in a hundred thousand.
_DIGEST_BYTES = 10


def content_id(prefix: str, *fields: Field) -> str:
    """An id such as ``st-mfrggzdfmztwq2lk`` from the canonical JSON of `fields` (blake2b, 80 bits, base32).

    The prefix names the kind: ``doc`` document, ``rep`` report, ``st`` statement, ``ev`` event, ``rel`` relation,
    ``pos`` position, ``led`` row of a ledger, ``act`` provisional actor, ``cor`` correction, ... Order and type of the fields matter; texts are taken code point by code point, unnormalised.
    """
    canonical = json.dumps(fields, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    digest = hashlib.blake2b(canonical.encode("ascii"), digest_size=_DIGEST_BYTES, person=prefix.encode("ascii")[:16])
    return f"{prefix}-{base64.b32encode(digest.digest()).decode('ascii').lower()}"


def text_sha256(text: str) -> str:
    """The SHA-256 of the UTF-8 form of `text`, 64 hexadecimal digits; lone surrogates are kept as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
