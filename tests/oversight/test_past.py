"""The ledger as it stood at any past instant, told by the sealed log alone."""

from datetime import date

import pytest

from participation import clock
from participation.duties import service as duties
from participation.duties.history import moment
from participation.duties.history.models import DutyVersion, HistoryPlace
from participation.duties.history.reading import read_on, rebuild
from participation.duties.ledger import EVERYTHING, LedgerFilter
from participation.duties.rules import State
from participation.evidence.sealing import seal
from participation.extensions import db
from participation.mailbox import service as mailbox
from participation.oversight.filtering import moment_of, near, written
from tests.mailbox import letters


def at(text: str):
    found = moment_of(text)
    assert found is not None
    return found


def sealed() -> None:
    seal(now=clock.now())
    read_on(now=clock.now())
    db.session.commit()


@pytest.fixture
def told(world, played):
    """A letter of Monday the 9th, handed over on the 10th, answered late on the 18th; due on the 16th."""
    with played("2026-11-09T14:22"):
        letter = letters.received(clock.now())
        db.session.commit()
        sealed()
    with played("2026-11-10T09:00"):
        mailbox.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
        sealed()
    with played("2026-11-18T10:00"):
        for duty in duties_of(letter):
            if duty.kind == "letter_answer":
                duties.meet(duty, actor=world.actor("officer"), now=clock.now())
        db.session.commit()
        sealed()
    return letter


def duties_of(letter):
    from participation.duties.queries import duties_of

    return duties_of("letter", letter.id)


def states(world, text, **asked) -> dict[str, str]:
    page = moment.ledger_at(at(text), actor=world.actor("auditor"), filters=LedgerFilter(**asked))
    return {row.duty.kind: row.state.value for row in page.rows}


def test_each_moment_shows_what_was_owed_then(world, told):
    assert states(world, "2026-11-09 14:21") == {}
    assert states(world, "2026-11-09 14:22") == {"letter_answer": "open", "letter_dispatch": "due_soon"}
    assert states(world, "2026-11-10 9:00") == {"letter_answer": "open", "letter_dispatch": "met"}
    assert states(world, "2026-11-12 23:59")["letter_answer"] == "open"
    assert states(world, "2026-11-12 24:00")["letter_answer"] == "due_soon"
    assert states(world, "2026-11-16 23:59")["letter_answer"] == "due_soon"
    assert states(world, "2026-11-16 24:00")["letter_answer"] == "overdue"
    assert states(world, "2026-11-18 9:59")["letter_answer"] == "overdue"
    assert states(world, "2026-11-18 10:00")["letter_answer"] == "met_late"


def test_counts_are_those_of_the_moment(world, told):
    page = moment.ledger_at(at("2026-11-16 24:00"), actor=world.actor("auditor"), filters=EVERYTHING)
    assert {state: number for state, number in page.counts.items() if number} == {State.OVERDUE: 1, State.MET: 1}


def test_who_held_it_then_stands_there(world, told):
    def holder(text):
        page = moment.ledger_at(at(text), actor=world.actor("auditor"), filters=LedgerFilter(kinds=("letter_answer",)))
        return page.rows[0].department_id

    assert holder("2026-11-09 18:00") == world.department["office"]
    assert holder("2026-11-10 18:00") == world.department["housing"]


def test_the_history_says_what_the_log_says_and_is_made_again_from_it(world, told):
    def all_rows():
        rows = db.session.query(DutyVersion).order_by(DutyVersion.duty_id, DutyVersion.leaf_index)
        return [(row.duty_id, row.leaf_index, row.from_at, row.until_at, row.met_at) for row in rows]

    before = all_rows()
    assert rebuild(now=clock.now()) == len(before)
    assert all_rows() == before


def test_somebody_who_changes_the_ledger_in_the_database_does_not_change_the_past(world, told):
    moved = "UPDATE duty SET due_on = '2026-12-31', due_at = '2026-12-31 16:00:00+00', met_late = :late"
    kept = " WHERE kind = 'letter_answer'"
    db.session.execute(db.text(moved + kept), {"late": False})
    db.session.commit()
    assert states(world, "2026-11-17 9:00")["letter_answer"] == "overdue"


@pytest.mark.parametrize("batch", [1, 3, 1000])
def test_reading_in_any_pieces_gives_the_same(world, told, batch):
    expected = db.session.query(DutyVersion).count()
    db.session.query(DutyVersion).delete()
    db.session.query(HistoryPlace).delete()
    db.session.commit()
    assert read_on(now=clock.now(), batch=batch) == expected
    assert read_on(now=clock.now(), batch=batch) == 0
    assert states(world, "2026-11-16 24:00")["letter_answer"] == "overdue"


