"""A paper of a decision, and what happens to it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, HiddenField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired

from participation.decisions.forms.parts import LineField, VersionedForm
from participation.decisions.paper_findings import KEPT, Finding
from participation.decisions.papers import ATTRIBUTES, GROUNDS, PAPER_ROLES, TEXT_LIMIT, TITLE_LIMIT, VALIDITIES
from participation.decisions.service.papers import PaperFields
from participation.decisions.steps import STEPS
from participation.files.rules import PAPER_ACCEPT
from participation.web.fields import AtMost, LocalDateField, Readable, Wanted

_REASON = 1000


def _said(value: str | None) -> str:
    """A choice that was not sent is the empty one."""
    return value or ""


class PaperForm(VersionedForm):
    """Entering a paper, changing it, or writing a newer version of it."""

    role = SelectField(_l("Which paper it is"), filters=[_said], validators=[Wanted(_l("Choose which paper it is."))])
    step = SelectField(
        _l("Step of the chain"), filters=[_said], description=_l("Only for another paper; the rest have their step.")
    )
    title = LineField(
        _l("Title"), validators=[Wanted(_l("Write the title of the paper.")), Readable(), AtMost(TITLE_LIMIT)]
    )
    form = RadioField(
        _l("How it is entered"),
        choices=[
            SelectChoice("text", _l("Write the text here")),
            SelectChoice("file", _l("Upload a file")),
            SelectChoice("reference", _l("Only name it")),
        ],
        default="text",
        validators=[Wanted(_l("Choose how the paper is entered."))],
        render_kw={
            "hints": {
                "text": _l("People read it as a page, and print it."),
                "file": _l("PDF, Word (docx) or Excel (xlsx), at most 50 MB. Word and Excel are shown as a page too."),
                "reference": _l("For papers that are internal or not public: title, day and who keeps them."),
            }
        },
    )
    text = TextAreaField(_l("Text"), validators=[Readable(), AtMost(TEXT_LIMIT)])
    file = FileField(_l("File"), render_kw={"accept": PAPER_ACCEPT})
    upload_key = HiddenField()
    custodian = LineField(_l("Who keeps it"), validators=[Readable(), AtMost(120)])
    signed_on = LocalDateField(_l("Day of the paper"))
    doc_number = LineField(_l("Number of the document"), validators=[Readable(), AtMost(80)])
    index_number = LineField(_l("Index number"), validators=[Readable(), AtMost(80)])
    issuer = LineField(_l("Issued by"), validators=[Readable(), AtMost(120)])
    attribute = RadioField(
        _l("Is it public?"),
        choices=[SelectChoice(key, _l(label)) for key, label in ATTRIBUTES.items()],
        validators=[Wanted(_l("Say whether the paper is public."))],
        render_kw={
            "hints": {
                "public": _l("Everybody reads it here. This is the rule."),
                "on_request": _l("People see the title and how to ask for it."),
                "not_public": _l("People see that there is such a paper, and the ground. It is only named here."),
            }
        },
    )
    ground_kind = SelectField(_l("Ground, if it is not public to everybody"), filters=[_said])
    ground = TextAreaField(
        _l("In words, if there is more to say"), validators=[Readable(), AtMost(_REASON)],
        description=_l("Shown to the public."),
    )  # fmt: skip
    reason = TextAreaField(_l("Why there is a new version"), validators=[Readable(), AtMost(_REASON)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [SelectChoice(key, _(role.label)) for key, role in PAPER_ROLES.items()]
        self.step.choices = [SelectChoice("", _("Choose"))] + [
            SelectChoice(key, _(step.label)) for key, step in STEPS.items()
        ]
        self.ground_kind.choices = [SelectChoice("", _("Choose"))] + [
            SelectChoice(key, f"{_(ground.label)}（{ground.article}）") for key, ground in GROUNDS.items()
        ]

    @property
    def fields(self) -> PaperFields:
        return PaperFields(
            role=self.role.data or "",
            form=self.form.data or "",
            title=self.title.data or "",
            attribute=self.attribute.data or "",
            step=self.step.data or "",
            ground=self.ground.data or "",
            ground_kind=self.ground_kind.data or "",
            text=(self.text.data or "").replace("\r\n", "\n"),
            index_number=self.index_number.data or "",
            doc_number=self.doc_number.data or "",
            signed_on=self.signed_on.data,
            issuer=self.issuer.data or "",
            custodian=self.custodian.data or "",
        )


class SecrecyForm(VersionedForm):
    read = BooleanField(
        _l("I have read the whole paper, its file included. It holds nothing secret."),
        validators=[InputRequired(_l("Read the paper and tick this, or return it."))],
    )


class PersonalForm(VersionedForm):
    """One question for each thing that may be personal; `questions` pairs it with its field."""

    read = BooleanField(
        _l("I have read the whole paper, its file included. What is personal in it may be public."),
        validators=[InputRequired(_l("Read the paper and tick this, or return it."))],
    )

    def __init__(self, findings: Sequence[Finding], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings = list(findings)

    @property
    def questions(self) -> list[tuple[Finding, Any]]:
        return [(finding, self._fields[finding.key]) for finding in self.findings]

    @property
    def decided(self) -> dict[str, str]:
        return {finding.key: str(field.data or "") for finding, field in self.questions}


def personal_form(findings: Sequence[Finding], *args: Any, **kwargs: Any) -> PersonalForm:
    """The form with a field for each finding, named by the finding's key."""
    fields = {
        finding.key: SelectField(
            _l("Why may it stay?"),
            choices=[SelectChoice("", _("Choose"))] + [SelectChoice(key, _(label)) for key, label in KEPT.items()],
            validators=[Wanted(_l("Decide about this place, or return the paper."))],
        )
        for finding in findings
    }
    return type("PersonalFormOfPaper", (PersonalForm,), fields)(findings, *args, **kwargs)


class ReturnForm(VersionedForm):
    reason = TextAreaField(
        _l("What is to be changed"),
        validators=[Wanted(_l("Say what is to be changed.")), Readable(), AtMost(_REASON)],
    )


class TakeBackForm(VersionedForm):
    reason = TextAreaField(
        _l("Why it is taken back"),
        validators=[Wanted(_l("Say why the paper is taken back.")), Readable(), AtMost(_REASON)],
    )


class ValidityForm(VersionedForm):
    validity = RadioField(
        _l("Validity"),
        choices=[SelectChoice(key, _l(label)) for key, label in VALIDITIES.items()],
        validators=[Wanted(_l("Choose whether the paper is in force."))],
    )
    on = LocalDateField(_l("From which day on"), validators=[Wanted(_l("Write from which day on."))])
    reason = TextAreaField(
        _l("Reason"),
        validators=[Wanted(_l("Write the reason; it is shown to the public.")), Readable(), AtMost(_REASON)],
        description=_l("Shown to the public."),
    )
