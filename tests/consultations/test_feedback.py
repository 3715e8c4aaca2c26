"""Received = adopted + partly + not adopted + outside + withdrawn, whatever happens in between."""

import csv
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from participation.consultations import service
from participation.consultations.queries import counts, latest_adopted, points
from participation.consultations.rules.outcomes import OUTCOMES, derived
from participation.duties import queries as duties
from participation.errors import Refused
from participation.extensions import db
from participation.notices.models import Notice
from participation.web.secrets import digest_secret
from tests.consultations.periods import SECRET, answered, at, clause_ids, closed, commented, opened

NOW = at("2026-12-10T10:00")
TABLE = Path(__file__).parents[1] / "journeys" / "adoption-jinzhai-2022.csv"


def numbers(consultation) -> tuple[int, ...]:
    found = counts.tally(consultation.id)
    return (found.received, *(count for _key, count in found.terms))


@pytest.mark.parametrize(
    ("outcomes", "own"),
    [
        ([], None),
        ([None], None),
        (["adopted"], "adopted"),
        (["adopted", None], None),
        (["not_adopted", "not_adopted"], "not_adopted"),
        (["adopted", "not_adopted"], "partly"),
        (["outside", "adopted"], "partly"),
    ],
)
def test_a_comment_s_outcome_is_derived_from_its_points(outcomes, own):
    assert derived(outcomes) == own


@given(st.lists(st.sampled_from([None, *OUTCOMES])))
def test_the_derived_outcome_is_always_known_or_open(outcomes):
    assert derived(outcomes) in {None, *OUTCOMES}


def publish(world, consultation) -> None:
    service.submit_feedback(consultation, actor=world.actor("officer"), now=NOW)
    service.publish_feedback(consultation, actor=world.actor("head"), now=NOW)
    db.session.commit()


def test_feedback_waits_for_the_last_comment_and_says_how_many_are_missing(world):
    consultation = opened(world)
    first, _second, _third = (commented(consultation) for _ in range(3))
    closed(consultation)
    answered(world, consultation, [first], "adopted")
    with pytest.raises(Refused, match="2 comments have no outcome") as refused:
        service.submit_feedback(consultation, actor=world.actor("officer"), now=NOW)
    assert (refused.value.code, refused.value.basis) == ("wrong_time", "国务院令第713号 第十八条")


def test_feedback_never_comes_before_the_end_of_the_period(world):
    consultation = opened(world)
    with pytest.raises(Refused) as refused:
        service.submit_feedback(consultation, actor=world.actor("officer"), now=NOW)
    assert refused.value.code == "wrong_time"


def test_published_feedback_meets_its_duty_and_tells_every_commenter(world):
    consultation = opened(world)
    first, second, third = (commented(consultation) for _ in range(3))
    service.withdraw_comment(third, consultation, actor=world.actor("officer"), now=at("2026-11-20T10:00"))
    closed(consultation)
    answered(world, consultation, [first], "adopted")
    answered(world, consultation, [second], "not_adopted", title="补助要提高")
    publish(world, consultation)
    assert numbers(consultation) == (3, 1, 0, 1, 0, 1)
    assert duties.duty_for("consultation", consultation.id, "feedback").met_late is False
    told = select(func.count()).select_from(Notice).where(Notice.verb == "feedback_published")
    assert db.session.scalar(told) == 2
    with pytest.raises(Refused):
        service.withdraw_comment(first, consultation, actor=world.actor("officer"), now=NOW)


def test_the_message_carries_the_reason_shortened(world):
    consultation = opened(world)
    first, second, both = (commented(consultation) for _ in range(3))
    closed(consultation)
    answered(world, consultation, [first, both], "adopted")
    point = answered(
        world, consultation, [second, both], "not_adopted", title="补助要提高", reason="区财政每年安排。\n" + "长" * 90
    )
    point.special = "补助另行规定。"
    publish(world, consultation)
    told = {row.subject_id: row.body for row in db.session.query(Notice).filter_by(verb="feedback_published")}
    assert "：采纳。理由：已写进第二条。全文请在网站查看。" in told[first.id]
    assert "理由：区财政每年安排。 长长" in told[second.id]
    assert "长…全文请在网站查看。" in told[second.id]
    assert "：部分采纳。理由：已写进第二条；区财政" in told[both.id]
    assert max(map(len, told.values())) < 150


def test_no_comment_still_gives_a_published_statement(world):
    consultation = opened(world)
    closed(consultation)
    publish(world, consultation)
    assert (consultation.stage, numbers(consultation)) == ("answered", (0, 0, 0, 0, 0, 0))


def test_an_answer_changed_after_submission_takes_the_feedback_back(world):
    consultation = opened(world)
    comment = commented(consultation)
    closed(consultation)
    point = answered(world, consultation, [comment], "adopted")
    service.submit_feedback(consultation, actor=world.actor("officer"), now=NOW)
    service.take_out(consultation, point, [comment.id], actor=world.actor("officer"), now=NOW)
    assert consultation.feedback_submitted_at is None


