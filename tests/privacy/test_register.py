"""An erasure outlives the restore of an older backup: the register beside the database says what goes again."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from participation.access import SYSTEM
from participation.accounts.models import Person
from participation.extensions import db
from participation.mailbox.models import Letter
from participation.mailbox.rules import ContactAddress
from participation.notices.models import Notice
from participation.privacy import jobs, register, repeating, service
from participation.privacy.holdings import Proved
from participation.privacy.register import ERASED, LIMITED
from tests.district import at
from tests.mailbox import answered, letters
from tests.privacy.citizens import citizen

NOW, LATER = at("2026-11-23T09:00"), at("2026-11-25T09:00")


@pytest.fixture
def letter(world) -> Letter:
    return answered.answered(world)


def erased(row, *, now=NOW) -> None:
    service.erase(Proved(opened=(("letter", row.id),)), [row], close_account=False, actor=SYSTEM, now=now)
    db.session.commit()


def restored(*lines) -> None:
    """The database is as before the erasure, the register knows of it."""
    db.session.commit()
    register.append(register.path(), lines)


def repeated(now=LATER) -> int:
    done = repeating.repeat_erasures(register=register.path(), now=now).done
    db.session.commit()
    return done


def test_the_register_holds_ids_and_instants_and_nothing_else(letter):
    assert register.read(register.path()) == []
    erased(letter)
    (written,) = [json.loads(line) for line in register.path().read_text().splitlines()]
    assert set(written) == {"act", "kind", "id", "made_at", "at"}
    assert (written["act"], written["kind"], written["id"]) == ("erased", "letter", letter.id)
    assert written["at"] == "2026-11-23T01:00:00+00:00"


def test_nothing_is_registered_of_an_erasure_that_was_rolled_back(letter):
    service.erase_matter(letter, why="asked", actor=SYSTEM, now=NOW)
    db.session.rollback()
    db.session.commit()
    assert not register.path().exists()


def test_after_a_restore_it_is_erased_again_and_only_once(letter):
    restored(register.line_of(ERASED, letter, at=NOW))
    assert repeated() == 1
    assert (letter.erased_at, letter.author_name, letter.contact_address) == (LATER, "〔已依法删除〕", "")
    assert repeated(LATER + timedelta(days=1)) == 0
    assert letter.erased_at == LATER
    about = select(Notice).where((Notice.subject_kind == "letter") | (Notice.address == "13800001234"))
    assert {row.body for row in db.session.scalars(about)} == {""}


def test_what_was_only_stored_is_only_stored_again_or_erased_when_its_ground_has_ended(world, letter):
    waiting = answered.assigned(world, now="2026-11-20T10:00")
    restored(register.line_of(LIMITED, waiting, at=NOW), register.line_of(LIMITED, letter, at=NOW))
    assert repeated() == 2
    assert (waiting.limited_ground, waiting.erased_at) == ("letter_open", None)
    assert letter.erased_at == LATER
    assert repeated() == 0


def test_an_account_is_closed_again(world):
    who = citizen(7, now=at("2026-01-05T10:00"))
    person = db.session.get(Person, who.person)
    restored(register.line_of(ERASED, person, at=NOW))
    assert repeated() == 1
    assert (person.phone, person.email, person.login) == (None, None, None)
    assert person.disabled_at == LATER
    assert repeated() == 0


def test_another_row_that_got_the_same_id_is_left_alone(letter):
    line = register.line_of(ERASED, letter, at=NOW)
    other = register.Line(line.act, line.kind, line.id, "2026-11-01T00:00:00+00:00", line.at)
    unknown = register.Line(line.act, line.kind, 999_999, line.made_at, line.at)
    odd = register.Line(line.act, "catalogue", line.id, line.made_at, line.at)
    restored(other, unknown, odd)
    assert repeated() == 0
    assert letter.erased_at is None


def test_messages_to_an_address_that_another_matter_still_uses_stay(letter):
    answered_too = letters.received(NOW, contact=ContactAddress("sms", letter.contact_address))
    waits = select(Notice).where(Notice.subject_kind == "letter", Notice.subject_id == answered_too.id)
    restored(register.line_of(ERASED, letter, at=NOW))
    repeated()
    assert {row.address for row in db.session.scalars(waits) if row.channel == "sms"} == {"13800001234"}


def test_a_line_that_a_kill_cut_short_is_left_out_and_the_next_begins_anew(letter):
    erased(letter)
    with register.path().open("a") as file:
        file.write('{"act": "erased", "at": "20')
    who = citizen(8, now=at("2026-01-05T10:00"))
    db.session.commit()
    service.close(db.session.get(Person, who.person), actor=SYSTEM, now=NOW)
    db.session.commit()
    assert [line.kind for line in register.read(register.path())] == ["letter", "person"]


def test_what_a_kill_between_commit_and_register_left_out_is_added_within_the_hour(letter):
    erased(letter)
    register.path().unlink()
    assert jobs.enter_in_register(now=LATER) == 1
    assert jobs.enter_in_register(now=LATER) == 0
    assert [(line.act, line.id) for line in register.read(register.path())] == [("erased", letter.id)]


def test_a_full_disk_stops_no_erasure(letter, monkeypatch, caplog):
    def full(*_args) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(register, "append", full)
        erased(letter)
    assert db.session.get(Letter, letter.id).erased_at is not None
    assert "erasures_not_registered" in caplog.text
    assert jobs.enter_in_register(now=LATER) == 1


def test_the_command_repeats_and_takes_over_a_register_from_outside(world, letter, tmp_path):
    outside = tmp_path / "newest.jsonl"
    register.append(outside, [register.line_of(ERASED, letter, at=NOW)])
    db.session.commit()
    runner = world.app.test_cli_runner()
    said = runner.invoke(args=["privacy", "repeat-erasures", "--register", str(outside)])
    assert said.exit_code == 0, said.output
    assert said.output == "1 erased again\n"
    assert runner.invoke(args=["privacy", "repeat-erasures"]).output == "0 erased again\n"
    db.session.expire_all()
    assert db.session.get(Letter, letter.id).erased_at is not None
