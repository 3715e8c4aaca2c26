"""Answers for programs: the same for everybody, so no cookie is read or set; errors are data, too."""

from collections.abc import Callable

from flask import Flask, Request, has_request_context, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from werkzeug.wrappers import Response

BELOW = "/api/"
"""Every address that begins so is data. The page that describes it, `/api`, is a page."""

_tellers: list[Callable[[Exception], Response]] = []


def is_data() -> bool:
    """Whether this request is a program's."""
    return has_request_context() and request.path.startswith(BELOW)


def tell_errors(teller: Callable[[Exception], Response]) -> None:
    """Names who says to programs what went wrong. Nothing may be asked of the database there."""
    _tellers[:] = [teller]


def teller() -> Callable[[Exception], Response] | None:
    """Who answers this request when it fails; None: a page for people."""
    return _tellers[0] if _tellers and is_data() else None


class Sessions(SecureCookieSessionInterface):
    """For data the session is empty and is not kept: no answer depends on a cookie, and none says so."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin | None:
        return self.session_class() if request.path.startswith(BELOW) else super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # type: ignore[override]
        if not is_data():
            super().save_session(app, session, response)  # type: ignore[arg-type]


def init_app(app: Flask) -> None:
    app.session_interface = Sessions()
