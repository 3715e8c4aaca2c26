"""Pages for what went wrong: what happened, what was kept, what to do; the code last."""

import contextlib
import logging
from collections.abc import Callable
from types import TracebackType
from typing import Any

from flask import Flask, Response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from participation.errors import Refused
from participation.extensions import db
from participation.failures import outage, place
from participation.web import open_data, unavailable
from participation.web.said import sentence

log = logging.getLogger(__name__)

_NOT_SHOWN_AGAIN = {"csrf_token", "password", "again", "present", "secret", "code", "submission_key"}


def _written() -> list[str]:
    """What the person had typed, longest first, so that an error page can give it back."""
    if request.method != "POST":
        return []
    try:
        pairs = list(request.form.items(multi=True))
    except HTTPException:
        return []
    return sorted(
        (value for name, value in pairs if name not in _NOT_SHOWN_AGAIN and len(value) >= 10), key=len, reverse=True
    )[:5]


def _page(
    status: int, heading: str, what_to_do: str, basis: str = "", kept: list[str] | None = None
) -> tuple[str, int]:
    return (
        render_template(
            "errors/error.html", status=status, heading=heading, what_to_do=what_to_do, basis=basis, kept=kept or []
        ),
        status,
    )


def _refused(error: Refused) -> tuple[str, int]:
    db.session.rollback()
    kept = [error.kept] if error.kept else _written()
    return _page(error.status, sentence(error), "", error.basis, kept)


def _stale(_error: StaleDataError) -> tuple[str, int]:
    db.session.rollback()
    return _page(
        409,
        _("Somebody else changed this at the same time"),
        _("Nothing of yours was saved. What you wrote is below: look at the page again, then decide."),
        kept=_written(),
    )


def _csrf(_error: CSRFError) -> tuple[str, int]:
    return _page(
        400,
        _("This page was open for too long"),
        _("Nothing was sent. What you wrote is below: copy it, go back to the form, reload it and send again."),
        kept=_written(),
    )


def _http(error: HTTPException) -> tuple[str, int] | Response:
    db.session.rollback()
    if isinstance(error, SecurityError):
        # Under a host name that is not ours no address can be built, so there is no page to show.
        return Response("This host name is not served here.\n", 400, mimetype="text/plain")
    code = error.code or 500
    texts = {
        400: (
            _("The address or the data sent cannot be read"),
            _("Go back and try again, or start from the home page."),
        ),
        403: (_("You may not do this"), _("Sign in with the account that may, or go back.")),
        404: (
            _("There is no such page"),
            _("Check the address. What is not public or not yours is not shown here either."),
        ),
        405: (_("This address does not take that kind of request"), _("Go back to the page and use its button.")),
        413: (
            _("What you sent is too large"),
            _("Send at most five files of 10 MB each (one of 50 MB as the paper of a decision), and a shorter text."),
        ),
        429: (_("Too many attempts"), _("Please wait a few minutes and try again.")),
        503: (
            _("The service is not available just now"),
            _("Please try again in a few minutes. Nothing that was acknowledged is lost."),
        ),
    }
    heading, todo = texts.get(code, (_("This did not work"), _("Go back and try again.")))
    return _page(code, heading, todo, kept=[] if code == 404 else _written())


def _failed(failure: Exception) -> tuple[str, int] | Response:
    found = outage(failure)
    if found is not None:
        return unavailable.page(found)
    try:
        return _failure_page()
    except Exception as error:
        # The page itself asks the database who is signed in; it may be what is away.
        log.error("error_page_failed error=%s at=%s", type(error).__name__, place(error))
        found = outage(error)
        if found is not None:
            return unavailable.page(found)
        return Response("系统暂时不可用，您提交的内容没有保存，请稍后再试。\n", 500, mimetype="text/plain")


def _failure_page() -> tuple[str, int]:
    db.session.rollback()
    return _page(
        500,
        _("Something went wrong on our side"),
        _("Nothing was saved. What you wrote is below; please try again in a few minutes."),
        kept=_written(),
    )


def _may_pass(error: Exception) -> tuple[str, int] | Response:
    """The database or the disk is away, busy or full; any other error of theirs is a fault of ours."""
    found = outage(error)
    if found is None:
        raise error
    log.warning(
        "unavailable outage=%s error=%s at=%s method=%s endpoint=%s",
        found, type(error).__name__, place(error), request.method, request.endpoint,
    )  # fmt: skip
    with contextlib.suppress(SQLAlchemyError):
        db.session.rollback()
    return unavailable.page(found)


def _log_failure(found: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
    error = found[1]
    if error is None:
        return
    cause = error.__cause__ or error
    log.error(
        "request_failed error=%s cause=%s at=%s method=%s endpoint=%s",
        type(error).__name__,
        type(cause).__name__,
        place(error),
        request.method,
        request.endpoint,
    )


def _let_go(_error: BaseException | None) -> None:
    """What was acknowledged is committed by now, and the answer is made: a connection that dies while its
    transaction is ended takes nothing with it, least of all the answer."""
    if not db.session.registry.has():
        return
    try:
        # Not `remove`, which when it fails keeps the connection.
        db.session.rollback()
    except SQLAlchemyError as error:
        found = outage(error)
        if found is None:
            raise
        log.warning("unavailable outage=%s error=%s after=the answer", found, type(error).__name__)


def _or_told(page: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The page for a person, or what a program is told."""

    def answer(error: Any) -> Any:
        tell = open_data.teller()
        if tell is None:
            return page(error)
        # The database may be what is away.
        with contextlib.suppress(SQLAlchemyError):
            db.session.rollback()
        return tell(error)

    return answer


def init_app(app: Flask) -> None:
    app.register_error_handler(Refused, _or_told(_refused))
    app.register_error_handler(StaleDataError, _or_told(_stale))
    app.register_error_handler(CSRFError, _or_told(_csrf))
    app.register_error_handler(HTTPException, _or_told(_http))
    for kind in (DBAPIError, PoolTimeout, OSError):
        app.register_error_handler(kind, _or_told(_may_pass))
    app.register_error_handler(500, _or_told(_failed))
    # Runs before that of Flask-SQLAlchemy, which was there first.
    app.teardown_appcontext(_let_go)
    # Flask's own line has the whole traceback, with what the person sent in the database's message.
    app.log_exception = _log_failure  # type: ignore[method-assign]
