"""On which day the page of a line came out, in the lists that lines are found by: later pages part no earlier ones."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("relation_keys", sa.Column("published", sa.String(), server_default="~", nullable=False))
    # The last day of a year, a month or a day: what a page is known from.
    op.execute(
        "UPDATE relation_keys SET published = COALESCE((SELECT CASE LENGTH(d.published_value) WHEN 4 THEN d.published_value || '-12-31' "
        "WHEN 7 THEN d.published_value || '-31' ELSE SUBSTR(d.published_value, 1, 10) END FROM relation_lines AS l JOIN documents AS d "
        "ON d.id = l.document WHERE l.line = relation_keys.line), '~')"
    )