@pytest.mark.parametrize("outcome", ["partly", "not_adopted", "outside"])
def test_every_outcome_but_adopted_needs_its_reason(world, outcome):
    consultation = opened(world)
    point = service.create_point(consultation, title="观点", actor=world.actor("officer"), now=NOW)
    with pytest.raises(Refused) as refused:
        service.answer_point(
            consultation,
            point,
            outcome=outcome,
            reason=" ",
            clause_id=clause_ids(consultation)[0],
            change="",
            actor=world.actor("officer"),
            now=NOW,
        )
    assert refused.value.field == "reason"


def test_an_adopted_point_names_what_changed(world):
    consultation = opened(world)
    point = service.create_point(consultation, title="观点", actor=world.actor("officer"), now=NOW)
    with pytest.raises(Refused) as refused:
        service.answer_point(
            consultation,
            point,
            outcome="adopted",
            reason="",
            clause_id=None,
            change="",
            actor=world.actor("officer"),
            now=NOW,
        )
    assert refused.value.field == "clause"


def test_the_home_page_gets_a_comment_that_changed_a_clause(world):
    consultation = opened(world)
    comment = commented(consultation, consent_public=True)
    closed(consultation)
    answered(world, consultation, [comment], "adopted")
    assert latest_adopted() is None
    service.show(consultation, [comment.id], actor=world.actor("officer"), now=NOW)
    publish(world, consultation)
    found = latest_adopted()
    assert (found.name, found.clause, found.change) == ("朱大明", "第二条", "一楼业主不分担建设、运行费用。")


def test_the_real_table_of_jinzhai_2022_gives_its_counts(world):
    consultation = opened(world)
    officer = world.actor("officer")
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for place, row in enumerate(rows):
        comment = service.enter(
            consultation,
            channel="seminar",
            received_on=date(2026, 11, 10),
            text=row["意见内容"],
            author_name=row["反馈人"],
            submission_digest=f"jinzhai{place}",
            secret_digest=digest_secret(SECRET),
            actor=officer,
            now=NOW,
        )
        point = service.create_point(consultation, title=row["意见内容"][:60], actor=officer, now=NOW)
        service.assign(consultation, point, [comment.id], actor=officer, now=NOW)
        adopted = row["是否采纳"] == "是"
        service.answer_point(
            consultation,
            point,
            outcome="adopted" if adopted else "not_adopted",
            reason=row["采纳理由"],
            clause_id=None,
            change="设计方案" if adopted else "",
            actor=officer,
            now=NOW,
        )
    closed(consultation, now="2026-12-10T09:00")
    publish(world, consultation)
    # "共征集意见3条，采纳2条，未采纳1条"
    assert numbers(consultation) == (3, 2, 0, 1, 0, 0)


@pytest.mark.parametrize("seed", range(6))
def test_the_equation_holds_after_any_sequence(world, seed):
    dice, consultation = random.Random(seed), opened(world)
    officer, comments, made = world.actor("officer"), [], []
    for _ in range(40):
        act = dice.choice(
            ["receive", "receive", "hide", "withdraw", "create", "assign", "assign", "take", "answer", "merge", "move"]
        )
        try:
            if act == "receive":
                comments.append(commented(consultation, consent_public=dice.random() < 0.5))
            elif act == "create":
                made.append(service.create_point(consultation, title="观点", actor=officer, now=NOW))
            elif comments and act == "hide":
                ground = dice.choice(["insult", "personal_data"])
                hiding = service.propose_hiding(
                    consultation, dice.choice(comments), ground=ground, actor=officer, now=NOW
                )
                if dice.random() < 0.7:
                    service.decide_hiding(
                        consultation, hiding, confirmed=dice.random() < 0.5, actor=world.actor("head"), now=NOW
                    )
            elif comments and act == "withdraw":
                service.withdraw_comment(dice.choice(comments), consultation, actor=officer, now=NOW)
            elif made and comments and act in ("assign", "take"):
                chosen = [comment.id for comment in dice.sample(comments, dice.randint(1, len(comments)))]
                verb = service.assign if act == "assign" else service.take_out
                verb(consultation, dice.choice(made), chosen, actor=officer, now=NOW)
            elif len(made) > 1 and act in ("merge", "move"):
                one, other = dice.sample(made, 2)
                if act == "merge":
                    service.merge_points(consultation, one, into=other, actor=officer, now=NOW)
                    made.remove(one)
                else:
                    ids = [comment.id for comment in comments[::2]]
                    service.move(consultation, one, ids or [0], to=other, actor=officer, now=NOW)
            elif made and act == "answer":
                answer = {"outcome": dice.choice(list(OUTCOMES)), "reason": "有事实有依据。", "change": "见附件"}
                service.answer_point(consultation, dice.choice(made), clause_id=None, actor=officer, now=NOW, **answer)
        except Refused as refused:
            if refused.code != "conflict" and act != "move":
                raise
        db.session.commit()
        found = counts.tally(consultation.id)
        assert found.received == len(comments) == found.answered + found.withdrawn + found.open
        own = points.outcomes_of(consultation.id)
        live = [own.get(comment.id) for comment in comments if comment.withdrawn_at is None]
        assert {key: live.count(key) for key in OUTCOMES} == {key: n for key, n in found.terms if key != "withdrawn"}
        assert sum(one.received for _label, one in counts.by_clause(consultation.id)) == found.received
    closed(consultation)
    if found.open:
        with pytest.raises(Refused):
            service.submit_feedback(consultation, actor=officer, now=NOW)
