"""Which language and which size of type a visitor reads: remembered in two plain cookies."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, Response, g, request
from flask_babel import get_locale, get_translations

from participation.web.open_data import is_data

LANGUAGES = {"zh": "zh_Hans_CN", "en": "en"}
SIZES = ("normal", "large", "larger")
_YEAR = 365 * 24 * 3600
_KNOWN = "participation.language"


def chosen() -> str:
    """The Babel locale. Chinese unless this visitor asked for English; a program asks in its header."""
    # A page asks at every date that it writes.
    known: str | None = request.environ.get(_KNOWN)
    if known is None:
        known = request.environ[_KNOWN] = _chosen()
    return known


def _chosen() -> str:
    if is_data():
        asked = request.args.get("lang") or request.accept_languages.best_match(LANGUAGES, default="zh")
    else:
        asked = request.args.get("lang") or request.cookies.get("lang") or "zh"
    return LANGUAGES.get(asked, LANGUAGES["zh"])


def size() -> str:
    asked = request.args.get("size") or request.cookies.get("size") or "normal"
    return asked if asked in SIZES else "normal"


def is_chinese() -> bool:
    return chosen() == LANGUAGES["zh"]


def _remember(response: Response) -> Response:
    if is_data():
        return response
    for name, allowed in (("lang", tuple(LANGUAGES)), ("size", SIZES)):
        value = request.args.get(name)
        if value in allowed:
            response.set_cookie(name, value, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def compile_translations(folder: Path) -> list[Path]:
    """Compiles every catalogue whose source is newer; answers the folders, one a feature."""
    sources = sorted(folder.glob("*/*/LC_MESSAGES/messages.po"))
    for source in sources:
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as text:
                catalogue = read_po(text, locale=source.parts[-3])
            beside = target.with_suffix(f".{id(catalogue)}.tmp")
            with beside.open("wb") as compiled:
                write_mo(compiled, catalogue)
            beside.replace(target)
    return [source.parents[2] for source in sources]


_spoken: dict[str, Any] = {}
"""The texts of a language once they were loaded: flask-babel looks for its domain at every word."""


def _texts() -> Any:
    locale = getattr(g.get("_flask_babel"), "babel_locale", None) or get_locale()
    assert locale is not None
    if locale.language not in _spoken:
        _spoken[locale.language] = get_translations()
    return _spoken[locale.language]


def init_app(app: Flask) -> None:
    app.after_request(_remember)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _texts().ugettext(text),
        lambda one, many, count: _texts().ungettext(one, many, count),
        newstyle=True,
    )

    @app.context_processor
    def _words() -> dict[str, object]:
        return {"html_lang": "zh-CN" if is_chinese() else "en", "is_chinese": is_chinese(), "type_size": size()}
