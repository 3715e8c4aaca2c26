"""The pages of papers: entering, checking, reading, comparing, and what files are refused."""

import hashlib
import io
import re
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import event

from participation.decisions.queries import papers as queries
from participation.decisions.service import paper_checks, paper_texts, papers
from participation.errors import Refused
from participation.extensions import db
from participation.files.disk import path_of
from participation.files.models import StoredFile
from participation.files.recognise import recognise
from participation.files.rules import PAPERS
from tests.browse import hidden_fields, words
from tests.decisions.district import at, published_item
from tests.decisions.paper_shelf import checked, enter, published, reference, word
from tests.files import samples as s
from tests.files.test_recognise import HOSTILE, NOT_A_KIND

MB = 1024 * 1024


def desk(decision) -> str:
    return f"/desk/decisions/items/{decision.id}/papers"


def typed(**changes: object) -> dict[str, object]:
    given = {
        "role": "explanation", "title": "起草说明", "form": "text", "text": "为什么要起草这个办法。",
        "attribute": "public", "issuer": "区住房和城乡建设局", "signed_on": "2026-07-08",
    }  # fmt: skip
    return given | changes


def file(name: str, data: bytes) -> tuple[io.BytesIO, str]:
    return io.BytesIO(data), name


def large(client, page: str, name: str, data: bytes):
    """Sends the form with a file as a browser does, without the test client's own temporary file."""
    mark, fields = b"--mark-of-the-parts", hidden_fields(client.get(page).text) | typed(form="file")
    parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()]
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/pdf\r\n\r\n'
    parts.append(head.encode() + data)
    body = b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + mark + b"--\r\n"
    return client.post(page, data=body, content_type=f"multipart/form-data; boundary={mark.decode()}")


def hidden(client, page: str) -> dict[str, str]:
    return hidden_fields(client.get(page).text)


def the_paper(decision, world):
    (found,) = queries.of(decision.id, actor=world.actor("office"))
    return found


def test_an_officer_writes_a_paper_two_colleagues_check_it_and_everybody_reads_it(world, client, played):
    decision = published_item(world)
    with played("2026-07-10T09:00"):
        world.sign_in(client, "officer")
        answer = client.submit(f"{desk(decision)}/new", typed(text="联系人：王建国。"))
        assert answer.status_code == 303
        at_desk = answer.location
        shown = words(client.get(at_desk).text)
        assert "还差 2 项，就能公布" in shown
        assert "录入的人不能自己审查，请同事来审。" in shown
        assert client.post(f"{at_desk}/publish", data=hidden(client, at_desk)).status_code == 409
    paper = the_paper(decision, world)
    public_page = f"/decisions/{decision.id}/papers/{paper.id}"
    (finding,) = paper_checks.findings_of(paper)
    with played("2026-07-10T10:00"):
        world.sign_in(client, "head")
        assert client.post(f"{at_desk}/secrecy", data=hidden(client, at_desk)).status_code == 422
        assert client.post(f"{at_desk}/secrecy", data=hidden(client, at_desk) | {"read": "y"}).status_code == 303
        assert client.post(f"{at_desk}/personal", data=hidden(client, at_desk) | {"read": "y"}).status_code == 403
        world.sign_in(client, "office")
        page = words(client.get(at_desk).text)
        assert "发现 1 处疑似个人信息" in page
        open_one = client.post(f"{at_desk}/personal", data=hidden(client, at_desk) | {"read": "y"})
        assert (open_one.status_code, "请对这一处作出判断，或者退回材料。" in words(open_one.text)) == (422, True)
        given = {"read": "y", finding.key: "office"}
        assert client.post(f"{at_desk}/personal", data=hidden(client, at_desk) | given).status_code == 303
        client.delete_cookie("pp")
        assert client.get(public_page).status_code == 404
        world.sign_in(client, "officer")
        assert client.post(f"{at_desk}/publish", data=hidden(client, at_desk)).status_code == 303
    client.delete_cookie("pp")
    page = words(client.get(public_page).text)
    assert "起草说明" in page
    assert "成文日期 2026年7月8日" in page
    assert "发布日期 2026年7月10日" in page
    assert "发布机构 区住房和城乡建设局" in page
    fingerprint = hashlib.sha256("起草说明\n联系人：王建国。".encode()).hexdigest()
    assert fingerprint in page


