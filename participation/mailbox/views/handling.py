"""What else the government office decides about a letter: who helps, which letters are answered
together, and whether it is a petition or a disclosure request as well."""

from flask import abort, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.mailbox import service
from participation.mailbox.forms.dispatch import JoinForm, ReclassifyForm, WhyForm
from participation.mailbox.views.blueprint import LETTER, bp, letter_or_404
from participation.mailbox.views.dispatch import do, next_letter
from participation.web.forms import Form
from participation.web.guards import current_actor, requires


@bp.post(f"/dispatch/{LETTER}/join")
@requires(Capability.DISPATCH)
def join(letter_id: int) -> Response | tuple[str, int]:
    letter, form = letter_or_404(letter_id, lock=True), JoinForm(without=set())

    def act() -> None:
        service.join(
            letter,
            department_id=int(form.joint.data),
            task=form.task.data,
            actor=current_actor(),
            now=clock.now(),
        )

    return do(letter, form, act, _("The unit has been asked to help. The date stays."), "join_form")


@bp.post(f"/dispatch/{LETTER}/unjoin")
@requires(Capability.DISPATCH)
def unjoin(letter_id: int) -> Response | tuple[str, int]:
    letter, form = letter_or_404(letter_id, lock=True), WhyForm()

    def act() -> None:
        service.unjoin(
            letter, department_id=form.which_id, reason=form.reason.data, actor=current_actor(), now=clock.now()
        )

    return do(letter, form, act, _("The unit helps no longer."), "why_form")


class _Nothing(Form):
    """A button."""


@bp.post(f"/dispatch/{LETTER}/merge")
@requires(Capability.DISPATCH)
def merge(letter_id: int) -> Response | tuple[str, int]:
    """Puts this letter and `which` together; the earlier one leads. Both are locked, the lower
    number first, so that two such requests do not wait for each other."""
    which = WhyForm().which_id
    if which in (0, letter_id):
        abort(404)
    locked = {number: letter_or_404(number, lock=True) for number in sorted((letter_id, which))}
    letter, lead = service.in_order(locked[letter_id], locked[which])
    onward = next_letter(locked[letter_id])
    if lead.id == letter_id or lead.stage != "assigned":
        onward = url_for("mailbox.dispatch_letter", letter_id=lead.id)

    def act() -> None:
        service.merge(letter, lead=lead, actor=current_actor(), now=clock.now())

    done = _("Both letters get one answer; each keeps its own date.")
    return do(locked[letter_id], _Nothing(), act, done, "why_form", onward)


@bp.post(f"/dispatch/{LETTER}/unmerge")
@requires(Capability.DISPATCH)
def unmerge(letter_id: int) -> Response | tuple[str, int]:
    letter, form = letter_or_404(letter_id, lock=True), WhyForm()

    def act() -> None:
        service.unmerge(letter, reason=form.reason.data, actor=current_actor(), now=clock.now())

    return do(letter, form, act, _("The letters are answered apart from now on."), "why_form")


@bp.post(f"/dispatch/{LETTER}/reclassify")
@requires(Capability.DISPATCH)
def reclassify(letter_id: int) -> Response | tuple[str, int]:
    letter, form = letter_or_404(letter_id, lock=True), ReclassifyForm()

    def act() -> None:
        service.reclassify(letter, into=form.into.data, basis=form.basis.data, actor=current_actor(), now=clock.now())

    return do(letter, form, act, _("The writer has been told what is new and what stays."), "reclassify_form")
