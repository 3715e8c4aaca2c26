"""The security headers of every answer, what a request may be, and the Origin check of every writing one."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request, session

from participation.extensions import reading
from participation.web import guards
from participation.web.request import Request

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


KEPT = "public, max-age=5, stale-while-revalidate=5"
"""How long a page that is the same for everybody may be shown without asking again: with both spans no
reader sees anything older than 10 s, and what is withdrawn is gone as soon."""


def _same_origin() -> None:
    """Browsers name the origin of a POST; a foreign one is refused beside the form token."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)


def _add(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["X-Frame-Options"] = "DENY"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if _same_for_all(response):
        headers["Cache-Control"] = KEPT
        # The two cookies that choose language and size of type; a session's cookie never gets here.
        response.vary.add("Cookie")
        response.add_etag(weak=True)
        response.make_conditional(request)
    elif request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _same_for_all(response: Response) -> bool:
    """Whether this answer may be kept: a published page that nobody's session has touched and that sets no
    cookie (choosing a language or a size sets one)."""
    return (
        request.method in ("GET", "HEAD")
        and response.status_code == 200
        and not response.is_streamed
        and "Cache-Control" not in response.headers
        and guards.is_published(current_app, request.endpoint)
        and current_app.config["SESSION_COOKIE_NAME"] not in request.cookies
        and not session.modified
        and not {"lang", "size"} & request.args.keys()
    )


def init_app(app: Flask) -> None:
    app.request_class = Request
    app.before_request(_same_origin)
    app.after_request(_add)
    wsgi = app.wsgi_app

    def reading_or_writing(environ, start_response):  # type: ignore[no-untyped-def]
        if environ.get("REQUEST_METHOD") in ("GET", "HEAD", "OPTIONS"):
            with reading():
                return wsgi(environ, start_response)
        return wsgi(environ, start_response)

    app.wsgi_app = reading_or_writing  # type: ignore[method-assign]
