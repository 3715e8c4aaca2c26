"""The home page: what one can do today."""

from flask import render_template

from participation import clock
from participation.duties.service import load_calendar
from participation.duties.strip import day_strip
from participation.oversight.queries import board
from participation.oversight.views.blueprint import oversight
from participation.web.guards import public


@oversight.get("/")
@public
def home() -> str:
    now = clock.now()
    count = load_calendar().due(clock.local_date(now), 5)
    months = board.months(now=now, count=1)
    return render_template(
        "oversight/home.html", now=now, count=count, strip=day_strip(count, now, preview=True), month=board.month(months[0], now=now)
    )
