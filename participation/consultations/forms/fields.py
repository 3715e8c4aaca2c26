"""What every text field here is checked for, and how white space is read."""

from typing import Any

from flask_babel import gettext as _
from wtforms import Field, ValidationError
from wtforms import Form as AnyForm

from participation.web.fields import Readable


class Said:
    """Says what is missing or too long. Lengths count characters as people do."""

    def __init__(self, missing: Any = None, *, longest: int, shortest: int = 1) -> None:
        self.missing, self.longest, self.shortest = missing, longest, shortest
        self.field_flags = {"at_most": longest}

    def __call__(self, form: AnyForm, field: Field) -> None:
        Readable()(form, field)
        text = field.data or ""
        if len(text) > self.longest:
            message = _("Shorten this to %(most)d characters; now it has %(count)d", most=self.longest, count=len(text))
            raise ValidationError(message)
        if self.missing is not None and len(text.strip()) < self.shortest:
            raise ValidationError(str(self.missing))


def line(text: str | None) -> str:
    return " ".join((text or "").split())


def paragraphs(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()
