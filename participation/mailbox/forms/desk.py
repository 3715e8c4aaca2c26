"""What staff fill in."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField

from participation.mailbox.forms.checks import Text, line, paragraphs
from participation.mailbox.rules import ANSWER_LIMIT
from participation.web.forms import Form


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
    """The head's decision on the answer as it was shown."""

    version = HiddenField()

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
