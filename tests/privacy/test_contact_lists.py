"""A list of contacts through its life: who is in it, who allows it, what is noted, what a citizen is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from participation.access import ANYONE
from participation.consultations.service.withdrawing import withdraw_comment
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.evidence.models import EvidenceEntry
from participation.extensions import db
from participation.mailbox.service import restricting
from participation.notices.models import Notice
from participation.privacy import service as privacy
from participation.privacy.contact_lists import jobs, queries, service
from participation.privacy.contact_lists.models import ContactFetch, ContactList
from participation.privacy.contact_lists.scope import Scope, members
from participation.privacy.rules import years
from tests.consultations import periods
from tests.duties.notices import at
from tests.mailbox import answered, letters
from tests.privacy import asking

NOW = at("2026-11-23T11:00")


def entries(verb: str) -> list[EvidenceEntry]:
    return list(db.session.scalars(select(EvidenceEntry).filter_by(verb=verb)))


def comments_of(consultation) -> list[periods.Comment]:
    query = select(periods.Comment).filter_by(consultation_id=consultation.id).order_by(periods.Comment.id)
    return list(db.session.scalars(query))


def test_what_is_asked_waits_for_the_head_and_is_told(world, played):
    row = asking.asked(world, asking.commented_on(world))
    assert (row.stage, row.people, row.fields, row.desk) == ("asked", 3, ["name", "contact"], "unit")
    told = db.session.scalars(select(Notice).filter_by(verb="contacts_asked")).one()
    assert (told.to_department_id, told.to_role) == (world.department["housing"], "head")
    assert asking.PURPOSE not in evidence.entry_for("contact_list", row.id).payload
    with played("2026-11-23T09:30"):
        assert queries.waiting(world.actor("head")) == 1
        assert queries.waiting(world.actor("officer")) == queries.waiting(world.actor("utilities_head")) == 0


def test_nobody_allows_their_own_request(world):
    row = asking.asked(world, asking.commented_on(world), login="head")
    assert row.desk == "above"
    with pytest.raises(Refused) as refused:
        service.approve(row, version=row.version, actor=world.actor("head"), now=NOW)
    assert refused.value.code == "forbidden"
    asking.approved(world, row, login="office")
    assert row.stage == "approved"


def test_the_database_knows_no_list_that_was_allowed_by_its_asker(world):
    row = asking.asked(world, asking.commented_on(world))
    row.stage, row.decided_at, row.decided_by = "approved", NOW, row.asked_by
    with pytest.raises(Exception, match=r"(?i)check"):
        db.session.flush()
    db.session.rollback()


def test_what_was_decided_meanwhile_is_told_to_the_second(world):
    row = asking.asked(world, asking.commented_on(world))
    seen = row.version
    asking.approved(world, row)
    for version in (seen, None):
        with pytest.raises(Refused) as refused:
            service.refuse(row, reason="这个用途不需要联系方式。", version=version, actor=world.actor("head"), now=NOW)
        assert refused.value.code == "conflict"


def test_a_refusal_has_a_reason_and_reaches_the_asker(world):
    row = asking.asked(world, asking.commented_on(world))
    with pytest.raises(Refused, match="10 to 500"):
        service.refuse(row, reason="不行", version=row.version, actor=world.actor("head"), now=NOW)
    service.refuse(
        row, reason="听证会已经公告，请他们自己报名。", version=row.version, actor=world.actor("head"), now=NOW
    )
    db.session.commit()
    told = db.session.scalars(select(Notice).filter_by(verb="contacts_decided", channel="in_app")).one()
    assert told.person_id == world.person["officer"]
    assert "未同意" in told.title
    assert queries.given_with("comment", db.session.get(periods.Comment, 1)) == []


def test_each_fetch_counts_and_is_in_the_record(world):
    row = asking.approved(world, asking.asked(world, asking.commented_on(world)))
    for number in (1, 2, 3):
        found = service.fetch(row, form="csv", actor=world.actor("officer"), now=NOW + timedelta(days=number))
        db.session.commit()
        assert [entry.name for entry in found.entries] == list(asking.NAMES)
    with pytest.raises(Refused, match="3 times"):
        service.fetch(row, form="csv", actor=world.actor("officer"), now=NOW + timedelta(days=4))
    db.session.rollback()
    taken = list(db.session.scalars(select(ContactFetch)))
    assert [(one.people, one.left_out) for one in taken] == [(3, 0)] * 3
    assert len(entries("contacts.fetched")) == 3
    assert "139" not in "".join(entry.payload.split('"rows"')[0] for entry in entries("contacts.fetched"))


def test_after_its_last_day_nothing_is_given(world):
    row = asking.approved(world, asking.asked(world, asking.commented_on(world)))
    service.fetch(row, form="csv", actor=world.actor("officer"), now=at("2026-12-12T23:59"))
    with pytest.raises(Refused, match="last day"):
        service.fetch(row, form="csv", actor=world.actor("officer"), now=at("2026-12-13T00:00"))


def test_only_the_asker_takes_it(world):
    row = asking.approved(world, asking.asked(world, asking.commented_on(world)))
    for login in ("head", "office", "auditor", "administrator"):
        with pytest.raises(Refused) as refused:
            service.fetch(row, form="csv", actor=world.actor(login), now=NOW)
        assert refused.value.code == "forbidden"


def test_who_left_meanwhile_is_left_out_and_who_came_later_is_not_in(world):
    consultation = asking.commented_on(world)
    row = asking.approved(world, asking.asked(world, consultation))
    first, second, third = comments_of(consultation)
    withdraw_comment(first, consultation, actor=ANYONE, now=NOW)
    privacy.limit(second, ground="comment_running", actor=ANYONE, now=NOW)
    later = periods.ContactAddress("sms", "13900000009")
    periods.commented(consultation, now="2026-11-23T10:30", contact=later)
    db.session.commit()
    found = service.fetch(row, form="xlsx", actor=world.actor("officer"), now=NOW)
    db.session.commit()
    assert [entry.address for entry in found.entries] == [third.contact_address]
    assert db.session.scalars(select(ContactFetch)).one().left_out == 2


def test_those_who_cannot_be_in_it_are_counted_by_reason(world):
    consultation = asking.commented_on(world)
    first, second, third = comments_of(consultation)
    withdraw_comment(first, consultation, actor=ANYONE, now=NOW)
    third.unsubscribed_at = NOW
    evidence.record("comment.unsubscribed", subject=third, actor=ANYONE, now=NOW)
    privacy.erase_matter(first, why="asked", actor=ANYONE, now=NOW)
    privacy.limit(second, ground="comment_running", actor=ANYONE, now=NOW)
    db.session.commit()
    scope = Scope("consultation", world.department["housing"], consultation_id=consultation.id)
    found = members(scope, actor=world.actor("officer"))
    assert (found.people, found.left_out) == (0, {"erased": 1, "limited": 1, "unwanted": 1})


def test_one_person_is_one_line_with_all_numbers(world):
    consultation = asking.commented_on(world)
    again = periods.commented(consultation, contact=periods.ContactAddress("sms", "13900000001"), text="再补充一点。")
    db.session.commit()
    scope = Scope("consultation", world.department["housing"], consultation_id=consultation.id)
    found = members(scope, actor=world.actor("officer"))
    assert found.people == 3
    assert found.entries[0].numbers[-1] == again.number


def test_a_unit_asks_for_its_own_consultations_only(world):
    consultation = asking.commented_on(world)
    with pytest.raises(Refused) as refused:
        asking.asked(world, consultation, login="utilities")
    assert refused.value.code == "not_found"
    assert asking.asked(world, consultation, login="auditor").desk == "above"


def test_letters_about_a_unit_are_in_no_list_and_that_unit_learns_nothing(world):
    plain = letters.received(at("2026-11-16T10:00"))
    about = letters.received(at("2026-11-17T10:00"), about_department_id=world.department["office"])
    month = Scope("letters", world.department["office"], month="2026-11")
    found = members(month, actor=world.actor("office"))
    assert (found.matters, found.restricted, found.left_out) == ([plain.id], 0, {})
    seen = members(month, actor=world.actor("auditor"))
    assert (seen.matters, seen.restricted) == ([plain.id], 1)
    row = asking.asked_letters(world, login="auditor")
    assert about.id not in row.matters
    assert row.left_out == {}


def test_a_letter_restricted_after_the_list_was_allowed_is_not_given(world):
    letter = letters.received(at("2026-11-20T10:00"))
    row = asking.asked_letters(world)
    asking.approved(world, row, login="administrator")
    restricting.restrict(
        letter, about_department_id=world.department["town"], actor=world.actor("office"), now=NOW, reason="投诉对象"
    )
    db.session.commit()
    found = service.fetch(row, form="csv", actor=world.actor("office"), now=NOW)
    assert (found.people, row.people) == (0, 1)


def test_a_unit_gets_the_writers_of_letters_it_has_and_of_one_topic(world):
    answered.answered(world)
    answered.assigned(world, unit="utilities", contact=periods.ContactAddress("sms", "13800005555"))
    mine = Scope("letters", world.department["housing"], month="2026-11")
    assert [entry.address for entry in members(mine, actor=world.actor("officer")).entries] == ["13800001234"]
    other = Scope("letters", world.department["housing"], month="2026-11", topic="教育")
    assert members(other, actor=world.actor("officer")).people == 0
    assert members(Scope("letters", 1, month="2026-10"), actor=world.actor("office")).people == 0


def test_a_request_that_nobody_decided_lapses_once(world):
    row = asking.asked(world, asking.commented_on(world))
    assert jobs.lapse(now=at("2026-12-12T23:00")) == 0
    assert [jobs.lapse(now=at("2026-12-13T00:00")) for _ in range(2)] == [1, 0]
    db.session.refresh(row)
    assert row.stage == "lapsed"
    assert len(entries("contacts.lapsed")) == 1


def test_what_is_no_longer_needed_ends_and_what_was_taken_is_confirmed_as_deleted(world):
    row = asking.approved(world, asking.asked(world, asking.commented_on(world)))
    officer = world.actor("officer")
    service.fetch(row, form="csv", actor=officer, now=NOW)
    service.confirm_deleted(row, actor=officer, now=NOW)
    db.session.commit()
    assert row.deleted_at == NOW
    with pytest.raises(Refused):
        service.fetch(row, form="csv", actor=officer, now=NOW)
    service.withdraw(row, version=row.version, actor=officer, now=NOW)
    assert row.stage == "withdrawn"


def test_after_three_years_the_words_and_whom_it_was_about_are_gone(world):
    consultation = asking.commented_on(world)
    row = asking.approved(world, asking.asked(world, consultation))
    comment = comments_of(consultation)[0]
    assert [given.row.id for given in queries.given_with("comment", comment)] == [row.id]
    assert jobs.empty(now=at("2029-12-12T12:00")) == 0
    assert [jobs.empty(now=at("2029-12-14T00:00")) for _ in range(2)] == [1, 0]
    kept = db.session.get(ContactList, row.id, populate_existing=True)
    assert asking.PURPOSE not in kept.purpose
    assert (kept.matters, kept.people) == ([], 3)
    assert years("contact_list") == 3


def test_five_thousand_is_the_most(world, monkeypatch):
    from participation.privacy.contact_lists import rules

    monkeypatch.setattr(rules, "MOST_PEOPLE", 2)
    with pytest.raises(Refused, match="5,000"):
        asking.asked(world, asking.commented_on(world))
