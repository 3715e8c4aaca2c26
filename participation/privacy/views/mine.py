"""What we hold about whoever this browser has shown itself to be, and a copy of it."""

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from participation import clock
from participation.accounts import contacts
from participation.accounts import queries as accounts
from participation.errors import Refused
from participation.extensions import db
from participation.files.queries import attachments_of
from participation.privacy import copying, holdings, service
from participation.privacy.contact_lists import queries as lists
from participation.privacy.contact_lists.rules import GROUNDS as CONTACT_GROUNDS
from participation.privacy.forms import NameForm, WhatForm
from participation.privacy.grounds import Matter, ground_of
from participation.privacy.views.blueprint import bp, one_of, proved
from participation.web.guards import current_actor, public
from participation.web.said import sentence


@bp.get("/mine/data")
@public
def mine() -> AnyResponse | str:
    return _page(NameForm(formdata=None))


def _page(form: NameForm) -> str:
    who = proved()
    rows = holdings.matters(who) if who.anybody else []
    person = holdings.account(who)
    if person is not None and form.name.data is None:
        form.name.data = person.name
    contact = contacts.kept_contact(now=clock.now())
    return render_template(
        "privacy/mine.html",
        who=who,
        person=person,
        form=form,
        plain=WhatForm(formdata=None),
        contact=contact,
        shown=[contacts.masked(*each) for each in who.contacts],
        matters=[
            (row, ground_of(row), service.waiting_about(row), _files(row), service.decided_about(row)) for row in rows
        ],
        given=lambda row: lists.given_with(holdings.kind_of(row), row),
        units=accounts.department_names(),
        contact_grounds=CONTACT_GROUNDS,
    )


def _files(row: Matter) -> int:
    return len(attachments_of(holdings.kind_of(row), row.id))


@bp.get("/mine/data.<any(json, zip):form>")
@public
def copy(form: str) -> Response:
    """A file that the person keeps; nothing of it is kept here."""
    who, now = proved(), clock.now()
    if not who.anybody:
        abort(404)
    told = copying.as_json(copying.whole(who, now=now)) if form == "json" else copying.as_zip(who, now=now)
    answer = Response(told, mimetype=f"application/{form}")
    answer.headers["Content-Disposition"] = f"attachment; filename=my-data.{form}"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/mine/data/name")
@public
def rename() -> AnyResponse:
    who, form = proved(), NameForm()
    person = holdings.account(who)
    if person is None:
        abort(404)
    try:
        if form.validate():
            service.rename(person, name=form.name.data or "", actor=current_actor(), now=clock.now())
            db.session.commit()
            flash(_("The name of your account was corrected."))
            return redirect(url_for("privacy.mine"), 303)
    except Refused as refused:
        db.session.rollback()
        form.refuse("name", sentence(refused))
    return Response(_page(form), 422)


@bp.post("/mine/data/contact")
@public
def redirect_messages() -> AnyResponse:
    """Messages about a matter go to the contact that this browser has verified."""
    who, form, now = proved(), WhatForm(), clock.now()
    contact = contacts.kept_contact(now=now)
    if not form.validate() or contact is None:
        abort(409)
    row = one_of(form.what.data or "", who)
    service.redirect(row, contact=contact, actor=current_actor(), now=now)
    db.session.commit()
    flash(_("From now on we write to %(address)s about %(number)s.", address=contact.masked, number=row.number))
    return redirect(url_for("privacy.mine"), 303)
