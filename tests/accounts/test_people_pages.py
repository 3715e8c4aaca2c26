"""The administrator's pages on departments, posts and people, and the head's on delegation."""

import re

import pytest

from participation.access import Role
from participation.accounts.models import Department, Person, Post, PostHolding
from participation.extensions import db
from tests.browse import words
from tests.world import PEOPLE

NEW_OFFICE = {
    "name": "区水利局",
    "short_name": "区水利局",
    "name_en": "Water Bureau",
    "code": "D99",
    "kind": "department",
    "sort": "9",
}


@pytest.fixture
def administrator(world, client):
    return world.sign_in(client, "administrator")


@pytest.fixture
def head(world, client):
    return world.sign_in(client, "head")


def test_only_the_administrator_manages_people(world, app):
    for login in PEOPLE:
        client = world.sign_in(app.test_client(), login)
        assert client.get("/people").status_code == (200 if login == "administrator" else 403), login


def test_the_administrator_has_no_way_to_letters(administrator, world):
    assert {str(each) for each in world.actor("administrator").capabilities} == {
        "take_part",
        "use_desk",
        "manage_people",
        "manage_calendar",
        "watch_evidence",
        "decide_contacts",  # the second person where an auditor asks: who they are stays unseen
    }


def test_departments_are_listed_with_posts_and_people(administrator):
    assert "区住房和城乡建设局 部门 2 2" in words(administrator.get("/people").text)


def test_a_department_a_post_a_person_and_an_appointment_are_entered(administrator, app, played):
    with played("2026-11-23T09:00"):
        assert administrator.submit("/people/departments/new", NEW_OFFICE).status_code == 303
        department = db.session.query(Department).filter_by(code="D99").one().id
        posts = administrator.submit(
            f"/people/departments/{department}",
            {"title": "信访专员", "role": "officer"},
            to=f"/people/departments/{department}/posts",
        )
        assert posts.status_code == 303
        page = administrator.submit("/people/accounts/new", {"name": "高远", "login": "GaoYuan"})
        one_time = re.search(r"<strong>([a-z0-9-]{14})</strong>", page.text).group(1)
        person = db.session.query(Person).filter_by(login="gaoyuan").one().id
        appointed = administrator.submit(
            posts.location,
            {"person_id": str(person), "from_on": "2026-11-24", "until_on": ""},
            to=f"{posts.location}/appoint",
        )
        assert appointed.status_code == 303
        assert "高远 · 11月24日起 · 还没有开始" in words(administrator.get(posts.location).text)
    with played("2026-11-24T00:00"):
        fresh = app.test_client()
        assert fresh.submit("/sign-in", {"login": "gaoyuan", "password": one_time}).status_code == 303
        fresh.submit("/password", {"present": one_time, "password": "my own long one", "again": "my own long one"})
        assert fresh.get("/notices").status_code == 200


def test_a_name_that_is_taken_is_said_at_the_field_and_kept(administrator):
    answer = administrator.submit("/people/departments/new", NEW_OFFICE | {"name": "区审计局"})
    assert answer.status_code == 422
    assert "已有同名的部门" in words(answer.text)
    assert 'value="区水利局"' in answer.text
    assert db.session.query(Department).count() == 5


def test_an_account_name_that_is_taken_is_refused(administrator):
    answer = administrator.submit("/people/accounts/new", {"name": "李明", "login": "Officer"})
    assert answer.status_code == 422
    assert "这个账号已经有人用了" in words(answer.text)


def test_a_day_that_cannot_be_read_is_said_at_the_field(administrator, world):
    page = f"/people/posts/{world.post['officer']}"
    sent = {"person_id": str(world.person["town"]), "from_on": "2026-02-30", "until_on": ""}
    answer = administrator.submit(page, sent, to=f"{page}/appoint")
    assert answer.status_code == 422
    assert 'value="2026-02-30"' in answer.text


def test_the_last_day_of_a_post_is_set(administrator, world, played):
    holding = db.session.query(PostHolding).filter_by(post_id=world.post["officer"]).one().id
    with played("2026-11-23T09:00"):
        assert administrator.submit(f"/people/holdings/{holding}/end", {"until_on": "2026-11-30"}).status_code == 303
        page = words(administrator.get(f"/people/posts/{world.post['officer']}").text)
    assert "李明 · 1月1日至11月30日" in page


