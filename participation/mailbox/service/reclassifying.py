"""A letter that is also a petition or a request for government information: the law's clock runs
beside the five workdays, and each is met by its own act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from participation import clock
from participation.access import Actor, Capability
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.duties.models import Duty
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.models import LegalOutcome, Letter
from participation.mailbox.service import telling
from participation.mailbox.service.facts import facts_of, note, step
from participation.mailbox.service.following import answer_holder


@dataclass(frozen=True)
class LegalClock:
    """One duty of a class. Natural days count from the day after the beginning (民法典 art. 201)."""

    duty: str
    from_receipt: bool
    natural_days: int | None = None


CLASSES: Mapping[str, tuple[LegalClock, ...]] = {
    # art. 23: within 15 days of receipt; art. 34: within 60 days of acceptance, which cannot come
    # before the day on which the letter is entered as a petition.
    "petition": (LegalClock("petition_notice", True, 15), LegalClock("petition_handling", False, 60)),
    # 政府信息公开条例 art. 31: online, from the day on which both sides confirm.
    "disclosure": (LegalClock("disclosure_reply", False),),
}
LABELS: dict[str, str] = {"petition": N_("Petition (信访)"), "disclosure": N_("Request for government information")}
# Notices are Chinese for everybody; see notices/render.py.
_WORDS = {"petition": "信访事项", "disclosure": "政府信息公开申请"}


def reclassify(letter: Letter, *, into: str, basis: str, actor: Actor, now: datetime) -> list[Duty]:
    """Adds the legal duties of the class. The five workdays and their answer stay; the writer is
    told what is new and what is not. Raises Refused without a basis."""
    if into not in CLASSES:
        raise Refused("invalid", N_("Choose what the letter is as well"), field="into")
    if not basis:
        raise Refused("invalid", N_("Write what in the letter makes it one; the writer reads it"), field="basis")
    step("reclassify", letter, facts=facts_of(letter, now=now), actor=actor)
    letter.reclassified_as, letter.reclassified_at, letter.reclassified_basis = into, now, basis
    opened = [_open(letter, one, actor, now) for one in CLASSES[into]]
    note(letter, "reclassified", actor=actor, now=now, reason=basis)
    evidence.record(
        "letter.reclassified", subject=letter, actor=actor, now=now, facts={"number": letter.number, "as": into}
    )
    telling.writer(
        letter,
        "letter_reclassified",
        now=now,
        what=_WORDS[into],
        legal_due_on=opened[0].due_on,
        due_on=_answer_due(letter),
    )
    db.session.flush()
    return opened


def legal_duties(letter: Letter) -> list[Duty]:
    """The legal duties of this letter, met or not, in the order of their dates."""
    kinds = {one.duty for clocks in CLASSES.values() for one in clocks}
    return [duty for duty in duty_queries.duties_of("letter", letter.id) if duty.kind in kinds]


def settle_refusal(letter: Letter, duty: Duty | None, actor: Actor) -> Refused | None:
    """Why `actor` may not record the outcome of this duty, or None. The unit that has it does, or
    the office while the letter is there."""
    if letter.about_department_id is not None and letter.about_department_id in actor.department_ids:
        return Refused("not_found", N_("There is no such letter"))
    if duty is None or duty.subject_id != letter.id:
        return Refused("not_found", N_("There is no such letter"))
    own = actor.can(Capability.ANSWER, duty.department_id) or actor.can(Capability.DISPATCH, duty.department_id)
    if not own:
        return Refused("forbidden", N_("This letter is not with your unit"))
    if not duty.is_open:
        return Refused("wrong_time", N_("The outcome is recorded already; it stays as it is"), duty.article)
    return None


def settle(
    letter: Letter, duty: Duty | None, *, outcome: str, document_number: str, actor: Actor, now: datetime
) -> LegalOutcome:
    """Records how the legal duty was met: what was decided and the document. It says nothing about
    the five workdays."""
    refused = settle_refusal(letter, duty, actor)
    if refused is not None or duty is None:
        raise refused or Refused("not_found", N_("There is no such letter"))
    if not outcome:
        raise Refused("invalid", N_("Write what was decided and told"), field="outcome")
    done = LegalOutcome(
        letter_id=letter.id,
        duty_id=duty.id,
        kind=duty.kind,
        outcome=outcome,
        document_number=document_number,
        settled_at=now,
        settled_by=actor.person_id,
    )
    db.session.add(done)
    db.session.flush()
    duties.meet(duty, actor=actor, now=now)
    note(
        letter, "settled", actor=actor, now=now, from_department_id=duty.department_id, reason=outcome,
        basis=document_number,
    )  # fmt: skip
    evidence.record("letter.settled", subject=done, actor=actor, now=now, facts={"letter": letter.id})
    db.session.flush()
    return done


def _open(letter: Letter, one: LegalClock, actor: Actor, now: datetime) -> Duty:
    started_at = letter.received_at if one.from_receipt else now
    due_on: date | None = None
    if one.natural_days is not None:
        due_on = clock.local_date(started_at) + timedelta(days=one.natural_days)
    return duties.open_duty(
        one.duty,
        subject_kind="letter",
        subject_id=letter.id,
        department_id=answer_holder(letter),
        started_at=started_at,
        due_on=due_on,
        restricted_from=letter.about_department_id,
        round=letter.round,
        actor=actor,
        now=now,
    )


def _answer_due(letter: Letter) -> date:
    duty = duty_queries.duty_for("letter", letter.id, "letter_answer")
    assert duty is not None
    return duty.due_on
