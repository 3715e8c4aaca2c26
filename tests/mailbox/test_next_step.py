"""From a letter's file each role goes on to what it has to do; the desk names what can be done first."""

from datetime import timedelta

from participation import clock
from participation.extensions import db
from participation.mailbox import service
from tests.mailbox import letters


def test_the_file_leads_on_to_what_is_to_be_done(app, world, played):
    now = clock.now()
    letter = letters.received(now)
    pages = {login: world.sign_in(app.test_client(), login) for login in ("office", "officer", "head", "auditor")}
    number, office, officer = letter.id, world.actor("office"), world.actor("officer")

    def buttons(login: str) -> str:
        return pages[login].get(f"/desk/letters/{number}").text

    assert f'href="/dispatch/{number}"' in buttons("office")
    service.assign(letter, department_id=world.department["housing"], actor=office, now=now)
    db.session.commit()
    assert f'href="/desk/{number}"' in buttons("officer")
    service.submit(letter, text="已经修好。", contact="", version=None, actor=officer, now=now)
    db.session.commit()
    assert f'href="/approvals/{number}"' in buttons("head")
    assert f'href="/desk/{number}"' not in buttons("officer")
    for path in ("/dispatch/", "/desk/", "/approvals/"):
        assert f'href="{path}{number}"' not in buttons("auditor")


def test_what_waits_for_the_head_is_not_what_the_officer_answers_first(client, world, played):
    now = clock.now()
    office, officer, housing = world.actor("office"), world.actor("officer"), world.department["housing"]
    for title, made in (("已经送审的信", now), ("还没有答的信", now + timedelta(minutes=1))):
        letter = letters.received(made, title=title)
        service.assign(letter, department_id=housing, actor=office, now=made)
        if title == "已经送审的信":
            service.submit(letter, text="已经修好。", contact="", version=None, actor=officer, now=made)
        db.session.commit()
    world.sign_in(client, "officer")
    heading = client.get("/desk").text.split("<h1")[1].split("</h1>")[0]
    assert "还没有答的信" in heading


def test_a_letter_that_can_no_longer_be_returned_says_why(client, world, played):
    now = clock.now() - timedelta(days=6)
    letter = letters.received(now)
    service.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=now)
    db.session.commit()
    world.sign_in(client, "officer")
    page = client.get(f"/desk/{letter.id}").text
    assert f"/desk/{letter.id}/return" not in page
    assert "个工作日内可以退回" in page
