"""When each page came into the record, for what is new since a day."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrivals",
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("document", name=op.f("pk_arrivals")),
    )
    op.create_index(op.f("ix_arrivals_at"), "arrivals", ["at"], unique=False)
