"""Numbers in addresses: one spelling each, and none that no row can have."""

import re

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, ValidationError

LARGEST = 2**31 - 1
"""The largest id of a row. What is above it is no page: a 404, not an error of the database."""


class RowInteger(IntegerConverter):
    """`<int:letter_id>`: ASCII digits. Python would read a full-width １ as well, and the same page
    would have several addresses."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int | None = None) -> None:
        super().__init__(map, fixed_digits=fixed_digits, min=min, max=LARGEST if max is None else max)

    def to_python(self, value: str) -> int:
        if not re.fullmatch("[0-9]+", value):
            raise ValidationError()
        number: int = super().to_python(value)
        return number


def init_app(app: Flask) -> None:
    """Before the features name their addresses."""
    app.url_map.converters["int"] = RowInteger
