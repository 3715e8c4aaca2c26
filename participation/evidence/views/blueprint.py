"""The blueprint of evidence, and how its pages write instants and digests."""

from flask import Blueprint
from flask_babel import format_datetime
from flask_babel import gettext as _

bp = Blueprint("evidence", __name__)

LARGEST_ID = 2**63 - 1


def number_of(text: str) -> int | None:
    """A number from the address, or None for anything else that stands there."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


@bp.app_template_filter("second")
def second(instant: object) -> str:
    """An instant to the second, as evidence needs it: 2026年11月23日 10:26:41."""
    return str(format_datetime(instant, _("d MMMM y, HH:mm:ss")))


@bp.app_template_filter("fingerprint")
def fingerprint(digest: str) -> str:
    """A digest in groups of four, so that it can be compared by eye with a printed one."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
