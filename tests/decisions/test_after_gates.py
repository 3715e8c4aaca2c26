"""Each gate after the meeting, tried at the service as if no button had stopped it: refused, with its article.

The table must name an attempt for every gate of these acts: a new gate without one fails here.
"""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text

from participation.decisions import gates, service
from participation.decisions.models import Decision
from participation.decisions.models.evaluation import DecisionEvaluation
from participation.decisions.service import papers
from participation.decisions.service.recording import enter
from participation.errors import Refused
from participation.extensions import db
from tests.decisions import aftermath
from tests.decisions.district import at, go_to, published_item
from tests.world import World

ACTS = ("published", "executing", "evaluated", "close")
NOW = "2027-05-03T09:00"


def made(world: World, last: str = "deliberation") -> Decision:
    decision = published_item(world)
    go_to(world, decision, last)
    return decision


def text_of(world: World, decision: Decision, **values: object):
    paper = papers.enter(
        decision, **({
            "role": "decision_text", "form": "text", "title": aftermath.TITLE, "attribute": "public",
            "text": aftermath.DECISION_TEXT,
        } | values), actor=world.actor("officer"), now=at("2026-09-29T09:00"),
    )  # fmt: skip
    db.session.commit()
    return paper


def publish(world: World, decision: Decision) -> None:
    aftermath.publish_text(world, decision, now=NOW)


def unmet(world: World) -> None:
    decision = made(world)
    aftermath.prepare(world, decision)
    aftermath.sign(world, decision)
    # The service refuses to record it so; as if it stood in the database.
    db.session.execute(text("UPDATE decision_meeting SET outcome = 'deferred', onward = 'again'"))
    db.session.commit()
    db.session.expire_all()
    publish(world, decision)


def undecided(world: World) -> None:
    decision = made(world, "legality")
    publish(world, decision)


def no_text(world: World) -> None:
    publish(world, made(world))


def no_attribute(world: World) -> None:
    decision = made(world)
    text_of(world, decision, attribute="on_request", ground="内部使用")
    # The form refuses a ground without a word; as if it stood in the database.
    db.session.execute(text("UPDATE decision_paper SET ground = ' ', ground_kind = '' WHERE role = 'decision_text'"))
    db.session.commit()
    db.session.expire_all()
    publish(world, decision)


def no_review(world: World) -> None:
    decision = made(world)
    text_of(world, decision)
    publish(world, decision)


def one_review(world: World) -> None:
    from participation.decisions.service import paper_checks

    decision = made(world)
    paper = text_of(world, decision)
    paper_checks.pass_secrecy(paper, actor=world.actor("head"), now=at("2026-09-29T10:00"))
    db.session.commit()
    publish(world, decision)


def no_interpretation(world: World) -> None:
    decision = made(world)
    aftermath.check(world, text_of(world, decision), now="2026-09-29T10:00")
    publish(world, decision)


def step(name: str, prepared: Callable[[World, Decision], None]) -> Callable[[World], None]:
    def attempt(world: World) -> None:
        decision = made(world)
        prepared(world, decision)
        service.record_step(decision, step=name, on=date(2027, 5, 1), actor=world.actor("officer"), now=at(NOW))

    return attempt


def nothing(_world: World, _decision: Decision) -> None:
    return None


def executing(world: World, decision: Decision) -> None:
    aftermath.publish_all(world, decision)
    aftermath.begin(world, decision)


def barred(world: World, decision: Decision) -> None:
    """An evaluation that stands in the database though its assessor had a part before."""
    executing(world, decision)
    aftermath.begin_evaluation(world, decision)
    row = DecisionEvaluation(
        cause="comments", reason="理由", assessor_kind="institution", assessor="淄博明察社会调查中心", method="问卷",
        begun_on=date(2027, 3, 2),
    )  # fmt: skip
    enter(row, decision=decision, verb="decision.evaluation_begun", actor=world.actor("officer"), now=at(NOW))
    db.session.commit()


def begun(world: World, decision: Decision) -> None:
    executing(world, decision)
    aftermath.begin_evaluation(world, decision)


def close(filed: bool) -> Callable[[World], None]:
    def attempt(world: World) -> None:
        decision = made(world)
        executing(world, decision)
        if filed:
            aftermath.file(world, decision, now="2026-10-21T09:00")
        else:
            aftermath.finish(world, decision)
        service.close(decision, actor=world.actor("office"), now=at(NOW))

    return attempt


ATTEMPTS: dict[str, Callable[[World], None]] = {
    "published.after.deliberation": undecided,
    "published.approved": unmet,
    "published.text": no_text,
    "published.attribute": no_attribute,
    "published.secrecy": no_review,
    "published.personal": one_review,
    "published.interpretation": no_interpretation,
    "executing.after.published": step("executing", nothing),
    "executing.unit": step("executing", aftermath.publish_all),
    "executing.outcome": step("executing", executing),
    "evaluated.after.executing": step("evaluated", aftermath.publish_all),
    "evaluated.assessor": step("evaluated", barred),
    "evaluated.findings": step("evaluated", begun),
    "close.dossier": close(filed=False),
    "close.executing": close(filed=True),
}


def test_every_gate_after_the_meeting_is_tried():
    assert set(ATTEMPTS) == {gate.key for gate in gates.GATES if gate.act in ACTS and gate.blocks}


@pytest.mark.parametrize("key", sorted(ATTEMPTS))
def test_no_gate_can_be_skipped_at_the_service(world, key):
    gate = next(gate for gate in gates.GATES if gate.key == key)
    with pytest.raises(Refused) as found:
        ATTEMPTS[key](world)
    assert (found.value.message, found.value.basis) == (gate.message, gate.article)
    assert found.value.code == "wrong_time"
