"""Who acts in this request: the session's account, and the posts it holds today."""

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import digests, queries
from participation.accounts.queries import SignedIn
from participation.extensions import db, login_manager
from participation.web.open_data import is_data

# With a one-time password these are the only places to go.
_WITH_TEMPORARY_PASSWORD = {"accounts.password", "accounts.password_submitted", "accounts.sign_out", "static"}


class Browser(UserMixin):
    """What flask-login keeps: the token of the session, never the number of the person."""

    def __init__(self, token: str, account: SignedIn | None = None) -> None:
        self.token = token
        self.account = account

    def get_id(self) -> str:
        return self.token


@login_manager.user_loader
def _load(token: str) -> Browser | None:
    account = queries.signed_in(token, now=clock.now())
    return Browser(token, account) if account else None


def enter(token: str) -> None:
    """Signs this browser in with a session of its own: nothing from before stays (fixation)."""
    session.clear()
    login_user(Browser(token))


def leave() -> None:
    logout_user()
    session.clear()


def account() -> SignedIn | None:
    """The account that is signed in, or None."""
    return getattr(current_user, "account", None)


def network() -> str:
    """The digest of the address this request came from (behind the configured proxy only)."""
    return digests.of_network(request.remote_addr)


def _recognise() -> Response | None:
    if request.endpoint == "static" or is_data():
        return None
    signed_in = account()
    if signed_in is None:
        return None
    g.actor = queries.actor_of(signed_in, on=clock.local_date(clock.now()))
    # What was read is plain data: a writing request starts its own transaction when it needs one,
    # and holds no lock while a password is hashed.
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        db.session.rollback()
    if signed_in.password_is_temporary and request.endpoint not in _WITH_TEMPORARY_PASSWORD:
        return redirect(url_for("accounts.password"), 303)
    return None


def init_app(app: Flask) -> None:
    login_manager.session_protection = None  # a mobile phone changes its address; the token is checked
    app.before_request(_recognise)


def is_demo() -> bool:
    return bool(current_app.extensions["settings"].is_demo)
