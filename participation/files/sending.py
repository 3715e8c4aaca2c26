"""Handing a file out: always as a download, never shown by the browser."""

from urllib.parse import quote

from flask import Response, abort, send_file

from participation.files.disk import path_of
from participation.files.images import stripped
from participation.files.models import StoredFile
from participation.files.rules import MEDIA_TYPES, FileKind
from participation.files.unfit import Unfit


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


def send_stripped(file: StoredFile) -> Response:
    """A picture for everybody, drawn anew without what its file tells beside the pixels. Anything
    else, and what cannot be drawn, is not found. Never kept by a cache: it can be taken back."""
    path, kind = path_of(file.sha256), FileKind(file.kind)
    if kind not in (FileKind.JPEG, FileKind.PNG) or not path.is_file():
        abort(404)
    try:
        data = stripped(path.read_bytes(), kind)
    except Unfit:
        abort(404)
    response = Response(data, mimetype=MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = f"attachment; filename=picture-{file.id}.{file.kind}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response
