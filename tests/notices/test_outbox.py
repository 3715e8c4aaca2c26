"""Queueing: who gets what, once, and never the department a matter is kept from."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from participation.access import Role
from participation.extensions import db
from participation.notices import queries, service
from participation.notices.models import Notice
from participation.notices.service import Contact, Department, Person, notify

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
FACTS = {"number": "2026-0312", "title": "供暖不热", "due_on": NOW.date(), "department": "区住建局"}


def told(verb, to, **changes):
    asked = {"facts": FACTS, "subject_kind": "letter", "subject_id": 7, "now": NOW} | changes
    return notify(verb, to=to, **asked)


def rows():
    return list(db.session.scalars(select(Notice).order_by(Notice.id)))


@pytest.fixture
def no_address_book():
    kept = list(service._books)
    service._books.clear()
    yield
    service._books[:] = kept


def test_a_department_is_told_on_the_desks_of_the_roles_in_the_rule(world):
    assert told("letter_due_soon", Department(world.department["housing"])) == 2
    assert [(row.to_department_id, row.to_role, row.channel, row.state) for row in rows()] == [
        (world.department["housing"], "officer", "in_app", "sent"),
        (world.department["housing"], "head", "in_app", "sent"),
    ]


def test_a_named_role_is_told_alone(world):
    assert told("letter_overdue", Department(world.department["office"], Role.OFFICE)) == 1
    assert [row.to_role for row in rows()] == ["office"]


def test_only_the_holders_of_the_post_see_it(world):
    told("letter_assigned", Department(world.department["housing"]))
    seen = {login: len(queries.inbox(world.actor(login))) for login in world.person}
    assert [login for login, count in seen.items() if count] == ["officer"]


def test_a_contact_gets_a_queued_message(app):
    told("letter_answered", Contact("sms", "13800000000"))
    (row,) = rows()
    assert (row.channel, row.address, row.state, row.attempts) == ("sms", "13800000000", "queued", 0)
    assert (row.next_attempt_at, row.sent_at, row.person_id) == (NOW, None, None)


def test_the_restricted_department_is_not_told_and_others_are(world):
    housing = world.department["housing"]
    assert told("letter_assigned", Department(housing), restricted_from=housing) == 0
    assert told("letter_assigned", Department(world.department["utilities"]), restricted_from=housing) == 1
    assert len(queries.inbox(world.actor("utilities"))) == 1


def test_a_person_of_the_restricted_department_sees_nothing_of_it(world):
    told("letter_assigned", Person(world.person["officer"]), restricted_from=world.department["housing"])
    assert queries.inbox(world.actor("officer")) == []
    assert queries.unread_count(world.actor("officer")) == 0


def test_a_person_is_told_on_the_desk_and_at_the_addresses_accounts_knows(world, no_address_book):
    service.register_address_book(lambda person_id: [("sms", "13900000000"), ("email", "a@example.com"), ("sms", "")])
    assert told("letter_answered", Person(world.person["officer"])) == 3
    assert [(row.channel, row.address) for row in rows()] == [
        ("in_app", ""),
        ("sms", "13900000000"),
        ("email", "a@example.com"),
    ]


def test_a_desk_notice_does_not_go_out_by_message(world, no_address_book):
    service.register_address_book(lambda person_id: [("sms", "13900000000")])
    assert told("letter_assigned", Person(world.person["officer"])) == 1


def test_a_repeated_job_queues_nothing_twice(world):
    to = Department(world.department["housing"])
    later = NOW.replace(hour=9)
    assert told("letter_due_soon", to, once="duty-3") == 2
    assert told("letter_due_soon", to, once="duty-3", now=later) == 0
    assert told("letter_due_soon", to, once="duty-4", now=later) == 2
    assert told("letter_due_soon", to, once="duty-3", subject_id=8) == 2


def test_the_same_event_at_another_time_is_another_notice(app):
    to = Contact("sms", "13800000000")
    assert told("letter_answered", to) == 1
    assert told("letter_answered", to) == 0
    assert told("letter_answered", to, now=NOW.replace(hour=3)) == 1


def test_a_rolled_back_act_tells_nobody(app):
    told("letter_answered", Contact("sms", "13800000000"))
    db.session.rollback()
    assert rows() == []


def test_an_unknown_notice_or_a_missing_fact_is_a_fault_of_the_program(app):
    with pytest.raises(KeyError):
        told("letter_lost", Contact("sms", "1"))
    with pytest.raises(KeyError, match="needs title, due_on"):
        told("letter_assigned", Contact("sms", "1"), facts={"number": "1"})


def test_the_key_against_repeats_does_not_give_the_address_away(app):
    told("letter_answered", Contact("sms", "13800000000"), once="x")
    (row,) = rows()
    assert len(row.dedupe) == 64
    assert "13800000000" not in row.dedupe


def test_reading_is_each_persons_own_and_counted(world):
    for number in range(3):
        told("letter_assigned", Department(world.department["housing"]), subject_id=number)
    told("letter_due_soon", Department(world.department["housing"]), subject_id=9)
    officer, head = world.actor("officer"), world.actor("head")
    first = queries.inbox(officer)[-1][0]
    assert (queries.unread_count(officer), queries.unread_count(head)) == (4, 1)
    assert service.mark_read(officer, now=NOW, notice_id=first.id) == 1
    assert service.mark_read(officer, now=NOW, notice_id=first.id) == 0
    assert (queries.unread_count(officer), queries.unread_count(head)) == (3, 1)
    assert service.mark_read(head, now=NOW, notice_id=first.id) == 0
    assert service.mark_read(officer, now=NOW) == 3
    assert queries.unread_count(officer) == 0
    assert [read for _notice, read in queries.inbox(officer)] == [True] * 4


def test_failed_deliveries_are_seen_by_the_department_and_the_auditor(world):
    told("letter_answered", Contact("sms", "13800000000"), department_id=world.department["housing"])
    db.session.flush()
    (row,) = rows()
    row.state, row.next_attempt_at = "failed", None
    db.session.flush()
    seen = {login: [notice.id for notice in queries.failed_visible_to(world.actor(login))] for login in world.person}
    assert {login for login, ids in seen.items() if ids == [row.id]} == {"officer", "head", "auditor", "office"}
    assert [notice.id for notice in queries.failed_for("letter", 7)] == [row.id]
    row.restricted_from = world.department["housing"]
    db.session.flush()
    assert queries.failed_visible_to(world.actor("officer")) == []
