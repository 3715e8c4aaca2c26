"""The ledger's filter and an auditor's finding."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from participation.mailbox.sampling import MOST_DRAWN
from participation.web.fields import AtMost, Readable
from participation.web.forms import Form


class FindingForm(Form):
    text = TextAreaField(
        _l("What you found"),
        validators=[
            DataRequired(_l("Write what you found.")),
            Length(max=2000, message=_l("Use at most 2,000 characters.")),
        ],
        description=_l("The department and other auditors read it. It stays; a correction is another finding."),
    )


class InquiryForm(Form):
    seen = HiddenField()
    text = TextAreaField(_l("Your words"), validators=[Readable(), AtMost(4000)])


class DrawForm(Form):
    """From which dates of the ledger how many are drawn. `query` is the filter as an address has it."""

    query = HiddenField()
    size = IntegerField(
        _l("How many"),
        validators=[
            InputRequired(_l("Write how many dates are drawn")),
            NumberRange(1, MOST_DRAWN, message=_l("Draw between 1 and 200 dates")),
        ],
    )
