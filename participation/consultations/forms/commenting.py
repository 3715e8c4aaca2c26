"""A comment: written by a citizen, entered by staff, sent with a code, followed by number."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from participation.consultations.forms.fields import Said, line, paragraphs
from participation.consultations.rules.comments import CHANNELS, NAME_LIMIT, TEXT_LIMIT, read_contact
from participation.documents.models import Clause
from participation.errors import Refused
from participation.web.fields import FilesField, LocalDateField, PlainStringField, Wanted
from participation.web.forms import Form
from participation.web.said import sentence

_ACCEPT = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"


class _Comment(Form):
    """The comment itself. The choices of `clause` are the clauses of the draft."""

    clause = SelectField(_l("What you comment on"), default="", validators=[])
    text = TextAreaField(
        _l("Your comment"),
        filters=[paragraphs],
        validators=[Said(_l("Write what you want to say"), longest=TEXT_LIMIT)],
    )
    consent = RadioField(
        _l("May the comment be shown in public?"),
        choices=[
            SelectChoice("yes", _l("Yes, without my full name")),
            SelectChoice("no", _l("No, only the department reads it")),
        ],
        validators=[InputRequired(_l("Say whether the comment may be shown"))],
    )
    files = FilesField(_l("Attachments, if any"), render_kw={"accept": _ACCEPT})
    submission_key = HiddenField()

    def __init__(self, *args: Any, clauses: list[Clause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clause.choices = [
            SelectChoice("", _("The whole draft")),
            *(SelectChoice(str(clause.id), clause.label, render_kw={"lang": "zh-CN"}) for clause in clauses),
        ]

    @property
    def clause_id(self) -> int | None:
        return int(self.clause.data) if self.clause.data else None


class CommentForm(_Comment):
    """A citizen's own comment."""

    name = StringField(_l("Your name"), filters=[line], validators=[Said(_l("Write your name"), longest=NAME_LIMIT)])
    contact = StringField(
        _l("Mobile number or e-mail address"),
        filters=[line],
        validators=[Said(longest=254)],
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )

    def validate_contact(self, field: StringField) -> None:
        check_contact(field)


class EnterForm(_Comment):
    """An opinion that came another way; staff enter it."""

    channel = SelectField(_l("How the opinion came in"), validators=[])
    received_on = LocalDateField(_l("Day it arrived"), validators=[Wanted(_l("Write the day on which it arrived"))])
    name = StringField(_l("Name, or the organisation's"), filters=[line], validators=[Said(longest=NAME_LIMIT)])
    contact = StringField(
        _l("Mobile number or e-mail address, if known"), filters=[line], validators=[Said(longest=254)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel.choices = [
            SelectChoice(channel, _(label)) for channel, label in CHANNELS.items() if channel != "online"
        ]

    def validate_contact(self, field: StringField) -> None:
        if field.data:
            check_contact(field)


def check_contact(field: StringField) -> None:
    try:
        read_contact(field.data or "")
    except Refused as refused:
        raise ValidationError(sentence(refused)) from None


class CodeForm(Form):
    """The code, when the contact is not verified yet, and the button that sends."""

    code = PlainStringField(
        _l("Code"),
        validators=[Said(longest=40)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class TrackForm(Form):
    """Number and secret, as on the receipt."""

    number = StringField(
        _l("Comment number"),
        validators=[Said(_l("Enter the number of your comment"), longest=80)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    secret = StringField(
        _l("Query code"),
        validators=[Said(_l("Enter the query code from your receipt"), longest=80)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class ConfirmForm(Form):
    """A button that needs nothing but the form token."""
