"""What staff fill in."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from participation.accounts import queries as accounts
from participation.mailbox.forms.checks import CHINESE, Text, line, paragraphs
from participation.mailbox.rules import ANSWER_LIMIT, GROUNDS, TEXT_LIMIT, TITLE_LIMIT, TOPICS
from participation.web.forms import Form


def _units(without: set[int]) -> list[SelectChoice]:
    rows = [row for row in accounts.departments() if row.id not in without]
    return [SelectChoice(str(row.id), row.name, render_kw=CHINESE) for row in rows]


class AssignForm(Form):
    """To whom the office gives the letter. The unit concerned is not in the list."""

    department = SelectField(
        _l("Who handles it"), validators=[InputRequired(_l("Choose the unit that handles the letter"))]
    )
    topic = SelectField(_l("Topic"), validators=[])
    reason = TextAreaField(_l("Reason"), filters=[paragraphs], validators=[Text(longest=500)], render_kw={"rows": 2})

    def __init__(self, *args: Any, without: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.department.choices = [SelectChoice("", _("Choose")), *_units(without)]
        self.topic.choices = [SelectChoice(topic, topic, render_kw=CHINESE) for topic in TOPICS]


class RefuseForm(Form):
    """Why a letter is not taken."""

    ground = RadioField(_l("Ground"), validators=[InputRequired(_l("Choose why the letter is not taken"))])
    text = TextAreaField(
        _l("Tell the writer"),
        filters=[paragraphs],
        validators=[Text(_l("Tell the writer why, and where the matter can be taken"), longest=2000, shortest=10)],
        render_kw={"rows": 4},
    )
    proper_channel = StringField(_l("The right place for it"), filters=[line], validators=[Text(longest=200)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground.choices = [SelectChoice(code, _(ground.label)) for code, ground in GROUNDS.items()]
        self.ground.render_kw = {"hints": {code: _(ground.channel) for code, ground in GROUNDS.items()}}


class RestrictForm(Form):
    """Which unit a letter accuses."""

    about = SelectField(_l("The unit that the letter is about"), validators=[InputRequired(_l("Choose the unit"))])

    def __init__(self, *args: Any, without: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about.choices = [SelectChoice("", _("Choose")), *_units(without)]


class AnswerForm(Form):
    """The editor. `version` is the answer's as the page showed it, empty before the first draft."""

    text = TextAreaField(
        _l("Answer"),
        filters=[paragraphs],
        validators=[Text(_l("Write the answer"), longest=ANSWER_LIMIT)],
        render_kw={"rows": 12},
    )
    contact = StringField(
        _l("Whom the writer can ask: section and telephone"), filters=[line], validators=[Text(longest=120)]
    )
    version = HiddenField()

    @property
    def shown_version(self) -> int | None:
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class ReturnForm(Form):
    """Why a letter goes back to the office."""

    reason = TextAreaField(
        _l("Why it is not yours"),
        filters=[paragraphs],
        validators=[Text(_l("Write why the letter is not yours"), longest=1000)],
        render_kw={"rows": 3},
    )
    basis = StringField(
        _l("Basis"),
        filters=[line],
        validators=[Text(_l("Name the basis: the document that says whose duty it is"), longest=300)],
    )


class ApproveForm(Form):
    """The head's decision, and the public copy when the writer consented."""

    version = HiddenField()
    publish = BooleanField(_l("Publish the letter and the answer"))
    public_title = StringField(_l("Title of the public copy"), filters=[line], validators=[Text(longest=TITLE_LIMIT)])
    public_text = TextAreaField(
        _l("Letter, as the public reads it"),
        filters=[paragraphs],
        validators=[Text(longest=TEXT_LIMIT)],
        render_kw={"rows": 6},
    )
    public_answer = TextAreaField(
        _l("Answer, as the public reads it"),
        filters=[paragraphs],
        validators=[Text(longest=ANSWER_LIMIT)],
        render_kw={"rows": 8},
    )

    @property
    def shown_version(self) -> int | None:
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class SendBackForm(Form):
    """What has to change before the answer can go out."""

    reason = TextAreaField(
        _l("When you return it, write what has to change"),
        filters=[paragraphs],
        validators=[Text(_l("Write what has to change"), longest=1000)],
        render_kw={"rows": 3},
    )
