"""A step of the chain, and stopping a decision."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, TextAreaField

from participation.decisions.forms.parts import LineField, VersionedForm
from participation.decisions.lifecycle import STEPS
from participation.web.fields import AtMost, LocalDateField, Readable, Wanted

STATES = {
    "now": _l("It has begun"),
    "done": _l("It is done and public"),
    "not_public": _l("It is done, but its papers are not public"),
    "not_applicable": _l("It does not apply"),
}


class StepForm(VersionedForm):
    step = SelectField(_l("Step"))
    state = RadioField(
        _l("How it stands"),
        choices=[SelectChoice(key, label) for key, label in STATES.items()],
        default="done",
        validators=[Wanted(_l("Choose how the step stands."))],
        render_kw={
            "hints": {
                "not_public": _l("The step stays in the chain, with its ground."),
                "not_applicable": _l("Only participation, experts and risk; with the reason, which is published."),
            }
        },
    )
    on = LocalDateField(_l("On which day"))
    unit = LineField(
        _l("Which unit"), validators=[Readable(), AtMost(120)], description=_l("Left empty: the unit in the lead.")
    )
    ground = TextAreaField(_l("Why it does not apply"), validators=[Readable(), AtMost(1000)])
    note = TextAreaField(
        _l("What happened"),
        validators=[Readable(), AtMost(1000)],
        description=_l("One or two sentences for the public."),
    )

    def __init__(self, steps: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step.choices = [SelectChoice(key, _(STEPS[key].label)) for key in steps]


class StopForm(VersionedForm):
    """For suspending and ending; resuming needs no reason."""

    reason = TextAreaField(_l("Reason"), validators=[Readable(), AtMost(1000)], description=_l("Shown to the public."))
