"""Letters by post, telephone and hotline: the day they came in counts, and a second person confirms."""

import io
from datetime import date

import pytest

from participation import clock
from participation.duties import queries as duty_queries
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from participation.mailbox.queries import elsewhere
from tests.browse import words
from tests.mailbox import letters

FORM = letters.FORM | {"channel": "hotline", "mailbox": "mayor", "received_on": "2026-11-20", "external_number": ""}


def entered(world, now, who="officer", **changes) -> Letter:
    values = {"channel": "hotline", "actor": world.actor(who), "received_on": date(2026, 11, 20)} | changes
    return letters.received(now, **values)


@pytest.mark.parametrize(
    ("declared", "due", "gap"),
    [
        (date(2026, 11, 23), "2026-11-30", 0),
        (date(2026, 11, 20), "2026-11-27", 1),  # Friday; entered on Monday
        (date(2026, 11, 21), "2026-11-27", 1),  # a Saturday is day zero as well
        (date(2026, 11, 19), "2026-11-26", 2),
        (date(2026, 9, 30), "2026-10-13", 34),  # across the National Day; long overdue when it is entered
    ],
)
def test_the_workdays_count_from_the_declared_day(world, played, declared, due, gap):
    with played("2026-11-23T09:00"):
        letter = entered(world, clock.now(), received_on=declared)
    owed = service.answer_duty(letter)
    assert (str(owed.due_on), letter.gap_workdays, letter.received_on) == (due, gap, declared)
    assert letter.number.startswith("XX-2026-1123-")  # numbered by the day on which it was recorded
    assert clock.local_date(letter.recorded_at) == date(2026, 11, 23)


@pytest.mark.parametrize("declared", [date(2026, 11, 24), date(2025, 11, 20), date(2006, 11, 23), date(9999, 1, 1)])
def test_a_day_that_cannot_be_is_refused(world, played, declared):
    with played("2026-11-23T23:59:59"), pytest.raises(Refused) as refused:
        entered(world, clock.now(), received_on=declared)
    assert refused.value.field == "received_on"


def test_a_letter_from_the_website_has_no_declared_day(world, played):
    with played("2026-11-23T09:00"):
        letter = letters.received(clock.now(), received_on=date(2026, 11, 20))
    assert (letter.received_on, letter.gap_workdays, letter.received_at) == (None, 0, letter.recorded_at)


def test_a_gap_of_one_workday_needs_nobody_and_of_two_a_second_person(world, played):
    with played("2026-11-23T09:00"):
        one = entered(world, clock.now())
        two = entered(world, clock.now(), received_on=date(2026, 11, 19))
    assert (one.gap_open, two.gap_open) == (False, True)
    assert [letter.id for letter in elsewhere.waiting(world.actor("head"))] == [two.id]


def test_who_may_confirm_and_that_it_moves_no_date(world, played):
    with played("2026-11-23T09:00"):
        letter = entered(world, clock.now(), received_on=date(2026, 11, 19))
        due = service.answer_duty(letter).due_at
        refused = {
            who: getattr(service.confirm_refusal(letter, world.actor(who)), "code", None)
            for who in ("officer", "head", "utilities_head", "office", "auditor", "administrator")
        }
        assert refused == {
            "officer": "forbidden", "head": None, "utilities_head": "forbidden", "office": None,
            "auditor": "forbidden", "administrator": "forbidden",
        }  # fmt: skip
        service.confirm_day(letter, actor=world.actor("head"), now=clock.now())
        db.session.commit()
        assert service.confirm_refusal(letter, world.actor("office")).code == "wrong_time"
    assert (letter.gap_open, service.answer_duty(letter).due_at) == (False, due)


def test_nobody_confirms_what_they_entered_themselves(world, played):
    with played("2026-11-23T09:00"):
        letter = entered(world, clock.now(), who="office", received_on=date(2026, 11, 19))
    refused = service.confirm_refusal(letter, world.actor("office"))
    assert refused.message == "You entered this letter yourself; somebody else must confirm its day"


def test_the_unit_concerned_is_not_shown_a_late_entry_about_it(world, played, app):
    with played("2026-11-23T09:00"):
        letter = entered(
            world, clock.now(), who="utilities", received_on=date(2026, 11, 19),
            about_department_id=world.department["office"],
        )  # fmt: skip
        office = world.sign_in(app.test_client(), "office")
        assert letter.number not in office.get("/desk/late-entries").text
        token = office.token("/desk/enter")
        assert office.post(f"/desk/late-entries/{letter.id}", data={"csrf_token": token}).status_code == 404


