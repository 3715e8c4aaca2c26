"""Consultations: what is or was open for comment, until when, and what is promised."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participation.accounts.models import Department
from participation.api.counts import ART_18, RECEIVED
from participation.api.fields import Field
from participation.api.params import DEPARTMENT as OF_DEPARTMENT
from participation.api.params import YEAR, choice
from participation.api.parts import DEPARTMENT, address, departments
from participation.api.resource import Asked, Found, Resource
from participation.consultations.lifecycle import PUBLISHED
from participation.consultations.lifecycle import STAGES as ALL_STAGES
from participation.consultations.models import Consultation
from participation.consultations.queries import kept, periods
from participation.consultations.queries.periods import STATES, Filters
from participation.consultations.rules.outcomes import Tally
from participation.consultations.rules.period import ART_15, KINDS
from participation.documents import queries as documents
from participation.errors import N_

STAGES = {key: label for key, label in ALL_STAGES.items() if key in PUBLISHED}


@dataclass(frozen=True)
class Line:
    """A consultation that is or was public, without whom to call about it."""

    row: Consultation
    tally: Tally
    department: Department | None


def _url(line: Line) -> str:
    return address("consultations.show", consultation_id=line.row.id)


def _feedback(line: Line) -> str | None:
    answered = line.row.feedback_published_at is not None
    return address("consultations.feedback", consultation_id=line.row.id) if answered else None


FIELDS = (
    Field("id", "integer", N_("Number of the consultation; it never changes"), lambda one: one.row.id),
    Field("url", "url", N_("Its page on the website"), _url),
    Field("title", "text", N_("Title, in Chinese"), lambda one: one.row.title),
    Field("kind", "code", N_("What is consulted on"), lambda one: one.row.kind, codes=KINDS),
    Field("concerns_business", "boolean", N_("Whether it concerns businesses, which asks for a longer period"),
          lambda one: one.row.concerns_business),
    Field("stage", "code", N_("How far it is"), lambda one: one.row.stage, codes=STAGES),
    Field("department", "object", N_("The department that consults"), nullable=True, fields=DEPARTMENT),
    Field("decision_id", "integer", N_("The decision it is part of, as in decisions"), lambda one: one.row.decision_id,
          nullable=True),
    Field("why", "text", N_("Why it is done"), lambda one: one.row.why, nullable=True),
    Field("starts_on", "day", N_("First day of the period, which is not counted"), lambda one: one.row.starts_on,
          article=ART_15),
    Field("ends_on", "day", N_("Last day of the period, until 24:00"), lambda one: one.row.ends_on, article=ART_15),
    Field("closes_at", "instant", N_("The moment from which nothing is taken any more"),
          lambda one: one.row.closes_at, article="民法典 第二百零三条"),
    Field("short_reason", "text", N_("Why the period is shorter than the law's"), lambda one: one.row.short_reason,
          nullable=True, article=ART_15),
    Field("extended_from", "day", N_("The last day before the period was made longer"),
          lambda one: one.row.extended_from, nullable=True),
    Field("extension_reason", "text", N_("Why it was made longer"), lambda one: one.row.extension_reason,
          nullable=True),
    Field("restarted_from", "day", N_("The first day before the draft was changed and the period began anew"),
          lambda one: one.row.restarted_from, nullable=True),
    Field("promised_feedback_on", "day", N_("The day by which the answers to the comments are promised"),
          lambda one: one.row.promised_feedback_on, article=ART_18),
    Field("published_at", "instant", N_("When it was published"), lambda one: one.row.published_at),
    Field("withdrawn_at", "instant", N_("When it was withdrawn"), lambda one: one.row.withdrawn_at, nullable=True),
    Field("withdrawal_reason", "text", N_("Why it was withdrawn"),
          lambda one: one.row.withdrawal_reason if one.row.withdrawn_at else None, nullable=True),
    Field("feedback_published_at", "instant", N_("When the answers to the comments were published"),
          lambda one: one.row.feedback_published_at, nullable=True, article=ART_18),
    Field("feedback_url", "url", N_("The page with these answers"), _feedback, nullable=True),
    Field("comments", "object", N_("What came in so far"), lambda one: one.tally, fields=RECEIVED),
)  # fmt: skip

VERSION = (
    Field("number", "integer", N_("Number of the version")),
    Field("frozen_at", "instant", N_("Since when it cannot change"), nullable=True),
    Field("sha256", "text", N_("Fingerprint of its text"), nullable=True),
    Field("reason", "text", N_("Why there is this version"), nullable=True),
)
CLAUSE = (
    Field("number", "integer", N_("Place of the clause in the text")),
    Field("label", "text", N_("What the clause is called")),
    Field("text", "text", N_("The clause")),
)
MORE = (
    Field("explanation", "text", N_("The explanation published with the draft"),
          lambda one: one.row.explanation, nullable=True, article=ART_15),
    Field("versions", "list", N_("Every version of the draft, the first one first"),
          lambda one: list(reversed(documents.versions("consultation", one.row.id))), fields=VERSION),
    Field("clauses", "list", N_("The newest version, clause by clause"), lambda one: _clauses(one), fields=CLAUSE),
    Field("comments_csv", "url", N_("The public comments as a table"),
          lambda one: address("consultations.table", consultation_id=one.row.id)),
)  # fmt: skip


def _clauses(line: Line) -> list[Any]:
    document = documents.current("consultation", line.row.id)
    return list(documents.clauses_of(document)) if document is not None else []


def lines(rows: list[Consultation]) -> list[Line]:
    tallies, units = kept.tallies([row.id for row in rows]), departments()
    return [Line(row, tallies[row.id], units.get(row.department_id)) for row in rows]


def page(asked: Asked) -> Found:
    """The newest first."""
    filters = Filters(
        state=asked.filters.get("state", ""),
        department_id=asked.filters.get("department"),
        kind=asked.filters.get("kind", ""),
        year=asked.filters.get("year"),
    )
    before = asked.after[0] if asked.after else None
    found = periods.listed(filters, now=asked.now, before=before, limit=asked.limit)
    return Found(lines(found.rows), [found.next_before] if found.next_before else None)


def one(key: Any, _now: datetime) -> Line | None:
    row = periods.published(key)
    return lines([row])[0] if row else None


RESOURCE = Resource(
    "consultations",
    N_("Consultations"),
    N_("Drafts that are or were open for comment: the period, the department, how many comments came in."),
    FIELDS,
    page,
    (
        choice("state", N_("Only those that are open, being answered, answered, or overdue"), STATES),
        OF_DEPARTMENT,
        choice("kind", N_("Only those on this kind of text"), KINDS),
        YEAR,
    ),
    more=MORE,
    one=one,
    key_meaning=N_("Number of the consultation"),
    retractable=True,
)
