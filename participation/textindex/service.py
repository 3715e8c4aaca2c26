"""Putting texts into the index and taking them out. Nothing here commits.

A feature seldom calls this: what it has registered (`following`) is kept by itself.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, column, delete, insert, literal_column, select, table

from participation.extensions import db
from participation.textindex import ddl
from participation.textindex.grams import grams, parts
from participation.textindex.kinds import KINDS
from participation.textindex.models import TextPart

SIZE, OVERLAP = 12_000, 80
"""Grams of one part: PostgreSQL tells places apart up to 16,383. A word has at most 60 characters."""
BATCH = 500

_PART: Table = TextPart.__table__  # type: ignore[assignment]
_FTS = table(ddl.FTS, column("rowid"), column("tokens"), column(ddl.FTS))


def put(kind: str, subject_id: int, text: str, *, new: bool = False) -> None:
    """The text of this subject from now on; an earlier one is forgotten, unless the subject is `new`. An empty
    text is dropped."""
    if not new:
        drop(kind, subject_id)
    _insert(rows_of(kind, subject_id, text))


def drop(kind: str, subject_id: int) -> None:
    """The subject is found no more, from this transaction on."""
    assert kind in KINDS, kind
    own = (_PART.c.kind == kind, _PART.c.subject_id == subject_id)
    _forget(own)
    db.session.execute(delete(_PART).where(*own))


def rebuild(kind: str, pairs: Iterable[tuple[int, str]]) -> int:
    """Makes the drawer anew from ids and texts. Returns how many texts there are."""
    assert kind in KINDS, kind
    _forget((_PART.c.kind == kind,))
    db.session.execute(delete(_PART).where(_PART.c.kind == kind))
    waiting: list[dict[str, Any]] = []
    count = 0
    for subject_id, text in pairs:
        rows = rows_of(kind, subject_id, text)
        count += bool(rows)
        waiting += rows
        if len(waiting) >= BATCH:
            _insert(waiting)
            waiting = []
    _insert(waiting)
    return count


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def rows_of(kind: str, subject_id: int, text: str) -> list[dict[str, Any]]:
    """The rows of one text, for whoever writes many at once; SQLite's full-text table has to be told."""
    code = KINDS[kind].code
    found = [code + gram for gram in grams(text)]
    if not found:
        return []
    return [
        {"kind": kind, "subject_id": subject_id, "part": number, "tokens": _stored(part)}
        for number, part in enumerate(parts(found, size=SIZE, overlap=OVERLAP))
    ]


def _stored(found: Sequence[str]) -> str:
    """SQLite cuts at spaces; PostgreSQL gets every place written out, for its own parser would judge
    the characters by the server's locale. Grams are letters, digits and marks that combine: none
    needs an escape."""
    if _is_sqlite():
        return " ".join(found)
    return " ".join(f"'{gram}':{place}" for place, gram in enumerate(found, start=1))


def _insert(rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    if not _is_sqlite():
        db.session.execute(insert(_PART), list(rows))
        return
    for row in rows:
        made = db.session.scalar(insert(_PART).values(row).returning(_PART.c.id))
        db.session.execute(insert(_FTS).values({"rowid": made, "tokens": row["tokens"]}))


def _forget(own: tuple[Any, ...]) -> None:
    """Takes rows out of SQLite's full-text table, which has to be told what they said."""
    if not _is_sqlite():
        return
    gone = select(literal_column("'delete'"), _PART.c.id, _PART.c.tokens).where(*own)
    db.session.execute(insert(_FTS).from_select([ddl.FTS, "rowid", "tokens"], gone))
