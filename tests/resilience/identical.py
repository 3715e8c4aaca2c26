"""A14: the same form sent a hundred times at the same instant is one row with one receipt."""

import re
import time
from collections import Counter

from tests.resilience.counting import Outcome, stored
from tests.resilience.prepared import Ready, at_once, prepare
from tests.resilience.site import Site, looking, running
from tests.visitors import Visitor

NAME = "100 identical submissions at once, 1,000 times"
DATABASES = ("SQLite", "PostgreSQL")
TWINS = ("check_then_insert",)
TWIN_SHARE = 0.005
ROUNDS, TIMES = 1_000, 100
SECRET = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")


def full(site: Site, *, share: float, minutes: float | None = None) -> Outcome:
    return run(site, rounds=max(1, round(ROUNDS * share)), times=TIMES, minutes=minutes)


def run(site: Site, *, rounds: int, times: int, minutes: float | None = None) -> Outcome:
    """With `minutes` it begins no round after them; the counts say how many there were."""
    outcome, answers, secrets = Outcome(), Counter[str](), Counter[str]()
    site.threads = 16
    deadline = time.monotonic() + (minutes or 10_000) * 60
    with running(site):
        forms: list[Ready] = []
        done = 0
        for first in range(1, rounds + 1, 50):
            forms = prepare(site, range(first, min(first + 50, rounds + 1)), consultation=site.consultation)
            for form in forms:
                if time.monotonic() > deadline:
                    break
                _round(site, form, times, outcome, answers, secrets)
                done += 1
        outcome.counts |= {"rounds": done, "identical each": times, "answers": dict(answers)}
        outcome.expect("receipts", len(secrets), done, "different receipts")
        if done < rounds:
            outcome.counts["rounds wanted"] = rounds
        with looking(site):
            stored(outcome, acknowledged=range(1, done + 1), asked=range(1, done + 1))
    return outcome


def _round(site: Site, form: Ready, times: int, outcome: Outcome, answers: Counter[str], secrets: Counter[str]) -> None:
    found = at_once(site, [form.request] * times)
    answers.update(str(one.status) for one in found)
    wrong = [one for one in found if (one.status, one.location) != (303, form.receipt)]
    if wrong:
        outcome.wrong.append(f"form {form.number}: {wrong[0].status} {wrong[0].location}")
    reader = Visitor("127.0.0.1", site.port, 1)
    name, _, value = form.cookie.partition("=")
    reader.cookies[name] = value
    pages = [reader.get(form.receipt).text for _time in range(2)]
    reader.close()
    shown = {tuple(SECRET.findall(page)[:1]) for page in pages}
    if len(shown) != 1 or () in shown:
        outcome.wrong.append(f"form {form.number}: its receipt is not one")
    for secret in shown:
        secrets.update(secret)
