"""After the meeting: nothing the law asks for can be skipped at the service."""

from datetime import date

import pytest

from participation.decisions import queries, service
from participation.decisions.models import Decision
from participation.decisions.models.turn import DecisionTurn
from participation.decisions.queries.after import explained
from participation.decisions.service import paper_checks, papers
from participation.duties import queries as duties
from participation.errors import Refused
from participation.extensions import db
from tests.decisions import aftermath
from tests.decisions.district import at, go_to, published_item
from tests.world import World


def deliberated(world: World) -> int:
    decision = published_item(world)
    go_to(world, decision, "deliberation")
    return decision.id


@pytest.fixture
def approved(kept) -> Decision:
    return db.session.get_one(Decision, kept(deliberated))


def refused(act, *args, **given) -> Refused:
    with pytest.raises(Refused) as found:
        act(*args, **given)
    db.session.rollback()
    return found.value


def test_the_whole_way_to_the_end(world, approved):
    aftermath.play(world, approved)
    assert approved.stage == "closed"
    facts = queries.facts_of(approved)
    assert (facts.interpretation, facts.evaluation, facts.dossier_filed, facts.completion) == (
        "ready",
        "done",
        True,
        True,
    )


def test_nothing_is_published_without_text_attribute_and_two_reviews(world, approved):
    assert refused(aftermath.publish_text, world, approved).basis == "国务院令第713号 第三十二条"
    paper = papers.enter(
        approved, role="decision_text", form="text", title=aftermath.TITLE, attribute="public",
        text=aftermath.DECISION_TEXT, actor=world.actor("officer"), now=at("2026-09-29T09:00"),
    )  # fmt: skip
    service.mark_policy(
        approved,
        is_policy=False,
        reason="这是一个建设项目，不是政策文件。",
        actor=world.actor("officer"),
        now=at("2026-09-29T09:00"),
    )
    db.session.commit()
    assert "第十四、十七条" in refused(aftermath.publish_text, world, approved).basis
    paper_checks.pass_secrecy(paper, actor=world.actor("head"), now=at("2026-09-29T10:00"))
    db.session.commit()
    assert refused(aftermath.publish_text, world, approved).basis.startswith("个人信息保护法 第二十五条")
    paper_checks.pass_personal(paper, decided={}, actor=world.actor("office"), now=at("2026-09-29T10:00"))
    db.session.commit()
    aftermath.publish_text(world, approved)
    assert (approved.stage, paper.published_on) == ("published", date(2026, 10, 8))


def test_a_text_is_a_policy_document_until_somebody_says_why_not(world, approved):
    aftermath.shelve(world, approved, "decision_text", aftermath.DECISION_TEXT, aftermath.TITLE, now="2026-09-29T09:00")
    assert refused(aftermath.publish_text, world, approved).basis == "周政办字〔2021〕14号 第三部分（一）"
    mark = refused(
        service.mark_policy, approved, is_policy=False, actor=world.actor("officer"), now=at("2026-09-29T09:00")
    )
    assert (mark.code, mark.field) == ("invalid", "reason")


def test_the_text_goes_out_only_with_its_interpretation(world, approved):
    paper = aftermath.shelve(
        world, approved, "decision_text", aftermath.DECISION_TEXT, aftermath.TITLE, now="2026-09-29T09:00"
    )
    found = refused(paper_checks.publish, paper, actor=world.actor("officer"), now=at("2026-09-29T10:00"))
    assert (found.code, found.basis) == ("wrong_time", "国务院令第713号 第三十二条")


def test_headings_are_refused_and_the_author_does_not_confirm(world, approved):
    aftermath.shelve(world, approved, "decision_text", aftermath.DECISION_TEXT, aftermath.TITLE, now="2026-09-29T09:00")
    material = aftermath.shelve(world, approved, "interpretation", aftermath.HEADINGS, "解读", now="2026-09-29T09:00")
    said = {"form": "text", **aftermath.SAID, "actor": world.actor("officer"), "now": at("2026-09-29T09:00")}
    found = refused(service.enter_interpretation, approved, paper_id=material.id, **said)
    assert (found.field, found.basis) == ("paper_id", "周政办字〔2021〕14号 第三部分（一）")
    material = aftermath.shelve(world, approved, "interpretation", aftermath.EXPLAINED, "解读", now="2026-09-29T09:00")
    row = service.enter_interpretation(approved, paper_id=material.id, **said)
    db.session.commit()
    own = refused(
        service.confirm_interpretation, approved, row, actor=world.actor("officer"), now=at("2026-09-29T10:00")
    )
    assert own.code == "forbidden"


def test_text_and_interpretation_are_signed_together(world, approved):
    aftermath.prepare(world, approved)
    assert explained(approved).state == "draft"
    assert refused(aftermath.publish_text, world, approved).basis == "周政办字〔2021〕14号 第三部分（一）"
    own = refused(
        service.sign_text,
        approved,
        signer="区长",
        on=date(2026, 9, 30),
        actor=world.actor("officer"),
        now=at("2026-09-30T09:00"),
    )
    assert own.code == "forbidden"
    aftermath.sign(world, approved)
    assert explained(approved).state == "ready"


def test_a_text_that_changed_after_the_signature_is_signed_again(world, approved):
    aftermath.prepare(world, approved)
    aftermath.sign(world, approved)
    told = explained(approved)
    paper = told.text.paper
    fields = papers.PaperFields(
        role=paper.role,
        form="text",
        title=paper.title,
        attribute="public",
        text=aftermath.DECISION_TEXT + "\n第六条 附则。",
    )
    papers.rewrite(paper, fields=fields, actor=world.actor("officer"), now=at("2026-09-30T10:00"))
    aftermath.check(world, paper, now="2026-09-30T11:00")
    assert explained(approved).state == "draft"
    assert refused(aftermath.publish_text, world, approved).basis == "周政办字〔2021〕14号 第三部分（一）"


