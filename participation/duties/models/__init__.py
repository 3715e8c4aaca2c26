"""The rows of statutory dates and of the calendar they are counted with."""

from participation.duties.models.calendar import CalendarDay, CalendarVersion
from participation.duties.models.duty import Duty, DutyHolding, DutyRedating
from participation.duties.models.month import DutyMonth, DutyMonthPlace

__all__ = ["CalendarDay", "CalendarVersion", "Duty", "DutyHolding", "DutyMonth", "DutyMonthPlace", "DutyRedating"]
