"""Signing in and out. The page first says what needs no account: number and secret."""

import math

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from participation import clock
from participation.access import Actor, Capability
from participation.accounts import identity, passwords, queries, service
from participation.accounts.forms import SignInForm
from participation.accounts.same_site import path_or
from participation.accounts.views.blueprint import bp
from participation.extensions import db
from participation.web.guards import current_actor, public
from participation.web.navigation import tabs_for


@bp.get("/sign-in")
@public
def sign_in() -> AnyResponse | str:
    if current_actor().person_id is not None and "next" in request.args:
        return redirect(path_or(request.args["next"], own_place(current_actor())))
    form = SignInForm()
    form.next.data = path_or(request.args.get("next"), "")
    return render_template("accounts/sign_in.html", form=form)


@bp.post("/sign-in")
@public
def sign_in_submitted() -> AnyResponse:
    form = SignInForm()
    if not form.validate():
        return _again(form, 422)
    now, network = clock.now(), identity.network()
    attempt = service.begin_sign_in(login=form.login.data, network=network, now=now)
    db.session.commit()
    if attempt.wait:
        form.password.errors = [too_many(attempt.wait)]
        answer = _again(form, 429)
        answer.headers["Retry-After"] = str(attempt.wait)
        return answer
    right = passwords.matches(attempt.password_hash, form.password.data)
    token = service.finish_sign_in(attempt, right=right, network=network, now=now)
    db.session.commit()
    if token is None:
        form.password.errors = [_("The account name or the password is not right. Check both and try again.")]
        return _again(form, 422)
    identity.enter(token)
    account = queries.signed_in(token, now=now)
    assert account is not None
    actor = queries.actor_of(account, on=clock.local_date(now))
    return redirect(path_or(form.next.data, own_place(actor)), 303)


@bp.post("/sign-out")
@public
def sign_out() -> AnyResponse:
    account = identity.account()
    if account is not None:
        service.sign_out(account.session_id, now=clock.now())
        db.session.commit()
    identity.leave()
    return redirect(url_for("accounts.sign_in"), 303)


def too_many(seconds: int) -> str:
    """What a person reads who has tried too often."""
    minutes = math.ceil(seconds / 60)
    return ngettext(
        "Too many attempts. Please try again in %(num)s minute.",
        "Too many attempts. Please try again in %(num)s minutes.",
        minutes,
    )


def own_place(actor: Actor) -> str:
    """The first page of whoever is signed in: the first tab of staff, a citizen's own matters."""
    tabs = tabs_for(actor)
    if tabs:
        return url_for(tabs[0].endpoint)
    return url_for("accounts.mine") if actor.can(Capability.OWN_MATTERS) else "/"


def _again(form: SignInForm, status: int) -> Response:
    form.password.data = ""
    return make_response(render_template("accounts/sign_in.html", form=form), status)
