"""The whole way of a list of contacts through the pages, in the browsers of those who take part in it."""

import csv
import io
import zipfile

import pytest
from sqlalchemy import select

from participation.extensions import db
from participation.privacy.contact_lists import service
from participation.privacy.contact_lists.models import ContactFetch, ContactList
from tests.browse import hidden_fields, words
from tests.consultations import periods
from tests.duties.notices import at
from tests.mailbox import letters
from tests.privacy import asking

NOW = "2026-11-23T09:00"
FORM = {"purpose": asking.PURPOSE, "ground": "hearing", "fields": ["name", "contact"], "last_day": "2026-12-12"}


@pytest.fixture
def staff(app, world):
    """`staff("head")`: a browser of that person."""
    return lambda login: world.sign_in(app.test_client(), login)


@pytest.fixture
def consultation(world):
    return asking.commented_on(world)


def ask(browser, consultation, **changes):
    path = f"/desk/contact-lists/new?consultation={consultation.id}"
    return browser.post(path, data=hidden_fields(browser.get(path).text) | FORM | changes)


def test_an_officer_asks_the_head_allows_and_the_officer_alone_takes_it(staff, consultation, played):
    with played(NOW):
        officer, head = staff("officer"), staff("head")
        assert "/desk/contact-lists" in officer.get("/desk").text
        assert "consultation=1" in officer.get(f"/desk/consultations/{consultation.id}").text
        chooser = officer.get("/desk/contact-lists/new").text
        assert f"/desk/contact-lists/new?consultation={consultation.id}" in chooser
        where = ask(officer, consultation).headers["Location"]
        assert "13900000001" not in officer.get(where).text
        page = head.get(f"{where}?lang=en").text
        assert asking.PURPOSE in page
        assert "13900000001" not in page
        assert head.submit(where, {"decision": "yes"}, to=f"{where}/decide").status_code == 303
        fields = hidden_fields(officer.get(where).text)
        taken = officer.post(f"{where}/list.csv", data=fields)
        assert taken.headers["Cache-Control"] == "no-store"
        lines = list(csv.reader(io.StringIO(taken.data.decode("utf-8-sig"))))
        assert lines[1:] == [[name, f"1390000000{n}"] for n, name in enumerate(asking.NAMES, 1)]
        book = officer.post(f"{where}/list.xlsx", data=fields)
        with zipfile.ZipFile(io.BytesIO(book.data)) as packed:
            inside = b"".join(packed.read(name) for name in packed.namelist()).decode()
        assert "13900000003" in inside
        assert asking.PURPOSE in inside
        for other in ("head", "auditor", "administrator"):
            browser = staff(other)
            answer = browser.post(f"{where}/list.csv", data={"csrf_token": browser.token()})
            assert answer.status_code == 403, other
            assert "13900000001" not in browser.get(where).text
        auditor = staff("auditor").get(f"{where}?lang=en").text
        assert auditor.count("<strong>Taken</strong>") == 2
        assert "李明" in auditor


def test_who_has_nothing_to_do_with_it_finds_nothing(staff, consultation, played):
    with played(NOW):
        where = ask(staff("officer"), consultation).headers["Location"]
        for login in ("utilities", "utilities_head", "town_head", "office"):
            browser = staff(login)
            assert browser.get(where).status_code == 404, login
            assert asking.NAMES[0] not in browser.get("/desk/contact-lists").text
        assert staff("utilities").get(f"/desk/contact-lists/new?consultation={consultation.id}").status_code == 404
        assert staff("administrator").get("/desk/contact-lists/new").status_code == 403


def test_what_was_written_stays_when_something_is_missing(staff, consultation, played):
    with played(NOW):
        answer = ask(staff("officer"), consultation, ground="authority")
        assert answer.status_code == 422
        assert asking.PURPOSE in answer.text
        assert ask(staff("officer"), consultation, purpose="").status_code == 422
        assert ask(staff("officer"), consultation, fields=[]).status_code == 422
        assert ask(staff("officer"), consultation, last_day="2027-03-01").status_code == 422
        assert db.session.scalar(select(ContactList.id)) is None


def test_a_head_who_asked_cannot_decide_and_the_page_shows_no_form(staff, consultation, played):
    with played(NOW):
        head = staff("head")
        where = ask(head, consultation).headers["Location"]
        assert "/decide" not in head.get(where).text
        answer = head.post(f"{where}/decide", data={"csrf_token": head.token(), "decision": "yes"})
        assert answer.status_code == 403
        assert staff("office").submit(where, {"decision": "yes"}, to=f"{where}/decide").status_code == 303


