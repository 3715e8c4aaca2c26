"""What is filled in to ask for a list of contacts, and to decide about one."""

from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import HiddenField, RadioField, SelectChoice, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired

from participation.privacy.contact_lists.rules import FIELDS, GROUNDS, LONGEST, LONGEST_DOCUMENT
from participation.web.fields import AtMost, LocalDateField, PlainStringField, Readable, Wanted
from participation.web.forms import Form


def chinese(article: str) -> Markup:
    """Articles are content: Chinese in every language."""
    return Markup('<span lang="zh-CN">{}</span>').format(article)


class AskForm(Form):
    """`scope` and what goes with it are in the address; the form repeats them."""

    purpose = TextAreaField(
        _l("What the contacts are needed for"),
        validators=[Wanted(_l("Write what the contacts are needed for")), AtMost(LONGEST), Readable()],
    )
    ground = RadioField(_l("Ground in law"), validators=[InputRequired(_l("Choose the ground that fits"))])
    document = PlainStringField(
        _l("Who demands it, and the number of the paper"), validators=[AtMost(LONGEST_DOCUMENT), Readable()]
    )
    fields = SelectMultipleField(_l("What the list contains"))
    last_day = LocalDateField(_l("Needed until"), validators=[Wanted(_l("Choose a last day within the next 30 days"))])

    def __init__(self, *args: Any, scope: str, say: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = {key: one for key, one in GROUNDS.items() if scope in one.scopes}
        self.ground.choices = [SelectChoice(key, say(one.label)) for key, one in fitting.items()]
        self.ground.render_kw = {"hints": {key: chinese(one.article) for key, one in fitting.items()}}
        self.fields.choices = [(key, say(label)) for key, label in FIELDS.items()]


class DecideForm(Form):
    version = HiddenField()
    decision = RadioField(
        _l("What you decide"),
        choices=[SelectChoice("yes", _l("Allow it as it is asked")), SelectChoice("no", _l("Do not allow it"))],
        validators=[InputRequired(_l("Choose"))],
    )
    reason = TextAreaField(_l("Why it is not allowed"), validators=[AtMost(LONGEST), Readable()])


class StepForm(Form):
    """A button of the asker."""

    version = HiddenField()
