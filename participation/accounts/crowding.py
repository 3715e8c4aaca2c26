"""How much one contact, and one network, may send in an hour: nobody fills a consultation alone (T1)."""

from datetime import datetime, timedelta

from flask import current_app
from flask_babel import ngettext
from werkzeug.wrappers import Response

from participation.accounts import identity
from participation.accounts.throttle import Limit, spend_each
from participation.web.secrets import keyed_digest

HOUR = timedelta(hours=1)


def spend(channel: str, address: str, *, now: datetime) -> int:
    """Counts one submission. Returns the seconds to wait when there were too many: then roll back, nothing is
    sent and nothing counted. Behind one network there may be a whole office, so its limit is far wider."""
    settings = current_app.extensions["settings"]
    of_contact = Limit("submit_contact", settings.submissions_of_contact, HOUR)
    of_network = Limit("submit_network", settings.submissions_of_network, HOUR)
    whose = keyed_digest(f"{channel}:{address}", purpose="contact")
    return spend_each((of_contact, whose), (of_network, identity.network()), now=now)


def said(wait: int) -> str:
    """What the writer is told."""
    minutes = wait // 60 + 1
    found: str = ngettext(
        "Very much has been sent in this hour. Nothing is lost: please send it in %(num)d minute.",
        "Very much has been sent in this hour. Nothing is lost: please send it in %(num)d minutes.",
        minutes,
    )
    return found


def answer(shown: tuple[str, int], wait: int) -> Response:
    """The page as 429, with the time in its head."""
    body, status = shown
    return Response(body, status, {"Retry-After": str(wait)}, mimetype="text/html")
