"""Every feed and every calendar of the site, read as a feed reader and a calendar program read them."""

from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import feedparser
import pytest
from flask import Flask
from icalendar import Calendar

from participation import clock
from participation.api.views.files import FEEDS
from participation.web.guards import capability_of
from tests import district
from tests.api.life import lived_in
from tests.browse import addresses

ATOM, ICAL = "application/atom+xml", "text/calendar"
QUERIES = (
    "",
    "?lang=en",
    "?department=2",
    "?q=停车",
    "?state=open&kind=major_decision",
    "?topic=城市管理&late=1",
    "?year=2026",
)


@pytest.fixture
def settled(kept, played):
    place = kept(lived_in)
    with played(district.NOW):
        yield place


def feed_rules(app: Flask) -> list:
    """Every route that may answer with a feed or a calendar."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and capability_of(app, rule.endpoint) is not None
        and (rule.rule.endswith((".atom", ".ics")) or "feed" in rule.endpoint.rpartition(".")[2].split("_"))
    ]


def feeds(app: Flask, client, media_type: str) -> dict[str, bytes]:
    """What every feed of this sort says, for every number and filter."""
    found: dict[str, bytes] = {}
    for rule in feed_rules(app):
        for number in range(1, 4):
            for path in addresses(app, rule, number):
                for query in QUERIES:
                    answer = client.get(path + query)
                    assert answer.status_code in (200, 404), path
                    if answer.status_code == 200 and answer.mimetype == media_type:
                        found[path + query] = answer.data
    return found


def test_a_feed_reader_reads_every_feed(app, client, settled):
    found = feeds(app, client, ATOM)
    assert {"/consultations.atom", "/letters.atom"} <= {urlsplit(path).path for path in found}
    with_entries = 0
    for path, data in found.items():
        feed = feedparser.parse(data)
        assert not feed.bozo, (path, feed.get("bozo_exception"))
        assert feed.version == "atom10", path
        assert feed.feed.id.startswith("urn:"), path
        assert feed.feed.title, path
        assert feed.feed.updated_parsed, path
        rels = {link.rel: link.href for link in feed.feed.links}
        assert rels["self"].startswith("http://"), path
        assert rels["alternate"].startswith("http://"), path
        ids = [entry.id for entry in feed.entries]
        assert len(ids) == len(set(ids)), path
        with_entries += bool(ids)
        for entry in feed.entries:
            assert entry.id.startswith("urn:"), path
            assert entry.title.strip(), path
            assert entry.updated_parsed, path
            assert entry.author.strip(), path
            assert urlsplit(entry.link).scheme == "http", path
            assert client.get(entry.link).status_code == 200, (path, entry.link)
    assert with_entries > 5


def test_a_calendar_program_reads_every_calendar(app, client, settled):
    found = feeds(app, client, ICAL)
    assert "/consultations.ics" in found
    events = 0
    for path, data in found.items():
        assert b"\n" not in data.replace(b"\r\n", b""), path
        assert max(len(line) for line in data.split(b"\r\n")) <= 75, path
        calendar = Calendar.from_ical(data)
        assert calendar["version"] == "2.0", path
        assert calendar["prodid"], path
        assert [component.errors for component in calendar.walk() if component.errors] == [], path
        uids = [str(event["uid"]) for event in calendar.walk("VEVENT")]
        assert len(uids) == len(set(uids)), path
        for event in calendar.walk("VEVENT"):
            events += 1
            assert str(event["summary"]).strip(), path
            assert event.decoded("dtstamp").tzinfo is not None, path
            start, end = event.decoded("dtstart"), event.decoded("dtend")
            assert type(start) is type(end), path
            assert start < end, path
            address = str(event["url"])
            assert client.get(address).status_code == 200, (path, address)
    assert events > 3


def test_every_feed_without_a_number_stands_on_the_page_of_the_data(app, client, settled):
    page = client.get("/data").text
    plain = {rule.rule for rule in feed_rules(app) if not rule.arguments}
    assert {path for path in plain if f'href="{path}"' not in page} == set()
    assert len(FEEDS) == len(plain)


def test_an_entry_keeps_its_name_whatever_the_site_is_called(client, settled):
    here = feedparser.parse(client.get("/letters.atom").data)
    there = feedparser.parse(client.get("/letters.atom", base_url="http://127.0.0.1:5000").data)
    assert [entry.id for entry in here.entries] == [entry.id for entry in there.entries]
    assert here.feed.id == there.feed.id


def test_the_readers_notice_what_is_broken(client, settled):
    data = client.get("/letters.atom").data
    assert feedparser.parse(data.replace(b"</feed>", b"")).bozo
    with pytest.raises(ValueError):
        Calendar.from_ical(client.get("/consultations.ics").data.replace(b"END:VCALENDAR", b""))


def test_the_last_day_of_a_period_is_a_whole_day(client, settled):
    calendar = Calendar.from_ical(client.get("/consultations.ics").data)
    days = [event.decoded("dtstart") for event in calendar.walk("VEVENT") if "closes" in event["uid"]]
    assert date(2026, 12, 4) in days
    assert clock.now().astimezone(UTC) > datetime(2026, 11, 1, tzinfo=UTC)
