"""The pages that explain the platform: how it works, accessibility, privacy."""

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from participation.oversight.views.blueprint import oversight
from participation.web.guards import public, published

PAGES = ("decisions", "accessibility", "privacy")


@oversight.get("/about/<slug>")
@published
def about(slug: str) -> str | Response:
    if slug == "data":  # where the page of the data was at first
        return redirect(url_for("open_data.files"), 301)
    if slug not in PAGES:
        abort(404)
    return render_template(f"oversight/about/{slug}.html")


@oversight.get("/favicon.ico")
@public
def favicon() -> tuple[str, int]:
    return "", 204
