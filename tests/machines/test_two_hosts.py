"""Two application hosts behind nginx with one PostgreSQL are one site: what one of them knows, both know."""

import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count

import pytest
from sqlalchemy import func, select, update

from participation import clock
from participation.access import SYSTEM
from participation.accounts import digests, throttle
from participation.accounts.models import Allowance
from participation.consultations.models import Comment, Consultation
from participation.evidence import keeping, queries, verification
from participation.evidence import service as evidence
from participation.evidence.models import EvidenceEntry, EvidenceSeal
from participation.extensions import db
from participation.jobs import JobLease
from tests.browse import hidden_fields, words
from tests.machines.hosts import Browser, Pair, pair, restart
from tests.resilience.site import Site
from tests.visitors import CODE, COMMENT, TAG
from tests.world import PASSWORD

pytestmark = pytest.mark.long

WRONG = {"password": "not the password"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with pair(tmp_path_factory.mktemp("machines")) as found:
        yield found


@pytest.fixture
def database(site: Pair) -> Iterator[None]:
    with site.first.app().app_context():
        yield
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()


def signed_in(at: Site, login: str, address: str) -> Browser:
    browser = Browser(address)
    answer = browser.submit(at, "/sign-in", {"login": login, "password": PASSWORD})
    assert answer.status == 303, words(answer.text)
    return browser


def until(seconds: float, seen: Callable[[], bool]) -> float:
    """How long it took; fails after `seconds`."""
    began = time.monotonic()
    while not seen():
        assert time.monotonic() - began < seconds, f"not seen within {seconds} s"
        time.sleep(0.1)
    return time.monotonic() - began


def test_who_signs_in_on_one_host_is_signed_in_on_the_other_until_signing_out_on_either(site: Pair):
    browser = signed_in(site.first, "officer", "10.0.1.1")
    taken = Browser("10.0.1.1", dict(browser.cookies))
    assert [taken.get(host, "/notices").status for host in site.hosts] == [200, 200]
    assert browser.submit(site.first, "/notices", {}, to="/sign-out").status == 303
    assert [taken.get(host, "/notices").status for host in site.hosts] == [302, 302]


def test_five_wrong_passwords_over_both_hosts_and_the_sixth_is_refused_by_either(site: Pair):
    tries = [site.first, site.second, site.first, site.second, site.first]
    for number, host in enumerate(tries):
        # Another network each time: it is the account that is counted.
        wrong = Browser(f"10.0.2.{number}").submit(host, "/sign-in", WRONG | {"login": "town"})
        assert wrong.status == 422
    for host in site.hosts:
        refused = Browser("10.0.2.99").submit(host, "/sign-in", {"login": "town", "password": PASSWORD})
        assert (refused.status, int(refused.headers["retry-after"]) <= 300) == (429, True)


def commenting(site: Pair, at: Site, number: int) -> tuple[Browser, str, dict[str, str]]:
    """A visitor before the last step of a comment: the address and what is to be sent there."""
    browser, path = Browser(f"10.0.3.{number}"), f"/consultations/{site.first.consultation}/comment"
    text = f"第 {number} 位：一楼用不上电梯，建议写清楚一楼不出钱。"
    told = browser.submit(at, path, COMMENT | {"text": text, "name": "王芳", "contact": f"1390000{number:04}"})
    assert told.status == 303, words(told.text)
    page = browser.get(at, told.location).text
    code = CODE.search(TAG.sub(" ", page))
    return browser, told.location, hidden_fields(page) | {"code": code.group(1) if code else ""}


def close(site: Pair, instant: datetime | None) -> None:
    """By hand: a period of thirty days does not end within a test."""
    moved = db.text("UPDATE consultation SET closes_at = :instant WHERE id = :id")
    db.session.execute(moved, {"instant": instant, "id": site.first.consultation})
    db.session.commit()


def test_after_the_closing_instant_both_hosts_refuse_and_keep_the_text(site: Pair, database: None):
    begun = [(host, *commenting(site, host, number)) for number, host in enumerate(site.hosts * 2, start=1)]
    for host, browser, path, fields in begun[:2]:
        assert "/receipt/" in browser.ask(host, "POST", path, fields).location
    closes_at = db.session.get_one(Consultation, site.first.consultation).closes_at
    close(site, clock.now())
    late = [
        (number, browser.ask(host, "POST", path, fields))
        for number, (host, browser, path, fields) in enumerate(begun, start=1)
    ][2:]
    close(site, closes_at)
    assert [answer.status for _number, answer in late] == [409, 409]
    assert all(f"第 {number} 位：一楼用不上电梯" in answer.text for number, answer in late)
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 2


def test_the_address_that_a_visitor_claims_is_not_believed(site: Pair, database: None):
    """Three claims, one network counted: the one that nginx saw."""
    seconds = 60 - clock.now().second
    if seconds < 5:
        time.sleep(seconds)
    answers = [
        Browser().get(site.proxy, f"/api/v1/departments?limit={number}", X_Forwarded_For=f"203.0.113.{number}")
        for number in (1, 2, 3)
    ]
    assert [answer.status for answer in answers] == [200, 200, 200]
    counted = db.session.execute(
        select(Allowance.key_digest, Allowance.used).where(Allowance.scope == throttle.API_NETWORK.scope)
    ).all()
    with site.first.app().test_request_context():
        assert [tuple(row) for row in counted] == [(digests.of_network("127.0.0.1"), 3)]


def test_a_page_is_kept_for_strangers_and_never_for_whoever_is_signed_in(site: Pair):
    stranger = Browser()
    path = "/consultations"
    assert [stranger.get(site.proxy, path).headers["x-cache"] for _time in range(2)] == ["MISS", "HIT"]
    officer = signed_in(site.first, "officer", "10.0.5.1")
    own = [officer.get(site.proxy, path) for _time in range(2)]
    assert [(answer.headers["x-cache"], answer.headers["cache-control"]) for answer in own] == [
        ("BYPASS", "no-store")
    ] * 2
    assert all("李明" in answer.text for answer in own)
    assert "李明" not in stranger.get(site.proxy, path).text


def test_an_answer_that_sets_a_cookie_is_never_kept(site: Pair):
    visitors = [Browser(), Browser()]
    answers = [visitor.get(site.proxy, "/sign-in") for visitor in visitors]
    assert [answer.headers["x-cache"] for answer in answers] == ["MISS", "MISS"]
    assert visitors[0].cookies["__Host-pp"] != visitors[1].cookies["__Host-pp"]


def test_what_is_changed_on_one_host_is_seen_through_nginx_within_ten_seconds(site: Pair, database: None):
    number = db.session.scalar(db.text("SELECT id FROM department WHERE code = 'D05'"))
    path, changed, reader = f"/board/departments/{number}", "北郊新镇", Browser()
    shown = [reader.get(site.proxy, path) for _time in range(2)]
    assert [(answer.status, answer.headers["x-cache"], changed in answer.text) for answer in shown] == [
        (200, "MISS", False),
        (200, "HIT", False),
    ]
    administrator = signed_in(site.first, "administrator", "10.0.6.1")
    fields = {"name": f"{changed}人民政府", "short_name": changed, "name_en": "Beijiao Town Government", "sort": "0"}
    assert administrator.submit(site.first, f"/people/departments/{number}", fields).status == 303
    until(10, lambda: changed in reader.get(site.proxy, path).text)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_both_kinds_of_address_are_answered_and_plain_http_leads_to_https(site: Pair, address: str):
    with socket.create_connection((address, site.proxy.plain), timeout=30) as plain:
        plain.sendall(b"GET /about?x=1 HTTP/1.0\r\nHost: participation.example.gov.cn\r\n\r\n")
        told = plain.makefile("rb").read()
    assert told.startswith(b"HTTP/1.1 301 ")
    assert b"\r\nLocation: https://participation.example.gov.cn/about?x=1\r\n" in told
    socket.create_connection((address, site.proxy.port), timeout=30).close()


@pytest.fixture
def newer_schema(database: None) -> Iterator[None]:
    """A release that only adds has migrated the database; the hosts do not have its code yet."""
    db.session.execute(db.text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
    db.session.execute(db.text("INSERT INTO alembic_version VALUES ('9999_only_adds')"))
    db.session.execute(db.text("ALTER TABLE department ADD COLUMN of_the_next_release TEXT"))
    db.session.commit()
    yield
    db.session.execute(db.text("ALTER TABLE department DROP COLUMN of_the_next_release"))
    db.session.execute(db.text("DROP TABLE alembic_version"))
    db.session.commit()


def test_hosts_are_restarted_one_after_the_other_and_no_visitor_notices(site: Pair, newer_schema: None):
    answers: Counter[tuple[str, int]] = Counter()
    done = threading.Event()

    def visit() -> None:
        for number in count():
            if done.is_set():
                return
            # Never from nginx's cache; the form lacks its token, which the application itself says.
            answers["GET", Browser().get(site.proxy, f"/consultations?page={number}").status] += 1
            answers["POST", Browser().ask(site.proxy, "POST", "/sign-in", {"login": "nobody"}).status] += 1

    visitor = threading.Thread(target=visit)
    visitor.start()
    try:
        for host, other in (site.hosts, site.hosts[::-1]):
            assert Browser().get(other, "/readyz").status == 200
            site.proxy.only(other.port)
            restart(host)
            site.proxy.only(*(each.port for each in site.hosts))
    finally:
        done.set()
        visitor.join()
    assert set(answers) == {("GET", 200), ("POST", 400)}
    assert answers["GET", 200] > 10


def sealed() -> bool:
    waiting = select(func.count(EvidenceEntry.id)).where(EvidenceEntry.id.not_in(select(EvidenceSeal.entry_id)))
    found = db.session.scalar(waiting)
    db.session.rollback()
    return found == 0


def at_work(site: Pair) -> list[Site]:
    """The hosts whose runner has sealed something."""
    return [host for host in site.hosts if "job_done job=evidence.seal" in (host.folder / "server.log").read_text()]


def holder() -> str:
    found: str = db.session.scalar(select(JobLease.holder).where(JobLease.name == "runner")) or ""
    db.session.rollback()
    return found


def test_of_two_runners_one_works_and_the_other_takes_over_when_it_is_killed(site: Pair, database: None):
    """And the log that both hosts wrote is one, under one key, with every head kept where both look."""
    for number, host in enumerate(site.hosts, start=1):
        browser, path, fields = commenting(site, host, 100 + number)
        assert "/receipt/" in browser.ask(host, "POST", path, fields).location
    runners = {id(host): host.begin_runner() for host in site.hosts}
    until(60, sealed)
    (worked,) = at_work(site)
    (waited,) = (host for host in site.hosts if host is not worked)
    first = holder()
    runners[id(worked)].send_signal(signal.SIGKILL)
    # The minute after which a lease that nobody renews is free.
    db.session.execute(update(JobLease).where(JobLease.name == "runner").values(until=clock.now()))
    db.session.commit()
    evidence.record("platform.noted", subject=None, actor=SYSTEM, now=clock.now(), facts={})
    db.session.commit()
    until(60, sealed)
    assert (waited in at_work(site), holder() not in ("", first)) == (True, True)
    for host in site.hosts:
        with host.app().app_context():
            report = verification.verify()
            assert (report.ok, report.findings) == (True, [])
            assert len(keeping.kept_heads()) == len(queries.heads())
            db.session.remove()
            db.engine.dispose()
