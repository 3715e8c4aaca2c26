"""A1: the whole server is killed again and again while people submit; what was acknowledged is there, once."""

import threading
import time

from tests.resilience.counting import Outcome, sealed, stored
from tests.resilience.site import Site, looking, running
from tests.resilience.submitting import Crowd

NAME = "kill -9 of the whole server"
DATABASES = ("SQLite", "PostgreSQL")
TWINS = ("acknowledge_first", "notice_afterwards")
TWIN_SHARE = 0.02
SUBMISSIONS, KILLS = 10_000, 50


def full(site: Site, *, share: float, minutes: float | None = None) -> Outcome:
    return run(site, submissions=round(SUBMISSIONS * share), kills=max(4, round(KILLS * share)), minutes=minutes)


def run(
    site: Site, *, submissions: int, kills: int, people: int = 12, seal: bool = True, minutes: float | None = None
) -> Outcome:
    """kill -9 to gunicorn, its workers and the runner `kills` times, evenly over the submissions. The short
    form does not wait for the minute in which nobody takes the dead runner's lease (`seal`)."""
    outcome = Outcome()
    with running(site):
        # A twin that forgets a cookie asks for a code each time, and codes are limited.
        crowd = Crowd(site, submissions, people=people, each=4 if site.fault else 20)
        crowd.begin()
        limit = threading.Timer((minutes or 10_000) * 60, crowd.stop.set)
        limit.start()
        done = _kill_while(site, crowd, submissions=submissions, kills=kills)
        crowd.end()
        limit.cancel()
        outcome.counts |= {"submissions": len(crowd.acknowledged), "kills": done, "answers": dict(crowd.answers)}
        outcome.expect("given up", len(crowd.given_up), 0, "got no receipt at all")
        if done < (1 if minutes else kills):
            outcome.wrong.append(f"only {done} of {kills} kills came while people submitted")
        if not site.lives():
            site.start()
        with looking(site):
            if seal:
                sealed(outcome)
            stored(outcome, acknowledged=crowd.acknowledged, asked=crowd.asked)
    return outcome


def _kill_while(site: Site, crowd: Crowd, *, submissions: int, kills: int) -> int:
    done = 0
    for kill in range(kills):
        wanted = (kill + 1) * submissions // (kills + 1)
        while len(crowd.acknowledged) < wanted and crowd.working():
            time.sleep(0.01)
        if not crowd.working():
            break
        site.kill()
        done += 1
        site.start()
    return done
