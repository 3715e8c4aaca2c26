"""Lists: a total order, pages by key, filters, and as many queries for fifty rows as for one."""

import re

import pytest
from sqlalchemy import event

from participation import clock
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from tests.browse import words
from tests.mailbox import letters


def answered(world, now, title="路灯", **changes) -> Letter:
    letter = letters.received(now, **changes)
    service.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=now)
    service.submit(letter, text="已经修好。", contact="", version=None, actor=world.actor("officer"), now=now)
    service.approve(letter, actor=world.actor("head"), now=now)
    service.publish(letter, title=title, text="不亮", answer="已经修好。", actor=world.actor("head"), now=now)
    db.session.commit()
    return letter


def queries_of(client, path) -> int:
    seen = []

    def note(*_args):
        seen.append(1)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def test_pages_follow_each_other_without_gap_or_repeat(client, world, played):
    with played("2026-11-23T09:00"):
        made = [answered(world, clock.now(), title=f"第{n}封").id for n in range(45)]  # all at the same instant
        seen, path = [], "/letters"
        while path:
            page = client.get(path).text
            seen += [int(number) for number in re.findall(r'href="/letters/(\d+)"', page)]
            path = (
                page.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
                if 'rel="next"' in page
                else ""
            )
            path = path.replace("&amp;", "&")
    assert seen == made[::-1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"一", "二"}), ("topic=教育", {"二"}), ("month=2026-11", {"一", "二"}), ("month=2026-10", set()),
        ("late=1", set()), ("q=一", {"一"}), ("q=%25", set()), ("topic=none", {"一", "二"}),
    ],
)  # fmt: skip
def test_filters(client, world, played, query, found):
    with played("2026-11-23T09:00"):
        answered(world, clock.now(), title="标题一")
        answered(world, clock.now(), title="标题二", topic="教育")
        page = words(client.get(f"/letters?{query}").text)
    assert {name for name in ("一", "二") if f"标题{name}" in page} == found


@pytest.mark.parametrize(
    ("path", "login"), [("/letters", None), ("/mailbox", None), ("/dispatch", "office"), ("/desk", "officer")]
)
def test_as_many_queries_for_many_letters_as_for_two(app, world, played, path, login):
    with played("2026-11-23T09:00"):
        now, office = clock.now(), world.actor("office")

        def more(count: int) -> None:
            for _ in range(count):
                answered(world, now)
                letters.received(now)
                given = letters.received(now)
                service.assign(given, department_id=world.department["housing"], actor=office, now=now)
                db.session.commit()

        client = world.sign_in(app.test_client(), login) if login else app.test_client()
        client.get(path)
        more(2)
        few = queries_of(client, path)
        more(12)
        assert queries_of(client, path) == few
