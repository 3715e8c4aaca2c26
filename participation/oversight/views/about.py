"""The pages that explain the platform: how it works, accessibility, privacy, data."""

from flask import abort, render_template

from participation.oversight.views.blueprint import oversight
from participation.web.guards import public

PAGES = ("decisions", "accessibility", "privacy", "data")


@oversight.get("/about/<slug>")
@public
def about(slug: str) -> str:
    if slug not in PAGES:
        abort(404)
    return render_template(f"oversight/about/{slug}.html")


@oversight.get("/favicon.ico")
@public
def favicon() -> tuple[str, int]:
    return "", 204
