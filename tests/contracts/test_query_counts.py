"""A page asks the database as often for fifty letters as for one."""

from datetime import date, datetime, timedelta

import pytest

from participation import clock
from participation.demo.scale.letters import Plan, rows
from participation.demo.scale.writing import write
from participation.duties.calendar import load_calendar
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.queries.mailboxes import mailboxes
from tests.mailbox import letters

NOW = "2026-11-23T09:00"
PAGES = {
    "public list": ("/letters", None),
    "desk": ("/desk", "officer"),
    "dispatch": ("/dispatch", "office"),
    "board": ("/board", None),
    "ledger": ("/ledger?state=all", "auditor"),
    "figures": ("/letters/figures", None),
    "monthly report": ("/letters/figures/2026-10", None),
}


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=clock.SHANGHAI)


def live(world, count: int) -> None:
    """So many letters of each sort: waiting, with a unit, overdue, published."""
    office, unit = world.actor("office"), world.department["housing"]
    for number in range(count):
        minute = timedelta(minutes=number)
        received = at("2026-11-20T10:00") + minute
        with clock.played(received):
            letters.received(received)
            held = letters.received(received)
            service.assign(held, department_id=unit, actor=office, now=received)
            db.session.commit()
        received = at("2026-10-12T10:00") + minute
        with clock.played(received):
            late = letters.received(received)
            done = letters.received(received)
            for letter in (late, done):
                service.assign(letter, department_id=unit, actor=office, now=received)
            officer = world.actor("officer")
            service.submit(done, text="已经修好。", contact="0533", version=None, actor=officer, now=received)
            service.approve(done, actor=world.actor("head"), now=received)
            done.published_at, done.public_title, done.public_text = received, "路灯不亮", "路灯不亮。"
            done.public_answer = "已经修好。"
            db.session.flush()
            db.session.commit()


def many_more(world) -> None:
    """Six hundred letters in bulk over seven weeks: more than fifty rows on each page."""
    shift = {"id": 3000, "letter_id": 1000, "subject_id": 1000, "merged_into_id": 1000, "duty_id": 3000}
    plan = Plan(
        count=600, now=at(NOW), first_day=date(2026, 10, 1), calendar=load_calendar(),
        departments=[world.department["housing"], world.department["town"]], weights=[3, 1],
        mailboxes=[box.id for box in mailboxes()][:2], office=world.department["office"],
        officer=world.person["officer"],
    )  # fmt: skip
    made = list(rows(plan))
    for table, values in made:
        for name, by in shift.items():
            if values.get(name) is not None:
                values[name] += 1000 if (table, name) in (("letter", "id"), ("letter_answer", "id")) else by
        if table == "letter":
            values["submission_key"] = values["secret_digest"] = f"many-{values['id']}"
        if table == "duty":  # the first letters have no extension, and the board asks only where there is one
            values["extended"], values["extended_by"] = False, 0
    db.session.remove()
    with db.engine.begin() as connection:
        write(connection, made)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_takes_as_many_queries_at_fifty_rows_as_at_one(client, world, queries, name):
    path, login = PAGES[name]
    with clock.played(at(NOW)):
        if login:
            world.sign_in(client, login)
    live(world, 1)
    with clock.played(at(NOW)):
        assert client.get(path).status_code == 200
        with queries() as one:
            client.get(path)
    many_more(world)
    with clock.played(at(NOW)), queries() as many:
        client.get(path)
    assert len(many) == len(one)
