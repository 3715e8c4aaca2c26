"""督办: opened by hand or on the third overdue workday, explained by the head, closed by the office."""

from datetime import date

import pytest
from sqlalchemy import select

from participation import clock
from participation.duties import queries as duty_queries
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import jobs, service
from participation.mailbox.models import Letter, Supervision
from participation.mailbox.queries import supervision as queries
from participation.mailbox.service import supervising
from tests.browse import words
from tests.mailbox import letters
from tests.mailbox.test_cards import handed


def all_of_them() -> list[Supervision]:
    return list(db.session.scalars(select(Supervision).order_by(Supervision.id)))


def opened(world, played, **changes) -> Supervision:
    """A letter of 23 November, due on the 30th, under supervision since 3 December by itself."""
    with played("2026-11-23T09:00"):
        handed(world, clock.now(), **changes)
    with played("2026-12-03T00:00"):
        jobs.supervise(now=clock.now())
    return all_of_them()[0]


def answered(world, letter, now) -> None:
    service.submit(letter, text="已经修好。", contact="", version=None, actor=world.actor("officer"), now=now)
    service.approve(letter, actor=world.actor("head"), now=now)
    db.session.commit()


def test_it_opens_by_itself_on_the_third_overdue_workday_and_once(world, played):
    with played("2026-11-23T09:00"):
        letter = handed(world, clock.now())
    seen = {}
    for at in (
        "2026-12-01T09:00",
        "2026-12-02T23:59:59",
        "2026-12-03T00:00:00",
        "2026-12-03T00:01",
        "2026-12-09T09:00",
    ):
        with played(at):
            seen[at[5:16]] = jobs.supervise(now=clock.now())
    assert list(seen.values()) == [0, 0, 1, 0, 0]
    one = all_of_them()[0]
    assert (one.letter_id, one.department_id, one.opened_by, one.respond_by) == (
        letter.id, world.department["housing"], None, date(2026, 12, 7),
    )  # fmt: skip
    owed = duty_queries.duty_for("letter", letter.id, "supervision_response")
    assert (owed.workdays, str(owed.due_on), owed.basis) == (2, "2026-12-07", "promise")


def test_missed_nights_are_caught_up_whole(world, played):
    with played("2026-11-23T09:00"):
        for _ in range(3):
            handed(world, clock.now())
    with played("2026-12-20T03:00"):  # a Sunday, long after
        assert [jobs.supervise(now=clock.now()), jobs.supervise(now=clock.now())] == [3, 0]


def test_one_letter_that_fails_does_not_keep_the_others(world, played, monkeypatch):
    with played("2026-11-23T09:00"):
        made = [handed(world, clock.now()).id for _ in range(3)]
    kept, broken = supervising.note, made[0]

    def note(letter, *args, **kwargs):
        if letter.id == broken:
            raise RuntimeError
        return kept(letter, *args, **kwargs)

    monkeypatch.setattr(supervising, "note", note)
    with played("2026-12-03T00:00"):
        assert jobs.supervise(now=clock.now()) == 2
    assert [one.letter_id for one in all_of_them()] == made[1:]


def test_the_office_opens_one_from_a_late_letter_only(world, played):
    with played("2026-11-23T09:00"):
        letter = handed(world, clock.now())
    office = world.actor("office")
    with played("2026-11-30T23:59:59"):
        assert supervising.open_refusal(letter, actor=office, now=clock.now()).code == "wrong_time"
    with played("2026-12-01T00:00"):
        assert supervising.open_refusal(letter, actor=world.actor("head"), now=clock.now()).code == "forbidden"
        supervising.open_supervision(letter, demand="请说明原因。", actor=office, now=clock.now())
        db.session.commit()
        assert supervising.open_refusal(letter, actor=office, now=clock.now()).code == "wrong_time"
    with played("2026-12-03T00:00"):  # one is open: the job opens no second
        assert jobs.supervise(now=clock.now()) == 0


