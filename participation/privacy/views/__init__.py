"""My data, requests about data at the desk, and who read what."""

from flask import Flask

from participation.privacy import corrections, listing
from participation.privacy.rules import GROUNDS, RETENTION
from participation.privacy.views import contact_list_ask, contact_lists, correct, desk, erase, mine, readings
from participation.privacy.views.blueprint import bp

blueprints = (bp,)
pages = (mine, erase, correct, desk, readings, contact_lists, contact_list_ask)


def init_app(app: Flask) -> None:
    listing.register()
    readings.init_app(app)
    app.jinja_env.globals |= {
        "retention": RETENTION,
        "limiting": GROUNDS,
        "corrections_of": corrections.granted,
        "corrections_among": corrections.granted_among,
    }
