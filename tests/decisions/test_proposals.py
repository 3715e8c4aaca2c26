"""A proposal at the service: its number, its date, its study, what becomes of it."""

from datetime import date

import pytest

from participation.access import ANYONE
from participation.consultations.rules.comments import ContactAddress
from participation.decisions import queries
from participation.decisions.models import Proposal
from participation.decisions.queries import proposals as found
from participation.decisions.service import proposing, studying
from participation.decisions.service.proposing import Said
from participation.duties import queries as duties
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.notices.models import Notice
from tests.decisions.district import at, item, publish
from tests.decisions.proposed import SAID, called, keys, received, studied, taken


def notices(verb: str) -> list[str]:
    return [row.body for row in db.session.query(Notice).filter_by(verb=verb).order_by(Notice.id)]


def test_a_proposal_gets_the_next_number_of_the_call_s_year_and_the_promised_day(world):
    called(world)
    first, second = received(world), received(world)
    assert [(row.number, row.year, row.stage) for row in (first, second)] == [
        ("ZC-JY-2026-0001", 2026, "received"),
        ("ZC-JY-2026-0002", 2026, "received"),
    ]
    duty = duties.duty_for("proposal", first.id, "proposal_outcome")
    assert (duty.due_on, duty.basis, duty.department_id) == (date(2026, 6, 15), "promise", world.department["office"])
    assert [entry.verb for entry in evidence.entries_of("proposal", first.id)] == ["proposal.received"]
    assert notices("proposal_received")[0] == (
        "【周村区】您的 ZC-JY-2026-0001 号目录建议已收到，6月15日前告诉您结果。"
        "想看办到哪一步，在公众参与平台“重大决策”里点“查我的建议”，凭编号和查询码查看。"
    )


def test_without_a_call_it_is_studied_all_the_same_and_answered_within_thirty_workdays(world):
    proposal = received(world, now="2026-07-06T09:00")
    duty = duties.duty_for("proposal", proposal.id, "proposal_outcome")
    assert (proposal.number, duty.workdays, duty.due_on) == ("ZC-JY-2026-0001", 30, date(2026, 8, 17))


def test_a_department_says_problem_reason_basis_and_plan(world):
    officer = world.actor("officer")
    for name, words in (("reason", "Write the reason"), ("basis", "Name the basis"), ("plan", "Write the first plan")):
        given = {"reason": "涉及全区。", "basis": "《山东省供热条例》", "plan": "三年完成。"} | {name: " "}
        with pytest.raises(Refused, match=words) as refused:
            proposing.propose(
                Said("供热改造", "管网老化。", **given),
                department_id=world.department["housing"],
                keys=keys(),
                actor=officer,
                now=at("2026-03-20T09:00"),
            )
        assert (refused.value.code, refused.value.field, refused.value.basis) == (
            "invalid",
            name,
            "国务院令第713号 第十条",
        )
    made = proposing.propose(
        Said("供热改造", "管网老化。", "涉及全区。", "《山东省供热条例》", "三年完成。"),
        department_id=world.department["housing"],
        keys=keys(),
        actor=officer,
        now=at("2026-03-20T09:00"),
    )
    assert (made.origin, made.channel, made.entered_by) == ("department", "desk", world.person["officer"])
    assert duties.duty_for("proposal", made.id, "proposal_outcome") is None


def test_a_department_proposes_only_for_itself(world):
    with pytest.raises(Refused) as refused:
        proposing.propose(
            Said("甲", "乙", "丙", "丁", "戊"),
            department_id=world.department["utilities"],
            keys=keys(),
            actor=world.actor("officer"),
            now=at("2026-03-20T09:00"),
        )
    assert refused.value.code == "forbidden"


def entered(world, **changes):
    values = {
        "origin": "deputy",
        "author_name": "王代表",
        "contact": None,
        "shown": "title",
        "paper_on": date(2026, 2, 10),
        "received_on": date(2026, 3, 2),
        "keys": keys(),
        "actor": world.actor("office"),
        "now": at("2026-03-20T09:00"),
    }
    return proposing.enter(SAID, **(values | changes))


