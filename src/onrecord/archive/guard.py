"""Runs the work in a process of its own and finds the pages that end it, by halving.

A page may raise, run out of stack or memory, or never end. What raises is caught where it is read; what ends the process, or
takes longer than `SECONDS` a page, is found by trying the halves of its batch, so that one page is lost and its batch is not.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any, TypeVar

from onrecord.archive import loaded_names as names
from onrecord.archive.requests import Answer, Request
from onrecord.archive.shapes import Ref

Item = TypeVar("Item")
#: A batch may take so long at first, and so much more for every page in it.
START_SECONDS, SECONDS = 120.0, 60.0
#: After so many pages a process gives way to a new one, which costs nothing: what libraries keep for ever stays small.
PAGES = 64
#: Working processes hold one core each: the libraries' own threads would only stand in each other's way.
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


@dataclass(slots=True)
class _Process:
    """A working process and this end of its pipe."""

    process: ForkServerProcess
    pipe: Connection
    pages: int = 0

    def stop(self) -> None:
        """Ends the process, whatever it does."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


class Guard:
    """Working processes for one job, as many as there are callers at a time; a process that ended is replaced."""

    def __init__(self, actors: str, preload: Sequence[str] = (names.LOADED,), workers: int = 1) -> None:
        for name in _THREADS:
            os.environ[name] = "1"
        os.environ["MALLOC_ARENA_MAX"] = "1"
        # Arrow's own pool keeps some 40 MB a process that this one gives back.
        os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        os.environ[names.ACTORS] = actors
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(list(preload))
        self._idle: list[_Process] = []
        self._lock = threading.Lock()
        # An engine may call more often at a time than it was told to.
        self._workers = threading.BoundedSemaphore(workers)

    def close(self) -> None:
        """Ends all idle processes."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.stop()

    def attempt(self, request: Request, pages: int) -> Answer:
        """One attempt in a process of its own, when one is free."""
        with self._workers:
            return self._attempt(request, pages)

    def _attempt(self, request: Request, pages: int) -> Answer:
        process = self._take()
        try:
            process.pipe.send(request)
            if not process.pipe.poll(START_SECONDS + SECONDS * pages):
                process.stop()
                return Answer(fault="It could not be read: it took too long.")
            found: Answer = process.pipe.recv()
        except (EOFError, ConnectionResetError, BrokenPipeError):
            process.process.join()
            code = process.process.exitcode
            process.stop()
            return Answer(fault=f"It could not be read: it ended the process{_how(code)}.")
        process.pages += pages
        if process.pages >= PAGES:
            process.stop()
        else:
            with self._lock:
                self._idle.append(process)
        return found

    def _take(self) -> _Process:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            # The process that all are forked from loads the models when it starts.
            os.environ[names.PRELOAD] = "1"
            try:
                ours, theirs = self._context.Pipe()
                process = self._context.Process(target=_serve, args=(theirs,), daemon=True)
                process.start()
            finally:
                del os.environ[names.PRELOAD]
            theirs.close()
            return _Process(process, ours)


def _serve(pipe: Connection) -> None:
    # Imported in the process that works: what it needs weighs half a gigabyte.
    from onrecord.archive.worker import serve

    serve(pipe)


def _how(code: int | None) -> str:
    if code is None or code >= 0:
        return ""
    try:
        return f" ({signal.Signals(-code).name})"
    except ValueError:
        return f" (signal {-code})"


def halved(
    attempt: Callable[[Sequence[Item]], Answer], items: Sequence[Item]
) -> Iterator[tuple[Sequence[Item], Answer]]:
    """What came of `items`, tried together and, where that fails, in halves down to single ones."""
    found = attempt(items)
    if found.fault is None or len(items) == 1:
        yield items, found
        return
    middle = len(items) // 2
    yield from halved(attempt, items[:middle])
    yield from halved(attempt, items[middle:])


def rows(guard: Guard, request: Request) -> tuple[list[Any], list[tuple[int, str]], str | None]:
    """The tables that a step makes of some rows, in order, and the rows that failed with the reason; or why nothing goes on."""
    tables: list[Any] = []
    failed: list[tuple[int, str]] = []

    def attempt(some: Sequence[int]) -> Answer:
        return guard.attempt(replace(request, rows=tuple(some)), len(some))

    for some, found in halved(attempt, request.rows):
        if found.refused is not None:
            return [], [], found.refused
        if found.fault is not None:
            failed.append((some[0], found.fault))
        else:
            tables.append(found.result)
    return tables, failed, None


def read(guard: Guard, request: Request) -> tuple[list[Any], list[tuple[Ref, str]], str | None]:
    """What was read in the sets of a batch, and the documents that failed with the reason; or why nothing goes on.

    A set that fails is tried document by document; those that fail alone are left out, and the rest is read together.
    """

    def attempt(sets: Sequence[tuple[Ref, ...]]) -> Answer:
        return guard.attempt(replace(request, sets=tuple(sets)), sum(map(len, sets)))

    tables: list[Any] = []
    failed: list[tuple[Ref, str]] = []
    for sets, first in halved(attempt, request.sets):
        found = first
        if found.refused is None and found.fault is not None:
            alone = {ref: attempt([(ref,)]).fault for ref in sets[0]} if len(sets[0]) > 1 else {sets[0][0]: found.fault}
            bad = {ref: fault for ref, fault in alone.items() if fault is not None}
            rest = tuple(ref for ref in sets[0] if ref not in bad)
            failed += bad.items()
            again = attempt([rest]) if rest else Answer()
            if again.fault is not None:
                failed += [(ref, again.fault) for ref in rest]
                continue
            found = again
        if found.refused is not None:
            return [], [], found.refused
        if found.result is not None:
            tables.append(found.result)
    return tables, failed, None
