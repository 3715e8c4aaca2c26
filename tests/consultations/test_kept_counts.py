"""A consultation with many comments: its readers get counts that a job keeps; they are those of the rows."""

import pytest
from sqlalchemy import select

from participation.consultations import jobs, service
from participation.consultations.models import Consultation
from participation.consultations.queries import counts, elsewhere, kept, periods
from participation.extensions import db
from tests.consultations.periods import answered, at, closed, commented, opened

NOW = at("2026-11-20T11:00")
LATER = at("2026-12-04T11:00")


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(kept, "LIVE", 3)


def kept_of(consultation):
    return periods.published_with_counts(consultation.id)[1]


def test_what_is_kept_is_what_the_rows_say(world):
    consultation = opened(world)
    rows = [commented(consultation) for _ in range(5)]
    answered(world, consultation, rows[:2], "outside")
    service.withdraw_comment(rows[4], consultation, actor=world.actor("officer"), now=LATER)
    db.session.commit()
    assert jobs.count(now=LATER) == 1
    held = kept_of(consultation)
    assert held.as_of == LATER
    assert kept.of_page(consultation.id, held) == counts.of_page(consultation.id)
    assert kept.of_page(consultation.id, held).received == 5
    assert kept.tallies([consultation.id]) == counts.tallies([consultation.id])
    query = select(Consultation)
    everything = [(consultation, counts.tally(consultation.id))]
    assert kept.with_tallies(query) == kept.with_tallies(query, brief=True) == everything


def test_few_comments_are_counted_by_the_page(world):
    consultation = opened(world)
    for _ in range(3):
        commented(consultation)
    db.session.commit()
    assert jobs.count(now=NOW) == 0
    assert kept_of(consultation) is None
    assert kept.of_page(consultation.id, None).received == 3
    assert kept.tallies([consultation.id])[consultation.id].received == 3


def test_a_comment_is_counted_at_the_next_round_and_the_last_ones_when_the_period_closes(world):
    consultation = opened(world)
    for _ in range(4):
        commented(consultation)
    db.session.commit()
    jobs.count(now=NOW)
    commented(consultation)
    db.session.commit()
    assert kept_of(consultation).received == 4
    assert [one.comments for one in elsewhere.open_now(3, now=NOW)] == [4]
    db.session.rollback()
    assert jobs.close_due(now=consultation.closes_at) == 1
    assert kept_of(consultation).received == 5


def test_the_page_says_when_it_was_counted_while_comments_come_in(world, client, played):
    consultation = opened(world)
    for _ in range(4):
        commented(consultation)
    db.session.commit()
    jobs.count(now=NOW)
    with played("2026-11-20T11:00"):
        assert "11:00 统计" in client.get(f"/consultations/{consultation.id}?lang=zh").text
        assert client.get("/consultations").status_code == 200
    jobs.close_due(now=LATER)
    with played("2026-12-04T11:00"):
        page = client.get(f"/consultations/{consultation.id}?lang=zh").text
    assert "4 条" in page
    assert "统计）" not in page


def test_what_is_over_is_counted_once_a_day(world, monkeypatch):
    consultation = opened(world)
    for _ in range(4):
        commented(consultation)
    db.session.commit()
    closed(consultation)
    assert kept.to_count(everything=False) == [consultation.id]
    monkeypatch.setattr(kept, "MOVING", ("open",))
    assert kept.to_count(everything=False) == []
    assert kept.to_count(everything=True) == [consultation.id]