def test_the_head_explains_and_the_office_closes_when_the_letter_is_answered(world, played):
    one = opened(world, played)
    letter = db.session.get(Letter, one.letter_id)
    head, office = world.actor("head"), world.actor("office")
    with played("2026-12-04T09:00"):
        now = clock.now()
        assert supervising.respond_refusal(one, letter, actor=world.actor("officer")).code == "forbidden"
        assert supervising.respond_refusal(one, letter, actor=world.actor("utilities_head")).code == "forbidden"
        for by in (None, date(2026, 12, 3)):
            with pytest.raises(Refused) as refused:
                supervising.respond(one, letter, text="等检测报告", answer_by=by, actor=head, now=now)
            assert refused.value.field == "answer_by"
        supervising.respond(one, letter, text="等检测报告", answer_by=date(2026, 12, 8), actor=head, now=now)
        db.session.commit()
        assert duty_queries.duty_for("letter", letter.id, "supervision_response").met_late is False
        assert supervising.close_refusal(one, letter, actor=office).code == "wrong_time"
        answered(world, letter, now)
        assert supervising.close_refusal(one, letter, actor=head).code == "forbidden"
        supervising.close(one, letter, conclusion="已答复，约谈经办人。", actor=office, now=now)
        db.session.commit()
    assert queries.counts(office) == {"open": 0, "unexplained": 0, "closed": 1}


def test_an_answer_does_not_spare_the_explanation(world, played):
    one = opened(world, played)
    letter = db.session.get(Letter, one.letter_id)
    with played("2026-12-04T09:00"):
        answered(world, letter, clock.now())
    assert duty_queries.open_one("supervision_response", "letter", letter.id, 1) is not None
    assert supervising.close_refusal(one, letter, actor=world.actor("office")).code == "wrong_time"


def test_an_explanation_after_two_workdays_is_late_on_the_ledger(world, played):
    one = opened(world, played)
    letter = db.session.get(Letter, one.letter_id)
    with played("2026-12-08T00:00:00"):
        supervising.respond(
            one, letter, text="等检测报告", answer_by=date(2026, 12, 9), actor=world.actor("head"), now=clock.now()
        )
        db.session.commit()
    assert duty_queries.duty_for("letter", letter.id, "supervision_response").met_late is True


def test_the_supervision_stays_with_the_late_unit_when_the_letter_moves_on(world, played):
    one = opened(world, played)
    letter = db.session.get(Letter, one.letter_id)
    with played("2026-12-03T09:00"):
        service.transfer(
            letter, department_id=world.department["town"], reason="属地", actor=world.actor("office"), now=clock.now()
        )
        db.session.commit()
    assert queries.seen_by(one.id, world.actor("head")) is not None
    assert supervising.respond_refusal(one, letter, actor=world.actor("head")) is None
    assert supervising.respond_refusal(one, letter, actor=world.actor("town_head")).code == "forbidden"


def test_a_letter_that_lies_with_the_office_is_closed_by_the_auditor(world, played):
    with played("2026-11-23T09:00"):
        letter = letters.received(clock.now())
    with played("2026-12-03T09:00"):
        now, office, auditor = clock.now(), world.actor("office"), world.actor("auditor")
        jobs.supervise(now=now)
        one = all_of_them()[0]
        assert one.department_id == world.department["office"]
        supervising.respond(one, letter, text="漏看了", answer_by=date(2026, 12, 4), actor=office, now=now)
        service.refuse(letter, ground="litigation", text="法院已经受理。", proper_channel="法院", actor=office, now=now)
        assert supervising.close_refusal(one, letter, actor=office).code == "forbidden"
        supervising.close(one, letter, conclusion="已整改。", actor=auditor, now=now)
        db.session.commit()
    assert one.closed_by == world.person["auditor"]


