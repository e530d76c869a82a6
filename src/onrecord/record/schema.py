"""The tables of a record, in SQLAlchemy Core: what the migrations build and the writer and the queries use.

Values that people search for stand in columns of their own; evidence that is only ever shown as a whole (spans, reasons,
alignments) stands in JSON columns, written by `onrecord.record.codec`. No clock's time stands here but that of
reviewers' entries, of backups, and of a page's arrival, which no export holds.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: What made the record: versions of reader, resolver, labeller and tables, and the hash of the overlay, by name.
makers = Table(
    "makers",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("url", Text, index=True),
    Column("title", Text),
    Column("publisher", Text, index=True),
    Column("byline", Text),
    Column("published_value", String, index=True),
    Column("published", Text, nullable=False),
    Column("language", String),
    Column("status", String, nullable=False, index=True),
    Column("reason", Text),
    Column("media_type", String, nullable=False),
    Column("text_sha256", String, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("lines", Text, nullable=False),
    Column("dateline", Text),
    Column("credits", Text, nullable=False),
    Column("meta", Text, nullable=False),
    Column("conflicts", Text, nullable=False),
    Column("fetched", String),
)

#: Every place a document was found at; the bytes' hash lets a known page pass without being labelled again.
pages = Table(
    "pages",
    metadata,
    Column("path", Text, primary_key=True),
    Column("content_sha256", String, primary_key=True, index=True),
    Column("document", String, ForeignKey("documents.id"), nullable=False, index=True),
)

#: When each document was put into this record (UTC, to the second), for what is new since a day; later readings change nothing.
#: Not a foreign key: a document that is forgotten goes first.
arrivals = Table(
    "arrivals",
    metadata,
    Column("document", String, primary_key=True),
    Column("at", String, nullable=False, index=True),
)

#: What servers gave to ask them whether a page changed; written with the page, so that none is lost between.
fetches = Table(
    "fetches",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
)

skipped = Table(
    "skipped",
    metadata,
    Column("path", Text, primary_key=True),
    Column("reason", Text, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", String, primary_key=True),
    Column("lead", String, ForeignKey("documents.id"), nullable=False),
    Column("origin", Text, nullable=False),
    Column("origin_names", Text, nullable=False),
    Column("independence", String, nullable=False),
)

report_documents = Table(
    "report_documents",
    metadata,
    Column("document", String, ForeignKey("documents.id"), primary_key=True),
    Column("report", String, ForeignKey("reports.id"), nullable=False, index=True),
    Column("is_lead", Boolean, nullable=False),
    Column("shared", Float, nullable=False),
    Column("independence", String, nullable=False),
    Column("copy", Text),
)

#: The bands of each document's fingerprint: documents that share some are compared as copies.
bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True),
    Column("document", String, ForeignKey("documents.id"), primary_key=True, index=True),
)

#: What was read in a document before anybody was resolved, kept so that a later copy is placed and not read again.
readings = Table(
    "readings",
    metadata,
    Column("document", String, ForeignKey("documents.id"), primary_key=True),
    Column("reader", String, nullable=False),
    Column("placed_from", String),
    Column("reading", Text, nullable=False),
)

actors = Table(
    "actors",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("search_name", Text, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("part_of", String),
    Column("country", String),
    Column("sector", String),
    Column("gender", String),
    Column("provisional", Boolean, nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("id", String, primary_key=True),
    Column("document", String, ForeignKey("documents.id"), nullable=False, index=True),
    #: Statements that share a line are one saying on several copies: the id of the one that was read first.
    Column("line", String, nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("quote_type", String, nullable=False),
    Column("act", String, nullable=False, index=True),
    Column("polarity", String, nullable=False),
    Column("modality", String, nullable=False),
    Column("presupposed", Boolean, nullable=False),
    Column("nested_in", String, index=True),
    Column("date_value", String, index=True),
    Column("date_earliest", String),
    Column("date_latest", String),
    Column("place_name", Text),
    Column("content_text", Text, nullable=False),
    #: Where on the page it stands; only what the body says is counted. What repeats the body names the line it repeats.
    Column("part", String, nullable=False, server_default="body"),
    Column("same_as", String),
    Column("confidence", Float, nullable=False),
    Column("made_by", String, nullable=False),
    Column("statement", Text, nullable=False),
    #: Ledgers between two sides need it whomever it is aimed at: see `onrecord.relations.ledgers.tells`.
    Column("telling", Boolean, nullable=False, server_default=false()),
)

statement_actors = Table(
    "statement_actors",
    metadata,
    Column("statement", String, ForeignKey("statements.id"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("actor", String),
    Column("name", Text, nullable=False),
    Column("search_name", Text, nullable=False, index=True),
    #: Those of the statement, so that one index lists what somebody says or is told by act and day.
    Column("act", String),
    Column("day", String),
    Column("telling", Boolean, nullable=False, server_default=false()),
)

Index(
    "ix_statement_actors_parties",
    *(statement_actors.c[name] for name in ("actor", "role", "act", "day", "statement")),
)
Index("ix_statements_document_start", statements.c.document, statements.c.start)
#: Few rows are marked: the index holds those alone.
for _columns in ((statement_actors.c.actor, statement_actors.c.statement), (statements.c.document, statements.c.id)):
    Index(
        f"ix_{_columns[0].table.name}_telling",
        *_columns,
        sqlite_where=text("telling = 1"),
        postgresql_where=text("telling"),
    )

#: Every place in a document that tells an event; which of them are one event is computed when it is asked.
event_mentions = Table(
    "event_mentions",
    metadata,
    Column("id", String, primary_key=True),
    Column("document", String, ForeignKey("documents.id"), nullable=False, index=True),
    #: Mentions that share a line are one passage on several copies: the id of the one that was read first.
    Column("line", String, nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("kind", String, nullable=False, index=True),
    #: Its family of kinds and its month: see `event_blocks`.
    Column("block", String, nullable=False, server_default="", index=True),
    Column("code", String, index=True),
    Column("aux", String, nullable=False),
    Column("date_value", String, index=True),
    Column("date_earliest", String),
    Column("date_latest", String),
    Column("place_name", Text),
    Column("told_in", String),
    Column("confidence", Float, nullable=False),
    Column("made_by", String, nullable=False),
    Column("mention", Text, nullable=False),
)

#: The actors of the mentions by role; the role ``side`` holds the states and organisations behind them.
event_actors = Table(
    "event_actors",
    metadata,
    Column("mention", String, ForeignKey("event_mentions.id"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("actor", String, index=True),
    Column("name", Text, nullable=False),
    Column("search_name", Text, nullable=False, index=True),
)

#: The numbers that documents give, each where it stands; nothing here is ever summed.
figures = Table(
    "figures",
    metadata,
    Column("document", String, ForeignKey("documents.id"), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("value", BigInteger, nullable=False),
    Column("comparator", String, nullable=False),
    Column("unit", Text, nullable=False),
    Column("of_what", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("period", Text),
    Column("figure", Text, nullable=False),
)

#: What the relations layer saw of each line: its sentence, its sides, what it is about. Not a foreign key: see `relations`.
relation_lines = Table(
    "relation_lines",
    metadata,
    Column("line", String, primary_key=True),
    Column("document", String, nullable=False, index=True),
    Column("seen", Text, nullable=False),
)

#: The lists that lines are compared in, each in the order of time; a key is the hash of a side and two things it is about.
relation_keys = Table(
    "relation_keys",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("day", String, primary_key=True),
    Column("tie", String, primary_key=True),
    Column("line", String, primary_key=True, index=True),
    #: The last day on which the line's page can have come out, ``~`` where none is known.
    Column("published", String, nullable=False, server_default="~"),
    sqlite_with_rowid=False,
)

#: What one line does to another. Both are ids of lines: the statements that were read first, of all that copies share.
relations = Table(
    "relations",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False, index=True),
    Column("subject", String, nullable=False, index=True),
    Column("object", String, nullable=False, index=True),
    Column("basis", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("denied", String),
    Column("parts", Text),
    Column("across", Boolean, nullable=False),
    Column("rule", String, nullable=False),
    Column("made_by", String, nullable=False),
)

#: The reviewers' log, append-only; ``position`` is the order of entry.
corrections = Table(
    "corrections",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("value", Text),
    Column("who", Text, nullable=False),
    Column("made", String, nullable=False),
    Column("why", Text, nullable=False),
    #: What the record gave for the corrected field when the entry was made, and where; None for entries that name no field.
    Column("seen", Text),
)

#: What reading was asked to use beside its own tables, by name: the rows of a user's table of actors.
settings = Table(
    "settings",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

#: The parts that made lines: each by name with its version or the hash of its files, as JSON; the id is the hash of it all.
makings = Table(
    "makings",
    metadata,
    Column("id", String, primary_key=True),
    Column("parts", Text, nullable=False),
)

#: What made the lines of each document, in which place and batch it was read, and the date that was known before reading.
#: Not a foreign key: a document that is forgotten goes first.
document_makings = Table(
    "document_makings",
    metadata,
    Column("document", String, primary_key=True),
    Column("making", String, nullable=False, index=True),
    Column("position", Integer, nullable=False, index=True),
    Column("batch", Integer, nullable=False),
    Column("published", Text, nullable=False),
)

#: What reviewers judged of the reader's lines, field by field: ``right``, ``wrong`` or ``unsure``; ``seen`` is the reader's value,
#: ``value`` the reviewer's where one was given.
judgments = Table(
    "judgments",
    metadata,
    Column("statement", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("who", String, primary_key=True),
    Column("document", String, nullable=False, index=True),
    Column("verdict", String, nullable=False),
    Column("seen", Text, nullable=False),
    Column("value", Text),
    Column("made", String, nullable=False),
)

#: Copies of this record that `onrecord backup` made: where, and when.
backups = Table(
    "backups",
    metadata,
    Column("path", Text, primary_key=True),
    Column("made", String, nullable=False),
)

#: What was forgotten: the hash of a page's bytes or text, of a host or of a name, and why. Nothing else of it is kept.
tombstones = Table(
    "tombstones",
    metadata,
    Column("hash", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("reason", Text, nullable=False),
)

#: Agencies and outlets as the tables knew them when pages were read: their marks, hosts and families.
publishers = Table(
    "publishers",
    metadata,
    Column("name", String, primary_key=True),
    Column("publisher", Text, nullable=False),
)
