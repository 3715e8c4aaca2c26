"""Loads the demonstration: into an empty database only, its history ending now."""

from datetime import datetime, timedelta

from sqlalchemy import select

from participation import clock
from participation.accounts.models import Department
from participation.demo import (
    asked,
    cases,
    consultations,
    decisions,
    elsewhere,
    letters,
    lives,
    proposals,
    review,
    years,
)
from participation.demo.founding import found
from participation.demo.stage import Stage, moment
from participation.errors import N_, Refused
from participation.evidence.models import EvidenceEntry
from participation.evidence.sealing import seal
from participation.extensions import db
from participation.jobs import run_due
from participation.notices import service as notices


def load(until: datetime | None = None) -> int:
    """Plays the district's last months. Returns how many acts were played. Raises `Refused` when
    the database is not empty: invented matters must never stand beside real ones, and the log's
    first entry must say what it is."""
    if any(db.session.execute(select(table.id).limit(1)).first() for table in (Department, EvidenceEntry)):
        raise Refused("conflict", N_("The database is not empty. The demonstration only goes into an empty one."))
    db.session.rollback()
    stage = Stage(until=until or clock.now())
    year = decisions.year_of(stage.today)
    began = moment(years.begun_on(year) - timedelta(days=3), 8, 30)
    with clock.played(began):
        found(stage, now=began)
    letters.plan(stage)
    review.plan(stage, cases.plan(stage))
    elsewhere.plan(stage)
    decisions.plan(stage, year=year)
    years.plan(stage, year=year)
    proposals.plan(stage, year=year)
    told = lives.plan(stage, year=year)
    consultations.plan(stage, told, year=year)
    asked.plan(stage, told, year=year)
    _plan_nights(stage)
    played = stage.play(until=stage.until - timedelta(days=2))
    with clock.played(stage.until - timedelta(days=2)):
        # Whoever works at a desk has read what came before the last days.
        for actor in stage.actors.values():
            notices.mark_read(actor, now=stage.until - timedelta(days=2))
        db.session.commit()
    played += stage.play()
    with clock.played(stage.until):
        run_due(stage.until)
        seal(stage.until, everything=True)
        db.session.commit()
    return played


def _plan_nights(stage: Stage) -> None:
    """The jobs of every night: cards, closings, seals and delivery, as the runner does them."""
    for back in range(300, 0, -1):
        if back > letters.DAYS + 10 and back % 15:
            continue
        night = moment(stage.today - timedelta(days=back), 23, 59) + timedelta(minutes=2)
        stage.at(night, run_due)
