"""Which statements ledgers between two sides need whomever they are aimed at, beside each of their parties too."""

import sqlalchemy as sa
from alembic import op

from onrecord.model import Act
from onrecord.relations.ledgers import tells

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

#: Statements looked at in one go.
_STEP = 10_000


def upgrade() -> None:
    for table in ("statements", "statement_actors"):
        op.add_column(table, sa.Column("telling", sa.Boolean(), server_default=sa.false(), nullable=False))
    connection = op.get_bind()
    asked = sa.text("SELECT id, act, content_text, nested_in FROM statements WHERE id > :last ORDER BY id LIMIT :step")
    true = sa.true().compile(dialect=connection.dialect)
    mark = (
        sa.text(f"UPDATE statements SET telling = {true} WHERE id = :id"),
        sa.text(f"UPDATE statement_actors SET telling = {true} WHERE statement = :id"),
    )
    last = ""
    while rows := connection.execute(asked, {"last": last, "step": _STEP}).all():
        last = rows[-1].id
        found = [
            {"id": row.id} for row in rows if tells(Act(row.act), row.content_text, nested=row.nested_in is not None)
        ]
        for change in mark if found else ():
            connection.execute(change, found)
    for table, columns in (("statement_actors", ["actor", "statement"]), ("statements", ["document", "id"])):
        op.create_index(
            f"ix_{table}_telling",
            table,
            columns,
            sqlite_where=sa.text("telling = 1"),
            postgresql_where=sa.text("telling"),
        )
