"""What made each page's lines, in which order; what a correction corrected; reviewers' judgments; settings; the list of backups."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("corrections", sa.Column("seen", sa.Text(), nullable=True))
    op.create_table(
        "settings",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    _makings()
    _judgments()
    op.create_table(
        "backups",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("made", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_backups")),
    )


def _makings() -> None:
    op.create_table(
        "makings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_makings")),
    )
    op.create_table(
        "document_makings",
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("making", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("document", name=op.f("pk_document_makings")),
    )
    op.create_index(op.f("ix_document_makings_making"), "document_makings", ["making"], unique=False)
    op.create_index(op.f("ix_document_makings_position"), "document_makings", ["position"], unique=False)


def _judgments() -> None:
    op.create_table(
        "judgments",
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("made", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("statement", "field", "who", name=op.f("pk_judgments")),
    )
    op.create_index(op.f("ix_judgments_document"), "judgments", ["document"], unique=False)
