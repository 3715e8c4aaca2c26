"""The home page: what one can do today, and what came of it."""

from flask import render_template

from participation import clock
from participation.consultations import queries as consultations
from participation.decisions import comment_periods
from participation.decisions import queries as decisions
from participation.decisions.progress import progress_of
from participation.duties.service import load_calendar
from participation.duties.strip import day_strip
from participation.mailbox.queries.public import Filters, letters
from participation.oversight.queries import board
from participation.oversight.views.blueprint import oversight
from participation.web.guards import published


@oversight.get("/")
@published
def home() -> str:
    now = clock.now()
    count = load_calendar().due(clock.local_date(now), 5)
    moving = decisions.highlights(3)
    open_now, about = consultations.at_a_glance(3, {item.id for item in moving}, now=now)
    periods = comment_periods.lines(about)
    this_month = board.months(now=now, count=1)[0]
    return render_template(
        "oversight/home.html",
        now=now,
        today=clock.local_date(now),
        count=count,
        strip=day_strip(count, now, preview=True),
        open_now=open_now,
        month=board.whole_month(this_month, now=now),
        adopted=consultations.latest_adopted(),
        highlights=[progress_of(item, periods.get(item.id, ()), now=now) for item in moving],
        letters=letters(Filters(), limit=3).rows,
    )
