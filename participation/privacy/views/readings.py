"""Which auditor opened which matter when (T29): noted before the page leaves the house."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, render_template, request
from sqlalchemy import select

from participation import clock
from participation.access import Capability, Role
from participation.accounts.models import Person
from participation.evidence import service as evidence
from participation.extensions import db, writing
from participation.mailbox.models import SampleItem, Supervision
from participation.privacy.models import Reading
from participation.privacy.views.blueprint import bp
from participation.web.guards import capability_of, current_actor, requires

PAGE = 100
KEYS = {"letter_id": "letter", "comment_id": "comment", "proposal_id": "proposal", "consultation_id": "consultation"}
"""Names in the addresses of staff pages, and what they open."""
THROUGH: dict[str, type[SampleItem] | type[Supervision]] = {"item_id": SampleItem, "supervision_id": Supervision}
"""Names that open a letter by something about it."""


def note(response: Response) -> Response:
    """After each answer to an auditor that shows a matter on a staff page. If it cannot be noted, it is not shown."""
    actor = current_actor()
    if Role.AUDITOR not in actor.roles or response.status_code != 200 or actor.person_id is None:
        return response
    if capability_of(current_app, request.endpoint or "") in (None, Capability.TAKE_PART):
        return response
    now = clock.now()
    db.session.rollback()
    subject = _opened(request.view_args or {})
    if subject is None:
        return response
    page = (request.endpoint or "")[:60]
    reading = Reading(
        person_id=actor.person_id,
        subject_kind=subject[0],
        subject_id=subject[1],
        page=page,
        at=now,
    )
    with writing():
        db.session.add(reading)
        db.session.flush()
        evidence.record("reading.noted", subject=reading, actor=actor, now=now)
        db.session.commit()
    return response


def _opened(named: Mapping[str, Any]) -> tuple[str, int] | None:
    for key, kind in KEYS.items():
        if named.get(key):
            return kind, int(named[key])
    for key, model in THROUGH.items():
        row = db.session.get(model, named[key]) if named.get(key) else None
        if row is not None:
            return "letter", row.letter_id
    return None


def init_app(app: Flask) -> None:
    app.after_request(note)


@bp.get("/desk/readings")
@requires(Capability.WATCH_EVIDENCE)
def readings() -> str:
    """For the administrator and the auditors, who see one another's reads."""
    before = request.args.get("before", "")
    query = select(Reading, Person.name).join(Person, Person.id == Reading.person_id).order_by(Reading.id.desc())
    if before.isascii() and before.isdecimal() and len(before) < 10:
        query = query.where(Reading.id < int(before))
    rows = list(db.session.execute(query.limit(PAGE + 1)))
    more = rows[PAGE - 1][0].id if len(rows) > PAGE else None
    return render_template("privacy/readings.html", rows=rows[:PAGE], more=more)
