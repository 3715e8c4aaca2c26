"""The ledger's filter and an auditor's finding."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

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
