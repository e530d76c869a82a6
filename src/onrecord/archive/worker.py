"""The process that does the work: it takes one request after another until the other end of the pipe is gone."""

from __future__ import annotations

import errno
import os
import resource
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from onrecord.archive import unit
from onrecord.archive.files import Folder
from onrecord.archive.requests import Answer, Request
from onrecord.model import errors

#: How much a process may take beyond what it had when it began, in bytes: a page that asks for more ends alone, and not the machine.
HEADROOM = 3_000_000_000


def serve(pipe: Connection) -> None:
    """Answers requests until there are no more; the process ends with the pipe."""
    _bound()
    while True:
        try:
            request = pipe.recv()
        except (EOFError, ConnectionResetError):
            return
        try:
            pipe.send(answer(request))
        except BrokenPipeError:
            return


#: What Linux tells of a process's memory, in pages. Other systems have no such file, and do not hold a process to the bound.
_STATM = Path("/proc/self/statm")


def _bound() -> None:
    if not _STATM.exists():
        return
    with _STATM.open(encoding="ascii") as file:
        size = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = size + HEADROOM
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))


def answer(request: Request) -> Answer:
    """Does what is asked; whatever goes wrong with the pages is told, and raises nothing."""
    try:
        return Answer(_result(request))
    except errors.ArchiveError as error:
        return Answer(refused=str(error))
    except OSError as error:
        if error.errno in (errno.ENOMEM, errno.EAGAIN):
            return Answer(fault=_sentence(error))
        return Answer(refused=f"The system refuses to go on: {error}.")
    except Exception as error:  # noqa: BLE001  (any fault belongs to the page that has it, and becomes a row that says so)
        return Answer(fault=_sentence(error))


def _sentence(error: Exception) -> str:
    words = " ".join(str(error).split())[:200].rstrip(".")
    return f"It could not be read: {type(error).__name__}{f': {words}' if words else ''}."


def _result(request: Request) -> Any:
    from onrecord.archive import loaded

    folder = Folder(Path(request.root))
    if request.step == "spread":
        return unit.spread(request.place, request.number, folder, request.columns, request.part)
    if request.step == "make":
        part, _, file = request.place.partition("-")
        return unit.make(folder.pages(int(part)) / f"{file}.parquet", request.rows, loaded.knowledge(request.actors))
    if request.step == "link":
        return unit.link(folder, request.number, request.rows)
    engine = loaded.engine(request.actors)
    return unit.head(engine) if request.step == "head" else unit.read(request.sets, folder, engine)
