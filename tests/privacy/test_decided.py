"""What becomes of a decided request: the person is told with what they can do next, and who handles the matter
reads the correction beside what was written. Limited matters are marked where they are handled."""

import pytest
from sqlalchemy import select

from participation.access import ANYONE, actor_for
from participation.extensions import db
from participation.notices.models import Notice
from participation.privacy import service
from participation.privacy.models import DataRequest
from tests.consultations import periods
from tests.duties.notices import at
from tests.mailbox import answered, letters
from tests.privacy.citizens import citizen

NOW = at("2026-11-23T09:00")
RIGHT = "路灯是六盏不是五盏，请更正。"
ANSWER = "经核对，情况属实，予以更正。"


def decided(world, row, kind: str = "correct", *, granted: bool = True, person_id: int | None = None) -> DataRequest:
    request = service.ask(kind, row, text=RIGHT, person_id=person_id, actor=ANYONE, now=NOW)
    db.session.commit()
    service.decide(request, granted=granted, answer=ANSWER, version=None, actor=world.actor("office"), now=NOW)
    db.session.commit()
    return request


def told() -> list[Notice]:
    return list(db.session.scalars(select(Notice).filter_by(verb="data_request_decided").order_by(Notice.id)))


@pytest.mark.parametrize(
    ("granted", "says"),
    [(True, ("同意", "更正已附在原文旁")), (False, ("不同意", "理由见", "网信部门", "起诉"))],
)
def test_the_writer_hears_the_decision_and_what_can_be_done_next(world, granted, says):
    letter = answered.answered(world)
    decided(world, letter, granted=granted)
    (notice,) = told()
    assert (notice.channel, notice.address, notice.state) == ("sms", "13800001234", "queued")
    for word in (letter.number, "更正", *says):
        assert word in notice.body
    assert RIGHT not in notice.body
    assert ANSWER not in notice.body


def test_of_a_granted_objection_the_person_hears_although_everything_was_erased(world):
    letter = answered.assigned(world)
    service.limit(letter, ground="letter_open", actor=ANYONE, now=NOW)
    decided(world, letter, "object")
    db.session.refresh(letter)
    assert letter.erased_at is not None
    (notice,) = told()
    assert (notice.state, notice.address) == ("queued", "13800001234")
    assert "已经删除" in notice.body


def test_somebody_with_an_account_is_told_by_its_addresses(world):
    who = citizen(1, now=NOW)
    mine = actor_for(person_id=who.person, name="", posts=(), is_citizen=True)
    letter = answered.answered(world, actor=mine)
    decided(world, letter, person_id=who.person)
    assert {notice.channel for notice in told()} == {"in_app", "sms", "email"}


def test_who_left_no_contact_is_told_on_the_page_alone(world):
    letter = letters.received(NOW, channel="phone", contact=None, actor=world.actor("office"))
    decided(world, letter)
    assert told() == []


def test_the_correction_stands_on_the_letter_s_pages(app, world, played):
    letter = answered.assigned(world)
    refused = answered.assigned(world)
    decided(world, letter)
    decided(world, refused, granted=False)
    with played("2026-11-23T10:00"):
        for login in ("officer", "office", "auditor"):
            browser = world.sign_in(app.test_client(), login)
            assert RIGHT in browser.get(f"/desk/letters/{letter.id}").text, login
        officer = world.sign_in(app.test_client(), "officer")
        assert RIGHT in officer.get(f"/desk/{letter.id}").text
        assert RIGHT not in officer.get(f"/desk/letters/{refused.id}").text


def test_the_correction_and_the_limit_stand_beside_the_comment_in_sorting(app, world, played):
    consultation = periods.opened(world)
    plain, corrected, limited = (periods.commented(consultation) for _ in range(3))
    decided(world, corrected)
    service.limit(limited, ground="comment_running", actor=ANYONE, now=NOW)
    db.session.commit()
    with played("2026-11-23T10:00"):
        officer = world.sign_in(app.test_client(), "officer")
        page = officer.get(f"/desk/consultations/{consultation.id}/sort?show=unsorted&lang=en").text
    assert page.count(RIGHT) == 1
    assert page.index(corrected.number) < page.index(RIGHT) < page.index(limited.number)
    assert page.count("only stored, as the writer asked") == 1
    assert page.index(limited.number) < page.index("only stored, as the writer asked")
    assert plain.number in page


def test_a_limited_letter_is_marked_in_the_queue(app, world, played):
    letter = answered.assigned(world)
    other = answered.assigned(world)
    service.limit(letter, ground="letter_open", actor=ANYONE, now=NOW)
    db.session.commit()
    with played("2026-11-23T10:00"):
        page = world.sign_in(app.test_client(), "officer").get("/desk?lang=en").text
    assert page.count("only stored, as the writer asked") == 1
    assert f"/desk/{other.id}" in page
