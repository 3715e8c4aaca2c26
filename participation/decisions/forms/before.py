"""Forms of the start, the draft, disputes, and how people were heard."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectMultipleField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from participation.decisions.forms.counts import CountField, GroupRow, rows
from participation.decisions.forms.parts import LineField, VersionedForm
from participation.decisions.means import GROUPS, MEANS, SPECIAL
from participation.web.fields import AtMost, LocalDateField, Readable

LONG, LINE = [Readable(), AtMost(4000)], [Readable(), AtMost(200)]


def words(label: Any, description: Any = "") -> TextAreaField:
    return TextAreaField(label, validators=list(LONG), description=description)


def line(label: Any, description: Any = "") -> LineField:
    return LineField(label, validators=list(LINE), description=description)


def day(label: Any = None, description: Any = "") -> LocalDateField:
    return LocalDateField(label if label is not None else _l("On which day"), description=description)


class StartForm(VersionedForm):
    on = day(_l("Started on"))
    decided_by = line(_l("Who decided to start"), _l("For example the district government, or a meeting of it."))
    contact = line(_l("Telephone of the unit"), _l("Shown to the public."))
    special_groups = SelectMultipleField(
        _l("Does it touch one of these groups in particular?"),
        description=_l("They must be heard before public participation can be finished."),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.special_groups.choices = [SelectChoice(key, _(GROUPS[key])) for key in SPECIAL]


class DraftForm(VersionedForm):
    on = day(_l("Draft finished on"))
    study = words(_l("How the matter was studied"), _l("Visits, figures, what others did. Shown to the public."))
    asked = line(_l("Which units were asked"))


class DisputeForm(VersionedForm):
    question = words(_l("On what the units do not agree"), _l("Internal: shown to colleagues only."))
    lead_view = words(_l("View of the unit in the lead, with its reasons"))
    other_unit = line(_l("The other unit"))
    other_view = words(_l("View of the other unit, with its reasons"))


class ReportDisputeForm(VersionedForm):
    on = day(_l("Reported on"))
    to = line(_l("Who was told"))
    ruling = words(_l("What they decided"))


class MeansForm(VersionedForm):
    kind = RadioField(_l("How people were heard"), validate_choice=False)
    held_on = day(_l("On which day"))
    until = day(_l("Until which day"), _l("Only where it took several days."))
    place = line(_l("Where"))
    took_part = rows(GroupRow, _l("Who took part"), first=4, description=_l("Groups and numbers, no names."))
    who = line(_l("More about them"), _l("For example which communities or associations. No names of persons."))
    asked = CountField(_l("Forms handed out"), description=_l("Only of surveys and questionnaires."))
    answered = CountField(_l("Forms that came back"))
    result = words(_l("Which opinions were heard"), _l("Shown to the public."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(key, _(label)) for key, label in MEANS.items()]


class AdoptForm(VersionedForm):
    on = day(_l("Studied on"))
    adopted = words(_l("Opinions adopted"), _l("Shown to the public, like the answer to a comment."))
    not_adopted = words(_l("What was not adopted, and why"))
    told_on = day(_l("The representatives were told on"), _l("Only of an open meeting."))


class FinishForm(VersionedForm):
    on = day(_l("Finished on"))
    note = words(_l("One or two sentences for the public"))


class ReasonForm(VersionedForm):
    reason = words(_l("Reason"), _l("It stays with the record, for good."))


class NotPublicForm(VersionedForm):
    """A step whose report is not public stands in the chain with its ground."""

    on = day(_l("Finished on"))
    state = RadioField(_l("Is the report public?"), default="done")
    ground = line(_l("Ground, where it is not public"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = [
            SelectChoice("done", _("Public, or on request")),
            SelectChoice("not_public", _("Not public")),
        ]
