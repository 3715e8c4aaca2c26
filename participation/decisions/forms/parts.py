"""What all these forms share: the version their page showed, and where a refusal goes."""

from flask_babel import gettext as _
from wtforms import HiddenField, StringField

from participation.decisions.importing.words import plain
from participation.errors import Refused
from participation.web.forms import Form
from participation.web.widgets import LineInput


class LineField(StringField):
    """One line of Chinese: full-width digits are narrowed, full-width brackets stay as an office writes
    them in a title."""

    widget = LineInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = plain(valuelist[0]) if valuelist else ""


class VersionedForm(Form):
    """`seen` is the version of the row when the page was drawn."""

    seen = HiddenField()

    @property
    def version(self) -> int:
        """-1, which no row has, where the page did not say: then the act is refused as stale."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def blame(form: Form, refused: Refused) -> None:
    """Puts a refusal, with its article, at the field that can mend it, or above the form."""
    message = _(refused.message) % refused.args_ if refused.args_ else _(refused.message)
    form.refuse(refused.field, f"{message}（{refused.basis}）" if refused.basis else message)
