"""How a promise was kept."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from participation.mailbox.forms.checks import Text, paragraphs
from participation.web.forms import Form


class KeptForm(Form):
    """What was done; the writer reads it."""

    text = TextAreaField(
        _l("What was done"),
        filters=[paragraphs],
        validators=[Text(_l("Write what was done"), longest=1000)],
        render_kw={"rows": 4},
    )
