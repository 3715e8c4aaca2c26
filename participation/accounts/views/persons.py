"""The administrator's accounts of people: entering, one-time passwords, disabling."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from participation import clock
from participation.access import Capability
from participation.accounts import passwords, roster, service
from participation.accounts.forms import blame
from participation.accounts.models import Person
from participation.accounts.staff_forms import ROLE_NAMES, PersonForm
from participation.accounts.views.blueprint import bp
from participation.errors import Refused
from participation.extensions import db
from participation.web.fields import narrow
from participation.web.guards import current_actor, requires


@bp.get("/people/accounts")
@requires(Capability.MANAGE_PEOPLE)
def persons() -> str:
    asked = narrow(request.args.get("q") or "").replace("\0", "")[:80]
    after = request.args.get("after", default=0, type=int)
    if not 0 <= after < 2**31:
        abort(404)
    rows = roster.people(asked=asked, after=after)
    more = rows[roster.PAGE - 1].id if len(rows) > roster.PAGE else None
    return render_template("accounts/persons.html", people=rows[: roster.PAGE], asked=asked, more=more, after=after)


@bp.get("/people/accounts/new")
@requires(Capability.MANAGE_PEOPLE)
def new_person() -> str:
    return render_template("accounts/person_new.html", form=PersonForm())


@bp.post("/people/accounts/new")
@requires(Capability.MANAGE_PEOPLE)
def create_person() -> AnyResponse | str:
    form = PersonForm()
    if not form.validate():
        return make_response(render_template("accounts/person_new.html", form=form), 422)
    one_time = passwords.one_time()
    try:
        person = service.create_person(
            name=form.name.data.strip(),
            login=form.login.data,
            password_hash=passwords.hashed(one_time),
            temporary=True,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        db.session.rollback()
        blame(form, refused)
        return make_response(render_template("accounts/person_new.html", form=form), 422)
    db.session.commit()
    return _once(person, one_time)


@bp.get("/people/accounts/<int:person_id>")
@requires(Capability.MANAGE_PEOPLE)
def person(person_id: int) -> str:
    return _page(_person(person_id))


@bp.post("/people/accounts/<int:person_id>/reset")
@requires(Capability.MANAGE_PEOPLE)
def reset_password(person_id: int) -> str:
    one_time = passwords.one_time()
    password_hash = passwords.hashed(one_time)
    found = _person(person_id)
    service.reset_password(found, password_hash=password_hash, actor=current_actor(), now=clock.now())
    db.session.commit()
    return _once(found, one_time)


@bp.post("/people/accounts/<int:person_id>/disable")
@requires(Capability.MANAGE_PEOPLE)
def disable(person_id: int) -> AnyResponse:
    service.disable(_person(person_id), actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The account is disabled in every browser."))
    return redirect(url_for("accounts.person", person_id=person_id), 303)


@bp.post("/people/accounts/<int:person_id>/enable")
@requires(Capability.MANAGE_PEOPLE)
def enable(person_id: int) -> AnyResponse:
    service.enable(_person(person_id), actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The account can be used again."))
    return redirect(url_for("accounts.person", person_id=person_id), 303)


def _person(person_id: int) -> Person:
    # Citizens' accounts are theirs: the administrator finds staff only.
    found = db.session.get(Person, person_id)
    return found if found and not found.is_citizen else abort(404)


def _page(found: Person) -> str:
    lines = roster.holdings_of(found.id, on=clock.local_date(clock.now()))
    return render_template("accounts/person.html", person=found, lines=lines, role_names=ROLE_NAMES)


def _once(found: Person, one_time: str) -> str:
    # No redirect here: the password must live nowhere but on this one page.
    return render_template("accounts/one_time_password.html", person=found, one_time=one_time)
