"""The log: one JSON line an event, with ids. A request's line says which view, how it ended, how long
it took and which post acted; never an address, a text, a query string or the value of a form."""

import logging
import re
import time
import uuid

from flask import Flask, Response, g, request
from pythonjsonlogger.json import JsonFormatter

from participation.web.guards import current_actor

log = logging.getLogger("participation.requests")
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
_FIELDS = "{asctime}{levelname}{name}{message}"


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def write_json() -> None:
    """The root log becomes JSON lines on standard error, unless somebody has arranged it already."""
    root = logging.getLogger()
    if root.handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter(_FIELDS, style="{", rename_fields={"asctime": "time", "levelname": "level"}))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    # Says at every start which tasks it knows.
    logging.getLogger("huey").setLevel(logging.WARNING)


def _begin() -> None:
    g.began = time.perf_counter()
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.endpoint == "static":
        return response
    ids = {name: value for name, value in (request.view_args or {}).items() if isinstance(value, int)}
    log.info(
        "request",
        extra={
            "request_id": g.get("request_id", ""),
            "method": request.method,
            "endpoint": request.endpoint or "",
            "ids": ids,
            "status": response.status_code,
            "ms": round(elapsed() * 1000, 1),
            "actor": current_actor().ref,
        },
    )
    return response


def elapsed() -> float:
    """Seconds since the request began."""
    return time.perf_counter() - float(g.get("began", time.perf_counter()))
