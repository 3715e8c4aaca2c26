"""The desk of a unit: its letters by due date, one letter with all that is known of it."""

from itertools import groupby
from typing import Any

from flask import abort, request
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.duties import queries as duty_queries
from participation.duties.strip import day_strip
from participation.files import queries as files
from participation.files.sending import send
from participation.mailbox import service
from participation.mailbox.models import Letter
from participation.mailbox.queries import desk as queues
from participation.mailbox.queries import letters, promises, supervision
from participation.mailbox.queries.desk import QueuePage, QueueRow
from participation.mailbox.service import supervising
from participation.mailbox.views.blueprint import LETTER, bp, letter_or_404, page
from participation.mailbox.views.history import history_of
from participation.web.guards import current_actor, requires


def own_departments() -> list[int]:
    actor = current_actor()
    return sorted(dep for dep in actor.department_ids if actor.can(Capability.ANSWER, dep))


def own_queue(*stages: str, limit: int = queues.PAGE) -> list[QueueRow]:
    return queues.queue(current_actor(), stages, now=clock.now(), department_ids=own_departments(), limit=limit)


def own_page(*stages: str) -> QueuePage:
    """The part of the own queue that the address asks for."""
    after = request.args.get("after", "")[:40]
    return queues.queue_page(current_actor(), stages, now=clock.now(), department_ids=own_departments(), after=after)


@bp.get("/desk")
@requires(Capability.ANSWER)
def desk() -> tuple[str, int]:
    found = own_page("assigned", "submitted")
    rows = found.rows
    first = next((row for row in rows if row.letter.stage == "assigned"), None)
    if first is None and found.after:
        first = next(iter(own_queue("assigned", limit=1)), None)
    days = [(day, list(group)) for day, group in groupby(rows, key=lambda row: row.duty.due_on)]
    promised = promises.of_units(current_actor(), kept=False)[:5]
    return page(
        "desk.html",
        rows=rows,
        first=first,
        onward=found.after,
        turned="after" in request.args,
        days=days,
        promised=promised,
        now=clock.now(),
        today=clock.local_date(clock.now()),
    )


@bp.get(f"/desk/letters/{LETTER}")
@requires(Capability.USE_DESK)
def file(letter_id: int) -> tuple[str, int]:
    """The whole file of a letter, to read: for its unit, the office and the auditor."""
    letter = letter_or_404(letter_id)
    return page("file.html", **about(letter))


@bp.get(f"/desk/letters/{LETTER}/files/<int(max=2147483647):file_id>")
@requires(Capability.USE_DESK)
def attachment(letter_id: int, file_id: int) -> Response:
    letter = letter_or_404(letter_id)
    found = files.attachment(file_id, subject_kind="letter", subject_id=letter.id)
    if found is None:
        abort(404)
    return send(found)


def about(letter: Letter) -> dict[str, Any]:
    """What every staff page of a letter shows. Contact details only to who answers or dispatches."""
    now, actor = clock.now(), current_actor()
    duty = service.answer_duty(letter)
    handles = letter.department_id is not None and actor.can(Capability.ANSWER, letter.department_id)
    events = letters.events_of(letter.id)
    people = {event.by_person_id for event in events if event.by_person_id is not None and event.verb != "received"}
    return {
        "letter": letter,
        "duty": duty,
        "strip": day_strip(duty, now, answered_at=letter.answered_at),
        "events": events,
        "answer": letters.readable_answer(letter, actor),
        "attachments": files.attachments_of("letter", letter.id),
        "held": duty_queries.held_by_day(duty, now),
        "names": accounts.department_names(),
        "people": accounts.person_names(people),
        "may_contact": handles or actor.can(Capability.DISPATCH),
        "supervisions": supervision.of_letter(letter.id),
        "may_supervise": supervising.open_refusal(letter, actor=actor, now=now) is None,
        **history_of(letter, actor=actor, now=now),
        "now": now,
        "today": clock.local_date(now),
    }
