"""More time: what a unit asks, and what the government office decides."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField, ValidationError

from participation.duties.rules import MOST_EXTENSION_WORKDAYS
from participation.mailbox.forms.checks import Text, line, paragraphs
from participation.mailbox.rules import ANSWER_LIMIT
from participation.web.forms import Form


class ExtendForm(Form):
    """How much longer, why, and what can be told already."""

    workdays = StringField(_l("Workdays to add"), filters=[line], render_kw={"autocomplete": "off"})
    reason = TextAreaField(
        _l("Reason"),
        filters=[paragraphs],
        validators=[Text(_l("Write why more time is needed; the reason becomes public"), longest=300)],
        render_kw={"rows": 3},
    )
    interim = TextAreaField(
        _l("First part of the answer"),
        filters=[paragraphs],
        validators=[Text(_l("Tell the writer what is clear already"), longest=ANSWER_LIMIT)],
        render_kw={"rows": 5},
    )

    @property
    def days(self) -> int | None:
        """The number asked for, None when it is none from 1 to 10."""
        text = self.workdays.data or ""
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
        return number if 1 <= number <= MOST_EXTENSION_WORKDAYS else None

    def validate_workdays(self, field: StringField) -> None:
        if self.days is None:
            raise ValidationError(_("Choose 1 to 10 workdays."))


class DecideForm(Form):
    """The decision on a request. The reason is needed when it is declined."""

    decision = TextAreaField(
        _l("Why no more time is given"),
        filters=[paragraphs],
        validators=[Text(longest=500)],
        render_kw={"rows": 3},
    )
