"""What an auditor and the office fill in for a sample."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, NumberRange

from participation.accounts import queries as accounts
from participation.mailbox.forms.checks import CHINESE, Text, paragraphs
from participation.mailbox.sampling import MOST_DRAWN, VERDICTS
from participation.web.fields import LocalDateField, Wanted
from participation.web.forms import Form


class DrawForm(Form):
    """From which answers how many are drawn. The fields' names differ from the judging form's."""

    first = LocalDateField(_l("Answers from"), validators=[Wanted(_l("Write the first day of the period"))])
    last = LocalDateField(_l("until"), validators=[Wanted(_l("Write the last day of the period"))])
    department = SelectField(_l("Unit"), validators=[])
    size = IntegerField(
        _l("How many"),
        validators=[
            InputRequired(_l("Write how many answers are drawn")),
            NumberRange(1, MOST_DRAWN, message=_l("Draw between 1 and 200 answers")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.department.choices = [
            SelectChoice("", _("All units")),
            *(SelectChoice(str(row.id), row.name, render_kw=CHINESE) for row in accounts.departments()),
        ]


class VerdictForm(Form):
    """The auditor's verdict on one answer."""

    verdict = RadioField(_l("Does it answer the letter?"), validators=[InputRequired(_l("Choose a verdict"))])
    reason = TextAreaField(_l("Reason"), filters=[paragraphs], validators=[Text(longest=1000)], render_kw={"rows": 3})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verdict.choices = [SelectChoice(code, _(label)) for code, label in VERDICTS.items()]


class DecisionForm(Form):
    """What the office makes of an answer that did not pass."""

    outcome = RadioField(
        _l("What becomes of it?"),
        choices=[
            SelectChoice("redo", _l("It is answered anew")),
            SelectChoice("kept", _l("It stays as it is")),
        ],
        validators=[InputRequired(_l("Choose what becomes of it"))],
    )
    reason = TextAreaField(
        _l("Reason"),
        filters=[paragraphs],
        validators=[Text(_l("Write the reason for the decision"), longest=1000, shortest=5)],
        render_kw={"rows": 3},
    )
