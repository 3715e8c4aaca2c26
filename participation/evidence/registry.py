"""Which rows are evidenced, and how a row digests.

A row's record in an entry is `{"columns": sha256, "personal": {column: commitment}}`; `personal`
is null once the row's salt has been destroyed, and a row that is gone is recorded as null.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, Row, inspect, select
from sqlalchemy.dialects import postgresql, sqlite

from participation.evidence import canonical
from participation.evidence.models import EvidenceSalt
from participation.extensions import db

Record = dict[str, object] | None
Records = dict[str, Record]


@dataclass(frozen=True)
class Kind:
    """One evidenced table. With `content` the entry carries the columns' values, not only their
    digest, so that a past state can be told from the log alone."""

    model: type[Any]
    name: str
    columns: tuple[str, ...]
    personal: tuple[str, ...]
    content: bool
    since: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    beside: Callable[[Row[Any]], tuple[str, str]] | None = None

    @property
    def key(self) -> Column[Any]:
        columns: tuple[Column[Any], ...] = inspect(self.model).primary_key
        (column,) = columns
        return column

    @property
    def watched(self) -> frozenset[str]:
        return frozenset((*self.columns, *self.personal))

    def concerns(self, row: object) -> bool:
        """Whether this row is evidenced, or was until this change."""
        if not self.since:
            return True
        history = inspect(row).attrs[self.since].history
        return getattr(row, self.since) is not None or any(value is not None for value in history.deleted)


_by_model: dict[type[Any], Kind] = {}


def register(
    model: type[Any],
    *,
    kind: str,
    columns: tuple[str, ...],
    personal: tuple[str, ...] = (),
    content: bool = False,
    since: str = "",
    codes: Mapping[str, str] | None = None,
    beside: Callable[[Row[Any]], tuple[str, str]] | None = None,
) -> None:
    """Makes a model's rows evidenced: call it where the model is defined.

    `columns` are digested as they are; `personal` ones enter as salted commitments only. Attribute
    names; floats and decimals have no canonical form, so keep amounts as integers.
    `since` names a column: rows in which it is empty are not evidenced yet. `codes` gives a finding's
    code for a personal column that does not fit. `beside` looks at what lies outside the database
    for an intact row (`row.c_<column>`): reason and code of what is wrong, both empty if nothing."""
    known = next((other for other in _by_model.values() if other.name == kind), None)
    if known is not None and known.model is not model:
        raise ValueError(f"{kind!r} is registered for {known.model.__name__}")
    _by_model[model] = Kind(model, kind, columns, personal, content, since, codes or {}, beside)
    _forget_lookups()


def kinds() -> list[Kind]:
    return sorted(_by_model.values(), key=lambda kind: kind.name)


def kind_of(row: object) -> Kind | None:
    return _by_model.get(type(row))


def kind_named(name: str) -> Kind | None:
    return _by_name().get(name)


def known_kind(name: str) -> Kind:
    return _by_name()[name]


def kind_of_table(name: str) -> Kind | None:
    return _by_table().get(name)


@cache
def _by_name() -> dict[str, Kind]:
    return {kind.name: kind for kind in _by_model.values()}


@cache
def _by_table() -> dict[str, Kind]:
    return {kind.model.__table__.name: kind for kind in _by_model.values()}


def _forget_lookups() -> None:
    _by_name.cache_clear()
    _by_table.cache_clear()


def unregister(model: type[Any]) -> None:
    """Only for tests that register a model of their own."""
    _by_model.pop(model, None)
    _forget_lookups()


def row_name(kind: str, row_id: object) -> str:
    return f"{kind}:{row_id}"


def row_ids(kind: Kind) -> list[Any]:
    query = select(kind.key).order_by(kind.key)
    if kind.since:
        query = query.where(inspect(kind.model).column_attrs[kind.since].columns[0].is_not(None))
    return list(db.session.scalars(query))


def read_rows(kind: Kind, ids: Iterable[Any]) -> Iterator[Row[Any]]:
    """Rows as the database holds them: recording and verifying read in the same way, so a value
    that the database rounds or converts never looks like a change."""
    wanted = sorted(ids)
    if not wanted:
        return
    attributes = inspect(kind.model).column_attrs
    names = (*kind.columns, *kind.personal)
    chosen = [kind.key.label("row_id"), *(attributes[name].columns[0].label(f"c_{name}") for name in names)]
    query = select(*chosen).select_from(kind.model.__table__)
    for start in range(0, len(wanted), 500):
        yield from db.session.execute(query.where(kind.key.in_(wanted[start : start + 500])))


def columns_digest(kind: str, row: Row[Any], names: Iterable[str]) -> str:
    values = {name: getattr(row, f"c_{name}") for name in names}
    return canonical.value_digest({"kind": kind, "id": row.row_id, "columns": values})


def commitments(row: Row[Any], names: Iterable[str], salt: bytes) -> dict[str, str]:
    return {name: canonical.commitment(salt, name, getattr(row, f"c_{name}")) for name in names}


def salts_of(names: list[str]) -> dict[str, EvidenceSalt]:
    found: dict[str, EvidenceSalt] = {}
    for start in range(0, len(names), 500):
        query = select(EvidenceSalt).where(EvidenceSalt.row_name.in_(names[start : start + 500]))
        found |= {salt.row_name: salt for salt in db.session.scalars(query)}
    return found


def records(kind: Kind, ids: Iterable[object], *, known: Mapping[object, Any], new: Mapping[str, bytes]) -> Records:
    """What an entry says about these rows now; makes the salts that are missing. `known` are rows that need
    not be read, by id; `new` are salts that were just made, by the row's name."""
    wanted = list(ids)
    answer: Records = {row_name(kind.name, row_id): None for row_id in wanted}
    salts: dict[str, bytes | None] = {**new}
    if kind.personal:
        found = salts_of([name for name in answer if name not in new])
        salts |= {name: salt.salt for name, salt in found.items()}
    rows = [known[row_id] for row_id in wanted if row_id in known]
    for row in (*rows, *read_rows(kind, [row_id for row_id in wanted if row_id not in known])):
        name = row_name(kind.name, row.row_id)
        record: dict[str, object] = {"columns": columns_digest(kind.name, row, kind.columns)}
        if kind.content:
            record["content"] = {column: getattr(row, f"c_{column}") for column in kind.columns}
        if kind.personal:
            if name not in salts:
                salts |= new_salts([name])
            salt = salts[name]
            record["personal"] = None if salt is None else commitments(row, kind.personal, salt)
        answer[name] = record
    return answer


def new_salts(names: list[str]) -> dict[str, bytes]:
    """Makes salts for rows that have none, in one statement; leaves out those that have one already."""
    if not names:
        return {}
    table = EvidenceSalt.__table__
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    made = {name: secrets.token_bytes(32) for name in names}
    statement = insert(table).on_conflict_do_nothing().returning(table.c.row_name)
    values = [{"row_name": name, "salt": salt} for name, salt in made.items()]
    return {name: made[name] for name in db.session.scalars(statement, values)}


def destroy_salt(row: object, *, now: datetime) -> str:
    """Empties the salt of a row's commitments; for good. Returns the row's name."""
    kind = kind_of(row)
    if kind is None or not kind.personal:
        raise LookupError(f"{type(row).__name__} has no personal columns in evidence")
    name = row_name(kind.name, inspect(row).identity[0])
    salt = db.session.get(EvidenceSalt, name)
    if salt is None:
        salt = EvidenceSalt(row_name=name)
        db.session.add(salt)
    salt.salt = None
    salt.destroyed_at = now
    return name
