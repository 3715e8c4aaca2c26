"""What a request may send at all, before any view or form token looks at it."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Request as FlaskRequest
from flask import current_app
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

View = TypeVar("View", bound=Callable[..., Any])


def takes_up_to(size: int) -> Callable[[View], View]:
    """Marks a view whose form may have so many bytes, where MAX_CONTENT_LENGTH is too few."""

    def mark(view: View) -> View:
        view.largest = size  # type: ignore[attr-defined]
        return view

    return mark


class Request(FlaskRequest):
    """Flask limits the text of a multipart form only, and takes a part without a name."""

    @property
    def max_content_length(self) -> int | None:
        view = current_app.view_functions.get(self.endpoint or "") if current_app else None
        largest: int | None = getattr(view, "largest", None)
        return largest if largest is not None and self._max_content_length is None else super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        limit = self.max_form_memory_size
        if limit is not None and self.mimetype != "multipart/form-data" and (self.content_length or 0) > limit:
            raise RequestEntityTooLarge
        super()._load_form_data()
        if None in self.form or None in self.files:
            raise BadRequest
