"""What belongs to somebody else is not there: drafts, receipts, files, desks, notices, comments; and
nothing secret leaves by a page, an address or a log."""

import io
import logging
import re
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import select, text
from wtforms import PasswordField
from wtforms.fields.core import UnboundField

from participation import clock
from participation.consultations import service as consultations
from participation.consultations.models import Comment, CommentDraft, Consultation
from participation.extensions import db
from participation.files.models import StoredFile
from participation.mailbox import service as mailbox
from participation.mailbox.models import Letter, LetterDraft
from participation.notices.models import Notice, NoticeReading
from participation.web import errors_pages
from participation.web.forms import Form
from participation.web.guards import capability_of
from tests import district
from tests.browse import addresses, hidden_fields
from tests.consultations import periods
from tests.files.samples import picture
from tests.mailbox import letters
from tests.world import PASSWORD


@pytest.fixture
def settled(kept, played):
    place = kept(district.settle)
    with played(district.NOW):
        yield place


def test_a_draft_its_files_and_its_receipt_open_in_their_own_browser_only(app, world, played):
    mine, other = app.test_client(), app.test_client()
    theirs = letters.FORM | {"contact": "13900004321"}
    with played(district.NOW):
        letters.mailboxes(clock.now())
        photo = (io.BytesIO(picture("PNG")), "院门.png")
        form = hidden_fields(mine.get("/mailbox/mayor/write").text) | letters.FORM
        confirm = mine.post("/mailbox/mayor/write", data=form | {"files": photo}).headers["Location"]
        draft = db.session.scalars(select(LetterDraft)).one().id
        other.get("/mailbox/mayor/write")
        for path in (confirm, f"/mailbox/receipt/{draft}"):
            assert other.get(path).status_code == 404, path
        assert letters.TEXT[:20] not in other.get(f"/mailbox/mayor/write?draft={draft}").text
        stolen = other.submit("/mailbox/mayor/write", theirs | {"submission_key": form["submission_key"], "text": ""})
        assert "院门.png" not in stolen.text
        assert hidden_fields(stolen.text)["submission_key"] != form["submission_key"]
        file = db.session.scalars(select(StoredFile)).one().id
        other.submit("/mailbox/mayor/write", theirs | {"submission_key": form["submission_key"], "drop": str(file)})
        assert db.session.get(StoredFile, file) is not None
        sent = letters.send(mine, confirm)
        assert other.post(confirm, data={"csrf_token": other.token(), "code": "000000"}).status_code == 404
        assert mine.get(sent.headers["Location"]).status_code == 200
        assert other.get(sent.headers["Location"]).status_code == 404
        assert other.get(f"/track/letter/files/{file}").status_code == 404
        assert other.get("/track/letter").status_code == 302
        number = db.session.scalars(select(Letter)).one().id
        assert other.get(f"/mine/letters/{number}").status_code == 404


def test_a_comment_s_draft_and_receipt_open_in_their_own_browser_only(app, world, settled):
    mine, other = app.test_client(), app.test_client()
    path = f"/consultations/{settled.consultation}/comment"
    form = {"text": "第三条宜延至二十二时。", "consent": "yes", "name": "王芳", "contact": "13900005678"}
    confirm = mine.submit(path, form).headers["Location"]
    draft = db.session.scalars(select(CommentDraft)).one().id
    other.get(path)
    for address in (confirm, f"/comments/receipt/{draft}"):
        assert other.get(address).status_code == 404
    assert "二十二时" not in other.get(f"{path}?draft={draft}").text
    sent = letters.send(mine, confirm)
    assert other.get(sent.headers["Location"]).status_code == 404
    comment = db.session.scalars(select(Comment).order_by(Comment.id.desc())).first()
    assert other.get(f"/mine/comments/{comment.id}").status_code == 404
    assert other.get("/comments/mine").status_code == 302


def test_the_desk_of_another_unit_is_not_there(app, world, settled):
    """The utilities centre before the letters and consultations of the housing bureau."""
    client = world.sign_in(app.test_client(), "utilities")
    token = client.token()
    letter, one = settled.letter, settled.consultation
    gets = (
        f"/desk/{letter}", f"/desk/{letter}/return", f"/desk/letters/{letter}", f"/desk/consultations/{one}",
        f"/desk/consultations/{one}/sort", f"/desk/consultations/{one}/feedback", f"/desk/consultations/{one}/edit",
        f"/desk/consultations/{settled.hidden_consultation}", f"/desk/consultations/{one}/enter",
    )  # fmt: skip
    posts = (
        f"/desk/{letter}", f"/desk/{letter}/return", f"/desk/consultations/{one}/sort",
        f"/desk/consultations/{one}/points", f"/desk/consultations/{one}/review/{settled.comment}",
        f"/desk/consultations/{one}/submit", f"/desk/consultations/{one}/edit",
        f"/desk/consultations/{one}/enter",
    )  # fmt: skip
    assert [path for path in gets if client.get(path).status_code != 404] == []
    data = {"csrf_token": token, "text": "改掉", "title": "改掉", "c": str(settled.comment), "ground": "insult"}
    assert [path for path in posts if client.post(path, data=data).status_code != 404] == []


