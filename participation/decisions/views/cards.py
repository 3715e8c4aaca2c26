"""Records as cards: every kind in its own words."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from participation.decisions import experts, meeting, review, risks
from participation.decisions.hearing import ACTS, SIDES
from participation.decisions.means import GROUPS, MEANS
from participation.decisions.models import (
    DecisionArgument,
    DecisionDispute,
    DecisionDrafting,
    DecisionExpert,
    DecisionHearing,
    DecisionMeans,
    DecisionMeeting,
    DecisionPackage,
    DecisionReview,
    DecisionRisk,
    DecisionStart,
)
from participation.decisions.papers import PAPER_ROLES
from participation.decisions.views.acting import Card
from participation.web.filters import day, full_day
from participation.web.locale import is_chinese

Line = tuple[str, str]


def groups(parts: Iterable[dict[str, Any]]) -> str:
    """居民 12，企业 3 - translated, with the numbers."""
    names = {key: _(label) for key, label in GROUPS.items()}
    known = [f"{names[part['group']]} {part['number']}" for part in parts if part["group"] in names]
    return joined(known)


def joined(parts: Iterable[str]) -> str:
    """A list in the language of the page."""
    return ("、" if is_chinese() else ", ").join(parts)


def _role(role: str) -> str:
    return _(PAPER_ROLES[role].label)


def _on(value: Any) -> str:
    return full_day(value) if value else ""


def _start(row: Any) -> Card:
    special = joined(_(GROUPS[key]) for key in row.special_groups if key in GROUPS)
    return Card(
        _("Started on %(day)s", day=_on(row.on)),
        [
            (_("Decided by"), row.decided_by),
            (_("In the lead"), row.lead_unit),
            (_("Together with"), "、".join(row.joint_units)),
            (_("To be heard in particular"), special),
            (_("Telephone"), row.contact),
        ],
    )


def _drafting(row: Any) -> Card:
    return Card(
        _("Draft finished on %(day)s", day=_on(row.on)),
        [(_("How it was studied"), row.study), (_("Units asked"), row.asked)],
    )


def _dispute(row: Any) -> Card:
    reported = row.reported_on is not None
    return Card(
        row.question,
        [
            (_("The unit in the lead"), row.lead_view),
            (row.other_unit, row.other_view),
            (_("Reported"), f"{_on(row.reported_on)} {row.reported_to}".strip()),
            (_("What they decided"), row.ruling),
        ],
        ("kept", _("Reported")) if reported else ("soon", _("Not reported yet")),
        chinese=True,
    )


def _means(row: Any) -> Card:
    days = _on(row.held_on) + (f" – {day(row.until)}" if row.until else "")
    forms = (
        ngettext(
            "%(num)d form handed out, %(answered)d came back",
            "%(num)d forms handed out, %(answered)d came back",
            row.asked,
            answered=row.answered,
        )
        if row.asked
        else ""
    )
    return Card(
        f"{_(MEANS[row.kind])} · {days}",
        [
            (_("Where"), row.place),
            (_("Who took part"), groups(row.took_part)),
            (_("More about them"), row.who),
            (_("Forms"), forms),
            (_("What was heard"), row.result),
            (_("Adopted"), row.adopted),
            (_("Not adopted, and why"), row.not_adopted),
            (_("The representatives were told on"), _on(row.told_on)),
        ],
        ("kept", _("Answered")) if row.adopted_on else ("soon", _("Not answered yet")),
    )


def _hearing(row: Any) -> Card:
    acts = {key: _(act.label) for key, act in ACTS.items()}
    names = {key: _(label) for key, label in SIDES.items()}
    sides = joined(f"{names[part['side']]} {part['number']}" for part in row.sides)
    lines: list[Line] = [
        (acts["notice"], _on(row.notice_on)),
        (_("Day of the hearing"), f"{_on(row.planned_on)} {row.at_time}".strip()),
        (_("Where"), row.place),
        (_("Asked for by"), row.law),
        (acts["method"], f"{_on(row.method_on)} {row.method}".strip()),
        (acts["list"], f"{_on(row.list_on)} {sides}".strip()),
        (_("Participants"), "、".join(part["name"] for part in row.participants)),
        (_("Fewer than half are directly concerned"), row.ratio_reason),
        (acts["materials"], _on(row.materials_on)),
        (acts["held"], f"{_on(row.held_on)} {row.result}".strip()),
        (acts["signed"], _signed(row)),
        (_("Adopted"), row.adopted),
        (_("Not adopted, and why"), row.not_adopted),
    ]
    done = row.signed_on is not None
    return Card(
        _("Hearing on %(day)s", day=_on(row.planned_on)),
        lines,
        ("kept", _("Held and signed")) if done else ("open", _("Under way")),
    )


def _signed(row: Any) -> str:
    if row.signed_on is None:
        return ""
    text = _("%(day)s, %(signed)s of %(attended)s", day=_on(row.signed_on), signed=row.signed, attended=row.attended)
    return f"{text} {row.unsigned_reason}".strip()


def _expert(row: Any) -> Card:
    tag = {"for": "kept", "changes": "kept", "against": "soon"}.get(row.conclusion, "open")
    return Card(
        row.name,
        [
            (_("Field"), row.field),
            (_("Where the expert works"), row.organisation),
            (_("Declared to have no direct interest on"), _on(row.declared_on)),
            (_("The opinion"), row.opinion),
            (_("Signed on"), _on(row.signed_on)),
        ],
        (tag, _(experts.CONCLUSIONS[row.conclusion]) if row.conclusion else _("No opinion yet")),
        chinese=True,
    )


def _argument(row: Any) -> Card:
    return Card(
        f"{_(experts.WAYS[row.way])} · {_on(row.on)}",
        [(_("Adopted"), row.adopted), (_("Not adopted, and why"), row.not_adopted)],
    )


def _risk(row: Any) -> Card:
    kinds, levels = ({key: _(label) for key, label in names.items()} for names in (risks.KINDS, risks.LEVELS))
    points = [
        (
            f"{kinds[point['kind']]} · {levels[point['level']]}",
            f"{point['text']} → {point['measure']}",
        )
        for point in row.points
    ]
    existing = f"{row.existing_title}（{_on(row.existing_on)}，{row.existing_by}）" if row.existing_title else ""
    return Card(
        _("Assessed on %(day)s", day=_on(row.on)),
        [
            (_("By"), row.assessor),
            (_("How"), row.way),
            (_("Existing assessment"), existing),
            *points,
            (_("Plan"), row.plan),
        ],
        ("late" if row.level == "uncontrollable" else "kept", _(risks.LEVELS[row.level])),
    )


def _review(row: Any) -> Card:
    tag = {"lawful": "kept", "lawful_with_changes": "kept", "unlawful": "late"}.get(row.conclusion, "open")
    return Card(
        _("Sent on %(day)s", day=_on(row.sent_on)),
        [
            (_("Reviewer"), row.reviewer),
            (
                _("Time given"),
                _("%(workdays)s workdays, until %(day)s", workdays=row.workdays, day=_on(row.due_on)),
            ),
            (_("Reason for less than 7 workdays"), row.short_reason),
            (_("Papers sent"), "、".join(f"《{one['title']}》" for one in row.papers)),
            (_("Opinion of"), _on(row.concluded_on)),
            (_("What the reviewer wants changed"), row.points),
            (_("How it was changed"), row.changes_made),
        ],
        (tag, _(review.CONCLUSIONS[row.conclusion]) if row.conclusion else _("With the reviewer")),
    )


def _package(row: Any) -> Card:
    papers: list[Line] = [
        (_role(one["role"]), f"{one['title']} {one['mark'][:12] or one['kept_by']}".strip()) for one in row.papers
    ]
    return Card(_("Submitted on %(day)s", day=_on(row.on)), papers, ("kept", _("Frozen")))


def _meeting(row: Any) -> Card:
    return Card(
        f"{_(meeting.KINDS[row.kind])} · {_on(row.held_on)}",
        [
            (_("Session"), row.session),
            (_("What the meeting changed"), row.changes),
            (_("What happens then"), f"{_(meeting.NEXT[row.onward])} {row.onward_text}" if row.onward else ""),
            (_("Guests who sat in"), groups(row.guests)),
            (_("What they said"), row.guest_opinions),
            (_("Internal"), _against(row)),
        ],
        ("kept" if row.outcome in meeting.APPROVED else "soon", _(meeting.OUTCOMES[row.outcome])),
    )


def _against(row: Any) -> str:
    if not row.against_majority:
        return ""
    return _("The head decided against the majority; the explanation is kept: %(where)s", where=row.explanation_kept)


CARDS: dict[Any, Callable[[Any], Card]] = {
    DecisionStart: _start, DecisionDrafting: _drafting, DecisionDispute: _dispute, DecisionMeans: _means,
    DecisionHearing: _hearing, DecisionExpert: _expert, DecisionArgument: _argument, DecisionRisk: _risk,
    DecisionReview: _review, DecisionPackage: _package, DecisionMeeting: _meeting,
}  # fmt: skip


def card(row: Any, *, links: Iterable[tuple[str, str]] = ()) -> Card:
    """The card of a record, without the lines that say nothing; with the reason where it was set aside."""
    made = CARDS[row.model](row)
    return replace(
        made,
        lines=[(label, text) for label, text in made.lines if text],
        links=tuple(links),
        aside=row.set_aside_reason if row.set_aside_at is not None else "",
    )
