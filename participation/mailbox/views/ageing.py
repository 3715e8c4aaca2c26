"""Letters that are open for 30, 60 and 90 days: for the government office and the auditor (R25)."""

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.mailbox.queries import ageing as queries
from participation.mailbox.views.blueprint import bp, page
from participation.web.guards import current_actor, requires


@bp.get("/supervision/open")
@requires(Capability.READ_ALL)
def ageing() -> tuple[str, int]:
    actor, now = current_actor(), clock.now()
    today = clock.local_date(now)
    rows = queries.old_letters(actor, today=today)
    return page(
        "ageing.html",
        groups=[(step, [row for row in rows if row.age.group == step]) for step in (90, 60, 30)],
        counts=queries.counts(actor, today=today),
        mailboxes=queries.quiet_mailboxes(today=today),
        names=accounts.department_names(),
        now=now,
        today=today,
    )
