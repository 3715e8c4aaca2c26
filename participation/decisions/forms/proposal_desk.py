"""What the desk records of a proposal: papers that came in, the study, the outcome, what goes public."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from participation.accounts import queries as accounts
from participation.consultations.forms.commenting import check_contact
from participation.consultations.forms.fields import Said, line, paragraphs
from participation.decisions.forms.parts import VersionedForm
from participation.decisions.forms.proposal import Written
from participation.decisions.models import Catalogue, Decision
from participation.decisions.proposing import ART_10, ENTERED, NAME_LIMIT, ORIGINS, OUTCOMES, SHOWN, STAGES
from participation.decisions.rules import BODIES, CATEGORIES
from participation.decisions.service.proposing import Said as Saying
from participation.web.fields import LocalDateField, Wanted

CHINESE = {"lang": "zh-CN"}


def units() -> list[SelectChoice]:
    return [SelectChoice(str(row.id), row.name, render_kw=CHINESE) for row in accounts.departments()]


class PaperForm(Written):
    """A paper of somebody outside, or of a leader; the office enters it."""

    origin = SelectField(_l("Whose paper it is"))
    name = StringField(
        _l("Who signed it"),
        filters=[line],
        validators=[Said(_l("Write who signed the paper."), longest=NAME_LIMIT)],
    )
    paper_on = LocalDateField(_l("The day it bears"), validators=[Wanted(_l("Write the day on the paper."))])
    received_on = LocalDateField(_l("The day it came in"), validators=[Wanted(_l("Write the day it came in."))])
    contact = StringField(
        _l("Mobile number or e-mail address, if known"), filters=[line], validators=[Said(longest=254)]
    )
    shown = RadioField(
        _l("May everybody read the proposal?"), validators=[InputRequired(_l("Say what others may read."))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text.label.text = _("The problem, and what is proposed")
        self.origin.choices = [SelectChoice(key, _(ORIGINS[key].label)) for key in ENTERED]
        self.shown.choices = [SelectChoice(key, _(label)) for key, label in SHOWN.items()]

    def validate_contact(self, field: StringField) -> None:
        if field.data:
            check_contact(field)


class DepartmentForm(Written):
    """713号 art. 10, second item: problem, reason and basis, and a first plan."""

    department = SelectField(_l("Department"))
    plan = TextAreaField(
        _l("First plan, why it is needed and why it can be done"), filters=[paragraphs], validators=[Said(longest=5000)]
    )

    def __init__(self, *args: Any, departments: list[SelectChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.department.choices = departments
        self.text.label.text = _("The main problem to be solved")
        self.basis.label.text = _("Law or paper it rests on")

    @property
    def saying(self) -> Saying:
        said = super().saying
        return Saying(said.title, said.text, said.reason, said.basis, self.plan.data or "")


class StudyForm(VersionedForm):
    department = SelectField(_l("Unit that studies it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.department.choices = [SelectChoice("", _("Choose a unit")), *units()]

    def validate_department(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(_("Choose the unit that studies it."))


class ResultForm(VersionedForm):
    by = StringField(
        _l("Who studied it"),
        filters=[line],
        validators=[Said(_l("Write who studied the proposal."), longest=200)],
    )
    on = LocalDateField(_l("On which day"), validators=[Wanted(_l("Write the day, like 2026-12-02."))])
    result = TextAreaField(
        _l("What the study came to"),
        filters=[paragraphs],
        validators=[Said(_l("Write what the study came to."), longest=5000)],
    )


class OutcomeForm(VersionedForm):
    """Which of the three, and what each of them needs; the service says what is missing."""

    outcome = RadioField(_l("What becomes of it"), validators=[InputRequired(_l("Choose what becomes of it."))])
    decided_on = LocalDateField(
        _l("The government decided on"), validators=[Wanted(_l("Write the day of the government's decision."))]
    )
    body = SelectField(_l("Who decided"))
    catalogue = SelectField(_l("In the catalogue of"))
    title = StringField(_l("Title of the new item"), filters=[line], validators=[Said(longest=200)])
    category = SelectField(_l("Category"))
    lead_department_id = SelectField(_l("Unit in the lead"))
    item = SelectField(_l("The item it goes into"))
    reason = TextAreaField(_l("Reason"), filters=[paragraphs], validators=[Said(longest=2000)])
    article = StringField(_l("Article it rests on"), filters=[line], validators=[Said(longest=120)])

    def __init__(self, *args: Any, catalogues: list[Catalogue], items: list[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {
            "taken": _("It becomes an item of the catalogue in preparation."),
            "merged": _("It goes into an item that is there already."),
            "not_taken": _("With the reason and the article; both are public."),
        }
        self.outcome.choices = [SelectChoice(key, _(STAGES[key])) for key in OUTCOMES]
        self.outcome.render_kw = {"hints": hints}
        self.body.choices = [SelectChoice(key, _(label)) for key, label in BODIES.items()]
        years = [SelectChoice(str(row.year), str(row.year)) for row in catalogues]
        self.catalogue.choices = [SelectChoice("", _("Choose a year")), *years]
        self.category.choices = [
            SelectChoice("", _("Choose a category")),
            *(SelectChoice(key, _(label)) for key, label in CATEGORIES.items()),
        ]
        self.lead_department_id.choices = [SelectChoice("", _("Not named yet")), *units()]
        self.item.choices = [
            SelectChoice("", _("Choose an item")),
            *(
                SelectChoice(str(row.id), f"{row.catalogue.year} · {row.number}. {row.title}", render_kw=CHINESE)
                for row in items
            ),
        ]
        self.article.description = _("For example: %(article)s", article=ART_10)

    def validate_catalogue(self, field: SelectField) -> None:
        if self.outcome.data == "taken" and not field.data:
            raise ValidationError(_("Choose a year. If it is not there, begin its catalogue first."))

    def validate_title(self, field: StringField) -> None:
        if self.outcome.data == "taken" and not field.data:
            raise ValidationError(_("Write the title of the decision."))

    def validate_item(self, field: SelectField) -> None:
        if self.outcome.data == "merged" and not field.data:
            raise ValidationError(_("Choose the item it goes into."))


class ShowForm(VersionedForm):
    title = StringField(
        _l("Title for everybody"),
        filters=[line],
        validators=[Said(_l("Write the title that everybody reads."), longest=200)],
    )
    text = TextAreaField(_l("Text for everybody"), filters=[paragraphs], validators=[Said(longest=5000)])


class UndoForm(VersionedForm):
    undo_reason = TextAreaField(
        _l("Why the outcome is taken back"),
        filters=[paragraphs],
        validators=[Said(_l("Write why the outcome is taken back."), longest=1000)],
    )
