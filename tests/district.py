"""A little life in the small district, by the services: a catalogue, an open consultation with a
comment, a published letter, and beside each something that is not public."""

from dataclasses import dataclass
from datetime import date, datetime

from participation import clock
from participation.access import ANYONE
from participation.consultations import service as consultations
from participation.consultations.rules.comments import ContactAddress
from participation.decisions import service as decisions
from participation.decisions.service.fields import ItemFields
from participation.extensions import db
from participation.mailbox import service as mailbox
from participation.web.secrets import digest_secret
from tests.decisions.district import play
from tests.mailbox import letters
from tests.world import World

NOW = "2026-11-23T09:00"
HIDDEN = "绝不公开"  # stands in everything that nobody may find
DRAFT = (
    "第一条 为了规范机动车停放，制定本办法。\n第二条 夜间停车时段为晚七时至次日早七时。\n"
    "第三条 本办法自公布之日起施行。"
)


@dataclass(frozen=True)
class District:
    """Ids of what there is. `hidden_*` is not public."""

    consultation: int
    hidden_consultation: int
    comment: int
    decision: int
    hidden_decision: int
    letter: int
    hidden_letter: int
    letter_number: str


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=clock.SHANGHAI)


def settle(world: World) -> District:
    decision, hidden_decision = _catalogue(world)
    consultation, hidden_consultation = _consultations(world, decision)
    comment = _comment(consultation)
    letter, number, hidden_letter = _letters(world)
    return District(
        consultation, hidden_consultation, comment, decision, hidden_decision, letter, hidden_letter, number
    )


def _catalogue(world: World) -> tuple[int, int]:
    now, office = at("2026-06-01T10:00"), world.actor("office")
    with clock.played(now):
        catalogue = decisions.begin_year(year=2026, criteria="与群众利益密切相关的事项", actor=office, now=now)
        fields = ItemFields(
            title="机动车停车管理办法", summary="规范夜间停车。", category="regulation",
            lead_department_id=world.department["housing"], note=HIDDEN,
        )  # fmt: skip
        item = decisions.add_item(catalogue, fields=fields, actor=office, now=now)
        batch = item.batch
        decisions.record_approvals(
            batch, government_approved_on=date(2026, 5, 20), party_agreed_on=date(2026, 5, 27), actor=office, now=now
        )
        decisions.publish_batch(batch, actor=office, now=now)
        later = ItemFields(title=f"{HIDDEN}的停车事项", category="plan", lead_department_id=world.department["housing"])
        hidden = decisions.add_item(catalogue, fields=later, actor=office, now=now)
        db.session.commit()
    with clock.played(at("2026-07-21T09:00")):
        play(world, item, until="drafting", now=at("2026-07-21T09:00"))
    return item.id, hidden.id


def _consultations(world: World, decision_id: int) -> tuple[int, int]:
    now, officer = at("2026-11-02T10:00"), world.actor("officer")
    plan = consultations.Plan(
        title="机动车停车管理办法（征求意见稿）", decision_id=decision_id, why="夜里没有地方停车。",
        explanation="主要规定夜间停车时段和收费。", contact_person="李明", contact_phone="0533-0000000",
        contact_address="丝绸路 1 号", contact_email="tingche@example.invalid", contact_visit="工作日 8:30 至 17:30",
        ends_on=date(2026, 12, 4), promised_feedback_on=date(2026, 12, 25),
    )  # fmt: skip
    with clock.played(now):
        shown = consultations.draft(plan, text=DRAFT, department_id=world.department["housing"], actor=officer, now=now)
        consultations.submit(shown, actor=officer, now=now)
        consultations.publish(shown, actor=world.actor("head"), now=now)
        db.session.commit()
        hidden = consultations.draft(
            consultations.Plan(title=f"{HIDDEN}的停车草案"), text=HIDDEN, department_id=world.department["housing"],
            actor=officer, now=now,
        )  # fmt: skip
        db.session.commit()
    return shown.id, hidden.id


def _comment(consultation_id: int) -> int:
    with clock.played(at("2026-11-10T20:00")):
        comment = consultations.receive(
            consultation_id, text=f"晚七时太早，{HIDDEN}。", author_name="王芳",
            contact=ContactAddress("sms", "13900001234"),
            submission_digest="c" * 64, secret_digest=digest_secret(letters.SECRET), actor=ANYONE, consent_public=True,
        )  # fmt: skip
        db.session.commit()
        return comment.id


def _letters(world: World) -> tuple[int, str, int]:
    written = at("2026-11-16T09:00")
    with clock.played(written):
        letter = letters.received(written, text=f"路灯不亮，{HIDDEN}。")
        letter_id, number = letter.id, letter.number
        hidden = letters.received(written, title=f"{HIDDEN}的路灯", about_department_id=world.department["housing"])
        hidden_id = hidden.id
        mailbox.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=written)
        db.session.commit()
    answered = at("2026-11-18T15:00")
    with clock.played(answered):
        mailbox.submit(
            letter, text="六盏路灯已经修好。", contact="市政科 0533-0000000", version=None,
            actor=world.actor("officer"), now=answered,
        )  # fmt: skip
        mailbox.approve(letter, actor=world.actor("head"), now=answered)
        mailbox.publish(
            letter, title="院门口的路灯夜里不亮",
            text="院门口的路灯夜里不亮，停车也不方便。", answer="六盏路灯已经修好。",
            actor=world.actor("officer"), now=answered,
        )  # fmt: skip
        db.session.commit()
    return letter_id, number, hidden_id


__all__ = ["HIDDEN", "NOW", "District", "at", "settle"]