def test_a_deputy_s_paper_is_entered_with_its_day_and_counts_from_the_day_it_came_in(world):
    made = entered(world)
    duty = duties.duty_for("proposal", made.id, "proposal_outcome")
    assert (made.paper_on, made.received_on, duty.started_on, duty.due_on) == (
        date(2026, 2, 10),
        date(2026, 3, 2),
        date(2026, 3, 2),
        date(2026, 4, 14),
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"paper_on": date(2026, 3, 21)}, "paper_on"),
        ({"received_on": date(2026, 3, 21)}, "received_on"),
        ({"received_on": date(2026, 2, 9)}, "received_on"),
        ({"author_name": " "}, "name"),
        ({"origin": "department"}, "origin"),
        ({"shown": "all"}, "shown"),
    ],
)
def test_a_paper_with_impossible_days_is_refused_at_its_field(world, changes, field):
    with pytest.raises(Refused) as refused:
        entered(world, **changes)
    assert (refused.value.code, refused.value.field) == ("invalid", field)


def test_nothing_is_decided_before_the_study(world):
    call = called(world)
    proposal = received(world)
    decide = {"decided_on": date(2026, 5, 8), "actor": world.actor("office"), "now": at("2026-05-09T09:00")}
    with pytest.raises(Refused) as refused:
        studying.decline(proposal, reason="不属于目录范围。", article="第三条", **decide)
    assert (refused.value.code, str(refused.value)) == (
        "wrong_time",
        "Hand the proposal to study first. (国务院令第713号 第十条)",
    )
    studying.begin_study(
        proposal,
        department_id=world.department["housing"],
        actor=world.actor("office"),
        now=at("2026-04-20T09:00"),
    )
    with pytest.raises(Refused) as refused:
        studying.merge(proposal, item=item(world, call.catalogue), **decide)
    assert str(refused.value) == (
        "Record who studied the proposal and what the study came to first. (国务院令第713号 第十条)"
    )


def test_only_the_office_decides(world):
    called(world)
    proposal = studied(world, received(world))
    for login in ("officer", "head", "auditor", "administrator"):
        with pytest.raises(Refused) as refused:
            studying.decline(
                proposal,
                reason="甲",
                article="乙",
                decided_on=date(2026, 5, 8),
                actor=world.actor(login),
                now=at("2026-05-09T09:00"),
            )
        assert refused.value.code == "forbidden"


def test_a_taken_proposal_becomes_an_item_that_knows_where_it_came_from(world):
    call = called(world)
    proposal = studied(world, received(world))
    made = taken(world, proposal, call.catalogue)
    assert (proposal.stage, proposal.outcome.decision_id, made.title) == ("taken", made.id, "学校周边停车管理办法")
    lines = found.origin_of(made.id)
    assert [(line.number, line.origin, line.title, line.name, line.merged) for line in lines] == [
        ("ZC-JY-2026-0001", "A citizen", "", "", False)
    ]
    show(world, proposal)
    line = found.origin_of(made.id)[0]
    assert (line.title, line.name) == ("学校周边停车怎么管", "张**")
    duty = duties.duty_for("proposal", proposal.id, "proposal_outcome")
    assert (duty.met_at, duty.met_late) == (at("2026-05-09T09:00"), False)
    assert notices("proposal_decided") == [
        "【周村区】您的 ZC-JY-2026-0001 号目录建议：列为目录事项“学校周边停车管理办法”。"
        "全文在公众参与平台“查我的建议”里看。感谢您的建议。"
    ]


def show(world, proposal, **changes):
    values = {"title": proposal.title, "text": ""} | changes
    studying.show(proposal, actor=world.actor("office"), now=at("2026-05-10T09:00"), **values)
    db.session.commit()


def test_two_proposals_can_go_into_one_item(world):
    call = called(world)
    made = taken(world, studied(world, received(world)), call.catalogue)
    second = studied(world, received(world))
    studying.merge(
        second, item=made, decided_on=date(2026, 5, 8), actor=world.actor("office"), now=at("2026-05-09T09:00")
    )
    assert [line.merged for line in found.origin_of(made.id)] == [False, True]


