"""One decision as everybody reads it: its runs, records, papers, what is coming. The source of the chain page,
of its JSON, its feed and its calendar."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation.access import ANYONE, Actor
from participation.decisions import ahead, comment_periods
from participation.decisions.ahead import Coming, Expected, Marks
from participation.decisions.lifecycle import SETTLED
from participation.decisions.models import Catalogue, CatalogueCarry, Decision, DecisionPaper, DecisionStep
from participation.decisions.models.record import StepRecord
from participation.decisions.progress import Progress, Run, earlier_runs, progress_of
from participation.decisions.queries.entries import carries_of
from participation.decisions.queries.items import visible_to
from participation.decisions.queries.papers import of as papers_of
from participation.decisions.queries.proposals import OriginLine, origin_of
from participation.decisions.queries.records import records, records_of
from participation.decisions.shown import SHOWN, PublicRecord, public_record
from participation.duties import queries as duties
from participation.duties.calendar import load_calendar
from participation.duties.matters import Written, written_about
from participation.extensions import db
from participation.workdays import WorkCalendar, day_of


@dataclass(frozen=True)
class Whole:
    """`expected` is by step of the present run; `coming` what has a day, the next first; `papers` by run and
    step, as everybody sees them; `written` counts the letters about the decision in force."""

    decision: Decision
    progress: Progress
    earlier: list[Run]
    expected: dict[str, Expected]
    coming: list[Coming]
    records: list[PublicRecord]
    papers: Mapping[tuple[int, str], list[DecisionPaper]]
    origin: list[OriginLine]
    carries: list[CatalogueCarry]
    written: Written
    calendar: WorkCalendar
    today: date

    def of(self, name: str, round_: int | None = None) -> list[PublicRecord]:
        """The standing records of a kind ("means", "hearing" …) in a run, the present one without a number."""
        number = self.decision.round if round_ is None else round_
        return [row for row in self.records if row.name == name and row.round == number and row.stands]

    def last(self, name: str, round_: int | None = None) -> PublicRecord | None:
        found = self.of(name, round_)
        return found[-1] if found else None

    def papers_of(self, step: str, round_: int) -> list[DecisionPaper]:
        return self.papers.get((round_, step), [])

    def undone(self, step: str, round_: int) -> list[DecisionStep]:
        """What was recorded for a step and undone again, with its reason: it stays visible."""
        return [
            row
            for row in self.decision.every_step
            if row.step == step and row.round == round_ and row.set_aside_at is not None
        ]

    def set_aside(self, step: str, round_: int) -> list[PublicRecord]:
        return [row for row in self.records if row.step == step and row.round == round_ and not row.stands]

    @property
    def periods(self) -> list[Any]:
        """The comment periods of every run."""
        return [*self.progress.periods, *(period for run in self.earlier for period in run.periods)]

    @property
    def stop_at(self) -> int | None:
        """Before which of the links the way was broken off; None while the decision is under way."""
        if self.decision.removed_at is None and self.decision.stage not in ("suspended", "terminated"):
            return None
        settled = [place for place, link in enumerate(self.progress.links) if link.state in SETTLED]
        return max(settled, default=-1) + 1

    @property
    def turns(self) -> list[PublicRecord]:
        """Suspended, resumed, changed, ended, closed, in their order."""
        return [row for row in self.records if row.name == "turn"]


def read(decision_id: int, *, actor: Actor = ANYONE) -> Decision | None:
    """The decision with its steps in one query, if this person may know of it."""
    asked = (
        select(Decision)
        .options(joinedload(Decision.every_step), joinedload(Decision.catalogue).lazyload(Catalogue.batches))
        .where(Decision.id == decision_id, visible_to(actor))
    )
    return db.session.scalars(asked).unique().one_or_none()


def whole(decision: Decision, *, now: datetime) -> Whole:
    """Everything public about a decision, in as many queries however much was recorded."""
    today = day_of(now)
    periods = comment_periods.of({decision.id}).get(decision.id, [])
    progress = progress_of(decision, periods, now=now)
    rows = [
        public_record(model.__tablename__, row)
        for model, found in records(decision.id, record_tables()).items()
        for row in found
    ]
    papers: dict[tuple[int, str], list[DecisionPaper]] = {}
    for paper in papers_of(decision.id, actor=ANYONE):
        papers.setdefault((paper.round, paper.step), []).append(paper)
    calendar = load_calendar()
    marks = _marks(decision, rows)
    return Whole(
        decision=decision,
        progress=progress,
        earlier=earlier_runs(decision, periods, now=now),
        expected=ahead.expected(progress, marks, calendar, today=today),
        coming=ahead.coming(progress, marks, calendar, today=today),
        records=rows,
        papers=papers,
        origin=origin_of(decision.id),
        written=written_about("decision", {decision.id})[decision.id],
        carries=[row for row in carries_of(decision.id) if row.published],
        calendar=calendar,
        today=today,
    )


def public_records(decisions: Collection[Decision]) -> dict[int, list[PublicRecord]]:
    """What everybody reads of the records of many decisions, in one query: what stands, of every run; nothing of
    a step whose papers are not public."""
    found: dict[int, list[PublicRecord]] = {decision.id: [] for decision in decisions}
    closed = {
        (decision.id, row.round, row.step)
        for decision in decisions
        for row in decision.every_step
        if row.set_aside_at is None and row.state == "not_public"
    }
    for row in records_of(set(found), record_tables()):
        told = public_record(row.model.__tablename__, row)
        if told.stands and (row.decision_id, told.round, told.step) not in closed:
            found[row.decision_id].append(told)
    return found


@cache
def record_tables() -> tuple[Any, ...]:
    """Every table of which something is public."""
    found = [kind for kind in _below(StepRecord) if getattr(kind, "__tablename__", "") in SHOWN]
    return tuple(sorted(found, key=lambda kind: kind.__name__))


def _below(parent: type) -> list[Any]:
    found: list[Any] = []
    for child in parent.__subclasses__():
        found += [child, *_below(child)]
    return found


def _marks(decision: Decision, rows: list[PublicRecord]) -> Marks:
    """The dated facts of the present run; what is owed is read from the duties."""
    now = [row for row in rows if row.round == decision.round and row.stands]
    kinds: dict[str, list[PublicRecord]] = {}
    for row in now:
        kinds.setdefault(row.name, []).append(row)
    hearing, review, meeting = (kinds.get(name, [None])[-1] for name in ("hearing", "review", "meeting"))
    owed = {
        duty.kind: duty.due_on
        for duty in duties.duties_of("decision", decision.id)
        if duty.is_open and duty.round == decision.round
    }
    steps = {row.step: row for row in decision.steps}
    held = steps.get("deliberation")
    approved = held is not None and held.state in SETTLED and (meeting is None or "approved" in meeting.outcome)
    return Marks(
        hearing_on=hearing.planned_on if hearing and hearing.held_on is None else None,
        review_sent_on=review.sent_on if review and not review.conclusion else None,
        review_due_on=review.due_on if review and not review.conclusion else None,
        approved_on=held.on if approved and held is not None else None,
        publish_by=owed.get("decision_publication"),
        file_by=owed.get("dossier_filing"),
        executing="executing" in steps,
        evaluation_begun=bool(kinds.get("evaluation")) or "evaluated" in steps,
    )
