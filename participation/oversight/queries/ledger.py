"""The auditor's reading of one duty: its rows, how the date came about, the log's entries."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from participation.access import Actor
from participation.accounts.queries import department_names, person_names
from participation.duties import queries as duties
from participation.duties.history import moment
from participation.duties.ledger import LedgerFilter
from participation.duties.models import Duty
from participation.duties.rules import State, state
from participation.duties.strip import Strip, day_strip
from participation.duties.subjects import SubjectLine
from participation.evidence import service as evidence
from participation.evidence.models import EvidenceEntry
from participation.extensions import db
from participation.oversight.models import Finding
from participation.oversight.queries.board import Late, with_lateness


@dataclass(frozen=True)
class Holder:
    name: str
    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True)
class Explained:
    """Everything that explains one duty's date."""

    duty: Duty
    state: State
    subject: SubjectLine | None
    strip: Strip | None
    holders: list[Holder]
    entries: list[EvidenceEntry]
    findings: list[tuple[Finding, str]]
    responsible: str


def visible_duty(duty_id: int, *, actor: Actor) -> Duty | None:
    """The duty, if this reader may know of it."""
    return db.session.scalar(select(Duty).where(Duty.id == duty_id, duties.visible_to(actor)))


def explained(duty: Duty, *, actor: Actor, now: datetime) -> Explained:
    names = department_names()
    findings = list(db.session.scalars(select(Finding).where(Finding.duty_id == duty.id).order_by(Finding.id)))
    authors = person_names({finding.person_id for finding in findings})
    return Explained(
        duty=duty,
        state=state(duty, now),
        subject=duties.described([duty], actor=actor).get((duty.subject_kind, duty.subject_id)),
        strip=day_strip(duty, now, answered_at=duty.met_at) if duty.workdays else None,
        holders=[Holder(names.get(h.department_id, ""), h.from_at, h.until_at) for h in duty.holdings],
        entries=evidence.entries_of("duty", duty.id),
        findings=[(finding, authors.get(finding.person_id, "")) for finding in findings],
        responsible=names.get(duties.responsible(duty), ""),
    )


def export_rows(
    filters: LedgerFilter, *, actor: Actor, now: datetime, at: datetime | None = None, most: int | None = None
) -> list[list[object]]:
    """Every row of the ledger (at most `most`) for a download, page by page, in the ledger's order; with `at` as it
    stood at that instant, by the sealed log."""
    rows: list[list[object]] = []
    after: str | None = None
    while True:
        if at is None:
            page = duties.ledger(now=now, actor=actor, filters=filters, after=after, limit=500, count=False)
        else:
            page = moment.ledger_at(at, actor=actor, filters=filters, after=after, limit=500, count=False)
        rows += [_exported(late) for late in with_lateness(page.rows, now=page.as_of)]
        after = page.next
        if after is None or (most is not None and len(rows) >= most):
            return rows[:most]


def _exported(late: Late) -> list[object]:
    duty = late.row.duty
    return [
        duty.id,
        duty.kind,
        late.row.subject.title if late.row.subject else f"{duty.subject_kind} {duty.subject_id}",
        late.name or "",
        late.row.state.value,
        duty.started_at.isoformat(),
        duty.due_on.isoformat(),
        duty.met_at.isoformat() if duty.met_at else "",
        late.days,
        duty.basis,
        duty.article,
        " ".join(day.isoformat() for day in duty.counted),
        " ".join(f"{day.isoformat()}({reason})" for day, reason in duty.skipped),
        "yes" if duty.provisional else "",
        duty.calendar_version,
    ]


EXPORT_HEADER = (
    "id kind subject department state started_at due_on met_at workdays_late basis article counted skipped "
    "provisional calendar_version"
).split()
