"""Events: their mentions in documents, the actors in them, and the figures that documents give."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _mentions()
    _actors()
    _figures()


def _mentions() -> None:
    op.create_table(
        "event_mentions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("aux", sa.String(), nullable=False),
        sa.Column("date_value", sa.String(), nullable=True),
        sa.Column("date_earliest", sa.String(), nullable=True),
        sa.Column("date_latest", sa.String(), nullable=True),
        sa.Column("place_name", sa.Text(), nullable=True),
        sa.Column("told_in", sa.String(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("mention", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_event_mentions_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_mentions")),
    )
    for column in ("document", "line", "kind", "code", "date_value"):
        op.create_index(op.f(f"ix_event_mentions_{column}"), "event_mentions", [column], unique=False)


def _actors() -> None:
    op.create_table(
        "event_actors",
        sa.Column("mention", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mention"], ["event_mentions.id"], name=op.f("fk_event_actors_mention")),
        sa.PrimaryKeyConstraint("mention", "role", "position", name=op.f("pk_event_actors")),
    )
    op.create_index(op.f("ix_event_actors_actor"), "event_actors", ["actor"], unique=False)
    op.create_index(op.f("ix_event_actors_search_name"), "event_actors", ["search_name"], unique=False)


def _figures() -> None:
    op.create_table(
        "figures",
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("comparator", sa.String(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("of_what", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_figures_document")),
        sa.PrimaryKeyConstraint("document", "start", name=op.f("pk_figures")),
    )
