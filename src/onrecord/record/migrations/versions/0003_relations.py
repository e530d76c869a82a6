"""Relations: what one line does to another, what the relations layer saw of a line, and the lists lines are found by."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _lines()
    _keys()
    _relations()


def _lines() -> None:
    op.create_table(
        "relation_lines",
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_relation_lines")),
    )
    op.create_index(op.f("ix_relation_lines_document"), "relation_lines", ["document"], unique=False)


def _keys() -> None:
    op.create_table(
        "relation_keys",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("tie", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", "day", "tie", "line", name=op.f("pk_relation_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_relation_keys_line"), "relation_keys", ["line"], unique=False)


def _relations() -> None:
    op.create_table(
        "relations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("denied", sa.String(), nullable=True),
        sa.Column("parts", sa.Text(), nullable=True),
        sa.Column("across", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relations")),
    )
    op.create_index(op.f("ix_relations_kind"), "relations", ["kind"], unique=False)
    op.create_index(op.f("ix_relations_subject"), "relations", ["subject"], unique=False)
    op.create_index(op.f("ix_relations_object"), "relations", ["object"], unique=False)
