"""How an answer leaves: as JSON with a fingerprint, kept by caches for less than a minute, open to every page."""

import hashlib
import json
from typing import Any

from flask import request
from flask_babel import gettext
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import identity, throttle, without_disk
from participation.api.problems import Problem
from participation.errors import N_
from participation.extensions import db
from participation.failures import Outage, outage
from participation.web.locale import is_chinese
from participation.web.open_data import is_data

MEDIA_TYPE = "application/json"
# What is withdrawn has left every cache before a minute has passed.
KEPT_SECONDS = 30
_EXPOSED = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, Content-Language, Last-Modified"
CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": _EXPOSED,
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def say(text: str) -> str:
    """A marked sentence in the language asked for."""
    return str(gettext(text)) if text else ""


def json_answer(body: Any, *, links: dict[str, str] | None = None) -> Response:
    """The body, or 304 where the program has it already."""
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    answer = Response(data, content_type=MEDIA_TYPE)
    answer.set_etag(hashlib.sha256(data).hexdigest()[:32])
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}, must-revalidate"
    answer.headers["Content-Language"] = "zh-CN" if is_chinese() else "en"
    answer.vary.update(("Accept", "Accept-Language"))
    if links:
        answer.headers["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items())
    return answer.make_conditional(request)


def acceptable() -> None:
    """Refuses a program that takes neither JSON nor anything."""
    if request.accept_mimetypes and not request.accept_mimetypes.best_match([MEDIA_TYPE]):
        raise Problem(406, N_("The answers are application/json. Ask for that, or for anything."))


def within_the_limit() -> None:
    """Counts the request against its network's allowance of the minute."""
    if request.method == "OPTIONS":
        return
    now = clock.now()
    # Its own short transaction, before anything is read: on SQLite nobody may write after reading.
    db.session.rollback()
    try:
        spent = throttle.spend(throttle.API_NETWORK, identity.network(), now=now)
        db.session.commit()
    except DBAPIError as error:
        if outage(error) is not Outage.FULL:
            raise
        db.session.rollback()
        spent = without_disk.spend(throttle.API_NETWORK, identity.network(), now=now)
    request.environ["participation.spent"] = spent
    if spent.refused:
        raise Problem(
            429,
            N_("At most %(most)d requests a minute. Wait %(seconds)d seconds."),
            wait=spent.seconds,
            most=throttle.API_NETWORK.most,
            seconds=spent.seconds,
        )


def open_to_all(response: Response) -> Response:
    """After each request for data: readable from every page, never with its visitor's credentials."""
    if not is_data():
        return response
    response.headers.update(CROSS_ORIGIN)
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    spent: throttle.Spent | None = request.environ.get("participation.spent")
    if spent is not None:
        limit = throttle.API_NETWORK
        window = int(limit.window.total_seconds())
        response.headers["RateLimit-Policy"] = f'"network";q={limit.most};w={window}'
        response.headers["RateLimit"] = f'"network";r={spent.left};t={spent.seconds}'
    return response
