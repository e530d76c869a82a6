"""Which statements of a record may hold the words of a quotation: asked of the full-text index by the rarest words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log

from sqlalchemy import Connection, bindparam, func, select, text

from onrecord.record import codec, fulltext
from onrecord.record.checking.words import FUNCTION, Word

#: A row of the index: its number in a file, the statement's id on a server.
Row = int | str
#: A word in more statements than this names no candidates alone; two such words together may.
_COMMON = 5_000
#: So many statements are taken for a quotation that stands in them word for word, and so many for one that may be changed.
_WHOLE, _PARTLY = 120, 24
_TERMS = 5


@dataclass(slots=True)
class Index:
    """The full-text index of a record's statements, over an open connection; remembers how common a word is."""

    connection: Connection
    _known: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self._is_file():
            self.connection.execute(
                text(
                    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word_counts USING fts5vocab('main', 'statement_words', 'row')"
                )
            )

    def _is_file(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    def count(self, term: str) -> int:
        """In how many statements the word stands."""
        if term not in self._known:
            if self._is_file():
                asked = text("SELECT doc FROM temp.word_counts WHERE term = :term").bindparams(term=term)
                found = self.connection.execute(asked).scalar()
            elif fulltext.tokens(term):
                some = fulltext.statements(self.connection, [term]).subquery()
                found = self.connection.execute(select(func.count()).select_from(some)).scalar()
            else:
                found = 0
            self._known[term] = int(found or 0)
        return self._known[term]

    def holding(self, terms: Sequence[str], limit: int) -> list[Row]:
        """The rows in whose words all `terms` stand, at most `limit`, in their order: by number, or by id on a server."""
        if not self._is_file():
            some = fulltext.statements(self.connection, terms).order_by(fulltext.words_table.c.statement).limit(limit)
            return [str(found) for found in self.connection.execute(some).scalars()]
        wanted = " ".join(f'"{term}"' for term in terms)
        asked = text("SELECT rowid FROM statement_words WHERE statement_words MATCH :wanted LIMIT :limit")
        return list(self.connection.execute(asked, {"wanted": wanted, "limit": limit}).scalars())

    def statements(self, rows: Iterable[Row]) -> list[str]:
        """The ids of the statements in these rows, in the order given."""
        wanted = list(rows)
        if not self._is_file():
            return [str(row) for row in wanted]
        asked = text("SELECT rowid, statement FROM statement_words WHERE rowid IN :rows").bindparams(
            bindparam("rows", expanding=True)
        )
        found = {row.rowid: row.statement for row in self.connection.execute(asked, {"rows": wanted})} if wanted else {}
        return [found[row] for row in wanted if row in found]


def terms_of(found: Sequence[Word]) -> list[str]:
    """The words as the index writes them: without diacritics, parted at apostrophes."""
    return [part for word in found for part in codec.search_form(word.form.replace("'", " ")).split()]


def whole(index: Index, found: Sequence[Word], names: Sequence[str] = ()) -> list[str]:
    """Statements that hold all the words; first those that name `names` too."""
    terms = list(dict.fromkeys(t for t in terms_of(found) if t not in FUNCTION and len(t) > 1))
    if not terms:
        terms = list(dict.fromkeys(terms_of(found)))
    ranked = sorted(terms, key=lambda t: (index.count(t), t))
    if not ranked or index.count(ranked[0]) == 0:
        return []
    asked = ranked[: 2 * _TERMS]
    rows: dict[Row, None] = {}
    named = [t for name in names for t in codec.search_form(name).split()[-1:] if index.count(t)]
    for name in named:
        rows.update(dict.fromkeys(index.holding([*asked, name], _WHOLE)))
    if len(rows) < _WHOLE:
        rows.update(dict.fromkeys(index.holding(asked, _WHOLE)))
    return index.statements(rows)


def partly(index: Index, found: Sequence[Word]) -> list[str]:
    """Statements that hold some of the rarest words, those that hold most of what tells them apart first.

    The two halves of the words are asked for on their own too, since a quotation may be put together from two.
    """
    middle = (len(found) + 1) // 2
    rows: dict[Row, None] = {}
    for part, keep in ((found[:middle], _PARTLY // 2), (found[middle:], _PARTLY // 2), (found, _PARTLY)):
        every = terms_of(part)
        rows.update(dict.fromkeys(_best(index, [t for t in every if t not in FUNCTION and len(t) > 1] or every, keep)))
    return index.statements(rows)


def _best(index: Index, terms: Sequence[str], keep: int) -> list[Row]:
    ranked = sorted((t for t in dict.fromkeys(terms) if index.count(t)), key=lambda t: (index.count(t), t))[:_TERMS]
    worth: Counter[Row] = Counter()
    for place, term in enumerate(ranked):
        weight = int(1000 / log(index.count(term) + 2.0))
        if index.count(term) <= _COMMON:
            for row in index.holding([term], _COMMON):
                worth[row] += weight
            continue
        for other in ranked[place + 1 :]:
            for row in index.holding([term, other], _COMMON):
                worth[row] += weight
    return [row for row, _ in sorted(worth.items(), key=lambda item: (-item[1], str(item[0]).zfill(20)))[:keep]]
