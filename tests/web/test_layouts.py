"""What stands on every page: language, size of type, sections, footer, error pages."""

import re

import pytest
from flask import abort, flash, render_template_string
from flask_babel import refresh

from config import Settings
from participation.access import Actor, Capability, PostHeld, Role, actor_for
from participation.errors import Refused
from participation.web import errors_pages
from tests.browse import words

PAGE = (
    '{% extends "layouts/page.html" %}{% set section = "mailbox" %}'
    "{% block title %}<标题>{% endblock %}{% block content %}<p>正文</p>{% endblock %}"
)
DESK = PAGE.replace("page.html", "desk.html")
OFFICER = actor_for(person_id=3, name="李<明>", posts=(PostHeld(1, 1, Role.OFFICER),), is_citizen=False)


@pytest.fixture
def shown(app, monkeypatch):
    def show(source: str = PAGE, address: str = "/letters", actor: Actor | None = None, **settings: object) -> str:
        changed = Settings(**({"secret_key": "x" * 40} | settings))
        monkeypatch.setitem(app.extensions, "settings", changed)
        if actor is not None:
            monkeypatch.setattr("participation.web.filters.current_actor", lambda: actor)
        with app.test_request_context(address):
            refresh()
            return render_template_string(source)

    return show


def test_a_page_is_chinese_unless_asked(shown):
    assert '<html lang="zh-CN" class="">' in shown()
    assert '<html lang="en" class="">' in shown(address="/letters?lang=en")
    assert '<html lang="zh-CN" class="">' in shown(address="/letters?lang=fr")


@pytest.mark.parametrize(
    ("size", "name"), [("large", "pp-large"), ("larger", "pp-larger"), ("normal", ""), ("huge", "")]
)
def test_the_size_of_type_is_a_class(shown, size, name):
    assert f'class="{name}">' in shown(address=f"/?size={size}").split("<head>")[0]


def test_the_title_names_page_and_site(shown):
    assert "<title><标题> - 周村区公众参与平台</title>" in shown()
    assert "<title><标题> - 滨海区公众参与平台</title>" in shown(district="滨海区")
    assert "<title><标题> - Zhoucun District public participation</title>" in shown(address="/?lang=en")


def test_one_section_is_marked(shown):
    page = shown()
    assert page.count('aria-current="page"') == 1
    assert "信箱" in words(re.search(r'<a href="[^"]*" aria-current="page">.*?</a>', page)[0])


def test_choosing_language_and_size_keeps_the_query(shown):
    page = shown(address="/letters?topic=heat")
    for target in ("?topic=heat&amp;lang=en", "?topic=heat&amp;size=large", "?topic=heat&amp;size=larger"):
        assert f'href="{target}"' in page


def test_nothing_inline_and_nothing_from_elsewhere(shown):
    for page in (shown(), shown(DESK, actor=OFFICER)):
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*src=)", page)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_a_demonstration_says_that_it_is_one(shown):
    assert "pp-demo" in shown()
    production = {
        "environment": "production",
        "database_url": "sqlite:///x.db",
        "cookies_secure": True,
        "trusted_hosts": "localhost",
    }
    assert "pp-demo" not in shown(**production)


def test_the_footer_shows_the_numbers_a_government_site_owes(shown):
    numbers = {
        "site_code": "3703060001",
        "icp_number": "鲁ICP备0号",
        "police_number": "鲁公网安备 0号",
    }
    page = words(shown(**numbers))
    assert "政府网站标识码 3703060001" in page
    assert "鲁ICP备0号" in page
    assert "鲁公网安备 0号" in page
    assert "标识码" not in words(shown())


def test_signing_in_or_out(shown):
    assert "登录" in words(shown())
    page = shown(actor=OFFICER)
    assert "李&lt;明&gt;" in page
    form = re.search(r'<form class="pp-tools__form" method="post".*?</form>', page, re.DOTALL)
    assert form is not None
    assert 'name="csrf_token"' in form[0]


def test_the_desk_shows_the_tabs_a_post_opens(shown, monkeypatch):
    from participation.web import navigation

    tabs = [
        navigation.Tab("oversight.ledger", "Ledger", Capability.READ_LEDGER, 2),
        navigation.Tab("accounts.people", "People", Capability.USE_DESK, 1),
    ]
    monkeypatch.setattr(navigation, "_tabs", tabs)
    assert [tab.label for tab in navigation.tabs_for(OFFICER)] == ["People"]
    assert '<footer class="pp-foot pp-foot--staff">' in shown(DESK, actor=OFFICER, address="/?lang=en")


def test_a_message_is_told_once_and_escaped(app):
    with app.test_request_context("/"):
        refresh()
        flash("已保存 <b>")
        assert '<p class="govuk-notification-banner__heading">已保存 &lt;b&gt;</p>' in render_template_string(PAGE)


def error_page(app, error, **request):
    with app.test_request_context("/x", **request):
        refresh()
        page, status = error(app)
        return status, page


def test_a_refusal_says_what_to_do_and_its_basis(app):
    refusal = Refused("wrong_time", "Sign in", basis="第 713 号 第十五条", kept="我写的<内容>")
    status, page = error_page(app, lambda _app: errors_pages._refused(refusal))
    assert status == 409
    assert '<h1 class="t-1">登录</h1>' in page
    assert "第 713 号 第十五条" in page
    assert "<p>我写的&lt;内容&gt;</p>" in page


def test_what_was_written_comes_back_but_no_password(app):
    data = {
        "text": "暖气一直不热，请派人来看",
        "password": "correct horse battery",
        "csrf_token": "0123456789abc",
        "q": "短",
    }
    _status, page = error_page(app, lambda _app: errors_pages._csrf(None), method="POST", data=data)
    assert "<p>暖气一直不热，请派人来看</p>" in page
    assert "battery" not in page
    assert "0123456789abc" not in page.split("<main")[1]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 418, 429, 503])
def test_every_error_has_a_heading_and_its_number_last(app, status):
    def raised(_app):
        try:
            abort(status)
        except Exception as error:
            return errors_pages._http(error)

    shown_status, page = error_page(app, raised)
    assert shown_status == status
    assert page.count("<h1") == 1
    assert words(page.split("<main")[1].split("</main>")[0]).endswith(str(status))


def test_an_unknown_address_keeps_the_layout(client):
    answer = client.get("/no/such/page?lang=en")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert "lang=en" in answer.headers["Set-Cookie"]
