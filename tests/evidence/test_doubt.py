"""A clock that may be wrong: the entry is accepted, says so, and two people correct it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from participation import clock
from participation.errors import Refused
from participation.evidence import canonical, corrections, doubt, sealing, service, verification
from participation.evidence.models import EvidenceDoubt, EvidenceEntry
from participation.extensions import db
from tests.evidence.parcel import NOW, receive
from tests.evidence.tampering import found, tamper

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def wrong(by: timedelta):
    """The clock that dates entries: the database's on PostgreSQL, this machine's elsewhere."""
    return clock.wrong(there=by, here=by)


def write(number: str) -> EvidenceEntry:
    parcel = receive(number)
    db.session.commit()
    entry = service.entry_for("parcel", parcel.id)
    assert entry is not None
    return entry


def said(entry: EvidenceEntry) -> tuple[object, object]:
    payload = canonical.parse(entry.payload)
    return payload["clock"], payload.get("doubt")


@pytest.mark.parametrize(
    ("behind", "apart", "expected"),
    [
        (0, 0, None),
        (1, 0, (1000, None)),
        (-1, 5, None),
        (0, 5.001, (None, 5001)),
        (0, -5.001, (None, -5001)),
        (3600, 3600, (3_600_000, 3_600_000)),
    ],
)
def test_what_is_in_doubt(behind, apart, expected):
    judged = doubt.judge(now=NOW, latest=NOW + behind * SECOND, difference=timedelta(seconds=apart))
    assert (judged and (judged.behind_ms, judged.differs_ms)) == expected


def test_the_first_entry_and_one_that_follows_are_not_in_doubt(app):
    assert [said(write(number)) for number in ("A", "B")] == [("database", None)] * 2
    assert doubt.health().fine


def test_an_entry_behind_the_one_before_it_is_accepted_and_says_so(app):
    write("A")
    with wrong(-HOUR):
        late = write("B")
    clock_said, doubted = said(late)
    assert clock_said == "in doubt"
    assert 3_590_000 < doubted["behind_ms"] <= 3_600_000
    assert doubted["differs_ms"] is None
    assert db.session.scalars(select(EvidenceDoubt.entry_id)).all() == [late.id]
    assert (doubt.health().open_entries, doubt.health().first_entry) == (1, late.id)


def test_entries_stay_in_doubt_until_the_clock_is_where_it_was(app):
    write("A")
    with wrong(-HOUR):
        assert [said(write(number))[0] for number in ("B", "C")] == ["in doubt"] * 2
    with wrong(-HOUR / 2):
        assert said(write("D"))[0] == "in doubt"
    with wrong(SECOND):
        assert said(write("E"))[0] == "database"


def test_a_doubtful_log_verifies_and_names_how_many(app):
    write("A")
    with wrong(-HOUR):
        write("B")
    write("C")
    sealing.seal(clock.now())
    db.session.commit()
    report = verification.verify()
    assert (report.ok, report.in_doubt) == (True, 1)
    assert report.notes == ["1 entries were recorded while the clock was in doubt"]


def test_a_doubt_that_is_taken_out_or_put_in_by_hand_is_found(app):
    write("A")
    with wrong(-HOUR):
        late = write("B").id
    tamper("DELETE FROM evidence_doubt")
    assert (found().entry, "doubts" in found().reason) == (late, True)
    tamper("INSERT INTO evidence_doubt (entry_id, behind_ms) VALUES (1, 5)")
    assert found() is not None


def test_two_people_correct_a_clock_that_was_behind(app, world):
    auditor, administrator = world.actor("auditor"), world.actor("administrator")
    write("A")
    with wrong(-HOUR):
        write("B")
    correction = corrections.propose(
        cause="对时服务停了，时钟慢了一小时", wrong_by_seconds=-3600, actor=auditor, now=NOW
    )
    db.session.commit()
    with pytest.raises(Refused, match="Somebody else"):
        corrections.confirm(correction, actor=auditor, now=NOW)
    with pytest.raises(Refused, match="already waiting"):
        corrections.propose(cause="对时服务停了，时钟慢了", wrong_by_seconds=None, actor=administrator, now=NOW)
    corrections.confirm(correction, actor=administrator, now=NOW)
    db.session.commit()
    assert doubt.health().fine
    assert verification.verify().ok
    db.session.rollback()
    with pytest.raises(Refused, match="decided meanwhile"):
        corrections.confirm(correction, actor=administrator, now=NOW)


def test_a_clock_that_was_ahead_is_ended_by_the_correction_not_by_waiting(app, world):
    auditor, administrator = world.actor("auditor"), world.actor("administrator")
    with wrong(24 * HOUR):
        ahead = write("A")
    assert said(ahead)[0] == "database"
    assert said(write("B"))[0] == "in doubt"
    correction = corrections.propose(
        cause="时钟快了一天，已经校准", wrong_by_seconds=86400, actor=administrator, now=NOW
    )
    db.session.commit()
    assert doubt.health().open_entries == 2
    corrections.confirm(correction, actor=auditor, now=NOW)
    db.session.commit()
    assert doubt.health().fine
    assert said(write("C"))[0] == "database"
    assert said(service.entry_for("clock", correction.id))[0] == "database"


def test_a_declined_correction_leaves_the_doubt_and_makes_room_for_another(app, world):
    write("A")
    with wrong(-HOUR):
        write("B")
    first = corrections.propose(
        cause="说不清楚是什么原因造成的", wrong_by_seconds=None, actor=world.actor("auditor"), now=NOW
    )
    db.session.commit()
    with pytest.raises(Refused, match="ten characters"):
        corrections.decline(first, reason="不对", actor=world.actor("administrator"), now=NOW)
    corrections.decline(first, reason="原因要查清楚再写，请重新报", actor=world.actor("administrator"), now=NOW)
    db.session.commit()
    assert doubt.health().open_entries == 1
    assert corrections.proposed() is None


def test_nothing_in_doubt_is_nothing_to_correct(app, world):
    with pytest.raises(Refused, match="No record is in doubt"):
        corrections.propose(cause="没有什么可以更正的", wrong_by_seconds=None, actor=world.actor("auditor"), now=NOW)


def test_clocks_that_differ_are_in_doubt_where_there_are_two(app):
    if db.engine.dialect.name != "postgresql":
        with clock.wrong(here=HOUR):
            assert clock.difference() == timedelta(0)
        return
    with clock.wrong(here=timedelta(seconds=4)):
        assert said(write("A"))[0] == "database"
    with clock.wrong(here=timedelta(seconds=6)):
        clock_said, doubted = said(write("B"))
        assert (clock_said, doubted["behind_ms"]) == ("in doubt", None)
        assert 5900 < doubted["differs_ms"] < 6100
        assert 5900 < doubt.health().differs_ms < 6100
    assert doubt.health().differs_ms is None


def test_a_doubt_can_be_neither_changed_nor_deleted(app):
    write("A")
    with wrong(-HOUR):
        write("B")
    for change in ("UPDATE evidence_doubt SET behind_ms = 0", "DELETE FROM evidence_doubt"):
        with pytest.raises(DBAPIError, match="insert-only"):
            db.session.execute(text(change))
        db.session.rollback()
