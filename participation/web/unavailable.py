"""503: something that the site needs is away, busy or full. The page asks nothing of the database, says what
is certain, and holds what was written so that one button sends it again."""

import logging

from flask import Response, current_app, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from participation.failures import Outage, place
from participation.web.locale import is_chinese, size

log = logging.getLogger(__name__)

RETRY_AFTER = {Outage.BUSY: 10, Outage.AWAY: 20, Outage.FULL: 60}
"""Seconds that a reader, or a program, should wait."""

_SECRETS = {"password", "again", "present", "secret"}
"""A form that holds one of these is not given back: it would stand in the page."""
_UNSEEN = {"csrf_token", "submission_key", "code", "version"}


def page(found: Outage) -> Response:
    """The answer to this request, in the language that the visitor chose."""
    try:
        shown = Response(_rendered(), 503)
    except Exception as error:
        log.error("error_page_failed error=%s at=%s", type(error).__name__, place(error))
        text = "系统暂时不可用，请稍后再试。已经给出回执的内容不会丢失。\n"
        shown = Response(text, 503, mimetype="text/plain")
    shown.headers["Retry-After"] = str(RETRY_AFTER[found])
    return shown


def _rendered() -> str:
    fields, files = _sent()
    settings = current_app.extensions["settings"]
    # Not render_template: what every other page is given asks who is signed in.
    return current_app.jinja_env.get_template("errors/unavailable.html").render(
        fields=fields,
        texts=sorted((text for name, text in fields if name not in _UNSEEN and len(text) >= 10), key=len)[::-1][:5],
        files=files,
        posted=request.method not in ("GET", "HEAD"),
        address=request.full_path.rstrip("?"),
        settings=settings,
        html_lang="zh-CN" if is_chinese() else "en",
        is_chinese=is_chinese(),
        type_size=size(),
        site_name=_(
            "%(district)s public participation",
            district=settings.district if is_chinese() else settings.district_en,
        ),
    )


def _sent() -> tuple[list[tuple[str, str]], bool]:
    """What the form held, field by field as it was sent, and whether files were with it."""
    if request.method != "POST":
        return [], False
    try:
        fields, files = list(request.form.items(multi=True)), any(file.filename for file in request.files.values())
    except (HTTPException, OSError):
        # Too large, or there was no room to read it.
        return [], False
    return ([] if _SECRETS & {name for name, _text in fields} else fields), files
