"""The full-text index over what statements say: FTS5 in SQLite, a ``tsvector`` with a GIN index in PostgreSQL; one way to ask both.

In SQLite the tokenizer ``unicode61`` parts words at everything but letters and digits, folds case and drops diacritics. In
PostgreSQL the words are stored as these tokens, so that its parser, which knows hosts, hyphens and signs, has nothing of its own
to find and both give the same answers. What is asked goes through `tokens` alone: no syntax of either index leaks in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, Select, String, column, func, select, table, text

from onrecord.record import codec

#: The table of both kinds: FTS5 with a hidden row number in SQLite, a plain one in PostgreSQL.
words_table = table("statement_words", column("statement", String), column("words", String))
_TOKEN = re.compile(r"[^\W_]+")
#: Ids in one statement that removes rows.
_CHUNK = 500


def tokens(words: str) -> list[str]:
    """The tokens of `words`, in order: runs of letters and digits, case-folded, without diacritics."""
    return _TOKEN.findall(codec.search_form(words))


def statements(connection: Connection, asked: Sequence[str], *, any_of: bool = False) -> Select[tuple[str]]:
    """The ids of statements in whose words all of `asked` (words or phrases, at least one) stand, or any of them."""
    t = words_table
    return select(t.c.statement).select_from(t).where(matches(connection, asked, any_of=any_of))


def matches(connection: Connection, asked: Sequence[str], *, any_of: bool = False) -> ColumnElement[bool]:
    """The condition on `words_table` that all of `asked` (words or phrases, at least one) stand in a row, or any of them."""
    phrases = [found for found in map(tokens, asked) if found]
    if connection.dialect.name == "sqlite":
        quoted = (" OR " if any_of else " ").join(f'"{" ".join(phrase)}"' for phrase in phrases)
        return column("statement_words").op("MATCH")(quoted)
    both = [" <-> ".join(f"'{token}'" for token in phrase) for phrase in phrases]
    query = (" | " if any_of else " & ").join(f"({phrase})" for phrase in both)
    return func.to_tsvector("simple", words_table.c.words).op("@@")(func.to_tsquery("simple", query))


def put(connection: Connection, rows: Iterable[tuple[str, str]]) -> None:
    """Adds statements (ids none of which is there) with the words they are found by."""
    plain = connection.dialect.name == "sqlite"
    given = [{"statement": key, "words": words if plain else " ".join(tokens(words))} for key, words in rows]
    if given:
        connection.execute(text("INSERT INTO statement_words (statement, words) VALUES (:statement, :words)"), given)


def drop(connection: Connection, ids: Sequence[str]) -> None:
    """Removes statements from the index."""
    if connection.dialect.name == "sqlite":
        if ids:
            connection.execute(
                text("DELETE FROM statement_words WHERE statement = :statement"), [{"statement": s} for s in ids]
            )
        return
    for at in range(0, len(ids), _CHUNK):
        connection.execute(words_table.delete().where(words_table.c.statement.in_(ids[at : at + _CHUNK])))


def rewrite(connection: Connection, change: Callable[[str], str]) -> None:
    """Gives every row the words that `change` makes of its own."""
    key = "rowid" if connection.dialect.name == "sqlite" else "statement"
    update = text(f"UPDATE statement_words SET words = :words WHERE {key} = :key")
    for row, words in connection.execute(text(f"SELECT {key}, words FROM statement_words")).all():
        new = change(words)
        if new != words:
            connection.execute(update, {"words": new, "key": row})


def rebuild(connection: Connection) -> None:
    """Writes the index anew, so that nothing of what was removed stays in it (https://www.sqlite.org/fts5.html, 6.11)."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO statement_words (statement_words) VALUES ('rebuild')"))
    else:
        connection.execute(text("REINDEX TABLE statement_words"))
