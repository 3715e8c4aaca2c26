"""What comes next, in sentences: for the page, the calendar, the feed and the data alike."""

from datetime import date

from flask_babel import gettext as _

from participation.decisions.ahead import Coming, Expected
from participation.decisions.models import Decision
from participation.errors import N_
from participation.web.filters import day, gap

LATER = N_("By the periods of the law it cannot be before %(day)s: later than planned.")


def when(found: Expected, decision: Decision) -> str:
    """The line beside a step to come. A day stands here only where a rule, a promise or a record names it."""
    text = _WHEN[found.kind](found, decision)
    return text + (_(" (provisional)") if found.provisional else "")


def why(found: Expected) -> str:
    """What the day rests on, or why there is none; nothing where the step says enough itself."""
    if found.beyond_plan and found.first is not None:
        return _(LATER, day=_day(found.first))
    if found.beyond_plan:
        return _("The planned time is over.")
    return {
        "promised": _("promised in the announcement"),
        "review": _("the time given to the reviewer"),
        "by": _("20 workdays from the meeting (Open Government Information Regulation, art. 26)"),
        "within": _("20 workdays from the meeting (Open Government Information Regulation, art. 26)"),
        "quarter": _("progress is reported each quarter"),
        "plan": _("the day of the meeting is not set yet"),
        "not_planned": _("the catalogue says that it does not apply"),
    }.get(found.kind, "")


def _day(value: date | None) -> str:
    return day(value)


def _earliest(found: Expected, _decision: Decision) -> str:
    if found.last is None or found.last == found.first:
        return _("not before %(day)s", day=_day(found.first or found.last))
    return _("at the earliest %(first)s to %(last)s", first=_day(found.first), last=_day(found.last))


def _plan(found: Expected, decision: Decision) -> str:
    planned = decision.planned_text or _day(found.last)
    return _("planned: %(when)s", when=planned)


_WHEN = {
    "promised": lambda found, _d: (
        _("was promised for %(day)s", day=_day(found.last))
        if found.late
        else _("promised for %(day)s", day=_day(found.last))
    ),
    "closes": lambda found, _d: _("until %(day)s", day=_day(found.last)),
    "minimum": lambda found, _d: _("not before %(day)s", day=_day(found.first)),
    "review": lambda found, _d: (
        _("was expected by %(day)s", day=_day(found.last)) if found.late else _("until %(day)s", day=_day(found.last))
    ),
    "earliest": _earliest,
    "plan": _plan,
    "within": lambda _f, _d: _("within 20 workdays"),
    "by": lambda found, _d: (
        _("was due by %(day)s", day=_day(found.last)) if found.late else _("by %(day)s", day=_day(found.last))
    ),
    "after_publication": lambda _f, _d: _("after publication"),
    "quarter": lambda found, _d: _("next report by %(day)s", day=_day(found.last)),
    "if_needed": lambda _f, _d: _("where it is needed"),
    "begun": lambda _f, _d: _("begun"),
    "not_planned": lambda _f, _d: _("does not apply"),
    "ended": lambda _f, _d: _("not any more"),
    "stopped": lambda _f, _d: _("stands still"),
    "unknown": lambda _f, _d: _("not set yet"),
}


def thing(found: Coming) -> str:
    """One dated thing to come, as a sentence that says what happens or should have happened."""
    return _THINGS[found.key](found)


_THINGS = {
    "closes": lambda found: _("Comments are taken until %(day)s 24:00.", day=_day(found.on)),
    "report": lambda found: (
        _("What became of the comments was promised for %(day)s and is not published.", day=_day(found.on))
        if found.late
        else _("What became of the comments is promised for %(day)s.", day=_day(found.on))
    ),
    "hearing": lambda found: _("The hearing is on %(day)s.", day=_day(found.on)),
    "review": lambda found: (
        _("The legality review had time until %(day)s; its result is not recorded yet.", day=_day(found.on))
        if found.late
        else _("The legality review has time until %(day)s.", day=_day(found.on))
    ),
    "publication": lambda found: (
        _("The decision was due to be published by %(day)s.", day=_day(found.on))
        if found.late
        else _("The decision is published by %(day)s: 20 workdays from the meeting.", day=_day(found.on))
    ),
    "dossier": lambda found: (
        _("The dossier was promised to be filed by %(day)s.", day=_day(found.on))
        if found.late
        else _("The dossier is filed by %(day)s.", day=_day(found.on))
    ),
    "progress": lambda found: _("The next report on progress comes by %(day)s.", day=_day(found.on)),
    "plan": lambda found: _planned(found),
}


def _planned(found: Coming) -> str:
    if found.late:
        text = _("The decision was planned for %(day)s at the latest; it is not made yet.", day=_day(found.on))
    else:
        text = _("The decision is planned for %(day)s at the latest.", day=_day(found.on))
    if found.not_before is None:
        return text
    return text + gap() + _(LATER, day=_day(found.not_before))


def short(found: Coming) -> str:
    """The same as a heading in a calendar."""
    return {
        "closes": _("Last day to comment"),
        "report": _("What became of the comments"),
        "hearing": _("Hearing"),
        "review": _("Time of the legality review ends"),
        "publication": _("Publication due"),
        "dossier": _("Dossier due"),
        "progress": _("Progress report due"),
        "plan": _("Planned decision, at the latest"),
    }[found.key]
