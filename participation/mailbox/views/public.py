"""For everybody: the mailbox with its promise, and the letters that were answered."""

from flask import abort, request
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import queries as accounts
from participation.duties import service as duties
from participation.duties.strip import day_strip
from participation.mailbox.queries import letters, mailboxes, public
from participation.mailbox.queries.public import Filters
from participation.mailbox.views.blueprint import LETTER, bp, page
from participation.web.guards import public as everybody


@bp.get("/mailbox")
@everybody
def show() -> tuple[str, int]:
    """The mayor's mailbox: what is promised for a letter written today."""
    now = clock.now()
    boxes = mailboxes.mailboxes()
    if not boxes:
        return page("show.html", box=None)
    count = duties.load_calendar().due(clock.local_date(now), boxes[0].limit_workdays)
    found = public.letters(Filters(), limit=6)
    return page(
        "show.html",
        box=boxes[0],
        others=boxes[1:],
        count=count,
        strip=day_strip(count, now, preview=True),
        now=now,
        rows=found.rows,
        more=found.after,
        topics=public.topics_used(),
        names=accounts.department_names(),
    )


@bp.get("/letters", endpoint="letters")
@everybody
def public_letters() -> tuple[str, int]:
    asked = request.args
    filters = Filters.read(
        asked.get("topic", ""),
        asked.get("department", ""),
        asked.get("month", ""),
        asked.get("late", ""),
        asked.get("q", ""),
    )
    found = public.letters(filters, after=asked.get("after", ""))
    names = accounts.department_names()
    return page(
        "letters.html", filters=filters, found=found, topics=public.topics_used(10), months=_months(), names=names
    )


@bp.get(f"/letters/{LETTER}")
@everybody
def letter(letter_id: int) -> tuple[str, int] | Response:
    row = public.letter(letter_id)
    if row is None:
        abort(404)
    return page(
        "letter.html",
        row=row,
        letter=row.letter,
        strip=day_strip(row.duty, clock.now(), answered_at=row.letter.answered_at),
        events=letters.events_of(letter_id),
        names=accounts.department_names(),
    )


def _months() -> list[str]:
    """This month and the eleven before it, as the filter names them."""
    today = clock.local_date(clock.now())
    first = today.year * 12 + today.month - 1
    return [f"{(first - back) // 12}-{(first - back) % 12 + 1:02d}" for back in range(12)]
