"""The administrator's departments and the posts in them."""

from flask import Response, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from participation import clock
from participation.access import Capability
from participation.accounts import queries, roster, service
from participation.accounts.forms import blame
from participation.accounts.models import Department
from participation.accounts.staff_forms import KINDS, ROLE_NAMES, DepartmentForm, NewDepartmentForm, PostForm
from participation.accounts.views.blueprint import bp
from participation.errors import N_, Refused
from participation.extensions import db
from participation.web.guards import current_actor, requires
from participation.web.navigation import add_tab

add_tab("accounts.people", N_("People and posts"), Capability.MANAGE_PEOPLE, order=5)


@bp.get("/people")
@requires(Capability.MANAGE_PEOPLE)
def people() -> str:
    lines = roster.department_lines(on=clock.local_date(clock.now()))
    return render_template("accounts/departments.html", lines=lines, kinds=KINDS)


@bp.get("/people/departments/new")
@requires(Capability.MANAGE_PEOPLE)
def new_department() -> str:
    return render_template("accounts/department_new.html", form=NewDepartmentForm())


@bp.post("/people/departments/new")
@requires(Capability.MANAGE_PEOPLE)
def create_department() -> AnyResponse:
    form = NewDepartmentForm()
    if not form.validate():
        return make_response(render_template("accounts/department_new.html", form=form), 422)
    try:
        department = service.create_department(
            name=form.name.data.strip(),
            short_name=form.short_name.data.strip(),
            name_en=(form.name_en.data or "").strip(),
            code=form.code.data.strip(),
            kind=form.kind.data,
            sort=form.sort.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        db.session.rollback()
        blame(form, refused)
        return make_response(render_template("accounts/department_new.html", form=form), 422)
    db.session.commit()
    flash(_("The department is entered. Now add its posts."))
    return redirect(url_for("accounts.department", department_id=department.id), 303)


@bp.get("/people/departments/<int:department_id>")
@requires(Capability.MANAGE_PEOPLE)
def department(department_id: int) -> str:
    found = _department(department_id)
    return _page(found, DepartmentForm(obj=found), PostForm(formdata=None))


@bp.post("/people/departments/<int:department_id>")
@requires(Capability.MANAGE_PEOPLE)
def change_department(department_id: int) -> AnyResponse:
    found, form = _department(department_id), DepartmentForm()
    if not form.validate():
        return _again(found, form, PostForm(formdata=None))
    try:
        service.change_department(
            found,
            name=form.name.data.strip(),
            short_name=form.short_name.data.strip(),
            name_en=(form.name_en.data or "").strip(),
            sort=form.sort.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        db.session.rollback()
        blame(form, refused)
        return _again(found, form, PostForm(formdata=None))
    db.session.commit()
    flash(_("The department is changed."))
    return redirect(url_for("accounts.department", department_id=department_id), 303)


@bp.post("/people/departments/<int:department_id>/abolish")
@requires(Capability.MANAGE_PEOPLE)
def abolish_department(department_id: int) -> AnyResponse:
    service.abolish_department(_department(department_id), actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The department takes no new matters any more."))
    return redirect(url_for("accounts.people"), 303)


@bp.post("/people/departments/<int:department_id>/posts")
@requires(Capability.MANAGE_PEOPLE)
def create_post(department_id: int) -> AnyResponse:
    found, form = _department(department_id), PostForm()
    if not form.validate():
        return _again(found, DepartmentForm(formdata=None, obj=found), form)
    post = service.create_post(
        department_id=found.id,
        title=form.title.data.strip(),
        role=form.role.data,
        actor=current_actor(),
        now=clock.now(),
    )
    db.session.commit()
    flash(_("The post is entered. Now appoint somebody."))
    return redirect(url_for("accounts.post", post_id=post.id), 303)


def _department(department_id: int) -> Department:
    return queries.department(department_id) or abort(404)


def _page(found: Department, form: DepartmentForm, post_form: PostForm) -> str:
    lines = roster.post_lines({found.id}, on=clock.local_date(clock.now()))
    return render_template(
        "accounts/department.html",
        department=found,
        form=form,
        post_form=post_form,
        lines=lines,
        kinds=KINDS,
        role_names=ROLE_NAMES,
    )


def _again(found: Department, form: DepartmentForm, post_form: PostForm) -> Response:
    return make_response(_page(found, form, post_form), 422)
