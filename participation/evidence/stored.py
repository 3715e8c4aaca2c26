"""Reading evidence as it is stored, whatever somebody may have written into it: a value that no
program of ours could have written must become a finding, not a crash."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import DateTime, String, TypeDecorator, exists, select, type_coerce

from participation.evidence.models import EvidenceDoubt, EvidenceEntry, EvidenceHead, EvidenceSeal, EvidenceTile
from participation.evidence.tree import Frontier
from participation.extensions import db


class AnyInstant(TypeDecorator[datetime]):
    """An instant, or None where the stored text is no instant (SQLite stores anything)."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        return dialect.type_descriptor(DateTime(timezone=True) if dialect.name == "postgresql" else String())

    def process_result_value(self, value: Any, dialect: Any) -> datetime | None:
        try:
            instant = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except (ValueError, TypeError):
            return None
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)


class Entry(NamedTuple):
    id: int
    recorded_at: datetime | None
    format: int
    algorithm: str
    verb: str
    subject_kind: str
    subject_id: int
    actor: str
    payload: str
    digest: str


@dataclass(frozen=True, slots=True)
class Head:
    tree_size: int
    root: str
    sealed_at: datetime | None
    key_id: str
    signature: str
    note: str
    frontier: str


E = EvidenceEntry
_ENTRY = (
    E.id,
    type_coerce(E.recorded_at, AnyInstant).label("recorded_at"),
    E.format,
    E.algorithm,
    E.verb,
    E.subject_kind,
    E.subject_id,
    E.actor,
    E.payload,
    E.digest,
)


def take_snapshot() -> None:
    """From here on this session sees one state of the database, whatever is committed meanwhile."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def leaves() -> Iterator[tuple[int, int, str, Entry | None]]:
    """Leaf index, entry id, sealed digest and the entry, in the order of leaves."""
    query = (
        select(EvidenceSeal.leaf_index, EvidenceSeal.entry_id, EvidenceSeal.digest.label("sealed"), *_ENTRY)
        .outerjoin(EvidenceEntry, EvidenceEntry.id == EvidenceSeal.entry_id)
        .order_by(EvidenceSeal.leaf_index)
        .execution_options(yield_per=2000)
    )
    for row in db.session.execute(query):
        yield row[0], row[1], row[2], None if row[3] is None else Entry._make(row[3:])


def unsealed() -> Iterator[Entry]:
    query = (
        select(*_ENTRY)
        .where(~exists().where(EvidenceSeal.entry_id == EvidenceEntry.id))
        .order_by(EvidenceEntry.id)
        .execution_options(yield_per=2000)
    )
    for row in db.session.execute(query):
        yield Entry._make(row)


def heads() -> dict[int, Head]:
    H = EvidenceHead
    query = select(
        H.tree_size,
        H.root,
        type_coerce(H.sealed_at, AnyInstant).label("sealed_at"),
        H.key_id,
        H.signature,
        H.note,
        H.frontier,
    ).order_by(H.tree_size)
    return {row.tree_size: Head(*row) for row in db.session.execute(query)}


def doubts() -> dict[int, tuple[int | None, int | None]]:
    """What the table of doubts says about each entry: milliseconds behind, milliseconds apart."""
    query = select(EvidenceDoubt.entry_id, EvidenceDoubt.behind_ms, EvidenceDoubt.differs_ms)
    return {row[0]: (row[1], row[2]) for row in db.session.execute(query)}


def tiles() -> dict[int, str]:
    return {row.number: row.digest for row in db.session.execute(select(EvidenceTile.number, EvidenceTile.digest))}


def entry_at(leaf: int) -> int | None:
    """The id of the entry at a leaf."""
    return db.session.scalar(select(EvidenceSeal.entry_id).where(EvidenceSeal.leaf_index == leaf))


def proved_by(size: int, root: bytes) -> int:
    """`size`, if the sealed digests under it give the root; else 0: then nothing is proved by it."""
    query = (
        select(EvidenceSeal.digest)
        .where(EvidenceSeal.leaf_index < size)
        .order_by(EvidenceSeal.leaf_index)
        .execution_options(yield_per=5000)
    )
    try:
        grown = Frontier().extend(map(bytes.fromhex, db.session.scalars(query)))
    except (ValueError, TypeError):
        return 0
    return size if (grown.size, grown.root()) == (size, root) else 0
