"""The departments, to which the other resources point."""

from datetime import datetime
from typing import Any

from participation.accounts import queries as accounts
from participation.accounts.models import Department
from participation.api.fields import Field
from participation.api.parts import named
from participation.api.resource import Asked, Found, Resource
from participation.errors import N_

KINDS: dict[str, str] = {
    "government_office": N_("Government office"),
    "department": N_("Department"),
    "street": N_("Street office"),
    "town": N_("Town government"),
    "other": N_("Other"),
}

FIELDS = (
    Field("id", "integer", N_("Number of the department; it never changes")),
    Field("code", "text", N_("Its code, which stays when its name changes")),
    Field("name", "text", N_("Its short name"), named),
    Field("full_name", "text", N_("Its full name in Chinese"), lambda row: row.name),
    Field("full_name_en", "text", N_("Its full name in English"), lambda row: row.name_en, nullable=True),
    Field("kind", "code", N_("What sort of department it is"), codes=KINDS),
    Field("active", "boolean", N_("Whether it still exists")),
)


def page(asked: Asked) -> Found:
    """In the order of their ids."""
    after = asked.after[0] if asked.after else 0
    rows = sorted((row for row in accounts.departments(active=None) if row.id > after), key=lambda row: row.id)
    more = len(rows) > asked.limit
    rows = rows[: asked.limit]
    return Found(rows, [rows[-1].id] if more else None)


def one(key: Any, _now: datetime) -> Department | None:
    return accounts.department(key)


RESOURCE = Resource(
    "departments",
    N_("Departments"),
    N_("The departments of the district that answer letters, consult the public and prepare decisions."),
    FIELDS,
    page,
    one=one,
    key_meaning=N_("Number of the department"),
)
