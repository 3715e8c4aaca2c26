"""What a program is told when something cannot be done: problem details (RFC 9457)."""

import json

from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from participation.errors import N_, Refused
from participation.failures import outage
from participation.web.said import sentence

MEDIA_TYPE = "application/problem+json"

PROBLEMS: dict[int, tuple[str, str]] = {
    400: (
        N_("The request cannot be read"),
        N_("Check the parameters against the description at /api."),
    ),
    403: (N_("This may not be done"), N_("The data can only be read.")),
    404: (N_("There is nothing at this address"), N_("What is not public is not here either.")),
    405: (N_("The data can only be read"), N_("Use GET or HEAD.")),
    406: (N_("No such form"), N_("The answers are application/json. Ask for that, or for anything.")),
    409: (N_("This cannot be done now"), N_("Try again in a few minutes.")),
    413: (N_("The request is too large"), N_("A request for data has no content.")),
    422: (N_("The request cannot be accepted"), N_("Check the parameters against the description at /api.")),
    429: (
        N_("Too many requests"),
        N_("Wait as many seconds as the header Retry-After says. Whoever needs everything takes the nightly files."),
    ),
    500: (
        N_("Something went wrong on our side"),
        N_("Try again in a few minutes. If it stays, tell the office named on the website."),
    ),
    503: (N_("The data is not available just now"), N_("Try again in a few minutes.")),
}
"""Title, and what to do when nothing more exact is known."""

_KEPT = ("Allow", "Retry-After")


class Problem(HTTPException):
    """Something a program asked for cannot be done. `message` is marked with `N_`; `parameter` names the
    parameter that can mend it; `wait`: seconds until it may try again."""

    def __init__(self, status: int, message: str, *, parameter: str = "", wait: int = 0, **args: object) -> None:
        super().__init__(message)
        self.code = status
        self.message = message
        self.parameter = parameter
        self.wait = wait
        self.args_ = args


def told(error: Exception) -> Response:
    """The answer for a program. Asks nothing of the database, which may be what is away."""
    status = _status(error)
    title, what_to_do = PROBLEMS.get(status, PROBLEMS[500 if status >= 500 else 400])
    body: dict[str, object] = {
        "type": f"/api#problem-{status}",
        "title": _(title),
        "status": status,
        "detail": _detail(error, what_to_do),
    }
    headers: dict[str, str] = {}
    if isinstance(error, Problem):
        if error.parameter:
            body["parameter"] = error.parameter
        if error.wait:
            headers["Retry-After"] = str(error.wait)
    elif isinstance(error, HTTPException):
        headers = {name: value for name, value in error.get_headers(request.environ) if name in _KEPT}
        if status == 405 and "Allow" in headers:
            headers["Allow"] = "GET, HEAD, OPTIONS"
    if status == 503:
        headers.setdefault("Retry-After", "120")
    answer = Response(json.dumps(body, ensure_ascii=False), status, headers, content_type=MEDIA_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _status(error: Exception) -> int:
    if isinstance(error, Refused):
        return error.status
    if outage(error) is not None:
        return 503
    code = error.code if isinstance(error, HTTPException) else None
    return code or 500


def _detail(error: Exception, otherwise: str) -> str:
    if isinstance(error, SecurityError):
        return _("This host name is not served here.")
    if isinstance(error, Problem):
        return _(error.message, **error.args_)
    return sentence(error) if isinstance(error, Refused) else _(otherwise)
