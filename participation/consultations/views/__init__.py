"""The pages of consultations: for everybody (list, draft, writing, receipt, following, feedback) and
for the desk (announcing, publishing, entering, sorting, answering)."""

from flask import Flask

from participation.consultations import listing, texts
from participation.consultations.views import announce, comment, desk, enter, public, report, send, sort, steps, track
from participation.consultations.views.blueprint import bp

blueprints = (bp,)
pages = (public, comment, send, track, desk, announce, steps, enter, sort, report)


def init_app(app: Flask) -> None:
    listing.register()
    texts.register()
