"""What everybody reads of a letter, and that it is gone everywhere once it is taken back."""

import re
from xml.etree import ElementTree as tree

import pytest

from participation import clock
from participation.access import ANYONE
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from participation.mailbox.public_page import covered
from tests.browse import words
from tests.mailbox import letters

ATOM = "{http://www.w3.org/2005/Atom}"
REDACTED = "六盏路灯不亮，什么时候修好？"
ANSWERED = "已经全部修好，换了电缆八十六米。"


def public(world, *, title="路灯不亮", on="2026-10-09T20:05", played, **changes) -> Letter:
    with played("2026-09-28T22:41"):
        letter = letters.received(clock.now(), **changes)
    with played("2026-09-29T09:00"):
        service.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
    with played(on):
        now = clock.now()
        service.submit(letter, text="李秀英您好", contact="", version=None, actor=world.actor("officer"), now=now)
        service.approve(letter, actor=world.actor("head"), now=now)
        service.publish(letter, title=title, text=REDACTED, answer=ANSWERED, actor=world.actor("head"), now=now)
        db.session.commit()
    return letter


def test_the_page_says_what_must_be_public(client, world, played):
    letter = public(world, played=played)
    with played("2026-10-12T09:00"):
        page = words(client.get(f"/letters/{letter.id}").text)
    for said in (
        "收到日期 2026年9月28日",
        "答复日期 2026年10月9日",
        "答复部门 区住建局",
        "编号 XX-2026-0928-001",
        REDACTED,
        ANSWERED,
        "李**",
        "第 4 天答复",
    ):
        assert said in page, said
    assert "李秀英" not in page


def test_an_english_reader_sees_the_english_name_of_the_unit(client, world, played):
    letter = public(world, played=played)
    with played("2026-10-12T09:00"):
        page = client.get(f"/letters/{letter.id}?lang=en").text
        listed = client.get("/letters?lang=en").text
    assert '<span lang="en">Housing and Construction Bureau</span>' in page
    assert "Housing and Construction Bureau" in listed


def test_while_it_is_handled_anew_the_first_answer_stays_readable(client, world, played):
    letter = public(world, played=played)
    with played("2026-10-20T09:00"):
        service.reopen(
            letter, cause="writer", reason="李秀英家门口还是不亮", actor=ANYONE, now=clock.now(), by_writer=True
        )
        db.session.commit()
        page = words(client.get(f"/letters/{letter.id}").text)
        assert client.get("/letters").status_code == 200
        assert client.get("/letters.atom").status_code == 200
    assert ANSWERED in page
    assert "第 4 天答复" in page
    assert "重新办理" in page
    assert "李秀英" not in page


def test_reasons_of_the_file_lose_what_is_personal():
    said = covered("李秀英住 5 号楼 2 单元 301，电话13800001234，不归我局管", writer="李秀英")
    assert said == "李**住 〔门牌〕，电话〔电话〕，不归我局管"


def test_filters_add_up_and_the_count_is_said(client, world, played):
    for number, topic in enumerate(("城市管理", "教育", "教育"), start=1):
        public(world, played=played, title=f"第{number}封", topic=topic)
    unit = world.department["housing"]
    with played("2026-10-12T09:00"):
        page = words(client.get(f"/letters?topic=教育&department={unit}&month=2026-10").text)
        none = words(client.get(f"/letters?topic=教育&department={world.department['town']}").text)
        late = words(client.get("/letters?late=1").text)
    assert "2 封" in page
    assert ("第2封" in page, "第1封" in page) == (True, False)
    assert "没有符合条件的公开来信" in none or "第2封" not in none
    assert "第1封" not in late


def entries(client, path="/letters.atom") -> list[tree.Element]:
    answer = client.get(path)
    assert answer.mimetype == "application/atom+xml"
    return tree.fromstring(answer.data).findall(f"{ATOM}entry")


