"""The auditor's reading of one duty: its rows, how the date came about, the log's entries."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from participation.access import Actor
from participation.accounts.queries import department_names, person_names
from participation.duties import queries as duties
from participation.duties.models import Duty
from participation.duties.rules import State, state
from participation.duties.strip import Strip, day_strip
from participation.duties.subjects import SubjectLine
from participation.evidence import service as evidence
from participation.evidence.models import EvidenceEntry
from participation.extensions import db
from participation.oversight.models import Finding


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
