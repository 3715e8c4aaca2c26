"""A15: fifty officers save one answer at the same instant, round after round: one wins, nobody's text is lost."""

import re
import time
from collections import Counter
from urllib.parse import urlencode

from participation import clock
from participation.extensions import db
from participation.mailbox import service as mailbox
from participation.mailbox.models import Answer
from tests.browse import Client, hidden_fields
from tests.mailbox import letters
from tests.resilience.counting import Outcome
from tests.resilience.prepared import Answered, at_once
from tests.resilience.site import Site, looking, running
from tests.world import PASSWORD

NAME = "50 officers save one answer at once, 200 rounds"
DATABASES = ("SQLite", "PostgreSQL")
TWINS = ("no_version",)
TWIN_SHARE = 0.01
ROUNDS, OFFICERS = 200, 50


def full(site: Site, *, share: float, minutes: float | None = None) -> Outcome:
    return run(site, rounds=max(1, round(ROUNDS * share)), officers=OFFICERS, minutes=minutes)


def run(site: Site, *, rounds: int, officers: int, minutes: float | None = None) -> Outcome:
    outcome, answers, done = Outcome(), Counter[str](), 0
    deadline = time.monotonic() + (minutes or 10_000) * 60
    site.jobs, site.threads = False, 16
    with running(site):
        letter = _handed(site)
        cookies = _signed_in(site, officers)
        for number in range(rounds):
            if time.monotonic() > deadline:
                break
            _round(site, letter, cookies, number, outcome, answers)
            done += 1
        with looking(site):
            drafts = db.session.query(Answer).filter_by(letter_id=letter).one().drafts
        outcome.counts |= {"rounds": done, "officers": officers, "answers": dict(answers)}
        if done < rounds:
            outcome.counts["rounds wanted"] = rounds
        outcome.expect("saved", drafts, done, "saved, one a round")
        outcome.expect("one winner a round", answers["303"], done, "rounds with one winner")
        outcome.expect("losers told 409", answers["409"], done * (officers - 1), "losers told so")
    return outcome


def _handed(site: Site) -> int:
    with site.app().app_context():
        now = clock.now()
        letter = letters.received(now)
        people = {login: _actor(login) for login in ("office", "officer")}
        mailbox.assign(letter, department_id=people["officer"].posts[0].department_id, actor=people["office"], now=now)
        db.session.commit()
        found = letter.id
        db.session.remove()
    return int(found)


def _actor(login: str):  # type: ignore[no-untyped-def]
    from participation.accounts import queries
    from participation.accounts.models import Person

    person = db.session.query(Person).filter_by(login=login).one()
    return queries.actor_of(person, on=clock.local_date(clock.now()))


def _signed_in(site: Site, officers: int) -> list[str]:
    """So many sessions of the unit's officers, each signed in by itself."""
    app, cookies = site.app(), []
    app.test_client_class = Client
    for _one in range(officers):
        browser = app.test_client()
        answer = browser.submit("/sign-in", {"login": "officer", "password": PASSWORD})
        assert answer.status_code == 303, answer.status_code
        cookie = browser.get_cookie("pp")
        assert cookie is not None
        cookies.append(cookie.value)
    return cookies


def _round(site: Site, letter: int, cookies: list[str], number: int, outcome: Outcome, answers: Counter[str]) -> None:
    path = f"/desk/{letter}"
    reader = site.visitor(1)
    requests, texts = [], []
    for place in range(len(cookies)):
        if number == 0 or place == 0:
            reader.cookies["pp"] = cookies[place]
            shown = hidden_fields(reader.get(path).text)
            # The form's token begins in this session's cookie.
            cookies[place] = reader.cookies["pp"]
            _tokens[cookies[place]], version = shown["csrf_token"], shown["version"]
        cookie = cookies[place]
        texts.append(f"第{number:03d}轮第{place:02d}位经办人的答复，已经派人去看过。")
        body = urlencode({"csrf_token": _tokens[cookie], "version": version, "text": texts[-1], "do": "draft"}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nCookie: pp={cookie}\r\nConnection: close\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        requests.append(head.encode() + body)
    reader.close()
    found = at_once(site, requests)
    answers.update(str(one.status) for one in found)
    with looking(site):
        stored = db.session.query(Answer).filter_by(letter_id=letter).one().text
    for one, text in zip(found, texts, strict=True):
        _judge(one, text, stored, outcome)


_tokens: dict[str, str] = {}
_ROUND = re.compile(r"第\d{3}轮第\d{2}位")


def _judge(one: Answered, text: str, stored: str, outcome: Outcome) -> None:
    page = one.body.decode("utf-8", "replace")
    if one.status == 303 and stored != text:
        outcome.wrong.append(f"lost: {_ROUND.findall(text)} won, {_ROUND.findall(stored)} is stored")
    elif one.status == 409 and (text not in page or stored not in page):
        outcome.wrong.append("a loser's page lacks one of the two texts")
    elif one.status not in (303, 409):
        outcome.wrong.append(f"answered {one.status}")
