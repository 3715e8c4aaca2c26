"""A draft that comes as a Word file, and what becomes of the file."""

import io

import docx
from werkzeug.datastructures import FileStorage

from participation.access import ANYONE
from participation.consultations import service
from participation.documents import originals
from participation.documents import queries as documents
from participation.extensions import db
from participation.files.service import path_of
from tests.browse import hidden_fields, words
from tests.consultations.periods import at, opened, plan

CLAUSES = ["第一条 为了规范停车，制定本办法。", "第二条 白天每小时三元。"]


def word(*paragraphs: str, title: str = "") -> bytes:
    document = docx.Document()
    if title:
        document.add_paragraph(title, style="Title")
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def upload(data: bytes, name: str = "停车办法.docx") -> FileStorage:
    return FileStorage(io.BytesIO(data), filename=name)


def fetched(client, path: str) -> bytes:
    with client.get(path) as answer:
        assert answer.status_code == 200
        return answer.data


FORM = {"kind": "major_decision", "title": "", "why": "停车难。", "ends_on": "2026-12-02"}


def test_the_file_becomes_numbered_clauses_and_everybody_can_download_it(world, app, played):
    data = word(*CLAUSES, title="机动车停车管理办法（征求意见稿）")
    officer, reader = app.test_client(), app.test_client()
    with played("2026-11-02T09:00"):
        world.sign_in(officer, "officer")
        values = FORM | {"file": upload(data), "department": str(world.department["housing"])}
        answer = officer.submit("/desk/consultations/new", values)
        assert answer.status_code == 303
        consultation_id = int(answer.headers["Location"].rpartition("/")[2])
        document = documents.current("consultation", consultation_id)
        assert document is not None
        assert (document.title, document.text) == ("机动车停车管理办法（征求意见稿）", "\n".join(CLAUSES))
        assert document.source_edited is False
        assert fetched(officer, f"/desk/consultations/{consultation_id}/original") == data
        assert reader.get(f"/consultations/{consultation_id}/draft/1/original").status_code == 404  # not public yet


def test_what_is_public_says_whether_its_text_is_still_that_of_the_file(world, app, client, played):
    data = word(*CLAUSES)
    with app.test_request_context():
        originals.take(upload(data), form_key="k", actor=ANYONE, now=at("2026-11-02T08:00"))
    consultation = service.draft(
        plan(), text="\n".join(CLAUSES), department_id=world.department["housing"], form_key="k",
        actor=world.actor("officer"), now=at("2026-11-02T09:00"),
    )  # fmt: skip
    document = documents.current("consultation", consultation.id)
    assert document is not None
    assert document.source_edited is False
    service.edit(
        consultation, plan(), text="\n".join(CLAUSES).replace("三元", "两元"), actor=world.actor("officer"),
        now=at("2026-11-02T09:05"),
    )  # fmt: skip
    assert document.source_edited is True
    service.submit(consultation, actor=world.actor("officer"), now=at("2026-11-02T09:10"))
    service.publish(consultation, actor=world.actor("head"), now=at("2026-11-02T09:20"))
    db.session.commit()
    with played("2026-11-03T09:00"):
        page = words(client.get(f"/consultations/{consultation.id}").text)
        assert "上面的正文在这个文件之后有改动，以正文为准。" in page
        assert fetched(client, f"/consultations/{consultation.id}/draft/1/original") == data


def test_a_file_that_cannot_be_read_is_refused_with_a_sentence_and_nothing_typed_is_lost(world, app, played):
    officer = app.test_client()
    with played("2026-11-02T09:00"):
        world.sign_in(officer, "officer")
        for data, name, sentence in (
            (b"plain", "draft.doc", "请选择 .docx 文件。旧的 .doc 文件可以先另存为 .docx"),
            (b"PK\x03\x04broken", "draft.docx", "“draft.docx”"),
            (word(), "empty.docx", "文件里没有文字。扫描的图片没法逐条提意见，请改为输入文字"),
        ):
            values = FORM | {"title": "停车办法", "text": "第一条 手写的。", "file": upload(data, name)}
            values["department"] = str(world.department["housing"])
            answer = officer.submit("/desk/consultations/new", values)
            assert answer.status_code == 422
            assert sentence in words(answer.text)
            assert "第一条 手写的。" in answer.text


def test_a_chosen_file_survives_another_mistake_in_the_form(world, app, played):
    officer, data = app.test_client(), word(*CLAUSES)
    with played("2026-11-02T09:00"):
        world.sign_in(officer, "officer")
        values = FORM | {"ends_on": "2026-02-31", "title": "停车办法", "file": upload(data)}
        values["department"] = str(world.department["housing"])
        wrong = officer.submit("/desk/consultations/new", values)
        assert wrong.status_code == 422
        assert "已读取： 停车办法.docx" in words(wrong.text)
        assert "第二条 白天每小时三元。" in wrong.text
        again = hidden_fields(wrong.text) | FORM | {"title": "停车办法", "text": "\n".join(CLAUSES)}
        again["department"] = str(world.department["housing"])
        answer = officer.post("/desk/consultations/new", data=again)
        assert answer.status_code == 303
        consultation_id = int(answer.headers["Location"].rpartition("/")[2])
        assert fetched(officer, f"/desk/consultations/{consultation_id}/original") == data


def test_the_file_of_a_version_is_bound_to_it(world, app):
    consultation = opened(world)
    data = word("第一条 新。")
    with app.test_request_context():
        originals.take(upload(data), form_key="v2", actor=ANYONE, now=at("2026-11-05T08:00"))
    service.correct(
        consultation, text="第一条 新。", reason="写清楚", form_key="v2", actor=world.actor("head"),
        now=at("2026-11-05T09:00"),
    )  # fmt: skip
    first, second = reversed(documents.versions("consultation", consultation.id))
    assert originals.original_of(first) is None
    file = originals.original_of(second)
    assert file is not None
    assert (second.source_edited, path_of(file.sha256).read_bytes()) == (False, data)
