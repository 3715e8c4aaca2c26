"""Handing a file out: always as a download, never shown by the browser."""

from urllib.parse import quote

from flask import Response, abort, send_file

from participation.files.models import StoredFile
from participation.files.rules import MEDIA_TYPES, FileKind
from participation.files.service import path_of


def send(file: StoredFile) -> Response:
    """The response with the file's bytes. The caller has checked that this person may have it."""
    path = path_of(file.sha256)
    if not path.is_file():
        abort(404)
    response = send_file(path, mimetype=MEDIA_TYPES[FileKind(file.kind)], etag=file.sha256, conditional=True, max_age=0)
    plain = f"attachment-{file.id}.{file.kind}"
    response.headers["Content-Disposition"] = (
        f"attachment; filename={plain}; filename*=UTF-8''{quote(file.original_name, safe='')}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response
