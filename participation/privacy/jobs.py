"""What becomes due: erasing what was only stored once its ground has ended, and what is old."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import Select, and_, not_, select

from participation.access import SYSTEM
from participation.evidence import service as evidence
from participation.extensions import db
from participation.privacy import clearing, physical, register, service, shredding
from participation.privacy.contact_lists import jobs as contact_lists
from participation.privacy.grounds import ground_of, still_to_read
from participation.privacy.holdings import MODELS
from participation.privacy.models import DataRequest
from participation.privacy.rules import STANDING, years

BATCH = 500


def release(*, now: datetime) -> int:
    """Erases what a person wanted erased, when nothing stands against it any more; one transaction each."""
    done = 0
    for model in MODELS.values():
        for row in _each(model, select(model.id).where(model.limited_at.is_not(None))):
            ground = ground_of(row)
            if not ground and still_to_read(row, now=now):
                continue
            if not ground:
                done += _erase(row, why="ground_ended", now=now)
            elif ground != row.limited_ground:
                gone = service.limit(row, ground=ground, actor=SYSTEM, now=now)
                db.session.commit()
                clearing.remove_bytes(gone)
                done += 1
    return done


def retire(*, now: datetime) -> int:
    """Erases matters whose years are over and empties old requests; one transaction each."""
    done = 0
    for kind, model in MODELS.items():
        old = now - relativedelta(years=min(years(kind), years("dossier")))
        query = select(model.id).where(model.received_at < old, model.erased_at.is_(None))
        for row in _each(model, query):
            ground = ground_of(row)
            if ground and ground not in STANDING:
                continue
            if row.received_at < now - relativedelta(years=years("dossier" if ground else kind)):
                done += _erase(row, why="retention", now=now)
    past = now - relativedelta(years=years("request"))
    # A granted correction stands beside what it corrects, and goes with it.
    standing = and_(DataRequest.kind == "correct", DataRequest.state == "granted")
    asked = select(DataRequest.id).where(
        DataRequest.decided_at < past, DataRequest.emptied_at.is_(None), not_(standing)
    )
    for request in _each(DataRequest, asked):
        clearing.clear(request, now=now)
        request.emptied_at = now
        evidence.record("data.emptied", subject=request, actor=SYSTEM, now=now)
        db.session.commit()
        done += 1
    return done


def _each(model: type[Any], query: Select[Any]) -> Iterator[Any]:
    """The rows in order, each read and locked in a transaction of its own."""
    last = 0
    while True:
        ids = list(db.session.scalars(query.where(model.id > last).order_by(model.id).limit(BATCH)))
        db.session.commit()
        if not ids:
            return
        for row_id in ids:
            row = db.session.scalar(query.with_only_columns(model).where(model.id == row_id).with_for_update())
            if row is not None:
                yield row
            db.session.commit()
        last = ids[-1]


def _erase(row: Any, *, why: str, now: datetime) -> int:
    public = service.is_public(row)
    gone = service.erase_matter(row, why=why, actor=SYSTEM, now=now)
    db.session.commit()
    physical.settle(gone, was_public=public)
    return 1


def fold(*, now: datetime) -> int:
    """On SQLite: writes the database file anew when something was erased since the last time, see `shredding`."""
    if db.engine.dialect.name == "sqlite" and shredding.due(now=now):
        db.session.commit()
        shredding.rewrite(now=now)
    db.session.commit()
    return 0


def enter_in_register(*, now: datetime) -> int:
    """Adds to the register beside the database what a kill after a commit left out."""
    lines = register.standing()
    db.session.commit()
    return register.add_missing(register.path(), lines)


JOBS = (
    ("privacy.release", 97, release, timedelta(hours=1)),
    ("privacy.retention", 98, retire, timedelta(hours=20)),
    ("privacy.contact_lists", 99, contact_lists.end_and_empty, timedelta(hours=1)),
    ("privacy.fold", 99, fold, timedelta(hours=1)),
    ("privacy.register", 99, enter_in_register, timedelta(hours=1)),
)
