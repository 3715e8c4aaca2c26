"""Letters from a file: a dry run that shows every row, then all of it or nothing; then the slips."""

import hashlib
from typing import Any

from flask import Response as Download
from flask import abort, flash, redirect, request, session, url_for
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox.forms.importing import ImportForm
from participation.mailbox.importing import MOST_LETTERS, Judged, Row, read
from participation.mailbox.models import LetterImport
from participation.mailbox.queries import mailboxes
from participation.mailbox.service import answer_duty, batches
from participation.mailbox.views.blueprint import blame, bp, page
from participation.mailbox.views.enter import _choices
from participation.mailbox.views.template_file import as_csv, as_workbook
from participation.web.guards import current_actor, requires
from participation.web.said import told
from participation.web.secrets import digest_secret, keyed_digest, spelled
from participation.web.submission import is_ours, new_submission_key, submission_digest
from participation.web.tables import MOST_BYTES

BATCH = "<int(max=2147483647):batch_id>"
KEYS = "import_keys"
SLIPS_SHOWN = 500


@bp.get("/desk/import")
@requires(Capability.ENTER_FOR_OTHERS)
def import_letters() -> tuple[str, int]:
    form = ImportForm(formdata=None, mailboxes=_choices())
    form.submission_key.data = new_submission_key()
    return _form(form, 200)


@bp.get("/desk/import/template.<any(csv, xlsx):kind>")
@requires(Capability.ENTER_FOR_OTHERS)
def import_template(kind: str) -> Download:
    return as_csv() if kind == "csv" else as_workbook()


@bp.post("/desk/import")
@requires(Capability.ENTER_FOR_OTHERS)
def import_read() -> Response | tuple[str, int]:
    """The dry run. Wrong rows: every row is shown again with what is wrong, and nothing is kept."""
    form, actor, now = ImportForm(mailboxes=_choices()), current_actor(), clock.now()
    if not is_ours(form.submission_key.data):
        form.submission_key.data = new_submission_key()
    box = mailboxes.mailbox_named(form.mailbox.data or "")
    if not form.validate() or box is None:
        return _form(form, 422)
    upload: FileStorage = form.file.data
    data, name = upload.stream.read(MOST_BYTES + 1), upload.filename or ""
    try:
        table, judged = read(data, name, units=_units(), actor=actor, now=now)
    except Refused as refused:
        blame(form, refused)
        return _form(form, 422)
    judged = batches.with_stored(judged)
    if any(each.problems for each in judged):
        form.submission_key.data = new_submission_key()
        return _form(form, 422, judged=judged, table=table, name=name)
    key = form.submission_key.data
    batch = batches.keep(
        box,
        [each.row for each in judged if each.row is not None],
        key=submission_digest(key),
        filename=name,
        sha256=hashlib.sha256(data).hexdigest(),
        actor=actor,
        now=now,
    )
    db.session.commit()
    session[KEYS] = {**_keys(), str(batch.id): key}
    return redirect(url_for("mailbox.import_shown", batch_id=batch.id), 303)


@bp.get(f"/desk/import/{BATCH}")
@requires(Capability.ENTER_FOR_OTHERS)
def import_shown(batch_id: int) -> Response | tuple[str, int]:
    batch, _key = _batch_or_404(batch_id)
    if batch.entered_at is not None:
        return redirect(url_for("mailbox.import_slips", batch_id=batch_id))
    rows = [Row.from_json(kept) for kept in batch.payload]
    judged = batches.with_stored([Judged(_line_of(row), row) for row in rows])
    fresh = sum(1 for each in judged if not each.stored)
    return page("import_shown.html", batch=batch, judged=judged, fresh=fresh, names=accounts.department_names())


@bp.post(f"/desk/import/{BATCH}")
@requires(Capability.ENTER_FOR_OTHERS)
def import_confirmed(batch_id: int) -> Response:
    batch, key = _batch_or_404(batch_id, lock=True)
    made = batches.enter(
        batch,
        secret_digest_of=lambda row: digest_secret(_secret(key, row.digest)),
        actor=current_actor(),
        now=clock.now(),
    )
    db.session.commit()
    flash(ngettext("%(num)d letter was entered.", "%(num)d letters were entered.", len(made)))
    return redirect(url_for("mailbox.import_slips", batch_id=batch_id), 303)


@bp.get(f"/desk/import/{BATCH}/slips")
@requires(Capability.ENTER_FOR_OTHERS)
def import_slips(batch_id: int) -> tuple[str, int]:
    """Number and query code of each letter, to print; only in the session that entered the file."""
    batch, key = _batch_or_404(batch_id)
    letters = batches.letters_of(batch)
    without = [letter for letter in letters if not letter.contact_address]
    chosen = letters if request.args.get("all") == "1" else without
    slips = [(letter, _secret(key, letter.submission_key), answer_duty(letter)) for letter in chosen[:SLIPS_SHOWN]]
    return page(
        "import_slips.html",
        batch=batch,
        letters=letters,
        without=without,
        slips=slips,
        more=len(chosen) - len(slips),
        everything=chosen is letters,
    )


def _secret(key: str, digest: str) -> str:
    return spelled(bytes.fromhex(keyed_digest(f"{key}|{digest}", purpose="import-secret"))[:10])


def _keys() -> dict[str, str]:
    kept = session.get(KEYS)
    return dict(list(kept.items())[-10:]) if isinstance(kept, dict) else {}


def _batch_or_404(batch_id: int, *, lock: bool = False) -> tuple[LetterImport, str]:
    """The file and its key, for the session that read it; nobody else's."""
    key = _keys().get(str(batch_id))
    batch = db.session.get(LetterImport, batch_id, with_for_update=lock or None)
    if (
        batch is None
        or key is None
        or batch.read_by != current_actor().person_id
        or batch.submission_key != submission_digest(key)
    ):
        abort(404)
    return batch, key


def _line_of(row: Row) -> Any:
    from participation.web.tables import Line

    return Line(row.number, {})


def _units() -> dict[str, int]:
    rows = accounts.departments()
    return {row.short_name: row.id for row in rows} | {row.name: row.id for row in rows}


def _form(form: ImportForm, status: int, **shown: Any) -> tuple[str, int]:
    values = {"judged": [], "table": None, "name": ""} | shown
    return page("import.html", status, form=form, told=told, most=MOST_LETTERS, **values)