def test_an_interpretation_that_came_after_the_signature_is_not_together(world, approved):
    aftermath.prepare(world, approved)
    material = aftermath.shelve(
        world, approved, "interpretation", aftermath.EXPLAINED + "补充。", "补充", now="2026-09-29T12:00"
    )
    aftermath.sign(world, approved)
    row = service.enter_interpretation(
        approved,
        paper_id=material.id,
        form="qa",
        **aftermath.SAID,
        actor=world.actor("officer"),
        now=at("2026-10-01T09:00"),
    )
    service.confirm_interpretation(approved, row, actor=world.actor("head"), now=at("2026-10-01T09:00"))
    db.session.commit()
    aftermath.publish_text(world, approved)
    assert (material.published_at, explained(approved).text.paper.published_at is None) == (None, False)


def test_text_and_interpretation_appear_at_the_same_instant(world, approved):
    aftermath.publish_all(world, approved)
    told = explained(approved)
    instants = {one.paper.published_at for one in told.papers.values()}
    assert instants == {at("2026-10-08T10:00")}
    assert told.text.paper.validity == "in_force"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"issuer": " "}, "issuer"),
        ({"on": None}, "on"),
        ({"on": date(2026, 10, 9)}, "on"),
        ({"on": date(2026, 9, 1)}, "on"),
        ({"channels": [{"kind": "press", "where": "淄博日报", "url": ""}]}, "channels"),
        ({"channels": [{"kind": "portal", "where": "", "url": "javascript:alert(1)"}]}, "channels"),
        ({"adoption": ""}, "adoption"),
    ],
)
def test_what_a_publication_must_say(world, approved, values, field):
    aftermath.prepare(world, approved)
    aftermath.sign(world, approved)
    found = refused(aftermath.publish_text, world, approved, **values)
    assert (found.code, found.field) == ("invalid", field)
    assert approved.stage == "deliberation"


def test_execution_comes_after_publication_and_ends_with_its_outcome(world, approved):
    assert refused(aftermath.begin, world, approved).basis == "国务院令第713号 第三十二条"
    aftermath.publish_all(world, approved)
    assert refused(aftermath.finish, world, approved).basis == "国务院令第713号 第三十四条"
    skipped = refused(
        service.record_step,
        approved,
        step="executing",
        on=date(2026, 11, 1),
        actor=world.actor("officer"),
        now=at("2026-11-23T09:00"),
    )
    assert skipped.basis == "国务院令第713号 第三十四条"
    aftermath.begin(world, approved)
    assert (approved.stage, queries.facts_of(approved).steps["executing"]) == ("executing", "now")


def test_an_evaluation_needs_execution_and_its_findings(world, approved):
    aftermath.publish_all(world, approved)
    assert refused(aftermath.begin_evaluation, world, approved).basis == "国务院令第713号 第三十四、三十五条"
    aftermath.begin(world, approved)
    skipped = refused(
        service.record_step,
        approved,
        step="evaluated",
        on=date(2027, 3, 1),
        actor=world.actor("officer"),
        now=at("2027-03-02T09:00"),
    )
    assert skipped.basis == "国务院令第713号 第三十六条"
    assert refused(aftermath.finish_evaluation, world, approved).basis == "国务院令第713号 第三十六条"


def test_a_decision_is_not_closed_without_its_dossier(world, approved):
    aftermath.publish_all(world, approved)
    aftermath.begin(world, approved)
    aftermath.finish(world, approved)
    found = refused(service.close, approved, actor=world.actor("office"), now=at("2027-03-01T09:00"))
    assert found.basis == "国务院令第713号 第三十三条"
    aftermath.file(world, approved, now="2027-03-01T10:00")
    service.close(approved, actor=world.actor("office"), now=at("2027-03-01T11:00"))
    assert approved.stage == "closed"


def test_the_dossier_is_promised_ten_days_after_publication(world, approved):
    aftermath.publish_all(world, approved)
    duty = duties.duty_for("decision", approved.id, "dossier_filing")
    assert (duty.due_on, duty.basis) == (date(2026, 10, 18), "promise")
    aftermath.file(world, approved)
    assert (duty.met_at, duty.met_late) == (at("2026-10-16T09:00"), False)
    again = refused(aftermath.file, world, approved)
    assert again.code == "wrong_time"


def test_turns_are_rows_that_stay(world, approved):
    aftermath.publish_all(world, approved)
    office = world.actor("office")
    service.suspend(approved, reason="情况紧急，先中止执行", actor=office, now=at("2026-10-12T09:00"))
    service.resume(approved, reason="情况已经排除", actor=office, now=at("2026-10-14T09:00"))
    db.session.commit()
    rows = db.session.query(DecisionTurn).filter_by(decision_id=approved.id).order_by(DecisionTurn.id).all()
    assert [(row.kind, row.from_stage, row.reason, row.decided_by) for row in rows] == [
        ("suspend", "published", "情况紧急，先中止执行", "区长"),
        ("resume", "suspended", "情况已经排除", "区长"),
    ]
    assert (
        refused(service.suspend, approved, reason="急", decided_by="", actor=office, now=at("2026-10-15T09:00")).field
        == "decided_by"
    )
