"""The catalogue's verbs: approvals, publication, adjustments, steps."""

from datetime import date

import pytest

from participation.access import ANYONE
from participation.decisions import queries, service
from participation.decisions.importing.catalogue import read
from participation.decisions.service import starting
from participation.decisions.service.fields import ItemFields
from participation.duties import queries as duties
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.extensions import db
from tests.decisions.district import at, catalogue, go_to, item, publish, published_item

TABLE = "序号,决策事项名称,承办单位\n1,甲办法,区住建局\n2,乙规划,区发改委\n".encode()


def test_the_year_owes_its_catalogue_by_30_june(world):
    found = catalogue(world)
    duty = duties.duty_for("catalogue", found.id, "catalogue")
    assert duty is not None
    assert (duty.started_on, duty.due_on, duty.department_id) == (
        date(2026, 1, 1),
        date(2026, 6, 30),
        world.department["office"],
    )


def test_a_catalogue_begun_after_its_date_is_late_from_the_first_day(world):
    found = catalogue(world, now="2026-08-01T09:00")
    duty = duties.duty_for("catalogue", found.id, "catalogue")
    assert duty is not None
    assert duty.late_at(at("2026-08-01T09:00"))


def test_the_years_before_the_rule_owe_nothing(world):
    found = catalogue(world, year=2021)
    assert duties.duty_for("catalogue", found.id, "catalogue") is None


def test_publishing_the_first_batch_meets_the_duty(world):
    found = catalogue(world)
    item(world, found)
    publish(world, found)
    duty = duties.duty_for("catalogue", found.id, "catalogue")
    assert duty is not None
    assert (duty.met_at, duty.met_late) == (at("2026-06-24T10:00"), False)
    assert evidence.entry_for("catalogue", found.id, "catalogue.published") is not None


@pytest.mark.parametrize(
    ("government", "party"), [(None, None), (date(2026, 6, 18), None)], ids=["neither", "only the government"]
)
def test_nothing_is_published_without_both_approvals(world, government, party):
    found = catalogue(world)
    item(world, found)
    if government:
        service.record_approvals(
            found.draft,
            government_approved_on=government,
            party_agreed_on=party,
            actor=world.actor("office"),
            now=at("2026-06-24T09:00"),
        )
    with pytest.raises(Refused) as refused:
        service.publish_batch(found.draft, actor=world.actor("office"), now=at("2026-06-24T10:00"))
    assert (refused.value.code, refused.value.basis) == ("wrong_time", "国务院令第713号 第三条")


@pytest.mark.parametrize(
    ("government", "party", "field"),
    [
        (date(2026, 6, 18), date(2026, 6, 17), "party_agreed_on"),
        (date(2026, 6, 25), None, "government_approved_on"),
        (date(2026, 6, 18), date(2026, 6, 25), "party_agreed_on"),
    ],
)
def test_the_party_agrees_after_the_government_and_neither_tomorrow(world, government, party, field):
    found = catalogue(world)
    with pytest.raises(Refused) as refused:
        service.record_approvals(
            found.draft,
            government_approved_on=government,
            party_agreed_on=party,
            actor=world.actor("office"),
            now=at("2026-06-24T09:00"),
        )
    assert refused.value.field == field


def test_an_empty_batch_and_an_item_without_a_lead_are_not_published(world):
    found = catalogue(world)
    for fields in (None, {"lead_department_id": None}):
        if fields:
            item(world, found, **fields)
        with pytest.raises(Refused):
            publish(world, found)
        db.session.rollback()


def test_only_the_office_keeps_the_catalogue(world):
    found = catalogue(world)
    for actor in (world.actor("officer"), world.actor("auditor"), ANYONE):
        with pytest.raises(Refused) as refused:
            service.add_item(found, fields=ItemFields(title="甲"), actor=actor, now=at("2026-03-03T09:00"))
        assert refused.value.code == "forbidden"


@pytest.mark.parametrize("kind", ["macro_control", "rule_making", "emergency", "internal"])
def test_excluded_kinds_are_refused_with_the_article(world, kind):
    with pytest.raises(Refused) as refused:
        item(world, catalogue(world), category=kind)
    assert (refused.value.field, refused.value.basis) == (
        "category",
        "国务院令第713号 第三条；山东省政府令第336号 第三条",
    )


def test_several_units_need_a_lead(world):
    with pytest.raises(Refused) as refused:
        item(world, catalogue(world), lead_department_id=None, joint_units=("区财政局",))
    assert refused.value.basis == "国务院令第713号 第十一条"


