"""The first schema: documents, reports, readings, actors, statements and the full-text index over contents."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _actors()
    _corrections()
    _documents()
    _fetches()
    _makers()
    _publishers()
    _skipped()
    _bands()
    _pages()
    _readings()
    _reports()
    _statements()
    _report_documents()
    _statement_actors()
    _full_text()


def _actors() -> None:
    op.create_table(
        "actors",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("part_of", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("gender", sa.String(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actors")),
    )
    op.create_index(op.f("ix_actors_search_name"), "actors", ["search_name"], unique=False)


def _corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sa.UniqueConstraint("position", name=op.f("uq_corrections_position")),
    )


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("published_value", sa.String(), nullable=True),
        sa.Column("published", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("dateline", sa.Text(), nullable=True),
        sa.Column("credits", sa.Text(), nullable=False),
        sa.Column("meta", sa.Text(), nullable=False),
        sa.Column("conflicts", sa.Text(), nullable=False),
        sa.Column("fetched", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index(op.f("ix_documents_published_value"), "documents", ["published_value"], unique=False)
    op.create_index(op.f("ix_documents_publisher"), "documents", ["publisher"], unique=False)
    op.create_index(op.f("ix_documents_status"), "documents", ["status"], unique=False)
    op.create_index(op.f("ix_documents_text_sha256"), "documents", ["text_sha256"], unique=False)
    op.create_index(op.f("ix_documents_url"), "documents", ["url"], unique=False)


def _fetches() -> None:
    op.create_table(
        "fetches",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_fetches")),
    )


def _makers() -> None:
    op.create_table(
        "makers",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_makers")),
    )


def _publishers() -> None:
    op.create_table(
        "publishers",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_publishers")),
    )


def _skipped() -> None:
    op.create_table(
        "skipped",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_skipped")),
    )


def _bands() -> None:
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_bands_document")),
        sa.PrimaryKeyConstraint("band", "document", name=op.f("pk_bands")),
    )
    op.create_index(op.f("ix_bands_document"), "bands", ["document"], unique=False)


def _pages() -> None:
    op.create_table(
        "pages",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_pages_document")),
        sa.PrimaryKeyConstraint("path", "content_sha256", name=op.f("pk_pages")),
    )
    op.create_index(op.f("ix_pages_content_sha256"), "pages", ["content_sha256"], unique=False)
    op.create_index(op.f("ix_pages_document"), "pages", ["document"], unique=False)


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("placed_from", sa.String(), nullable=True),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_readings_document")),
        sa.PrimaryKeyConstraint("document", name=op.f("pk_readings")),
    )


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("origin_names", sa.Text(), nullable=False),
        sa.Column("independence", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["lead"], ["documents.id"], name=op.f("fk_reports_lead")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )


def _statements() -> None:
    op.create_table(
        "statements",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("quote_type", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("polarity", sa.String(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("presupposed", sa.Boolean(), nullable=False),
        sa.Column("nested_in", sa.String(), nullable=True),
        sa.Column("date_value", sa.String(), nullable=True),
        sa.Column("date_earliest", sa.String(), nullable=True),
        sa.Column("date_latest", sa.String(), nullable=True),
        sa.Column("place_name", sa.Text(), nullable=True),
        sa.Column("content_text", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_statements_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
    )
    op.create_index(op.f("ix_statements_act"), "statements", ["act"], unique=False)
    op.create_index(op.f("ix_statements_date_value"), "statements", ["date_value"], unique=False)
    op.create_index(op.f("ix_statements_document"), "statements", ["document"], unique=False)
    op.create_index("ix_statements_document_start", "statements", ["document", "start"], unique=False)
    op.create_index(op.f("ix_statements_line"), "statements", ["line"], unique=False)
    op.create_index(op.f("ix_statements_nested_in"), "statements", ["nested_in"], unique=False)


def _report_documents() -> None:
    op.create_table(
        "report_documents",
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column("shared", sa.Float(), nullable=False),
        sa.Column("independence", sa.String(), nullable=False),
        sa.Column("copy", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_report_documents_document")),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_report_documents_report")),
        sa.PrimaryKeyConstraint("document", name=op.f("pk_report_documents")),
    )
    op.create_index(op.f("ix_report_documents_report"), "report_documents", ["report"], unique=False)


def _statement_actors() -> None:
    op.create_table(
        "statement_actors",
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["statements.id"], name=op.f("fk_statement_actors_statement")),
        sa.PrimaryKeyConstraint("statement", "role", "position", name=op.f("pk_statement_actors")),
    )
    op.create_index(op.f("ix_statement_actors_actor"), "statement_actors", ["actor"], unique=False)
    op.create_index(op.f("ix_statement_actors_search_name"), "statement_actors", ["search_name"], unique=False)


def _full_text() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE statement_words USING fts5("
            'statement UNINDEXED, words, tokenize = "unicode61 remove_diacritics 2")'
        )
    else:
        op.execute("CREATE TABLE statement_words (statement VARCHAR PRIMARY KEY, words TEXT NOT NULL)")
        op.execute("CREATE INDEX ix_statement_words ON statement_words USING gin (to_tsvector('simple', words))")
