"""Erasing in two steps: what will happen is shown and a proof asked for; then it happens."""

import hmac

from flask import Response, abort, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from participation import clock
from participation.accounts import contacts, identity, throttle
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.privacy import holdings, physical, service
from participation.privacy.forms import EraseForm, WhatForm
from participation.privacy.grounds import Matter, ground_of
from participation.privacy.holdings import Proved, kind_of
from participation.privacy.models import DataRequest
from participation.privacy.views.blueprint import OPENED, bp, one_of, proved
from participation.web.guards import current_actor, public
from participation.web.said import sentence
from participation.web.secrets import secret_matches

_SENT, _DONE = "erase_code", "erased"


def _rows(what: str, who: Proved) -> list[Matter]:
    if what == "all":
        return holdings.matters(who)
    return [one_of(what, who)]


@bp.get("/mine/data/erase")
@public
def erase() -> AnyResponse:
    who, what = proved(), request.args.get("what", "all")
    if not who.anybody:
        return redirect(url_for("privacy.mine"))
    form = EraseForm(formdata=None, what=what)
    return _page(form, what, who)


def _page(form: EraseForm, what: str, who: Proved, status: int = 200) -> Response:
    rows = _rows(what, who)
    sent = session.get(_SENT)
    return Response(
        render_template(
            "privacy/erase.html",
            form=form,
            plain=WhatForm(formdata=None, what=what),
            what=what,
            by_code=bool(who.contacts),
            address=contacts.masked(*who.contacts[0]) if who.contacts else "",
            sent=sent if sent and sent["what"] == what else None,
            demo_code=sent["code"] if sent and identity.is_demo() else "",
            rows=[(row, ground_of(row)) for row in rows],
            person=holdings.account(who) if what == "all" else None,
        ),
        status,
    )


@bp.post("/mine/data/erase/code")
@public
def send_code() -> AnyResponse:
    who, form = proved(), WhatForm()
    if not form.validate() or not who.contacts:
        abort(404)
    what = form.what.data or "all"
    _rows(what, who)
    shown = EraseForm(formdata=None, what=what)
    try:
        started = contacts.start_verification(*who.contacts[0], now=clock.now())
    except Refused as refused:
        db.session.rollback()
        shown.form_errors.append(sentence(refused))
        return _page(shown, what, who, 422)
    db.session.commit()
    if started.wait:
        shown.form_errors.append(
            _("Too many attempts. Please wait %(minutes)d minutes and try again.", minutes=started.wait // 60 + 1)
        )
        return _page(shown, what, who, 429)
    session[_SENT] = {"what": what, "token": started.token, "code": started.code}
    return redirect(url_for("privacy.erase", what=what), 303)


@bp.post("/mine/data/erase")
@public
def erase_confirmed() -> AnyResponse:
    who, form, now = proved(), EraseForm(), clock.now()
    if not who.anybody:
        abort(404)
    what = form.what.data or "all"
    rows = _rows(what, who)
    wrong = _why_not(form.proof.data or "", what, who, rows) if form.validate() else _("Send the form again")
    if wrong:
        form.refuse("proof", wrong)
        return _page(form, what, who, 422)
    try:
        done = service.erase(who, rows, close_account=what == "all", actor=current_actor(), now=now)
    except Refused as refused:
        db.session.rollback()
        form.form_errors.append(sentence(refused))
        return _page(form, what, who, 422)
    db.session.commit()
    physical.settle(done.bytes_, was_public=done.was_public)
    _forget(what, rows)
    session[_DONE] = done.request.id
    return redirect(url_for("privacy.erased"), 303)


def _why_not(proof: str, what: str, who: Proved, rows: list[Matter]) -> str:
    """Empty when the proof is good. Tries are counted: commits."""
    now = clock.now()
    if who.contacts:
        sent = session.get(_SENT)
        if sent is None or sent["what"] != what:
            return str(_("Ask for a code first"))
        judged = contacts.confirm(sent["token"], proof.strip(), now=now)
        db.session.commit()
        known = judged.contact is not None and hmac.compare_digest(judged.contact.address, who.contacts[0][1])
        return "" if known else str(_("The code is not right. Please check it."))
    reserved = throttle.reserve((throttle.TRACKING_NETWORK, identity.network()), now=now)
    db.session.commit()
    if reserved.wait:
        return str(
            _("Too many attempts. Please wait %(minutes)d minutes and try again.", minutes=reserved.wait // 60 + 1)
        )
    # Each matter has a query code of its own: one code erases what it opens.
    if not rows or not all(secret_matches(proof, row.secret_digest) for row in rows):
        return str(_("The query code is not the one on the receipt of this matter"))
    throttle.release(reserved)
    db.session.commit()
    return ""


def _forget(what: str, rows: list[Matter]) -> None:
    """The browser forgets too what it had shown or kept."""
    session.pop(_SENT, None)
    for kind, slot in OPENED.items():
        if any(kind_of(row) == kind and row.erased_at is not None and row.id == session.get(slot) for row in rows):
            session.pop(slot, None)
    if what == "all":
        if identity.account() is not None and proved().person_id is not None:
            identity.leave()
        else:
            contacts.forget()


@bp.get("/mine/data/erased")
@public
def erased() -> AnyResponse | str:
    number = session.get(_DONE)
    done = db.session.get(DataRequest, number) if number is not None else None
    if done is None:
        return redirect(url_for("privacy.mine"))
    return render_template("privacy/erased.html", done=done, entry=evidence.entry_for("data_request", done.id))
