"""A marked sentence with its values, as the reader sees it."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from participation.errors import Refused
from participation.web.filters import day_week


def told(message: str, args: Mapping[str, object]) -> str:
    """The message in the reader's language; days in its placeholders are written as days."""
    written = {name: day_week(value) if isinstance(value, date) else value for name, value in args.items()}
    text = _(message)
    return text % written if written else text


def sentence(refused: Refused) -> str:
    """A refusal as a person reads it."""
    return told(refused.message, refused.args_)
