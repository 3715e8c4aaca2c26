"""The desk pages after the meeting: what is missing, each form with its refusal, and two people at once."""

import re

import pytest

from participation.decisions.models import Decision
from participation.decisions.queries.after import explained
from participation.extensions import db
from tests.browse import hidden_fields
from tests.decisions import aftermath
from tests.decisions.district import go_to, published_item
from tests.world import World


def deliberated(world: World) -> int:
    decision = published_item(world)
    go_to(world, decision, "deliberation")
    return decision.id


@pytest.fixture
def approved(kept) -> Decision:
    return db.session.get_one(Decision, kept(deliberated))


def base(decision: Decision) -> str:
    return f"/desk/decisions/items/{decision.id}"


PAGES = (
    "publication",
    "policy",
    "interpretation",
    "interpretation/plan",
    "signing",
    "execution",
    "evaluation",
    "filing",
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_stands_and_says_what_stops_it(client, world, approved, page, language):
    world.sign_in(client, "officer")
    shown = client.get(f"{base(approved)}/{page}?lang={language}")
    assert shown.status_code == 200
    assert approved.title in shown.text


@pytest.mark.parametrize("page", PAGES)
def test_other_units_and_citizens_see_none_of_them(app, world, approved, page):
    other = world.sign_in(app.test_client(), "town")
    assert other.get(f"{base(approved)}/{page}").status_code == 404
    assert app.test_client().get(f"{base(approved)}/{page}").status_code in (302, 303, 401)


def test_the_way_of_a_policy_document_on_the_pages(client, app, world, approved):
    now = "2026-09-29T09:00"
    aftermath.shelve(world, approved, "decision_text", aftermath.DECISION_TEXT, aftermath.TITLE, now=now)
    bad = aftermath.shelve(world, approved, "interpretation", aftermath.HEADINGS, "要点", now=now).id
    good = aftermath.shelve(world, approved, "interpretation", aftermath.EXPLAINED, "解读", now=now).id
    world.sign_in(client, "officer")
    page = f"{base(approved)}/interpretation"
    said = {"form": "qa", **aftermath.SAID}
    refused = client.submit(page, {"paper_id": str(bad), **said})
    assert refused.status_code == 422
    assert "周政办字〔2021〕14号 第三部分（一）" in refused.text
    assert aftermath.SAID["changes"] in refused.text
    assert client.submit(page, {"paper_id": str(good), **said}).status_code == 303
    plan = {"words": "由区住建局负责人在区政府网站和新闻发布会上解读，公布当天发出。", "form": "text"}
    assert client.submit(f"{base(approved)}/interpretation/plan", plan).status_code == 303
    row = explained(approved).materials[0]
    head = world.sign_in(app.test_client(), "head")
    shown = head.get(f"{base(approved)}/publication").text
    assert f"/interpretation/{row.id}" in shown
    assert head.submit(f"{base(approved)}/interpretation/{row.id}", {}).status_code == 303
    office = world.sign_in(app.test_client(), "office")
    assert office.submit(f"{base(approved)}/signing", {"signer": "区长", "on": "2026-11-23"}).status_code == 303
    given = {
        "on": "2026-11-23",
        "issuer": "周村区人民政府",
        "channels-0-kind": "portal",
        "channels-0-where": "区政府网站",
        "adoption": "",
    }
    missing = client.submit(f"{base(approved)}/publication", given)
    assert missing.status_code == 422
    assert "国务院令第713号 第三十二条" in missing.text
    done = client.submit(
        f"{base(approved)}/publication", given | {"adoption": "公开征集的意见采纳两条，其余已经说明。"}
    )
    assert done.status_code == 303
    db.session.refresh(approved)
    assert approved.stage == "published"


def test_the_second_of_two_people_gets_409_and_reads_what_changed(client, app, world, approved):
    aftermath.prepare(world, approved)
    aftermath.sign(world, approved)
    path = f"{base(approved)}/publication"
    first, second = world.sign_in(client, "officer"), world.sign_in(app.test_client(), "head")
    stale = hidden_fields(second.get(path).text)
    given = {
        "on": "2026-11-23", "issuer": "周村区人民政府", "channels-0-kind": "portal", "channels-0-where": "区政府网站",
        "adoption": "公开征集的意见采纳两条，其余已经说明。",
    }  # fmt: skip
    done = first.submit(path, given)
    assert done.status_code == 303, re.findall(r"error-message.*|error-summary.*", done.text)
    answer = second.post(path, data=stale | given)
    assert answer.status_code == 409
    assert re.search(r"officer|经办", answer.text) or "2026" in answer.text


def test_the_executing_unit_reports_and_others_do_not_see_the_page(client, app, world, approved):
    aftermath.publish_all(world, approved)
    aftermath.begin(world, approved)
    world.sign_in(client, "utilities")
    page = client.get(f"{base(approved)}/execution")
    assert page.status_code == 200
    assert approved.title in client.get("/desk/decisions").text
    assert world.sign_in(app.test_client(), "town").get(f"{base(approved)}/execution").status_code == 404


def test_turns_are_the_offices(client, app, world, approved):
    aftermath.publish_all(world, approved)
    aftermath.begin(world, approved)
    officer = world.sign_in(app.test_client(), "officer")
    assert officer.get(f"{base(approved)}/turns/rerun").status_code == 403
    world.sign_in(client, "office")
    assert client.get(f"{base(approved)}/turns/nothing").status_code == 404
    for kind in ("suspend", "resume", "terminate", "rerun", "close"):
        assert client.get(f"{base(approved)}/turns/{kind}").status_code == 200
    path = f"{base(approved)}/turns/rerun"
    assert client.submit(path, {"reason": "", "on": "2026-11-23"}).status_code == 422
    given = {"reason": "收费标准作重大调整", "decided_by": "区政府常务会议", "on": "2026-11-23"}
    assert client.submit(path, given).status_code == 303
    db.session.refresh(approved)
    assert (approved.round, approved.stage) == (2, "started")


def test_the_dossier_is_filed_on_its_page(client, world, approved):
    aftermath.publish_all(world, approved)
    world.sign_in(client, "officer")
    path = f"{base(approved)}/filing"
    assert client.submit(path, {"on": "2026-11-20", "receiver": "区司法局", "receipt_number": ""}).status_code == 422
    given = {"on": "2026-11-20", "receiver": "区司法局", "receipt_number": "2026-决-9"}
    assert client.submit(path, given).status_code == 303
    assert "2026-决-9" in client.get(path).text


def test_an_earlier_assessor_is_refused_on_the_page(client, world, approved):
    aftermath.publish_all(world, approved)
    aftermath.begin(world, approved)
    aftermath.begin_evaluation(world, approved, now="2026-11-10T09:00")
    aftermath.finish_evaluation(world, approved, now="2026-11-20T09:00")
    world.sign_in(client, "office")
    shown = client.get(f"{base(approved)}/evaluation")
    assert "淄博明察社会调查中心" in shown.text
    assert f"{base(approved)}/turns/rerun" in shown.text
