"""What the pages of a step share: finding the decision, five beats, and what a colleague did meanwhile."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import FieldList

from participation import clock
from participation.decisions import gates, queries
from participation.decisions.forms.counts import more
from participation.decisions.forms.parts import VersionedForm, blame
from participation.decisions.models import Decision
from participation.decisions.papers import may_keep
from participation.decisions.queries import papers
from participation.decisions.steps import STEPS
from participation.decisions.views.blueprint import commit, found_decision
from participation.decisions.views.changed import what_changed
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.web.guards import current_actor


@dataclass(frozen=True)
class Card:
    """A record as colleagues read it: what it is, its sign, lines of (label, text), and what to do next.
    `aside` is the reason with which it was set aside."""

    title: str
    lines: Sequence[tuple[str, str]] = ()
    tag: tuple[str, str] = ("", "")
    links: Sequence[tuple[str, str]] = ()
    aside: str = ""
    chinese: bool = False

    @property
    def told(self) -> list[tuple[str, str, bool]]:
        """The lines that say something, and whether each text is Chinese whatever the language of the page."""
        return [(label, text, _HAN.search(text) is not None) for label, text in self.lines if text]


_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Drawn:
    """A form on such a page; `solid` marks the one act that is next."""

    form: VersionedForm
    url: str
    heading: str
    button: str
    solid: bool = True
    intro: str = ""
    folded: bool = False
    blocked: Refused | None = None


@dataclass(frozen=True)
class Page:
    """`act` names the gates that are drawn beside it."""

    heading: str
    cards: Sequence[Card] = ()
    forms: Sequence[Drawn] = ()
    act: str = ""
    lead: str = ""
    before: Sequence[Card] = ()
    links: Sequence[tuple[str, str]] = field(default=())
    sequence: Sequence[dict[str, str]] = field(default=())
    """Lines like those of the gates, drawn instead of them: the acts of a hearing."""


def inside(decision_id: int) -> Decision:
    """The decision for those who keep its papers or audit them; for everybody else there is no such page."""
    actor = current_actor()
    found = found_decision(decision_id, actor)
    if not papers.sees_inside(actor, found):
        abort(404)
    if request.method == "POST" and not may_keep(actor, found.lead_department_id):
        raise Refused("forbidden", N_("Whoever audits a decision reads it, and changes nothing."))
    return found


def is_settled(found: Decision, step: str) -> bool:
    return any(row.step == step and row.state != "now" for row in found.steps)


def checks_of(decision: Decision, act: str) -> list[gates.GateCheck]:
    return gates.checks(act, queries.facts_of(decision)) if act else []


def draw(decision: Decision, page: Page, status: int = 200) -> Response:
    from participation.decisions.views.mending import drawn

    wrong = next((one.form for one in page.forms if one.form.wrong or one.form.form_errors), None)
    checks = list(page.sequence) or drawn(decision, checks_of(decision, page.act))
    for check in checks:
        if check.get("url") == request.path:
            check["url"] = ""  # a link to the page that is open leads nowhere
    return make_response(
        render_template(
            "decisions/record.html",
            decision=decision,
            page=page,
            wrong=wrong,
            checks=checks,
            missing=sum(1 for check in checks if check["state"] == "no"),
        ),
        status,
    )


def run(
    decision: Decision, form: VersionedForm, call: Callable[[], Any], *, done: str, again: Callable[[], Response],
    to: str = "",
) -> Response:  # fmt: skip
    """Calls the service, commits and goes on to `to` (or the decision's page). A refusal that the form can
    mend stays on the page (`again`), with what was written; another is told with what changed meanwhile."""
    if "more" in request.form:
        for entries in lists(form):
            more(entries)
        return again()
    if not form.validate():
        return _with(again(), 422)
    try:
        call()
        commit()
    except Refused as refused:
        db.session.rollback()
        if refused.status == 409:
            return meanwhile(decision.id, refused)
        if refused.code != "invalid":
            raise
        blame(form, refused)
        return _with(again(), 422)
    flash(done)
    return redirect(to or url_for("decisions.work", decision_id=decision.id), 303)


def lists(form: VersionedForm) -> Iterator[FieldList]:
    return (entries for entries in form if isinstance(entries, FieldList))


def _with(answer: Response, status: int) -> Response:
    answer.status_code = status
    return answer


def meanwhile(decision_id: int, refused: Refused) -> Response:
    """409: not now, and what somebody else did in between: which act, which post, when."""
    found = found_decision(decision_id, current_actor())
    typed = [
        value
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", "seen") and len(value) >= 10 and not value.isascii()
    ]
    page = render_template(
        "decisions/meanwhile.html",
        decision=found,
        refused=refused,
        # The page that was open says which version it showed: the same one means nobody was faster.
        changed=what_changed("decision", found.id) if _stale(found) else None,
        step=_step_of_last(found.id),
        kept=typed[:5],
    )
    return make_response(page, 409)


def _step_of_last(decision_id: int) -> str:
    """The label of the step that the newest entry is about; nothing where it is about none."""
    entry = evidence.entry_for("decision", decision_id)
    facts = json.loads(entry.payload).get("facts", {}) if entry is not None else {}
    return STEPS[facts["step"]].label if facts.get("step") in STEPS else ""


def _stale(decision: Decision) -> bool:
    return request.form.get("seen", "") != str(decision.version)


def seen(decision: Decision) -> dict[str, Any]:
    return {"seen": str(decision.version)}


def by() -> dict[str, Any]:
    """Who acts, and when."""
    return {"actor": current_actor(), "now": clock.now()}


def words(key: str, names: dict[str, str]) -> str:
    return _(names[key]) if key in names else key
