"""Following a duty up: what the auditor and the department do. Nothing here commits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from participation.access import Actor, Capability, Role
from participation.accounts import queries as accounts
from participation.clock import local_date
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.duties.models import Duty
from participation.duties.subjects import lines_for
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.notices.service import Department, notify
from participation.oversight import inquiring, service
from participation.oversight.models import Inquiry

OWED = {"asked": "inquiry_reply", "found": "inquiry_correction"}


def mark(duty: Duty, *, why: str, actor: Actor, now: datetime) -> Inquiry:
    """Puts a duty on the auditor's list. `why` is for auditors. One that is followed up already is not marked twice."""
    if not actor.can(Capability.WRITE_FINDING) or actor.person_id is None:
        raise Refused("forbidden", N_("Only an auditor may do this."), inquiring.RULE)
    if any(one.stage not in inquiring.ENDED for one in of_duty(duty.id)):
        raise Refused("conflict", N_("This duty is being followed up already."), inquiring.RULE)
    made = Inquiry(
        duty_id=duty.id,
        department_id=duty_queries.responsible(duty),
        stage="marked",
        why=why.strip()[:1000],
        marked_at=now,
        marked_by=actor.person_id,
    )
    db.session.add(made)
    db.session.flush()
    evidence.record("inquiry.marked", subject=made, actor=actor, now=now, facts={"duty": duty.id})
    return made


def act(inquiry: Inquiry, *, what: str, text: str = "", seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Does one of `inquiring.ACTS`, with its text; opens and meets what the department owes; tells the other side."""
    refused = inquiring.refusal(what, stage=inquiry.stage, department_id=inquiry.department_id, actor=actor, text=text)
    if refused:
        raise refused
    if seen is not None and seen != inquiry.version:
        raise Refused("conflict", N_("Somebody changed this in the meantime. Look at it again, then decide."))
    before, inquiry.stage = inquiry.stage, inquiring.ACTS[what].target
    _lay_down(inquiry, what, text.strip(), actor, now)
    db.session.flush()
    evidence.record(f"inquiry.{what}", subject=inquiry, actor=actor, now=now, facts={"duty": inquiry.duty_id})
    _settle(inquiry, before, actor, now)
    _owe(inquiry, actor, now)


def _lay_down(inquiry: Inquiry, what: str, text: str, actor: Actor, now: datetime) -> None:
    match what:
        case "ask":
            inquiry.question, inquiry.asked_at = text, now
        case "reply":
            inquiry.reply, inquiry.replied_at, inquiry.replied_by = text, now, actor.person_id
        case "clear":
            inquiry.conclusion, inquiry.concluded_at = text, now
        case "find":
            inquiry.conclusion, inquiry.concluded_at = text, now
            duty = db.session.get(Duty, inquiry.duty_id)
            assert duty is not None
            inquiry.finding_id = service.write_finding(duty, text=text, actor=actor, now=now).id
        case "correct":
            inquiry.correction, inquiry.corrected_at, inquiry.corrected_by = text, now, actor.person_id
        case "reject":
            inquiry.conclusion = f"{inquiry.conclusion}\n\n{text}"
            inquiry.correction, inquiry.corrected_at, inquiry.corrected_by = "", None, None
        case "confirm":
            inquiry.confirmed_at = now


def _settle(inquiry: Inquiry, before: str, actor: Actor, now: datetime) -> None:
    """What the department owed in the stage before is done."""
    kind = OWED.get(before)
    if kind is None:
        return
    for duty in duty_queries.duties_of("inquiry", inquiry.id):
        if duty.kind == kind and duty.is_open:
            duties.meet(duty, actor=actor, now=now)


def _owe(inquiry: Inquiry, actor: Actor, now: datetime) -> None:
    kind = OWED.get(inquiry.stage)
    about = db.session.get(Duty, inquiry.duty_id)
    assert about is not None
    line = lines_for([(about.subject_kind, about.subject_id)], staff=True).get((about.subject_kind, about.subject_id))
    facts: dict[str, object] = {"title": line.title if line else f"{about.subject_kind} {about.subject_id}"}
    facts["department"] = accounts.department_names().get(inquiry.department_id, "")
    if kind is not None:
        rounds = sum(1 for duty in duty_queries.duties_of("inquiry", inquiry.id) if duty.kind == kind)
        owed = duties.open_duty(
            kind, subject_kind="inquiry", subject_id=inquiry.id, department_id=inquiry.department_id, started_at=now,
            restricted_from=about.restricted_from, round=rounds + 1, actor=actor, now=now,
        )  # fmt: skip
        facts["due_on"] = owed.due_on
    verb = {"asked": "inquiry_asked", "found": "inquiry_found", "replied": "inquiry_replied",
            "corrected": "inquiry_corrected"}.get(inquiry.stage)  # fmt: skip
    if verb is None:
        return
    for department_id, role in _told(inquiry):
        notify(
            verb, to=Department(department_id, role), facts=facts, subject_kind="inquiry", subject_id=inquiry.id,
            link=f"/inquiries/{inquiry.id}", department_id=inquiry.department_id,
            restricted_from=about.restricted_from, now=now,
        )  # fmt: skip


def _told(inquiry: Inquiry) -> Sequence[tuple[int, Role]]:
    if inquiry.stage in inquiring.FOR_DEPARTMENT:
        return [(inquiry.department_id, Role.OFFICER), (inquiry.department_id, Role.HEAD)]
    posts = accounts.posts_held(inquiry.marked_by, on=local_date(inquiry.marked_at))
    return [(post.department_id, post.role) for post in posts if post.role is Role.AUDITOR]


def of_duty(duty_id: int) -> list[Inquiry]:
    return list(db.session.scalars(select(Inquiry).filter_by(duty_id=duty_id).order_by(Inquiry.id)))


def visible(inquiry_id: int, *, actor: Actor) -> Inquiry | None:
    """Auditors and the government office see all; a department those that it was asked, never a mark."""
    found = db.session.scalar(select(Inquiry).join(Duty, Duty.id == Inquiry.duty_id)
                              .where(Inquiry.id == inquiry_id, duty_queries.visible_to(actor)))  # fmt: skip
    if found is None or actor.can(Capability.READ_ALL):
        return found
    return found if found.stage != "marked" and found.department_id in actor.department_ids else None


def listed(actor: Actor, *, limit: int = 100) -> list[Inquiry]:
    """What waits first, then the newest."""
    asked = select(Inquiry).join(Duty, Duty.id == Inquiry.duty_id).where(duty_queries.visible_to(actor))
    if not actor.can(Capability.READ_ALL):
        asked = asked.where(Inquiry.department_id.in_(actor.department_ids), Inquiry.stage != "marked")
    ended = Inquiry.stage.in_(inquiring.ENDED)
    return list(db.session.scalars(asked.order_by(ended, Inquiry.id.desc()).limit(limit)))


def waiting(actor: Actor) -> int:
    """How many wait for this person's side."""
    stages = ("marked", "replied", "corrected") if actor.can(Capability.WRITE_FINDING) else inquiring.FOR_DEPARTMENT
    asked = select(func.count()).select_from(Inquiry).where(Inquiry.stage.in_(stages))
    if not actor.can(Capability.WRITE_FINDING):
        asked = asked.where(Inquiry.department_id.in_(actor.department_ids))
    return db.session.scalar(asked) or 0
