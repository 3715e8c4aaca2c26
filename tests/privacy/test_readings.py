"""What an auditor opens is noted, by whichever page it is opened."""

from datetime import date

import pytest
from sqlalchemy import select

from participation import clock
from participation.extensions import db
from participation.mailbox.service import samples
from participation.privacy.models import Reading
from tests.mailbox import answered
from tests.mailbox.test_supervision import opened


def noted() -> list[tuple[str, int]]:
    return [(one.subject_kind, one.subject_id) for one in db.session.scalars(select(Reading).order_by(Reading.id))]


@pytest.fixture
def letter(world, played) -> int:
    with played("2026-11-18T15:00"):
        return answered.answered(world).id


def test_a_letter_read_in_a_sample_is_noted(app, world, letter, played):
    with played("2026-12-02T09:00"):
        made = samples.draw(
            first=date(2026, 11, 1), last=date(2026, 11, 30), size=1, actor=world.actor("auditor"), now=clock.now()
        )
        db.session.commit()
        auditor = world.sign_in(app.test_client(), "auditor")
        auditor.get(f"/samples/{made.id}")
        assert noted() == []
        assert auditor.get("/samples/items/1").status_code == 200
        assert noted() == [("letter", letter)]


def test_a_letter_read_in_a_supervision_is_noted(app, world, played):
    supervision = opened(world, played)
    with played("2026-12-03T09:00"):
        auditor = world.sign_in(app.test_client(), "auditor")
        assert auditor.get(f"/supervision/{supervision.id}").status_code == 200
        assert noted() == [("letter", supervision.letter_id)]


def test_public_pages_and_pages_that_are_not_there_are_not_noted(app, world, letter, played):
    with played("2026-12-02T09:00"):
        auditor = world.sign_in(app.test_client(), "auditor")
        for path in (f"/letters/{letter}", "/samples/items/99", "/supervision/99", "/desk/letters/99", "/ledger"):
            auditor.get(path)
        assert noted() == []
