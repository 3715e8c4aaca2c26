"""The twins: applications with one fault planted, which a trial must find. Never a switch in the product:
what is changed here is changed from outside, in the process that the trial starts.

`FAULT=name gunicorn tests.resilience.faults:app`
"""

import contextlib
import os
import queue
import secrets
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask

from config import from_environment
from participation import clock, create_app

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def plant(app: Flask, fault: str) -> None:
    """Changes this process's application. Raises KeyError for a fault that is not known."""
    {
        "acknowledge_first": _acknowledge_first,
        "notice_afterwards": _notice_afterwards,
        "check_then_insert": _check_then_insert,
        "clock_before_lock": _clock_before_lock,
        "commit_error_hidden": _commit_error_hidden,
        "no_version": _no_version,
        "plain_errors": _plain_errors,
    }[fault](app)


def _is_sending(environ: dict[str, Any]) -> bool:
    return environ["REQUEST_METHOD"] == "POST" and "/confirm/" in environ["PATH_INFO"]


def _acknowledge_first(app: Flask) -> None:
    """The receipt is promised, then the submission is stored."""
    inner, waiting = app.wsgi_app, queue.Queue[tuple[dict[str, Any], bytes]]()

    def work() -> None:
        while True:
            environ, body = waiting.get()
            time.sleep(0.2)
            list(inner(environ | {"wsgi.input": BytesIO(body)}, lambda *_answer: lambda _data: None))

    threading.Thread(target=work, daemon=True).start()

    def outer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not _is_sending(environ):
            return inner(environ, start_response)
        waiting.put((dict(environ), environ["wsgi.input"].read()))
        start_response("303 SEE OTHER", [("Location", environ["PATH_INFO"].replace("confirm", "receipt"))])
        return [b""]

    app.wsgi_app = outer  # type: ignore[method-assign]


def _notice_afterwards(_app: Flask) -> None:
    """The notice is written in a transaction of its own, after the one of the act."""
    from participation.consultations.service import telling as comments
    from participation.extensions import db
    from participation.mailbox.service import telling as letters

    def later(tell: Callable[..., Any]) -> Callable[..., None]:
        def told(*arguments: Any, **named: Any) -> None:
            db.session.commit()
            time.sleep(0.1)
            tell(*arguments, **named)

        return told

    comments.commenter = later(comments.commenter)
    letters.writer = later(letters.writer)


def _check_then_insert(_app: Flask) -> None:
    """Whether the form was sent before is asked in one transaction and acted upon in the next, and no
    unique key stands behind it: each row gets one of its own."""
    from participation.consultations.views import send as comments
    from participation.extensions import db
    from participation.mailbox.views import send as letters

    for views in (comments, letters):

        def received(draft: Any, *rest: Any, _views: Any = views, _receive: Any = views._receive) -> Any:
            found = dict(draft.payload)
            db.session.commit()
            time.sleep(0.05)
            draft.payload = found
            return _receive(draft, *rest)

        def another(service: Any) -> Callable[..., Any]:
            return lambda *given, **named: service.receive(
                *given, **(named | {"submission_digest": secrets.token_hex(32)})
            )

        views._receive = received  # type: ignore[attr-defined]
        views.service = SimpleNamespace(**vars(views.service) | {"receive": another(views.service)})


def _clock_before_lock(app: Flask) -> None:
    """The time of a submission is when its request came, not when it had its turn."""
    from participation.consultations.service import receiving

    inner, came = app.wsgi_app, threading.local()

    def outer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with app.app_context():
            came.at = clock.now()
            from participation.extensions import db

            db.session.rollback()
        return inner(environ, start_response)

    app.wsgi_app = outer  # type: ignore[method-assign]
    receiving.receive.__kwdefaults__["read_clock"] = lambda: came.at


def _commit_error_hidden(_app: Flask) -> None:
    """An error of the database while a submission is stored is swallowed, and the receipt shown."""
    from sqlalchemy.exc import SQLAlchemyError

    from participation.consultations.views import send as comments
    from participation.extensions import db
    from participation.mailbox.views import send as letters

    for views in (comments, letters):

        def received(draft: Any, *rest: Any, _receive: Any = views._receive) -> Any:
            with contextlib.suppress(SQLAlchemyError):
                return _receive(draft, *rest)
            db.session.rollback()
            return None

        views._receive = received  # type: ignore[attr-defined]

    commit = db.session.commit

    def hidden() -> None:
        try:
            commit()
        except SQLAlchemyError:
            db.session.rollback()

    db.session.commit = hidden  # type: ignore[method-assign]


def _plain_errors(app: Flask) -> None:
    """Nobody tells an outage from a fault of ours."""
    from participation.web import errors_pages

    errors_pages.outage = lambda _error: None


def _no_version(_app: Flask) -> None:
    """Whoever saves last wins, whatever the form had shown."""
    from participation.mailbox.service import answering

    def whatever(letter: Any, text: str, version: int | None, actor: Any, now: Any) -> Any:
        current = answering.answer_of(letter)
        return fresh(letter, text, current.version if current else None, actor, now)

    fresh = answering._fresh
    answering._fresh = whatever


def shifted(app: Flask, file: Path) -> None:
    """The clocks of this machine and of the database are ahead by the seconds that the file says: a trial
    need not wait for midnight. No fault: what a site is served with whose end of a period is tried."""
    inner = app.wsgi_app

    def outer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        ahead = timedelta(seconds=float(file.read_text()))
        with clock.wrong(here=ahead, there=ahead):
            return inner(environ, start_response)

    app.wsgi_app = outer  # type: ignore[method-assign]


def tracebacks(app: Flask) -> None:
    """A trial's people are invented: its log may say everything about an answer of 500."""
    app.log_exception = lambda found: traceback.print_exception(found[1])  # type: ignore[method-assign]


def made() -> Flask:
    app = create_app(from_environment())
    if os.environ.get("TRACEBACKS"):
        tracebacks(app)
    fault, ahead = os.environ.get("FAULT", ""), os.environ.get("AHEAD", "")
    if fault:
        plant(app, fault)
    if ahead:
        shifted(app, Path(ahead))
    return app


app = made() if {"FAULT", "AHEAD", "TRACEBACKS"} & {name for name, value in os.environ.items() if value} else None
