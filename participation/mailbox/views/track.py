"""Looking a letter up: number and secret open it in this session; never through an address."""

from unicodedata import normalize

from flask import abort, current_app, redirect, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import identity, throttle
from participation.extensions import db
from participation.mailbox.forms.writing import TrackForm
from participation.mailbox.queries import tracking
from participation.mailbox.rules import read_number
from participation.mailbox.views.blueprint import LETTER, bp, page
from participation.mailbox.views.send import TRACKED
from participation.web.guards import current_actor, public
from participation.web.secrets import keyed_digest

ELSEWHERE = {"YJ-": "consultations.track", "ZC-JY-": "decisions.look_up_proposal"}


@bp.get("/track")
@public
def track() -> tuple[str, int]:
    return page("track.html", form=TrackForm(formdata=None))


@bp.post("/track")
@public
def look_up() -> Response | tuple[str, int]:
    """Unknown numbers and wrong secrets get the same answer. Comments and proposals are looked up by
    their own features, with the same form."""
    form, now = TrackForm(), clock.now()
    if not form.validate():
        return page("track.html", 422, form=form)
    number, written = read_number(form.number.data), normalize("NFKC", form.number.data[:80]).strip().upper()
    for prefix, endpoint in ELSEWHERE.items():
        if written.startswith(prefix) and endpoint in current_app.view_functions:
            return redirect(url_for(endpoint), 307)
    reserved = throttle.reserve(
        # For this network only: numbers are public, and wrong codes typed elsewhere must not keep the
        # writer out. Nobody guesses 80 bits.
        (throttle.TRACKING_NUMBER, keyed_digest(f"{number} {identity.network()}", purpose="tracking-number")),
        (throttle.TRACKING_NETWORK, identity.network()),
        now=now,
    )
    db.session.commit()
    if reserved.wait:
        form.secret.errors = [
            _("Too many attempts. Please wait %(minutes)d minutes and try again.", minutes=reserved.wait // 60 + 1)
        ]
        body, status = page("track.html", 429, form=form)
        return Response(body, status, {"Retry-After": str(reserved.wait)}, mimetype="text/html")
    letter = tracking.by_secret(number, form.secret.data)
    if letter is None:
        form.secret.errors = [_("Number and query code do not fit together. Check both: they are on your receipt.")]
        return page("track.html", 422, form=form)
    throttle.release(reserved)
    db.session.commit()
    session[TRACKED] = letter.id
    return redirect(url_for("mailbox.tracked"), 303)


@bp.get(f"/mine/letters/{LETTER}")
@public
def mine(letter_id: int) -> Response:
    """Opens a letter of the signed-in citizen, as number and secret would."""
    letter = tracking.tracked(letter_id)
    actor = current_actor()
    if letter is None or letter.person_id is None or letter.person_id != actor.person_id:
        abort(404)
    session[TRACKED] = letter.id
    return redirect(url_for("mailbox.tracked"))
