"""Form fields of our own: days as people write them, telephone numbers, several files."""

import re
import unicodedata
from datetime import date
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import Field, MultipleFileField, StringField, ValidationError

from participation.web import widgets

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def narrow(text: str) -> str:
    """Full-width digits, letters and spaces as their plain forms; outer white space removed."""
    return unicodedata.normalize("NFKC", text).strip()


def parse_day(text: str) -> date | None:
    """A day written as 2026-12-02, 2026/12/2, 2026.12.2 or 2026年12月2日, also in full width."""
    found = _DAY.fullmatch(narrow(text))
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


class LocalDateField(Field):
    """One text field for a day. What cannot be read stays in the field with a sentence beside it."""

    widget = widgets.DayInput()

    def __init__(self, label: Any = None, validators: Any = None, *, unreadable: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.unreadable = unreadable or _l("Write the day like 2026-12-02.")
        self.typed = ""

    def _value(self) -> str:
        return self.typed or (self.data.isoformat() if self.data else "")

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = valuelist[0] if valuelist else ""
        self.data = parse_day(self.typed) if self.typed.strip() else None
        if self.typed.strip() and self.data is None:
            raise ValueError(str(self.unreadable))


class PlainStringField(StringField):
    """One line of text without full-width digits, outer spaces or control characters."""

    widget = widgets.LineInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = narrow(valuelist[0]) if valuelist else ""


class FilesField(MultipleFileField):
    """Several files at once. A text sent under its name is no file."""

    widget = widgets.FilesInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [value for value in valuelist if isinstance(value, FileStorage)]


class Readable:
    """Validator: refuses what no text may contain - control characters and half characters."""

    def __init__(self, message: Any = None) -> None:
        self.message = message or _l("The text contains characters that cannot be stored. Please remove them.")

    def __call__(self, _form: Any, field: Field) -> None:
        text = field.data or ""
        if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\r\t" for letter in text):
            raise ValidationError(str(self.message))


class Wanted:
    """Validator: something must be written; its sentence says what. Stops the other validators."""

    field_flags = {"wanted": True}

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, _form: Any, field: Field) -> None:
        from wtforms.validators import StopValidation

        data = field.data
        if data is None or (isinstance(data, str) and not data.strip()) or data == []:
            if field.errors and any(str(text).strip() for text in field.raw_data or ()):
                raise StopValidation()  # written but unreadable: that sentence is the better one
            field.errors = []
            raise StopValidation(str(self.message))


class AtMost:
    """Validator: at most so many characters, counted as code points (GB 18030: one each)."""

    def __init__(self, limit: int, message: Any = None) -> None:
        self.limit = limit
        self.message = message or _l("Please shorten this to %(limit)d characters.")
        self.field_flags = {"at_most": limit}

    def __call__(self, _form: Any, field: Field) -> None:
        if len((field.data or "").replace("\r\n", "\n")) > self.limit:
            raise ValidationError(str(self.message) % {"limit": self.limit})


def init_app(app: Flask) -> None:
    app.jinja_env.globals["field_kind"] = widgets.kind_of
    app.jinja_env.globals["option_hints"] = widgets.option_hints
