"""Proving a mobile number or an e-mail address: ask for a code, then enter it. Only a POST
confirms, so a mail scanner that follows links confirms nothing."""

from flask import Response, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from participation import clock
from participation.accounts import contacts
from participation.accounts.forms import CodeForm, ContactForm, blame
from participation.accounts.same_site import path_or
from participation.accounts.views.blueprint import bp
from participation.accounts.views.sign_in import too_many
from participation.errors import Refused
from participation.extensions import db
from participation.web.guards import public

_SENT = "contact_sent"


@bp.get("/verify-contact")
@public
def verify_contact() -> str:
    form = ContactForm()
    form.next.data = path_or(request.args.get("next"), "")
    return render_template("accounts/verify_contact.html", form=form)


@bp.post("/verify-contact")
@public
def send_code() -> AnyResponse:
    form = ContactForm()
    if not form.validate():
        return _contact_again(form, 422)
    next_ = path_or(form.next.data, "")
    verb = "verification_code" if next_.startswith(("/register", "/recover")) else "contact_code"
    try:
        started = contacts.start_verification(form.channel.data, form.address.data, now=clock.now(), verb=verb)
    except Refused as refused:
        db.session.rollback()
        blame(form, refused)
        return _contact_again(form, 422)
    db.session.commit()
    if started.wait:
        form.address.errors = [too_many(started.wait)]
        answer = _contact_again(form, 429)
        answer.headers["Retry-After"] = str(started.wait)
        return answer
    session[_SENT] = {"token": started.token, "code": started.code, "next": next_}
    return redirect(url_for("accounts.enter_code"), 303)


@bp.get("/verify-contact/code")
@public
def enter_code() -> AnyResponse | str:
    sent = _sent()
    if sent is None:
        return redirect(url_for("accounts.verify_contact"))
    form = CodeForm(formdata=None)
    form.next.data = sent["next"]
    return render_template("accounts/enter_code.html", form=form, **_about(sent))


@bp.post("/verify-contact/code")
@public
def confirm_code() -> AnyResponse:
    sent = _sent()
    if sent is None:
        return redirect(url_for("accounts.verify_contact"), 303)
    form = CodeForm()
    if not form.validate():
        return _code_again(form, sent)
    confirmed = contacts.confirm(sent["token"], form.code.data, now=clock.now())
    db.session.commit()
    if confirmed.contact is None:
        form.code.errors = [_wrong(confirmed.left)]
        return _code_again(form, sent)
    session.pop(_SENT, None)
    return redirect(path_or(sent["next"], "/"), 303)


def _wrong(left: int) -> str:
    if not left:
        return _("This code is no longer valid. Please ask for a new one.")
    return ngettext(
        "The code is not right. You can try %(num)s more time.",
        "The code is not right. You can try %(num)s more times.",
        left,
    )


def _sent() -> dict[str, str] | None:
    sent = session.get(_SENT)
    return sent if sent and contacts.pending(sent["token"]) else None


def _about(sent: dict[str, str]) -> dict[str, str]:
    asked = contacts.pending(sent["token"])
    assert asked is not None
    return {
        "channel": asked.channel,
        "address": contacts.masked(asked.channel, asked.address),
        "demo_code": sent["code"],
        "next": sent["next"],
    }


def _contact_again(form: ContactForm, status: int) -> Response:
    return make_response(render_template("accounts/verify_contact.html", form=form), status)


def _code_again(form: CodeForm, sent: dict[str, str]) -> Response:
    return make_response(render_template("accounts/enter_code.html", form=form, **_about(sent)), 422)
