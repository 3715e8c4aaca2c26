"""Writing an announcement, and handing it to the head."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.orm.attributes import flag_modified

from participation.access import Actor, Capability
from participation.consultations.models import Consultation
from participation.consultations.rules.period import KINDS
from participation.consultations.service.facts import enter_stage, step
from participation.documents import service as documents
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.workdays import end_of


@dataclass(frozen=True)
class Plan:
    """What an officer fills in; everything but title and kind may still be empty in a draft."""

    title: str
    kind: str = "major_decision"
    concerns_business: bool = False
    decision_id: int | None = None
    catalogue_year: int | None = None
    why: str = ""
    explanation: str = ""
    contact_person: str = ""
    contact_phone: str = ""
    contact_address: str = ""
    contact_email: str = ""
    contact_visit: str = ""
    ends_on: date | None = None
    short_reason: str = ""
    promised_feedback_on: date | None = None


def draft(
    plan: Plan, *, text: str, department_id: int, actor: Actor, now: datetime, form_key: str = ""
) -> Consultation:
    """Begins an announcement of the department, with the draft's text as far as it is written. The
    Word file that waits under `form_key` becomes the draft's original."""
    if not actor.can(Capability.DRAFT_CONSULTATION, department_id):
        raise Refused("forbidden", N_("Choose a department that you work for"), field="department_id")
    consultation = Consultation(department_id=department_id, stage="draft", created_at=now, created_by=actor.person_id)
    _lay_down(consultation, plan)
    db.session.add(consultation)
    db.session.flush()
    _text(consultation, text, form_key, actor=actor, now=now)
    evidence.record("consultation.drafted", subject=consultation, actor=actor, now=now, facts={"kind": plan.kind})
    return consultation


def edit(
    consultation: Consultation, plan: Plan, *, text: str, actor: Actor, now: datetime, form_key: str = ""
) -> Consultation:
    """Changes an announcement that is not public yet."""
    step("edit", consultation, actor=actor, now=now)
    _lay_down(consultation, plan)
    # The text is a row of its own: without this a change of the text alone leaves the version as it
    # was, and a colleague's stale form would overwrite it unseen.
    flag_modified(consultation, "title")
    db.session.flush()
    _text(consultation, text, form_key, actor=actor, now=now)
    evidence.record("consultation.edited", subject=consultation, actor=actor, now=now)
    return consultation


def submit(consultation: Consultation, *, actor: Actor, now: datetime) -> Consultation:
    """Hands a complete announcement to the head, who publishes it."""
    step("submit", consultation, actor=actor, now=now)
    enter_stage("submit", consultation)
    consultation.submitted_by, consultation.sent_back_reason = actor.person_id, ""
    db.session.flush()
    evidence.record("consultation.submitted", subject=consultation, actor=actor, now=now)
    return consultation


def send_back(consultation: Consultation, *, reason: str, actor: Actor, now: datetime) -> Consultation:
    """The head wants it changed."""
    step("send_back", consultation, actor=actor, now=now)
    if not reason.strip():
        raise Refused("invalid", N_("Say what should be changed"), field="reason")
    enter_stage("send_back", consultation)
    consultation.sent_back_reason = reason.strip()
    db.session.flush()
    evidence.record("consultation.sent_back", subject=consultation, actor=actor, now=now)
    return consultation


def _lay_down(consultation: Consultation, plan: Plan) -> None:
    if plan.kind not in KINDS:
        raise Refused("invalid", N_("Choose the kind of consultation"), field="kind")
    if plan.catalogue_year is not None and plan.decision_id is not None:
        message = N_("A consultation is about one decision or about a draft catalogue, not both.")
        raise Refused("invalid", message, field="catalogue")
    for name, value in asdict(plan).items():
        setattr(consultation, name, value)
    consultation.closes_at = None if plan.ends_on is None else end_of(plan.ends_on)


def _text(consultation: Consultation, text: str, form_key: str, *, actor: Actor, now: datetime) -> None:
    documents.write(
        subject_kind="consultation",
        subject_id=consultation.id,
        title=consultation.title,
        text=text,
        actor=actor,
        now=now,
        form_key=form_key,
    )
