"""A public copy: prepared by one person, published by another, every place decided, gone at once."""

import io
import re

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

from participation import clock
from participation.access import ANYONE
from participation.errors import Refused
from participation.evidence.models import EvidenceEntry
from participation.extensions import db
from participation.files import queries as stored
from participation.files import service as files
from participation.mailbox import service
from participation.mailbox.models import Letter, PublicCopy
from participation.mailbox.service import redacting
from tests.browse import hidden_fields, words
from tests.mailbox import letters

TEXT = """区长您好：我叫李秀英，住东风小区 5 号楼 2 单元 301。暖气不热。
我的电话一三八 零零零零 一二三四，邮箱 cxy@example.cn。"""
ANSWER = "您反映的供暖问题已经解决。有事请打 0533-6180000。"
PERSONAL = ("李秀英", "301", "一三八", "cxy", "13800001234")


def photo() -> bytes:
    picture, target = Image.new("RGB", (40, 30), "red"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "CANARY-PLACE"
    picture.save(target, format="JPEG", exif=exif)
    return target.getvalue()


@pytest.fixture
def letter(world, played) -> Letter:
    """Answered on 8 October; a photo with a note inside, and a document, are attached."""
    with played("2026-09-28T22:41"):
        letters.mailboxes(clock.now())
        uploads = [FileStorage(io.BytesIO(photo()), filename="客厅.jpg")]
        files.stage(uploads, form_key="b" * 22, actor=ANYONE, now=clock.now())
        found = letters.received(clock.now(), title="东风小区 5 号楼供暖不热", text=TEXT, form_key="b" * 22)
    with played("2026-10-08T09:00"):
        housing = world.department["housing"]
        service.assign(found, department_id=housing, actor=world.actor("office"), now=clock.now())
        service.submit(found, text=ANSWER, contact="", version=None, actor=world.actor("officer"), now=clock.now())
        service.approve(found, actor=world.actor("head"), now=clock.now())
        db.session.commit()
    return found


def places(letter) -> list[tuple[str, str]]:
    sheet = redacting.sheet_of(letter, redacting.copy_of(letter))
    return [(hit.kind, hit.text) for hit in sheet.hits]


def decide_all(letter, world, *, keep: tuple[str, ...] = ("0533-6180000",), login: str = "officer") -> None:
    for hit in redacting.sheet_of(letter, redacting.copy_of(letter)).hits:
        service.decide_place(
            letter, place=(hit.field, hit.start, hit.end), keep=hit.text in keep, put="",
            reason="单位公开的电话" if hit.text in keep else "", actor=world.actor(login), now=clock.now(),
        )  # fmt: skip


def prepared(letter, world) -> None:
    decide_all(letter, world)
    service.submit_copy(letter, actor=world.actor("officer"), now=clock.now())
    db.session.commit()


def test_every_place_is_found_and_numbered(client, world, played, letter):
    assert places(letter) == [
        ("address", "5 号楼"), ("name", "李秀英"), ("address", "5 号楼 2 单元 301"),
        ("phone", "一三八 零零零零 一二三四"),
        ("email", "cxy@example.cn"), ("phone", "0533-6180000"),
    ]  # fmt: skip
    with played("2026-10-09T09:00"):
        page = words(world.sign_in(client, "officer").get(f"/desk/{letter.id}/publish").text)
    assert "6 处里还有 6 处没有处理" in page
    assert page.count("待定") == 6


def test_one_place_after_the_other_until_the_copy_goes_to_a_second_person(client, app, world, played, letter):
    path = f"/desk/{letter.id}/publish"
    with played("2026-10-09T09:00"):
        world.sign_in(client, "officer")
        for number in range(6):
            form = hidden_fields(client.get(path).text)
            keep = number == 5
            data = form | {"do": "keep" if keep else "cover", "put": "", "reason": "单位公开的电话" if keep else ""}
            assert client.post(f"{path}/place", data=data).status_code == 303
        assert client.submit(path, {}, to=f"{path}/submit").status_code == 303
        assert "请另一个人公开" in words(client.get(path).text)
        refused = client.submit(path, {}, to=f"{path}/second")
        assert refused.status_code == 403
        head = world.sign_in(app.test_client(), "head")
        assert head.submit(path, {"do": "release"}, to=f"{path}/second").status_code == 303
        page = app.test_client().get(f"/letters/{letter.id}").text
    assert "我叫李**，住东风小区 〔门牌〕。" in page
    assert "我的电话〔电话〕，邮箱 〔邮箱〕。" in page
    assert "0533-6180000" in page
    assert [word for word in PERSONAL if word in page] == []


def test_keeping_a_place_needs_a_reason(client, world, played, letter):
    path = f"/desk/{letter.id}/publish"
    with played("2026-10-09T09:00"):
        world.sign_in(client, "officer")
        refused = client.submit(path, {"do": "keep", "put": "", "reason": ""}, to=f"{path}/place")
        nothing = client.submit(path, {"put": "我的字"}, to=f"{path}/place")
    assert (refused.status_code, nothing.status_code) == (422, 422)
    assert "为什么可以保留" in words(refused.text)
    assert 'value="我的字"' in nothing.text


def test_an_undecided_place_stops_the_copy(world, played, letter):
    with played("2026-10-09T09:00"), pytest.raises(Refused) as refused:
        service.submit_copy(letter, actor=world.actor("officer"), now=clock.now())
    assert (refused.value.code, refused.value.args_) == ("invalid", {"count": 6})


def test_a_title_of_ones_own_is_looked_at_too(world, played, letter):
    with played("2026-10-09T09:00"):
        decide_all(letter, world)
        actor, now = world.actor("officer"), clock.now()
        service.arrange(letter, title="李秀英家不热", file_ids=[], actor=actor, now=now)
        with pytest.raises(Refused) as refused:
            service.submit_copy(letter, actor=actor, now=now)
        assert refused.value.args_ == {"text": "李秀英"}
        service.arrange(letter, title="一户居民家里不热", file_ids=[], actor=actor, now=now)
        service.submit_copy(letter, actor=actor, now=now)
        service.release(letter, version=None, actor=world.actor("head"), now=now)
        db.session.commit()
    assert letter.public_title == "一户居民家里不热"


def test_a_passage_that_was_missed_is_covered_wherever_it_stands(client, world, played, letter):
    path = f"/desk/{letter.id}/publish"
    with played("2026-10-09T09:00"):
        world.sign_in(client, "officer")
        done = client.submit(path, {"passage": "东风小区", "put": "某小区"}, to=f"{path}/passage")
        missing = client.submit(path, {"passage": "没有这句话", "put": ""}, to=f"{path}/passage")
    assert (done.status_code, missing.status_code) == (303, 422)
    sheet = redacting.sheet_of(letter, redacting.copy_of(letter))
    assert [hit.text for hit in sheet.hits if hit.kind == "passage"] == ["东风小区", "东风小区"]
    assert "东风小区" not in "".join(sheet.public.values())


def test_the_texts_must_be_those_that_were_looked_at(world, played, letter):
    with played("2026-10-09T09:00"):
        prepared(letter, world)
        # Nothing on the pages changes an approved answer; should anything else do it, the copy does not fit.
        redacting.answer_for_all(letter).text = ANSWER + "另外一句。"
        with pytest.raises(Refused) as refused:
            service.release(letter, version=None, actor=world.actor("head"), now=clock.now())
    assert refused.value.code == "conflict"
    assert letter.published_at is None
    db.session.rollback()


def test_a_head_returns_a_copy_or_declines_with_a_ground(client, world, played, letter):
    path = f"/desk/{letter.id}/publish"
    with played("2026-10-09T09:00"):
        prepared(letter, world)
        world.sign_in(client, "head")
        assert "1 份等另一个人看" in words(client.get("/desk/publishing").text)
        assert client.submit(path, {"do": "return", "reason": ""}, to=f"{path}/second").status_code == 422
        assert client.submit(path, {"do": "return", "reason": "标题也要改"}, to=f"{path}/second").status_code == 303
        assert db.session.scalar(db.select(PublicCopy)).state == "draft"
        assert client.submit(path, {"reason": ""}, to=f"{path}/decline").status_code == 422
        assert client.submit(path, {"reason": "只涉及一户，容易认出来"}, to=f"{path}/decline").status_code == 303
    copy = db.session.scalar(db.select(PublicCopy))
    assert (copy.state, copy.reason) == ("declined", "只涉及一户，容易认出来")
    assert db.session.query(EvidenceEntry).filter_by(verb="letter.copy_declined").count() == 1


def test_nobody_elsewhere_prepares_or_publishes(client, app, world, played, letter):
    path = f"/desk/{letter.id}/publish"
    with played("2026-10-09T09:00"):
        prepared(letter, world)
        assert world.sign_in(client, "utilities").get(path).status_code == 404
        assert world.sign_in(app.test_client(), "utilities_head").get(path).status_code == 404
        assert world.sign_in(app.test_client(), "auditor").get(path).status_code == 403
        assert app.test_client().get(path).status_code == 302


def test_without_consent_no_copy_is_begun(client, world, played, letter):
    with played("2026-10-09T09:00"):
        service.withdraw_consent(letter, actor=ANYONE, now=clock.now())
        db.session.commit()
        refused = world.sign_in(client, "officer").get(f"/desk/{letter.id}/publish")
    assert refused.status_code == 403
    assert "个人信息保护法 第二十五条" in refused.text


def test_a_picture_is_left_out_unless_chosen_and_loses_what_rides_along(client, world, played, letter):
    with played("2026-10-09T09:00"):
        decide_all(letter, world)
        actor, now = world.actor("officer"), clock.now()
        picture = stored.attachments_of("letter", letter.id)[0]
        service.submit_copy(letter, actor=actor, now=now)
        service.release(letter, version=None, actor=world.actor("head"), now=now)
        db.session.commit()
        path = f"/letters/{letter.id}/files/{picture.id}"
        assert client.get(path).status_code == 404
        service.take_back(letter, reason="补一张照片", actor=world.actor("head"), now=now)
        decide_all(letter, world)
        service.arrange(letter, title="", file_ids=[picture.id, 999], actor=actor, now=now)
        service.submit_copy(letter, actor=actor, now=now)
        service.release(letter, version=None, actor=world.actor("head"), now=now)
        db.session.commit()
        shown = client.get(path)
    assert shown.status_code == 200
    assert b"CANARY" not in shown.data
    assert Image.open(io.BytesIO(shown.data)).size == (40, 30)
    assert shown.headers["Cache-Control"] == "no-store"
    assert re.search(r"CANARY", photo().decode("latin-1"))


def test_the_office_takes_a_publication_back_with_a_reason(client, world, played, letter):
    with played("2026-10-09T09:00"):
        prepared(letter, world)
        service.release(letter, version=None, actor=world.actor("head"), now=clock.now())
        db.session.commit()
        world.sign_in(client, "office")
        path = f"/desk/letters/{letter.id}/take-back"
        assert client.submit(path, {"reason": ""}).status_code == 422
        assert client.submit(path, {"reason": "还能认出是谁"}).status_code == 303
        assert client.get(f"/letters/{letter.id}").status_code == 404
    stored = db.session.get(Letter, letter.id)
    assert (stored.published_at, stored.public_text, stored.consent_public) == (None, "", True)


def test_a_letter_about_a_unit_has_no_copy_for_whoever_handles_it(client, world, played):
    with played("2026-10-08T09:00"):
        about, handles = world.department["housing"], world.department["utilities"]
        found = letters.received(clock.now(), about_department_id=about)
        service.assign(found, department_id=handles, actor=world.actor("office"), now=clock.now())
        service.submit(found, text="查实。", contact="", version=None, actor=world.actor("utilities"), now=clock.now())
        service.approve(found, actor=world.actor("utilities_head"), now=clock.now())
        db.session.commit()
        page = world.sign_in(client, "utilities").get(f"/desk/{found.id}/publish")
        queue = words(client.get("/desk/publishing").text)
    assert page.status_code == 403
    assert "信访工作条例 第三十条" in page.text
    assert found.number not in queue
