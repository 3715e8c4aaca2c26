"""What the unit promised in its answers: the list, and recording that it was done."""

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.forms.promising import KeptForm
from participation.mailbox.queries import promises as queries
from participation.mailbox.queries.letters import letter_for
from participation.mailbox.views.blueprint import blame, bp, page
from participation.web.guards import current_actor, requires

PROMISE = "<int(max=2147483647):promise_id>"


@bp.get("/desk/promises")
@requires(Capability.ANSWER)
def promises() -> tuple[str, int]:
    actor, now = current_actor(), clock.now()
    open_ones = queries.of_units(actor, kept=False)
    kept = queries.of_units(actor, kept=True)[:20]
    return page("promises.html", open_ones=open_ones, kept=kept, today=clock.local_date(now), now=now)


@bp.get(f"/desk/promises/{PROMISE}")
@requires(Capability.ANSWER)
def promise(promise_id: int) -> tuple[str, int]:
    return _page(promise_id, KeptForm(formdata=None), 200)


@bp.post(f"/desk/promises/{PROMISE}")
@requires(Capability.ANSWER)
def keep_promise(promise_id: int) -> Response | tuple[str, int]:
    form = KeptForm()
    found = queries.promise_for(promise_id, current_actor(), lock=True)
    if found is None:
        abort(404)
    if not form.validate():
        return _page(promise_id, form, 422)
    try:
        service.keep_promise(*found, text=form.text.data, actor=current_actor(), now=clock.now())
    except Refused as refused:
        blame(form, refused)
        return _page(promise_id, form, 422)
    db.session.commit()
    flash(_("Recorded. The writer is told."))
    return redirect(url_for("mailbox.promises"), 303)


def _page(promise_id: int, form: KeptForm, status: int) -> tuple[str, int]:
    found = queries.promise_for(promise_id, current_actor())
    if found is None:
        abort(404)
    made, letter = found
    may = made.kept_at is None and current_actor().can(Capability.ANSWER, made.department_id)
    return page(
        "promise.html",
        status,
        form=form,
        promise=made,
        letter=letter,
        may=may,
        reads=letter_for(letter.id, current_actor()) is not None,
        today=clock.local_date(clock.now()),
    )
