"""A head delegates the posts of the own department for some days (AB角)."""

from flask import Response, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse
from wtforms import SelectChoice

from participation import clock
from participation.access import Capability
from participation.accounts import queries, roster, service
from participation.accounts.forms import blame
from participation.accounts.models import Person, Post, PostHolding
from participation.accounts.staff_forms import ROLE_NAMES, DelegateForm
from participation.accounts.views.blueprint import bp
from participation.errors import N_, Refused
from participation.extensions import db
from participation.web.guards import current_actor, requires
from participation.web.navigation import add_tab

add_tab("accounts.delegations", N_("Delegation"), Capability.APPROVE, order=80, under=["mailbox.approvals"])


@bp.get("/delegations")
@requires(Capability.APPROVE)
def delegations() -> str:
    form = _form(DelegateForm(formdata=None))
    form.from_on.data = clock.local_date(clock.now())
    return _page(form)


@bp.post("/delegations")
@requires(Capability.APPROVE)
def delegate() -> AnyResponse:
    form = _form(DelegateForm())
    if not form.validate():
        return _again(form)
    try:
        service.delegate(
            db.session.get_one(Post, form.post_id.data),
            deputy=db.session.get_one(Person, form.deputy.data),
            from_on=form.from_on.data,
            until_on=form.until_on.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        db.session.rollback()
        blame(form, refused)
        return _again(form)
    db.session.commit()
    flash(_("The post is delegated for these days."))
    return redirect(url_for("accounts.delegations"), 303)


@bp.post("/delegations/<int:holding_id>/withdraw")
@requires(Capability.APPROVE)
def withdraw_delegation(holding_id: int) -> AnyResponse:
    found = db.session.get(PostHolding, holding_id)
    if found is None or found.delegated_by is None or found.post.department_id not in _departments():
        abort(404)
    service.withdraw(found, actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The delegation has ended, from this moment."))
    return redirect(url_for("accounts.delegations"), 303)


def _departments() -> set[int]:
    return set(service.headed_by(current_actor()))


def _form(form: DelegateForm) -> DelegateForm:
    actor, today = current_actor(), clock.local_date(clock.now())
    lines = roster.post_lines(_departments(), on=today)
    form.post_id.choices = [
        SelectChoice(0, _("Choose a post")),
        *(SelectChoice(line.post.id, _named(line)) for line in lines if service.may_delegate(actor, line.post)),
    ]
    colleagues = {person.id: person.name for own in _departments() for person in queries.people_in(own, on=today)}
    form.deputy.choices = [
        SelectChoice(0, _("Choose a deputy")),
        *(SelectChoice(person_id, name) for person_id, name in sorted(colleagues.items())),
    ]
    return form


def _named(line: roster.PostLine) -> str:
    holders = "、".join(held.holding.person.name for held in line.holdings if held.now and not held.delegated_by)
    return f"{line.post.title}（{holders}）" if holders else line.post.title


def _page(form: DelegateForm) -> str:
    lines = roster.post_lines(_departments(), on=clock.local_date(clock.now()))
    return render_template("accounts/delegations.html", form=form, lines=lines, role_names=ROLE_NAMES)


def _again(form: DelegateForm) -> Response:
    return make_response(_page(form), 422)
