"""The notices on a desk and the inbox of the demonstration, as people meet them."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import g, render_template_string
from msgspec.structs import replace

from participation.access import Role
from participation.extensions import db
from participation.notices import queries, views
from participation.notices.models import Notice
from participation.notices.service import Contact, Department, notify
from tests.browse import words
from tests.installed import PRODUCTION

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
FACTS = {"number": "2026-0312", "title": "东风小区 5 号楼供暖不热", "due_on": NOW.date()}
FACTS |= {"department": "区住建局", "code": "204816", "minutes": 10}


def told(verb, to, **changes):
    asked = {"facts": FACTS, "subject_kind": "letter", "subject_id": 7, "now": NOW} | changes
    notify(verb, to=to, **asked)
    db.session.commit()


@pytest.fixture
def desk(world, client):
    """The officer's browser, with one notice and one yellow card waiting."""
    told("letter_assigned", Department(world.department["housing"]), link="/demo/inbox")
    told("letter_due_soon", Department(world.department["housing"], Role.OFFICER), now=NOW + timedelta(days=4))
    return world.sign_in(client, "officer")


def test_a_stranger_is_asked_to_sign_in(client, world):
    answer = client.get("/notices")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/notices")


def test_the_newest_notice_comes_first_with_its_card(desk):
    text = words(desk.get("/notices").text)
    assert "黄牌提醒：东风小区 5 号楼供暖不热 黄牌 2026-0312 号来信 11月23日到期，还没有答复，请抓紧办理。" in text
    assert text.index("黄牌提醒") < text.index("新交办来信")
    assert text.count("未读") == 3  # the tab says it once more
    assert "通知 2 未读" in text


def test_opening_a_notice_marks_it_read_and_leads_to_its_matter(desk, world):
    notice = queries.inbox(world.actor("officer"))[-1][0]
    answer = desk.submit("/notices", {"notice": str(notice.id)}, to="/notices/read")
    assert (answer.status_code, answer.location) == (302, "/demo/inbox")
    assert [read for _notice, read in queries.inbox(world.actor("officer"))] == [False, True]


def test_all_notices_are_marked_read_together(desk, world):
    page = desk.get("/notices").text
    answer = desk.post("/notices/read", data={"csrf_token": desk.token("/notices")})
    assert "全部标为已读" in page
    assert (answer.status_code, answer.location) == (302, "/notices")
    assert queries.unread_count(world.actor("officer")) == 0
    assert "全部标为已读" not in desk.get("/notices").text


def test_somebody_elses_notice_does_not_exist(desk, world, client):
    told("answer_submitted", Department(world.department["housing"]))
    other = queries.inbox(world.actor("head"))[0][0].id
    for asked in (str(other), "99999999", "x", "１", "-1", "9223372036854775808"):
        answer = desk.post("/notices/read", data={"csrf_token": desk.token("/notices"), "notice": asked})
        assert answer.status_code == 404


def test_a_link_to_another_site_is_not_followed(desk, world):
    for link in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
        told("letter_assigned", Department(world.department["housing"]), link=link, once=link)
        notice = queries.inbox(world.actor("officer"))[0][0]
        answer = desk.post("/notices/read", data={"csrf_token": desk.token("/notices"), "notice": str(notice.id)})
        assert answer.location == "/notices"


def test_marking_read_needs_the_form_token(desk, world):
    assert desk.post("/notices/read").status_code == 400
    assert queries.unread_count(world.actor("officer")) == 2


def test_reading_the_page_marks_nothing(desk, world):
    desk.get("/notices")
    assert queries.unread_count(world.actor("officer")) == 2


def test_older_notices_are_a_page_further(desk, world):
    for number in range(40):
        told("letter_assigned", Department(world.department["housing"]), subject_id=100 + number)
    first = desk.get("/notices").text
    last_shown = queries.inbox(world.actor("officer"))[-1][0].id
    assert f'href="/notices?before={last_shown}"' in first
    second = desk.get(f"/notices?before={last_shown}").text
    assert second.count("<article") == 12
    assert "更早的通知" not in second


@pytest.mark.parametrize("before", ["0", "-1", "9223372036854775808"])
def test_a_hostile_page_number_is_not_found(desk, before):
    assert desk.get(f"/notices?before={before}").status_code == 404


def test_the_title_of_a_letter_cannot_act_on_the_page(desk, world):
    told(
        "letter_assigned",
        Department(world.department["housing"]),
        facts=FACTS | {"title": "<script>alert(1)</script>"},
        once="x",
    )
    page = desk.get("/notices").text
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_officer_reads_what_could_not_be_delivered_without_the_address(desk, world):
    told("letter_answered", Contact("sms", "13800001234"), department_id=world.department["housing"], link="/letters/7")
    row = db.session.query(Notice).filter_by(channel="sms").one()
    row.state, row.next_attempt_at, row.attempts = "failed", None, 8
    db.session.commit()
    page = desk.get("/notices").text
    assert "没有送达的通知" in words(page)
    assert "已尝试 8 次" in words(page)
    assert "13800001234" not in page


def test_the_number_of_unread_notices_is_the_persons_own(app, world):
    told("letter_assigned", Department(world.department["housing"]))
    for login, count in (("officer", "1"), ("head", "0"), ("administrator", "0")):
        with app.test_request_context():
            g.actor = world.actor(login)
            g.pop("unread_notices", None)  # the test holds one context open for all requests
            assert render_template_string("{{ unread_notices() }}") == count


def test_the_inbox_of_the_demonstration_shows_the_newest_fifty(app, client):
    told("contact_code", Contact("sms", "13800001234"))
    for number in range(50):
        told(
            "letter_answered",
            Contact("email", "zhu@example.com"),
            facts=FACTS | {"number": f"N{number:02}"},
            subject_id=number,
        )
    page = client.get("/demo/inbox").text
    assert page.count("zh***") == 0
    assert page.count("z***@example.com") == 50
    assert "204816" not in page
    assert words(page).index("N49") < words(page).index("N00")


def test_a_code_is_read_in_the_inbox_and_the_number_is_masked(app, client):
    told("contact_code", Contact("sms", "13800001234"))
    page = client.get("/demo/inbox").text
    assert "验证码 204816，10 分钟内有效" in words(page)
    assert "发给 138****1234" in words(page)
    assert "13800001234" not in page


def test_a_real_installation_has_no_such_inbox(app, client):
    kept = app.extensions["settings"]
    app.extensions["settings"] = replace(kept, **PRODUCTION)
    try:
        assert client.get("/demo/inbox").status_code == 404
    finally:
        app.extensions["settings"] = kept


def test_an_empty_inbox_and_an_empty_desk_say_so(client, world):
    assert "还没有发送过通知。" in words(client.get("/demo/inbox").text)
    world.sign_in(client, "town")
    assert "没有通知。" in words(client.get("/notices").text)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("13800001234", "138****1234"),
        ("0533-6199000", "053****9000"),
        ("zhu@example.com", "z***@example.com"),
        ("110", "****"),
        ("@x", "***@x"),
        ("", "****"),
    ],
)
def test_an_address_is_masked(address, shown):
    assert views.masked_address(address) == shown
