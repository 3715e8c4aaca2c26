"""A small district with something in every resource: a catalogue with an adjustment, a consultation that
is open and one that was answered, letters public and not, duties of each sort, a signed head."""

from datetime import date

from participation import clock
from participation.consultations import service as consultations
from participation.consultations.models import Comment
from participation.decisions import service as decisions
from participation.decisions.models import Decision
from participation.decisions.service.fields import ItemFields
from participation.evidence.sealing import seal
from participation.extensions import db
from tests import district
from tests.consultations.periods import answered, at, closed, commented, opened
from tests.decisions import district as whole_way
from tests.mailbox import letters


def lived_in(world) -> district.District:
    """As at `district.NOW`; committed."""
    place = district.settle(world)
    _adjusted(world, place)
    _answered(world)
    _decided(world)
    with clock.played(at("2026-11-20T09:00")):
        letters.received(clock.now(), text="举报", about_department_id=world.department["town"])
    with clock.played(at(district.NOW)):
        seal(clock.now(), everything=True)
        db.session.commit()
    return place


def _adjusted(world, place) -> None:
    now = at("2026-07-01T10:00")
    with clock.played(now):
        item = db.session.get(Decision, place.decision)
        fields = ItemFields(
            title=item.title, summary="规范夜间停车和收费。", category="regulation",
            lead_department_id=item.lead_department_id,
        )  # fmt: skip
        decisions.adjust_item(
            item, fields=fields, reason="补充收费", approved_on=date(2026, 6, 28), actor=world.actor("office"), now=now
        )
        db.session.commit()


def _answered(world) -> None:
    """Open from 28 September to 30 October, feedback published on 10 November."""
    consultation = opened(
        world, now="2026-09-28T09:00", ends_on=date(2026, 10, 30), promised_feedback_on=date(2026, 11, 20),
        title="燃气管道改造方案（征求意见稿）",
    )  # fmt: skip
    first, second, third = (commented(consultation, now="2026-10-12T10:00") for _ in range(3))
    db.session.commit()
    consultations.withdraw_comment(third, consultation, actor=world.actor("officer"), now=at("2026-10-20T10:00"))
    closed(consultation, now="2026-10-31T00:00:30")
    answered(world, consultation, [first], "adopted")
    answered(world, consultation, [second], "not_adopted", title="不要电梯")
    now = at("2026-11-10T10:00")
    consultations.submit_feedback(consultation, actor=world.actor("officer"), now=now)
    consultations.publish_feedback(consultation, actor=world.actor("head"), now=now)
    db.session.commit()


def _decided(world) -> Decision:
    """The whole way of a decision of the year before, with a hearing, its papers and every sort of record."""
    found = whole_way.catalogue(world, year=2025)
    item = whole_way.item(world, found, "校车线路优化方案", category="plan", hearing="applicable")
    whole_way.publish(world, found)
    whole_way.go_to(world, item, "evaluated")
    return item


def comments() -> list[Comment]:
    return list(db.session.query(Comment))
