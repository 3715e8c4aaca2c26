"""A citizen writes to the mayor's mailbox, follows the letter, reads the answer, and may withdraw."""

import io
import re

from PIL import Image

from participation import clock
from participation.access import SYSTEM
from participation.accounts import passwords
from participation.accounts import service as accounts
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from participation.notices.models import Notice
from tests.browse import hidden_fields, words
from tests.mailbox import letters
from tests.world import PASSWORD

AT = "2026-09-28T22:41"


def sent(client, played, at=AT, **changes):
    """Number and secret of a letter written through the pages."""
    with played(at):
        letters.mailboxes(clock.now())
        answer = letters.write(client, **changes)
        assert answer.status_code == 303, words(answer.text)
        answer = letters.send(client, answer.headers["Location"])
        assert answer.status_code == 303, words(answer.text)
        receipt = client.get(answer.headers["Location"])
    found = re.findall(r'class="pp-slip__no">([^<]+)<', receipt.text)
    return found[0], found[1], answer.headers["Location"], receipt


def track(client, number, secret):
    return client.submit("/track", {"number": number, "secret": secret})


def test_the_mailbox_promises_a_day_for_a_letter_written_today(client, world, played):
    with played("2026-11-23T09:00"):
        letters.mailboxes(clock.now())
        page = client.get("/mailbox")
    assert page.status_code == 200
    assert "11月30日（周一）" in words(page.text)


def test_a_letter_written_before_the_national_day_is_due_on_the_make_up_saturday(client, world, played):
    number, secret, _path, receipt = sent(client, played)
    assert number == "XX-2026-0928-001"
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", secret)
    assert "10月10日" in words(receipt.text)
    letter = db.session.query(Letter).one()
    assert (letter.stage, letter.title, letter.contact_address) == ("received", letters.FORM["title"], "13800001234")
    assert str(service.answer_duty(letter).due_on) == "2026-10-10"


def test_the_receipt_can_be_reloaded_in_this_session_and_nowhere_else(client, app, world, played):
    number, secret, path, _receipt = sent(client, played)
    again = client.get(path)
    assert number in again.text
    assert secret in again.text
    assert app.test_client().get(path).status_code == 404


def test_number_and_secret_show_who_has_the_letter(client, app, world, played):
    number, secret, _path, _receipt = sent(client, played)
    with played("2026-09-29T09:00"):
        letter = db.session.query(Letter).one()
        service.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
        other = app.test_client()
        wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in number)
        answer = track(other, wide, secret.lower().replace("-", " "))
        assert answer.status_code == 303
        page = other.get(answer.headers["Location"])
    assert "区住建局" in words(page.text)
    assert "138****1234" in words(page.text)
    assert "13800001234" not in page.text


def test_unknown_numbers_and_wrong_secrets_get_the_same_answer(client, world, played):
    number, _secret, _path, _receipt = sent(client, played)
    with played("2026-09-29T09:00"):
        wrong = track(client, number, letters.SECRET)
        unknown = track(client, "XX-2026-0928-999", letters.SECRET)
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert words(wrong.text).replace(number, "") == words(unknown.text).replace("XX-2026-0928-999", "")


def test_the_sixth_wrong_secret_within_five_minutes_waits_even_if_right(client, app, world, played):
    number, secret, _path, _receipt = sent(client, played)
    other = app.test_client()
    with played("2026-09-29T09:00"):
        for _ in range(5):
            assert track(other, number, letters.SECRET).status_code == 422
        refused = track(other, number, secret)
        assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)
    with played("2026-09-29T09:06"):
        assert track(other, number, secret).status_code == 303


def test_the_answer_reaches_the_writer_by_number_and_secret(client, world, played):
    number, secret, _path, _receipt = sent(client, played)
    letter = db.session.query(Letter).one()
    with played("2026-09-29T09:00"):
        service.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
    with played("2026-10-09T10:00"):
        text, contact = "六盏灯已经全部修好。", "市政科 0533-0000000"
        service.submit(letter, text=text, contact=contact, version=None, actor=world.actor("officer"), now=clock.now())
        service.approve(letter, actor=world.actor("head"), now=clock.now())
        db.session.commit()
        answer = track(client, number, secret)
        page = words(client.get(answer.headers["Location"]).text)
    assert text in page
    assert contact in page
    assert service.answer_duty(letter).met_late is False


def test_what_was_written_survives_missing_fields(client, world, played):
    with played(AT):
        letters.mailboxes(clock.now())
        answer = letters.write(client, title="", contact="1380000123", kind="")
    assert answer.status_code == 422
    assert "路灯" in answer.text
    assert "给信写一个标题" in words(answer.text)
    assert "应当是 11 位，现在是 10 位" in words(answer.text)
    assert db.session.query(Letter).count() == 0


def test_an_expired_form_token_shows_the_letter_again(client, world, played):
    with played(AT):
        letters.mailboxes(clock.now())
        page = client.get("/mailbox/mayor/write")
        data = hidden_fields(page.text) | letters.FORM | {"csrf_token": "stale"}
        answer = client.post("/mailbox/mayor/write", data=data)
        assert answer.status_code == 400
        assert letters.FORM["title"] in answer.text
        again = client.post("/mailbox/mayor/write", data=letters.FORM | hidden_fields(answer.text))
    assert again.status_code == 303