def test_a_published_item_changes_only_by_an_adjustment_and_the_old_text_stays(world):
    decision = published_item(world)
    with pytest.raises(Refused) as refused:
        service.edit_item(
            decision, fields=ItemFields(title="乙"), actor=world.actor("office"), now=at("2026-10-12T09:00")
        )
    assert refused.value.code == "wrong_time"
    fields = ItemFields(title="机动车停车管理规定", category="regulation", lead_department_id=world.department["town"])
    with pytest.raises(Refused) as refused:
        service.adjust_item(
            decision,
            fields=fields,
            reason=" ",
            approved_on=date(2026, 10, 12),
            actor=world.actor("office"),
            now=at("2026-10-12T09:00"),
        )
    assert refused.value.field == "reason"
    kept = service.adjust_item(
        decision,
        fields=fields,
        reason="职能调整",
        approved_on=date(2026, 10, 12),
        actor=world.actor("office"),
        now=at("2026-10-12T09:00"),
    )
    db.session.commit()
    assert (kept.number, kept.before["title"], kept.after["title"]) == (1, "机动车停车管理办法", "机动车停车管理规定")
    assert (kept.before["lead_unit"], kept.after["lead_unit"]) == ("区住房和城乡建设局", "北郊镇人民政府")


def test_a_later_batch_is_an_addition_with_a_reason(world):
    found = published_item(world).catalogue
    item(world, found, "村级公益性公墓布局规划")
    with pytest.raises(Refused) as refused:
        publish(world, found, now="2026-10-12T10:00")
    assert refused.value.field == "reason"
    db.session.rollback()
    publish(world, found, now="2026-10-12T10:00", reason="新增工作任务")
    assert [(a.kind, a.after["title"]) for a in queries.adjustments_of(found.id)] == [
        ("added", "村级公益性公墓布局规划")
    ]


def test_an_item_taken_out_keeps_its_page_and_leaves_the_list(world):
    decision = published_item(world)
    service.remove_item(
        decision,
        reason="上级已统一制定",
        approved_on=date(2026, 10, 12),
        actor=world.actor("office"),
        now=at("2026-10-12T10:00"),
    )
    db.session.commit()
    assert queries.of_year(2026) == []
    assert queries.decision(decision.id) is decision


def test_steps_move_the_decision_and_refuse_to_skip(world):
    decision = published_item(world)
    with pytest.raises(Refused) as refused:
        service.record_step(
            decision, step="deliberation", on=date(2026, 9, 1), actor=world.actor("officer"), now=at("2026-11-23T09:00")
        )
    assert refused.value.basis == "国务院令第713号 第十、十一条"
    go_to(world, decision, "evaluated")
    assert decision.stage == "evaluated"


def test_suspended_and_resumed_where_it_stood(world):
    decision = published_item(world)
    go_to(world, decision, "drafting")
    service.suspend(decision, reason="上位规划正在修订", actor=world.actor("office"), now=at("2026-11-23T09:00"))
    db.session.commit()
    assert (decision.stage, decision.stage_before) == ("suspended", "drafting")
    with pytest.raises(Refused):
        service.record_step(
            decision, step="expert", on=date(2026, 9, 1), actor=world.actor("officer"), now=at("2026-11-23T09:00")
        )
    service.resume(decision, actor=world.actor("office"), now=at("2026-11-23T10:00"))
    db.session.commit()
    assert (decision.stage, decision.stage_reason) == ("drafting", "")
    service.terminate(decision, reason="不再需要", actor=world.actor("office"), now=at("2026-11-23T11:00"))
    db.session.commit()
    assert decision.stage == "terminated"


def test_a_stale_page_changes_nothing(world):
    decision = published_item(world)
    with pytest.raises(Refused) as refused:
        starting.start(
            decision, on=date(2026, 7, 6), decided_by="区政府", seen=decision.version - 1,
            actor=world.actor("officer"), now=at("2026-11-23T09:00"),
        )  # fmt: skip
    assert (refused.value.code, refused.value.status) == ("conflict", 409)


def test_an_import_finds_the_departments_it_can_and_keeps_the_others_as_text(world):
    outcome = service.checked(read(TABLE, year=2026), year=2026)
    assert [(note.row, note.text) for note in outcome.notes] == [(3, "区发改委")]
    found, decisions = service.import_items(outcome, year=2026, actor=world.actor("office"), now=at("2026-03-02T09:00"))
    db.session.commit()
    assert [(row.number, row.lead_unit, row.lead_department_id) for row in decisions] == [
        (1, "区住建局", world.department["housing"]),
        (2, "区发改委", None),
    ]
    assert found.published_at is None


def test_the_same_file_twice_is_refused_whole(world):
    service.import_items(read(TABLE, year=2026), year=2026, actor=world.actor("office"), now=at("2026-03-02T09:00"))
    db.session.commit()
    outcome = service.checked(read(TABLE, year=2026), year=2026)
    assert [(error.row, error.text) for error in outcome.errors] == [(2, "甲办法"), (3, "乙规划")]
    with pytest.raises(Refused):
        service.import_items(read(TABLE, year=2026), year=2026, actor=world.actor("office"), now=at("2026-03-02T09:00"))
    assert len(queries.of_year(2026, actor=world.actor("office"))) == 2


def test_highlights_are_public_items_in_motion(world):
    decision = published_item(world)
    assert queries.highlights() == []
    go_to(world, decision, "participation")
    assert queries.highlights() == [decision]
