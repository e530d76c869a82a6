"""Reading from files with an eye on how much comes."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from typing import IO, Protocol, cast

from onrecord.model.errors import TooLarge, Unreadable
from onrecord.sources.kinds import Kind

#: What decompressors and the system raise on damaged input.
STREAM_ERRORS = (OSError, EOFError, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile)


def megabytes(size: int) -> str:
    """`size` bytes in words: ``50 MB``, ``0.5 MB``."""
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 or size == 0 else f"{size / 1e6:.1g} MB"


def too_large(limit: int) -> str:
    """The sentence about a page of more than `limit` bytes."""
    return f"It is larger than the limit of {megabytes(limit)} a page."


class Readable(Protocol):
    """What can be read from: a file, or a decoder of the WARC library."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


def read_bounded(stream: Readable, limit: int) -> bytes:
    """All that is left in `stream`.

    Raises:
        TooLarge: when there are more than `limit` bytes; no more than that is held in memory.
    """
    parts, size = [], 0
    while chunk := stream.read(min(1 << 20, limit + 1 - size)):
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            raise TooLarge(too_large(limit))
    return b"".join(parts)


class ForwardOnly(io.RawIOBase):
    """A stream that can only be read on: an archive's member or a pipe as a raw stream, so that it can be buffered and looked into.

    It knows how far it was read, which the WARC reader asks of every stream.
    """

    def __init__(self, inner: IO[bytes]) -> None:
        super().__init__()
        self._inner = inner
        self._read = 0

    def readable(self) -> bool:
        """Always True."""
        return True

    def tell(self) -> int:
        """The number of bytes read."""
        return self._read

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` from the inner stream."""
        data = self._inner.read(len(buffer))
        buffer[: len(data)] = data
        self._read += len(data)
        return len(data)


class Metered(ForwardOnly):
    """A stream that refuses to give more than `limit` bytes of `inner`: the guard against decompression bombs."""

    def __init__(self, inner: IO[bytes], limit: int) -> None:
        super().__init__(inner)
        self._limit = limit

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer`; raises TooLarge once the limit is passed."""
        count = super().readinto(buffer)
        if self._read > self._limit:
            raise TooLarge(f"It unpacks to more than the limit of {megabytes(self._limit)}.")
        return count


def unpacked(stream: IO[bytes], kind: Kind, limit: int) -> io.BufferedReader:
    """The decompressed content of a gzip, bzip2 or xz stream, at most `limit` bytes of it."""
    inner: IO[bytes]
    if kind == Kind.GZIP:
        inner = cast(IO[bytes], gzip.GzipFile(fileobj=stream))
    elif kind == Kind.BZIP2:
        inner = cast(IO[bytes], bz2.BZ2File(stream))
    else:
        inner = cast(IO[bytes], lzma.LZMAFile(stream))  # noqa: SIM115
    return io.BufferedReader(Metered(inner, limit), 1 << 16)


def seekable(stream: IO[bytes], limit: int) -> IO[bytes]:
    """`stream` itself when it can seek, else its content in memory, at most `limit` bytes.

    Raises:
        TooLarge: when a stream that cannot seek has more.
    """
    if stream.seekable():
        return stream
    return io.BytesIO(read_bounded(stream, limit))


def describe(error: BaseException) -> str:
    """One sentence for what the system or a decompressor says."""
    if isinstance(error, TooLarge | Unreadable):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return "There is no such file or folder."
    if isinstance(error, PermissionError):
        return "It cannot be read: permission denied."
    if isinstance(error, OSError) and error.strerror:
        return f"It cannot be read: {error.strerror.lower()}."
    return f"It is damaged: {str(error).rstrip('.') or type(error).__name__}."
