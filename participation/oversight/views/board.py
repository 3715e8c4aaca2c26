"""The public board: how many letters are late, which, and how every department did."""

from datetime import date

from flask import Response, render_template, request

from participation import clock
from participation.duties.rules import DUTIES
from participation.mailbox.queries.standing import standing
from participation.oversight.queries import board as queries
from participation.oversight.views.blueprint import oversight
from participation.web.guards import published
from participation.web.spreadsheet import csv_response


def _chosen(months: list[date]) -> date:
    asked = request.args.get("month", "")
    return next((first for first in months if first.strftime("%Y-%m") == asked), months[0])


@oversight.get("/board")
@published
def board() -> str:
    now = clock.now()
    months = queries.months(now=now)
    delays = queries.delays(_chosen(months), now=now)
    return render_template(
        "oversight/board.html",
        now=now,
        late=delays.late,
        others=delays.others,
        what={kind: rule.label for kind, rule in DUTIES.items()},
        standing=standing(today=clock.local_date(now)),
        months=months,
        month=queries.month(_chosen(months), now=now),
        extended=delays.extended,
    )


@oversight.get("/board.csv")
@published
def board_csv() -> Response:
    now = clock.now()
    first = _chosen(queries.months(now=now))
    rows = [
        (
            line.name or "（涉及单位的信，不列单位）",
            line.figures.received,
            line.figures.on_time,
            line.figures.extended,
            line.figures.within,
            line.figures.answered_late,
            line.figures.open_late,
            line.figures.mean or "",
        )
        for line in queries.month(first, now=now).lines
    ]
    header = ("单位", "收到", "按时答复", "经批准延期", "还在期限内", "迟答", "未答", "平均工作日")
    return csv_response(f"board-{first:%Y-%m}.csv", header, rows)
