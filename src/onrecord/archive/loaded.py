"""What a working process needs, loaded once: imported before the process is forked, so that all share one copy in memory.

The models take half a gigabyte and several seconds; a process that is forked from one that holds them takes neither.
"""

from __future__ import annotations

import gc
import os
import sys
from functools import cache
from pathlib import Path

# spaCy's backend imports torch wherever it is installed: 470 MB that nothing here uses.
sys.modules.setdefault("torch", None)  # type: ignore[arg-type]

from onrecord import documents, pipeline  # noqa: E402
from onrecord.archive import loaded_names as names  # noqa: E402
from onrecord.knowledge import Knowledge  # noqa: E402
from onrecord.model import Page  # noqa: E402


@cache
def engine(actors: str) -> pipeline.Engine:
    """The engine with the actors of the file `actors` (empty for none), loaded once."""
    return pipeline.Engine.load(knowledge(actors))


@cache
def knowledge(actors: str) -> Knowledge:
    """The tables with the actors of the file `actors` (empty for none), loaded once."""
    return Knowledge.load(Path(actors) if actors else None)


def warm(made: pipeline.Engine) -> None:
    """Read a little page of nobody's, so that whatever is made at first use is made once, before the process is forked."""
    page = Page(names.PAGE.encode(), "text/plain", "page")
    document = documents.build(page, made.knowledge)
    made.resolver.resolve(document, made.reader.read(document), document.id)


if os.environ.get(names.PRELOAD):
    warm(engine(os.environ.get(names.ACTORS, "")))
    # Counting references writes to every object that the collector walks over; what is loaded is not walked over again.
    gc.collect()
    gc.freeze()
