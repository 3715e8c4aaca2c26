"""A seeded calendar, the small district, and a letter's duty opened in one line."""

from collections.abc import Callable
from typing import Any

import pytest

from participation.access import SYSTEM
from participation.duties import service
from participation.duties.models import Duty
from participation.extensions import db
from tests.duties.notices import at
from tests.world import World


@pytest.fixture
def opened(world: World) -> Callable[..., Duty]:
    """`opened("2026-11-13T10:00", subject_id=7, department="housing")`: a letter to be answered."""

    def open_(started: str = "2026-11-13T10:00", kind: str = "letter_answer", **changes: Any) -> Duty:
        department = changes.pop("department", "housing")
        restricted = changes.pop("restricted", None)
        values: dict[str, Any] = {
            "subject_kind": "letter",
            "subject_id": 1,
            "department_id": world.department[department],
            "restricted_from": world.department[restricted] if restricted else None,
            "started_at": at(started),
            "actor": SYSTEM,
            "now": at(started),
        }
        duty = service.open_duty(kind, **(values | changes))
        db.session.commit()
        return duty

    return open_
