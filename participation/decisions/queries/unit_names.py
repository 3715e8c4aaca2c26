"""Which department a written name means."""

from participation.accounts import queries as accounts
from participation.decisions.importing.units import key as unit_key

__all__ = ["departments_by_key", "unit_key"]


def departments_by_key() -> dict[str, int]:
    """Departments under the normal forms of their full and short names. A form that two of them
    share is no name of either."""
    found: dict[str, set[int]] = {}
    for department in accounts.departments():
        for name in (department.name, department.short_name):
            found.setdefault(unit_key(name), set()).add(department.id)
    return {name: ids.pop() for name, ids in found.items() if len(ids) == 1}
