"""Where on its page a statement stands, and which statement of the body one outside it repeats."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("statements", sa.Column("part", sa.String(), server_default="body", nullable=False))
    op.add_column("statements", sa.Column("same_as", sa.String(), nullable=True))