def test_a_comment_or_point_of_another_consultation_is_not_there(app, world, settled):
    """An officer cannot reach from the own consultation into a colleague's by its numbers."""
    with clock.played(periods.at("2026-11-02T09:00")):
        other = consultations.draft(
            periods.plan(), text=periods.TEXT, department_id=world.department["utilities"],
            actor=world.actor("utilities"), now=clock.now(),
        )  # fmt: skip
        consultations.submit(other, actor=world.actor("utilities"), now=clock.now())
        other = consultations.publish(other, actor=world.actor("utilities_head"), now=clock.now())
        db.session.commit()
        own = other.id
    first = db.session.get(Consultation, settled.consultation)
    point = consultations.create_point(first, title="推迟停车时段", actor=world.actor("officer"), now=clock.now()).id
    db.session.commit()
    client = world.sign_in(app.test_client(), "utilities")
    token = client.token()
    base = f"/desk/consultations/{own}"
    assert client.get(f"{base}/comments/{settled.comment}/files/1").status_code == 404
    assert (
        client.post(
            f"{base}/points/{point}",
            data={"csrf_token": token, "outcome": "adopted", "change": "见第二条", "reason": ""},
        ).status_code
        == 404
    )
    assert (
        client.post(f"{base}/sort", data={"csrf_token": token, "c": str(settled.comment), "to": str(point)}).status_code
        == 404
    )
    assert (
        client.post(f"{base}/review/{settled.comment}", data={"csrf_token": token, "ground": "insult"}).status_code
        == 404
    )
    made = client.post(f"{base}/points", data={"csrf_token": token, "title": "自己的观点", "c": str(settled.comment)})
    assert made.status_code in (303, 409, 422)
    shown = client.get(f"{base}/sort?point={point}&show=point").text
    assert "推迟停车时段" not in shown
    assert "晚七时太早" not in shown
    assert "晚七时太早" not in client.get(f"{base}/sort?show=all&q=晚七时").text


def test_notices_of_others_are_neither_shown_nor_read(app, world, settled):
    client = world.sign_in(app.test_client(), "town")
    notice = db.session.scalars(select(Notice).where(Notice.to_department_id == world.department["housing"])).first()
    assert notice is not None
    answer = client.post("/notices/read", data={"csrf_token": client.token(), "notice": str(notice.id)})
    assert answer.status_code == 404
    assert client.post("/notices/read", data={"csrf_token": client.token()}).status_code == 302
    assert db.session.scalars(select(NoticeReading).where(NoticeReading.notice_id == notice.id)).first() is None


def test_the_ledger_says_of_other_units_letters_what_everybody_may_know(app, world, settled):
    town = world.sign_in(app.test_client(), "town_head")
    housing = world.sign_in(app.test_client(), "head")
    letter = db.session.get(Letter, settled.letter)
    for path in ("/ledger?state=", "/ledger.csv?state="):
        assert letter.number in town.get(path).text
        assert letter.title not in town.get(path).text, path
        assert letter.title in housing.get(path).text, path
    assert letter.title not in town.get("/ledger/1").text


def test_a_decision_that_is_not_public_cannot_be_named_by_another_unit(app, world, settled):
    """Its number in a consultation of one's own would show its title."""
    client = world.sign_in(app.test_client(), "utilities")
    assert district.HIDDEN not in client.get(f"/desk/consultations/new?decision={settled.hidden_decision}").text
    form = {"title": "某办法", "kind": "major_decision", "department": str(world.department["utilities"])}
    made = client.submit("/desk/consultations/new", form | {"decision": str(settled.hidden_decision)})
    assert made.status_code in (303, 422)
    assert district.HIDDEN not in (client.get(made.headers["Location"]) if made.status_code == 303 else made).text
    assert (
        district.HIDDEN
        in world.sign_in(app.test_client(), "office").get(f"/desk/decisions/items/{settled.hidden_decision}").text
    )


def test_a_password_is_never_printed_on_an_error_page(app, world, played):
    def below(kind):
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    fields = {
        name
        for form in below(Form)
        for name in dir(form)
        if isinstance(field := getattr(form, name), UnboundField) and issubclass(field.field_class, PasswordField)
    }
    assert fields
    assert fields <= errors_pages._NOT_SHOWN_AGAIN
    client = world.sign_in(app.test_client(), "officer")
    secret = {"present": PASSWORD, "password": "a new long password", "again": "a new long password"}
    for path, data in (("/password", secret), ("/sign-in", {"login": "officer", "password": PASSWORD})):
        shown = client.post(path, data=data | {"csrf_token": "stale"})
        assert shown.status_code == 400
        assert [value for value in data.values() if value in shown.text and value != "officer"] == []


def table_rows() -> dict[str, list[object]]:
    found = {}
    for table in db.metadata.sorted_tables:
        # When a session was last seen, and how often the API was asked, is of the visit.
        if table.name not in ("sign_in_session", "allowance"):
            found[table.name] = sorted(map(repr, db.session.execute(select(table)).all()))
    db.session.rollback()
    return found


