"""What a citizen fills in, or window staff for a citizen."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from participation.accounts import queries as accounts
from participation.errors import Refused
from participation.files.rules import ACCEPT
from participation.mailbox.doors import PERSON_NEEDS_UNIT
from participation.mailbox.forms.checks import CHINESE, CHOOSE_KIND, Text, line, paragraphs
from participation.mailbox.rules import CHANNELS, KINDS, OTHER_TOPIC, TEXT_LIMIT, TITLE_LIMIT, TOPICS, read_contact
from participation.web.fields import FilesField, LocalDateField
from participation.web.forms import Form


class Written(Form):
    """The letter itself."""

    text = TextAreaField(
        _l("What you want to say"),
        filters=[paragraphs],
        validators=[Text(_l("Write what happened and what you ask for"), longest=TEXT_LIMIT, shortest=5)],
        render_kw={"rows": 9},
    )
    title = StringField(
        _l("A title in one sentence"),
        filters=[line],
        validators=[Text(_l("Give the letter a title"), longest=TITLE_LIMIT)],
    )
    place = StringField(_l("Where"), filters=[line], validators=[Text(longest=80)])
    kind = RadioField(_l("This letter is"), validators=[InputRequired(CHOOSE_KIND)])
    topic = SelectField(_l("What it is about"), validators=[])
    about = SelectField(_l("The unit it complains about, if any"), validators=[])
    about_person = StringField(
        _l("The person it complains about, if any"), filters=[line], validators=[Text(longest=60)]
    )
    consent = RadioField(
        _l("May the letter be published once it is answered?"),
        choices=[
            SelectChoice("yes", _l("Yes, it may be published")),
            SelectChoice("no", _l("No, please do not publish it")),
        ],
        validators=[InputRequired(_l("Say whether the letter may be published"))],
    )
    files = FilesField(_l("Photos or documents"), render_kw={"accept": ACCEPT})
    submission_key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(kind, _(label)) for kind, (label, _hint) in KINDS.items()]
        self.kind.render_kw = {"hints": {kind: _(hint) for kind, (_label, hint) in KINDS.items()}}
        self.topic.choices = [
            SelectChoice("", _("I am not sure")),
            *(SelectChoice(topic, topic, render_kw=CHINESE) for topic in TOPICS),
        ]
        names = [SelectChoice(str(row.id), row.name, render_kw=CHINESE) for row in accounts.departments()]
        self.about.choices = [SelectChoice("", _("No unit")), *names]

    def validate_about(self, field: SelectField) -> None:
        if self.about_person.data and not field.data:
            raise ValidationError(_(PERSON_NEEDS_UNIT))

    @property
    def topic_or_other(self) -> str:
        return self.topic.data or OTHER_TOPIC

    @property
    def about_id(self) -> int | None:
        return int(self.about.data) if self.about.data else None


class WriteForm(Written):
    """A citizen's own letter."""

    name = StringField(
        _l("What may we call you?"),
        filters=[line],
        validators=[Text(_l("Write your name"), longest=40)],
        render_kw={"autocomplete": "name"},
    )
    contact = StringField(
        _l("Mobile number or e-mail address"),
        filters=[line],
        validators=[Text(longest=254)],
        render_kw={"autocomplete": "tel", "autocapitalize": "none", "spellcheck": "false"},
    )

    def validate_contact(self, field: StringField) -> None:
        read_contact_or_blame(field)


class EnterForm(Written):
    """A letter that staff enter for somebody (代录). A contact is welcome, not needed."""

    channel = SelectField(_l("How it came in"), validators=[])
    received_on = LocalDateField(_l("When it came in"))
    external_number = StringField(_l("Its number there, if it has one"), filters=[line], validators=[Text(longest=60)])
    mailbox = SelectField(_l("Mailbox"), validators=[])
    name = StringField(
        _l("Name of the writer"), filters=[line], validators=[Text(_l("Write the name of the writer"), longest=40)]
    )
    contact = StringField(_l("Mobile number or e-mail address"), filters=[line], validators=[Text(longest=254)])

    def __init__(self, *args: Any, mailboxes: list[SelectChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text.label.text = _("What the writer says")
        self.mailbox.choices = mailboxes
        self.channel.choices = [
            SelectChoice(channel, _(label)) for channel, label in CHANNELS.items() if channel != "web"
        ]

    def validate_contact(self, field: StringField) -> None:
        if field.data:
            read_contact_or_blame(field)


def read_contact_or_blame(field: StringField) -> None:
    try:
        read_contact(field.data or "")
    except Refused as refused:
        message = _(refused.message)
        raise ValidationError(message % refused.args_ if refused.args_ else message) from None


class CodeForm(Form):
    """The last step: the code (when the contact is not verified yet) and the button that sends."""

    code = StringField(
        _l("Code"),
        filters=[line],
        validators=[Text(longest=40)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )
    submission_key = HiddenField()


class TrackForm(Form):
    """Number and secret."""

    number = StringField(
        _l("Letter number"),
        validators=[Text(_l("Enter the number of your letter or comment"), longest=80)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    secret = StringField(
        _l("Query code"),
        validators=[Text(_l("Enter the query code from your receipt"), longest=80)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class ObjectForm(Form):
    """Why the day on which a letter came in is not right."""

    reason = TextAreaField(
        _l("Why the day is not right"),
        filters=[paragraphs],
        validators=[Text(_l("Write why the day is not right"), longest=500)],
        render_kw={"rows": 3},
    )


class ConfirmForm(Form):
    """A button that needs nothing but the form token."""
