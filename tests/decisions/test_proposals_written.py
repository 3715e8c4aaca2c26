"""What people write into proposals stays text, the Chinese pages are Chinese, one form is one proposal."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from participation.decisions.models import Proposal
from participation.decisions.service import proposing, studying
from participation.decisions.service.proposing import Said
from participation.extensions import db
from tests.browse import hidden_fields
from tests.contracts.test_chinese_pages import latin
from tests.contracts.test_markup import dangers
from tests.contracts.test_races import pressed_often, receipts
from tests.decisions.district import at
from tests.decisions.proposed import called, keys, received, studied
from tests.mailbox import letters
from tests.xss import ATTACKS

PUBLIC = ("/decisions/proposals", "/decisions/years/2026", "/decisions/propose", "/decisions/proposals/track", "/")
DESK = ("", "/study", "/result", "/outcome", "/show", "/undo")


def decided(world, proposal, reason: str) -> None:
    office, now = world.actor("office"), at("2026-05-09T09:00")
    studying.decline(
        studied(world, proposal),
        reason=reason,
        article=reason[:100],
        decided_on=date(2026, 5, 8),
        actor=office,
        now=now,
    )
    studying.show(proposal, title=proposal.title, text=proposal.text, actor=office, now=now)
    db.session.commit()


def test_what_was_written_runs_nowhere(world, client, played):
    called(world)
    line = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}"
    evil = "\n".join(ATTACKS).replace("\x00", "")[:4000]
    proposal = received(world, said=Said(line, evil, evil, line), author_name="<img src=y onerror=alert(2)>")
    number = proposal.id
    decided(world, proposal, line)
    with played("2026-05-20T09:00"):
        for path in PUBLIC:
            assert dangers(client.get(path).text) == [], path
        world.sign_in(client, "office")
        for part in DESK:
            page = client.get(f"/desk/decisions/proposals/{number}{part}")
            assert (page.status_code in (200, 409), dangers(page.text)) == (True, []), part
        assert dangers(client.get("/desk/decisions/proposals").text) == []


@pytest.mark.parametrize("login", [None, "officer", "office", "auditor"])
def test_every_page_is_chinese_and_there_in_english(world, client, played, login):
    called(world)
    decided(world, received(world), "属于政府内部事务。")
    number = received(world).id
    proposing.propose(
        Said("供热改造", "管网老化。", "涉及全区。", "供热条例", "三年完成。"),
        department_id=world.department["housing"],
        keys=keys(),
        actor=world.actor("officer"),
        now=at("2026-03-21T09:00"),
    )
    db.session.commit()
    paths = [*PUBLIC, "/board"]
    if login:
        paths += ["/desk/decisions", "/desk/decisions/proposals"]
    if login == "officer":
        paths += ["/desk/decisions/proposals/new"]
    if login == "office":
        paths += ["/desk/decisions/proposals/paper", "/desk/decisions/2026/call", "/desk/decisions/proposals/1"]
        paths += [f"/desk/decisions/proposals/{number}{part}" for part in ("", "/study", "/show")]
    with played("2026-04-02T09:00"):
        if login:
            world.sign_in(client, login)
        for path in paths:
            page = client.get(path)
            assert (page.status_code, latin(page.text)) == (200, []), path
        for path in paths:
            assert client.get(path, query_string={"lang": "en"}).status_code == 200


def test_a_proposal_sent_ten_times_at_once_is_one_proposal(app, world, played):
    client = app.test_client()
    with played("2026-11-23T09:00"):
        form = {"title": "停车", "text": "请定一个办法。", "origin": "citizen", "shown": "text", "name": "王芳",
                "contact": "13900005678"}  # fmt: skip
        confirm = client.submit("/decisions/propose", form).headers["Location"]
        shown = client.get(confirm)
    answers = pressed_often(app, client, confirm, hidden_fields(shown.text) | {"code": letters.code_on(shown.text)}, 10)
    assert Counter(status for status, _page in answers) == {303: 10}
    assert db.session.scalar(select(func.count()).select_from(Proposal)) == 1
    assert (len(receipts(answers)), "" in receipts(answers)) == (1, False)
