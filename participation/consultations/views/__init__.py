"""The pages of consultations: for everybody (list, draft, writing, receipt, following, feedback) and
for the desk (announcing, publishing, entering, sorting, answering)."""

from flask import Flask

from participation.consultations import listing, texts
from participation.consultations.views import (
    announce,
    changes,
    comment,
    correct,
    data,
    desk,
    enter,
    importing,
    late_entries,
    lists,
    original,
    public,
    report,
    report_files,
    review,
    send,
    sort,
    steps,
    track,
)
from participation.consultations.views.blueprint import bp

blueprints = (bp,)
for_everybody = (lists, public, data, comment, send, track, original, changes)
for_the_desk = (desk, announce, correct, steps, enter, importing, late_entries, review, sort, report, report_files)


def init_app(app: Flask) -> None:
    listing.register()
    texts.register()
