"""What the report says, in the words of the reader's language, whatever file it becomes."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from participation.accounts import queries as accounts
from participation.consultations.models import Consultation
from participation.consultations.queries import changes, counts, points
from participation.consultations.rules.comments import CHANNELS, HIDDEN_GROUNDS
from participation.consultations.rules.outcomes import OUTCOMES, Tally
from participation.documents import queries as documents
from participation.documents.comparison import Pair
from participation.documents.models import Clause
from participation.duties import queries as duties
from participation.web.filters import full_day

WITHDRAWN = "Withdrawn by its writer"


@dataclass(frozen=True)
class Table:
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True)
class Report:
    """`facts` are label and value; `equation` reads 12 = 5 + 3 + 2 + 1 + 1 in words; `points` carry
    their outcome, reason and change; `drafted` marks a report that the head has not let out."""

    title: str
    heading: str
    facts: Sequence[tuple[str, str]]
    equation: str
    summary: str
    points: Table
    by_clause: Table
    by_channel: Table
    not_shown: str
    changes: Table | None
    drafted: bool


def report_of(consultation: Consultation) -> Report:
    """The report as the counts stand now. Names, contacts and texts of comments are not in it."""
    tally = counts.tally(consultation.id)
    lines = [line for line in points.points_of(consultation.id) if line.comments]
    return Report(
        title=consultation.title,
        heading=_("Report on the opinions of the public"),
        facts=_facts(consultation, tally, len(lines)),
        equation=_equation(tally),
        summary=consultation.feedback_summary,
        points=Table(
            _("Opinions and what became of them"),
            [_("No."), _("Opinion"), _("People"), _("Comments"), _("Outcome"), _("Reason"), _("What changed")],
            [_point_row(line) for line in lines],
        ),
        by_clause=Table(
            _("By clause"),
            [_("Clause"), *_columns()],
            [[label or _("The whole draft"), *_numbers(one)] for label, one in counts.by_clause(consultation.id)],
        ),
        by_channel=Table(
            _("By the way they came in"),
            [_("Comments came in by"), *_columns()],
            [[_(CHANNELS[channel]), *_numbers(one)] for channel, one in counts.by_channel(consultation.id)],
        ),
        not_shown=_not_shown(consultation),
        changes=_changes(consultation, lines),
        drafted=consultation.feedback_published_at is None,
    )


def _facts(consultation: Consultation, tally: Tally, opinions: int) -> list[tuple[str, str]]:
    assert consultation.starts_on is not None
    assert consultation.ends_on is not None
    duty = duties.duty_for("consultation", consultation.id, "feedback")
    found = [
        (_("Department"), accounts.department_names().get(consultation.department_id, "")),
        (_("Period for comments"), f"{full_day(consultation.starts_on)} – {full_day(consultation.ends_on)}"),
        (_("Comments received"), str(tally.received)),
        (_("People"), str(tally.people)),
        (_("Opinions"), str(opinions)),
    ]
    if duty is not None:
        found.append((_("Feedback promised by"), full_day(duty.due_on)))
    if consultation.feedback_published_at is not None:
        found.append((_("Published"), full_day(consultation.feedback_published_at)))
    if consultation.short_reason:
        found.append((_("Reason for the shorter period"), consultation.short_reason))
    return found


def _equation(tally: Tally) -> str:
    if not tally.received:
        return _("No comment came in by any of the ways announced.")
    named = OUTCOMES | {"withdrawn": WITHDRAWN}
    terms = " + ".join(f"{_(named[key])} {count}" for key, count in tally.terms)
    text = f"{_('Comments received')} {tally.received} = {terms}"
    return text if not tally.open else f"{text} + {_('Without outcome')} {tally.open}"


def _point_row(line: points.PointLine) -> list[object]:
    point = line.point
    reason = "\n".join(part for part in (point.reason, point.special) if part)
    change = "\n".join(part for part in (line.clause, point.change) if part)
    outcome = _(OUTCOMES[point.outcome]) if point.outcome else _("no answer yet")
    return [point.number, point.title, line.people, line.comments, outcome, reason, change]


def _columns() -> list[str]:
    return [_("Received"), *(_(label) for label in OUTCOMES.values()), _("Withdrawn")]


def _numbers(tally: Tally) -> list[int]:
    return [tally.received, *(count for _key, count in tally.terms)]


def _not_shown(consultation: Consultation) -> str:
    hidden = counts.hidden_by_ground(consultation.id)
    if not hidden:
        return ""
    total = sum(count for _ground, count in hidden)
    said = ngettext(
        "%(num)d of them is not shown; it has its outcome and reason all the same.",
        "%(num)d of them are not shown; they have their outcome and reason all the same.",
        total,
    )
    grounds = "；".join(f"{_(HIDDEN_GROUNDS[ground])} {count}" for ground, count in hidden)
    return f"{said} {grounds}"


def _changes(consultation: Consultation, lines: Sequence[points.PointLine]) -> Table | None:
    final, draft = changes.final_of(consultation.id), documents.current("consultation", consultation.id)
    if final is None or draft is None:
        return None
    rows = changes.rows(changes.pairs(draft, final), changes.changes_of(consultation.id), lines)
    return Table(
        _("What changed, clause by clause"),
        [_("Clause"), _("Draft"), _("Final text"), _("Because of")],
        [_change_row(row) for row in rows if row.pair is not None],
    )


def _change_row(row: changes.Row) -> list[object]:
    pair: Pair[Clause] | None = row.pair
    assert pair is not None
    either = pair.new or pair.old
    assert either is not None
    because = [f"{line.point.number} {line.point.title}" for line in row.points]
    if row.change is not None and row.change.reason:
        because.append(row.change.reason)
    before, after = pair.old.text if pair.old else "", pair.new.text if pair.new else ""
    return [either.label or _("Introduction"), before, after, "\n".join(because)]