def test_an_administrator_cannot_appoint_themself_on_the_page(administrator, world):
    page = f"/people/posts/{world.post['officer']}"
    sent = {"person_id": str(world.person["administrator"]), "from_on": "2026-12-01", "until_on": ""}
    answer = administrator.submit(page, sent, to=f"{page}/appoint")
    assert answer.status_code == 422
    assert "不能任命自己，请找另一位管理员。" in words(answer.text)


def test_the_own_account_can_neither_be_disabled_nor_reset(administrator, world):
    token = {"csrf_token": administrator.token("/password")}
    own = world.person["administrator"]
    assert administrator.post(f"/people/accounts/{own}/disable", data=token).status_code == 403
    assert administrator.post(f"/people/accounts/{own}/reset", data=token).status_code == 403


def test_a_one_time_password_is_shown_once(administrator, world):
    token = {"csrf_token": administrator.token("/password")}
    page = administrator.post(f"/people/accounts/{world.person['officer']}/reset", data=token)
    one_time = re.search(r"<strong>([a-z0-9-]{14})</strong>", page.text).group(1)
    assert one_time not in administrator.get(f"/people/accounts/{world.person['officer']}").text


def test_people_are_found_by_name_or_account(administrator):
    assert "李明" in words(administrator.get("/people/accounts?q=李").text)
    assert "李明" in words(administrator.get("/people/accounts?q=offi").text)
    assert "没有找到。" in words(administrator.get("/people/accounts?q=%25").text)


@pytest.mark.parametrize(
    "path",
    [
        "/people/accounts/9223372036854775808",
        "/people/departments/9999999999999999999",
        "/people/posts/77",
        "/people/holdings/77/end",
    ],
)
def test_unknown_things_are_not_found(administrator, path):
    assert administrator.get(path).status_code == 404


def test_the_government_office_cannot_be_abolished(administrator, world):
    token = {"csrf_token": administrator.token("/password")}
    assert (
        administrator.post(f"/people/departments/{world.department['office']}/abolish", data=token).status_code == 403
    )
    assert administrator.post(f"/people/departments/{world.department['town']}/abolish", data=token).status_code == 303
    assert "（已撤销）" in words(administrator.get("/people").text)


def test_a_head_delegates_the_own_post_for_some_days(head, world, played):
    with played("2026-11-23T09:00"):
        sent = {
            "post_id": world.post["head"],
            "deputy": world.person["officer"],
            "from_on": "2026-11-24",
            "until_on": "2026-11-26",
        }
        assert head.submit("/delegations", sent).status_code == 303
        page = words(head.get("/delegations").text)
    assert "李明 · 11月24日至11月26日 · 由周建国委托 · 还没有开始" in page
    assert world.actor("officer", on=_day(24)).roles == {Role.OFFICER, Role.HEAD}
    assert world.actor("officer", on=_day(27)).roles == {Role.OFFICER}


def test_a_head_ends_a_delegation_at_once(head, world, played):
    with played("2026-11-23T09:00"):
        sent = {
            "post_id": world.post["head"],
            "deputy": world.person["officer"],
            "from_on": "2026-11-23",
            "until_on": "2026-11-26",
        }
        head.submit("/delegations", sent)
        holding = re.search(r"/delegations/(\d+)/withdraw", head.get("/delegations").text).group(1)
        head.submit("/delegations", to=f"/delegations/{holding}/withdraw")
    assert world.actor("officer", on=_day(23)).roles == {Role.OFFICER}


def test_a_head_sees_and_ends_no_other_department_s_posts(head, world):
    assert "刘洋" not in words(head.get("/delegations").text)
    other = db.session.query(PostHolding).filter_by(post_id=world.post["utilities"]).one().id
    token = {"csrf_token": head.token("/password")}
    assert head.post(f"/delegations/{other}/withdraw", data=token).status_code == 404
    sent = {
        "post_id": world.post["utilities"],
        "deputy": world.person["officer"],
        "from_on": "2026-11-24",
        "until_on": "2026-11-26",
    }
    assert head.submit("/delegations", sent).status_code == 422
    assert db.session.get(Post, world.post["utilities"]).role == "officer"


def _day(day):
    from datetime import date

    return date(2026, 11, day)
