"""A month's report as plain tables in the reader's language, for the sheet and for the paper."""

from collections.abc import Iterator

from flask_babel import gettext as _

from participation.mailbox.definitions import (
    AGAIN_LABELS,
    ASIDE,
    BY_KEY,
    DEFINITIONS,
    DISTRIBUTION,
    SATISFACTION,
)
from participation.mailbox.figures import ASPECTS, LEVELS, Figures
from participation.mailbox.queries.report import Report
from participation.mailbox.rating import ASPECTS as ASPECT_LABELS
from participation.mailbox.rating import LEVELS as LEVEL_LABELS
from participation.web.filters import month_name

Cell = str | int
TREND = ("received", "valid", "on_time", "extended", "late", "overdue", "within", "rate", "mean", "median")
UNITS = (*TREND[:-1], "median", "returned", "reopened", "refused", "repeated")


def title(report: Report) -> str:
    return _("Letters of %(month)s %(year)d", month=month_name(report.month), year=report.month.year)


def shown(value: Cell | None) -> Cell:
    return _("too few") if value is None else value


def bucket_label(name: str) -> str:
    if name == "over":
        return _("More than 10 workdays")
    return _("Day 6 to 10") if name == "6-10" else _("Day %(number)s", number=name)


def tables(report: Report) -> Iterator[tuple[str, list[str], list[list[Cell]]]]:
    """(heading, header, rows) of each table, in their order."""
    whole = report.whole
    rows: list[list[Cell]] = [[_(d.label), shown(d.value(whole)), _(d.sentence)] for d in DEFINITIONS]
    rows += [[_(label), whole[key], ""] for key, label in (ASIDE | AGAIN_LABELS).items()]
    rows.append([_("Withdrawn after the due day"), whole["withdrawn_late"], ""])
    yield _("Figures"), [_("Figure"), _("Number"), _("How it is counted")], rows
    spread: list[list[Cell]] = [[bucket_label(name), number] for name, number in whole.distribution.items()]
    yield _("Workdays to the answer"), [_(DISTRIBUTION), _("Number of letters")], spread
    yield _("Satisfaction"), [_(SATISFACTION), *(_(ASPECT_LABELS[aspect]) for aspect in ASPECTS)], _satisfaction(whole)
    units = [
        [line.name or _("Letters about a unit (no name is given)"), *_row(line.figures, UNITS)] for line in report.lines
    ]
    yield _("By unit"), [_("Unit"), *_labels(UNITS)], units
    months = [[month.strftime("%Y-%m"), *_row(figures, TREND)] for month, figures in report.trend]
    yield _("Month by month"), [_("Month"), *_labels(TREND)], months


def _labels(keys: tuple[str, ...]) -> list[str]:
    return [_(BY_KEY[key].label) for key in keys]


def _row(figures: Figures, keys: tuple[str, ...]) -> list[Cell]:
    return [shown(BY_KEY[key].value(figures)) for key in keys]


def _satisfaction(whole: Figures) -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        [_(LEVEL_LABELS[level]), *(whole.levels(aspect)[level] for aspect in ASPECTS)] for level in LEVELS
    ]
    return [*rows, [_("Not rated"), *(whole.silent(aspect) for aspect in ASPECTS)]]
