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


def test_no_number_is_missing_when_blocks_run_out_and_submissions_fail(app, world, played):
    """Every third is sent a second time and refused: its number goes to somebody else."""
    digests = [f"{n if n % 3 else n - 1:064x}" for n in range(10**6, 10**6 + 200)]
    with played("2026-11-23T09:00"):
        now = clock.now()
        letters.mailboxes(now)
        numbers = [number for number in at_once(app, now, digests) if number]
        numbers += at_once(app, now, [f"{n:064x}" for n in range(10**7, 10**7 + 40)])
    assert len(numbers) == len(set(digests)) + 40
    issued = sorted(int(number.rpartition("-")[2]) for number in numbers)
    # SQLite raises a counter; on PostgreSQL what failed at the very end may still be free.
    assert issued[-1] - len(issued) <= 8
    assert issued[: len(issued) - 8] == list(range(1, len(issued) - 7))
