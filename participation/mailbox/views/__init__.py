"""The pages of the mailboxes: for citizens (mailbox, write, track, letters) and for staff (dispatch,
desk, approvals, entering for somebody)."""

from flask import Flask

from participation.mailbox import listing, texts
from participation.mailbox.views import (
    ageing,
    answer,
    approve,
    desk,
    dispatch,
    enter,
    extend,
    feed,
    figures,
    gaps,
    handling,
    importing,
    joint,
    legal,
    promises,
    public,
    questions,
    redact,
    refused,
    release,
    samples,
    send,
    supervision,
    track,
    tracked,
    write,
)
from participation.mailbox.views.blueprint import bp

blueprints = (bp,)
pages = (
    public,
    figures,
    write,
    send,
    track,
    dispatch,
    desk,
    answer,
    enter,
    approve,
    supervision,
    ageing,
    importing,
    samples,
    gaps,
    extend,
    tracked,
    handling,
    refused,
    legal,
    joint,
    promises,
    redact,
    release,
    questions,
    feed,
)


def init_app(app: Flask) -> None:
    listing.register()
    texts.register()
