"""Choosing the file of a catalogue."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField

from participation.web.fields import Wanted
from participation.web.forms import Form


class ImportForm(Form):
    file = FileField(
        _l("The file of the catalogue"),
        validators=[Wanted(_l("Choose the file of the catalogue."))],
        description=_l(
            "CSV or XLSX, as the office wrote it. You will see what was understood before anything is stored."
        ),
    )
