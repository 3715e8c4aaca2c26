"""What is filled in on the way to a public copy, and for frequent questions."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange

from participation.mailbox.forms.checks import CHINESE, Text, line, paragraphs, shown_number
from participation.mailbox.rules import ANSWER_LIMIT, TITLE_LIMIT, TOPICS
from participation.web.forms import Form


class PlaceForm(Form):
    """One found place: cover it, with which words, or keep it, with the reason."""

    place = HiddenField()
    do = RadioField(_l("This place"), validators=[InputRequired(_l("Choose whether it is covered or stays"))])
    put = StringField(_l("Words in its place"), filters=[line], validators=[Text(longest=30)])
    reason = StringField(_l("Why it may stay"), filters=[line], validators=[Text(longest=200)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.do.choices = [SelectChoice("cover", _("Cover it")), SelectChoice("keep", _("Keep it: it is not personal"))]
        self.do.render_kw = {"hints": {"keep": _("Needs a reason, which is kept on record")}}


class PassageForm(Form):
    """A passage that the detectors missed."""

    passage = StringField(
        _l("Passage to cover, exactly as it stands"),
        filters=[line],
        validators=[Text(_l("Copy the passage to cover"), longest=200)],
    )
    put = StringField(_l("Words in its place"), filters=[line], validators=[Text(longest=30)])


class ArrangeForm(Form):
    """The title of the copy. Empty: the letter's own, covered."""

    title = StringField(_l("Title in your own words"), filters=[line], validators=[Text(longest=TITLE_LIMIT)])


class ReasonForm(Form):
    """A reason for returning, declining or taking back."""

    version = HiddenField()
    reason = TextAreaField(_l("Reason"), filters=[paragraphs], validators=[Text(longest=500)], render_kw={"rows": 2})

    @property
    def shown_version(self) -> int | None:
        return shown_number(self.version.data)


class QuestionForm(Form):
    """A frequent question with its answer."""

    version = HiddenField()
    topic = SelectField(_l("Topic"))
    question = StringField(
        _l("Question"), filters=[line], validators=[Text(_l("Write the question"), longest=100, shortest=4)]
    )
    answer = TextAreaField(
        _l("Answer"),
        filters=[paragraphs],
        validators=[Text(_l("Write the answer"), longest=ANSWER_LIMIT, shortest=5)],
        render_kw={"rows": 8},
    )
    sort = IntegerField(
        _l("Place in the list"),
        validators=[NumberRange(1, 999, message=_l("Enter a number from 1 to 999; small ones come first"))],
        default=100,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic.choices = [SelectChoice(topic, topic, render_kw=CHINESE) for topic in TOPICS]

    @property
    def shown_version(self) -> int | None:
        return shown_number(self.version.data)
