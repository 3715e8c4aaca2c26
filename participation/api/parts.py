"""What several resources hold: a department, and the web address of a thing."""

from collections.abc import Mapping

from flask import current_app, request

from participation.accounts import queries as accounts
from participation.accounts.models import Department
from participation.api.fields import Field
from participation.errors import N_
from participation.web.filters import link
from participation.web.locale import is_chinese

Departments = Mapping[int, Department]


def departments() -> Departments:
    """All of them by id, the abolished ones too."""
    return {row.id: row for row in accounts.departments(active=None)}


def named(department: Department) -> str:
    """In Chinese the short name that the pages use, in English the English one where there is one."""
    return department.short_name if is_chinese() else department.name_en or department.short_name


DEPARTMENT = (
    Field("id", "integer", N_("Number of the department, as in departments")),
    Field("code", "text", N_("Its code, which stays when its name changes")),
    Field("name", "text", N_("Its short name"), named),
)


def address(endpoint: str, **values: object) -> str:
    """The full web address of a page. Files are written within a request of their own, under the site's name."""
    return request.host_url.rstrip("/") + link(endpoint, **values)


def site() -> str:
    """The site's own address, as far as the settings tell it."""
    settings = current_app.extensions["settings"]
    host = settings.trusted_hosts.split(",")[0].strip().lstrip(".")
    if settings.cookies_secure:
        return f"https://{host}/"
    return f"http://{host}:{settings.port}/" if settings.is_demo else f"http://{host}/"
