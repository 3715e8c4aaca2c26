"""Opinions entered more than a workday after they came in: a second person, and a public number."""

from datetime import date

import pytest

from participation.access import Actor
from participation.consultations import service
from participation.consultations.models import Comment
from participation.consultations.queries import late_entries
from participation.errors import Refused
from participation.extensions import db
from tests.browse import words
from tests.consultations.periods import at, opened


def entered(world, consultation, day: date, *, now: str = "2026-11-20T10:00", text: str = "座谈会上的意见") -> Comment:
    found = service.enter(
        consultation, channel="seminar", received_on=day, text=text, author_name="", submission_digest=text + str(day),
        secret_digest="x", actor=world.actor("officer"), now=at(now),
    )  # fmt: skip
    db.session.commit()
    return found


@pytest.mark.parametrize(
    ("day", "gap", "late"),
    [
        (date(2026, 11, 20), 0, False),
        (date(2026, 11, 19), 1, False),
        (date(2026, 11, 18), 2, True),
        (date(2026, 11, 13), 5, True),
    ],
)
def test_the_gap_is_counted_in_workdays(world, day, gap, late):
    consultation = opened(world)
    assert entered(world, consultation, day).gap_workdays == gap
    assert late_entries.counted(consultation.id).entered == int(late)


def test_a_weekend_between_is_no_lateness(world):
    consultation = opened(world)
    assert entered(world, consultation, date(2026, 11, 13), now="2026-11-16T10:00").gap_workdays == 1
    assert late_entries.counted(consultation.id).entered == 0


def test_only_the_head_confirms_and_not_what_they_entered_themselves(world):
    consultation = opened(world)
    comment = entered(world, consultation, date(2026, 11, 10))
    for who in ("officer", "office", "auditor"):
        with pytest.raises(Refused):
            service.confirm_days(consultation, [comment.id], actor=world.actor(who), now=at("2026-11-20T11:00"))
    head: Actor = world.actor("head")
    comment.entered_by = head.person_id
    db.session.flush()
    with pytest.raises(Refused, match="somebody else"):
        service.confirm_days(consultation, [comment.id], actor=head, now=at("2026-11-20T11:00"))
    comment.entered_by = world.actor("officer").person_id
    assert service.confirm_days(consultation, [comment.id], actor=head, now=at("2026-11-20T11:00")) == 1
    assert service.confirm_days(consultation, [comment.id], actor=head, now=at("2026-11-20T11:01")) == 0
    assert late_entries.counted(consultation.id) == late_entries.Late(1, 1)


def test_the_head_confirms_by_the_page_and_everybody_reads_the_number(world, app, played):
    consultation = opened(world)
    entered(world, consultation, date(2026, 11, 10), text="一")
    entered(world, consultation, date(2026, 11, 11), text="二")
    file, page = f"/desk/consultations/{consultation.id}", f"/desk/consultations/{consultation.id}/late-entries"
    with played("2026-11-20T12:00"):
        head, officer, public = app.test_client(), app.test_client(), app.test_client()
        world.sign_in(head, "head")
        world.sign_in(officer, "officer")
        assert page in head.get(file).text
        assert "2 条意见在收到一个多工作日以后才录入" in words(public.get(f"/consultations/{consultation.id}").text)
        assert officer.submit(page, {"one": "1"}).status_code == 403
        shown = head.get(page)
        assert "座谈会" in shown.text
        assert "两天" not in shown.text
        ids = [str(row.id) for row in db.session.query(Comment)]
        db.session.rollback()
        assert head.submit(page, {"shown": ids}).status_code == 303
        assert "没有日期等确认" in head.get(page).text
        public_page = words(public.get(f"/consultations/{consultation.id}").text)
        assert "收到日期都由另一人核对过" in public_page
        data = public.get(f"/consultations/{consultation.id}.json").json
        assert data["entered_late"] == {"opinions": 2, "day_confirmed": 2}
