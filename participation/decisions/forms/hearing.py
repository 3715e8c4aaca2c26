"""One form for each act of a hearing."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from participation.decisions.forms.before import day, line, words
from participation.decisions.forms.counts import CountField, PersonRow, rows
from participation.decisions.forms.parts import VersionedForm


class NoticeForm(VersionedForm):
    on = day(_l("Announced on"))
    planned_on = day(_l("Day of the hearing"), _l("At least 7 days later: participants get the materials before."))
    at_time = line(_l("Time of day"))
    place = line(_l("Where"))
    required = BooleanField(_l("Another law asks for this hearing"))
    law = line(_l("Which law, and article"))


class MethodForm(VersionedForm):
    on = day(_l("Published on"))
    text = words(_l("How the participants are chosen"), _l("Openly and fairly, so that all sides are represented."))


class ListForm(VersionedForm):
    on = day(_l("Published on"))
    participants = rows(
        PersonRow, _l("Participants"), first=6, description=_l("The public reads how many speak for which side.")
    )
    ratio_reason = words(
        _l("Reason, where fewer than half are directly concerned"),
        _l("Only where a law asks for the hearing. It is printed."),
    )


class MaterialsForm(VersionedForm):
    on = day(_l("Delivered to all on"))


class HeldForm(VersionedForm):
    on = day(_l("Held on"))
    number = CountField(_l("Participants who came"))
    observers = CountField(_l("Observers and reporters"))
    text = words(_l("Which opinions were heard"), _l("Shown to the public."))


class SignedForm(VersionedForm):
    on = day(_l("Signed on"))
    number = CountField(_l("Participants who signed"))
    text = words(_l("Why not everybody signed"))


class HearingAdoptedForm(VersionedForm):
    on = day(_l("Studied on"))
    text = words(_l("Opinions adopted"), _l("Shown to the public, like the answer to a comment."))
    not_adopted = words(_l("What was not adopted, and why"))


FORMS = {
    "notice": NoticeForm, "method": MethodForm, "list": ListForm, "materials": MaterialsForm, "held": HeldForm,
    "signed": SignedForm, "adopted": HearingAdoptedForm,
}  # fmt: skip
