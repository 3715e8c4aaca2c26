"""Unfinished items go on in the next year's catalogue: one decision, one chain, two years that list it."""

import io
from datetime import date

import docx
import pytest

from participation.decisions import queries, service
from participation.decisions.models import Catalogue, CatalogueCarry, Decision
from participation.decisions.queries.versions import versions
from participation.decisions.service.fields import ItemFields
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.extensions import db
from tests.browse import words
from tests.decisions.district import at, catalogue, go_to, item
from tests.world import World

NEXT = "2027-03-02T09:00"


def publish(world: World, found: Catalogue, *, now: str, reason: str = "") -> None:
    batch = found.draft
    assert batch is not None
    day = at(now).date()
    service.record_approvals(
        batch, government_approved_on=day, party_agreed_on=day, actor=world.actor("office"), now=at(now)
    )
    service.publish_batch(batch, reason=reason, actor=world.actor("office"), now=at(now))
    db.session.commit()


def two_years(world: World) -> tuple[Decision, Catalogue]:
    """An item of 2026 that got as far as its draft, and the catalogue of 2027 in preparation."""
    old = catalogue(world)
    item(world, old, "已完成的办法")
    left = item(world, old, "机动车停车管理办法", planned_text="2026年12月")
    publish(world, old, now="2026-06-24T10:00")
    go_to(world, left, "drafting")
    return left, catalogue(world, year=2027, now=NEXT)


def carry(world: World, decision: Decision, into: Catalogue, **values: object) -> CatalogueCarry:
    given: dict[str, object] = {"reason": "上位规划尚未批准", "planned_text": "2027年6月"} | values
    row = service.carry_over(decision, into=into, actor=world.actor("office"), now=at(NEXT), **given)  # type: ignore[arg-type]
    db.session.commit()
    return row


def test_the_decision_goes_on_and_both_years_list_it(world):
    left, new = two_years(world)
    item(world, new, "新的规划")
    row = carry(world, left, new)
    assert (row.from_number, row.number, row.planned_from, row.planned_to) == (
        2,
        2,
        date(2027, 6, 1),
        date(2027, 6, 30),
    )
    assert left.planned_text == "2026年12月"
    publish(world, new, now="2027-06-24T10:00")
    assert [(step.step, step.state) for step in left.steps] == [("started", "done"), ("drafting", "done")]
    assert (left.planned_text, left.catalogue.year, left.number) == ("2027年6月", 2026, 2)
    old = queries.catalogue_of(2026)
    assert [(entry.number, entry.shown("planned_text")) for entry in queries.entries(old)] == [
        (1, ""),
        (2, "2026年12月"),
    ]
    assert [(entry.number, entry.decision.title, entry.shown("planned_text")) for entry in queries.entries(new)] == [
        (1, "新的规划", ""),
        (2, "机动车停车管理办法", "2027年6月"),
    ]
    assert evidence.entry_for("decision", left.id, "decision.carried_over") is not None


def test_before_its_batch_is_published_nobody_outside_knows(world, client, played):
    left, new = two_years(world)
    carry(world, left, new)
    with played("2027-03-03T10:00"):
        assert "结转" not in client.get("/decisions?year=2026").text
    assert [entry.went for entry in queries.entries(queries.catalogue_of(2026))] == [None, None]
    assert queries.entries(new) == []


def test_the_versions_of_the_old_year_stay_as_they_were(world):
    left, new = two_years(world)
    left_id = left.id
    before = [dict(each.items) for each in versions(queries.catalogue_of(2026))]
    carry(world, left, new)
    publish(world, new, now="2027-06-24T10:00")
    service.adjust_item(
        left,
        fields=ItemFields(
            title="机动车停放管理规定", category="regulation", lead_department_id=left.lead_department_id
        ),
        reason="名称统一", approved_on=date(2027, 7, 1), actor=world.actor("office"), now=at("2027-07-02T10:00"),
    )  # fmt: skip
    db.session.commit()
    after = [dict(each.items) for each in versions(queries.catalogue_of(2026))]
    assert [said[left_id]["title"] for said in after] == [said[left_id]["title"] for said in before]
    assert [said[left_id]["planned_text"] for said in after] == ["2026年12月"]
    assert [(each.kind, each.items[left_id]["title"], each.items[left_id]["number"]) for each in versions(new)] == [
        ("published", "机动车停车管理办法", 1),
        ("changed", "机动车停放管理规定", 1),
    ]


