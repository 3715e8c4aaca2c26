"""The small calculator on the calendar's page, and the upload of a notice."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import ValidationError

from participation.web.fields import LocalDateField, PlainStringField, Wanted
from participation.web.forms import Form
from participation.workdays import MOST_WORKDAYS


class CountForm(Form):
    """Asked by address (`?from=2026-11-19&days=5`), so that a count can be linked to."""

    class Meta:
        csrf = False

    start = LocalDateField(
        _l("Day of receipt"), [Wanted(_l("Write the day on which it was received, like 2026-11-19."))], name="from"
    )
    days = PlainStringField(_l("Workdays"), [Wanted(_l("Write how many workdays to count, like 5."))])

    def validate_days(self, field: PlainStringField) -> None:
        if not (field.data.isdecimal() and len(field.data) < 5 and 1 <= int(field.data) <= MOST_WORKDAYS):
            raise ValidationError(str(_l("Write a number of workdays from 1 to 366.")))


class NoticeForm(Form):
    file = FileField(_l("The notice as a CSV file"), [Wanted(_l("Choose the file with the notice."))])
