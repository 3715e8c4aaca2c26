"""Signed heads go to their holders each evening: once, with catch-up, and everybody sees what arrived."""

import pytest
from sqlalchemy import select

from participation.assurance.jobs import mail_heads, settle_mailings
from participation.errors import Refused
from participation.evidence import holding, sealing, verification
from participation.evidence.holding import HeadMailing
from participation.extensions import db
from participation.notices import jobs as outbox
from participation.notices.models import Notice
from participation.notices.rules import MAX_ATTEMPTS
from tests.evidence.parcel import NOW, receive
from tests.mailbox.travel import at

EVENING = at("2026-11-23T18:00")


@pytest.fixture
def holder(app, world, played):
    with played("2026-11-23T10:26:41"):
        receive("A-1")
        added = holding.add(
            name="区司法局",
            name_en="Justice Bureau",
            address="heads@sfj.example",
            actor=world.actor("administrator"),
            now=NOW,
        )
        db.session.commit()
        sealing.seal(NOW)
        db.session.commit()
    return added


def run(moment: str, played) -> tuple[int, int]:
    """What the runner does at that moment: mails that go out, mails whose fate is known."""
    now = at(moment)
    with played(moment):
        mailed = mail_heads(now=now)
        outbox.deliver_due(now=now)
        return mailed, settle_mailings(now=now)


def days() -> list[str]:
    return [str(day) for day in db.session.scalars(select(HeadMailing.day).order_by(HeadMailing.id))]


def test_a_new_holder_gets_the_newest_head_at_once_and_then_each_evening(holder, played):
    assert run("2026-11-23T10:30", played) == (1, 1)
    assert run("2026-11-23T10:31", played) == (0, 0)
    assert run("2026-11-23T17:59", played) == (0, 0)
    assert run("2026-11-23T18:00", played) == (1, 1)
    assert run("2026-11-23T23:59", played) == (0, 0)
    assert run("2026-11-24T18:20", played) == (1, 1)
    assert days() == ["2026-11-22", "2026-11-23", "2026-11-24"]
    assert verification.verify().ok


def test_missed_evenings_are_made_good_by_one_mail(holder, played):
    run("2026-11-23T18:00", played)
    assert run("2026-11-27T09:00", played) == (1, 1)
    assert run("2026-11-27T18:00", played) == (1, 1)
    assert days() == ["2026-11-23", "2026-11-26", "2026-11-27"]


def test_the_mail_holds_the_head_and_the_key(holder, played, app):
    run("2026-11-23T18:00", played)
    message = db.session.scalar(select(Notice).where(Notice.verb == "head_mailed"))
    assert message.address == "heads@sfj.example"
    assert sealing.newest_head().note.strip() in message.body
    assert "participation+" in message.body


def test_two_runners_send_one_mail(holder, played):
    with played("2026-11-23T18:00"):
        mail_heads(now=EVENING)
        assert holding.due(EVENING) == []
        mail_heads(now=EVENING)
    assert len(db.session.scalars(select(Notice).where(Notice.verb == "head_mailed")).all()) == 1


def test_a_mail_that_fails_is_seen(holder, played, monkeypatch, client, world):
    def refuse(_message, _settings):
        raise ConnectionRefusedError

    monkeypatch.setattr(outbox, "adapter_for", lambda _channel, _settings: refuse)
    with played("2026-11-23T18:00"):
        mail_heads(now=EVENING)
        for hour in range(MAX_ATTEMPTS + 1):
            outbox.deliver_due(now=at(f"2026-11-{24 + hour // 3}T{hour % 3 * 8:02}:30"))
        assert settle_mailings(now=at("2026-11-27T10:00")) == 1
        assert holding.held()[0].newest.state == "failed"
        assert "could not be delivered" in client.get("/transparency?lang=en").text
        world.sign_in(client, "auditor")
        assert "could not be delivered" in client.get("/desk/evidence?lang=en").text


def test_no_head_no_mail(app, world, played):
    holding.add(name="区档案馆", name_en="", address="a@b.example", actor=world.actor("administrator"), now=NOW)
    db.session.commit()
    assert run("2026-11-23T18:00", played) == (0, 0)


def test_a_retired_holder_gets_nothing_more_and_may_be_named_again(holder, world, played):
    actor = world.actor("administrator")
    with pytest.raises(Refused, match="already gets"):
        holding.add(name="又一个", name_en="", address="heads@sfj.example", actor=actor, now=NOW)
    holding.retire(holder, actor=actor, now=NOW)
    db.session.commit()
    assert run("2026-11-23T18:00", played) == (0, 0)
    with pytest.raises(Refused, match="meanwhile"):
        holding.retire(holder, actor=actor, now=NOW)
    holding.add(name="区司法局", name_en="", address="heads@sfj.example", actor=actor, now=NOW)
    db.session.commit()
    assert run("2026-11-23T18:01", played) == (1, 1)


def test_the_public_page_names_who_holds_what_and_never_the_address(holder, played, client):
    run("2026-11-23T18:00", played)
    page = client.get("/transparency").text
    assert ("区司法局" in page, "heads@sfj.example" in page) == (True, False)
    entry = client.get("/evidence/1").text
    assert "区司法局" in entry
