"""The list of consultations, its feed, its calendar, and a consultation as data."""

import csv
import io
from datetime import date
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from participation.consultations import service
from participation.extensions import db
from tests.browse import words
from tests.consultations.periods import answered, at, closed, commented, drafted, opened

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def two(world):
    """One open until 2 December, one of the year before that is answered."""
    old = opened(
        world, now="2025-11-03T09:00", title="公园管理办法（征求意见稿）", ends_on=date(2025, 12, 3),
        promised_feedback_on=date(2025, 12, 24), kind="normative_document",
    )  # fmt: skip
    shown = commented(old, now="2025-11-05T10:00", text="公园要有厕所。", consent_public=True)
    hidden = commented(old, now="2025-11-05T10:00", text="不公开的话。")
    service.show(old, [shown.id], actor=world.actor("officer"), now=at("2025-11-06T10:00"))
    closed(old, now="2025-12-04T00:00:30")
    answered(world, old, [shown], "adopted", title="=厕所")
    answered(world, old, [hidden], "outside", title="别的")
    now = at("2025-12-10T10:00")
    service.submit_feedback(old, actor=world.actor("officer"), now=now)
    service.publish_feedback(old, actor=world.actor("head"), now=now)
    new = opened(world)
    db.session.commit()
    return new.id, old.id


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["既有多层住宅加装电梯实施办法（征求意见稿）", "公园管理办法（征求意见稿）"]),
        ("state=open", ["既有多层住宅加装电梯实施办法（征求意见稿）"]),
        ("state=answered", ["公园管理办法（征求意见稿）"]),
        ("kind=normative_document", ["公园管理办法（征求意见稿）"]),
        ("year=2026", ["既有多层住宅加装电梯实施办法（征求意见稿）"]),
        ("q=公园", ["公园管理办法（征求意见稿）"]),
        ("department=999", []),
    ],
)
def test_filters_narrow_the_page_and_the_feed_alike(client, played, two, query, titles):
    with played("2026-11-20T10:00"):
        page = words(client.get(f"/consultations?{query}").text)
        feed = ElementTree.fromstring(client.get(f"/consultations.atom?{query}").data)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iterfind(f"{ATOM}entry")] == titles
    assert [title for title in titles if title in page] == titles
    assert sum(page.count(name) for name in ("加装电梯实施办法", "公园管理办法")) == len(titles)


def test_what_cannot_be_read_narrows_nothing(client, played, two):
    with played("2026-11-20T10:00"):
        feed = ElementTree.fromstring(client.get("/consultations.atom?year=abc&state=x&kind=y&department=１").data)
        assert client.get("/consultations?before=z&q=%00").status_code == 200
    assert len(feed.findall(f"{ATOM}entry")) == 2


def test_an_entry_of_the_feed_keeps_its_name_and_changes_when_the_feedback_is_out(client, played, two):
    with played("2026-11-20T10:00"):
        feed = ElementTree.fromstring(client.get("/consultations.atom").data)
    new, old = feed.findall(f"{ATOM}entry")
    assert old.findtext(f"{ATOM}updated") == "2025-12-10T02:00:00.000000Z"
    assert new.findtext(f"{ATOM}updated") == feed.findtext(f"{ATOM}updated") == "2026-11-02T01:00:00.000000Z"
    assert old.find(f"{ATOM}link").get("href").endswith(f"/consultations/{two[1]}/feedback")
    assert len({new.findtext(f"{ATOM}id"), old.findtext(f"{ATOM}id"), feed.findtext(f"{ATOM}id")}) == 3


def test_the_calendar_has_the_last_day_and_the_promised_one(client, played, two):
    with played("2026-11-20T10:00"):
        answer = client.get("/consultations.ics?state=open")
    assert answer.mimetype == "text/calendar"
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert [(str(event["summary"]), event.decoded("dtstart"), event.decoded("dtend")) for event in events] == [
        ("征求意见截止：既有多层住宅加装电梯实施办法（征求意见稿）", date(2026, 12, 2), date(2026, 12, 3)),
        ("承诺反馈：既有多层住宅加装电梯实施办法（征求意见稿）", date(2026, 12, 24), date(2026, 12, 25)),
    ]


def test_the_data_of_a_consultation_name_nobody(client, played, two):
    with played("2026-11-20T10:00"):
        answer = client.get(f"/consultations/{two[1]}.json")
    data = answer.get_json()
    assert data["counts"] == {
        "received": 2, "withdrawn": 0, "adopted": 1, "partly": 0, "not_adopted": 0, "outside": 1,
    }  # fmt: skip
    assert [(row["title"], row["people"], row["outcome"]) for row in data["opinions"]] == [
        ("=厕所", 1, "adopted"),
        ("别的", 1, "outside"),
    ]
    assert [(row["text"], row["outcome"]) for row in data["comments"]] == [("公园要有厕所。", "adopted")]
    for secret in ("朱大明", "朱**", "138", "不公开的话"):
        assert secret not in answer.text


def test_before_the_feedback_no_outcome_is_in_the_data(world, client, played):
    consultation = opened(world)
    row = commented(consultation, consent_public=True)
    service.show(consultation, [row.id], actor=world.actor("officer"), now=at("2026-11-11T10:00"))
    answered(world, consultation, [row], "adopted")
    db.session.commit()
    with played("2026-12-05T10:00"):
        data = client.get(f"/consultations/{consultation.id}.json").get_json()
    assert (data["counts"], data["opinions"]) == ({"received": 1, "withdrawn": 0}, [])
    assert [row["outcome"] for row in data["comments"]] == [""]


def test_the_table_is_for_a_spreadsheet_and_computes_nothing(client, played, two):
    with played("2026-11-20T10:00"):
        answer = client.get(f"/consultations/{two[1]}.csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0] == ["number", "received_on", "channel", "clause", "text", "outcome", "opinions"]
    assert [row[3:] for row in rows[1:]] == [["", "公园要有厕所。", "adopted", "1"]]


def test_what_is_not_published_has_no_data(world, app, client, played):
    consultation = drafted(world)
    db.session.commit()
    with played("2026-11-20T10:00"):
        for form in ("json", "csv"):
            assert client.get(f"/consultations/{consultation.id}.{form}").status_code == 404
