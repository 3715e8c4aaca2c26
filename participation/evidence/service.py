"""Recording. Features call `register` beside their models and `record` in every service verb.

    from participation.evidence import service as evidence

    evidence.register(Letter, kind="letter",
                      columns=("number", "stage", "department_id", "received_at"),
                      personal=("title", "text", "author_name", "phone"))
    evidence.record("letter.received", subject=letter, actor=actor, now=now,
                    facts={"number": letter.number, "mailbox": "mayor"})   # never personal data

`record` queues the entry in the session. At commit all queued entries are inserted, each with its
canonical payload; the record of every evidenced row that this transaction inserted, changed or
deleted goes into the entry of its own subject, else into the last entry. A commit that changes an
evidenced row without any queued entry raises `Unrecorded` (rule: nothing happens without evidence).
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, event, insert, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from participation import clock
from participation.access import Actor
from participation.evidence import canonical, fresh, registry
from participation.evidence.doubt import read_clock
from participation.evidence.models import EvidenceDoubt, EvidenceEntry, EvidenceSalt
from participation.evidence.registry import register
from participation.extensions import db

__all__ = ["Unrecorded", "entries_of", "entry_for", "forget", "include", "knows", "record", "register"]

PLATFORM = "platform"
"""The subject kind of acts about no row: the beginning of a demonstration, a change of key."""


class Unrecorded(Exception):
    """An evidenced row was about to change without an entry. It is a mistake in the program."""


@dataclass(frozen=True)
class Queued:
    verb: str
    subject: Any
    actor: str
    now: datetime
    facts: dict[str, Any]


@dataclass
class Pending:
    """What this transaction still owes the log."""

    queued: list[Queued] = field(default_factory=list)
    touched: dict[str, set[object]] = field(default_factory=dict)
    inserted: dict[str, dict[object, Any]] = field(default_factory=dict)
    writing: bool = False

    def touch(self, kind: str, row_id: object) -> None:
        self.touched.setdefault(kind, set()).add(row_id)

    def kinds(self) -> list[tuple[registry.Kind, set[object]]]:
        return [(registry.known_kind(name), ids) for name, ids in sorted(self.touched.items())]


def _pending(session: Session) -> Pending:
    pending: Pending = session.info.setdefault("evidence", Pending())
    return pending


def record(
    verb: str,
    *,
    subject: Any,
    actor: Actor,
    now: datetime,
    facts: dict[str, Any] | None = None,
) -> None:
    """Queues an entry: who did what to which row. `verb` is `letter.received`-like; `subject` a
    registered row (None for the platform itself); `facts` JSON without personal data, kept for ever.
    Raises `canonical.NotCanonical` for facts that have no canonical form."""
    if subject is not None and registry.kind_of(subject) is None:
        raise LookupError(f"{type(subject).__name__} is not registered as evidence")
    plain = canonical.plain(facts or {})
    assert isinstance(plain, dict)
    _pending(db.session()).queued.append(Queued(verb, subject, _ref(actor), now, plain))


def forget(subject: Any, *, now: datetime) -> None:
    """Destroys the salt of the row's personal commitments (个人信息保护法 art. 47). Clear the row's
    personal columns and record the erasure in the same transaction."""
    registry.destroy_salt(subject, now=now)
    kind = registry.kind_of(subject)
    assert kind is not None
    _pending(db.session()).touch(kind.name, inspect(subject).identity[0])


def include(row: Any) -> None:
    """The next entry says what this row is, though the transaction does not change it."""
    kind = registry.kind_of(row)
    assert kind is not None
    _pending(db.session()).touch(kind.name, inspect(row).identity[0])


def knows(row: Any) -> bool:
    """Whether any entry ever said what this row is. For kinds with personal columns: their salt,
    emptied or not, is as old as their first entry."""
    kind = registry.kind_of(row)
    assert kind is not None
    assert kind.personal
    return db.session.get(EvidenceSalt, registry.row_name(kind.name, inspect(row).identity[0])) is not None


def entry_for(kind: str, subject_id: int, verb: str | None = None) -> EvidenceEntry | None:
    """The newest entry about a subject; with `verb`, the newest of that act."""
    about = {"kind": kind, "subject": subject_id} | ({"verb": verb} if verb is not None else {})
    found: EvidenceEntry | None = db.session.scalar(_newest(verb is not None), about)
    return found


@cache
def _newest(of_a_verb: bool) -> Select[EvidenceEntry]:
    query = _about(bindparam("kind"), bindparam("subject"))
    query = query.where(EvidenceEntry.verb == bindparam("verb")) if of_a_verb else query
    found: Select[EvidenceEntry] = query.order_by(EvidenceEntry.id.desc()).limit(1)
    return found


def entries_of(kind: str, subject_id: int) -> list[EvidenceEntry]:
    """All entries about a subject, the oldest first."""
    return list(db.session.scalars(_about(kind, subject_id).order_by(EvidenceEntry.id)))


def _about(kind: Any, subject_id: Any) -> Any:
    return select(EvidenceEntry).where(EvidenceEntry.subject_kind == kind, EvidenceEntry.subject_id == subject_id)


def _ref(actor: Actor) -> str:
    return actor.name if actor.name == "system" and actor.person_id is None else actor.ref


def _subject(queued: Queued) -> tuple[str, int]:
    if queued.subject is None:
        return PLATFORM, 0
    kind = registry.kind_of(queued.subject)
    identity = inspect(queued.subject).identity
    if kind is None or identity is None:
        raise Unrecorded(f"{queued.verb}: its subject was never stored")
    return kind.name, int(identity[0])


def _write_entries(session: Session) -> None:
    """Before a commit: everything queued becomes entries, in the same transaction."""
    if session.in_nested_transaction():
        return
    pending = _pending(session)
    if pending.writing:
        return
    pending.writing = True
    try:
        session.flush()
        if not pending.queued:
            if pending.touched:
                raise Unrecorded(", ".join(sorted(pending.touched)) + " changed without an entry")
            return
        _insert(session, pending)
    finally:
        pending.writing = False
    session.info.pop("evidence", None)


def _insert(session: Session, pending: Pending) -> None:
    subjects = [_subject(queued) for queued in pending.queued]
    rows: list[dict[str, registry.Record]] = [{} for _ in subjects]
    shapes: list[dict[str, list[str]]] = [{} for _ in subjects]
    places = {registry.row_name(*subject): place for place, subject in enumerate(subjects)}
    known = _known(pending)
    personal = [kind.name for kind, _ids in pending.kinds() if kind.personal]
    new = registry.new_salts([registry.row_name(name, row_id) for name in personal for row_id in known[name]])
    for kind, ids in pending.kinds():
        for row, record_ in registry.records(kind, ids, known=known[kind.name], new=new).items():
            place = places.get(row, len(subjects) - 1)
            rows[place][row] = record_
            shapes[place][kind.name] = list(kind.columns)
    recorded_at, doubt = read_clock(session)
    said = canonical.IN_DOUBT if doubt else "played" if clock.is_played() else "database"
    beside: dict[str, object] = {"doubt": doubt.as_json()} if doubt else {}
    written = []
    for place, queued in enumerate(pending.queued):
        kind_name, subject_id = subjects[place]
        payload = canonical.text(
            {
                "format": canonical.FORMAT,
                "algorithm": canonical.ALGORITHM,
                "verb": queued.verb,
                "subject": {"kind": kind_name, "id": subject_id},
                "actor": queued.actor,
                "at": queued.now,
                "recorded_at": recorded_at,
                "clock": said,
                **beside,
                "facts": queued.facts,
                "rows": rows[place],
                "shapes": shapes[place],
            }
        )
        written.append(
            {
                "recorded_at": recorded_at,
                "format": canonical.FORMAT,
                "algorithm": canonical.ALGORITHM,
                "verb": queued.verb,
                "subject_kind": kind_name,
                "subject_id": subject_id,
                "actor": queued.actor,
                "payload": payload,
                "digest": canonical.leaf_digest(payload).hex(),
            }
        )
    placed = session.scalars(_ENTRIES, written).all()
    if doubt:
        session.add_all(EvidenceDoubt(entry_id=entry_id, **doubt.as_json()) for entry_id in placed)
    session.flush()


_ENTRY = EvidenceEntry.__table__
_ENTRIES = insert(_ENTRY).returning(_ENTRY.c.id, sort_by_parameter_order=True)
"""In the order in which they were queued: it is that of their ids."""


def _known(pending: Pending) -> dict[str, dict[object, Any]]:
    """By kind and id, the rows of this transaction that need not be read back."""
    found: dict[str, dict[object, Any]] = {}
    for kind, ids in pending.kinds():
        rows = {row_id: pending.inserted.get(kind.name, {}).get(row_id) for row_id in ids}
        known = {row_id: fresh.stored(kind, row) for row_id, row in rows.items() if row is not None}
        found[kind.name] = {row_id: values for row_id, values in known.items() if values is not None}
    return found


def _gather(session: Session, _context: object) -> None:
    """After a flush: which evidenced rows it inserted, changed or deleted."""
    pending = _pending(session)
    new, dirty = session.new, session.dirty
    for row in (*new, *dirty, *session.deleted):
        kind = registry.kind_of(row)
        if kind is None or not kind.concerns(row):
            continue
        state = inspect(row)
        if row in dirty and not any(state.attrs[name].history.has_changes() for name in kind.watched):
            continue
        row_id = kind.model.__mapper__.primary_key_from_instance(row)[0]
        pending.touch(kind.name, row_id)
        if row in new:
            pending.inserted.setdefault(kind.name, {})[row_id] = row


def _refuse_bulk(state: ORMExecuteState) -> None:
    """A bulk statement changes rows that no flush sees, so no entry would name them."""
    if not (state.is_update or state.is_delete or state.is_insert):
        return
    table = getattr(state.statement, "table", None)
    kind = registry.kind_of_table(getattr(table, "name", ""))
    if kind is None:
        return
    values = getattr(state.statement, "_values", None) or {}
    written = {getattr(column, "key", str(column)) for column in values}
    if state.is_update and written and not written & kind.watched:
        return
    if state.is_insert and kind.since and kind.since not in written:
        return
    raise Unrecorded(f"bulk statement on evidenced rows: {kind.name}")


def _remember(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        pending = _pending(session)
        marks = session.info.setdefault("evidence_marks", {})
        marks[transaction] = (len(pending.queued), {k: set(v) for k, v in pending.touched.items()})


def _rewind(session: Session, previous: SessionTransaction) -> None:
    """A rolled back savepoint owes nothing; a rolled back transaction neither."""
    mark = session.info.get("evidence_marks", {}).pop(previous, None)
    if mark is not None:
        pending = _pending(session)
        del pending.queued[mark[0] :]
        pending.touched = mark[1]
    elif not previous.nested:
        _clear(session)


def _clear(session: Session) -> None:
    session.info.pop("evidence", None)
    session.info.pop("evidence_marks", None)


event.listen(db.session, "before_commit", _write_entries)
event.listen(db.session, "after_flush", _gather)
event.listen(db.session, "do_orm_execute", _refuse_bulk)
event.listen(db.session, "after_transaction_create", _remember)
event.listen(db.session, "after_soft_rollback", _rewind)
