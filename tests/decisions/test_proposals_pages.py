"""The public pages of proposals: how often they ask the database, whose names they show, bad addresses."""

import pytest

from participation.consultations.rules.comments import ContactAddress
from participation.decisions import service
from participation.decisions.service import studying
from participation.extensions import db
from tests.browse import words
from tests.decisions.district import at
from tests.decisions.proposed import called, received, studied, taken

NOW = "2026-05-20T09:00"


def public(world, count: int, call) -> None:
    """So many proposals of each outcome, all let out."""
    office = world.actor("office")
    for number in range(count):
        first, second = studied(world, received(world)), received(world, origin="organisation", author_name="周村商会")
        taken(world, first, call.catalogue, title=f"停车管理办法（{first.number}，{number}）")
        for proposal in (first, second):
            studying.show(proposal, title=proposal.title, text=proposal.text, actor=office, now=at(NOW))
    db.session.commit()


@pytest.mark.parametrize("path", ["/decisions/proposals?year=2026", "/decisions/years/2026"])
def test_a_page_asks_as_often_for_many_proposals_as_for_one(world, client, queries, played, path):
    call = called(world)
    public(world, 1, call)
    with played(NOW):
        client.get(path)
        with queries() as one:
            assert client.get(path).status_code == 200
    public(world, 14, call)
    with played(NOW), queries() as many:
        client.get(path)
    asked = [statement for statement in many if statement.lstrip().startswith("SELECT")]
    assert (len(many), len(asked) <= 8) == (len(one), True), "\n".join(asked)


def test_an_organisation_is_named_by_nothing_but_its_kind(world, client, played):
    call = called(world)
    public(world, 1, call)
    with played(NOW):
        text = words(client.get("/decisions/proposals?year=2026").text)
    assert "ZC-JY-2026-0002 · 法人或者其他组织 · 3月20日收到" in text
    assert "周村商会" not in text


def test_addresses_that_name_nothing_are_no_pages(world, client, played):
    called(world)
    received(world, contact=ContactAddress("email", "zhang@example.cn"))
    with played(NOW):
        for path in (
            "/decisions/proposals?year=2031",
            "/decisions/proposals?year=abcd",
            "/decisions/proposals?year=２０２６年",
            "/decisions/years/9999999999",
            "/decisions/propose/receipt/1",
            "/decisions/propose/confirm/1",
            "/mine/proposals/1",
            "/decisions/proposals/mine/files/1",
        ):
            assert client.get(path).status_code == 404, path
        for path in ("/decisions/proposals?before=x&outcome=%00", "/decisions/propose?draft=99999999999999"):
            assert client.get(path).status_code == 200, path
        assert client.get("/decisions/proposals/mine").location == "/decisions/proposals/track"


def test_a_unit_that_studies_reads_the_proposal_without_name_and_contact(world, client, played):
    called(world)
    proposal = studied(world, received(world))
    number = proposal.id
    with played("2026-04-20T11:00"):
        world.sign_in(client, "officer")
        page = client.get(f"/desk/decisions/proposals/{number}").text
        assert "救护车进不来" in page
        assert "张建国" not in page
        assert "13800001234" not in page
        assert client.get(f"/desk/decisions/proposals/{number}/outcome").status_code == 403
        other = client.application.test_client()
        world.sign_in(other, "town")
        assert other.get(f"/desk/decisions/proposals/{number}").status_code == 404
        auditor = client.application.test_client()
        world.sign_in(auditor, "auditor")
        page = auditor.get(f"/desk/decisions/proposals/{number}").text
        assert "救护车进不来" in page
        assert "13800001234" not in page


def test_nobody_outside_reads_a_proposal_before_the_look_through(world, client, played):
    call = called(world)
    proposal = studied(world, received(world))
    made = taken(world, proposal, call.catalogue)
    assert made.id
    with played(NOW):
        for path in ("/decisions/proposals", "/decisions/years/2026", "/decisions"):
            page = client.get(path).text
            assert "救护车进不来" not in page
            assert "学校周边停车怎么管" not in page
        assert "正在检查个人信息" in words(client.get("/decisions/proposals").text)


def test_an_act_that_comes_too_early_is_refused_with_its_article(world, client, played):
    called(world)
    number = received(world).id
    with played("2026-04-20T11:00"):
        world.sign_in(client, "office")
        early = client.get(f"/desk/decisions/proposals/{number}/outcome")
        assert early.status_code == 409
        assert "请先把建议交有关单位研究论证。" in words(early.text)
        assert "国务院令第713号 第十条" in words(early.text)


def test_what_is_wrong_with_what_goes_public_is_said_and_kept(world, client, played):
    called(world)
    number = received(world).id
    with played("2026-04-20T11:00"):
        world.sign_in(client, "office")
        answer = client.submit(
            f"/desk/decisions/proposals/{number}/show", {"title": "学校停车", "text": "请打 13800001234 联系我。"}
        )
        assert answer.status_code == 422
        assert "里面有电话号码，请去掉以后再公开。" in words(answer.text)
        assert "请看这几处 13800001234 · 电话" in words(answer.text)
        assert "请打 13800001234 联系我。" in answer.text


def test_an_item_that_left_the_draft_asks_for_another_outcome(world, client, played):
    call = called(world)
    proposal = studied(world, received(world))
    made = taken(world, proposal, call.catalogue)
    service.withdraw_item(made, actor=world.actor("office"), now=at("2026-05-10T09:00"))
    studying.show(proposal, title=proposal.title, actor=world.actor("office"), now=at("2026-05-10T09:00"))
    db.session.commit()
    number = proposal.id
    with played("2026-05-20T09:00"):
        assert "这一项后来从目录草案中移出。" in words(client.get("/decisions/proposals").text)
        world.sign_in(client, "office")
        text = words(client.get(f"/desk/decisions/proposals/{number}").text)
    assert "请撤回原来的结果，重新登记这件建议的办理结果。" in text
