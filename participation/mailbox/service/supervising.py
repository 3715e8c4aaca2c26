"""督办: opened by the office from a late letter, or by the job on the third overdue workday; answered
by the head of the unit within 2 workdays; closed with a conclusion once the letter is answered."""

from datetime import date, datetime

from participation import clock
from participation.access import SYSTEM, Actor, Capability, Role
from participation.accounts import queries as accounts
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.duties.models import Duty
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.lifecycle import CONFLICT_RULE, OPEN
from participation.mailbox.models import Letter, Supervision
from participation.mailbox.queries import running
from participation.mailbox.queries import supervision as queries
from participation.mailbox.service import telling
from participation.mailbox.service.facts import note

AUTOMATIC_AFTER = 3
"""Overdue workdays; on the third the demand is made without anybody's doing."""
# Read by the unit; content, so in Chinese.
DEMAND = "这封来信超过答复期限三个工作日仍未答复。请书面说明为什么超期，并写明什么时候答复来信人。"
SILENCED = "来信涉及被督办单位，依照信访工作条例第三十条，该单位不再知悉这封来信，本次督办终止。"
RULE = "区长信箱办理规程（督办）"


def waiting(*, now: datetime) -> list[int]:
    """The overdue duties that may need a supervision, by id; `open_automatically` knows which."""
    return running.late_answers(now=now)


def open_automatically(duty_id: int, *, now: datetime) -> Supervision | None:
    """Opens the supervision of one overdue letter on its third overdue workday or later. A second
    call finds that it was opened."""
    found = running.with_letter(duty_id)
    if found is None or duty_id not in running.late_answers(now=now):
        return None
    duty, letter = found
    if duties.load_calendar().workdays_between(duty.due_on, clock.local_date(now)) < AUTOMATIC_AFTER:
        return None
    return _open(letter, duty, demand=DEMAND, actor=SYSTEM, now=now)


def open_refusal(letter: Letter, *, actor: Actor, now: datetime) -> Refused | None:
    """Why `actor` may not open a supervision of this letter now, or None."""
    if letter.about_department_id is not None and letter.about_department_id in actor.department_ids:
        return Refused("not_found", N_("There is no such letter"), CONFLICT_RULE)
    if not actor.can(Capability.DISPATCH):
        return Refused("forbidden", N_("Only the government office opens a supervision"), RULE)
    duty = duty_queries.duty_for("letter", letter.id, "letter_answer")
    if letter.stage not in OPEN or duty is None or not duty.is_open or now < duty.due_at:
        return Refused("wrong_time", N_("A supervision is opened when a letter is late and not answered"), RULE)
    if queries.open_one(letter.id) is not None:
        return Refused("wrong_time", N_("A supervision of this letter is open already"), RULE)
    return None


def open_supervision(letter: Letter, *, demand: str, actor: Actor, now: datetime) -> Supervision:
    """The office demands of the unit that has the letter to say why it is late."""
    refused = open_refusal(letter, actor=actor, now=now)
    if refused is not None:
        raise refused
    if not demand:
        raise Refused("invalid", N_("Write what the unit has to explain or do"), field="demand")
    duty = duty_queries.duty_for("letter", letter.id, "letter_answer")
    assert duty is not None  # open_refusal asked for it
    return _open(letter, duty, demand=demand, actor=actor, now=now)


def _open(letter: Letter, duty: Duty, *, demand: str, actor: Actor, now: datetime) -> Supervision:
    ordinal = queries.count_of(letter.id) + 1
    owed = duties.open_duty(
        "supervision_response",
        subject_kind="letter",
        subject_id=letter.id,
        department_id=duty.department_id,
        started_at=now,
        restricted_from=letter.about_department_id,
        round=ordinal,
        actor=actor,
        now=now,
    )
    supervision = Supervision(
        letter_id=letter.id, round=letter.round, ordinal=ordinal, department_id=duty.department_id, opened_at=now,
        opened_by=actor.person_id, demand=demand, respond_by=owed.due_on,
    )  # fmt: skip
    db.session.add(supervision)
    db.session.flush()
    note(letter, "supervised", actor=actor, now=now, to_department_id=duty.department_id, reason=demand)
    evidence.record(
        "supervision.opened",
        subject=supervision,
        actor=actor,
        now=now,
        facts={"letter": letter.number, "department": duty.department_id, "automatic": actor.person_id is None},
    )
    _tell_unit(letter, supervision, "supervision_opened", now=now, respond_by=owed.due_on)
    return supervision


def respond_refusal(supervision: Supervision, letter: Letter, *, actor: Actor) -> Refused | None:
    """Why `actor` may not explain the delay, or None: the head of the unit, in the office its staff."""
    in_charge = actor.can(Capability.APPROVE, supervision.department_id) or (
        _of_office(supervision.department_id) and actor.can(Capability.DISPATCH, supervision.department_id)
    )
    if not in_charge:
        return Refused("forbidden", N_("The head of the unit that was late explains it"), RULE)
    if letter.about_department_id is not None and letter.about_department_id in actor.department_ids:
        return Refused("not_found", N_("There is no such letter"), CONFLICT_RULE)
    if supervision.closed_at is not None:
        return Refused("wrong_time", N_("This supervision is closed"), RULE)
    if supervision.responded_at is not None:
        return Refused("wrong_time", N_("Your unit has explained this already; what was written stays"), RULE)
    return None


