"""Writing a letter: the right doors, who it is about, what survives, and the receipt."""

import io
import re

import pytest
from PIL import Image

from participation import clock
from participation.errors import Refused
from participation.extensions import db
from participation.files import queries as files
from participation.mailbox.doors import DOORS, REFUSES, TAKES, accuses_an_official
from participation.mailbox.models import Letter
from tests.browse import hidden_fields, words
from tests.mailbox import letters

AT = "2026-09-28T10:00"  # the Monday before the National Day holidays


@pytest.fixture
def open_box(world, played):
    with played(AT):
        letters.mailboxes(clock.now())
        yield world


@pytest.mark.parametrize("path", ["/mailbox", "/mailbox/mayor/write"])
def test_what_the_mailbox_takes_and_the_doors_for_the_rest_stand_there(client, open_box, path):
    page = words(client.get(path).text)
    for said in (TAKES, REFUSES, "12388", "12345", "信访局", "依申请公开", "110"):
        assert said in page, said
    english = words(client.get(path + "?lang=en").text)
    for said in ("12388", "12345", "Petition Office", "Ask for disclosure", "requests for help"):
        assert said in english, said
    assert TAKES not in english


def test_every_door_has_a_number_or_an_address():
    assert [door.matter for door in DOORS if not (door.address or re.search(r"\d{3}|review body", door.where))] == []


@pytest.mark.parametrize(
    ("text", "kind", "person", "accuses"),
    [
        ("科长收红包才办事", "complain", "", True),
        ("怀疑他以权谋私", "consult", "", True),
        ("请查处违纪行为", "report", "", True),
        ("举报工地夜里施工", "report", "", False),
        ("举报工地夜里施工", "report", "张科长", True),
        ("窗口的小王态度不好", "complain", "小王", False),
        ("收红包雨伞的通知看不懂", "consult", "", True),
        ("路灯不亮", "complain", "", False),
    ],
)
def test_wording_or_kind_say_that_a_letter_accuses_an_official(text, kind, person, accuses):
    assert accuses_an_official(text, kind=kind, person=person) is accuses


def test_a_letter_that_accuses_an_official_is_shown_12388_and_is_sent_all_the_same(client, open_box):
    path = letters.write(client, text="听说科长收好处费，请查一查。").headers["Location"]
    assert "您是在举报干部违纪吗？" in words(client.get(path).text)
    assert letters.send(client, path).status_code == 303
    assert db.session.query(Letter).count() == 1


def test_a_letter_that_accuses_nobody_is_not_asked(client, open_box):
    path = letters.write(client).headers["Location"]
    assert "举报干部违纪吗" not in client.get(path).text


def test_a_person_needs_the_unit_and_the_unit_does_not_see_the_letter(app, client, open_box):
    without = letters.write(client, about_person="张科长")
    assert without.status_code == 422
    assert "请选出这个人所在的单位" in words(without.text)
    housing = str(open_box.department["housing"])
    path = letters.write(client, about_person="张科长", about=housing).headers["Location"]
    assert "张科长" in client.get(path).text
    letters.send(client, path)
    letter = db.session.query(Letter).one()
    assert (letter.about_person, letter.about_department_id, letter.may_be_public) == ("张科长", int(housing), False)
    number = letter.id
    for login, seen in (("officer", 404), ("head", 404), ("office", 200)):
        page = open_box.sign_in(app.test_client(), login).get(f"/desk/letters/{number}")
        assert (page.status_code, "张科长" in page.text) == (seen, seen == 200)


def test_the_service_wants_the_unit_too(open_box):
    with pytest.raises(Refused) as refused:
        letters.received(clock.now(), about_person="张科长")
    assert refused.value.field == "about"


def test_a_letter_about_a_unit_is_said_to_stay_private_before_it_is_sent(client, open_box):
    path = letters.write(client, about=str(open_box.department["housing"])).headers["Location"]
    assert "不公开：涉及单位的信不公开" in words(client.get(path).text)


def test_the_receipt_tells_each_day_counted_and_skipped(client, open_box):
    path = letters.write(client).headers["Location"]
    page = words(client.get(letters.send(client, path).headers["Location"]).text)
    for said in (
        "9月28日（周一）：收到，当天不计",
        "9月29日（周二）：第 1 个工作日",
        "9月30日（周三）：第 2 个工作日",
        "国庆节，不计",
        "10月8日（周四）：第 3 个工作日",
        "10月9日（周五）：第 4 个工作日",
        "24:00 前答复",
    ):
        assert said in page, said


def test_the_receipt_tells_the_days_in_english(client, open_box):
    path = letters.write(client).headers["Location"]
    page = words(client.get(letters.send(client, path).headers["Location"] + "?lang=en").text)
    assert "received, this day is not counted" in page
    assert re.search(r"workday 5, the answer is due by 24:00|workday 5", page)


def test_a_connection_lost_while_sending_makes_one_letter_and_the_same_receipt(client, open_box):
    path = letters.write(client).headers["Location"]
    shown = client.get(path)
    form = hidden_fields(shown.text) | {"code": letters.code_on(shown.text)}
    first = client.post(path, data=form)
    again = client.post(path, data=form)  # the answer to the first never arrived
    assert [first.status_code, again.status_code] == [303, 303]
    assert first.headers["Location"] == again.headers["Location"]
    assert db.session.query(Letter).count() == 1
    receipt = words(client.get(first.headers["Location"]).text)
    number = db.session.query(Letter).one().number
    assert number in receipt
    secret = re.search(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b", receipt)
    assert secret is not None
    assert secret[0] in client.get(first.headers["Location"]).text


def test_the_form_sent_again_over_a_lost_connection_is_one_draft(client, open_box):
    shown = client.get("/mailbox/mayor/write")
    form = hidden_fields(shown.text) | letters.FORM
    places = {client.post("/mailbox/mayor/write", data=form).headers["Location"] for _ in range(2)}
    assert len(places) == 1


def test_an_expired_session_loses_neither_text_nor_attachment(client, open_box):
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    shown = client.get("/mailbox/mayor/write")
    stale = hidden_fields(shown.text) | letters.FORM | {"csrf_token": "expired"}
    again = client.post("/mailbox/mayor/write", data=stale | {"files": (io.BytesIO(picture.getvalue()), "路灯.png")})
    assert again.status_code == 400
    assert letters.TEXT.split("\n")[0] in again.text
    path = client.post("/mailbox/mayor/write", data=hidden_fields(again.text) | letters.FORM
                       | {"files": (io.BytesIO(picture.getvalue()), "路灯.png")}).headers["Location"]  # fmt: skip
    assert "路灯.png" in client.get(path).text
    letters.send(client, path)
    assert [file.original_name for file in files.attachments_of("letter", db.session.query(Letter).one().id)] == [
        "路灯.png"
    ]