def test_a_letter_sent_twice_is_one_letter_with_one_receipt(client, world, played):
    with played(AT):
        letters.mailboxes(clock.now())
        confirm = letters.write(client).headers["Location"]
        first = letters.send(client, confirm)
        second = client.post(confirm, data={"csrf_token": client.token("/track")})
    assert first.headers["Location"] == second.headers["Location"]
    assert db.session.query(Letter).count() == 1


def test_a_wrong_code_keeps_the_letter_and_says_so(client, world, played):
    with played(AT):
        letters.mailboxes(clock.now())
        confirm = letters.write(client).headers["Location"]
        answer = client.submit(confirm, {"code": "000000"})
        assert answer.status_code == 422
        assert letters.FORM["title"] in answer.text
        assert letters.send(client, confirm).status_code == 303


def test_a_letter_kept_for_later_is_there_again(client, app, world, played):
    with played(AT):
        letters.mailboxes(clock.now())
        kept = client.submit("/mailbox/mayor/write", {"text": "还没写完", "draft": "1"})
        assert kept.status_code == 303
        assert "还没写完" in client.get(kept.headers["Location"]).text
        assert "还没写完" not in app.test_client().get(kept.headers["Location"]).text


def test_the_writer_withdraws_an_unanswered_letter(client, world, played):
    sent(client, played)
    with played("2026-09-29T09:00"):
        page = client.get("/track/letter")
        unsure = client.post("/track/letter/withdraw", data=hidden_fields(page.text))
        assert unsure.status_code == 422
        assert 'aria-describedby="sure-error"' in unsure.text
        assert "govuk-notification-banner--success" not in unsure.text
        assert client.get("/track/letter/withdraw?lang=en").headers["Location"] == "/track/letter"
        assert db.session.query(Letter).one().stage == "received"
        client.post("/track/letter/withdraw", data=hidden_fields(page.text) | {"sure": "1"})
        db.session.expire_all()
        letter = db.session.query(Letter).one()
        assert (letter.stage, service.answer_duty(letter).is_open) == ("withdrawn", False)
        again = client.post("/track/letter/withdraw", data=hidden_fields(page.text) | {"sure": "1"})
    assert again.status_code == 409


def test_an_attachment_survives_a_form_that_is_shown_again(client, world, played):
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    with played(AT):
        letters.mailboxes(clock.now())
        data = {"files": (io.BytesIO(picture.getvalue()), "路灯.png"), "title": ""}
        again = letters.write(client, **data)
        assert (again.status_code, "路灯.png" in again.text) == (422, True)
        bad = {"files": (io.BytesIO(b"<svg/>"), "坏.svg")}
        refused = client.post("/mailbox/mayor/write", data=hidden_fields(again.text) | letters.FORM | bad)
        assert (refused.status_code, "路灯.png" in refused.text) == (422, True)
        assert "坏.svg" in words(refused.text)
        confirm = client.post("/mailbox/mayor/write", data=hidden_fields(refused.text) | letters.FORM)
        receipt = client.get(letters.send(client, confirm.headers["Location"]).headers["Location"])
        assert "1 个" in words(receipt.text)
        with client.get("/track/letter/files/1") as file:
            assert (file.status_code, file.data) == (200, picture.getvalue())


def test_each_step_tells_the_verified_contact(client, world, played):
    sent(client, played)
    with played("2026-09-29T09:00"):
        letter = db.session.query(Letter).one()
        service.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        service.submit(letter, text="修好了", contact="", version=None, actor=world.actor("officer"), now=clock.now())
        service.approve(letter, actor=world.actor("head"), now=clock.now())
        db.session.commit()
    told = db.session.query(Notice).filter_by(address="13800001234", subject_kind="letter").order_by(Notice.id)
    assert [notice.verb for notice in told] == ["letter_received", "letter_moved", "letter_answered"]


def test_a_signed_in_citizen_finds_the_letter_among_their_own(client, app, world, played):
    with played(AT):
        letters.mailboxes(clock.now())
        person = accounts.register_citizen(
            name="陈秀英",
            channel="sms",
            address="13911112222",
            password_hash=passwords.hashed(PASSWORD),
            actor=SYSTEM,
            now=clock.now(),
        )
        db.session.commit()
        person_id = person.id
        client.submit("/sign-in", {"login": "13911112222", "password": PASSWORD})
        confirm = letters.write(client, contact="13911112222").headers["Location"]
        assert 'name="code"' not in client.get(confirm).text  # verified already
        letters.send(client, confirm)
        letter_id = db.session.query(Letter).one().id
        assert f"/mine/letters/{letter_id}" in client.get("/mine").text
        assert client.get(f"/mine/letters/{letter_id}").status_code == 302
        assert app.test_client().get(f"/mine/letters/{letter_id}").status_code == 404
    assert db.session.query(Letter).one().person_id == person_id