def test_the_feed_is_valid_and_its_ids_stay(client, world, played):
    letter = public(world, played=played, title="路灯 <b>&amp; 电缆")
    with played("2026-10-12T09:00"):
        feed = tree.fromstring(client.get("/letters.atom").data)
    with played("2026-12-01T09:00"):
        again = tree.fromstring(client.get("/letters.atom").data)
    assert feed.tag == f"{ATOM}feed"
    assert feed.find(f"{ATOM}updated").text == "2026-10-09T12:05:00.000000Z"
    entry = feed.find(f"{ATOM}entry")
    said = {child.tag.removeprefix(ATOM): child.text for child in entry}
    assert (said["title"], said["updated"], said["published"]) == (
        "路灯 <b>&amp; 电缆",
        "2026-10-09T12:05:00.000000Z",
        "2026-10-09T12:05:00.000000Z",
    )
    assert said["id"].startswith("urn:uuid:")
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "区住建局"
    assert entry.find(f"{ATOM}link").get("href") == f"http://localhost/letters/{letter.id}"
    assert [one.find(f"{ATOM}id").text for one in (feed, entry)] == [
        again.find(f"{ATOM}id").text,
        again.find(f"{ATOM}entry/{ATOM}id").text,
    ]
    required = {"id", "title", "updated"}
    assert required <= {child.tag.removeprefix(ATOM) for child in feed}
    assert required <= set(said)


def test_each_filter_has_a_feed_of_its_own(client, world, played):
    public(world, played=played, title="城管的", topic="城市管理")
    public(world, played=played, title="学校的", topic="教育")
    with played("2026-10-12T09:00"):
        found = [entry.find(f"{ATOM}title").text for entry in entries(client, "/letters.atom?topic=教育")]
        paths = ("/letters.atom", "/letters.atom?topic=教育")
        ids = {tree.fromstring(client.get(path).data).find(f"{ATOM}id").text for path in paths}
        empty = tree.fromstring(client.get("/letters.atom?late=1").data)
    assert found == ["学校的"]
    assert len(ids) == 2
    assert empty.find(f"{ATOM}updated").text == "1970-01-01T00:00:00.000000Z"


def everywhere(letter) -> tuple[str, ...]:
    return (
        f"/letters/{letter.id}",
        "/letters",
        "/letters?q=路灯",
        "/letters?topic=其他",
        "/letters.atom",
        "/mailbox",
        "/",
        "/letters/questions",
        "/search?q=路灯",
        "/search?q=电缆&kind=letters",
        "/ledger",
        "/ledger.csv",
        "/ledger?state=all",
        "/board",
    )


def naming(client, letter) -> set[str]:
    found = set()
    for path in everywhere(letter):
        shown = re.sub("<[^>]+>", "", client.get(path).text)
        if any(said in shown for said in ("路灯不亮", "电缆八十六米", "路灯多久修好")):
            found.add(path)
    return found


@pytest.mark.parametrize("by", ["writer", "unit", "restricted"])
def test_what_is_taken_back_is_gone_everywhere_at_the_next_request(app, world, played, by):
    letter = public(world, played=played)
    with played("2026-10-12T09:00"):
        now = clock.now()
        service.make_question(
            letter,
            topic="其他",
            question="路灯多久修好？",
            answer="五天以内修好。",
            sort=1,
            actor=world.actor("head"),
            now=now,
        )
        db.session.commit()
        before = naming(app.test_client(), letter)
        assert {
            f"/letters/{letter.id}",
            "/letters",
            "/letters.atom",
            "/mailbox",
            "/letters/questions",
            "/search?q=路灯",
        } <= before
        if by == "writer":
            service.withdraw_consent(letter, actor=ANYONE, now=now)
        elif by == "unit":
            service.take_back(letter, reason="还能认出是谁", actor=world.actor("head"), now=now)
        else:  # only while it is open: handled anew, and then found to be about a unit
            service.reopen(letter, cause="writer", reason="还是不亮", actor=ANYONE, now=now, by_writer=True)
            service.restrict(
                letter,
                about_department_id=world.department["utilities"],
                reason="反映的是公用事业中心",
                actor=world.actor("office"),
                now=now,
            )
        db.session.commit()
        assert naming(app.test_client(), letter) == set()


def test_no_cache_keeps_a_public_page_beyond_a_minute(client, world, played):
    letter = public(world, played=played)
    with played("2026-10-12T09:00"):
        for path in everywhere(letter):
            said = client.get(path).headers["Cache-Control"]
            ages = [
                int(part.split("=")[1])
                for part in said.replace(" ", "").split(",")
                if part.startswith(("max-age", "s-maxage"))
            ]
            assert "no-store" in said or (ages and max(ages) <= 60), path
