"""Permission is data on the view: `@requires(...)` names a capability, and a test walks
`url_map` and fails on a view that names none."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from participation.access import ANYONE, Actor, Capability

View = TypeVar("View", bound=Callable[..., Any])


def requires(capability: Capability) -> Callable[[View], View]:
    """Marks a view with what it takes to call it. Put it directly above the function."""

    def mark(view: View) -> View:
        view.capability = capability  # type: ignore[attr-defined]
        return view

    return mark


public = requires(Capability.TAKE_PART)
"""For views that everybody may call."""


def published(view: View) -> View:
    """For pages that everybody may read and that are the same for everybody who has not signed in: nothing
    personal, no form token. `headers` lets browsers and our own proxy keep them for a moment."""
    view.published = True  # type: ignore[attr-defined]
    return public(view)


def is_published(app: Flask, endpoint: str | None) -> bool:
    return bool(getattr(app.view_functions.get(endpoint or ""), "published", False))


def current_actor() -> Actor:
    """Who acts in this request; roles are read anew for each one."""
    actor = g.get("actor")
    return actor if isinstance(actor, Actor) else ANYONE


def capability_of(app: Flask, endpoint: str) -> Capability | None:
    view = app.view_functions.get(endpoint)
    return getattr(view, "capability", None)


def check_permission() -> Response | None:
    """Before each request: deny by default, ask the visitor to sign in, or refuse."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    needed = capability_of(current_app, request.endpoint)
    if needed is None:
        abort(403)
    actor = current_actor()
    if actor.can(needed):
        return None
    if actor.person_id is None:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
        abort(403)
    abort(403)


def init_app(app: Flask) -> None:
    app.before_request(check_permission)


__all__ = ["capability_of", "current_actor", "init_app", "is_published", "public", "published", "requires"]
