"""The year's work as one list: what comes first, what is there, what is missing, what comes next. Pure.

713号 art. 3 and 10, 山东省政府令第336号 art. 4 and 山东省重大行政决策公众参与工作办法 (published by 30 June) set the
order; the call, and a consultation on the draft, are the district's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from participation.decisions.rules import ADJUSTING, alarm_begins, deadline
from participation.errors import N_

ART_3 = "国务院令第713号 第三条"
ART_10 = "国务院令第713号 第十条"
SHANDONG = "山东省重大行政决策公众参与工作办法"


@dataclass(frozen=True)
class Consulted:
    """A consultation on the draft catalogue: `stage` as consultations name it."""

    id: int
    title: str
    stage: str
    ends_on: date | None


@dataclass(frozen=True)
class YearFacts:
    """How a year stands. `call`: "" (none), coming, open, closed. `items` are those of the batch in
    preparation, `complete` how many of them lack nothing that publication asks."""

    year: int
    today: date
    criteria_written: bool
    criteria_public: bool
    call: str
    call_ends_on: date | None
    proposals: int
    undecided: int
    unchecked: int
    items: int
    incomplete: int
    consultations: Sequence[Consulted]
    government_on: date | None
    party_on: date | None
    published_on: date | None
    batches: int
    adjustments: int


@dataclass(frozen=True)
class YearStep:
    """One line of the list. `state` is done, now, todo, late or optional; `message` and `args` say what
    is there or missing; `act` names what the office does next (a key of the page)."""

    key: str
    title: str
    state: str
    message: str
    law: str
    act: str = ""
    args: tuple[tuple[str, object], ...] = ()
    alarm: bool = False

    @property
    def values(self) -> dict[str, object]:
        return dict(self.args)


def steps(facts: YearFacts) -> list[YearStep]:
    """Eleven steps in their order; the first that is not settled and not optional is `now`."""
    rows = [
        _criteria(facts),
        _call(facts),
        _proposals(facts),
        _study(facts),
        _draft(facts),
        _consultation(facts),
        _government(facts),
        _party(facts),
        _publication(facts),
        _batches(facts),
        _adjustments(facts),
    ]
    first = next((row for row in rows if row.state == "todo"), None)
    return [_now(row) if row is first else row for row in rows]


def _now(row: YearStep) -> YearStep:
    return replace(row, state="now")


def next_step(rows: Sequence[YearStep]) -> YearStep | None:
    """What the office does next: what is late, else the present step."""
    return next((row for row in rows if row.state == "late"), None) or next(
        (row for row in rows if row.state == "now"), None
    )


def _criteria(f: YearFacts) -> YearStep:
    title, law = N_("Criteria"), ART_3
    if f.criteria_public:
        return YearStep("criteria", title, "done", N_("Everybody can read what belongs in the catalogue."), law)
    if f.criteria_written:
        message = N_("They are written, but not public yet.")
        return YearStep("criteria", title, "todo", message, law, "publish_criteria")
    return YearStep("criteria", title, "todo", N_("Write down what belongs in the catalogue."), law, "criteria")


def _call(f: YearFacts) -> YearStep:
    title, law = N_("Call for proposals"), ART_10
    until = (("day", f.call_ends_on),)
    if f.call == "closed":
        return YearStep("call", title, "done", N_("It ended on %(day)s."), law, "call", until)
    if f.call == "open":
        return YearStep("call", title, "done", N_("It is open until %(day)s."), law, "call", until)
    if f.call == "coming":
        return YearStep("call", title, "done", N_("It is published and ends on %(day)s."), law, "call", until)
    state = "optional" if f.published_on else "todo"
    message = N_("No call was published for this year.") if f.published_on else N_("Open the call for proposals.")
    return YearStep("call", title, state, message, law, "" if f.published_on else "call")


def _proposals(f: YearFacts) -> YearStep:
    title = N_("Proposals")
    args: tuple[tuple[str, object], ...] = (("count", f.proposals),)
    if f.proposals and f.unchecked:
        args += (("unchecked", f.unchecked),)
        message = N_("%(count)d came in; %(unchecked)d are not public yet: look through them for personal data.")
        return YearStep("proposals", title, "todo", message, ART_10, "proposals", args)
    if f.proposals:
        return YearStep("proposals", title, "done", N_("%(count)d came in, all are public."), ART_10, "proposals", args)
    state = "done" if f.call == "closed" else "optional"
    return YearStep("proposals", title, state, N_("None has come in so far."), ART_10, "proposals")


def _study(f: YearFacts) -> YearStep:
    title = N_("Study and decision")
    if f.undecided:
        message = N_("%(count)d have no outcome yet.")
        return YearStep("study", title, "todo", message, ART_10, "proposals", (("count", f.undecided),))
    if f.proposals:
        return YearStep("study", title, "done", N_("Every proposal has its outcome."), ART_10, "proposals")
    return YearStep("study", title, "optional", N_("There is nothing to study."), ART_10)


def _draft(f: YearFacts) -> YearStep:
    title, args = N_("Draft catalogue"), (("count", f.items), ("incomplete", f.incomplete))
    if f.items and f.incomplete:
        message = N_("%(count)d items are entered; %(incomplete)d lack something.")
        return YearStep("draft", title, "todo", message, ART_3, "items", args)
    if f.items:
        return YearStep("draft", title, "done", N_("%(count)d items are entered, all complete."), ART_3, "items", args)
    if f.published_on:
        return YearStep("draft", title, "done", N_("Its items are public; none is in preparation."), ART_3, "items")
    return YearStep("draft", title, "todo", N_("Enter the items, or import a file."), ART_3, "items")


def _consultation(f: YearFacts) -> YearStep:
    title, law = N_("Consultation on the draft"), N_("may be held")
    running = [row for row in f.consultations if row.stage != "withdrawn"]
    if not running:
        message = N_("None was held. The unit that compiles the catalogue can announce one.")
        return YearStep("consultation", title, "optional", message, law, "" if f.published_on else "consult")
    if all(row.stage == "answered" for row in running):
        return YearStep("consultation", title, "done", N_("What became of the comments is public."), law)
    last = running[-1]
    if last.stage == "open":
        message, args = N_("It is open until %(day)s."), (("day", last.ends_on),)
        return YearStep("consultation", title, "todo", message, law, "", args)
    if last.stage == "sorting":
        return YearStep("consultation", title, "todo", N_("It has ended; its comments are being answered."), law)
    return YearStep("consultation", title, "todo", N_("It is being prepared."), law)


def _government(f: YearFacts) -> YearStep:
    title = N_("The government decides")
    if f.government_on:
        args = (("day", f.government_on),)
        return YearStep("government", title, "done", N_("Decided on %(day)s."), ART_3, "approvals", args)
    if f.published_on and not f.items:
        return YearStep("government", title, "done", N_("Decided for every batch that is public."), ART_3)
    return YearStep("government", title, "todo", N_("Record the meeting and its day."), ART_3, "approvals")


def _party(f: YearFacts) -> YearStep:
    title = N_("The Party committee agrees")
    law = "国务院令第713号 第三条；山东省政府令第336号 第四条"
    if f.party_on:
        message, args = N_("Agreed on %(day)s. The day is not shown to the public."), (("day", f.party_on),)
        return YearStep("party", title, "done", message, law, "approvals", args)
    if f.published_on and not f.items:
        return YearStep("party", title, "done", N_("Agreed for every batch that is public."), law)
    message = N_("Record the day. Without it nothing is published; the number of the paper may stay empty.")
    return YearStep("party", title, "todo", message, law, "approvals")


def _publication(f: YearFacts) -> YearStep:
    title, due = N_("Publication of the catalogue"), deadline(f.year)
    if f.published_on:
        public = (("day", f.published_on), ("due", due))
        return YearStep("publication", title, "done", N_("Published on %(day)s; due by %(due)s."), SHANDONG, "", public)
    late, alarm = f.today > due, alarm_begins(f.year) <= f.today <= due
    message = N_("It was due by %(due)s and is late.") if late else N_("Due by %(due)s 24:00.")
    args: tuple[tuple[str, object], ...] = (("due", due),)
    if alarm:
        message, args = N_("Due by %(due)s 24:00; days left: %(left)d."), (*args, ("left", (due - f.today).days))
    return YearStep("publication", title, "late" if late else "todo", message, SHANDONG, "publish", args, alarm)


def _batches(f: YearFacts) -> YearStep:
    title = N_("Further batches")
    if not f.published_on:
        return YearStep("batches", title, "optional", N_("After the first batch, items can be added."), ADJUSTING)
    if f.items:
        message = N_("%(count)d items of a further batch are in preparation.")
        return YearStep("batches", title, "todo", message, ADJUSTING, "publish", (("count", f.items),))
    message, args = N_("%(count)d batches are public."), (("count", f.batches),)
    return YearStep("batches", title, "done", message, ADJUSTING, "items", args)


def _adjustments(f: YearFacts) -> YearStep:
    title = N_("Adjustments")
    if f.adjustments:
        args = (("count", f.adjustments),)
        return YearStep(
            "adjustments", title, "done", N_("%(count)d, each with its reason."), ADJUSTING, "adjustments", args
        )
    return YearStep("adjustments", title, "optional", N_("None so far."), ADJUSTING)
