"""What a request may send at all, before any view or form token looks at it."""

from flask import Request as FlaskRequest
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge


class Request(FlaskRequest):
    """Flask limits the text of a multipart form only, and takes a part without a name."""

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        limit = self.max_form_memory_size
        if limit is not None and self.mimetype != "multipart/form-data" and (self.content_length or 0) > limit:
            raise RequestEntityTooLarge
        super()._load_form_data()
        if None in self.form or None in self.files:
            raise BadRequest
