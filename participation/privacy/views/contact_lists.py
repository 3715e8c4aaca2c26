"""Lists of contacts at the desk: asking, deciding, taking, ending."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.errors import Refused
from participation.extensions import db
from participation.privacy.contact_lists import lifecycle, queries, rules, service
from participation.privacy.contact_lists.files import as_file
from participation.privacy.contact_lists.forms import DecideForm, StepForm
from participation.privacy.contact_lists.models import ContactList
from participation.privacy.views.blueprint import bp
from participation.web.guards import current_actor, requires
from participation.web.said import sentence

ONE = "/desk/contact-lists/<int(max=2147483647):list_id>"


@bp.get("/desk/contact-lists")
@requires(Capability.USE_DESK)
def contact_lists() -> str:
    asked, actor = request.args.get("before", ""), current_actor()
    before = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    found = queries.page(actor, before=before)
    rows = found[: queries.PAGE]
    return render_template(
        "privacy/contact_lists.html",
        rows=rows,
        more=rows[-1].id if len(found) > queries.PAGE else None,
        may_ask=actor.can(Capability.ASK_CONTACTS),
        **_words(rows),
    )


def _words(rows: list[ContactList]) -> dict[str, Any]:
    now = clock.now()
    people = {person for row in rows for person in (row.asked_by, row.decided_by) if person is not None}
    return {
        "titles": queries.titles_of(rows),
        "people": accounts.person_names(people),
        "units": accounts.department_names(),
        "standing": {row.id: lifecycle.standing(service.facts_of(row, now=now)) for row in rows},
        "standings": lifecycle.STANDINGS,
        "scopes": rules.SCOPES,
        "contact_grounds": rules.GROUNDS,
        "contact_fields": rules.FIELDS,
        "left_out": rules.LEFT_OUT,
        "most_fetches": rules.FETCHES,
        "now": now,
    }


def _found(list_id: int) -> ContactList:
    found = queries.one(list_id, current_actor())
    if found is None:
        abort(404)
    return found


@bp.get(ONE)
@requires(Capability.USE_DESK)
def contact_list(list_id: int) -> str:
    row = _found(list_id)
    return _page(row, DecideForm(formdata=None, version=row.version))


def _page(row: ContactList, form: DecideForm) -> str:
    actor, words = current_actor(), _words([row])
    facts = service.facts_of(row, now=words["now"])
    return render_template(
        "privacy/contact_list.html",
        row=row,
        form=form,
        step=StepForm(formdata=None, version=row.version),
        desks=lifecycle.DESKS,
        fetches=queries.fetches_of(row.id),
        refusals={action: lifecycle.refusal(action, facts, actor) for action in lifecycle.TRANSITIONS},
        mine=row.asked_by == actor.person_id,
        **words,
    )


def _version(form: DecideForm | StepForm) -> int | None:
    text = form.version.data or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


@bp.post(f"{ONE}/decide")
@requires(Capability.DECIDE_CONTACTS)
def decide_contacts(list_id: int) -> AnyResponse:
    row, form, now = _found(list_id), DecideForm(), clock.now()
    if not form.validate():
        return Response(_page(row, form), 422)
    try:
        if form.decision.data == "yes":
            service.approve(row, version=_version(form), actor=current_actor(), now=now)
        else:
            service.refuse(row, reason=form.reason.data or "", version=_version(form), actor=current_actor(), now=now)
    except Refused as refused:
        if refused.code != "invalid":
            raise
        db.session.rollback()
        form.refuse(refused.field, sentence(refused))
        return Response(_page(_found(list_id), form), 422)
    db.session.commit()
    flash(_("Decided. Whoever asked for the list has been told."))
    return redirect(url_for("privacy.contact_list", list_id=list_id), 303)


@bp.post(f"{ONE}/withdraw")
@requires(Capability.ASK_CONTACTS)
def withdraw_contacts(list_id: int) -> AnyResponse:
    row, form = _found(list_id), StepForm()
    if not form.validate():
        abort(400)
    service.withdraw(row, version=_version(form), actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The list cannot be taken any more."))
    return redirect(url_for("privacy.contact_list", list_id=list_id), 303)


@bp.post(f"{ONE}/list.<any(xlsx, csv):form>")
@requires(Capability.ASK_CONTACTS)
def take_contacts(list_id: int, form: str) -> Response:
    """By a button, not by a link: each time counts. It is in the log before the file leaves the house."""
    row = _found(list_id)
    if not StepForm().validate():
        abort(400)
    found = service.fetch(row, form=form, actor=current_actor(), now=clock.now())
    answer = as_file(row, found, form=form)
    db.session.commit()
    return answer


@bp.post(f"{ONE}/deleted")
@requires(Capability.ASK_CONTACTS)
def contacts_deleted(list_id: int) -> AnyResponse:
    row = _found(list_id)
    if not StepForm().validate():
        abort(400)
    service.confirm_deleted(row, actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("Thank you. That every copy is deleted is in the record."))
    return redirect(url_for("privacy.contact_list", list_id=list_id), 303)
