"""The act and the day of a statement beside each of its parties: what somebody says or is told is listed from one index."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("statement_actors", sa.Column("act", sa.String(), nullable=True))
    op.add_column("statement_actors", sa.Column("day", sa.String(), nullable=True))
    op.execute(
        "UPDATE statement_actors SET "
        "act = (SELECT s.act FROM statements s WHERE s.id = statement_actors.statement), "
        "day = (SELECT s.date_value FROM statements s WHERE s.id = statement_actors.statement)"
    )
    op.drop_index(op.f("ix_statement_actors_actor"), table_name="statement_actors")
    op.create_index("ix_statement_actors_parties", "statement_actors", ["actor", "role", "act", "day", "statement"])
