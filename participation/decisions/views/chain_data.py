"""The chain as data, and what happened to a decision as a list: both read the same `Whole` as the page."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from participation.decisions.aftermath import TURNS
from participation.decisions.models import DecisionPaper, DecisionStep
from participation.decisions.papers import GROUNDS
from participation.decisions.progress import Link
from participation.decisions.queries.whole import Whole
from participation.decisions.shown import PublicRecord
from participation.decisions.steps import STEPS
from participation.decisions.views import chain_words
from participation.web.feeds import ENTRIES, Entry
from participation.workdays import start_of


def data(read: Whole) -> dict[str, Any]:
    decision = read.decision
    return {
        "id": decision.id,
        "url": url_for("decisions.item", decision_id=decision.id, _external=True),
        "title": decision.title,
        "year": decision.catalogue.year,
        "number": decision.number,
        "stage": decision.stage,
        "stage_reason": decision.stage_reason if decision.stage in ("suspended", "terminated") else "",
        "taken_out_at": _iso(decision.removed_at),
        "run": decision.round,
        "lead_unit": decision.lead_unit,
        "joint_units": list(decision.joint_units or []),
        "current_step": read.progress.current.key if read.progress.current else None,
        "steps": [_step(read, link, decision.round) for link in read.progress.links],
        "comment_periods": [_period(period) for period in read.progress.periods],
        "coming": [
            {"what": each.key, "on": each.on.isoformat(), "late": each.late, "text": chain_words.thing(each)}
            for each in read.coming
        ],
        "earlier_runs": [
            {
                "run": run.round,
                "steps": [_step(read, link, run.round) for link in run.links],
                "comment_periods": [_period(period) for period in run.periods],
            }
            for run in read.earlier
        ],
        "comments_in_force": {"received": read.written.received, "answered": read.written.answered},
        "turns": [_record(row) for row in read.turns],
        "origin": [
            {"number": line.number, "year": line.year, "who": _(line.origin), "title": line.title}
            for line in read.origin
        ],
    }


def _step(read: Whole, link: Link, run: int) -> dict[str, Any]:
    row, ahead = link.row, read.expected.get(link.key) if run == read.decision.round else None
    hidden = link.state == "not_public"
    return {
        "number": link.number,
        "step": link.key,
        "label": _(link.step.label),
        "state": link.state,
        "on": _iso(link.on),
        "days": link.days,
        "unit": row.unit if row else "",
        "article": link.step.article,
        "ground": row.ground if row else "",
        "document_title": row.document_title if row and not hidden else "",
        "document_number": row.document_number if row and not hidden else "",
        "expected": None
        if ahead is None
        else {
            "kind": ahead.kind,
            "not_before": _iso(ahead.first),
            "by": _iso(ahead.last),
            "provisional": ahead.provisional,
            "late": ahead.late,
            "text": chain_words.when(ahead, read.decision),
        },
        "papers": [_paper(paper) for paper in read.papers_of(link.key, run)],
        "records": []
        if hidden
        else [
            _record(each)
            for each in read.records
            if each.step == link.key and each.round == run and each.stands and each.name != "quarter"
        ],
        "undone": [
            {"on": _iso(each.on), "undone_at": _iso(each.set_aside_at), "reason": each.set_aside_reason}
            for each in read.undone(link.key, run)
        ],
    }


def _paper(paper: DecisionPaper) -> dict[str, Any]:
    if paper.attribute == "not_public":
        ground = GROUNDS[paper.ground_kind].article if paper.ground_kind else paper.ground
        return {"public": False, "ground": ground}
    return {
        "public": True,
        "role": paper.role,
        "title": paper.title,
        "document_number": paper.doc_number,
        "signed_on": _iso(paper.signed_on),
        "published_on": _iso(paper.published_on),
        "version": paper.number,
        "sha256": paper.sha256,
        "on_request": paper.attribute == "on_request",
    }


def _record(row: PublicRecord) -> dict[str, Any]:
    values = {name: _plain(value) for name, value in row.values.items() if not name.endswith("_id")}
    return {"record": row.name, **values}


def _period(period: Any) -> dict[str, Any]:
    return {
        "url": url_for("consultations.show", consultation_id=period.id, _external=True),
        "title": period.title,
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat(),
        "comments": period.comments,
        "people": period.people,
        "answered": period.answered,
        "promised_on": _iso(period.promised_on),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _iso(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def happened(read: Whole) -> list[Entry]:
    """What happened, the newest first: steps recorded and undone, comment periods, turns, progress."""
    found = [*_listed(read), *_steps(read), *_periods(read), *_records(read)]
    return sorted(found, key=lambda entry: entry.updated, reverse=True)[:ENTRIES]


def _entry(read: Whole, key: str, title: str, at: datetime, summary: str = "", author: str = "") -> Entry:
    decision = read.decision
    return Entry(
        key=f"decision:{decision.id}:{key}",
        title=title,
        url=url_for("decisions.item", decision_id=decision.id, _external=True),
        updated=at,
        published=at,
        author=author or decision.lead_unit,
        summary=summary,
    )


def _listed(read: Whole) -> Iterable[Entry]:
    heading, out = STEPS["listed"].heading, read.decision.batch.published_at
    if out is not None:
        yield _entry(read, "listed", _(heading), out)


def _steps(read: Whole) -> Iterable[Entry]:
    for row in read.decision.every_step:
        label = _(STEPS[row.step].label)
        yield _entry(read, f"step:{row.id}:{row.state}", _said(row, label), row.recorded_at, row.ground, row.unit)
        if row.set_aside_at is not None:
            title = _("Undone: %(step)s", step=label)
            yield _entry(read, f"step:{row.id}:undone", title, row.set_aside_at, row.set_aside_reason)


def _said(row: DecisionStep, label: str) -> str:
    return {
        "now": _("Begun: %(step)s", step=label),
        "not_applicable": _("Does not apply: %(reason)s", reason=label),
    }.get(row.state, _("Done: %(step)s", step=label))


def _periods(read: Whole) -> Iterable[Entry]:
    for period in read.periods:
        opened = period.published_at or start_of(period.starts_on)
        yield _entry(read, f"period:{period.id}:open", _("Open for comment: %(title)s", title=period.title), opened)
        if period.feedback_at is not None:
            title = _("What became of the comments: %(title)s", title=period.title)
            yield _entry(read, f"period:{period.id}:feedback", title, period.feedback_at)


def _records(read: Whole) -> Iterable[Entry]:
    for row in read.records:
        if row.name == "turn":
            yield _entry(read, f"turn:{row.id}", _(TURNS[row.kind]), row.recorded_at, row.reason, row.decided_by)
        elif row.name == "progress_report" and row.stands:
            yield _entry(read, f"progress:{row.id}", _("Progress report"), row.recorded_at, row.text[:500])
        elif row.name in ("means", "hearing") and row.stands:
            title = _("People were heard in another way") if row.name == "means" else _("Hearing")
            yield _entry(read, f"{row.name}:{row.id}", title, row.recorded_at, row.result[:500])
