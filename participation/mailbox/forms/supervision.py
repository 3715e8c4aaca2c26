"""What the office, the unit and an auditor write in a supervision."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from participation.mailbox.forms.checks import Text, paragraphs
from participation.web.fields import LocalDateField
from participation.web.forms import Form


class DemandForm(Form):
    """What the office demands of a late unit."""

    demand = TextAreaField(
        _l("What the unit has to explain or do"),
        filters=[paragraphs],
        validators=[Text(_l("Write what the unit has to explain or do"), longest=1000, shortest=5)],
        render_kw={"rows": 4},
    )


class ResponseForm(Form):
    """The unit's explanation."""

    text = TextAreaField(
        _l("Why the letter is late"),
        filters=[paragraphs],
        validators=[Text(_l("Write why the letter is late"), longest=2000, shortest=5)],
        render_kw={"rows": 5},
    )
    answer_by = LocalDateField(_l("By which day is it answered?"))


class ConclusionForm(Form):
    """What is concluded when it ends."""

    conclusion = TextAreaField(
        _l("Conclusion"),
        filters=[paragraphs],
        validators=[Text(_l("Write what is concluded from this supervision"), longest=2000, shortest=5)],
        render_kw={"rows": 4},
    )
