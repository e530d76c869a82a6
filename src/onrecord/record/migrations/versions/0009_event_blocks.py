"""In which block a mention of an event stands: its family of kinds and its month, so that a question reads those alone."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event_mentions", sa.Column("block", sa.String(), server_default="", nullable=False))
    # Talks and meetings are one family. A day or a month gives the month, a year itself, bounds alone a tilde.
    op.execute(
        "UPDATE event_mentions SET block = (CASE kind WHEN 'talks' THEN 'meeting' ELSE kind END) || ':' || "
        "(CASE WHEN date_value IS NOT NULL THEN SUBSTR(date_value, 1, 7) "
        "WHEN date_earliest IS NOT NULL OR date_latest IS NOT NULL THEN '~' ELSE '' END)"
    )
    op.create_index(op.f("ix_event_mentions_block"), "event_mentions", ["block"])
