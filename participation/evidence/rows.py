"""Comparing business rows with what the log last said about them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from sys import intern
from typing import Any, NamedTuple

from sqlalchemy import Row, inspect

from participation.evidence import canonical, registry
from participation.evidence.filled import FilledRows
from participation.evidence.findings import NOWHERE, Report

Shape = tuple[str, ...]
UNREADABLE = (ValueError, TypeError, LookupError)


class LastRecord(NamedTuple):
    """What the newest entry about a row says; `columns` is None where the row was deleted."""

    entry: int
    place: int
    shape: Shape
    columns: str | None
    personal: dict[str, str] | None


@dataclass
class LastRecords:
    """The newest record of every row. Of two entries about one row the later id is the newer: the
    row's lock orders the transactions, and an entry is inserted after its row was changed."""

    rows: dict[str, LastRecord] = field(default_factory=dict)
    shapes: dict[Shape, Shape] = field(default_factory=dict)
    filled: FilledRows = field(default_factory=FilledRows)

    def take(self, entry: int, place: int, payload: dict[str, Any]) -> None:
        self.filled.take(place, payload)
        rows = payload.get("rows")
        if not rows:
            return
        shapes = {kind: self._shape(names) for kind, names in payload.get("shapes", {}).items()}
        for row, record in rows.items():
            known = self.rows.get(row)
            if known is not None and known.entry > entry:
                continue
            shape = shapes.get(row.partition(":")[0], ())
            columns = record["columns"] if record else None
            if record and "content" in record and _content_digest(row, record["content"]) != columns:
                raise ValueError("the content does not give the digest")
            personal = record.get("personal") if record else None
            if personal is not None:
                # The names recur in every row: one copy of each is enough.
                personal = {intern(column): digest for column, digest in personal.items()}
            self.rows[row] = LastRecord(entry, place, shape, columns, personal)

    def _shape(self, names: list[str]) -> Shape:
        shape = tuple(names)
        return self.shapes.setdefault(shape, shape)


def _content_digest(row: str, content: object) -> str:
    kind, _colon, row_id = row.partition(":")
    identity = int(row_id) if row_id.isdecimal() else row_id
    # From a canonical payload: its keys stand in order already.
    written = canonical.join({"columns": content, "id": identity, "kind": kind})
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def check_rows(report: Report, last: LastRecords) -> None:
    """Every row of every registered table against its last record, and every record's row."""
    kinds = registry.kinds()
    expected = {row for row, record in last.rows.items() if record.columns is not None}
    for kind in kinds:
        _check_kind(report, last, kind, expected)
    registered = {kind.name for kind in kinds}
    for row in sorted(expected):
        record = last.rows[row]
        if row.partition(":")[0] in registered:
            report.add(record.place, record.entry, "the row it describes is gone", row)
    unknown = {row.partition(":")[0] for row in expected} - registered
    if report.filled:
        report.notes.append(f"{report.filled} rows were filled into a demonstration and have no record of their own")
    report.notes += [f"rows of kind {name} are in no table any more" for name in sorted(unknown)]


def _check_kind(report: Report, last: LastRecords, kind: registry.Kind, expected: set[str]) -> None:
    ids = registry.row_ids(kind)
    if kind.name in last.filled.ranges:
        known = [
            row_id
            for row_id in ids
            if registry.row_name(kind.name, row_id) in last.rows or not last.filled.has(kind.name, row_id)
        ]
        report.filled += len(ids) - len(known)
        ids = known
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        try:
            _check_batch(report, last, kind, list(registry.read_rows(kind, some)), expected)
        except UNREADABLE:
            for row_id in some:
                _check_alone(report, last, kind, row_id, expected)


def _check_alone(report: Report, last: LastRecords, kind: registry.Kind, row_id: object, expected: set[str]) -> None:
    """One row of a batch in which some value cannot be read back (SQLite stores anything)."""
    try:
        rows = list(registry.read_rows(kind, [row_id]))
    except UNREADABLE:
        name = registry.row_name(kind.name, row_id)
        expected.discard(name)
        record = last.rows.get(name)
        place, entry = (record.place, record.entry) if record else (NOWHERE, None)
        report.add(place, entry, "the row was changed without an entry", name)
        return
    _check_batch(report, last, kind, rows, expected)


def _check_batch(
    report: Report, last: LastRecords, kind: registry.Kind, batch: list[Row[Any]], expected: set[str]
) -> None:
    names = [registry.row_name(kind.name, row.row_id) for row in batch]
    salts = registry.salts_of(names) if kind.personal else {}
    for name, row in zip(names, batch, strict=True):
        report.rows += 1
        expected.discard(name)
        record = last.rows.get(name)
        if record is None or record.columns is None:
            reason = "a row without any entry" if record is None else "the log says that it was deleted"
            report.add(NOWHERE if record is None else record.place, record.entry if record else None, reason, name)
            continue
        salt = salts[name].salt if name in salts else None
        reason, code = _difference(kind, row, record, salt)
        if reason:
            report.add(record.place, record.entry, reason, name, code)


def _difference(kind: registry.Kind, row: Row[Any], record: LastRecord, salt: bytes | None) -> tuple[str, str]:
    """Why the row is not the one that was recorded, and the finding's code; empty if it is."""
    if not known_columns(kind, record.shape):
        return "the row was recorded with columns that its table no longer has", ""
    try:
        if registry.columns_digest(kind.name, row, record.shape) != record.columns:
            return "the row was changed without an entry", ""
        if record.personal is None:
            return "" if salt is None else "a salt came back after it was destroyed", ""
        if salt is None:
            return "the salt was destroyed without an entry" if record.personal else "", ""
        given = registry.commitments(row, record.personal, salt)
    except (canonical.NotCanonical, TypeError):
        return "the row was changed without an entry", ""
    for column, digest in record.personal.items():
        if given[column] != digest:
            return "the row's personal data were changed without an entry", kind.codes.get(column, "")
    return kind.beside(row) if kind.beside else ("", "")


def known_columns(kind: registry.Kind, names: Iterable[str]) -> bool:
    return set(names) <= {attribute.key for attribute in inspect(kind.model).column_attrs}