def test_a_version_that_stood_for_months_is_found_in_its_middle(world, played):
    with played("2026-01-05T09:00"):
        found = duties.open_duty(
            "catalogue", subject_kind="catalogue", subject_id=3, department_id=world.department["office"],
            started_at=clock.now(), due_on=date(2026, 6, 30), actor=world.actor("office"), now=clock.now(),
        )  # fmt: skip
        db.session.commit()
        sealed()
    with played("2026-06-20T09:00"):
        duties.meet(found, actor=world.actor("office"), now=clock.now())
        db.session.commit()
        sealed()
    assert states(world, "2026-04-01 12:00", kinds=("catalogue",)) == {"catalogue": "open"}
    assert states(world, "2026-06-20 9:00", kinds=("catalogue",)) == {"catalogue": "met"}


def changed(world, earlier, later):
    rows, more = moment.changes(at(earlier), at(later), actor=world.actor("auditor"), filters=EVERYTHING)
    assert more is None
    return {row.after.kind: (row.was, row.is_, moment.what_changed(row)) for row in rows}


def test_the_difference_names_what_came_what_passed_and_what_was_met(world, told):
    assert changed(world, "2026-11-08 24:00", "2026-11-09 24:00")["letter_answer"] == (None, State.OPEN, ["opened"])
    assert changed(world, "2026-11-09 24:00", "2026-11-10 24:00")["letter_answer"] == (
        State.OPEN,
        State.OPEN,
        ["department"],
    )
    assert changed(world, "2026-11-14 24:00", "2026-11-17 24:00") == {
        "letter_answer": (State.DUE_SOON, State.OVERDUE, ["state"])
    }
    assert changed(world, "2026-11-17 24:00", "2026-11-18 24:00") == {
        "letter_answer": (State.OVERDUE, State.MET_LATE, ["state"])
    }
    assert changed(world, "2026-11-18 24:00", "2026-11-20 24:00") == {}


def test_what_was_hidden_since_is_hidden_in_the_past_too(world, told):
    db.session.execute(db.text("UPDATE duty SET restricted_from = :unit"), {"unit": world.department["utilities"]})
    db.session.commit()
    page = moment.ledger_at(at("2026-11-16 24:00"), actor=world.actor("utilities_head"), filters=EVERYTHING)
    assert page.rows == []


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-16 24:00", "2026-11-17T00:00:00+08:00"),
        ("2026-11-16", "2026-11-17T00:00:00+08:00"),
        ("2026-11-16 9:30", "2026-11-16T09:30:00+08:00"),
        ("2026-11-16T09：30", "2026-11-16T09:30:00+08:00"),
    ],
)
def test_moments_as_people_write_them(text, instant):
    assert at(text).isoformat() == instant
    assert moment_of(written(at(text))) == at(text)


@pytest.mark.parametrize("text", ["", "gestern", "2026-13-01", "2026-02-30", "2026-11-16 24:01", "2026-11-16 25:00"])
def test_other_texts_are_no_moment(text):
    assert moment_of(text) is None


def test_the_auditor_goes_back_and_compares_on_the_pages(world, told, client, played):
    world.sign_in(client, "auditor")
    with played("2026-11-23T09:00"):
        page = client.get("/ledger?at=2026-11-16+24%3A00&lang=zh").text
        assert "这是当时的台账，由已经封存的记录重建。" in page
        assert "项已经超期" in page or "超期" in page
        answer = client.get("/ledger/changes?earlier=2026-11-17+24%3A00&later=2026-11-18+24%3A00&lang=zh")
        assert answer.status_code == 200
        assert "超期" in answer.text
        wrong = client.get("/ledger?at=morgen&lang=zh")
        assert (wrong.status_code, "请按" in wrong.text) == (200, True)
        future = client.get("/ledger/changes?earlier=2027-01-01&lang=zh")
        assert future.status_code == 422


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-11-16 24:00", "2026-11-16 24:00"),
        ("2026-11-16", "2026-11-16 24:00"),
        ("2026/11/16 9:30", "2026-11-16 09:30"),
        ("2026年11月16日", "2026-11-16 24:00"),
        ("2026年11月16日9：30", "2026-11-16 09:30"),
    ],
)
def test_a_moment_is_understood_as_people_write_it(text, meant):
    found = moment_of(text)
    assert found is not None
    assert written(found) == meant


def test_the_moments_asked_for_most_are_one_press_away():
    assert [text for _label, text in near(at("2026-03-02 10:00"))] == [
        "2026-03-01 24:00",
        "2026-02-23 24:00",
        "2026-02-28 24:00",
    ]


def test_who_let_it_become_late_answers_for_it_in_the_past_too(world, told, played):
    with played("2026-11-09T09:00"):
        late = letters.received(clock.now())
        mailbox.assign(late, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
    with played("2026-11-17T09:00"):
        duty = next(one for one in duties_of(late) if one.kind == "letter_answer")
        unit = world.department["utilities"]
        duties.hand_over(duty, department_id=unit, actor=world.actor("office"), now=clock.now())
        db.session.commit()
        sealed()
    asked = {"kinds": ("letter_answer",), "states": (State.OVERDUE,)}
    found = {
        name: states(world, "2026-11-17 18:00", department_id=world.department[name], **asked)
        for name in ("housing", "utilities")
    }
    assert found == {"housing": {"letter_answer": "overdue"}, "utilities": {}}
