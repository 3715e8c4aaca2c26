"""信访工作条例 art. 30: whatever a unit can open, a letter about it is not there, nor is it missed."""

import io

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

from participation import clock
from participation.access import ANYONE
from participation.errors import Refused
from participation.extensions import db
from participation.files import queries as files
from participation.files import service as file_service
from participation.mailbox import service
from participation.mailbox.models import Letter
from participation.mailbox.queries import desk
from participation.notices.models import Notice
from tests.mailbox import letters
from tests.reading import said

WORD = "索要手续费"


def get_pages(app) -> list[str]:
    """Every GET rule of the site, with 1 for every number: the restricted letter is number 1."""
    paths = []
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint != "static" and not rule.arguments - {"letter_id", "file_id"}:
            values = dict.fromkeys(rule.arguments, 1)
            with app.test_request_context():
                paths.append(rule.build(values)[1])
    return sorted(set(paths))


@pytest.fixture
def restricted(world, played) -> int:
    """About the housing bureau, with an attachment, given to the utilities centre."""
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    with played("2026-11-23T09:50"):
        letters.mailboxes(clock.now())
        file_service.stage(
            [FileStorage(io.BytesIO(picture.getvalue()), filename="转账记录.png")],
            form_key="a" * 22,
            actor=ANYONE,
            now=clock.now(),
        )
        letter = letters.received(
            clock.now(),
            title=f"某局经办人{WORD}",
            text=f"{WORD} 800 元",
            about_department_id=world.department["housing"],
            form_key="a" * 22,
        )
    with played("2026-11-23T10:00"):
        service.assign(
            letter, department_id=world.department["utilities"], actor=world.actor("office"), now=clock.now()
        )
        service.submit(
            letter, text=f"查{WORD}一事", contact="", version=None, actor=world.actor("utilities"), now=clock.now()
        )
        db.session.commit()
    assert letter.id == 1
    return letter.id


@pytest.mark.parametrize("login", ["officer", "head", "administrator", "town"])
def test_no_page_that_they_can_open_names_it(app, client, world, played, restricted, login):
    with played("2026-12-03T09:00"):  # overdue: it is on every list that shows lateness
        world.sign_in(client, login)
        pages = {path: said(client.get(path).data) for path in get_pages(app)}
        found = [path for path, page in pages.items() if WORD in page or "转账记录" in page]
    assert found == []


def test_its_own_unit_the_office_and_the_auditor_see_it(app, world, played, restricted):
    with played("2026-12-03T09:00"):
        for login, path in (
            ("utilities", "/desk/letters/1"),
            ("utilities_head", "/approvals/1"),
            ("office", "/dispatch/1"),
            ("auditor", "/desk/letters/1"),
        ):
            assert WORD in world.sign_in(app.test_client(), login).get(path).text, login


def test_counts_notices_and_files_leave_it_out(world, played, restricted):
    housing = world.department["housing"]
    with played("2026-12-03T09:00"):
        service.cards_due(now=clock.now())
        db.session.commit()
    assert desk.count(world.actor("officer"), ("assigned", "submitted")) == 0
    assert desk.count(world.actor("utilities"), ("assigned", "submitted")) == 1
    assert db.session.query(Notice).filter_by(to_department_id=housing).count() == 0
    assert [file.restricted_from for file in files.attachments_of("letter", 1)] == [housing]


def test_its_attachment_is_handed_out_only_to_who_may_see_the_letter(app, world, played, restricted):
    file = files.attachments_of("letter", 1)[0].id
    path = f"/desk/letters/1/files/{file}"
    with played("2026-12-03T09:00"):
        answers = {}
        for login in ("officer", "head", "town", "administrator", "utilities", "office", "auditor"):
            with world.sign_in(app.test_client(), login).get(path) as answer:
                answers[login] = answer.status_code
    assert answers == {
        "officer": 404, "head": 404, "town": 404, "administrator": 404, "utilities": 200, "office": 200, "auditor": 200,
    }  # fmt: skip


def test_it_cannot_be_given_to_the_unit_it_is_about(app, world, played, restricted):
    letter = db.session.get(Letter, restricted)
    with played("2026-11-23T11:00"):
        with pytest.raises(Refused) as refused:
            service.transfer(
                letter,
                department_id=world.department["housing"],
                reason="归它管",
                actor=world.actor("office"),
                now=clock.now(),
            )
        assert refused.value.basis == "信访工作条例 第三十条"
        db.session.rollback()
        client = world.sign_in(app.test_client(), "office")
        shown = client.get("/dispatch/1").text
    assert (
        f'value="{world.department["housing"]}"'
        not in shown.partition('name="department"')[2].partition("</select>")[0]
    )


def test_a_letter_about_the_government_office_goes_to_its_deputy(app, world, played):
    office = world.department["office"]
    with played("2026-11-23T09:50"):
        letter = letters.received(clock.now(), title=f"政府办{WORD}", about_department_id=office)
        deputy = letter.mailbox.deputy_department_id
        client = world.sign_in(app.test_client(), "office")
        assert client.get(f"/dispatch/{letter.id}").status_code == 404
        assert WORD not in client.get("/dispatch").text
    stored = db.session.query(Letter).one()
    assert (stored.stage, stored.department_id) == ("assigned", deputy)
    assert service.answer_duty(stored).department_id == deputy
    assert db.session.query(Notice).filter_by(to_department_id=office).count() == 0


def test_the_office_can_restrict_a_letter_before_handing_it_over(client, world, played):
    with played("2026-11-23T09:50"):
        letter = letters.received(clock.now())
        world.sign_in(client, "office")
        path = f"/dispatch/{letter.id}"
        done = client.submit(path, {"about": str(world.department["housing"])}, to=f"{path}/restrict")
        assert done.status_code == 303
        refused = client.submit(path, {"department": str(world.department["housing"])}, to=f"{path}/assign")
    assert refused.status_code == 422
    stored = db.session.query(Letter).one()
    assert (stored.about_department_id, stored.stage) == (world.department["housing"], "received")


def test_the_auditor_sees_no_contact_details(app, world, played, restricted):
    with played("2026-12-03T09:00"):
        page = world.sign_in(app.test_client(), "auditor").get("/desk/letters/1").text
    assert [secret for secret in ("13800001234", "李秀英") if secret in page] == []
