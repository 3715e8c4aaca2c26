"""A2: PostgreSQL is killed again and again, postmaster and children; meanwhile a page is 503 and nothing else."""

import threading
import time
from dataclasses import dataclass, field

from tests.resilience import postgres
from tests.resilience.counting import Outcome, sealed, stored
from tests.resilience.site import Site, looking, running
from tests.resilience.submitting import TEXT, Crowd
from tests.visitors import Gone, Reply

NAME = "SIGKILL of PostgreSQL"
DATABASES = ("PostgreSQL",)
TWINS = ("commit_error_hidden", "plain_errors")
TWIN_SHARE = 0.1
SUBMISSIONS, KILLS = 4_000, 20
READERS = ("/", "/consultations", "/letters", "/decisions?lang=en", "/api/v1/letters")


@dataclass
class Watched:
    """What every answer must be: what it always is, or a 503 that says when to come back and holds the text."""

    outages: int = 0
    with_text: int = 0
    english: int = 0
    wrong: list[str] = field(default_factory=list)

    def __call__(self, reply: Reply) -> str:
        if reply.status < 500:
            return ""
        self.outages += 1
        if reply.status != 503 or not reply.headers.get("retry-after", "").isdigit():
            self.wrong.append(f"{reply.status} with Retry-After {reply.headers.get('retry-after')}")
        elif reply.headers.get("content-type", "").startswith("application/problem+json"):
            return ""
        elif "text/html" not in reply.headers.get("content-type", ""):
            self.wrong.append(f"503 as {reply.headers.get('content-type')}")
        elif "系统暂时用不了" not in reply.text and "not available just now" not in reply.text:
            self.wrong.append("503 without its sentence")
        self.with_text += TEXT in reply.text and "再次提交" in reply.text
        self.english += "not available just now" in reply.text
        return ""


def full(site: Site, *, share: float, minutes: float | None = None) -> Outcome:
    return run(site, submissions=round(SUBMISSIONS * share), kills=max(2, round(KILLS * share)), minutes=minutes)


def run(site: Site, *, submissions: int, kills: int, people: int = 12, minutes: float | None = None) -> Outcome:
    outcome, watched = Outcome(), Watched()
    deadline = time.monotonic() + (minutes or 10_000) * 60
    assert site.server is not None
    with running(site):
        crowd = Crowd(site, submissions, people=people, look=watched)
        crowd.begin()
        stop = threading.Event()
        reader = threading.Thread(target=_read, args=(site, watched, stop))
        reader.start()
        done = _kill_while(site.server, crowd, submissions=submissions, kills=kills, deadline=deadline)
        if time.monotonic() > deadline:
            crowd.stop.set()
        crowd.end()
        stop.set()
        reader.join()
        outcome.counts |= {
            "submissions": len(crowd.acknowledged), "kills": done, "starts of PostgreSQL": site.server.starts,
            "answers": dict(crowd.answers), "503": watched.outages, "503 with the text": watched.with_text,
            "503 in English": watched.english,
        }  # fmt: skip
        if not done or not watched.outages:
            outcome.wrong.append("the database was never away while people submitted: nothing was tried")
        outcome.expect("given up", len(crowd.given_up), 0, "got no receipt at all")
        outcome.expect("other errors", len(watched.wrong), 0, f"answers that were no proper 503 {watched.wrong[:3]}")
        if not site.lives():
            outcome.wrong.append("the server did not outlive the database")
        with looking(site):
            sealed(outcome)
            stored(outcome, acknowledged=crowd.acknowledged, asked=crowd.asked)
    return outcome


def _kill_while(server: postgres.Postgres, crowd: Crowd, *, submissions: int, kills: int, deadline: float) -> int:
    done = 0
    for kill in range(kills):
        wanted = (kill + 1) * submissions // (kills + 1)
        while len(crowd.acknowledged) < wanted and crowd.working() and time.monotonic() < deadline:
            time.sleep(0.01)
        if not crowd.working() or time.monotonic() > deadline:
            break
        server.kill()
        done += 1
        time.sleep(server.pause + 0.5)
        server.wait()
    return done


def _read(site: Site, watched: Watched, stop: threading.Event) -> None:
    """Somebody who only reads, in both languages."""
    visitor = site.visitor(900_000, timeout=30.0)
    while not stop.wait(0.3):
        for path in READERS:
            try:
                watched(visitor.get(path))
            except Gone:
                # The site itself was not killed: no answer is no answer.
                watched.wrong.append("no answer at all")
    visitor.close()
