"""Every duty that anybody may know of: what is owed, by when, whose, counted how, and how it stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import request
from sqlalchemy import select

from participation.access import ANYONE
from participation.accounts.models import Department
from participation.api.fields import Field
from participation.api.params import DEPARTMENT as OF_DEPARTMENT
from participation.api.params import choice, dated
from participation.api.parts import DEPARTMENT, departments
from participation.api.resource import Asked, Found, Resource
from participation.duties import queries
from participation.duties.ledger import LedgerFilter, LedgerRow
from participation.duties.models import Duty
from participation.duties.rules import BASIS_LABELS, DUTIES, STATE_LABELS, STATES, State, state
from participation.errors import N_
from participation.extensions import db

KINDS: dict[str, str] = {key: rule.label for key, rule in DUTIES.items()}
STATE_CODES: dict[str, str] = {key.value: STATE_LABELS[key] for key in STATES}
UNNAMED = frozenset({"petition_notice", "petition_handling", "disclosure_reply", "supervision_response"})
"""Kinds that say something about a letter beyond its answer: which letter, only once that is public."""
UNITS: dict[str, str] = {
    "workdays": N_("Workdays"),
    "natural_days": N_("Natural days"),
    "date": N_("A date that is set"),
}
SUBJECTS: dict[str, str] = {
    "letter": N_("Letter"),
    "consultation": N_("Consultation"),
    "decision": N_("Decision"),
    "catalogue": N_("Catalogue of a year"),
    "proposal": N_("Proposal"),
    "other": N_("Other matter"),
}
SKIPPED = (
    Field("day", "day", N_("A day that was not counted"), lambda pair: pair[0]),
    Field("reason", "text", N_("Why: weekend, or festival: and its name"), lambda pair: pair[1]),
)


@dataclass(frozen=True)
class Line:
    """A duty as the public board has it."""

    row: LedgerRow
    department: Department | None

    @property
    def duty(self) -> Duty:
        return self.row.duty

    @property
    def title(self) -> str | None:
        subject = self.row.subject
        if subject is None or (self.duty.kind in UNNAMED and subject.url is None):
            return None
        return subject.title

    @property
    def url(self) -> str | None:
        subject = self.row.subject
        return request.host_url.rstrip("/") + subject.url if subject is not None and subject.url else None


def _subject(line: Line) -> str:
    return line.duty.subject_kind if line.duty.subject_kind in SUBJECTS else "other"


FIELDS = (
    Field("id", "integer", N_("Number of the duty; it never changes"), lambda line: line.duty.id),
    Field("kind", "code", N_("What is owed"), lambda line: line.duty.kind, codes=KINDS),
    Field("basis", "code", N_("What the date rests on"), lambda line: line.duty.basis, codes=BASIS_LABELS),
    Field("article", "text", N_("The article, or who promised it, in Chinese"), lambda line: line.duty.article),
    Field("subject_kind", "code", N_("What it is about"), _subject, codes=SUBJECTS),
    Field("subject_id", "integer", N_("Number of the matter, where it is public"),
          lambda line: line.duty.subject_id if line.url else None, nullable=True),
    Field("subject", "text", N_("What the matter is called in public, in Chinese"), lambda line: line.title,
          nullable=True),
    Field("url", "url", N_("Its page on the website, where it has one"), lambda line: line.url, nullable=True),
    Field("round", "integer", N_("Which time it is owed, from 1"), lambda line: line.duty.round),
    Field("department", "object", N_("The department that answers for it"), nullable=True, fields=DEPARTMENT),
    Field("state", "code", N_("How it stands"), lambda line: line.row.state.value, codes=STATE_CODES),
    Field("started_on", "day", N_("The day of receipt, which is not counted"), lambda line: line.duty.started_on,
          article="民法典 第二百零一条"),
    Field("started_at", "instant", N_("The moment from which it is owed"), lambda line: line.duty.started_at),
    Field("due_on", "day", N_("The last day, until 24:00"), lambda line: line.duty.due_on,
          article="民法典 第二百零三条"),
    Field("due_at", "instant", N_("The moment at which it becomes late"), lambda line: line.duty.due_at),
    Field("counted_in", "code", N_("What the period counts"), lambda line: DUTIES[line.duty.kind].unit, codes=UNITS),
    Field("workdays", "integer", N_("How many workdays the period has, an extension included"),
          lambda line: line.duty.workdays, nullable=True, unit=N_("workdays")),
    Field("extended_by", "integer", N_("Of these, added by an approved extension"),
          lambda line: line.duty.extended_by, unit=N_("workdays")),
    Field("first_due_at", "instant", N_("The date as it was first counted"), lambda line: line.duty.original_due_at),
    Field("provisional", "boolean", N_("Counted with days whose notice is still to come"),
          lambda line: line.duty.provisional),
    Field("calendar_version", "text", N_("The version of the calendar it was counted with"),
          lambda line: line.duty.calendar_version),
    Field("counted", "list", N_("The days that were counted"), lambda line: line.duty.counted, of="day"),
    Field("skipped", "list", N_("The days that were not, with the reason"), lambda line: line.duty.skipped,
          fields=SKIPPED),
    Field("met_at", "instant", N_("When it was met"), lambda line: line.duty.met_at, nullable=True),
    Field("met_late", "boolean", N_("Whether that was late; the verdict never changes"),
          lambda line: line.duty.met_late, nullable=True),
    Field("cancelled_at", "instant", N_("Since when it is no longer owed"), lambda line: line.duty.cancelled_at,
          nullable=True),
)  # fmt: skip


def page(asked: Asked) -> Found:
    """In the order of the ledger: the latest first."""
    given = asked.filters
    filters = LedgerFilter(
        kinds=(given["kind"],) if "kind" in given else (),
        bases=(given["basis"],) if "basis" in given else (),
        department_id=given.get("department"),
        states=(State(given["state"]),) if "state" in given else (),
        due_from=given.get("due_from"),
        due_until=given.get("due_until"),
    )
    after = str(asked.after[0]) if asked.after else None
    found = queries.ledger(
        now=_minute(asked.now), actor=ANYONE, filters=filters, after=after, limit=asked.limit, count=False,
        history=False,
    )  # fmt: skip
    units = departments()
    return Found(
        [Line(row, units.get(row.department_id or 0)) for row in found.rows], [found.next] if found.next else None
    )


def _minute(now: datetime) -> datetime:
    """The instant of all pages: the same for a minute, so that an unchanged answer has its fingerprint."""
    return now - timedelta(seconds=now.second, microseconds=now.microsecond)


def one(key: Any, now: datetime) -> Line | None:
    duty = db.session.scalar(select(Duty).where(Duty.id == key, queries.visible_to(ANYONE)))
    if duty is None:
        return None
    subject = queries.described([duty], actor=ANYONE).get((duty.subject_kind, duty.subject_id))
    department_id = queries.responsible(duty)
    row = LedgerRow(duty, state(duty, now), subject, department_id)
    return Line(row, departments().get(department_id))


RESOURCE = Resource(
    "duties",
    N_("Duties"),
    N_("What the district owes and by when: letters to answer, periods to keep, feedback and catalogues to publish."),
    FIELDS,
    page,
    (
        choice("kind", N_("Only this kind of duty"), KINDS, "letter_answer"),
        choice("basis", N_("Only what the law, the district's plan or a promise sets"), BASIS_LABELS),
        choice("state", N_("Only duties that stand so"), STATE_CODES),
        OF_DEPARTMENT,
        dated("due_from", N_("Due on this day or later"), "2026-11-01"),
        dated("due_until", N_("Due on this day or earlier"), "2026-11-30"),
    ),
    one=one,
    key_meaning=N_("Number of the duty"),
    retractable=True,
)
