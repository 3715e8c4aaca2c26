"""Preparing the public copy: original and copy face each other, one decision for each place."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.errors import Refused
from participation.extensions import db
from participation.files import queries as files
from participation.mailbox import service
from participation.mailbox.forms.publishing import ArrangeForm, PassageForm, PlaceForm, ReasonForm
from participation.mailbox.models import Letter
from participation.mailbox.queries import publishing as queue
from participation.mailbox.service import publishing, redacting
from participation.mailbox.views.blueprint import LETTER, blame, bp, letter_or_404, page
from participation.redaction import KINDS, Hit, proposal
from participation.web.forms import Form
from participation.web.guards import current_actor, requires


@bp.get("/desk/publishing")
@requires(Capability.ANSWER)
def publishing_queue() -> tuple[str, int]:
    actor = current_actor()
    return page("publishing.html", prepare=queue.to_prepare(actor), release=queue.to_release(actor))


@bp.get(f"/desk/{LETTER}/publish")
@requires(Capability.ANSWER)
def redact(letter_id: int) -> tuple[str, int]:
    return redact_page(letter_or_404(letter_id), 200)


@bp.get(f"/desk/{LETTER}/publish/<any(place, passage, undo, arrange, submit, second, decline):act>")
@requires(Capability.ANSWER)
def redact_again(letter_id: int, act: str) -> Response:
    """A refused step, loaded again, or in the other language."""
    return redirect(url_for("mailbox.redact", letter_id=letter_id))


@bp.post(f"/desk/{LETTER}/publish/place")
@requires(Capability.ANSWER)
def decide_place(letter_id: int) -> Response | tuple[str, int]:
    form = PlaceForm()

    def act(letter: Letter) -> str:
        service.decide_place(
            letter, place=_read_place(form.place.data), keep=form.do.data == "keep", put=form.put.data,
            reason=form.reason.data, actor=current_actor(), now=clock.now(),
        )  # fmt: skip
        return ""

    return _do(letter_id, form, act, place_form=form)


@bp.post(f"/desk/{LETTER}/publish/passage")
@requires(Capability.ANSWER)
def mark_passage(letter_id: int) -> Response | tuple[str, int]:
    form = PassageForm()

    def act(letter: Letter) -> str:
        count = service.mark(
            letter, field="", passage=form.passage.data, put=form.put.data, actor=current_actor(), now=clock.now()
        )
        return ngettext("%(num)d place is covered", "%(num)d places are covered", count)

    return _do(letter_id, form, act, passage_form=form)


@bp.post(f"/desk/{LETTER}/publish/undo")
@requires(Capability.ANSWER)
def undo_place(letter_id: int) -> Response | tuple[str, int]:
    form = PlaceForm()

    def act(letter: Letter) -> str:
        place = _read_place(request.form.get("place"))
        service.unmark(letter, place=place, actor=current_actor(), now=clock.now())
        return _("The decision is taken back; the place is covered until it is decided again.")

    return _do(letter_id, None, act, place_form=form)


@bp.post(f"/desk/{LETTER}/publish/arrange")
@requires(Capability.ANSWER)
def arrange_copy(letter_id: int) -> Response | tuple[str, int]:
    form = ArrangeForm()

    def act(letter: Letter) -> str:
        chosen = [int(value) for value in request.form.getlist("files") if value.isascii() and value.isdigit()]
        service.arrange(letter, title=form.title.data, file_ids=chosen, actor=current_actor(), now=clock.now())
        return _("Title and pictures are saved.")

    return _do(letter_id, form, act, arrange_form=form)


@bp.post(f"/desk/{LETTER}/publish/submit")
@requires(Capability.ANSWER)
def submit_copy(letter_id: int) -> Response | tuple[str, int]:
    form = ReasonForm()

    def act(letter: Letter) -> str:
        service.submit_copy(letter, actor=current_actor(), now=clock.now())
        return _("The copy waits for a second person.")

    return _do(letter_id, form, act, reason_form=form, target="mailbox.publishing_queue")


def _do(
    letter_id: int,
    form: Form | None,
    act: Callable[[Letter], str],
    *,
    target: str = "",
    **forms: Form,
) -> Response | tuple[str, int]:
    letter = letter_or_404(letter_id, lock=True)
    if form is not None and not form.validate():
        return redact_page(letter, 422, **forms)
    try:
        said = act(letter)
    except Refused as refused:
        blame(form or next(iter(forms.values())), refused)
        return redact_page(letter_or_404(letter_id), 422, **forms)
    db.session.commit()
    if said:
        flash(said)
    if target:
        return redirect(url_for(target), 303)
    return redirect(url_for("mailbox.redact", letter_id=letter_id, _anchor="place"), 303)


def redact_page(letter: Letter, status: int, **forms: Form) -> tuple[str, int]:
    """The page for who prepares and for who publishes. Raises the refusal for anybody else."""
    actor = current_actor()
    refused = redacting.prepare_refusal(letter, actor=actor)
    if refused is not None:
        raise refused
    copy = redacting.copy_of(letter)
    sheet = redacting.sheet_of(letter, copy)
    places = [(f"{hit.field}:{hit.start}:{hit.end}", hit, sheet.of(hit)) for hit in sheet.hits]
    current = copy is not None and copy.round == letter.round
    submitted = current and copy is not None and copy.state == "submitted"
    now_at = None if submitted else _current(places, forms.get("place_form"))
    blank: dict[str, Any] = {
        "passage_form": PassageForm(formdata=None),
        "arrange_form": ArrangeForm(formdata=None, data={"title": copy.title if copy else ""}),
        "reason_form": ReasonForm(formdata=None),
        "place_form": _place_form(places[now_at]) if now_at is not None else PlaceForm(formdata=None),
    }
    if copy is not None:
        blank["reason_form"].version.data = str(copy.version)
    prepared_by = copy.prepared_by if copy is not None else None
    return page(
        "redact.html",
        status,
        letter=letter,
        copy=copy,
        sheet=sheet,
        places=places,
        now_at=now_at,
        submitted=submitted,
        out=current and copy is not None and copy.state == "published",
        again=letter.round > 1 and letter.published_at is not None and not current,
        original={field: pieces(text, sheet, field) for field, text in sheet.texts.items()},
        covered={field: pieces(text, sheet, field, public=True) for field, text in sheet.texts.items()},
        fields={name: redacting.FIELDS[name] for name in sheet.texts},
        hit_kinds=KINDS,
        proposal=proposal,
        attachments=files.attachments_of("letter", letter.id),
        pictures=redacting.PICTURES,
        release_refusal=publishing.release_refusal(letter, copy, actor=actor),
        decline_refusal=publishing.decline_refusal(letter, actor=actor),
        people=accounts.person_names({prepared_by}) if prepared_by else {},
        **blank | forms,
    )


def pieces(text: str, sheet: redacting.Sheet, field: str, *, public: bool = False) -> list[list[tuple[str, str, int]]]:
    """Paragraphs as (words, what, number of the place): what is "", found, kept, covered or open."""
    parts: list[tuple[str, str, int]] = []
    at = 0
    for number, hit in enumerate(sheet.hits, start=1):
        if hit.field != field or hit.start < at:
            continue
        parts.append((text[at : hit.start], "", 0))
        decision = sheet.of(hit)
        if not public:
            parts.append((hit.text, "found", number))
        elif decision is None:
            parts.append(("", "open", number))
        else:
            parts.append((hit.text, "kept", number) if decision["keep"] else (str(decision["put"]), "covered", number))
        at = hit.end
    parts.append((text[at:], "", 0))
    paragraphs: list[list[tuple[str, str, int]]] = [[]]
    for words, what, number in parts:
        for index, piece in enumerate(words.split("\n") if not what else [words]):
            if index:
                paragraphs.append([])
            if piece or what:
                paragraphs[-1].append((piece, what, number))
    return [paragraph for paragraph in paragraphs if paragraph]


def _current(places: list[tuple[str, Hit, dict[str, object] | None]], form: Form | None) -> int | None:
    """The place that is asked about: the one of a refused form, the one named, the first undecided."""
    ids = [place for place, _hit, _decision in places]
    if form is not None and form.place.data in ids:
        return ids.index(form.place.data)
    named = request.args.get("place", "")
    if named.isascii() and named.isdigit() and 0 < int(named[:4]) <= len(places):
        return int(named[:4]) - 1
    return next((index for index, (_id, _hit, decision) in enumerate(places) if decision is None), None)


def _place_form(place: tuple[str, Hit, dict[str, object] | None]) -> PlaceForm:
    name, hit, decision = place
    chosen = decision or {"keep": False, "put": proposal(hit), "reason": ""}
    data = {"do": "keep" if chosen["keep"] else "cover", "put": chosen["put"], "reason": chosen["reason"]}
    form = PlaceForm(formdata=None, data=data)
    form.place.data = name
    return form


def _read_place(written: str | None) -> tuple[str, int, int]:
    parts = (written or "").split(":")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 8 for part in parts[1:]):
        return "", 0, 0
    return parts[0], int(parts[1]), int(parts[2])
