"""The call for proposals: opened, made longer, ended."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from participation.consultations.forms.fields import Said, paragraphs
from participation.decisions.forms.parts import VersionedForm
from participation.web.fields import LocalDateField, Wanted
from participation.web.forms import Form

_DAY = _l("Write the day, like 2026-12-02.")


class CallForm(Form):
    text = TextAreaField(
        _l("What proposals you ask for"),
        filters=[paragraphs],
        validators=[Said(_l("Write what proposals you ask for."), longest=5000)],
    )
    ways = TextAreaField(
        _l("How one can send a proposal, besides this site"),
        filters=[paragraphs],
        validators=[Said(_l("Write how one can send a proposal."), longest=1000)],
        description=_l("Postal address, window, telephone for questions."),
    )
    opens_on = LocalDateField(_l("Begins on"), validators=[Wanted(_DAY)])
    closes_on = LocalDateField(_l("Last day, until 24:00"), validators=[Wanted(_DAY)])
    answer_by = LocalDateField(
        _l("Every proposer is told by"),
        validators=[Wanted(_DAY)],
        description=_l("Published with the call and kept as a date on the ledger."),
    )


class ChangeCallForm(VersionedForm):
    """A later last day, or the end now; both with a reason."""

    closes_on = LocalDateField(_l("New last day"), description=_l("Only to make it longer."))
    reason = TextAreaField(
        _l("Reason"),
        filters=[paragraphs],
        validators=[Said(_l("Write the reason; it is shown to the public."), longest=500)],
    )
