"""The State Council's holiday notices: where they come from, how a file of them is read and checked,
and the calendar that they make (全国年节及纪念日放假办法, 2024)."""

from participation.duties.calendar.store import CalendarMissing, load_calendar, seed_calendar

__all__ = ["CalendarMissing", "load_calendar", "seed_calendar"]
