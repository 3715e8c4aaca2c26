"""The ledger as files, also of a past moment; filters that a person keeps, and their feeds."""

import io
import re
from datetime import date

import feedparser
import openpyxl
import pytest

from participation import clock
from participation.duties import service as duties
from participation.duties.history.reading import read_on
from participation.evidence.sealing import seal
from participation.extensions import db
from participation.oversight.models import SavedFilter
from participation.oversight.queries import export as exporting


@pytest.fixture
def owed(world, played):
    with played("2026-11-02T09:00"):
        for subject, unit in ((7, "housing"), (8, "utilities")):
            duties.open_duty(
                "feedback", subject_kind="consultation", subject_id=subject, department_id=world.department[unit],
                started_at=clock.now(), due_on=date(2026, 11, 16), actor=world.actor("head"), now=clock.now(),
            )  # fmt: skip
        db.session.commit()
        seal(now=clock.now())
        read_on(now=clock.now())


@pytest.fixture
def auditor(client, world, owed, played):
    with played("2026-11-23T09:00"):
        yield world.sign_in(client, "auditor")


def test_the_workbook_says_it_in_words(auditor):
    answer = auditor.get("/ledger.xlsx?kind=feedback&lang=zh")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0].startswith("期限台账")
    head = next(row for row in rows if row[2] == "事项")
    assert head[1:9] == ["应办事项", "事项", "单位", "状态", "起算", "到期", "完成", "超期工作日"]
    body = rows[rows.index(head) + 1 :]
    assert [(row[1], row[4], row[8]) for row in body] == [("公布意见采纳情况", "已超期", 5)] * 2


def test_the_data_carry_the_days_that_were_counted(auditor, world):
    said = auditor.get(f"/ledger.json?department={world.department['housing']}").json
    assert said["from_the_sealed_record"] is False
    assert [(one["kind"], one["state"], one["workdays_late"]) for one in said["duties"]] == [("feedback", "overdue", 5)]


def test_a_past_moment_can_be_taken_home(auditor):
    said = auditor.get("/ledger.json?at=2026-11-10+24%3A00&kind=feedback").json
    assert said["from_the_sealed_record"] is True
    assert {one["state"] for one in said["duties"]} == {"open"}
    lines = auditor.get("/ledger.csv?at=2026-11-10+24%3A00&kind=feedback").text.splitlines()
    assert len(lines) == 3


def keep(client, name="超期的", query="kind=feedback&state=overdue"):
    return client.submit("/ledger", {"name": name, "query": query}, to="/ledger/filters")


def feed_of(client) -> str:
    page = client.get("/ledger").text
    return re.search(r"http://[^<]*(/ledger/feeds/[^<]*\.atom)", page).group(1)


def test_a_kept_filter_has_a_feed_for_readers_without_a_session(auditor, app):
    assert keep(auditor).status_code == 303
    address = feed_of(auditor)
    stranger = app.test_client()
    feed = feedparser.parse(stranger.get(address).data)
    assert feed.bozo is False
    assert feed.feed.title == "超期的"
    assert len(feed.entries) == 2
    assert stranger.get(address.replace("-", "-0")).status_code == 404


def test_a_new_address_makes_the_old_one_worthless(auditor, app):
    keep(auditor)
    old = feed_of(auditor)
    one = db.session.query(SavedFilter).one().id
    assert auditor.submit("/ledger", to=f"/ledger/filters/{one}/address").status_code == 303
    assert app.test_client().get(old).status_code == 404
    assert app.test_client().get(feed_of(auditor)).status_code == 200


def test_who_may_not_read_the_ledger_any_more_has_no_feed(auditor, app, world):
    keep(auditor)
    address = feed_of(auditor)
    db.session.execute(
        db.text("UPDATE post_holding SET until_on = '2026-11-20' WHERE person_id = :one"),
        {"one": world.person["auditor"]},
    )
    db.session.commit()
    assert app.test_client().get(address).status_code == 404


def test_a_name_is_asked_for_and_kept_once(auditor):
    for name in ("", "超期的", "超期的"):
        keep(auditor, name)
    assert [one.name for one in db.session.query(SavedFilter)] == ["超期的"]


def test_another_persons_filter_cannot_be_removed(auditor, app, world, played):
    keep(auditor)
    one = db.session.query(SavedFilter).one().id
    other = world.sign_in(app.test_client(), "office")
    assert other.submit("/ledger", to=f"/ledger/filters/{one}/remove").status_code == 404
    assert db.session.query(SavedFilter).count() == 1


def test_only_the_ledgers_own_questions_are_kept(auditor):
    keep(auditor, query="kind=feedback&evil=%3Cscript%3E&state=overdue")
    assert db.session.query(SavedFilter).one().query == "kind=feedback&state=overdue"


def test_a_state_is_chosen_within_the_filter_and_the_moment(auditor, world):
    unit = world.department["housing"]
    page = auditor.get(f"/ledger?kind=feedback&department={unit}&at=2026-11-10+24:00").text
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/ledger\?[^"]*state=met_late[^"]*)"', page)]
    assert len(links) == 1
    assert {"kind=feedback", f"department={unit}", "at=2026-11-10+24:00"} <= set(links[0].split("?")[1].split("&"))
    assert f"/ledger/changes?earlier=2026-11-10+24:00&amp;department={unit}&amp;kind=feedback" in page


def test_a_stray_word_in_the_address_is_left_out(auditor):
    assert auditor.get("/ledger?endpoint=x&_external=1&values=2").status_code == 200


def test_files_of_many_rows_are_sent_part_by_part(auditor, monkeypatch):
    monkeypatch.setattr(exporting, "PART", 1)
    whole = auditor.get("/ledger.json?kind=feedback").json
    assert whole["number"] == len(whole["duties"]) == 2
    assert len(auditor.get("/ledger.csv?kind=feedback").text.splitlines()) == 3
    assert auditor.get("/ledger.json?kind=catalogue").json["duties"] == []


def test_a_difference_can_be_of_one_department(auditor, world):
    unit = world.department["housing"]
    page = auditor.get(f"/ledger/changes?earlier=2026-11-10+24:00&department={unit}&lang=en").text
    assert page.count('class="pp-duty"') == 1
    assert f'value="{unit}" selected' in page
