"""What became of the comments: the equation of each consultation, and every opinion with its reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participation.accounts.models import Department
from participation.api.consultations import Line as ConsultationLine
from participation.api.consultations import lines as consultation_lines
from participation.api.counts import ART_18, OUTCOMES, RECEIVED
from participation.api.fields import Field
from participation.api.params import DEPARTMENT as OF_DEPARTMENT
from participation.api.params import YEAR
from participation.api.parts import DEPARTMENT, address
from participation.api.resource import Asked, Found, Resource
from participation.consultations.queries import periods, points
from participation.consultations.queries.periods import Filters
from participation.consultations.rules.outcomes import OUTCOMES as OUTCOME_LABELS
from participation.duties.models import Duty
from participation.errors import N_


@dataclass(frozen=True)
class Line:
    """A published feedback, with the duty that it met."""

    one: ConsultationLine
    duty: Duty | None

    @property
    def id(self) -> int:
        return self.one.row.id

    @property
    def department(self) -> Department | None:
        return self.one.department


FIELDS = (
    Field("consultation_id", "integer", N_("The consultation, as in consultations"), lambda line: line.id),
    Field("url", "url", N_("Its page on the website"),
          lambda line: address("consultations.feedback", consultation_id=line.id)),
    Field("title", "text", N_("Title, in Chinese"), lambda line: line.one.row.title),
    Field("department", "object", N_("The department that answers"), nullable=True, fields=DEPARTMENT),
    Field("promised_on", "day", N_("The day by which it was promised"),
          lambda line: line.one.row.promised_feedback_on, article=ART_18),
    Field("published_at", "instant", N_("When it was published"), lambda line: line.one.row.feedback_published_at),
    Field("late", "boolean", N_("Whether it came after the promised day"),
          lambda line: line.duty.met_late if line.duty else None, nullable=True),
    Field("summary", "text", N_("The department's summary"), lambda line: line.one.row.feedback_summary,
          nullable=True),
    Field("counts", "object",
          N_("The equation: received is the sum of adopted, partly, not adopted, outside and withdrawn"),
          lambda line: line.one.tally, fields=(*RECEIVED, *OUTCOMES)),
)  # fmt: skip

OPINION = (
    Field("number", "integer", N_("Number of the opinion in its consultation"), lambda line: line.point.number),
    Field("title", "text", N_("The opinion in one sentence"), lambda line: line.point.title),
    Field("people", "integer", N_("People who hold it"), unit=N_("people")),
    Field("comments", "integer", N_("Comments that say it"), unit=N_("comments")),
    Field("outcome", "code", N_("What became of it"), lambda line: line.point.outcome, nullable=True,
          codes=OUTCOME_LABELS, article=ART_18),
    Field("reason", "text", N_("Why"), lambda line: line.point.reason, nullable=True, article=ART_18),
    Field("special_explanation", "text", N_("What is said besides where many hold it and it is not adopted"),
          lambda line: line.point.special, nullable=True),
    Field("clause", "text", N_("The clause that it changed"), nullable=True),
    Field("change", "text", N_("How the clause reads now, or where the change is"),
          lambda line: line.point.change, nullable=True),
)  # fmt: skip


def _opinions(consultation_id: int) -> list[points.PointLine]:
    return [line for line in points.points_of(consultation_id) if line.comments]


MORE = (
    Field("opinions", "list", N_("Every opinion, with what became of it and why"),
          lambda line: _opinions(line.id), fields=OPINION, article=ART_18),
)  # fmt: skip


def _lines(found: list[Any]) -> list[Line]:
    owed = periods.feedback_due([row.id for row in found])
    return [Line(line, owed.get(line.row.id)) for line in consultation_lines(found)]


def _listed(asked: Asked, limit: int) -> periods.Page:
    filters = Filters(state="answered", department_id=asked.filters.get("department"), year=asked.filters.get("year"))
    return periods.listed(filters, now=asked.now, before=asked.after[0] if asked.after else None, limit=limit)


def page(asked: Asked) -> Found:
    """The newest consultation first."""
    found = _listed(asked, asked.limit)
    return Found(_lines(found.rows), [found.next_before] if found.next_before else None)


def one(key: Any, _now: datetime) -> Line | None:
    """None while the feedback is not out."""
    row = periods.published(key)
    return _lines([row])[0] if row is not None and row.feedback_published_at is not None else None


RESOURCE = Resource(
    "feedback",
    N_("Feedback"),
    N_("What became of the comments on each consultation: adopted, partly, not adopted or outside, with reasons."),
    FIELDS,
    page,
    (OF_DEPARTMENT, YEAR),
    more=MORE,
    one=one,
    key_name="consultation_id",
    key_meaning=N_("Number of the consultation"),
    retractable=True,
)


def opinions_page(asked: Asked) -> Found:
    """For the files: the opinions of one consultation after another."""
    found = _listed(asked, 1)
    rows = [{"consultation_id": row.id, "line": line} for row in found.rows for line in _opinions(row.id)]
    return Found(rows, [found.next_before] if found.next_before else None)


def _of_line(field: Field) -> Field:
    """The same field, read from the pair that the files hold."""
    return Field(
        field.name, field.kind, field.meaning, lambda pair: field.read(pair["line"]), field.nullable, field.unit,
        field.article, field.codes,
    )  # fmt: skip


OPINIONS = Resource(
    "opinions",
    N_("Opinions and outcomes"),
    N_("Every opinion of every consultation that was answered, one a row, with its outcome and reason."),
    (
        Field("consultation_id", "integer", N_("The consultation, as in consultations")),
        *(_of_line(field) for field in OPINION),
    ),
    opinions_page,
    listed=False,
    retractable=True,
)
