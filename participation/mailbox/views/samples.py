"""抽查: drawing, the answers that came out, the verdict, the office's decision; and 推诿 made visible."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox.checker import TITLES, Flag, LetterText, check
from participation.mailbox.forms.samples import DecisionForm, DrawForm, VerdictForm
from participation.mailbox.models import Sample
from participation.mailbox.queries import samples as queries
from participation.mailbox.queries.samples import ItemRow
from participation.mailbox.sampling import SHORT, VERDICTS
from participation.mailbox.service import samples as service
from participation.mailbox.views.blueprint import blame, bp, page
from participation.web.forms import Form
from participation.web.guards import current_actor, requires
from participation.web.said import told

SAMPLE = "<int(max=2147483647):sample_id>"
ITEM = "<int(max=2147483647):item_id>"


@bp.get("/samples")
@requires(Capability.USE_DESK)
def samples() -> tuple[str, int]:
    first, last = _last_month()
    return _list(DrawForm(formdata=None, data={"first": first, "last": last, "size": 10}), 200)


@bp.post("/samples")
@requires(Capability.WRITE_FINDING)
def sample_drawn() -> Response | tuple[str, int]:
    form = DrawForm()
    if not form.validate():
        return _list(form, 422)
    try:
        drawn = service.draw(
            first=form.first.data,
            last=form.last.data,
            size=form.size.data,
            department_id=int(form.department.data) if form.department.data else None,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        blame(form, refused)
        return _list(form, 422)
    db.session.commit()
    flash(_("The answers are drawn. The seed is kept and can be used to draw again."))
    return redirect(url_for("mailbox.sample", sample_id=drawn.id), 303)


@bp.get(f"/samples/{SAMPLE}")
@requires(Capability.READ_ALL)
def sample(sample_id: int) -> tuple[str, int]:
    found = db.session.get(Sample, sample_id)
    if found is None:
        abort(404)
    return page(
        "sample.html",
        sample=found,
        rows=queries.items(current_actor(), sample_id),
        names=accounts.department_names(),
        people=accounts.person_names({found.drawn_by}),
        verdicts=VERDICTS,
        short=SHORT,
    )


@bp.get(f"/samples/items/{ITEM}")
@requires(Capability.USE_DESK)
def sample_item(item_id: int) -> tuple[str, int]:
    return _item(_found(item_id), 200)


@bp.post(f"/samples/items/{ITEM}/judge")
@requires(Capability.WRITE_FINDING)
def sample_judged(item_id: int) -> Response | tuple[str, int]:
    form = VerdictForm()

    def act(row: ItemRow) -> None:
        service.judge(
            row.item,
            row.letter,
            verdict=form.verdict.data,
            reason=form.reason.data,
            actor=current_actor(),
            now=clock.now(),
        )

    return _do(item_id, form, act, _("The verdict is kept."), "verdict_form")


@bp.post(f"/samples/items/{ITEM}/decide")
@requires(Capability.READ_ALL)
def sample_decided(item_id: int) -> Response | tuple[str, int]:
    form = DecisionForm()

    def act(row: ItemRow) -> None:
        verb = service.order_redone if form.outcome.data == "redo" else service.let_stand
        verb(row.item, row.letter, reason=form.reason.data, actor=current_actor(), now=clock.now())

    return _do(item_id, form, act, _("The decision is kept."), "decision_form")


@bp.get("/samples/passed-around")
@requires(Capability.READ_ALL)
def passed_around() -> tuple[str, int]:
    rows = queries.passed_around(current_actor())
    return page("passed_around.html", rows=rows, names=accounts.department_names(), now=clock.now())


def _do(item_id: int, form: Form, act: Callable[[ItemRow], None], done: str, name: str) -> Response | tuple[str, int]:
    row = _found(item_id, lock=True)
    if not form.validate():
        return _item(row, 422, **{name: form})
    try:
        act(row)
    except Refused as refused:
        blame(form, refused)
        return _item(_found(item_id), 422, **{name: form})
    db.session.commit()
    flash(done)
    return redirect(url_for("mailbox.sample_item", item_id=item_id), 303)


def _found(item_id: int, *, lock: bool = False) -> ItemRow:
    row = queries.item_for(item_id, current_actor(), lock=lock)
    if row is None:
        abort(404)
    return row


def _list(form: DrawForm, status: int) -> tuple[str, int]:
    actor = current_actor()
    reads_all = actor.can(Capability.READ_ALL)
    return page(
        "samples.html",
        status,
        form=form,
        samples=queries.samples(actor) if reads_all else [],
        failed=queries.failed(actor),
        undecided=queries.undecided(actor),
        names=accounts.department_names(),
        verdicts=VERDICTS,
        short=SHORT,
    )


def _item(row: ItemRow, status: int, **forms: Form) -> tuple[str, int]:
    actor, item = current_actor(), row.item
    blank: dict[str, Form] = {"verdict_form": VerdictForm(formdata=None), "decision_form": DecisionForm(formdata=None)}
    known = (item.judged_by, item.decided_by, row.answer.approved_by)
    people = {person for person in known if person is not None}
    return page(
        "sample_item.html",
        status,
        row=row,
        item=item,
        letter=row.letter,
        answer=row.answer,
        flags=flags_of(row),
        told=told,
        may_judge=service.judge_refusal(item, actor) is None,
        may_decide=service.decide_refusal(item, row.letter, actor) is None,
        auditors_decide=service.decided_by_auditors(item, row.letter),
        seen_at_approval=[TITLES[code] for code in row.answer.flags_at_approval or () if code in TITLES],
        names=accounts.department_names(),
        people=accounts.person_names(people),
        verdicts=VERDICTS,
        short=SHORT,
        **blank | forms,
    )


def flags_of(row: ItemRow) -> list[Flag]:
    """What the checker says of the answer. A hint beside the letter; the verdict is the auditor's."""
    letter = LetterText(row.letter.title, row.letter.text, row.letter.place, row.letter.author_name)
    return check(letter, row.answer.text, contact=row.answer.contact) if row.answer.kind == "answer" else []


def _last_month() -> tuple[date, date]:
    today = clock.local_date(clock.now())
    last = date.fromordinal(today.replace(day=1).toordinal() - 1)
    return last.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])
