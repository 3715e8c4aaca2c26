"""A file of letters from elsewhere."""

from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import FileField, HiddenField, SelectChoice, SelectField

from participation.web.fields import Wanted
from participation.web.forms import Form


class OneFileField(FileField):
    """A text sent under its name is no file."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        chosen = [value for value in valuelist if isinstance(value, FileStorage) and value.filename]
        self.data = chosen[0] if chosen else None


class ImportForm(Form):
    """Which mailbox, and the file."""

    mailbox = SelectField(_l("Mailbox"), validators=[])
    file = OneFileField(_l("File (.xlsx or .csv)"), validators=[Wanted(_l("Choose the file with the letters"))])
    submission_key = HiddenField()

    def __init__(self, *args: Any, mailboxes: list[SelectChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mailbox.choices = mailboxes