def test_the_second_of_two_deciders_is_told_what_changed(staff, world, consultation, played):
    with played(NOW):
        where = ask(staff("head"), consultation).headers["Location"]
        first, second = staff("office"), staff("administrator")
        fields = hidden_fields(second.get(where).text)
        assert first.submit(where, {"decision": "yes"}, to=f"{where}/decide").status_code == 303
        answer = second.post(f"{where}/decide", data=fields | {"decision": "no", "reason": "这个用途不需要联系方式。"})
        assert answer.status_code == 409
        row = db.session.scalars(select(ContactList)).one()
        assert row.stage == "approved"


def test_after_the_last_day_the_page_says_so(staff, world, consultation, played):
    row = asking.approved(world, asking.asked(world, consultation))
    where = f"/desk/contact-lists/{row.id}"
    with played("2026-12-13T00:00"):
        officer = staff("officer")
        assert "The last day of this list is over" in officer.get(f"{where}?lang=en").text
        answer = officer.post(f"{where}/list.csv", data={"csrf_token": officer.token()})
        assert answer.status_code == 409
        assert db.session.scalar(select(ContactFetch.id)) is None
        assert "Its time is over" in staff("auditor").get("/desk/contact-lists?lang=en").text


def test_names_never_become_formulas(staff, world, consultation, played):
    periods.commented(
        consultation, author_name="=HYPERLINK(1)", contact=periods.ContactAddress("email", "a@example.cn")
    )
    db.session.commit()
    row = asking.approved(world, asking.asked(world, consultation))
    with played(NOW):
        officer = staff("officer")
        data = officer.post(f"/desk/contact-lists/{row.id}/list.csv", data={"csrf_token": officer.token()}).data
    assert "'=HYPERLINK(1)" in data.decode()


def test_a_link_cannot_take_a_list(staff, world, consultation, played):
    row = asking.approved(world, asking.asked(world, consultation))
    with played(NOW):
        officer = staff("officer")
        assert officer.get(f"/desk/contact-lists/{row.id}/list.csv").status_code == 405
        assert officer.post(f"/desk/contact-lists/{row.id}/list.csv").status_code == 400
        assert db.session.scalar(select(ContactFetch.id)) is None


def test_a_dispatcher_asks_for_the_letters_of_a_month(staff, world, played):
    letter = letters.received(at("2026-11-16T10:00"))
    with played(NOW):
        office = staff("office")
        path = "/desk/contact-lists/new?month=2026-11&topic="
        assert "1 person would be in the list" in office.get(f"{path}&lang=en").text
        form = hidden_fields(office.get(path).text) | FORM | {"ground": "answer"}
        where = office.post(path, data=form).headers["Location"]
        row = db.session.scalars(select(ContactList)).one()
        assert (row.matters, row.desk) == ([letter.id], "above")
        assert staff("administrator").submit(where, {"decision": "yes"}, to=f"{where}/decide").status_code == 303
        for wrong in ("month=2026-13", "month=x", "month=2026-11&topic=x", "consultation=99", "consultation=%C2%B2"):
            assert office.get(f"/desk/contact-lists/new?{wrong}").status_code == 404, wrong


def test_the_citizen_sees_which_office_had_the_contact_when_and_what_for(client, staff, world, consultation, played):
    row = asking.approved(world, asking.asked(world, consultation))
    comment = db.session.get(periods.Comment, row.matters[0])
    with played(NOW):
        client.submit("/comments/track", {"number": comment.number, "secret": periods.SECRET})
        page = words(client.get("/mine/data?lang=en").text)
        assert "Your contact was in a list of contacts that was allowed on 23 November" in page
        assert asking.PURPOSE in page
        assert "区住建局" in page
        assert "Not taken so far." in page
        service.fetch(row, form="csv", actor=world.actor("officer"), now=at(NOW))
        db.session.commit()
        assert "Taken 1 time." in words(client.get("/mine/data?lang=en").text)
        assert client.get("/mine/data.json").get_json()["matters"][0]["contact_lists"][0]["unit"] == "区住建局"


def test_of_a_court_s_demand_the_citizen_reads_the_ground_alone(client, world, consultation, played):
    document = "周村区人民法院（2026）鲁0306调字12号"
    row = asking.asked(world, consultation, ground="authority", document=document)
    asking.approved(world, row)
    comment = db.session.get(periods.Comment, row.matters[0])
    with played(NOW):
        client.submit("/comments/track", {"number": comment.number, "secret": periods.SECRET})
        page = client.get("/mine/data?lang=en").text
    assert "A court or another authority demands it by law" in page
    assert asking.PURPOSE not in page
    assert document not in page
