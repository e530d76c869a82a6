"""onrecord reads news pages and builds a sourced record of a dispute between states and organisations.

``onrecord.Record.open("record.db").statements(by="Orlecht", act="deny")`` asks a record; docs/python.md tells the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.model.errors import Ambiguous, BadValue, NotFound, OnrecordError, RecordError
    from onrecord.views.export.tables import TABLES
    from onrecord.views.python import Record, Rows

__version__ = "0.1.0"

__all__ = [
    "TABLES",
    "Ambiguous",
    "BadValue",
    "NotFound",
    "OnrecordError",
    "Record",
    "RecordError",
    "Rows",
    "__version__",
]

_ERRORS = "onrecord.model.errors"
#: Where each name is; imported when it is first asked for, so that ``import onrecord`` costs nothing.
_HOMES = {
    "Record": "onrecord.views.python",
    "Rows": "onrecord.views.python",
    "TABLES": "onrecord.views.export.tables",
    **dict.fromkeys(("Ambiguous", "BadValue", "NotFound", "OnrecordError", "RecordError"), _ERRORS),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    found = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
