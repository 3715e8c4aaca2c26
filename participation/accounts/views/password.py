"""Changing one's own password: every other browser is signed out, this one goes on."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from participation import clock
from participation.accounts import identity, passwords, queries, service
from participation.accounts.forms import PasswordForm
from participation.accounts.models import Person
from participation.accounts.views.blueprint import bp
from participation.accounts.views.sign_in import own_place, too_many
from participation.extensions import db
from participation.web.guards import current_actor, public


@bp.get("/password")
@public
def password() -> AnyResponse | str:
    if identity.account() is None:
        return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/password.html", form=PasswordForm(), account=identity.account())


@bp.post("/password")
@public
def password_submitted() -> AnyResponse:
    account, form = identity.account(), PasswordForm()
    if account is None:
        return redirect(url_for("accounts.sign_in"), 303)
    if not form.validate():
        return _again(form, 422)
    now, network = clock.now(), identity.network()
    attempt = service.begin_check(account.person_id, network=network, now=now)
    db.session.commit()
    if attempt.wait:
        form.present.errors = [too_many(attempt.wait)]
        answer = _again(form, 429)
        answer.headers["Retry-After"] = str(attempt.wait)
        return answer
    if not passwords.matches(attempt.password_hash, form.present.data):
        form.present.errors = [_("This is not your present password")]
        return _again(form, 422)
    if form.password.data == form.present.data:
        form.password.errors = [_("Choose a password other than the present one")]
        return _again(form, 422)
    password_hash = passwords.hashed(form.password.data)
    person = db.session.get_one(Person, account.person_id)
    service.change_password(person, password_hash=password_hash, actor=current_actor(), now=now)
    token = service.finish_check(attempt, network=network, now=now)
    actor = queries.actor_of(person, on=clock.local_date(now))
    db.session.commit()
    identity.enter(token)
    flash(_("Your password is changed. Other browsers have been signed out."))
    return redirect(own_place(actor), 303)


def _again(form: PasswordForm, status: int) -> Response:
    return make_response(render_template("accounts/password.html", form=form, account=identity.account()), status)
