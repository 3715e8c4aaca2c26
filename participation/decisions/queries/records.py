"""All records behind the steps of a decision, of whatever kind, in one query.

Each kind has a table of its own; a page about one decision would ask a dozen questions to read them all.
So each row comes as one JSON text, and is given back with the attributes of its class.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CompoundSelect,
    Date,
    Text,
    bindparam,
    cast,
    func,
    inspect,
    literal,
    select,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from participation.decisions.models.record import StepRecord
from participation.extensions import Instant, db

__all__ = ["Record", "current", "kinds", "records", "records_of"]


class row_as_json(GenericFunction[str]):
    type = Text()
    inherit_cache = True


@compiles(row_as_json, "postgresql")
def _postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    return f"CAST(json_build_array({compiler.process(element.clauses, **kw)}) AS TEXT)"


@compiles(row_as_json)
def _sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"json_array({compiler.process(element.clauses, **kw)})"


class Record(SimpleNamespace):
    """A record as it is read: the columns of its class, `model`, and the class's properties."""

    model: Any

    @property
    def stands(self) -> bool:
        return self.set_aside_at is None

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.__dict__["model"], name, None) if "model" in self.__dict__ else None
        if isinstance(found, property) and found.fget is not None:
            return found.fget(self)
        raise AttributeError(name)


def kinds() -> list[Any]:
    """Every table that records a step."""
    found = [kind for kind in _below(StepRecord) if getattr(kind, "STEP", "") and hasattr(kind, "__table__")]
    return sorted(found, key=lambda kind: kind.__name__)


def _below(parent: type) -> list[type]:
    return [kind for child in parent.__subclasses__() for kind in (child, *_below(child))]


def records(decision_id: int, wanted: Iterable[Any] | None = None) -> dict[Any, list[Record]]:
    """The records of a decision by class, in the order in which they were made; of every run, and also
    what was set aside. Every class that was asked for has its list."""
    models = list(kinds() if wanted is None else wanted)
    found: dict[Any, list[Record]] = {model: [] for model in models}
    for row in records_of({decision_id}, models):
        found[row.model].append(row)
    return found


def records_of(decision_ids: Collection[int], wanted: Iterable[Any]) -> list[Record]:
    """The same of many decisions, in one query as well; of each class in the order in which they were made."""
    models = tuple(wanted)
    if not models or not decision_ids:
        return []
    rows = db.session.execute(_asked(models), {"decisions": sorted(decision_ids)})
    found = [_record(models[place], json.loads(text)) for place, text in rows]
    return sorted(found, key=lambda row: row.id)


def current(rows: Iterable[Record], round_: int) -> list[Record]:
    """Those of a run that were not set aside."""
    return [row for row in rows if row.round == round_ and row.set_aside_at is None]


@dataclass(frozen=True)
class _Column:
    """An attribute of a class and its column, looked up once."""

    key: str
    column: Any


@cache
def _columns(model: Any) -> tuple[_Column, ...]:
    return tuple(_Column(attribute.key, attribute.columns[0]) for attribute in inspect(model).column_attrs)


@cache
def _asked(models: tuple[Any, ...]) -> CompoundSelect[Any]:
    """Put together once: two dozen tables with all their columns."""
    return union_all(*(_select(place, model) for place, model in enumerate(models)))


def _select(place: int, model: Any) -> Any:
    # SQLite would write a JSON column as a text inside a text: there it is cast on both databases.
    values = [
        cast(each.column, Text) if isinstance(each.column.type, JSON) else each.column for each in _columns(model)
    ]
    asked = model.decision_id.in_(bindparam("decisions", expanding=True))
    return select(literal(place), func.row_as_json(*values)).where(asked)


def _record(model: Any, values: list[Any]) -> Record:
    pairs = zip(_columns(model), values, strict=True)
    return Record(model=model, **{each.key: _read(each.column.type, value) for each, value in pairs})


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Instant):
        instant = datetime.fromisoformat(value)
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Boolean):
        return bool(value)
    return json.loads(value) if isinstance(kind, JSON) else value
