"""What the clock does with consultations: closes them, warns before, forgets unsent forms."""

from datetime import datetime, timedelta

from sqlalchemy import update

from participation import clock
from participation.breathing import breathe
from participation.consultations import drafts
from participation.consultations.models import LikenessRun
from participation.consultations.queries import kept, likeness, periods
from participation.consultations.service import closing, likening, recounting
from participation.duties import service as duties
from participation.extensions import db
from participation.workdays import end_of


def close_due(*, now: datetime) -> int:
    """One transaction for each period that is over."""
    done = 0
    for consultation_id in periods.to_close(now=now):
        done += closing.close_due(consultation_id, now=now)
        # What stands on the page of a period that is over is not some seconds old.
        kept.keep(consultation_id, now=now)
        db.session.commit()
    return done


def warn_closing(*, now: datetime) -> int:
    """Tells the officers once, three workdays before the end."""
    day = duties.load_calendar().due(clock.local_date(now), closing.WARN_WORKDAYS).due_on
    done = 0
    for consultation in periods.closing_before(end_of(day)):
        done += closing.warn_closing(consultation, now=now)
        db.session.commit()
    return done


def recount(*, now: datetime) -> int:
    """Published feedback, each once in a day, the longest not counted first. Returns how many drift."""
    drifted = 0
    for consultation_id in periods.to_recount(before=now - timedelta(hours=23)):
        consultation = periods.locked_for_update(consultation_id)
        drifted += bool(recounting.recount(consultation, now=now))
        db.session.commit()
    return drifted


def count(*, now: datetime) -> int:
    """Counts ahead what has many comments and can still change. Returns how many consultations."""
    return _counted(everything=False, now=now)


def count_all(*, now: datetime) -> int:
    """The same of all, so that nothing kept is older than a day."""
    return _counted(everything=True, now=now)


def _counted(*, everything: bool, now: datetime) -> int:
    done = 0
    for consultation_id in kept.to_count(everything=everything):
        done += kept.keep(consultation_id, now=now)
        db.session.commit()
    return done


def liken(*, now: datetime) -> int:
    """Compares the comments that came in since; the page shows how far it is. Returns the stacks."""
    found = 0
    for consultation_id in likeness.to_compare():
        if not likening.is_worth_it(likeness.run_of(consultation_id), now=now):
            continue
        run = likening.begin(consultation_id, now=now)
        db.session.commit()

        def told(done: int, run_id: int = consultation_id) -> None:
            db.session.execute(update(LikenessRun).where(LikenessRun.consultation_id == run_id).values(done=done))
            db.session.commit()
            breathe()

        texts = list(likeness.texts(consultation_id))
        found += likening.keep(run, likening.compare(texts, told=told), texts, now=clock.now())
        db.session.commit()
    return found


def sweep_drafts(*, now: datetime) -> int:
    return drafts.sweep(now=now)


JOBS = (
    ("consultations.close", 10, close_due),
    ("consultations.warn", 40, warn_closing, timedelta(hours=1)),
    ("consultations.liken", 70, liken, timedelta(minutes=1)),
    ("consultations.count", 75, count, timedelta(seconds=30)),
    ("consultations.count_all", 76, count_all, timedelta(days=1)),
    ("consultations.recount", 80, recount, timedelta(hours=1)),
    ("consultations.sweep", 95, sweep_drafts, timedelta(hours=6)),
)
