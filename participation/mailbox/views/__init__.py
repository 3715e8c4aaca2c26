"""The pages of the mailboxes: for citizens (mailbox, write, track, letters) and for staff (dispatch,
desk, approvals, entering for somebody)."""

from flask import Flask

from participation.mailbox import listing, texts
from participation.mailbox.views import answer, approve, desk, dispatch, enter, public, send, track, write
from participation.mailbox.views.blueprint import bp

blueprints = (bp,)
pages = (public, write, send, track, dispatch, desk, answer, enter, approve)


def init_app(app: Flask) -> None:
    listing.register()
    texts.register()