@pytest.mark.parametrize("about", ["housing", "office"])
def test_the_unit_concerned_finds_no_trace(world, played, client, about):
    unit = "town" if about == "housing" else "housing"
    with played("2026-11-23T09:00"):
        now = clock.now()
        letter = letters.received(now, about_department_id=world.department[about])
        if about == "housing":
            service.assign(letter, department_id=world.department[unit], actor=world.actor("office"), now=now)
        db.session.commit()
    with played("2026-12-03T00:00"):
        jobs.supervise(now=clock.now())
        one = all_of_them()[0]
        accused = "head" if about == "housing" else "office"
        world.sign_in(client, accused)
        assert letter.number not in client.get("/supervision").text
        assert client.get(f"/supervision/{one.id}").status_code == 404
        assert queries.counts(world.actor(accused)) == {"open": 0, "unexplained": 0, "closed": 0}
        assert queries.counts(world.actor("auditor")) == {"open": 1, "unexplained": 1, "closed": 0}


def test_a_unit_that_turns_out_to_be_concerned_has_nothing_to_explain_and_the_next_one_has(world, played):
    """The open supervision ends with the restriction; the letter stays late, so who has it now gets its own."""
    one = opened(world, played)
    letter = db.session.get(Letter, one.letter_id)
    with played("2026-12-04T09:00"):
        now, office = clock.now(), world.actor("office")
        service.restrict(letter, about_department_id=world.department["housing"], actor=office, now=now, reason="投诉")
        db.session.commit()
        assert (one.closed_at, one.closed_by) == (now, world.person["office"])
        assert "第三十条" in one.conclusion
        assert queries.seen_by(one.id, world.actor("head")) is None
        assert duty_queries.open_one("supervision_response", "letter", letter.id, 1) is None
        assert queries.open_one(letter.id) is None
        service.assign(letter, department_id=world.department["utilities"], actor=office, now=now)
        (duty_id,) = supervising.waiting(now=now)
        again = supervising.open_automatically(duty_id, now=now)
        db.session.commit()
    assert again is not None
    assert again.department_id == world.department["utilities"]


def test_a_restriction_leaves_the_supervision_of_another_unit_as_it_is(world, played):
    one = opened(world, played)
    letter = db.session.get(Letter, one.letter_id)
    with played("2026-12-04T09:00"):
        service.restrict(
            letter,
            about_department_id=world.department["town"],
            actor=world.actor("office"),
            now=clock.now(),
            reason="投诉",
        )
        db.session.commit()
    assert one.closed_at is None
    assert queries.seen_by(one.id, world.actor("head")) is not None


def test_the_pages_from_demand_to_conclusion(world, played, app):
    with played("2026-11-23T09:00"):
        letter = handed(world, clock.now())
    with played("2026-12-01T09:00"):
        office, head = (world.sign_in(app.test_client(), login) for login in ("office", "head"))
        path = f"/dispatch/{letter.id}/supervise"
        assert office.submit(path, {"demand": ""}).status_code == 422
        made = office.submit(path, {"demand": "请说明为什么超期。"})
        page = made.headers["Location"]
        assert made.status_code == 303
        assert "1 封超期的信" in words(office.get("/supervision").text)
        missing = head.submit(page, {"text": "等检测报告", "answer_by": ""}, to=f"{page}/respond")
        assert (missing.status_code, "等检测报告" in missing.text) == (422, True)
        done = head.submit(page, {"text": "等检测报告", "answer_by": "2026-12-02"}, to=f"{page}/respond")
        assert done.status_code == 303
        assert office.submit(page, {"conclusion": "现在就想办结。"}, to=f"{page}/close").status_code == 409
        answered(world, letter, clock.now())
        assert office.submit(page, {"conclusion": "已答复来信人。"}, to=f"{page}/close").status_code == 303
        assert "已答复来信人。" in words(head.get(page).text)
        assert page in head.get(f"/desk/letters/{letter.id}").text