def test_a_paper_on_request_shows_its_title_and_how_to_ask(world, client):
    decision = published_item(world)
    paper = published(
        world, decision, role="risk_report", title="停车管理办法社会稳定风险评估报告", attribute="on_request",
        ground_kind="process", text="风险点一：商户反对。",
    )  # fmt: skip
    page = words(client.get(f"/decisions/{decision.id}/papers/{paper.id}").text)
    assert "停车管理办法社会稳定风险评估报告" in page
    assert "怎样申请" in page
    assert "20 个工作日内答复" in page
    assert "商户" not in page
    assert client.get(f"/decisions/{decision.id}/papers/{paper.id}/file").status_code == 404


def test_of_a_paper_that_is_not_public_stands_its_ground_and_nothing_else(world, client):
    decision = published_item(world)
    paper = reference(world, decision, doc_number="周司审〔2026〕7号", ground="内部讨论记录")
    page = words(client.get(f"/decisions/{decision.id}/papers/{paper.id}").text)
    assert "合法性审查意见" in page
    assert "不予公开。 依据：讨论记录、过程稿等过程性信息； 内部讨论记录 （ 政府信息公开条例 第十六条 ）" in page
    for secret in ("关于停车管理办法", "周司审", "区司法局", "7月9日"):
        assert secret not in page
    assert client.get(f"{desk(decision)}/{paper.id}").status_code == 302


def test_a_word_file_becomes_a_page_and_stays_as_it_is(world, client, played):
    decision = published_item(world)
    data = word()
    with played("2026-07-10T09:00"):
        world.sign_in(client, "officer")
        answer = client.submit(f"{desk(decision)}/new", typed(form="file", file=file("办法.docx", data)))
        assert answer.status_code == 303
    paper = the_paper(decision, world)
    found = [one.text for one in paper_checks.findings_of(paper)]
    assert found == ["author"]
    checked(world, paper, why="nobody")
    paper_checks.publish(paper, actor=world.actor("officer"), now=at("2026-07-11T09:00"))
    db.session.commit()
    assert paper.sha256 == hashlib.sha256(data).hexdigest()
    client.delete_cookie("pp")
    page = client.get(f"/decisions/{decision.id}/papers/{paper.id}")
    assert re.findall(r'<h3 class="pp-clause__no"[^>]*>([^<]+)</h3>', page.text) == ["第一条", "第二条"]
    sent = client.get(f"/decisions/{decision.id}/papers/{paper.id}/file")
    assert sent.data == data
    assert sent.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert sent.headers["Content-Disposition"].startswith("attachment; ")
    sent.close()


def test_an_excel_file_becomes_a_table(world, client, played):
    book = openpyxl.Workbook()
    book.active.append(["街道", "泊位"])
    book.active.append(["丝绸路", 120])
    hidden_sheet = book.create_sheet("底稿")
    hidden_sheet.append(["王建国", "13805331234"])
    hidden_sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    decision = published_item(world)
    with played("2026-07-10T09:00"):
        world.sign_in(client, "officer")
        sent = typed(role="background", form="file", file=file("泊位.xlsx", out.getvalue()))
        assert client.submit(f"{desk(decision)}/new", sent).status_code == 303
    paper = the_paper(decision, world)
    assert [one.text for one in paper_checks.findings_of(paper)] == ["author", "hidden"]
    with played("2026-07-10T09:30"):
        page = client.get(f"/decisions/{decision.id}/papers/{paper.id}").text
    assert '<th scope="col">街道</th><th scope="col">泊位</th>' in page
    assert "<td>丝绸路</td><td>120</td>" in page
    assert "王建国" not in page


_PAPERS = [case for case in HOSTILE if not case[0].endswith((".png", ".jpg"))]
_OTHER = "“%(name)s” cannot be taken. Choose a PDF, Word (docx) or Excel (xlsx) file."


@pytest.mark.parametrize("case", _PAPERS, ids=lambda case: str(case[0]))
def test_a_hostile_file_is_refused_at_the_larger_limit_too(case):
    name, data, message = case
    if name == "大.pdf":
        data, message = b"%PDF-" + bytes(50 * MB), PAPERS.too_large
    with pytest.raises(Refused) as refused:
        recognise(data, name, PAPERS)
    assert refused.value.message == (_OTHER if message == NOT_A_KIND else message)


