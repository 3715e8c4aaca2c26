"""An auditor opens the ledger, sees what is late and whose, reads how the date came about, writes a
finding - and can do nothing else."""

import csv
import io

import pytest

from participation import clock
from participation.extensions import db
from participation.mailbox import service
from tests.browse import hidden_fields, words
from tests.mailbox import letters


@pytest.fixture
def late(world, played) -> int:
    with played("2026-09-28T22:41"):
        letter = letters.received(clock.now())
    with played("2026-09-29T09:00"):
        service.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
    return letter.id


def test_the_auditor_sees_what_is_late_whose_it_is_and_how_it_was_counted(client, world, late, played):
    with played("2026-10-14T09:00"):
        world.sign_in(client, "auditor")
        ledger = words(client.get("/ledger").text)
        duty = words(client.get("/ledger/1").text)
    assert "1 项已经超期 最久 3 个工作日" in ledger
    assert "区住房和城乡建设局" in duty or "区住建局" in duty
    assert "9月29日、9月30日、10月8日、10月9日、10月10日" in duty
    assert "10月1日 (国庆节)" in duty
    assert "9月28日 22:41 · 当天不计" in duty
    assert "没有改过期限。" in duty


def test_a_finding_is_kept_and_shown(client, world, late, played):
    with played("2026-10-14T09:00"):
        world.sign_in(client, "auditor")
        shown = client.get("/ledger/1")
        answer = client.post("/ledger/1/findings", data=hidden_fields(shown.text) | {"text": "超期三天没有说明原因。"})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/ledger/1")
        assert "超期三天没有说明原因。" in words(client.get("/ledger/1").text)


def test_an_empty_finding_is_refused_at_its_field(client, world, late, played):
    with played("2026-10-14T09:00"):
        world.sign_in(client, "auditor")
        shown = client.get("/ledger/1")
        answer = client.post("/ledger/1/findings", data=hidden_fields(shown.text) | {"text": "  "})
    assert answer.status_code == 422
    assert "请写明发现的情况。" in words(answer.text)


def test_a_head_reads_the_ledger_but_writes_no_finding(client, world, late, played):
    with played("2026-10-14T09:00"):
        world.sign_in(client, "head")
        shown = client.get("/ledger/1")
        assert "记下监督意见" not in words(shown.text)
        answer = client.post("/ledger/1/findings", data={"csrf_token": client.token(), "text": "不应当写进去的意见"})
    assert answer.status_code == 403


def test_an_officer_has_no_ledger(client, world, late):
    world.sign_in(client, "officer")
    assert client.get("/ledger").status_code == 403


def test_the_download_holds_the_days_counted_and_skipped(client, world, late, played):
    with played("2026-10-14T09:00"):
        world.sign_in(client, "auditor")
        rows = list(csv.DictReader(io.StringIO(client.get("/ledger.csv?kind=letter_answer").text.lstrip("\ufeff"))))
    assert [(row["due_on"], row["state"], row["workdays_late"], row["counted"]) for row in rows] == [
        ("2026-10-10", "overdue", "3", "2026-09-29 2026-09-30 2026-10-08 2026-10-09 2026-10-10")
    ]


def test_a_head_never_finds_a_letter_about_the_own_department(client, world, played):
    with played("2026-10-08T10:00"):
        letter = letters.received(clock.now(), about_department_id=world.department["housing"])
        db.session.commit()
        world.sign_in(client, "head")
        assert letter.number not in client.get("/ledger?state=all").text
        assert client.get("/ledger/1").status_code == 404
        assert letter.number not in client.get("/ledger.csv?state=all").text


@pytest.mark.parametrize(
    "query",
    [
        "state=nothing",
        "department=9999999999999",
        "department=abc",
        "due_from=2026-99-99",
        "kind=%00",
        "after=1-2-3-4",
        "basis=%ff",
    ],
)
def test_a_filter_that_means_nothing_is_left_out(client, world, late, query):
    world.sign_in(client, "auditor")
    assert client.get("/ledger?" + query).status_code == 200


def test_a_broken_page_mark_is_refused_with_a_sentence(client, world, late):
    world.sign_in(client, "auditor")
    assert client.get("/ledger?after=xyz").status_code == 422
