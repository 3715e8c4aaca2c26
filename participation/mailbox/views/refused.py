"""Letters that were not taken (R27): the ground, the text and who decided, for office and auditor."""

import re
from datetime import UTC, datetime, timedelta

from flask import request

from participation.access import Capability
from participation.accounts import queries as accounts
from participation.mailbox.queries import legal as queries
from participation.mailbox.queries.legal import PAGE, RefusedRow
from participation.mailbox.rules import GROUNDS
from participation.mailbox.views.blueprint import bp, page
from participation.web.guards import current_actor, requires

MOST_COUNTED = 1000
_CURSOR = re.compile(r"(\d{1,17})-(\d{1,15})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@bp.get("/refused")
@requires(Capability.READ_ALL)
def refused() -> tuple[str, int]:
    asked = request.args.get("ground", "")
    ground = asked if asked in GROUNDS else ""
    found = _CURSOR.fullmatch(request.args.get("before", "")[:40])
    before = (_EPOCH + timedelta(microseconds=min(int(found[1]), 4 * 10**15)), int(found[2])) if found else None
    actor = current_actor()
    rows = queries.refused_letters(actor, ground=ground, before=before)
    counts = queries.refused_counts(actor, most=MOST_COUNTED)
    shown = rows[:PAGE]
    people = {row.answer.approved_by for row in shown if row.answer.approved_by is not None}
    return page(
        "refused.html",
        rows=shown,
        ground=ground,
        counts=counts,
        whole=sum(counts.values()),
        many=MOST_COUNTED,
        before=_cursor(rows[PAGE - 1]) if len(rows) > PAGE else None,
        people=accounts.person_names(people),
    )


def _cursor(row: RefusedRow) -> str:
    assert row.answer.approved_at is not None
    return f"{(row.answer.approved_at - _EPOCH) // timedelta(microseconds=1)}-{row.answer.id}"