def respond(
    supervision: Supervision, letter: Letter, *, text: str, answer_by: date | None, actor: Actor, now: datetime
) -> Supervision:
    """The unit's head says why the letter is late and by when it is answered. It moves no date."""
    refused = respond_refusal(supervision, letter, actor=actor)
    if refused is not None:
        raise refused
    if not text:
        raise Refused("invalid", N_("Write why the letter is late"), field="text")
    if letter.stage in OPEN and answer_by is None:
        raise Refused("invalid", N_("Say by which day the letter is answered"), field="answer_by")
    if answer_by is not None and answer_by < clock.local_date(now) and letter.stage in OPEN:
        raise Refused(
            "invalid", N_("The day by which the letter is answered lies ahead, not behind"), field="answer_by"
        )
    supervision.response, supervision.answer_by = text, answer_by
    supervision.responded_at, supervision.responded_by = now, actor.person_id
    owed = duty_queries.open_one("supervision_response", "letter", letter.id, supervision.ordinal)
    if owed is not None:
        duties.meet(owed, actor=actor, now=now)
    note(letter, "explained", actor=actor, now=now, from_department_id=supervision.department_id, reason=text)
    evidence.record("supervision.responded", subject=supervision, actor=actor, now=now, facts={"letter": letter.number})
    db.session.flush()
    office = accounts.government_office().id
    if letter.about_department_id != office:
        telling.unit(
            letter, "supervision_responded", office, now=now, link=link_to(supervision), role=Role.OFFICE,
            department=telling.name_of(supervision.department_id),
        )  # fmt: skip
    return supervision


def close_refusal(supervision: Supervision, letter: Letter, *, actor: Actor) -> Refused | None:
    """Why `actor` may not close it, or None. The office closes; where the office itself was late, or
    must not see the letter, an auditor does."""
    if letter.about_department_id is not None and letter.about_department_id in actor.department_ids:
        return Refused("not_found", N_("There is no such letter"), CONFLICT_RULE)
    auditors = _of_office(supervision.department_id) or _of_office(letter.about_department_id)
    if not actor.can(Capability.WRITE_FINDING if auditors else Capability.DISPATCH):
        message = N_("An auditor closes it, because it is about the government office")
        return Refused(
            "forbidden", message if auditors else N_("Only the government office closes a supervision"), RULE
        )
    if supervision.closed_at is not None:
        return Refused("wrong_time", N_("This supervision is closed"), RULE)
    if letter.stage in OPEN:
        return Refused("wrong_time", N_("The letter is not answered yet; the supervision goes on until it is"), RULE)
    # A unit that turned out to be the one concerned cannot explain any more: it must not see the letter.
    silenced = letter.about_department_id == supervision.department_id
    if supervision.responded_at is None and letter.stage != "withdrawn" and not silenced:
        return Refused("wrong_time", N_("The unit has not explained yet why it was late"), RULE)
    return None


def close(supervision: Supervision, letter: Letter, *, conclusion: str, actor: Actor, now: datetime) -> Supervision:
    """Ends the supervision with what is concluded from it."""
    refused = close_refusal(supervision, letter, actor=actor)
    if refused is not None:
        raise refused
    if not conclusion:
        raise Refused("invalid", N_("Write what is concluded from this supervision"), field="conclusion")
    supervision.conclusion, supervision.closed_at, supervision.closed_by = conclusion, now, actor.person_id
    note(letter, "supervision_ended", actor=actor, now=now, reason=conclusion)
    evidence.record("supervision.closed", subject=supervision, actor=actor, now=now, facts={"letter": letter.number})
    db.session.flush()
    _tell_unit(letter, supervision, "supervision_closed", now=now)
    return supervision


def end_for(letter: Letter, department_id: int, *, actor: Actor, now: datetime) -> None:
    """The letter turned out to be about the unit that was to explain: the open supervision ends, since
    the unit may not see it any more. Whoever has the letter now gets one of its own when it stays late."""
    supervision = queries.open_one(letter.id)
    if supervision is None or supervision.department_id != department_id:
        return
    supervision.conclusion, supervision.closed_at, supervision.closed_by = SILENCED, now, actor.person_id
    note(letter, "supervision_ended", actor=actor, now=now, reason=SILENCED)
    evidence.record("supervision.closed", subject=supervision, actor=actor, now=now, facts={"letter": letter.number})
    db.session.flush()


def link_to(supervision: Supervision) -> str:
    return f"/supervision/{supervision.id}"


def _of_office(department_id: int | None) -> bool:
    return department_id == accounts.government_office().id


def _tell_unit(letter: Letter, supervision: Supervision, verb: str, *, now: datetime, **facts: object) -> None:
    role = Role.OFFICE if _of_office(supervision.department_id) else None
    telling.unit(
        letter, verb, supervision.department_id, now=now, link=link_to(supervision), role=role,
        once=f"{verb}:{supervision.id}", **facts,
    )  # fmt: skip
