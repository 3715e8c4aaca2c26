"""Drawing duties by lot: the filter that is drawn from, the draws so far, one draw and the list it came from."""

from urllib.parse import parse_qsl

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy.orm import undefer
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirect

from participation import clock
from participation.access import Capability
from participation.accounts.queries import department_names, person_names
from participation.duties.calendar import store
from participation.duties.ledger import LedgerFilter
from participation.duties.rules import BASIS_LABELS, DUTIES, STATE_LABELS
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.oversight import draws, inquiring, saving
from participation.oversight.filtering import STANDING, filter_of
from participation.oversight.forms import DrawForm
from participation.oversight.models import DutyDraw
from participation.oversight.queries import draws as queries
from participation.oversight.queries.reasons import reasons
from participation.oversight.views.blueprint import oversight
from participation.web.forms import Form
from participation.web.guards import current_actor, requires
from participation.web.said import sentence

DRAW = "<int(max=2147483647):draw_id>"


def _filter(query: str) -> LedgerFilter:
    return filter_of(MultiDict(parse_qsl(query[:400])))


def worded(filters: LedgerFilter) -> list[str]:
    """The filter in the words of the ledger's page."""
    said = [_(DUTIES[kind].label) for kind in filters.kinds]
    if filters.department_id is not None:
        said.append(department_names().get(filters.department_id, ""))
    if filters.states == STANDING:
        said.append(_("Not done, or done late"))
    else:
        said += [_(STATE_LABELS[state]) for state in filters.states] or [_("All states")]
    said += [_(BASIS_LABELS[basis]) for basis in filters.bases]
    days = (
        (filters.due_from, _("Due from")), (filters.due_until, _("Due until")),
        (filters.started_from, _("Began from")), (filters.started_until, _("Began until")),
    )  # fmt: skip
    said += [f"{label} {format_date(day, 'long')}" for day, label in days if day is not None]
    return [one for one in said if one]


@oversight.get("/ledger/draws")
@requires(Capability.WRITE_FINDING)
def ledger_draws() -> tuple[str, int]:
    """The address carries the ledger's filter, from which a new draw is taken."""
    query = saving.query_of(request.args)
    return _list(DrawForm(formdata=None, data={"query": query, "size": 10}), 200)


def _list(form: DrawForm, status: int) -> tuple[str, int]:
    rows = queries.listed()
    page = render_template(
        "oversight/draws.html",
        form=form,
        rows=rows,
        chosen=worded(_filter(form.query.data or "")),
        words={row.draw.id: worded(_filter(row.draw.query)) for row in rows},
    )
    return page, status


@oversight.post("/ledger/draws")
@requires(Capability.WRITE_FINDING)
def draw_fixed() -> Redirect | tuple[str, int]:
    form = DrawForm()
    if not form.validate():
        return _list(form, 422)
    query = saving.query_of(MultiDict(parse_qsl((form.query.data or "")[:400])))
    try:
        fixed = draws.fix(
            filters=_filter(query), query=query, size=form.size.data, actor=current_actor(), now=clock.now()
        )
    except Refused as refused:
        if refused.code != "invalid":
            raise
        db.session.rollback()
        form.refuse(refused.field, sentence(refused))
        return _list(form, 422)
    db.session.commit()
    flash(_("The list is recorded. It is drawn as soon as the record is sealed, within seconds."))
    return redirect(url_for("oversight.ledger_draw", draw_id=fixed.id), 303)


@oversight.get(f"/ledger/draws/{DRAW}")
@requires(Capability.WRITE_FINDING)
def ledger_draw(draw_id: int) -> str:
    draw, actor, now = db.session.get(DutyDraw, draw_id) or abort(404), current_actor(), clock.now()
    rows = queries.items(draw, actor=actor, now=now)
    return render_template(
        "oversight/draw.html",
        draw=draw,
        rows=rows,
        words=worded(_filter(draw.query)),
        entry=evidence.entry_for("duty_draw", draw_id, draws.FIXED),
        person=person_names({draw.fixed_by}).get(draw.fixed_by, ""),
        reasons=reasons([row.late for row in rows], as_of=now),
        versions={one.label: one for one in store.versions()},
        duties=DUTIES,
        state_labels=STATE_LABELS,
        basis_labels=BASIS_LABELS,
        inquiry_stages=inquiring.STAGES,
        now=now,
        may_mark=True,
        form=Form(),
    )


@oversight.get(f"/ledger/draws/{DRAW}/list.txt")
@requires(Capability.WRITE_FINDING)
def draw_list(draw_id: int) -> Response:
    """The numbers of the duties that could come out, one a line, exactly as they were digested."""
    found = db.session.get(DutyDraw, draw_id, options=[undefer(DutyDraw.numbers)]) or abort(404)
    answer = Response(found.numbers, mimetype="text/plain")
    answer.headers["Content-Disposition"] = f"attachment; filename=list-{draw_id}.txt"
    return answer
