"""What staff fill in."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField

from participation.mailbox.forms.checks import Text, line, paragraphs, units
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
    """Why a letter goes back to the office, and who should have it instead."""

    why = RadioField(_l("Why you return it"), validators=[], default="not_ours", validate_choice=False)
    meant_for = SelectField(_l("Who should handle it"), validators=[], default="")
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

    def __init__(self, *args: Any, without: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.why.choices = [
            SelectChoice("not_ours", _("It is not our duty")),
            SelectChoice("joint", _("It is ours, but other units have to help")),
        ]
        self.why.render_kw = {
            "hints": {"joint": _("The government office names the unit that leads and those that help")}
        }
        self.meant_for.choices = [SelectChoice("", _("We do not know")), *units(without)]

    @property
    def said(self) -> str:
        """The reason as it stands on the timeline; Chinese, like everything that staff write."""
        named = {choice.value: choice.label for choice in self.meant_for.choices if choice.value}
        before = "需要几个单位一起办：" if self.why.data == "joint" else ""
        after = f"（建议由{named[self.meant_for.data]}办理）" if self.meant_for.data in named else ""
        return f"{before}{self.reason.data}{after}"


class ApproveForm(Form):
    """The head's decision on the answer as it was shown."""

    version = HiddenField()
    seen = HiddenField()  # the text that was read: shown again when it was changed meanwhile

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
