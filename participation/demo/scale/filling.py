"""Fills a demonstration with letters and comments in bulk, all in one transaction.

None of these rows has a record in the log: a million entries would take hours and tell nothing, for nobody
did what they say. One entry, `demonstration.filled`, names their ids instead, and the verification counts them
apart (`participation.evidence.filled`). What happens to one of them afterwards is recorded like anything else.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, func, select, text

from participation.access import SYSTEM
from participation.accounts.models import Department, Person
from participation.consultations.models import Comment, Consultation
from participation.demo.scale import comments as many_comments
from participation.demo.scale import letters as many_letters
from participation.demo.scale import words
from participation.demo.scale.copying import TABLES, Written, copy, highest
from participation.demo.scale.indexes import aside
from participation.demo.scale.versions import lay_down
from participation.demo.scale.writing import without_checks, write
from participation.documents import queries as documents
from participation.duties.history.reading import read_on
from participation.duties.service import load_calendar
from participation.errors import Refused
from participation.evidence import filled as evidence_filled
from participation.evidence import service as evidence
from participation.evidence.models import EvidenceEntry, EvidenceSeal
from participation.evidence.registry import kind_of_table
from participation.evidence.sealing import seal
from participation.extensions import db
from participation.mailbox.models import LetterMonth
from participation.mailbox.queries.figures import refresh
from participation.mailbox.queries.mailboxes import mailbox_named
from participation.search.jobs import refresh_statistics

BASE = 20_000
"""So many letters are made one by one; the others are copies of them under other numbers."""
FIRST_DAY = date(2022, 1, 4)
OFFICE, BUSY, OFFICER = "ZFB", "ZJJ", "banshiyuan"
"""The office that assigns, the unit with a third of all letters, and who did it all there."""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Filled:
    letters: int
    comments: int


def fill(*, letters: int, comments: int, now: datetime, say: Say = lambda _line: None) -> Filled:
    """Adds so many letters since 2022, and so many comments on the consultation that is open. Commits. Raises
    `Refused` unless the database holds the demonstration and nothing was filled in before."""
    _refuse_unless_demonstration()
    ranges: dict[str, tuple[int, int]] = {}
    connection = db.session.connection()
    without_checks(connection)
    begun = time.perf_counter()
    if letters:
        ranges |= _letters(connection, letters, now, say)
    if comments:
        ranges |= _comments(connection, comments, now)
    say(f"{letters} letters and {comments} comments written in {time.perf_counter() - begun:.0f} s")
    facts = {"letters": letters, "comments": comments, "rows": {kind: list(ids) for kind, ids in ranges.items()}}
    evidence.record(evidence_filled.VERB, subject=None, actor=SYSTEM, now=now, facts=facts)
    db.session.commit()
    begun = time.perf_counter()
    _settle(now, ranges.get("duty"))
    say(f"months counted, statistics made in {time.perf_counter() - begun:.0f} s")
    return Filled(letters, comments)


def _refuse_unless_demonstration() -> None:
    first = db.session.scalar(select(EvidenceEntry.verb).order_by(EvidenceEntry.id).limit(1))
    if first != evidence_filled.BEGUN:
        raise Refused(
            "conflict", "This database holds no demonstration. Invented letters go beside invented ones only."
        )
    if db.session.scalar(select(EvidenceEntry.id).where(EvidenceEntry.verb == evidence_filled.VERB).limit(1)):
        raise Refused("conflict", "This demonstration was filled before. Load another one to fill it otherwise.")


def _letters(connection: Connection, count: int, now: datetime, say: Say) -> dict[str, tuple[int, int]]:
    before = highest(connection)
    plan = _plan(min(count, BASE), now, before)
    # A few rows come in faster than so many indexes are made.
    with aside(connection, TABLES if count > BASE else ()):
        write(connection, many_letters.rows(plan))
        words.index(connection, letters=before["letter"], answers=before["letter_answer"])
        written = Written(before, highest(connection))
        say(f"{plan.count} letters made, the others are copies of them ...")
        copy(connection, written, plan, letters=count)
    words.finish(connection)
    after = highest(connection)
    kinds = {name: kind_of_table(name) for name in TABLES}
    return {kind.name: (before[name] + 1, after[name]) for name, kind in kinds.items() if kind is not None}


def _plan(count: int, now: datetime, before: dict[str, int]) -> many_letters.Plan:
    units: dict[str, int] = {row.code: row.id for row in db.session.execute(select(Department.code, Department.id))}
    boxes = [box for box in map(mailbox_named, ("mayor", "interaction")) if box is not None]
    officer = db.session.scalar(select(Person.id).where(Person.login == OFFICER))
    if len(boxes) < 2 or officer is None or not {OFFICE, BUSY} <= set(units):
        raise Refused(
            "conflict", "This database holds no demonstration. Invented letters go beside invented ones only."
        )
    office, busy = units.pop(OFFICE), units[BUSY]
    return many_letters.Plan(
        count=count, now=now, first_day=FIRST_DAY, calendar=load_calendar(), departments=list(units.values()),
        weights=[20 if number == busy else 1 for number in units.values()], mailboxes=[box.id for box in boxes],
        office=office, officer=officer, letters=before["letter"], duties=before["duty"],
        answers=before["letter_answer"], prefixes=(boxes[0].prefix, boxes[1].prefix),
    )  # fmt: skip


def _comments(connection: Connection, count: int, now: datetime) -> dict[str, tuple[int, int]]:
    consultation = db.session.scalar(
        select(Consultation).where(Consultation.stage == "open").order_by(Consultation.id.desc()).limit(1)
    )
    officer = db.session.scalar(select(Person.id).where(Person.login == OFFICER))
    if consultation is None or consultation.published_at is None or officer is None:
        raise Refused("conflict", "No consultation of the demonstration is open.")
    document = documents.current("consultation", consultation.id)
    first = db.session.scalar(select(func.max(Comment.id))) or 0
    plan = many_comments.Plan(
        count, consultation.id, [clause.id for clause in document.clauses] if document else [],
        consultation.published_at, officer, comments=first, sorted_=False,
        days=max(0.0, (now - consultation.published_at).total_seconds() / 86400 - 0.3),
    )  # fmt: skip
    write(connection, many_comments.rows(plan))
    return {"comment": (first + 1, first + count)}


def _settle(now: datetime, duties: tuple[int, int] | None) -> None:
    """What the jobs of five years would have left behind: seals, versions of duties, sums, statistics."""
    _renumber()
    seal(now, everything=True)
    db.session.commit()
    read_on(now=now)
    if duties is not None:
        row = db.session.execute(
            select(EvidenceSeal.entry_id, EvidenceSeal.leaf_index)
            .join(EvidenceEntry, EvidenceEntry.id == EvidenceSeal.entry_id)
            .where(EvidenceEntry.verb == evidence_filled.VERB)
        ).one()
        lay_down(db.session.connection(), first=duties[0], last=duties[1], entry=row.entry_id, leaf=row.leaf_index)
        db.session.commit()
    if db.engine.dialect.name == "postgresql":
        with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    db.session.execute(delete(LetterMonth))
    refresh(now=now)
    db.session.commit()
    refresh_statistics(now=now)


def _renumber() -> None:
    """On PostgreSQL the tables' own numbering goes on after the ids that were given by hand."""
    if db.engine.dialect.name == "postgresql":
        for name in ("letter", "duty", "letter_answer", "comment"):
            db.session.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"))
    db.session.commit()
