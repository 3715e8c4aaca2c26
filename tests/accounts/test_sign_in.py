"""Signing in: who gets in, who does not, and how often one may try."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest

from participation import clock
from participation.accounts import service
from participation.accounts.same_site import path_or
from participation.extensions import db
from tests.browse import words
from tests.world import PASSWORD

WRONG = {"login": "officer", "password": "not the password"}
RIGHT = {"login": "officer", "password": PASSWORD}
NOT_RIGHT = "账号或密码不对，请核对后再试。"


def test_the_right_password_signs_in(world, client):
    answer = client.submit("/sign-in?next=/notices", RIGHT)
    assert (answer.status_code, answer.location) == (303, "/notices")
    assert client.get("/notices").status_code == 200


def test_an_account_name_is_read_however_it_is_typed(world, client):
    answer = client.submit("/sign-in?next=/notices", RIGHT | {"login": " ＯＦＦＩＣＥＲ "})
    assert answer.status_code == 303


def test_a_wrong_password_and_an_unknown_account_read_the_same(world, app):
    pages = []
    for login in ("officer", "nobody1"):
        answer = app.test_client().submit("/sign-in", WRONG | {"login": login})
        assert answer.status_code == 422
        assert NOT_RIGHT in words(answer.text)
        pages.append(words(answer.text))
    assert pages[0] == pages[1]


def test_a_disabled_account_reads_like_a_wrong_password(world, app, played):
    client = world.sign_in(app.test_client(), "administrator")
    client.post(f"/people/accounts/{world.person['officer']}/disable", data={"csrf_token": client.token("/password")})
    answer = app.test_client().submit("/sign-in", RIGHT)
    assert answer.status_code == 422
    assert NOT_RIGHT in words(answer.text)


def test_an_unknown_account_takes_the_same_work_as_a_wrong_password(app, monkeypatch):
    from participation.accounts import passwords

    verified = []
    monkeypatch.setattr(passwords, "_hasher", _Counting(passwords._hasher, verified))
    assert passwords.matches(None, "whatever it is") is False
    assert passwords.matches(passwords.hashed("one two three"), "whatever it is") is False
    assert len(verified) == 2


def test_passwords_are_argon2id_of_19_mib_and_two_rounds():
    from participation.accounts import passwords

    assert passwords.hashed("0123456789").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_an_empty_form_says_what_to_enter(world, client):
    answer = client.submit("/sign-in", {"login": "", "password": ""})
    assert answer.status_code == 422
    assert "请输入账号" in words(answer.text)
    assert "请输入密码" in words(answer.text)


def test_without_a_form_token_nobody_signs_in(world, client):
    assert client.post("/sign-in", data=RIGHT).status_code == 400
    assert client.get("/notices").status_code == 302


def test_the_sixth_try_within_five_minutes_is_refused_even_if_right(world, client, played):
    for minute in range(5):
        with played(f"2026-11-23T09:0{minute}"):
            assert client.submit("/sign-in", WRONG).status_code == 422
    with played("2026-11-23T09:04:30"):
        refused = client.submit("/sign-in", RIGHT)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "30"
    assert "尝试次数太多，请过 1 分钟再试。" in words(refused.text)


def test_the_window_ends_and_the_right_password_signs_in(world, client, played):
    for minute in range(5):
        with played(f"2026-11-23T09:0{minute}"):
            client.submit("/sign-in", WRONG)
    with played("2026-11-23T09:04:59"):
        assert client.submit("/sign-in", RIGHT).status_code == 429
    with played("2026-11-23T09:05:00"):
        assert client.submit("/sign-in", RIGHT).status_code == 303


def test_a_refused_try_does_not_lengthen_the_wait(world, client, played):
    for _ in range(5):
        with played("2026-11-23T09:00"):
            client.submit("/sign-in", WRONG)
    for minute in range(1, 5):
        with played(f"2026-11-23T09:0{minute}"):
            assert client.submit("/sign-in", RIGHT).status_code == 429
    with played("2026-11-23T09:05"):
        assert client.submit("/sign-in", RIGHT).status_code == 303


def test_an_unknown_account_is_counted_like_a_known_one(world, client, played):
    with played("2026-11-23T09:00"):
        found = [client.submit("/sign-in", WRONG | {"login": "nobody"}).status_code for _ in range(6)]
    assert found == [422, 422, 422, 422, 422, 429]


def test_one_blocked_account_leaves_the_others_alone(world, client, app, played):
    with played("2026-11-23T09:00"):
        for _ in range(5):
            client.submit("/sign-in", WRONG)
        assert client.submit("/sign-in", RIGHT).status_code == 429
        assert app.test_client().submit("/sign-in", RIGHT | {"login": "head"}).status_code == 303


def test_one_address_may_fail_twenty_times_over_all_accounts(world, client, app, played):
    with played("2026-11-23T09:00"):
        for count in range(20):
            answer = client.submit("/sign-in", {"login": f"guess{count}", "password": "not the password"})
            assert answer.status_code == 422
        assert client.submit("/sign-in", RIGHT).status_code == 429
        elsewhere = app.test_client()
        elsewhere.environ_base["REMOTE_ADDR"] = "203.0.113.9"
        assert elsewhere.submit("/sign-in", RIGHT).status_code == 303


def test_a_right_password_is_not_counted_as_a_failure(world, app, played):
    with played("2026-11-23T09:00"):
        found = [app.test_client().submit("/sign-in", RIGHT).status_code for _ in range(7)]
    assert found == [303] * 7


def test_many_tries_at_the_same_instant_are_still_five(world, app, played):
    with played("2026-11-23T09:00"):
        context = copy_context()
        with ThreadPoolExecutor(12) as pool:
            found = list(pool.map(lambda _: context.copy().run(_try, app), range(24)))
    assert Counter(found) == {0: 5, 300: 19}


def test_the_throttle_keeps_neither_accounts_nor_addresses(world, client):
    from participation.accounts.models import Attempt

    client.submit("/sign-in", WRONG)
    rows = db.session.query(Attempt).all()
    assert sorted(row.scope for row in rows) == ["sign_in_account", "sign_in_network"]
    assert all(len(row.key_digest) == 64 and "officer" not in row.key_digest for row in rows)


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil",
        "",
        None,
    ],
)
def test_next_never_leaves_the_site(address):
    assert path_or(address, "/") == "/"


def test_next_keeps_a_path_with_its_query():
    assert path_or("/letters?page=2&q=%E6%9A%96", "/") == "/letters?page=2&q=%E6%9A%96"


def test_after_signing_in_a_foreign_next_leads_to_the_own_pages(world, client):
    answer = client.submit("/sign-in", RIGHT | {"next": "https://evil.example/"})
    assert answer.status_code == 303
    assert answer.location.startswith("/")
    assert not answer.location.startswith("//")


def _try(app):
    with app.app_context():
        wait = service.begin_sign_in(login="officer", network="n" * 64, now=clock.now()).wait
        db.session.commit()
        return wait


class _Counting:
    def __init__(self, hasher, verified):
        self.hasher, self.verified = hasher, verified

    def verify(self, stored, password):
        self.verified.append(stored)
        return self.hasher.verify(stored, password)

    def hash(self, password):
        return self.hasher.hash(password)


def test_a_refused_sign_in_does_not_say_that_the_text_was_kept(world, client):
    page = client.submit("/sign-in", {"login": "nobody", "password": "wrong-password-1"})
    assert page.status_code == 422
    assert "还没有登录" in page.text
    assert "您写的内容都还在" not in page.text
