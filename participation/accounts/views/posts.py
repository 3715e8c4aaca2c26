"""One post: who holds it, appointing, delegating, ending."""

from flask import Response, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse
from wtforms import SelectChoice

from participation import clock
from participation.access import Capability
from participation.accounts import queries, roster, service
from participation.accounts.forms import blame
from participation.accounts.models import Person, Post, PostHolding
from participation.accounts.staff_forms import ROLE_NAMES, AppointForm, EndForm
from participation.accounts.views.blueprint import bp
from participation.errors import Refused
from participation.extensions import db
from participation.web.guards import current_actor, requires


@bp.get("/people/posts/<int:post_id>")
@requires(Capability.MANAGE_PEOPLE)
def post(post_id: int) -> str:
    found = _post(post_id)
    form = appoint_form(AppointForm(formdata=None))
    form.from_on.data = clock.local_date(clock.now())
    return _page(found, form)


@bp.post("/people/posts/<int:post_id>/appoint")
@requires(Capability.MANAGE_PEOPLE)
def appoint(post_id: int) -> AnyResponse:
    found, form = _post(post_id), appoint_form(AppointForm())
    if not form.validate():
        return _again(found, form)
    try:
        service.appoint(
            db.session.get_one(Person, form.person_id.data),
            post=found,
            from_on=form.from_on.data,
            until_on=form.until_on.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        db.session.rollback()
        blame(form, refused)
        return _again(found, form)
    db.session.commit()
    flash(_("The appointment is entered."))
    return redirect(url_for("accounts.post", post_id=post_id), 303)


@bp.get("/people/holdings/<int:holding_id>/end")
@requires(Capability.MANAGE_PEOPLE)
def holding(holding_id: int) -> str:
    form = EndForm(formdata=None)
    form.until_on.data = clock.local_date(clock.now())
    return render_template("accounts/holding_end.html", holding=_holding(holding_id), form=form)


@bp.post("/people/holdings/<int:holding_id>/end")
@requires(Capability.MANAGE_PEOPLE)
def end_holding(holding_id: int) -> AnyResponse:
    found, form = _holding(holding_id), EndForm()
    if not form.validate():
        return make_response(render_template("accounts/holding_end.html", holding=found, form=form), 422)
    try:
        service.end_holding(found, until_on=form.until_on.data, actor=current_actor(), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        blame(form, refused)
        return make_response(render_template("accounts/holding_end.html", holding=found, form=form), 422)
    db.session.commit()
    flash(_("The last day is entered."))
    return redirect(url_for("accounts.post", post_id=found.post_id), 303)


@bp.post("/people/holdings/<int:holding_id>/withdraw")
@requires(Capability.MANAGE_PEOPLE)
def withdraw_holding(holding_id: int) -> AnyResponse:
    found = _holding(holding_id)
    service.withdraw(found, actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The post is taken away, from this moment."))
    return redirect(url_for("accounts.post", post_id=found.post_id), 303)


def appoint_form(form: AppointForm) -> AppointForm:
    form.person_id.choices = [
        SelectChoice(0, _("Choose a person")),
        *(SelectChoice(*each) for each in roster.staff_choices()),
    ]
    return form


def _post(post_id: int) -> Post:
    return db.session.get(Post, post_id) or abort(404)


def _holding(holding_id: int) -> PostHolding:
    found = db.session.get(PostHolding, holding_id)
    return found if found and found.withdrawn_at is None else abort(404)


def _page(found: Post, form: AppointForm) -> str:
    today = clock.local_date(clock.now())
    return render_template(
        "accounts/post.html",
        post=found,
        department=queries.department(found.department_id),
        lines=roster.holding_lines(PostHolding.post_id == found.id, on=today),
        form=form,
        role_names=ROLE_NAMES,
    )


def _again(found: Post, form: AppointForm) -> Response:
    return make_response(_page(found, form), 422)
