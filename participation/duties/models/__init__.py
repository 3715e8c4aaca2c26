"""The rows of statutory dates and of the calendar they are counted with."""

from participation.duties.models.calendar import CalendarDay, CalendarVersion
from participation.duties.models.duty import Duty, DutyHolding, DutyRedating

__all__ = ["CalendarDay", "CalendarVersion", "Duty", "DutyHolding", "DutyRedating"]