def test_pictures_are_no_papers():
    with pytest.raises(Refused) as refused:
        recognise(s.picture("PNG"), "图.png", PAPERS)
    assert refused.value.message == _OTHER


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("宏.docx", s.docx({"word/vbaProject.bin": b"\xd0\xcf"}), "“宏.docx”"),
        ("密码.docx", s.locked(s.docx()), "“密码.docx”"),
        ("坏.docx", s.docx(), "这个文件打不开，读不出内容。请在文字软件里打开，另存为 .docx 后重新选择"),
        ("坏.xlsx", s.xlsx(), "无法作为 Excel 文件打开"),
        ("程序.exe", b"MZ", "不能接收“程序.exe”。请选择 PDF、Word 或者 Excel 文件，旧格式请先另存为新格式。"),
    ],
)
def test_a_file_that_is_refused_costs_nothing_else(world, client, name, data, sentence):
    decision = published_item(world)
    world.sign_in(client, "officer")
    answer = client.submit(f"{desk(decision)}/new", typed(form="file", file=file(name, data)))
    assert answer.status_code == 422
    assert sentence in words(answer.text)
    assert 'value="起草说明"' in answer.text
    assert 'value="2026-07-08"' in answer.text
    assert (db.session.query(StoredFile).count(), queries.of(decision.id, actor=world.actor("office"))) == (0, [])


def test_a_file_of_fifty_one_megabytes_is_refused_with_a_sentence_and_the_form_is_kept(world, client):
    decision = published_item(world)
    world.sign_in(client, "officer")
    for size in (51 * MB, 100 * MB):
        data = s.pdf(s.pdf_stream(b"/Length 1", bytes(size)))
        answer = large(client, f"{desk(decision)}/new", "大.pdf", data)
        assert answer.status_code == 422
        assert "“大.pdf”超过 50 MB。请压缩图片，或者分成几份。" in words(answer.text)
        assert 'value="起草说明"' in answer.text
    assert list((Path(world.app.instance_path) / "files" / "new").glob("*")) == []


