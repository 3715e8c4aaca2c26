"""What a writer says after the answer: how good it was, or that it was none."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import Optional

from participation.mailbox.forms.checks import Text, paragraphs
from participation.mailbox.rating import ASPECTS, LEVELS, REMARK_LIMIT
from participation.mailbox.reopening import REASON_LIMIT
from participation.web.forms import Form


class RateForm(Form):
    """Three groups of five levels. Nothing is chosen beforehand, and each may stay empty."""

    attitude = RadioField(validators=[Optional()])
    speed = RadioField(validators=[Optional()])
    result = RadioField(validators=[Optional()])
    remark = TextAreaField(
        _l("Anything to add"),
        filters=[paragraphs],
        validators=[Text(longest=REMARK_LIMIT)],
        render_kw={"rows": 3},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in ASPECTS.items():
            field = self[name]
            field.label.text = _(label)
            field.choices = [SelectChoice(str(level), _(words)) for level, words in LEVELS.items()]

    def level(self, name: str) -> int | None:
        return int(self[name].data) if self[name].data else None


class ReopenForm(Form):
    """Why the answer is none."""

    reason = TextAreaField(
        _l("What is still open"),
        filters=[paragraphs],
        validators=[Text(_l("Write what the answer leaves open"), longest=REASON_LIMIT, shortest=5)],
        render_kw={"rows": 4},
    )
