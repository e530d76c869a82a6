"""Walks the places a user names and gives their pages one by one."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from onrecord.model import Page, Skipped
from onrecord.model.errors import InputError
from onrecord.sources.archives import Member, tar_members, zip_members
from onrecord.sources.kinds import HEAD, Kind, sniff, suffix_kind
from onrecord.sources.limits import Columns, Limits
from onrecord.sources.streams import STREAM_ERRORS, ForwardOnly, describe, read_bounded, too_large, unpacked
from onrecord.sources.tables import csv_header, csv_rows, json_lines, parquet_rows
from onrecord.sources.web import feed_pages, warc_pages

Found = Iterator[Page | Skipped]
_LIMITS, _COLUMNS = Limits(), Columns()
_PACKED = (Kind.GZIP, Kind.BZIP2, Kind.XZ)


def pages(places: Iterable[str], *, limits: Limits = _LIMITS, columns: Columns = _COLUMNS) -> Found:
    """The pages at `places`, lazily and in a fixed order; everything that gives none is a `Skipped` with its reason.

    A place is a file, a folder (read through, sorted by name), or ``-`` for standard input. A file named here is always
    tried; in a folder only files whose names promise pages are, and the others are counted in one `Skipped`. Nothing is
    raised for bad input, and one bad page never loses another.
    """
    yield from map(_readable, _pages(places, limits, columns))


def _pages(places: Iterable[str], limits: Limits, columns: Columns) -> Found:
    reader = _Reader(limits, columns)
    for place in places:
        if place == "-":
            yield from reader.stream(sys.stdin.buffer, "-", "-")
        elif Path(place).is_dir():
            yield from _Folder(reader, place).pages()
        elif place.startswith(("http://", "https://")) and not Path(place).exists():
            yield Skipped(
                place, "Pages on the network are not fetched here: save the page, or its WARC, and read the file."
            )
        else:
            yield from reader.file(place, place)


def stream_pages(stream: IO[bytes], path: str, *, limits: Limits = _LIMITS, columns: Columns = _COLUMNS) -> Found:
    """The pages in an open binary stream, told apart by its first bytes and then by the name `path`; nothing is raised for bad input."""
    yield from map(_readable, _Reader(limits, columns).stream(stream, path, path))


def _readable(found: Page | Skipped) -> Page | Skipped:
    """The page under a path that every file can hold: a byte of a name that is no UTF-8 stands as ``\\udce9``."""
    path = found.path.encode("utf-8", "backslashreplace").decode("utf-8")
    return found if path == found.path else replace(found, path=path)


class _Folder:
    """One walk through a folder: what was read, what was left out, and where a link leads back."""

    def __init__(self, reader: _Reader, root: str) -> None:
        self._reader = reader
        self._root = root
        self._left_out: Counter[str] = Counter()
        self._seen: dict[tuple[int, int], str] = {}
        self._files = 0

    def pages(self) -> Found:
        yield from self._walk(self._root)
        if self._left_out:
            yield _no_pages(self._root, "Files", self._left_out)
        if not self._files:
            yield Skipped(self._root, "The folder holds no file that could be a page.")

    def _walk(self, folder: str) -> Found:
        try:
            status = Path(folder).stat()
            key = (status.st_dev, status.st_ino)
            if key in self._seen:
                yield Skipped(folder, f"It leads back to {self._seen[key]}, which was read already.")
                return
            self._seen[key] = folder
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Skipped(folder, describe(error))
            return
        for entry in entries:
            path = os.path.join(folder, entry.name)  # noqa: PTH118  (keeps the user's own spelling of the folder)
            if entry.name.startswith("."):
                self._left_out["hidden"] += 1
                continue
            try:
                mode = Path(path).stat().st_mode
            except OSError as error:
                self._files += 1
                yield Skipped(path, describe(error))
                continue
            if stat.S_ISDIR(mode):
                yield from self._walk(path)
            elif not stat.S_ISREG(mode):
                self._files += 1
                yield Skipped(path, "It is a pipe, a socket or a device, not a file.")
            elif self._promising(path, entry.name):
                self._files += 1
                yield from self._reader.file(path, entry.name)
            else:
                self._left_out[_ending(entry.name)] += 1

    def _promising(self, path: str, name: str) -> bool:
        """Whether a file of a folder is tried: by its name, a table or an XML file also by its first lines."""
        kind = suffix_kind(name)
        try:
            if kind == Kind.CSV:
                with Path(path).open("rb") as stream:
                    return not self._reader.missing_columns(csv_header(stream))
            if kind == Kind.FEED:
                with Path(path).open("rb") as stream:
                    return sniff(stream.read(HEAD), name) in (Kind.FEED, Kind.HTML, *_PACKED)
        except OSError:
            return True  # the reader says what is wrong with it
        return kind is not None


class _Reader:
    """Turns one file or stream into its pages."""

    def __init__(self, limits: Limits, columns: Columns) -> None:
        self._limits = limits
        self._columns = columns

    def missing_columns(self, names: list[str]) -> bool:
        """True when a table with columns `names` cannot hold a page."""
        return self._columns.text not in names and self._columns.html not in names

    def file(self, path: str, name: str) -> Found:
        """The pages of the file at `path`."""
        try:
            with Path(path).open("rb") as stream:
                yield from self.stream(stream, path, name)
        except (OSError, ValueError) as error:
            yield Skipped(path, describe(error))

    def stream(self, stream: IO[bytes], path: str, name: str, depth: int = 0) -> Found:
        """The pages of an open stream; `name` is what its kind may be told from."""
        try:
            buffered = (
                stream
                if isinstance(stream, io.BufferedReader) and stream.seekable()
                else io.BufferedReader(ForwardOnly(stream), 1 << 16)
            )
            head = buffered.peek(HEAD)[:HEAD]
        except (*STREAM_ERRORS, InputError, ValueError, RuntimeError) as error:
            yield Skipped(path, describe(error))
            return
        kind = sniff(head, name)
        packed = kind in _PACKED and not _is_warc(name)
        if (packed or kind in (Kind.ZIP, Kind.TAR)) and depth > self._limits.depth:
            yield Skipped(path, f"Archives lie more than {self._limits.depth} deep in each other.")
        elif packed:
            inner = unpacked(buffered, kind, self._limits.unpacked)
            yield from self.stream(inner, path, _without_suffix(name), depth + 1)
        elif kind in (Kind.ZIP, Kind.TAR):
            found = zip_members(buffered, self._limits) if kind == Kind.ZIP else tar_members(buffered, self._limits)
            yield from self._members(found, path, depth + 1)
        elif kind == Kind.WARC or _is_warc(name):
            yield from warc_pages(buffered, path, self._limits)
        elif kind == Kind.JSON_LINES:
            yield from json_lines(buffered, path, self._limits, self._columns)
        elif kind == Kind.CSV:
            yield from csv_rows(buffered, path, self._limits, self._columns)
        elif kind == Kind.PARQUET:
            yield from parquet_rows(buffered, path, self._limits, self._columns)
        elif kind == Kind.FEED:
            yield from feed_pages(buffered, path, self._limits)
        else:
            yield self._single(buffered, path, kind)

    def _single(self, stream: io.BufferedReader, path: str, kind: Kind) -> Page | Skipped:
        """The one page a plain file is, or why it is none."""
        if kind == Kind.BINARY:
            pdf = stream.peek(5).startswith(b"%PDF-")
            return Skipped(path, "It is a PDF: give its text instead." if pdf else "It is not a text.")
        try:
            if isinstance(stream.raw, io.FileIO) and stream.seekable() and _size(stream) > self._limits.page:
                return Skipped(path, too_large(self._limits.page))
            content = read_bounded(stream, self._limits.page)
        except (*STREAM_ERRORS, InputError, ValueError, RuntimeError) as error:
            return Skipped(path, describe(error))
        if not content.strip(b" \t\r\n\v\f\x00\xef\xbb\xbf\xfe\xff"):
            return Skipped(path, "It is empty.")
        return Page(content, "text/html" if kind == Kind.HTML else "text/plain", path)

    def _members(self, members: Iterator[Member], path: str, depth: int) -> Found:
        left_out: Counter[str] = Counter()
        found = False
        for member in members:
            where = f"{path}!{member.name}" if member.name else path
            if member.stream is None:
                found = True
                yield Skipped(where, member.refused or "It cannot be read.")
            elif suffix_kind(member.name) is None:
                left_out[_ending(member.name)] += 1
            else:
                found = True
                yield from self.stream(member.stream, where, member.name, depth)
        if left_out:
            yield _no_pages(path, "Members", left_out)
        if not found:
            yield Skipped(path, "The archive holds no file that could be a page.")


def _ending(name: str) -> str:
    return Path(name).suffix.lower() or "without an ending"


def _no_pages(path: str, what: str, left_out: Counter[str]) -> Skipped:
    """One outcome for all the files (or members) of a place whose names promise no page, the six most frequent endings named."""
    kinds = ", ".join(f"{n} {name}" for name, n in sorted(left_out.items(), key=lambda k: (-k[1], k[0]))[:6])
    return Skipped(path, f"{what} that are no pages were left out: {left_out.total():,} ({kinds}).", left_out.total())


def _is_warc(name: str) -> bool:
    return suffix_kind(name) == Kind.WARC


def _without_suffix(name: str) -> str:
    """The name of what a packed file holds: ``a.txt`` for ``a.txt.gz``, ``a.tar`` for ``a.tgz``."""
    lowered = name.lower()
    if lowered.endswith(".tgz"):
        return name[:-4] + ".tar"
    return name.rpartition(".")[0] if lowered.endswith((".gz", ".bz2", ".xz")) else name


def _size(stream: IO[bytes]) -> int:
    at = stream.tell()
    size = stream.seek(0, io.SEEK_END)
    stream.seek(at)
    return size
