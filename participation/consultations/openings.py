"""What others want before an announcement is published.

A consultation may be about something that is kept in a layer above, which knows when it has come far
enough to be put to the public. That layer registers a function here; nothing here knows it.
"""

from collections.abc import Callable
from typing import Any

from participation.consultations.rules.checklist import Check

Asked = Callable[[Any], list[Check]]
_asked: list[Asked] = []


def ask(checks: Asked) -> None:
    """`checks` answers the further lines of the list for a consultation; registered once an application."""
    if checks not in _asked:
        _asked.append(checks)


def checks_of(consultation: Any) -> list[Check]:
    return [check for checks in _asked for check in checks(consultation)]