@pytest.mark.parametrize(
    "login", [None, *(pytest.param(login, marks=pytest.mark.long) for login in ("head", "office", "administrator"))]
)
def test_looking_changes_nothing(app, world, settled, login):
    client = app.test_client()
    if login:
        world.sign_in(client, login)
    before = table_rows()
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and capability_of(app, rule.endpoint) is not None:
            for path in {path for number in (1, 2) for path in addresses(app, rule, number)}:
                client.get(path)
                client.head(path)
    after = table_rows()
    assert [name for name in before if before[name] != after[name]] == []


def neutral(page: str) -> str:
    return re.sub(r'(name="csrf_token"[^>]*value=)"[^"]+"', r"\1", page)


def test_an_unknown_number_and_a_wrong_secret_get_the_same_bytes(app, world, settled):
    comment = db.session.get(Comment, settled.comment).number
    for path, known in (("/track", settled.letter_number), ("/comments/track", comment)):
        missing = known[:-3] + "998"
        first = app.test_client().submit(path, {"number": known, "secret": "0000-0000-0000-0000"})
        second = app.test_client().submit(path, {"number": missing, "secret": "0000-0000-0000-0000"})
        assert first.status_code == second.status_code == 422
        assert neutral(first.text).replace(known, "") == neutral(second.text).replace(missing, "")
        own = ("Set-Cookie", "Content-Length", "X-Request-ID")
        assert {key: value for key, value in first.headers if key not in own} == {
            key: value for key, value in second.headers if key not in own
        }


def test_signing_in_leaves_the_old_session_behind_and_the_cookie_is_guarded(app, world, played):
    with played(district.NOW):
        client = app.test_client()
        client.get("/mailbox")
        client.token()
        before = client.get_cookie("pp").value
        world.sign_in(client, "officer")
        kept = client.get_cookie("pp").value
        assert kept != before
        answer = client.get("/desk")
        assert "no-store" in answer.headers["Cache-Control"]
        client.post("/sign-out", data={"csrf_token": client.token("/password")})
        client.set_cookie("pp", kept)
        assert client.get("/desk").status_code == 302
    header = app.test_client().get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "/%09/evil.example",
        "javascript:alert(1)",
        "/a\r\nb",
    ],
)
def test_signing_in_never_leads_off_the_site(app, world, path):
    answer = app.test_client().submit("/sign-in", {"login": "officer", "password": PASSWORD, "next": path})
    assert answer.status_code == 303
    assert urlsplit(urljoin("http://localhost/sign-in", answer.headers["Location"])).netloc == "localhost"


def test_canaries_reach_no_log(app, world, played, caplog, capfd, monkeypatch):
    """What people write stays out of the log, also when the application breaks in the middle of it."""
    canaries = ("金丝雀", "13912345678", letters.SECRET, PASSWORD)
    form = letters.FORM | {
        "text": "金丝雀写的信，请看看。",
        "title": "金丝雀",
        "name": "金丝雀",
        "contact": "13912345678",
    }
    client = app.test_client()
    caplog.set_level(logging.DEBUG)
    with played(district.NOW):
        letters.mailboxes(clock.now())
        confirm = client.submit("/mailbox/mayor/write", form).headers["Location"]
        code = re.search(r"\b(\d{6})\b", re.sub(r"<[^>]+>", " ", client.get(confirm).text))[1]
        with monkeypatch.context() as broken:
            broken.setattr(mailbox, "receive", lambda *_args, **values: {}[values["text"]])
            broken.setattr(app, "testing", False)
            broken.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
            assert letters.send(client, confirm).status_code == 500
            broken.setattr(
                mailbox,
                "receive",
                lambda *_args, **values: db.session.execute(text("SELECT :a FROM nowhere"), {"a": values["text"]}),
            )
            assert letters.send(client, confirm).status_code == 500
        client.submit("/track", {"number": "XX-2026-1123-001", "secret": letters.SECRET})
        client.submit("/sign-in", {"login": "officer", "password": PASSWORD})
    told = caplog.text + "".join(capfd.readouterr())
    assert [word for word in (*canaries, code) if word in told] == []
    assert "request_failed" in told


def test_secrets_and_codes_stand_in_no_address(app, world, played):
    client = app.test_client()
    with played(district.NOW):
        letters.mailboxes(clock.now())
        confirm = letters.write(client)
        code = re.search(r"\b(\d{6})\b", re.sub(r"<[^>]+>", " ", client.get(confirm.headers["Location"]).text))[1]
        sent = letters.send(client, confirm.headers["Location"])
        secret = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", client.get(sent.headers["Location"]).text)[0]
        number = db.session.scalars(select(Letter)).one().number
        tracked = app.test_client().submit("/track", {"number": number, "secret": secret})
    for answer in (confirm, sent, tracked):
        assert answer.status_code == 303
        assert not [word for word in (code, secret, number) if word in answer.headers["Location"]]
