"""/api/v1: every list and every single thing of it, from the table of resources."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from flask import Blueprint, current_app, request, url_for
from werkzeug.wrappers import Response

from participation import clock
from participation.api import cursors, openapi
from participation.api.answers import acceptable, json_answer, say, within_the_limit
from participation.api.fields import written
from participation.api.licence import licence
from participation.api.params import number
from participation.api.problems import Problem
from participation.api.resource import DEFAULT_LIMIT, MOST, Asked, Resource
from participation.api.resources import LISTED
from participation.errors import N_
from participation.web.guards import public
from participation.web.locale import LANGUAGES, is_chinese

bp = Blueprint("api", __name__, url_prefix="/api/v1")
bp.before_request(within_the_limit)
bp.before_request(acceptable)

SHARED = ("limit", "cursor", "lang")


@bp.get("/")
@public
def index() -> Response:
    """What there is."""
    _known(())
    found = [
        {
            "name": resource.name,
            "label": say(resource.label),
            "description": say(resource.meaning),
            "url": url_for(f"api.list_{resource.name}", _external=True),
        }
        for resource in LISTED
    ]
    return json_answer(
        {
            "resources": found,
            "openapi": url_for("api.description", _external=True),
            "documentation": url_for("open_data.reference", _external=True),
            "files": url_for("open_data.files", _external=True),
        }
    )


@bp.get("/openapi.json")
@public
def description() -> Response:
    _known(())
    return json_answer(described())


def described() -> dict[str, Any]:
    """The OpenAPI document in the reader's language."""
    settings = current_app.extensions["settings"]
    district = settings.district if is_chinese() else settings.district_en
    return openapi.document(
        server=url_for("api.index", _external=True).rstrip("/"),
        title=say(N_("Open data of %(district)s")) % {"district": district},
        licence=licence(),
        say=say,
        language="zh-CN" if is_chinese() else "en",
    )


def _known(names: Iterable[str]) -> dict[str, str]:
    """The parameters that were sent, each once and each known; `Problem` (400) otherwise."""
    allowed = {*names, "lang"}
    found: dict[str, str] = {}
    for name, values in request.args.lists():
        if name not in allowed:
            raise Problem(400, N_("There is no parameter of this name here."), parameter=name[:40])
        if len(values) > 1:
            raise Problem(400, N_("Name a parameter once only."), parameter=name)
        found[name] = values[0]
    if found.get("lang", "zh") not in LANGUAGES:
        raise Problem(400, N_("The languages are zh and en."), parameter="lang")
    return found


def _asked(resource: Resource) -> Asked:
    sent = _known([*SHARED, *(param.name for param in resource.params)])
    filters: dict[str, Any] = {}
    for param in resource.params:
        if param.name in sent:
            filters[param.name] = _read(param.read, sent[param.name], param.name)
    limit = _read(number(1, MOST), sent["limit"], "limit") if "limit" in sent else DEFAULT_LIMIT
    after = cursors.read(sent["cursor"], resource.name, filters) if "cursor" in sent else None
    return Asked(clock.now(), limit, after, filters)


def _read(read: Callable[[str], Any], text: str, name: str) -> Any:
    try:
        return read(text)
    except ValueError:
        raise Problem(
            400, N_("This value cannot be read. The description at /api says what fits."), parameter=name
        ) from None


def _listing(resource: Resource) -> Callable[[], Response]:
    @public
    def page() -> Response:
        asked = _asked(resource)
        found = resource.page(asked)
        links = {"describedby": url_for("api.description", _external=True)}
        following = None
        if found.place is not None:
            cursor = cursors.made(resource.name, asked.filters, found.place)
            kept = {name: text for name, text in request.args.items() if name != "cursor"}
            following = url_for(f"api.list_{resource.name}", _external=True, **kept | {"cursor": cursor})
            links = {"next": following, **links}
        # The words beside a code are the same in every row.
        told = cache(say)
        body = {"data": [written(resource.fields, row, told) for row in found.rows], "next": following}
        if resource.beside:
            body |= written(resource.beside, found.beside, told)
        return json_answer(body, links=links)

    return page


def _single(resource: Resource) -> Callable[..., Response]:
    assert resource.one is not None
    find = resource.one

    @public
    def one(key: Any) -> Response:
        _known(())
        found = find(key, clock.now())
        if found is None:
            raise Problem(404, N_("There is nothing at this address, or it is not public."))
        return json_answer(written((*resource.fields, *resource.more), found, say))

    return one


for _each in LISTED:
    bp.add_url_rule(f"/{_each.name}", f"list_{_each.name}", _listing(_each), methods=["GET"])
    if _each.one is not None:
        bp.add_url_rule(f"/{_each.name}/<{_each.key}:key>", f"get_{_each.name}", _single(_each), methods=["GET"])
