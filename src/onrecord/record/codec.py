"""The one way values become JSON and come back: spans as ``[start, end]``, enums by value, everything else by field name."""

from __future__ import annotations

import json
import unicodedata
from typing import Any, TypeVar

from cattrs.preconf.json import make_converter

from onrecord.model import Span

T = TypeVar("T")

_converter = make_converter(omit_if_default=True)
_converter.register_unstructure_hook(Span, lambda span: [span.start, span.end])
_converter.register_structure_hook(Span, lambda pair, _: Span(pair[0], pair[1]))


def plain(value: object) -> Any:
    """`value` as plain JSON data; fields that hold their default are left out."""
    return _converter.unstructure(value)


def dump(value: object) -> str:
    """`value` as canonical JSON text: keys in the order of the fields, no white space."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def load(text: str, kind: type[T]) -> T:
    """The value of type `kind` that `dump` wrote."""
    return _converter.structure(json.loads(text), kind)


def search_form(name: str) -> str:
    """The form names are searched in: case-folded, without diacritics, words parted by one space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())
