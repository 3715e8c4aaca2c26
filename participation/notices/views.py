"""The notices on a staff desk, and the demonstration's inbox."""

from flask import Blueprint, Flask, abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.errors import N_
from participation.extensions import db
from participation.notices import queries, service
from participation.notices.rules import IMPORTANCE_LABELS
from participation.web.guards import current_actor, public, requires
from participation.web.navigation import add_tab

bp = Blueprint("notices", __name__)
blueprints = (bp,)

add_tab("notices.index", N_("Notices"), Capability.USE_DESK, order=90)


@bp.get("/notices")
@requires(Capability.USE_DESK)
def index() -> str:
    actor = current_actor()
    before = request.args.get("before", type=int)
    if before is not None and not 0 < before < 2**31:
        abort(404)
    rows = queries.inbox(actor, before=before, limit=queries.PAGE + 1)
    page = rows[: queries.PAGE]
    older = page[-1][0].id if len(rows) > queries.PAGE else None
    failed = queries.failed_visible_to(actor) if before is None else []
    return render_template("notices/index.html", rows=page, older=older, failed=failed, labels=IMPORTANCE_LABELS)


@bp.post("/notices/read")
@requires(Capability.USE_DESK)
def read() -> Response:
    """Marks one notice (`notice`) or all as read, and opens what the one is about."""
    asked = request.form.get("notice", "")
    if not asked:
        service.mark_read(current_actor(), now=clock.now())
        db.session.commit()
        return redirect(url_for("notices.index"))
    notice = (
        queries.notice_for(current_actor(), int(asked))
        if asked.isascii() and asked.isdigit() and len(asked) < 10
        else None
    )
    if notice is None:
        abort(404)
    link = notice.link
    service.mark_read(current_actor(), now=clock.now(), notice_id=notice.id)
    db.session.commit()
    return redirect(link if _on_this_site(link) else url_for("notices.index"))


@bp.get("/demo/inbox")
@public
def demo_inbox() -> str:
    if not current_app.extensions["settings"].is_demo:
        abort(404)
    return render_template("notices/demo_inbox.html", messages=queries.newest_messages())


def masked_address(address: str) -> str:
    """Enough to recognise one's own number, too little to use somebody else's."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    return f"{address[:3]}****{address[-4:]}" if len(address) >= 9 else "****"


def unread_notices() -> int:
    """How many notices this person has not read; the desk layout shows it. One query a request."""
    actor = current_actor()
    if actor.person_id is None or not actor.can(Capability.USE_DESK):
        return 0
    if "unread_notices" not in g:
        g.unread_notices = queries.unread_count(actor)
    return int(g.unread_notices)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["unread_notices"] = unread_notices
    app.jinja_env.filters["mask_address"] = masked_address


def _on_this_site(link: str) -> bool:
    return link.startswith("/") and not link.startswith(("//", "/\\"))
