"""The final text, and why a clause changed."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, SelectChoice, SelectMultipleField, StringField, TextAreaField

from participation.consultations.forms.fields import Said, line, paragraphs
from participation.consultations.queries.points import PointLine
from participation.documents.rules import TEXT_LIMIT
from participation.web.forms import Form


class FinalForm(Form):
    """The text as it was decided."""

    title = StringField(_l("Title"), filters=[line], validators=[Said(_l("Give the text its title"), longest=120)])
    file = FileField(_l("The final text as a Word file"), render_kw={"accept": ".docx"})
    upload_key = HiddenField()
    text = TextAreaField(
        _l("The final text"), filters=[paragraphs], validators=[Said(_l("The text is empty"), longest=TEXT_LIMIT)]
    )


class ChangeForm(Form):
    """The opinions that caused one change, or another reason."""

    points = SelectMultipleField(_l("Opinions that caused it"), validators=[])
    reason = TextAreaField(
        _l("Another reason, where no opinion caused it"), filters=[paragraphs], validators=[Said(longest=2000)]
    )

    def __init__(self, *args: Any, lines: Sequence[PointLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points.choices = [
            SelectChoice(str(row.point.id), f"{row.point.number} {row.point.title}", render_kw={"lang": "zh-CN"})
            for row in lines
        ]

    @property
    def point_ids(self) -> list[int]:
        return [int(value) for value in self.points.data or []]
