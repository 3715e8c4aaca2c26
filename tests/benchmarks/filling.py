"""The throw-away district of the benchmark: departments and accounts of the demonstration, then letters in bulk as
`demo load --scale` makes them."""

from datetime import datetime

from flask import Flask

from participation import clock
from participation.demo.founding import found
from participation.demo.scale.filling import BUSY, FIRST_DAY
from participation.demo.scale.filling import fill as fill_in
from participation.demo.stage import Stage
from participation.extensions import db
from participation.workdays import start_of

__all__ = ["BUSY", "fill"]


def fill(app: Flask, *, letters: int, now: datetime) -> None:
    with app.app_context():
        db.drop_all()
        db.create_all()
        began = start_of(FIRST_DAY)
        with clock.played(began):
            found(Stage(until=now), now=began)
        db.session.commit()
        with clock.played(now):
            fill_in(letters=letters, comments=0, now=now, say=lambda line: print(f"  {line}", flush=True))
        db.session.remove()
