"""How fields are drawn: plain HTML in the classes of the style sheet, no inline style or script.

`templates/components/form.html` puts label, hint and error around them.
"""

from typing import Any

from markupsafe import Markup
from wtforms import Field, fields
from wtforms.widgets import html_params


class LineInput:
    """`<input>` with everything a screen reader needs to find hint and error."""

    input_type = "text"
    extra: dict[str, Any] = {}

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        kwargs = {"id": field.id, "name": field.name, "type": self.input_type, **self.extra, **kwargs}
        value = field._value()
        if value:
            kwargs.setdefault("value", value)
        return Markup(f"<input {html_params(**kwargs)}>")


class DayInput(LineInput):
    extra = {"inputmode": "numeric", "autocomplete": "off"}


class FilesInput(LineInput):
    input_type = "file"
    extra = {"multiple": True}

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        kwargs = {"id": field.id, "name": field.name, "type": "file", "multiple": True, **kwargs}
        return Markup(f"<input {html_params(**kwargs)}>")


def kind_of(field: Field) -> str:
    """Which markup a field takes in `form.html`."""
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (fields.HiddenField, "hidden"),
        (fields.PasswordField, "password"),
        (fields.TextAreaField, "textarea"),
        (fields.SelectMultipleField, "checkboxes"),
        (fields.RadioField, "radios"),
        (fields.SelectField, "select"),
        (fields.BooleanField, "checkbox"),
        (fields.FileField, "file"),
    )
    return next((kind for types, kind in kinds if isinstance(field, types)), "input")


def option_hints(field: Field) -> dict[str, Any]:
    """The consequence under each choice: `render_kw={"hints": {value: sentence}}`."""
    return (field.render_kw or {}).get("hints", {})
