"""The blueprint of consultations, and what several of its pages need."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, render_template, request

from participation import clock
from participation.consultations.lifecycle import STAGES
from participation.consultations.models import Consultation
from participation.consultations.queries import periods
from participation.consultations.rules.comments import CHANNELS, HIDDEN_GROUNDS
from participation.consultations.rules.outcomes import OUTCOMES
from participation.consultations.rules.period import KINDS
from participation.duties.subjects import SubjectLine, lines_for
from participation.errors import N_, Refused
from participation.extensions import db
from participation.web.forms import Form
from participation.web.guards import current_actor
from participation.web.said import sentence, told

bp = Blueprint("consultations", __name__)

# Numbers that no row can have are no page: 9223372036854775808 is a 404, not an error.
ONE = "<int:consultation_id>"
_LABELS = OUTCOMES | {"withdrawn": N_("Withdrawn by its writer")}


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "stages": STAGES,
        "kinds": KINDS,
        "channels": CHANNELS,
        "outcomes": _LABELS,
        "grounds": HIDDEN_GROUNDS,
        "say": sentence,
        "told": told,
        "decision_of": decision_of,
    }


def decision_of(consultation: Consultation, *, staff: bool) -> SubjectLine | None:
    """The decision that the consultation is part of, with its title and its page; none where none is
    named or, for the public, not published."""
    found = consultation.decision_id
    return lines_for([("decision", found)], staff=staff).get(("decision", found)) if found is not None else None


def published_or_404(consultation_id: int) -> Consultation:
    found = periods.published(consultation_id)
    if found is None:
        abort(404)
    return found


def own_or_404(consultation_id: int) -> Consultation:
    """For the desk: the department's own, or everything for who reads all. Others' are not there."""
    found = periods.on_desk_one(consultation_id, current_actor())
    if found is None:
        abort(404)
    return found


def is_accepting(consultation: Consultation, now: datetime) -> bool:
    return consultation.stage == "open" and consultation.closes_at is not None and now < consultation.closes_at


def blame(form: Form, refused: Refused) -> None:
    """A refusal that the form can mend goes to its field; any other is raised for the error page."""
    if refused.code != "invalid":
        raise refused
    db.session.rollback()
    form.refuse(refused.field, sentence(refused))


def number_of(name: str) -> int | None:
    """A row's number from the query, or None for anything else that stands there."""
    asked = request.args.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None


def today() -> Any:
    return clock.local_date(clock.now())


def page(template: str, status: int = 200, **values: Any) -> tuple[str, int]:
    return render_template(f"consultations/{template}", **values), status