def test_not_taken_needs_reason_and_article(world):
    called(world)
    proposal = studied(world, received(world))
    shared = {"decided_on": date(2026, 5, 8), "actor": world.actor("office"), "now": at("2026-05-09T09:00")}
    for given, field in (
        ({"reason": "", "article": "第三条"}, "reason"),
        ({"reason": "属于内部事务。", "article": " "}, "article"),
        ({"reason": "请打 13800001234 询问。", "article": "第三条"}, "reason"),
    ):
        with pytest.raises(Refused) as refused:
            studying.decline(proposal, **given, **shared)
        assert (refused.value.code, refused.value.field) == ("invalid", field)
    studying.decline(proposal, reason="属于政府内部事务。", article="国务院令第713号 第三条", **shared)
    assert (proposal.stage, proposal.outcome.reason, found.counts(2026).stages) == (
        "not_taken",
        "属于政府内部事务。",
        {"not_taken": 1},
    )


def test_an_outcome_is_taken_back_with_a_reason_and_stays_to_be_read(world):
    call = called(world)
    proposal = studied(world, received(world))
    made = taken(world, proposal, call.catalogue)
    office = world.actor("office")
    with pytest.raises(Refused, match="Write why the outcome is taken back"):
        studying.undo(proposal, reason=" ", actor=office, now=at("2026-05-10T09:00"))
    studying.undo(proposal, reason="登记时选错了事项。", actor=office, now=at("2026-05-10T09:00"))
    db.session.commit()
    assert (proposal.stage, proposal.outcome, [row.set_aside_reason for row in proposal.outcomes]) == (
        "studying",
        None,
        ["登记时选错了事项。"],
    )
    assert found.origin_of(made.id) == []
    duty = duties.duty_for("proposal", proposal.id, "proposal_outcome")
    assert (duty.round, duty.met_at, duty.workdays) == (2, None, 30)


def test_the_text_goes_public_only_with_consent_and_without_numbers(world):
    called(world)
    closed = received(world, shown="title")
    for proposal, given, field in (
        (closed, {"text": "甲"}, "text"),
        (received(world), {"title": "请给 13800001234 回电"}, "title"),
        (received(world), {"text": "我是张建国，住在学校旁边。"}, "text"),
    ):
        with pytest.raises(Refused) as refused:
            show(world, proposal, **given)
        assert (refused.value.code, refused.value.field, refused.value.basis) == (
            "invalid",
            field,
            "个人信息保护法 第二十五条",
        )
        db.session.rollback()
    assert found.public(2026).rows == []
    show(world, closed)
    assert [row.public_title for row in found.public(2026).rows] == ["学校周边停车怎么管"]


def test_whoever_comes_second_is_told_so(world):
    called(world)
    proposal = received(world)
    seen = proposal.version
    studied(world, proposal)
    with pytest.raises(Refused) as refused:
        studying.begin_study(
            proposal,
            department_id=world.department["town"],
            seen=seen,
            actor=world.actor("office"),
            now=at("2026-04-21T09:00"),
        )
    assert refused.value.code == "conflict"


def test_a_decision_of_the_government_cannot_lie_before_its_study(world):
    called(world)
    proposal = studied(world, received(world))
    with pytest.raises(Refused) as refused:
        studying.decline(
            proposal,
            reason="甲",
            article="乙",
            decided_on=date(2026, 4, 19),
            actor=world.actor("office"),
            now=at("2026-05-09T09:00"),
        )
    assert (refused.value.code, refused.value.field) == ("invalid", "decided_on")


def test_who_sees_a_proposal_at_the_desk(world):
    called(world)
    proposal = received(world)
    number = proposal.id
    assert [
        found.proposal(number, actor=world.actor(login)) is not None for login in ("office", "auditor", "officer")
    ] == [
        True,
        True,
        False,
    ]
    studied(world, proposal)
    assert found.proposal(number, actor=world.actor("officer")) is not None
    assert found.proposal(number, actor=world.actor("town")) is None
    assert found.proposal(number, actor=ANYONE) is None


def test_the_same_submission_is_one_proposal(world):
    from sqlalchemy.exc import IntegrityError

    called(world)
    once = keys()
    received(world, keys=once)
    with pytest.raises(IntegrityError):
        received(world, keys=once, contact=ContactAddress("email", "a@example.cn"))
    db.session.rollback()
    assert db.session.query(Proposal).count() == 1


def test_the_items_of_a_published_catalogue_keep_their_origin(world):
    call = called(world)
    made = taken(world, studied(world, received(world)), call.catalogue)
    publish(world, call.catalogue)
    assert queries.decision(made.id) is not None
    assert [line.number for line in found.origin_of(made.id)] == ["ZC-JY-2026-0001"]
