"""Reading consultations, comments, points and counts; what others may ask is listed here."""

from participation.consultations.queries.elsewhere import (
    Adoption,
    OpenNow,
    at_a_glance,
    for_decision,
    for_decisions,
    ids_for_decisions,
    latest_adopted,
    on_catalogue,
    open_now,
)
from participation.consultations.queries.periods import consultation_for, visible_to

__all__ = [
    "Adoption",
    "OpenNow",
    "at_a_glance",
    "consultation_for",
    "for_decision",
    "for_decisions",
    "ids_for_decisions",
    "latest_adopted",
    "on_catalogue",
    "open_now",
    "visible_to",
]
