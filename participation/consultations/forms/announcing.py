"""The announcement, and what may happen to it later."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired

from participation.consultations.forms.fields import Said, line, paragraphs
from participation.consultations.rules.period import KINDS
from participation.consultations.service import Plan
from participation.documents.rules import TEXT_LIMIT
from participation.duties.subjects import lines_for
from participation.web.fields import LocalDateField, PlainStringField, Wanted
from participation.web.forms import Form

_REASON = 2000


class AnnounceForm(Form):
    """Everything an announcement says. Only title and kind are needed to keep a draft."""

    department = SelectField(_l("Department"), validators=[])
    title = StringField(
        _l("Title"), filters=[line], validators=[Said(_l("Give the consultation a title"), longest=120)]
    )
    kind = RadioField(_l("Kind of consultation"), validators=[InputRequired(_l("Choose the kind of consultation"))])
    concerns_business = BooleanField(_l("It concerns business (then at least 30 days for every kind)"))
    decision = PlainStringField(
        _l("Number of the decision in the catalogue, if it has one"), validators=[Said(longest=9)]
    )
    catalogue = PlainStringField(
        _l("Year of the catalogue, if its draft is consulted on"), validators=[Said(longest=4)]
    )
    why = TextAreaField(_l("Why this is needed"), filters=[paragraphs], validators=[Said(longest=1000)])
    text = TextAreaField(_l("Draft"), filters=[paragraphs], validators=[Said(longest=TEXT_LIMIT)])
    file = FileField(_l("Draft as a Word file"), render_kw={"accept": ".docx"})
    upload_key = HiddenField()
    explanation = TextAreaField(_l("Explanation of the draft"), filters=[paragraphs], validators=[Said(longest=10_000)])
    ends_on = LocalDateField(_l("Last day"))
    short_reason = TextAreaField(
        _l("Reason for a shorter period, if it is one"), filters=[paragraphs], validators=[Said(longest=500)]
    )
    promised_feedback_on = LocalDateField(_l("Feedback promised by"))
    contact_person = StringField(_l("Contact person"), filters=[line], validators=[Said(longest=60)])
    contact_phone = StringField(_l("Telephone"), filters=[line], validators=[Said(longest=60)])
    contact_address = StringField(_l("Address for letters"), filters=[line], validators=[Said(longest=200)])
    contact_email = StringField(_l("E-mail address"), filters=[line], validators=[Said(longest=254)])
    contact_visit = StringField(_l("Where to come in person"), filters=[line], validators=[Said(longest=200)])
    version = HiddenField()

    def __init__(self, *args: Any, departments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.department.choices = [SelectChoice(*pair) for pair in departments]
        self.kind.choices = [SelectChoice(kind, _(label)) for kind, label in KINDS.items()]

    def validate_decision(self, field: StringField) -> None:
        if field.data and not (field.data.isascii() and field.data.isdigit()):
            raise ValidationError(_("The number of the decision has digits only"))
        # No row has a number of ten digits, and no database one of twenty.
        known = len(field.data or "") < 10 and lines_for([("decision", int(field.data or 0))], staff=True)
        if field.data and not known:
            raise ValidationError(_("There is no such decision: begin from its page under Major decisions"))

    def validate_catalogue(self, field: StringField) -> None:
        text = field.data or ""
        if text and not (text.isascii() and text.isdigit() and len(text) == 4 and text.startswith("20")):
            raise ValidationError(_("Write the year with four digits, like 2026."))
        if text and self.decision.data:
            raise ValidationError(_("A consultation is about one decision or about a draft catalogue, not both."))

    @property
    def plan(self) -> Plan:
        return Plan(
            title=self.title.data,
            kind=self.kind.data,
            concerns_business=bool(self.concerns_business.data),
            decision_id=int(self.decision.data) if self.decision.data else None,
            catalogue_year=int(self.catalogue.data) if self.catalogue.data else None,
            why=self.why.data,
            explanation=self.explanation.data,
            contact_person=self.contact_person.data,
            contact_phone=self.contact_phone.data,
            contact_address=self.contact_address.data,
            contact_email=self.contact_email.data,
            contact_visit=self.contact_visit.data,
            ends_on=self.ends_on.data,
            short_reason=self.short_reason.data,
            promised_feedback_on=self.promised_feedback_on.data,
        )


class ReasonForm(Form):
    """One act that needs its reason."""

    reason = TextAreaField(_l("Reason"), filters=[paragraphs], validators=[Said(_l("Say why"), longest=_REASON)])


class ExtendForm(Form):
    ends_on = LocalDateField(_l("New last day"), validators=[Wanted(_l("Write the new last day"))])
    feedback_on = LocalDateField(_l("Feedback promised by, if it moves"))
    reason = TextAreaField(_l("Reason"), filters=[paragraphs], validators=[Said(_l("Say why"), longest=_REASON)])


class CorrectForm(Form):
    """A new version of a draft that is public: a correction, or a change of substance with dates."""

    file = FileField(_l("Draft as a Word file"), render_kw={"accept": ".docx"})
    upload_key = HiddenField()
    text = TextAreaField(
        _l("Draft"), filters=[paragraphs], validators=[Said(_l("The draft is empty"), longest=TEXT_LIMIT)]
    )
    reason = TextAreaField(_l("Reason"), filters=[paragraphs], validators=[Said(_l("Say why"), longest=_REASON)])
    substance = RadioField(
        _l("What the change is"), validators=[InputRequired(_l("Say whether the substance changes"))]
    )
    ends_on = LocalDateField(_l("New last day"))
    feedback_on = LocalDateField(_l("Feedback promised by, if it moves"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.substance.choices = [
            SelectChoice("no", _("A correction: the rule stays the same")),
            SelectChoice("yes", _("A change of substance: the period begins anew")),
        ]
        hints = {
            "no": _("A slip of the pen, an unclear word. The last day stays."),
            "yes": _("People commented on something else. They are told and can comment again."),
        }
        self.substance.render_kw = {"hints": hints}

    def validate_ends_on(self, field: LocalDateField) -> None:
        if self.substance.data == "yes" and field.data is None and not field.errors:
            raise ValidationError(_("Write the last day of the new period"))
