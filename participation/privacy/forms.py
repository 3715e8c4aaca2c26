"""The forms of the pages about one's own data."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from participation.privacy.rules import MOST
from participation.web.forms import Form

_TOO_LONG = _l("Write at most %(max)d characters")


class EraseForm(Form):
    """What shall be erased, and the proof that it is the person: a code that was sent, or the query code."""

    what = HiddenField(default="all")
    proof = StringField(_l("Code or query code"), validators=[Length(max=80)])


class AskForm(Form):
    what = HiddenField()
    text = TextAreaField(_l("What is wrong, and what is right"), validators=[Length(max=MOST, message=_TOO_LONG)])


class NameForm(Form):
    name = StringField(_l("Name of your account"), validators=[Length(max=40, message=_TOO_LONG)])


class WhatForm(Form):
    """A button for one matter."""

    what = HiddenField()


class DecideForm(Form):
    version = HiddenField()
    granted = RadioField(
        _l("What you decide"),
        choices=[SelectChoice("yes", _l("Grant it")), SelectChoice("no", _l("Refuse it"))],
        validators=[InputRequired(_l("Choose"))],
    )
    answer = TextAreaField(_l("Answer with its reason"), validators=[Length(max=MOST, message=_TOO_LONG)])
