"""Names of units as everybody reads them: in English where there is an English name."""

from markupsafe import Markup, escape

from participation.accounts import queries as accounts
from participation.web.locale import is_chinese


def public_names() -> dict[int, str]:
    """By id, the abolished ones too. Short names in Chinese."""
    if is_chinese():
        return accounts.department_names()
    return {row.id: row.name_en or row.short_name for row in accounts.departments(active=None)}


def marked_names() -> dict[int, str]:
    """For places that templates mark as Chinese: an English name says that it is English."""
    if is_chinese():
        return accounts.department_names()
    return {
        row.id: Markup('<span lang="en">{}</span>').format(row.name_en) if row.name_en else escape(row.short_name)
        for row in accounts.departments(active=None)
    }
