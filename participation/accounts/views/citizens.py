"""The optional account of a citizen: registering, a forgotten password, own matters."""

from datetime import timedelta

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from participation import clock
from participation.access import Capability
from participation.accounts import contacts, identity, passwords, queries, service
from participation.accounts.contacts import VerifiedContact
from participation.accounts.forms import NewPasswordForm, RegisterForm, blame
from participation.accounts.mine import lines_of
from participation.accounts.normal import login_name
from participation.accounts.views.blueprint import bp
from participation.errors import Refused
from participation.extensions import db
from participation.web.guards import current_actor, public, requires

# Whoever sits down at the same computer an hour later must not take over the account.
FRESH = timedelta(minutes=30)


@bp.get("/mine")
@requires(Capability.OWN_MATTERS)
def mine() -> str:
    person_id = current_actor().person_id
    assert person_id is not None
    return render_template("accounts/mine.html", lines=lines_of(person_id), contact=contacts.verified_contact())


@bp.get("/register")
@public
def register() -> AnyResponse | str:
    contact = _fresh_contact()
    if contact is None:
        return redirect(url_for("accounts.verify_contact", next=url_for("accounts.register")))
    if queries.by_login(login_name(contact.address)) is not None:
        return redirect(url_for("accounts.recover"))
    return render_template("accounts/register.html", form=RegisterForm(), contact=contact)


@bp.post("/register")
@public
def register_submitted() -> AnyResponse:
    contact, form = _fresh_contact(), RegisterForm()
    if contact is None:
        return redirect(url_for("accounts.verify_contact", next=url_for("accounts.register")), 303)
    if not form.validate():
        return _again("accounts/register.html", form, contact)
    password_hash, now = passwords.hashed(form.password.data), clock.now()
    try:
        person = service.register_citizen(
            name=form.name.data.strip(),
            channel=contact.channel,
            address=contact.address,
            password_hash=password_hash,
            actor=current_actor(),
            now=now,
        )
    except Refused as refused:
        db.session.rollback()
        blame(form, refused)
        return _again("accounts/register.html", form, contact)
    token = service.open_session(person.id, network=identity.network(), now=now)
    db.session.commit()
    identity.enter(token)
    return redirect(url_for("accounts.mine"), 303)


@bp.get("/recover")
@public
def recover() -> AnyResponse | str:
    """A new password for a citizen who proves the address again. Staff ask their administrator."""
    contact = _fresh_contact()
    if contact is None:
        return redirect(url_for("accounts.verify_contact", next=url_for("accounts.recover")))
    if queries.by_login(login_name(contact.address)) is None:
        return redirect(url_for("accounts.register"))
    return render_template("accounts/recover.html", form=NewPasswordForm(), contact=contact)


@bp.post("/recover")
@public
def recover_submitted() -> AnyResponse:
    contact, form = _fresh_contact(), NewPasswordForm()
    if contact is None:
        return redirect(url_for("accounts.verify_contact", next=url_for("accounts.recover")), 303)
    if not form.validate():
        return _again("accounts/recover.html", form, contact)
    db.session.rollback()
    password_hash, now = passwords.hashed(form.password.data), clock.now()
    person = queries.by_login(login_name(contact.address))
    if person is None or person.disabled_at is not None:
        form.form_errors.append(_("This account cannot be used. Please ring us."))
        return _again("accounts/recover.html", form, contact)
    owner = queries.actor_of(person, on=clock.local_date(now))
    service.set_password(person, password_hash=password_hash, actor=owner, now=now)
    token = service.open_session(person.id, network=identity.network(), now=now)
    db.session.commit()
    identity.enter(token)
    return redirect(url_for("accounts.mine"), 303)


def _fresh_contact() -> VerifiedContact | None:
    now = clock.now()
    contact = contacts.kept_contact(now=now)
    return contact if contact and contact.verified_at > now - FRESH else None


def _again(template: str, form: NewPasswordForm, contact: VerifiedContact) -> Response:
    return make_response(render_template(template, form=form, contact=contact), 422)