def test_taken_out_of_the_new_year_it_still_stands_in_the_old(world):
    left, new = two_years(world)
    carry(world, left, new)
    publish(world, new, now="2027-06-24T10:00")
    service.remove_item(
        left, reason="不再需要", approved_on=date(2027, 7, 1), actor=world.actor("office"), now=at("2027-07-02T10:00")
    )
    db.session.commit()
    assert [entry.number for entry in queries.entries(queries.catalogue_of(2026))] == [1, 2]
    assert queries.entries(new) == []
    assert [each.kind for each in versions(new)] == ["published", "removed"]


def test_an_item_carried_twice_goes_through_three_years(world):
    left, new = two_years(world)
    carry(world, left, new)
    publish(world, new, now="2027-06-24T10:00")
    third = catalogue(world, year=2028, now="2028-01-05T09:00")
    row = service.carry_over(
        left,
        into=third,
        reason="仍在协调",
        planned_text="2028年5月",
        actor=world.actor("office"),
        now=at("2028-01-06T09:00"),
    )
    db.session.commit()
    assert (row.from_catalogue.year, row.from_number) == (2027, 1)
    publish(world, third, now="2028-06-20T10:00")
    assert [entry.shown("planned_text") for entry in queries.entries(new)] == ["2027年6月"]
    (entry,) = queries.entries(third)
    assert (entry.came.from_catalogue.year, entry.shown("planned_text")) == (2027, "2028年5月")


@pytest.mark.parametrize(
    ("values", "code", "field"), [({"reason": " "}, "invalid", "reason")], ids=["without a reason"]
)
def test_carrying_over_needs_its_reason(world, values, code, field):
    left, new = two_years(world)
    with pytest.raises(Refused) as refused:
        carry(world, left, new, **values)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_what_is_finished_ended_or_of_the_same_year_stays(world):
    left, new = two_years(world)
    with pytest.raises(Refused) as refused:
        carry(world, left, left.catalogue)
    assert refused.value.code == "wrong_time"
    db.session.rollback()
    service.terminate(left, reason="不再需要", actor=world.actor("office"), now=at("2026-11-23T11:00"))
    with pytest.raises(Refused) as refused:
        carry(world, left, new)
    assert refused.value.code == "wrong_time"


def test_the_second_who_carries_the_same_item_is_told(world):
    left, new = two_years(world)
    carry(world, left, new)
    with pytest.raises(Refused) as refused:
        carry(world, left, new)
    assert refused.value.status == 409


def test_only_the_office_carries_over(world):
    left, new = two_years(world)
    with pytest.raises(Refused) as refused:
        service.carry_over(left, into=new, reason="理由", actor=world.actor("officer"), now=at(NEXT))
    assert refused.value.status == 403


def test_dropped_again_it_can_be_carried_later(world):
    left, new = two_years(world)
    row = carry(world, left, new)
    service.drop_carry(row, actor=world.actor("office"), now=at("2027-03-03T09:00"))
    db.session.commit()
    assert [
        entry.decision.id for entry in queries.unfinished(queries.catalogue_of(2026), actor=world.actor("office"))
    ] == [1, 2]
    again = carry(world, left, new)
    publish(world, new, now="2027-06-24T10:00")
    with pytest.raises(Refused) as refused:
        service.drop_carry(again, actor=world.actor("office"), now=at("2027-06-25T09:00"))
    assert refused.value.code == "wrong_time"


def test_a_batch_does_not_come_out_with_an_item_that_ended_meanwhile(world):
    left, new = two_years(world)
    carry(world, left, new)
    service.terminate(left, reason="不再需要", actor=world.actor("office"), now=at("2027-03-04T11:00"))
    db.session.commit()
    with pytest.raises(Refused) as refused:
        publish(world, new, now="2027-06-24T10:00")
    assert (refused.value.code, refused.value.args_) == ("wrong_time", {"number": 1})


def test_a_number_is_given_once_in_a_year(world):
    left, new = two_years(world)
    carry(world, left, new)
    assert item(world, new, "新的规划", number=1).number == 2


