"""The errors onrecord raises on purpose.

    OnrecordError
    ├── InputError             a page or place cannot be read; the sentence names it
    │   ├── EmptyInput         nothing in it
    │   ├── BinaryInput        not a text
    │   ├── TooLarge           over the size limit
    │   └── Unreadable         the system refuses to hand it over
    ├── KnowledgeError         a table or overlay of actors is malformed; the sentence names file and row
    ├── RecordError            the store cannot be used
    │   ├── RecordNotFound     there is no record at that path
    │   ├── NotARecord         the file is something else
    │   ├── NewerRecord        written by a later version
    │   ├── RecordBusy         another writer holds it
    │   ├── RecordFull         the disk is full
    │   └── SpanMismatch       a span does not name the string it should: a fault of ours, never stored
    ├── ArchiveError           the folder of a large job cannot be used
    │   └── ArchiveFull        the disk is full
    ├── BadValue               a value that was given is none to ask for; the sentence names it
    └── NotFound               no line has that id
        └── Ambiguous          several have it as their beginning

Every message is one sentence a person can act on; the command line prints it and exits with 1 (2 for bad usage).
"""

from __future__ import annotations


class OnrecordError(Exception):
    """The root of all errors raised on purpose."""


class InputError(OnrecordError):
    """A page, or a place pages were looked for, cannot be read."""


class EmptyInput(InputError):
    """There is nothing in it."""


class BinaryInput(InputError):
    """It is not a text."""


class TooLarge(InputError):
    """It is over the size limit."""


class Unreadable(InputError):
    """The operating system refuses to hand it over."""


class KnowledgeError(OnrecordError):
    """A table of actors is malformed."""


class RecordError(OnrecordError):
    """The store cannot be used."""


class RecordNotFound(RecordError):
    """There is no record at that path."""


class NotARecord(RecordError):
    """The file is something else than a record."""


class NewerRecord(RecordError):
    """The record was written by a later version of onrecord."""


class RecordBusy(RecordError):
    """Another process is writing to the record."""


class RecordFull(RecordError):
    """The disk is full."""


class SpanMismatch(RecordError):
    """A span does not name the string it should."""


class ArchiveError(OnrecordError):
    """The folder of a large job cannot be used."""


class ArchiveFull(ArchiveError):
    """The disk of the folder is full."""


class BadValue(OnrecordError):
    """A value that was given is none to ask for."""


class NotFound(OnrecordError):
    """No line of the record has that id."""


class Ambiguous(NotFound):
    """Several lines of the record have an id that begins like that."""
