"""Asking for a list of contacts: first whom it is about, then what for."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from participation import clock
from participation.access import Actor, Capability
from participation.accounts import queries as accounts
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox.queries.figures import months_back
from participation.mailbox.rules import TOPICS
from participation.privacy.contact_lists import lifecycle, queries, rules, scope, service
from participation.privacy.contact_lists.forms import AskForm
from participation.privacy.contact_lists.rules import Wish
from participation.privacy.contact_lists.scope import Scope
from participation.privacy.views.blueprint import bp
from participation.web.guards import current_actor, requires
from participation.web.said import sentence

MONTHS = 24
NAMES = ("consultation", "month", "topic", "unit")


def _units(actor: Actor) -> list[int]:
    """The units in which this person may ask, own posts first."""
    found = [post.department_id for post in actor.posts if actor.can(Capability.ASK_CONTACTS, post.department_id)]
    return list(dict.fromkeys(found))


def _scope(actor: Actor) -> Scope | None:
    """What the address names; nothing when it names nothing. 404 for what this person has nothing to do with."""
    units, unit = _units(actor), request.args.get("unit", "")
    if not units:
        abort(404)
    chosen = next((one for one in units if str(one) == unit), units[0])
    consultation, month = request.args.get("consultation", ""), request.args.get("month", "")
    if consultation:
        return _consultation(consultation, units, actor)
    if not month:
        return None
    topic = request.args.get("topic", "")
    if scope.first_day(month) is None or topic not in ("", *TOPICS):
        abort(404)
    return Scope("letters", chosen, month=month, topic=topic)


def _consultation(asked: str, units: list[int], actor: Actor) -> Scope:
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        abort(404)
    for unit in units:
        found = Scope("consultation", unit, consultation_id=int(asked))
        one = scope.consultation_in(found, actor)
        if one is not None and (one.department_id not in units or one.department_id == unit):
            return found
    abort(404)


def _form(wanted: Scope, *, filled: bool) -> AskForm:
    if filled:
        return AskForm(scope=wanted.kind, say=_)
    return AskForm(formdata=None, scope=wanted.kind, say=_, data={"fields": ["contact"]})


@bp.get("/desk/contact-lists/new")
@requires(Capability.ASK_CONTACTS)
def ask_contacts() -> str:
    actor = current_actor()
    wanted = _scope(actor)
    return _page(wanted, _form(wanted, filled=False) if wanted is not None else None)


def _page(wanted: Scope | None, form: AskForm | None) -> str:
    actor, now = current_actor(), clock.now()
    units = _units(actor)
    return render_template(
        "privacy/contact_list_ask.html",
        wanted=wanted,
        form=form,
        found=scope.members(wanted, actor=actor) if wanted is not None else None,
        consultation=scope.consultation_in(wanted, actor) if wanted and wanted.consultation_id else None,
        consultations=queries.consultations_for(actor, units) if wanted is None else [],
        months=[day.isoformat()[:7] for day in months_back(clock.local_date(now).replace(day=1), MONTHS)],
        topics=TOPICS,
        mine=units,
        units=accounts.department_names(),
        desk=lifecycle.DESKS[lifecycle.desk_of(wanted.department_id, actor)] if wanted is not None else "",
        left_out=rules.LEFT_OUT,
        most_fetches=rules.FETCHES,
        where={name: request.args[name] for name in NAMES if request.args.get(name)},
    )


@bp.post("/desk/contact-lists/new")
@requires(Capability.ASK_CONTACTS)
def asked_contacts() -> AnyResponse:
    actor, now = current_actor(), clock.now()
    wanted = _scope(actor)
    if wanted is None:
        abort(404)
    form = _form(wanted, filled=True)
    if not form.validate():
        return Response(_page(wanted, form), 422)
    wish = Wish(
        scope=wanted.kind,
        purpose=form.purpose.data or "",
        ground=form.ground.data or "",
        document=form.document.data or "",
        fields=tuple(form.fields.data or ()),
        last_day=form.last_day.data,
        people=0,
    )
    try:
        row = service.ask(wanted, wish, actor=actor, now=now)
    except Refused as refused:
        if refused.code != "invalid":
            raise
        db.session.rollback()
        form.refuse(refused.field, sentence(refused))
        return Response(_page(wanted, form), 422)
    db.session.commit()
    flash(_("Asked. You are told as soon as a second person has decided."))
    return redirect(url_for("privacy.contact_list", list_id=row.id), 303)
