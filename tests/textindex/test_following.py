"""What a use case writes is indexed by the same transaction, without the use case knowing."""

from datetime import timedelta

import pytest

from participation import clock
from participation.access import ANYONE
from participation.extensions import db
from participation.mailbox import service as mailbox
from participation.mailbox.models import Answer, Letter
from participation.textindex import following, service
from participation.textindex.queries import ids_matching
from tests import district
from tests.mailbox import letters


def found(kind, *words):
    return sorted(db.session.scalars(ids_matching(kind, [(word,) for word in words])))


@pytest.fixture
def settled(kept, played):
    place = kept(district.settle)
    with played(district.NOW):
        yield place


def test_a_letter_is_found_by_staff_from_its_receipt_on(world, played):
    letter = letters.received(clock.now(), title="泄洪沟堵了", text="泄洪沟里全是垃圾，请清理。")
    assert found("letter_desk", "泄洪沟") == [letter.id]
    assert found("letter_public", "泄洪沟") == []


def test_an_answer_is_found_once_it_is_approved(settled):
    answer = db.session.query(Answer).filter_by(letter_id=settled.letter).one()
    assert found("answer", "六盏路灯") == [answer.id]


def test_the_public_drawer_holds_the_redacted_copy_and_nothing_else(settled):
    assert found("letter_public", "停车也不方便") == [settled.letter]
    assert found("letter_public", district.HIDDEN) == []
    assert found("letter_desk", district.HIDDEN) == [settled.letter, settled.hidden_letter]


def test_withdrawn_consent_empties_the_public_drawer_at_once(settled):
    mailbox.withdraw_consent(db.session.get(Letter, settled.letter), actor=ANYONE, now=clock.now())
    assert found("letter_public", "路灯") == []
    db.session.rollback()
    assert found("letter_public", "路灯") == [settled.letter]


def test_what_is_public_of_decisions_and_consultations_is_kept(settled):
    assert found("decision", "停车") == [settled.decision, settled.hidden_decision]
    assert found("consultation", "停车") == [settled.consultation]
    assert found("consultation", "晚七时至次日早七时") == [settled.consultation]


def test_making_it_anew_gives_the_same(settled):
    before = {kind: found(kind, "停车") + found(kind, "路灯") for kind in following.registered()}
    for kind in following.registered():
        following.rebuild(kind)
    assert {kind: found(kind, "停车") + found(kind, "路灯") for kind in following.registered()} == before
    assert before["letter_public"] == [settled.letter, settled.letter]


def test_only_empty_drawers_are_filled_after_an_upgrade(settled):
    service.rebuild("letter_public", [])
    assert following.fill() == ["letter_public"]
    assert found("letter_public", "路灯") == [settled.letter]


def test_a_restricted_letter_never_gets_into_the_public_drawer(world, played):
    letter = letters.received(clock.now() - timedelta(days=1), about_department_id=world.department["housing"])
    letter.public_title, letter.public_text, letter.public_answer = "被投诉的路灯", "路灯", "路灯"
    db.session.flush()
    assert found("letter_public", "路灯") == []
    following.rebuild("letter_public")
    assert found("letter_public", "路灯") == []
