"""Opinion points and their answers."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField

from participation.consultations.forms.fields import Said, line, paragraphs
from participation.consultations.rules.comments import REASON_LIMIT
from participation.consultations.rules.outcomes import OUTCOMES
from participation.documents.models import Clause
from participation.web.forms import Form


class PointForm(Form):
    """A new opinion. Its field belongs to the form of the comments, so that the ticked ones go into it."""

    title = StringField(
        _l("The opinion in one sentence"),
        filters=[line],
        validators=[Said(_l("Say the opinion in one sentence"), longest=120)],
        render_kw={"form": "sort"},
    )


class AnswerForm(Form):
    """The answer to a point; the service checks what an outcome needs."""

    outcome = RadioField(_l("Outcome"), validators=[])
    reason = TextAreaField(_l("Reason"), filters=[paragraphs], validators=[Said(longest=REASON_LIMIT)])
    special = TextAreaField(_l("Special explanation"), filters=[paragraphs], validators=[Said(longest=REASON_LIMIT)])
    clause = SelectField(_l("Which clause changed"), default="", validators=[])
    change = TextAreaField(
        _l("How it reads now, or where the change is"), filters=[paragraphs], validators=[Said(longest=REASON_LIMIT)]
    )
    version = HiddenField()

    def __init__(self, *args: Any, clauses: list[Clause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = [SelectChoice(key, _(label)) for key, label in OUTCOMES.items()]
        self.outcome.validate_choice = False  # the service names what is missing
        self.clause.choices = [
            SelectChoice("", _("No clause changed")),
            *(SelectChoice(str(clause.id), clause.label) for clause in clauses),
        ]

    @property
    def clause_id(self) -> int | None:
        return int(self.clause.data) if self.clause.data else None
