"""The forms of the evidence desk."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, TextAreaField
from wtforms.validators import NumberRange, Optional

from participation.web.fields import AtMost, PlainStringField, Readable, Wanted
from participation.web.forms import Form

_DAY = 86_400


class HolderForm(Form):
    name = PlainStringField(
        _l("Name of the office"), validators=[Wanted(_l("Enter the office's name")), Readable(), AtMost(80)]
    )
    name_en = PlainStringField(_l("Name in English"), validators=[Readable(), AtMost(120)])
    address = PlainStringField(
        _l("E-mail address"),
        validators=[Wanted(_l("Enter the e-mail address of the office")), AtMost(254)],
        render_kw={"type": "email", "autocomplete": "off"},
    )


class CorrectionForm(Form):
    cause = TextAreaField(
        _l("What was wrong with the clock, and why"),
        validators=[Wanted(_l("Say what was wrong and why")), Readable(), AtMost(1000)],
    )
    wrong_by_seconds = IntegerField(
        _l("By how many seconds"),
        validators=[
            Optional(),
            NumberRange(-3650 * _DAY, 3650 * _DAY, message=_l("Enter a whole number of seconds")),
        ],
        render_kw={"inputmode": "numeric"},
    )


class DeclineForm(Form):
    reason = TextAreaField(
        _l("Why it is not right"), validators=[Wanted(_l("Say why it is not right")), Readable(), AtMost(1000)]
    )


class ConfirmForm(Form):
    """Only the form token."""
