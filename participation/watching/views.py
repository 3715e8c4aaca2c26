"""/healthz, /readyz and /metrics. The last answers this machine, or whoever knows the token, alone."""

import hmac

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, request

from participation import clock
from participation.watching import logs, metrics, readiness
from participation.web.guards import public

bp = Blueprint("watching", __name__)
blueprints = (bp,)


@bp.get("/healthz")
@public
def healthz() -> Response:
    """The process answers. Asks nothing of the database."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """200 where the site can be asked, else 503; which check failed is told to the operator only."""
    found = readiness.checks(now=clock.now())
    ready = all(check.ready for check in found)
    told: dict[str, object] = {"ready": ready}
    if _operator():
        told["checks"] = {check.name: "ok" if check.fine else "look" for check in found}
    return jsonify(told), 200 if ready else 503


@bp.get("/metrics")
@public
def figures() -> Response:
    if not _operator():
        abort(404)
    return Response(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _operator() -> bool:
    """With a token configured, its bearer; without one, a request from this machine that no proxy passed on."""
    token = current_app.extensions["settings"].metrics_token
    if token:
        return hmac.compare_digest(request.headers.get("Authorization", ""), f"Bearer {token}")
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))
    return request.remote_addr in ("127.0.0.1", "::1") and not forwarded


def init_app(app: Flask) -> None:
    logs.init_app(app)
    metrics.init_app(app)