def test_a_letter_that_is_overdue_when_it_is_entered_is_late_at_once_and_named_for_who_holds_it(world, played):
    with played("2026-11-23T09:00"):
        letter = entered(world, clock.now(), received_on=date(2026, 11, 9))
        duty = service.answer_duty(letter)
        assert duty.late_at(clock.now())
        service.assign(letter, department_id=world.department["town"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
    assert duty_queries.responsible(duty) == world.department["office"]


def test_the_entry_page_from_form_to_confirmation(world, played, app):
    with played("2026-11-23T09:00"):
        letters.mailboxes(clock.now())
        officer, head = (world.sign_in(app.test_client(), login) for login in ("officer", "head"))
        late = officer.submit("/desk/enter", FORM | {"received_on": "2026-11-24"})
        assert (late.status_code, "收到日期不能晚于今天" in words(late.text)) == (422, True)
        assert "永安街 23 号院夜里路灯不亮" in late.text
        done = officer.submit("/desk/enter", FORM | {"received_on": "2026-11-19", "external_number": "GD-1"})
        assert done.status_code == 303
        again = officer.submit("/desk/enter", FORM | {"external_number": "GD-1"})
        assert (again.status_code, "XX-2026-1123-001" in words(again.text)) == (422, True)
        assert "XX-2026-1123-001" in head.get("/desk/late-entries").text
        assert head.submit("/desk/late-entries", {}, to="/desk/late-entries/1").status_code == 303
        assert "XX-2026-1123-001" not in head.get("/desk/late-entries").text


def test_a_letter_by_post_needs_its_scan(world, played, app):
    with played("2026-11-23T09:00"):
        letters.mailboxes(clock.now())
        officer = world.sign_in(app.test_client(), "officer")
        without = officer.submit("/desk/enter", FORM | {"channel": "post"})
        assert (without.status_code, "请附上来信的扫描件或者照片" in words(without.text)) == (422, True)
        scan = (io.BytesIO(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"), "scan.pdf")
        done = officer.submit(
            "/desk/enter", FORM | {"channel": "post", "files": scan}, content_type="multipart/form-data"
        )
        assert done.status_code == 303, words(done.text)


def test_the_gap_stands_on_the_public_page_and_before_its_confirmation_with_a_mark(world, played, client):
    with played("2026-11-23T09:00"):
        now = clock.now()
        letter = entered(world, now, received_on=date(2026, 11, 19))
        service.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=now)
        service.submit(letter, text="修好了。", contact="", version=None, actor=world.actor("officer"), now=now)
        service.approve(letter, actor=world.actor("head"), now=now)
        letter.public_title = letter.public_text = letter.public_answer = "路灯"
        letter.published_at = now
        service.publishing.evidence.record("letter.published", subject=letter, actor=world.actor("head"), now=now)
        db.session.commit()
        page = words(client.get(f"/letters/{letter.id}").text)
        assert "收到 2 个工作日后录入" in page
        assert "有 1 封邮寄、电话或热线转来的信" in words(client.get("/board").text)


def test_a_second_person_objects_with_a_reason_and_the_clock_stays(world, played, app):
    with played("2026-11-23T09:00"):
        letter = entered(world, clock.now(), received_on=date(2026, 11, 19))
        due = service.answer_duty(letter).due_at
        head = world.sign_in(app.test_client(), "head")
        page, to = "/desk/late-entries", f"/desk/late-entries/{letter.id}"
        empty = head.submit(page, {"do": "object", "reason": ""}, to=to)
        assert (empty.status_code, f'id="reason-{letter.id}"' in empty.text) == (422, True)
        assert head.submit(page, {"do": "object", "reason": "信封上是23日。"}, to=to).status_code == 303
        assert "信封上是23日。" in head.get(page).text
        office = world.sign_in(app.test_client(), "office")
        assert "收信日期有异议" in words(office.get("/notices").text)
        assert "复核人对这个日期有异议" in words(office.get(f"/dispatch/{letter.id}").text)
    db.session.refresh(letter)
    assert (letter.gap_open, letter.gap_objection) == (False, "信封上是23日。")
    assert service.answer_duty(letter).due_at == due
    with pytest.raises(Refused) as refused:
        service.confirm_day(letter, actor=world.actor("office"), now=clock.now())
    assert refused.value.code == "wrong_time"


def test_nobody_objects_to_their_own_entry_or_without_a_reason(world, played):
    with played("2026-11-23T09:00"):
        letter = entered(world, clock.now(), received_on=date(2026, 11, 19))
        for who, reason in (("officer", "不对"), ("head", ""), ("town_head", "不对")):
            with pytest.raises(Refused):
                service.object_to_day(letter, reason=reason, actor=world.actor(who), now=clock.now())
