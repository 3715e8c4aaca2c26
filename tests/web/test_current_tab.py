"""Staff are told where they are, and come back to their desk from a refusal."""

import re


def marked(html: str) -> list[str]:
    return re.findall(r'href="([^"]+)" aria-current="(?:page|true)"><span>', html)


def marked_below(html: str) -> list[str]:
    """In the second row, which shows the pages of the group."""
    return re.findall(r'href="(/[^"]+)" aria-current="(?:page|true)">(?!<span>)', html)


def test_a_page_below_a_tab_marks_that_tab(client, world):
    world.sign_in(client, "officer")
    assert marked(client.get("/desk").text) == ["/desk"]
    assert marked(client.get("/desk/consultations/new").text) == ["/desk/consultations"]
    entering = client.get("/desk/enter").text
    assert marked(entering) == ["/desk"]
    assert "/desk/enter" in marked_below(entering)


def test_a_head_begins_with_what_waits_for_approval(client, world):
    world.sign_in(client, "head")
    assert re.findall(r'<li><a href="([^"]+)"', client.get("/desk").text)[0] == "/approvals"


def test_an_error_on_the_desk_leads_back_to_the_desk(client, world):
    world.sign_in(client, "officer")
    page = client.get("/desk/999999")
    assert page.status_code == 404
    assert 'role="button" href="/desk"' in page.text
    assert marked(page.text) == ["/desk"]


def test_an_error_of_a_visitor_has_no_desk(client, world):
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert 'role="button" href="/desk"' not in page.text


def test_everybody_begins_with_their_own_work(app, world):
    first = {}
    for login in ("officer", "head", "office", "auditor", "administrator"):
        client = world.sign_in(app.test_client(), login)
        first[login] = re.findall(r'<li><a href="([^"]+)"', client.get("/notices").text)[0]
    assert first == {
        "officer": "/desk",
        "head": "/approvals",
        "office": "/dispatch",
        "auditor": "/ledger",
        "administrator": "/people",
    }
