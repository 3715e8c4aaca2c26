"""Many at the same instant: every letter its own number, one form one letter."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.exc import IntegrityError

from participation import clock
from participation.extensions import db
from participation.mailbox.models import Letter
from tests.mailbox import letters


def at_once(app, now, digests):
    """Receives a letter per digest, each in a thread and transaction of its own."""

    def one(digest: str) -> str:
        with app.app_context(), clock.played(now):
            try:
                return letters.received(now, submission_digest=digest).number
            except IntegrityError:
                db.session.rollback()
                return ""
            finally:
                db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, digests))


def test_numbers_are_given_once(app, world, played):
    with played("2026-11-23T09:00"):
        now = clock.now()
        letters.mailboxes(now)
        numbers = at_once(app, now, [f"{n:064x}" for n in range(10**6, 10**6 + 24)])
    assert sorted(numbers) == [f"XX-2026-1123-{n:03d}" for n in range(1, 25)]


def test_one_form_sent_by_eight_threads_is_one_letter(app, world, played):
    with played("2026-11-23T09:00"):
        now = clock.now()
        letters.mailboxes(now)
        numbers = at_once(app, now, ["e" * 64] * 8)
    assert [number for number in numbers if number] == [db.session.query(Letter).one().number]
