"""The pages about one's own data, as a person without an account uses them, and the desk's."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from participation.extensions import db
from participation.mailbox.models import Letter
from participation.privacy.models import DataRequest, Reading
from participation.privacy.rules import RETENTION
from tests.browse import words
from tests.mailbox import answered, letters

NOW = "2026-11-23T09:00"


@pytest.fixture
def letter(world, played) -> int:
    with played("2026-11-18T15:00"):
        return answered.answered(world).id


@pytest.fixture
def opened(client, letter, played):
    """A browser that opened the letter with number and query code."""
    with played(NOW):
        number = db.session.get(Letter, letter).number
        answer = client.submit("/track", {"number": number, "secret": letters.SECRET})
        assert answer.status_code == 303
    return client


def test_nobody_sees_anything_without_showing_who_they_are(client, world, letter, played):
    with played(NOW):
        page = client.get("/mine/data")
        assert page.status_code == 200
        assert letters.TEXT[:10] not in page.text
        for path in ("/mine/data.json", "/mine/data.zip", f"/mine/data/correct?what=letter:{letter}"):
            assert client.get(path).status_code == 404
        assert client.get("/mine/data/erase?what=all").status_code == 302


def test_number_and_code_show_and_copy_one_letter(opened, letter, played):
    with played(NOW):
        page = opened.get("/mine/data")
        assert letters.TEXT[:10] in page.text
        told = json.loads(opened.get("/mine/data.json").data)
        assert told["matters"][0]["text"] == letters.TEXT
        assert told["matters"][0]["answers"][0]["text"] == answered.ANSWER
        packed = zipfile.ZipFile(io.BytesIO(opened.get("/mine/data.zip").data))
        assert packed.namelist() == ["my-data.json"]
        assert opened.get("/mine/data.json").headers["Cache-Control"] == "no-store"


def test_erasing_needs_the_query_code_again(opened, letter, played):
    with played(NOW):
        wrong = opened.submit(f"/mine/data/erase?what=letter:{letter}", {"proof": "WRONG"}, to="/mine/data/erase")
        assert wrong.status_code == 422
        assert db.session.get(Letter, letter).erased_at is None
        done = opened.submit(f"/mine/data/erase?what=letter:{letter}", {"proof": letters.SECRET}, to="/mine/data/erase")
        assert done.status_code == 303
        assert db.session.get(Letter, letter).erased_at is not None
        page = opened.get("/mine/data/erased")
        assert "erased" in opened.get("/mine/data/erased?lang=en").text
        assert page.status_code == 200
        assert opened.get("/mine/data").status_code == 200


def test_an_open_letter_is_only_stored_and_the_person_is_told_why(client, world, played):
    with played("2026-11-20T10:00"):
        letter = answered.assigned(world, now="2026-11-20T10:00").id
        number = db.session.get(Letter, letter).number
    with played(NOW):
        client.submit("/track", {"number": number, "secret": letters.SECRET})
        client.submit(f"/mine/data/erase?what=letter:{letter}", {"proof": letters.SECRET}, to="/mine/data/erase")
        found = db.session.get(Letter, letter)
        assert (found.limited_ground, found.erased_at, found.consent_public) == ("letter_open", None, False)
        page = client.get("/mine/data?lang=en").text
        assert "We owe you the answer" in page
        asked = client.submit(
            f"/mine/data/object?what=letter:{letter}", {"text": "我已经不需要这封信的答复了，请删除。"},
            to="/mine/data/object",
        )  # fmt: skip
        assert asked.status_code == 303, words(asked.text)
        request = db.session.scalar(select(DataRequest).where(DataRequest.kind == "object"))
        office = world.sign_in(world.app.test_client(), "office")
        assert number in office.get(f"/desk/data-requests/{request.id}").text
        path = f"/desk/data-requests/{request.id}"
        answer = office.submit(path, {"granted": "no", "answer": "还没有答复，答复以后删除。"})
        assert answer.status_code == 303
        db.session.refresh(request)
        assert request.state == "refused"
        assert "还没有答复，答复以后删除。" in client.get("/mine/data").text
        # The second of two is told.
        again = office.post(path, data={"granted": "yes", "answer": "删除这封信，没有异议。", "version": "1"})
        assert again.status_code in (400, 409)


def test_officers_do_not_decide_requests(client, world, played):
    with played(NOW):
        officer = world.sign_in(client, "officer")
        assert officer.get("/desk/data-requests").status_code == 403
        assert officer.get("/desk/readings").status_code == 403


def test_what_an_auditor_opens_is_noted(client, world, letter, played):
    with played(NOW):
        auditor = world.sign_in(client, "auditor")
        assert auditor.get(f"/desk/letters/{letter}").status_code == 200
        assert auditor.get("/desk/letters/999999").status_code == 404
        noted = list(db.session.scalars(select(Reading)))
        assert [(one.subject_kind, one.subject_id) for one in noted] == [("letter", letter)]
        assert "吴静" in auditor.get("/desk/readings").text
        administrator = world.sign_in(world.app.test_client(), "administrator")
        assert "吴静" in administrator.get("/desk/readings").text
        officer = world.sign_in(world.app.test_client(), "officer")
        assert officer.get(f"/desk/letters/{letter}").status_code == 200
        assert len(list(db.session.scalars(select(Reading)))) == 1


def test_the_retention_table_names_jobs_that_exist_and_is_public(client, world):
    from participation.jobs import all_jobs

    known = {job.name for job in all_jobs()}
    assert {job for row in RETENTION for job in row.jobs} <= known
    page = client.get("/about/privacy?lang=en").text
    for row in RETENTION:
        assert row.what in page
