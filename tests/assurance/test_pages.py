"""The evidence desk: who may use it, and the clock from alarm to published correction."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from participation import clock
from participation.assurance.jobs import ring_alarm
from participation.evidence import doubt, holding, sealing
from participation.evidence.models import ClockCorrection
from participation.extensions import db
from participation.notices.models import Notice
from tests.evidence.parcel import NOW, receive

HOUR = timedelta(hours=1)


def post(client, to: str, data: dict[str, str]):
    return client.submit("/desk/evidence", data, to=to)


@pytest.fixture
def doubtful(app, world):
    """One entry in doubt."""
    with clock.wrong(here=-HOUR, there=-HOUR):
        receive("A-1")
        db.session.commit()
    sealing.seal(clock.now())
    db.session.commit()


def test_the_administrator_names_an_office_and_takes_it_off(app, world, client):
    world.sign_in(client, "administrator")
    form = {"name": "区档案馆", "name_en": "Archives", "address": "Heads@DAG.example "}
    assert post(client, "/desk/evidence/holders", form).status_code == 303
    (line,) = holding.held()
    assert (line.holder.name, line.holder.address) == ("区档案馆", "heads@dag.example")
    assert post(client, "/desk/evidence/holders", form).status_code == 422
    assert post(client, "/desk/evidence/holders", form | {"address": "nonsense"}).status_code == 422
    assert post(client, "/desk/evidence/holders", {"name": "", "address": ""}).status_code == 422
    assert post(client, f"/desk/evidence/holders/{line.holder.id}/retire", {}).status_code == 303
    assert post(client, f"/desk/evidence/holders/{line.holder.id}/retire", {}).status_code == 409
    assert post(client, "/desk/evidence/holders/99/retire", {}).status_code == 404
    assert holding.held() == []
    # Whoever changes the language after a refusal comes back to the page.
    assert client.get("/desk/evidence/holders").location == "/desk/evidence"


def test_the_auditor_sees_the_list_but_does_not_keep_it(app, world, client):
    world.sign_in(client, "auditor")
    assert client.get("/desk/evidence").status_code == 200
    assert post(client, "/desk/evidence/holders", {"name": "x", "address": "a@b.cn"}).status_code == 403


@pytest.mark.parametrize("who", ["officer", "head", "office"])
def test_nobody_else_sees_it(world, client, who):
    world.sign_in(client, who)
    assert client.get("/desk/evidence").status_code == 403


@pytest.mark.usefixtures("doubtful")
def test_administrator_and_auditor_are_told_once(app):
    assert ring_alarm(now=clock.now()) == 2
    assert ring_alarm(now=clock.now()) == 0
    told = db.session.scalars(select(Notice).where(Notice.verb == "clock_in_doubt")).all()
    assert sorted(notice.to_role for notice in told) == ["administrator", "auditor"]


def test_nothing_in_doubt_rings_nothing(app, world):
    assert ring_alarm(now=clock.now()) == 0


@pytest.mark.usefixtures("doubtful")
def test_the_desk_shows_a_banner_until_two_people_have_corrected_it(app, world, client):
    auditor = world.sign_in(app.test_client(), "auditor")
    administrator = world.sign_in(app.test_client(), "administrator")
    officer = world.sign_in(app.test_client(), "officer")
    banner = "The clock is in doubt."
    assert banner in auditor.get("/ledger?lang=en").text
    assert banner in administrator.get("/people?lang=en").text
    assert banner not in officer.get("/desk?lang=en").text
    assert "1 record, not corrected yet" in client.get("/transparency?lang=en").text
    cause = {"cause": "对时服务停了，时钟慢了一小时", "wrong_by_seconds": "-3600"}
    assert post(auditor, "/desk/evidence/clock", {"cause": "慢了"}).status_code == 422
    assert post(auditor, "/desk/evidence/clock", cause | {"wrong_by_seconds": "x"}).status_code == 422
    assert post(auditor, "/desk/evidence/clock", cause).status_code == 303
    assert post(administrator, "/desk/evidence/clock", cause).status_code == 409
    correction = db.session.scalar(select(ClockCorrection)).id
    assert post(auditor, f"/desk/evidence/clock/{correction}/confirm", {}).status_code == 403
    assert post(administrator, f"/desk/evidence/clock/{correction}/decline", {"reason": ""}).status_code == 422
    assert post(administrator, f"/desk/evidence/clock/{correction}/confirm", {}).status_code == 303
    assert post(administrator, f"/desk/evidence/clock/{correction}/confirm", {}).status_code == 409
    db.session.rollback()
    assert doubt.health().fine
    assert banner not in auditor.get("/ledger?lang=en").text
    public = client.get("/transparency?lang=en").text
    assert ("The clock was 3600 seconds behind." in public, cause["cause"] in public) == (True, True)
    assert "吴静" not in public


def test_the_feed_is_atom_with_each_head(app, client, played):
    with played("2026-11-23T10:26:41"):
        for number in range(3):
            receive(f"A-{number}")
            db.session.commit()
            sealing.seal(NOW)
            db.session.commit()
    answer = client.get("/transparency/feed")
    assert answer.mimetype == "application/atom+xml"
    assert answer.text.count("<entry>") == 3
    assert sealing.newest_head().note.splitlines()[2] in answer.text


def test_consistency_is_shown_and_downloaded(app, client, played):
    with played("2026-11-23T10:26:41"):
        for number in range(3):
            receive(f"A-{number}")
            db.session.commit()
            sealing.seal(NOW)
            db.session.commit()
    good = client.get("/transparency/consistency?from=1&to=3&lang=en")
    assert (good.status_code, "Nothing was changed between them" in good.text) == (200, True)
    for query in ("from=3&to=1", "from=1&to=99", "from=x&to=1", "from=&to=1", "from=0&to=3"):
        assert client.get(f"/transparency/consistency?{query}").status_code == 404
        assert client.get(f"/transparency/consistency.json?{query}").status_code == 404
    said = json.loads(client.get("/transparency/consistency.json?from=1&to=3").text)
    assert (said["from"], said["to"], len(said["path"])) == (1, 3, 2)


def test_a_receipt_holds_the_entry_only_with_its_own_address(app, client, played):
    with played("2026-11-23T10:26:41"):
        receive("A-1")
        db.session.commit()
        sealing.seal(NOW)
        db.session.commit()
    with app.test_request_context():
        from participation.evidence import queries
        from participation.evidence.views.entry import _opens

        opens = _opens(queries.entry(1))
    assert "payload" not in client.get("/evidence/1/proof.json").json
    assert "payload" not in client.get("/evidence/1/proof.json?opens=nonsense").json
    whole = client.get(f"/evidence/1/proof.json?opens={opens}").json
    assert '"parcel.received"' in whole["payload"]
    assert f"opens={opens}" in client.get(f"/evidence/1?opens={opens}").text
