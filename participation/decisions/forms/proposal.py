"""A proposal: written by anybody, sent with a code, followed by number and secret."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired

from participation.consultations.forms.commenting import check_contact
from participation.consultations.forms.fields import Said, line, paragraphs
from participation.decisions.proposing import NAME_LIMIT, ORIGINS, SHOWN, TEXT_LIMIT, TITLE_LIMIT, WITH_FORM
from participation.decisions.service.proposing import Said as Saying
from participation.files.rules import ACCEPT
from participation.web.fields import FilesField
from participation.web.forms import Form


class Written(Form):
    """What every proposal says."""

    title = StringField(
        _l("What should be decided, in one sentence"),
        filters=[line],
        validators=[Said(_l("Say in one sentence what should be decided."), longest=TITLE_LIMIT)],
    )
    text = TextAreaField(
        _l("The problem, and what you propose"),
        filters=[paragraphs],
        validators=[Said(_l("Write what the problem is and what should be decided."), longest=TEXT_LIMIT)],
    )
    reason = TextAreaField(_l("Why this needs a decision"), filters=[paragraphs], validators=[Said(longest=2000)])
    basis = StringField(_l("Law or paper it rests on, if you know one"), filters=[line], validators=[Said(longest=300)])
    files = FilesField(_l("Attachments, if any"), render_kw={"accept": ACCEPT})
    submission_key = HiddenField()

    @property
    def saying(self) -> Saying:
        return Saying(
            title=self.title.data or "",
            text=self.text.data or "",
            reason=self.reason.data or "",
            basis=self.basis.data or "",
        )


class ProposeForm(Written):
    """A citizen's or an organisation's own proposal."""

    origin = RadioField(_l("Who makes the proposal?"), validators=[InputRequired(_l("Say who makes the proposal."))])
    shown = RadioField(
        _l("May everybody read your proposal?"), validators=[InputRequired(_l("Say what others may read."))]
    )
    name = StringField(
        _l("Your name, or the organisation's"),
        filters=[line],
        validators=[Said(_l("Write your name"), longest=NAME_LIMIT)],
    )
    contact = StringField(
        _l("Mobile number or e-mail address"),
        filters=[line],
        validators=[Said(longest=254)],
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.origin.choices = [SelectChoice(key, _(ORIGINS[key].label)) for key in WITH_FORM]
        self.shown.choices = [SelectChoice(key, _(label)) for key, label in SHOWN.items()]

    def validate_contact(self, field: StringField) -> None:
        check_contact(field)


class TrackForm(Form):
    """Number and secret, as on the receipt."""

    number = StringField(
        _l("Proposal number"),
        validators=[Said(_l("Enter the number of your proposal"), longest=80)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    secret = StringField(
        _l("Query code"),
        validators=[Said(_l("Enter the query code from your receipt"), longest=80)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