def test_the_desk_offers_what_is_left_and_the_public_reads_both_ways(world, client, played):
    left, new = two_years(world)
    left_id, finished = left.id, 1
    with played("2027-03-03T10:00"):
        world.sign_in(client, "office")
        assert "2026 年度目录还有 2 项没有完成" in words(client.get("/desk/decisions?year=2027").text)
        page = "/desk/decisions/2027/carry-over"
        nothing = client.submit(page, {"reason": ""})
        assert nothing.status_code == 422
        assert "请至少选择一项" in words(nothing.text)
        form = {"items": [str(left_id)], f"planned-{left_id}": "２０２７年６月", "reason": "上位规划尚未批准"}
        without = client.submit(page, form | {"reason": ""})
        assert without.status_code == 422
        assert 'value="2027年6月"' in without.text
        assert client.submit(page, form).status_code == 303
        desk = words(client.get("/desk/decisions?year=2027").text)
        assert "从 2026 年度目录第 2 项结转：上位规划尚未批准" in desk
        assert client.submit(page, form).status_code == 422  # it is no choice any more
        assert str(finished) in client.get(page).text
    publish(world, new, now="2027-06-24T10:00")
    with played("2027-06-25T10:00"):
        assert "从 2026 年度目录第 2 项结转" in words(client.get("/decisions?year=2027").text)
        assert "已结转到 2027 年度目录第 1 项" in words(client.get("/decisions?year=2026").text)
        told = words(client.get(f"/decisions/{left_id}").text)
        assert "2027 年度目录第 1 项" in told
        data = client.get("/decisions/catalogue.json?year=2027").get_json()["items"]
        annex = docx.Document(io.BytesIO(client.get("/decisions/catalogue.docx").data)).tables[0]
    assert [(each["carried_from"], each["decision"]) for each in data] == [({"year": 2026, "number": 2}, left_id)]
    assert annex.rows[1].cells[1].text == "机动车停车管理办法（从2026年度目录第2项结转）"


@pytest.mark.parametrize("written", ["\x00\x0b2027年6月", "x" * 5000, "\u202e六月", "=1+1"])
def test_nothing_that_is_written_as_planned_time_breaks_the_page(world, client, played, written):
    left, _new = two_years(world)
    left_id = left.id
    with played("2027-03-03T10:00"):
        world.sign_in(client, "office")
        form = {"items": [str(left_id)], f"planned-{left_id}": written, "reason": "理由"}
        assert client.submit("/desk/decisions/2027/carry-over", form | {"items": ["9" * 30, "x"]}).status_code == 422
        assert client.submit("/desk/decisions/2027/carry-over", form).status_code == 303
        assert client.get("/desk/decisions?year=2027").status_code == 200


def test_after_it_went_on_an_item_is_adjusted_in_its_new_year(world, client, played):
    left, new = two_years(world)
    left_id = left.id
    carry(world, left, new)
    publish(world, new, now="2027-06-24T10:00")
    with played("2027-06-25T10:00"):
        world.sign_in(client, "office")
        form = {
            "title": "机动车停车管理办法", "category": "regulation", "planned_text": "9月", "hearing": "unknown",
            "lead_department_id": str(world.department["housing"]), "body": "government", "survey": "unknown",
            "participation": "unknown", "expert": "unknown", "risk": "unknown", "legality": "unknown",
            "deliberation": "unknown", "reason": "进度调整", "approved_on": "2027-06-24",
        }  # fmt: skip
        assert client.submit(f"/desk/decisions/items/{left_id}/edit", form).status_code == 303
        assert "进度调整" in client.get("/decisions/2027/versions").text
        assert "进度调整" not in client.get("/decisions/2026/versions").text
    assert db.session.get(Decision, left_id).planned_from == date(2027, 9, 1)


def test_the_list_takes_at_most_eight_queries_with_carried_items_too(world, client, played, queries):
    left, new = two_years(world)
    carry(world, left, new)
    publish(world, new, now="2027-06-24T10:00")
    with played("2027-06-25T10:00"):
        for year in (2026, 2027):
            client.get(f"/decisions?year={year}")
            with queries() as made:
                client.get(f"/decisions?year={year}")
            assert len(made) <= 8, made
