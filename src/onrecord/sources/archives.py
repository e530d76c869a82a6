"""Pages in zip and tar files. Nothing is ever written to disk: a member's name is a name, wherever it points."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from onrecord.model.errors import TooLarge
from onrecord.sources.limits import Limits
from onrecord.sources.streams import STREAM_ERRORS, ForwardOnly, Metered, describe, megabytes, seekable


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its name, and either its bytes to be read or the sentence that says why not."""

    name: str
    stream: IO[bytes] | None
    refused: str | None = None


def zip_members(stream: IO[bytes], limits: Limits) -> Iterator[Member]:
    """The files of a zip archive in its order; a damaged archive ends with one refused member without a name."""
    try:
        archive = zipfile.ZipFile(seekable(stream, limits.page))
        entries = archive.infolist()
    except (*STREAM_ERRORS, TooLarge, ValueError, NotImplementedError) as error:
        yield Member("", None, describe(error))
        return
    left = limits.unpacked
    for number, entry in enumerate(entries):
        if entry.filename.endswith("/"):  # its own is_dir() fails for a member without a name
            continue
        if number >= limits.members:
            yield Member("", None, f"It has more than {limits.members:,} members; the rest was left out.")
            return
        left -= entry.file_size
        if left < 0:
            yield Member(
                "", None, f"It unpacks to more than the limit of {megabytes(limits.unpacked)}; the rest was left out."
            )
            return
        yield from _zip_member(archive, entry)


def _zip_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[Member]:
    if not entry.filename:
        yield Member(entry.filename, None, "A member has no name.")
        return
    if entry.flag_bits & 0x1:
        yield Member(entry.filename, None, "It is encrypted.")
        return
    try:
        with archive.open(entry) as member:
            yield Member(entry.filename, member)
    except (*STREAM_ERRORS, NotImplementedError, RuntimeError, ValueError) as error:
        yield Member(entry.filename, None, describe(error))


def tar_members(stream: IO[bytes], limits: Limits) -> Iterator[Member]:
    """The regular files of an uncompressed tar stream in its order; links and devices are refused, never followed."""
    metered = Metered(stream, limits.unpacked)
    try:
        with tarfile.open(fileobj=metered, mode="r|") as archive:
            for number, entry in enumerate(archive):
                if entry.isdir():
                    continue
                if number >= limits.members:
                    yield Member("", None, f"It has more than {limits.members:,} members; the rest was left out.")
                    return
                if not entry.isfile():
                    yield Member(entry.name, None, "It is a link or a device, not a file.")
                    continue
                member = archive.extractfile(entry)
                if member is not None:
                    yield Member(entry.name, io.BufferedReader(ForwardOnly(member)))
    except (*STREAM_ERRORS, TooLarge, ValueError) as error:
        yield Member("", None, describe(error))
