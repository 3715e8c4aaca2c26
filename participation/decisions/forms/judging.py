"""Forms of those who judge the draft: experts, risk, legality, the meeting."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice

from participation.decisions import experts, meeting, review, risks
from participation.decisions.forms.before import day, line, words
from participation.decisions.forms.counts import GroupRow, PointRow, rows
from participation.decisions.forms.parts import VersionedForm


def _choices(names: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(key, _(label)) for key, label in names.items()]


def _one_of(label: Any, description: Any = "") -> RadioField:
    return RadioField(label, validate_choice=False, description=description)


class ExpertForm(VersionedForm):
    name = line(_l("Name"), _l("Shown to colleagues only."))
    field = line(_l("Field"))
    organisation = line(_l("Where the expert works"))
    declared_on = day(_l("Declared to have no direct interest on"))
    interested = BooleanField(_l("The expert has a direct interest in the matter"))


class OpinionForm(VersionedForm):
    conclusion = _one_of(_l("What the opinion comes to"))
    opinion = words(_l("The opinion, as the expert wrote it"))
    signed_on = day(_l("Signed on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conclusion.choices = _choices(experts.CONCLUSIONS)


class ArgumentForm(VersionedForm):
    on = day(_l("Finished on"))
    way = _one_of(_l("How the experts worked"))
    adopted = words(_l("What was adopted of the opinions"), _l("Shown to the public."))
    not_adopted = words(_l("What was not adopted, and why"), _l("An opinion against is answered in any case."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way.choices = _choices(experts.WAYS)


class RiskForm(VersionedForm):
    on = day(_l("Assessed on"))
    assessor = line(_l("Who assessed the risks"))
    way = line(_l("How"), _l("For example visits, figures, a meeting with the units concerned."))
    points = rows(PointRow, _l("Risks"), first=3)
    level = _one_of(_l("Level of risk as a whole"))
    plan = words(_l("Plan for the case that it happens anyway"))
    existing_title = line(
        _l("An assessment that exists already"), _l("Made under other rules: it is not repeated. Its title.")
    )
    existing_on = day(_l("Its day"))
    existing_by = line(_l("Who made it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level.choices = _choices(risks.LEVELS)


class SendForm(VersionedForm):
    reviewer = line(_l("Who reviews"))
    on = day(_l("Sent on"))
    due_on = day(_l("The reviewer has time until"), _l("At least 7 workdays; the day of sending is not counted."))
    short_reason = words(_l("Reason for less than 7 workdays"), _l("It is printed in the chain."))


class ConcludeForm(VersionedForm):
    on = day(_l("Opinion of"))
    conclusion = _one_of(_l("What the review came to"))
    points = words(_l("What the reviewer wants changed"), _l("Internal: shown to colleagues only."))
    opinion_title = line(_l("Title of the opinion"), _l("Only its name: the opinion itself is never stored here."))
    opinion_number = line(_l("Its number"))
    custodian = line(_l("Who keeps it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conclusion.choices = _choices(review.CONCLUSIONS)


class ChangesForm(VersionedForm):
    on = day(_l("Changed on"))
    changes = words(_l("How the changes were made"), _l("Enter the changed draft among the papers first."))


class PackageForm(VersionedForm):
    on = day(_l("Submitted on"))


class MeetingForm(VersionedForm):
    kind = _one_of(_l("Which meeting"))
    session = line(_l("Which session"), _l("For example the 23rd executive meeting."))
    on = day(_l("Held on"))
    outcome = _one_of(_l("What the meeting decided"))
    changes = words(_l("What the meeting changed"))
    onward = _one_of(_l("What happens then"), _l("Only where it was put off or not approved."))
    onward_text = words(_l("More about it"))
    guests = rows(GroupRow, _l("Guests who sat in"), first=2, description=_l("Groups and numbers, no names."))
    guest_opinions = words(_l("What the guests said, and what was adopted of it"), _l("Shown to the public."))
    minutes_title = line(_l("Title of the record of the meeting"), _l("Only its name: it is never stored here."))
    minutes_number = line(_l("Its number"))
    custodian = line(_l("Who keeps it"))
    against_majority = BooleanField(_l("The head decided against the majority, and explained why"))
    explanation_kept = line(_l("Where the explanation is kept"), _l("Internal, never public."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = _choices(meeting.KINDS)
        self.outcome.choices = _choices(meeting.OUTCOMES)
        self.onward.choices = [SelectChoice("", _("Nothing: it was approved")), *_choices(meeting.NEXT)]