def test_a_file_of_forty_nine_megabytes_is_taken(world, client):
    decision = published_item(world)
    world.sign_in(client, "officer")
    data = s.pdf(s.pdf_stream(b"/Length 1", bytes(49 * MB)))
    assert large(client, f"{desk(decision)}/new", "大.pdf", data).status_code == 303
    (kept,) = db.session.query(StoredFile)
    assert (kept.size, kept.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_elsewhere_the_limit_stays_at_ten_megabytes():
    with pytest.raises(Refused) as refused:
        recognise(s.pdf(s.pdf_stream(b"/Length 1", bytes(11 * MB))), "大.pdf")
    assert refused.value.message == "“%(name)s” is larger than 10 MB. Attach a smaller file."


def test_a_refused_file_of_an_internal_paper_is_not_even_staged(world, client):
    decision = published_item(world)
    world.sign_in(client, "officer")
    sent = typed(role="meeting_minutes", form="file", attribute="not_public", ground_kind="process")
    data = s.pdf(b"% the minutes\n")
    answer = client.submit(f"{desk(decision)}/new", sent | {"file": file("纪要.pdf", data)})
    assert answer.status_code == 422
    assert "这是内部材料，本网站不存放。请只登记标题、日期和保管单位。" in words(answer.text)
    kept = path_of(hashlib.sha256(data).hexdigest()).exists()
    assert (db.session.query(StoredFile).count(), kept) == (0, False)


def test_a_chosen_file_survives_another_mistake_of_the_form(world, client):
    decision = published_item(world)
    world.sign_in(client, "officer")
    answer = client.submit(f"{desk(decision)}/new", typed(title="", form="file", file=file("办法.docx", word())))
    assert (answer.status_code, "已保留，保存时使用： 办法.docx" in words(answer.text)) == (422, True)
    again = hidden_fields(answer.text) | typed(form="file")
    assert client.post(f"{desk(decision)}/new", data=again).status_code == 303
    assert paper_texts.original_of(the_paper(decision, world)).original_name == "办法.docx"


def test_two_versions_are_compared_part_by_part(world, client):
    decision = published_item(world)
    first = published(world, decision)
    fields = papers.PaperFields(
        role="draft", form="text", title=first.title, attribute="public",
        text="第一条 为规范机动车停车管理，制定本办法。\n第二条 本办法适用于本区城市道路。",
    )  # fmt: skip
    newer = papers.renew(
        first, fields=fields, reason="范围写明", actor=world.actor("officer"), now=at("2026-08-03T09:00")
    )
    db.session.commit()
    checked(world, newer)
    paper_checks.publish(newer, actor=world.actor("officer"), now=at("2026-08-04T09:00"))
    db.session.commit()
    page = client.get(f"/decisions/{decision.id}/papers/{newer.id}/against/{first.id}")
    assert "有 1 处不同" in words(page.text)
    assert re.findall(r"<ins><span class=\"sr\">[^<]*</span>([^<]+)</ins>", page.text) == ["城市道路"]
    old = words(client.get(f"/decisions/{decision.id}/papers/{first.id}").text)
    assert "这份材料有更新的版本。 范围写明 阅读第 2 版" in old
    offered = client.get(f"/decisions/{decision.id}/papers/{newer.id}/against").text
    assert re.findall(r'name="other" value="(\d+)"', offered) == [str(first.id)]
    assert client.get(f"/decisions/{decision.id}/papers/{newer.id}/against/{newer.id}").status_code == 404


@pytest.mark.parametrize("login", [None, "utilities", "administrator"])
def test_who_keeps_no_papers_does_not_find_the_desk_pages(world, client, login):
    decision = published_item(world)
    paper = enter(world, decision)
    if login:
        world.sign_in(client, login)
    hidden_code = 404 if login else 302
    assert client.get(f"{desk(decision)}/{paper.id}").status_code == hidden_code
    assert client.get(f"{desk(decision)}/{paper.id}/file").status_code == hidden_code
    assert client.get(f"/decisions/{decision.id}/papers/{paper.id}").status_code == 404


def test_a_paper_of_another_decision_is_not_found(world, client):
    decision, paper = published_item(world), None
    paper = published(world, decision)
    assert client.get(f"/decisions/{decision.id + 1}/papers/{paper.id}").status_code == 404
    assert client.get(f"/decisions/{decision.id}/papers/{paper.id}").status_code == 200


def test_the_desk_page_of_the_decision_says_what_is_there_and_what_is_missing(world, client):
    decision = published_item(world)
    enter(world, decision)
    world.sign_in(client, "officer")
    page = words(client.get(f"/desk/decisions/items/{decision.id}").text)
    assert "决策材料" in page
    assert "停车管理办法（草案） 草案 待审查" in page
    assert "合法性审查意见: 还没有 登记" in page or "合法性审查意见：还没有 登记" in page


def test_the_search_finds_a_decision_by_the_words_of_its_public_papers_only(world, client):
    decision = published_item(world)
    enter(world, decision, role="background", title="背景", text="夜间噪声监测记录。")
    published(world, decision, text="第一条 泊位编号应当醒目。")
    found = [
        bool(re.search(f'href="/decisions/{decision.id}"', client.get(f"/search?q={word_}").text))
        for word_ in ("泊位编号", "噪声监测")
    ]
    assert found == [True, False]


def test_the_page_of_a_paper_asks_as_many_questions_with_ten_versions_as_with_one(world, client):
    decision = published_item(world)
    paper = published(world, decision)
    one = asked(client, f"/decisions/{decision.id}/papers/{paper.id}")
    for number in range(9):
        fields = papers.PaperFields(
            role="draft", form="text", title="草案", attribute="public", text=f"第一条 {number}。"
        )
        newer = papers.renew(
            paper, fields=fields, reason="更正", actor=world.actor("officer"), now=at("2026-08-03T09:00")
        )
        checked(world, newer)
        paper_checks.publish(newer, actor=world.actor("officer"), now=at("2026-08-04T09:00"))
        db.session.commit()
        paper = newer
    assert (one <= 8, asked(client, f"/decisions/{decision.id}/papers/{paper.id}")) == (True, one)


def asked(client, page: str) -> int:
    count = 0

    def heard(*_args: object) -> None:
        nonlocal count
        count += 1

    client.get(page)
    with client.application.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", heard)
    try:
        assert client.get(page).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", heard)
    return count


def test_of_two_people_at_one_paper_the_second_is_told_what_changed(world, client, played):
    decision = published_item(world)
    paper = enter(world, decision)
    page = f"{desk(decision)}/{paper.id}"
    with played("2026-07-10T14:00"):
        world.sign_in(client, "office")
        fields = hidden(client, page)
    paper_checks.pass_secrecy(paper, actor=world.actor("head"), now=at("2026-07-10T14:05"))
    db.session.commit()
    with played("2026-07-10T14:10"):
        answer = client.post(f"{page}/return", data=fields | {"reason": "请把第二条写清楚一点。"})
    said = words(answer.text)
    assert (answer.status_code, paper.returned_at) == (409, None)
    assert "第二人完成材料保密审查 · 形成草案" in said
    assert "请把第二条写清楚一点。" in said


def test_a_public_paper_that_was_taken_back_leaves_its_title_and_the_reason(world, client):
    decision = published_item(world)
    paper = published(world, decision, text="第一条 泊位编号应当醒目。")
    papers.take_back(paper, reason="误载个人信息", actor=world.actor("office"), now=at("2026-07-12T09:00"))
    db.session.commit()
    page = words(client.get(f"/decisions/{decision.id}/papers/{paper.id}").text)
    assert "这份材料已于7月12日撤回。 误载个人信息" in page
    assert "泊位编号" not in page
    assert f'href="/decisions/{decision.id}"' not in client.get("/search?q=泊位编号").text
