"""Kept filters of the ledger, and the feed of each: a reader has no session, so the address is the key."""

from urllib.parse import parse_qsl

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Actor, Capability
from participation.accounts import queries as accounts
from participation.accounts.models import Person
from participation.duties import queries as duties
from participation.duties.rules import DUTIES, STATE_LABELS
from participation.errors import Refused
from participation.extensions import db
from participation.oversight import saving
from participation.oversight.filtering import filter_of
from participation.oversight.models import SavedFilter
from participation.oversight.queries.board import with_lateness
from participation.oversight.views.blueprint import oversight
from participation.web.feeds import ENTRIES, Entry, atom
from participation.web.guards import current_actor, public, requires
from participation.web.said import sentence


@oversight.post("/ledger/filters")
@requires(Capability.READ_LEDGER)
def save_filter() -> Response:
    query = saving.query_of(MultiDict(parse_qsl(request.form.get("query", "")[:400])))
    try:
        saving.save(name=request.form.get("name", ""), query=query, actor=current_actor(), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        flash(sentence(refused))
    else:
        db.session.commit()
        flash(_("The filter is kept. You find it above the ledger."))
    return redirect(f"{url_for('oversight.ledger')}?{query}", 303)


def _mine(filter_id: int) -> SavedFilter:
    return saving.mine(filter_id, actor=current_actor()) or abort(404)


@oversight.post("/ledger/filters/<int:filter_id>/remove")
@requires(Capability.READ_LEDGER)
def remove_filter(filter_id: int) -> Response:
    db.session.delete(_mine(filter_id))
    db.session.commit()
    flash(_("The filter is removed; its feed answers no more."))
    return redirect(url_for("oversight.ledger"), 303)


@oversight.post("/ledger/filters/<int:filter_id>/address")
@requires(Capability.READ_LEDGER)
def renew_feed(filter_id: int) -> Response:
    saving.new_address(_mine(filter_id))
    db.session.commit()
    flash(_("The feed has a new address; the old one answers no more."))
    return redirect(url_for("oversight.ledger"), 303)


@oversight.get("/ledger/feeds/<int:filter_id>-<key>.atom")
@public
def ledger_feed(filter_id: int, key: str) -> Response:
    """What this person would see in the ledger now; nothing once they may not read it any more."""
    kept = saving.with_key(filter_id, key[:80]) or abort(404)
    actor = _reader(kept) or abort(404)
    now = clock.now()
    filters = filter_of(MultiDict(parse_qsl(kept.query)))
    page = duties.ledger(now=now, actor=actor, filters=filters, limit=ENTRIES, count=False)
    entries = []
    for late in with_lateness(page.rows, now=now):
        duty = late.row.duty
        name = late.row.subject.title if late.row.subject else f"{duty.subject_kind} {duty.subject_id}"
        state = _(STATE_LABELS[late.row.state])
        entries.append(
            Entry(
                key=f"duty:{duty.id}:{late.row.state.value}",
                title=f"{state}：{_(DUTIES[duty.kind].label)}《{name}》",
                url=url_for("oversight.duty", duty_id=duty.id, _external=True),
                updated=duty.met_at or duty.cancelled_at or min(now, duty.due_at),
                published=duty.started_at,
                author=late.name or "—",
                summary=_("Due by %(day)s.", day=duty.due_on.isoformat()),
            )
        )
    own = url_for("oversight.ledger_feed", filter_id=kept.id, key=key, _external=True)
    page_url = f"{url_for('oversight.ledger', _external=True)}?{kept.query}"
    answer = atom(kept.name, key=f"ledger-filter:{kept.id}", own=own, page=page_url, entries=entries)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _reader(kept: SavedFilter) -> Actor | None:
    person = db.session.get(Person, kept.person_id)
    if person is None or person.disabled_at is not None:
        return None
    actor = accounts.actor_of(person, on=clock.local_date(clock.now()))
    return actor if actor.can(Capability.READ_LEDGER) else None
