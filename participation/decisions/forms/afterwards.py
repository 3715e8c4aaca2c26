"""Forms of what follows the meeting: publication, interpretation, execution, evaluation, turns, the dossier."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import RadioField, SelectChoice, SelectField, StringField

from participation.decisions import aftermath
from participation.decisions.forms.before import day, line, words
from participation.decisions.forms.counts import rows
from participation.decisions.forms.parts import VersionedForm
from participation.web.fields import AtMost, Readable
from participation.web.widgets import LineInput


def _choices(names: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(key, _(label)) for key, label in names.items()]


def _one_of(label: Any, description: Any = "", **kwargs: Any) -> RadioField:
    return RadioField(label, validate_choice=False, description=description, **kwargs)


def _from_list(label: Any, description: Any = "") -> SelectField:
    return SelectField(label, validate_choice=False, description=description)


class PolicyForm(VersionedForm):
    policy = _one_of(_l("Is the text a policy document?"), default="yes")
    reason = words(_l("Why it is not one"), _l("Only where it is not. Shown to the public."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy.choices = [
            SelectChoice("yes", _("Yes: it comes with an interpretation")),
            SelectChoice("no", _("No")),
        ]


class PlanForm(VersionedForm):
    form = _one_of(_l("Form"), default="text")
    words = words(_l("Who explains what to whom, where and when"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.choices = _choices(aftermath.INTERPRETATION_FORMS)


class MaterialForm(VersionedForm):
    paper_id = _from_list(_l("Which paper"), _l("A paper that was entered as an interpretation."))
    form = _one_of(_l("Form"), default="text")
    changes = words(_l("What changes"), _l("In your own words, shown to the public."))
    for_whom = line(_l("For whom"))
    from_when = line(_l("From when on"))
    url = line(_l("Address of the video or the pictures"), _l("Only where they stand elsewhere."))

    def __init__(self, *args: Any, papers: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.choices = _choices(aftermath.INTERPRETATION_FORMS)
        self.paper_id.choices = _papers(papers)


def _papers(papers: Iterable[tuple[int, str]]) -> list[SelectChoice]:
    chinese = {"lang": "zh-CN"}
    return [
        SelectChoice("", _("Choose a paper")),
        *(SelectChoice(str(key), title, render_kw=chinese) for key, title in papers),
    ]


class SignForm(VersionedForm):
    signer = line(_l("Who signed"), _l("The post, as it stands on the paper."))
    on = day(_l("Signed on"))


class ChannelRow(PlainForm):
    kind = SelectField(_l("Way"), validate_choice=False)
    where = StringField(_l("Where"), validators=[Readable(), AtMost(120)], widget=LineInput())
    url = StringField(_l("Address"), validators=[Readable(), AtMost(500)], widget=LineInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice("", _("Choose a way")), *_choices(aftermath.CHANNELS)]


class PublishForm(VersionedForm):
    on = day(_l("Published on"))
    issuer = line(_l("Who publishes"))
    doc_number = line(_l("Number of the document"))
    channels = rows(ChannelRow, _l("Where it is published"), first=3)
    adoption = words(
        _l("What was adopted of the opinions of people and experts"), _l("Shown to the public beside the text.")
    )
    ground = line(_l("Ground, where the text is not public"))


class ExecutionForm(VersionedForm):
    department_id = _from_list(_l("Unit that carries it out"))
    on = day(_l("Begun on"))
    plan = words(_l("What is done by when"), _l("Shown to the public."))

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chinese = {"lang": "zh-CN"}
        self.department_id.choices = [
            SelectChoice("", _("Choose a unit")),
            *(SelectChoice(str(key), name, render_kw=chinese) for key, name in units),
        ]


class FigureRow(PlainForm):
    name = StringField(_l("What was counted"), validators=[Readable(), AtMost(60)], widget=LineInput())
    value = StringField(_l("Figure"), validators=[Readable(), AtMost(40)], widget=LineInput())


class ReportForm(VersionedForm):
    quarter = _from_list(_l("Quarter"))
    text = words(_l("What was done"), _l("Public at once."))
    figures = rows(FigureRow, _l("Figures"), first=3)
    problems = words(_l("Difficulties"), _l("Where there are any."))
    paper_id = _from_list(_l("Report as a paper"), _l("Where there is one."))

    def __init__(
        self,
        *args: Any,
        quarters: Iterable[tuple[str, str]] = (),
        papers: Iterable[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.quarter.choices = [SelectChoice(key, label) for key, label in quarters]
        self.paper_id.choices = _papers(papers)


class ProblemForm(VersionedForm):
    on = day(_l("Reported on"))
    problems = words(_l("Which difficulty there is"), _l("The decision is faulty, or circumstances have changed."))
    text = words(_l("What was done so far"))


class CompletionForm(VersionedForm):
    on = day(_l("Carried out on"))
    outcome = words(_l("What came of the decision"), _l("Shown to the public."))


class EvaluationForm(VersionedForm):
    on = day(_l("Begun on"))
    cause = _one_of(_l("Why it is evaluated"))
    reason = words(_l("More about the reason"), _l("Shown to the public."))
    assessor_kind = _one_of(_l("Who evaluates"))
    assessor = line(_l("Name of the organisation"), _l("Nobody who argued or assessed this decision before."))
    people = words(_l("Names of the experts"), _l("One a line; shown to colleagues only."))
    method = line(_l("How it is evaluated"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cause.choices = _choices(aftermath.CAUSES)
        self.assessor_kind.choices = _choices(aftermath.ASSESSORS)


class ResultForm(VersionedForm):
    on = day(_l("Finished on"))
    heard = words(_l("How people, deputies and associations were heard"))
    findings = words(_l("What was found"), _l("Shown to the public."))
    conclusion = _one_of(_l("What it comes to"))
    advice = words(_l("What should change"), _l("Not needed where it carries on as it is."))
    paper_id = _from_list(_l("Evaluation report"), _l("A paper that was entered as an evaluation report."))

    def __init__(self, *args: Any, papers: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conclusion.choices = _choices(aftermath.CONCLUSIONS)
        self.paper_id.choices = _papers(papers)


class TurnForm(VersionedForm):
    decided_by = line(_l("Who decided"), _l("The post or the meeting, as the public reads it."))
    on = day(_l("Decided on"))
    reason = words(_l("Reason"), _l("Shown to the public."))


class CloseForm(VersionedForm):
    on = day(_l("Closed on"))


class FilingForm(VersionedForm):
    on = day(_l("Filed on"))
    receiver = line(_l("Who received it"))
    receipt_number = line(_l("Number of the receipt"))
