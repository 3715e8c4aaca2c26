"""Making and fetching the dossier: one click, then a file that is always the same."""

import json
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from flask import abort, current_app, flash, redirect, send_file, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Actor, Capability
from participation.decisions import service
from participation.decisions.dossier import contents, parts
from participation.decisions.forms.parts import VersionedForm
from participation.decisions.models import Decision
from participation.decisions.models.dossier import DecisionDossier
from participation.decisions.queries.dossiers import dossier as found_dossier
from participation.decisions.queries.whole import whole
from participation.decisions.service.permission import check_version
from participation.decisions.views import chain_data
from participation.decisions.views.acting import inside, meanwhile
from participation.decisions.views.blueprint import bp, commit
from participation.errors import Refused
from participation.evidence import queries as evidence
from participation.evidence import verifier
from participation.evidence.views.heads import key_text
from participation.web import packed
from participation.web.guards import current_actor, requires

ONE = "/desk/decisions/items/<int:decision_id>"


@bp.post(f"{ONE}/dossier")
@requires(Capability.USE_DESK)
def make_dossier(decision_id: int) -> Response:
    found, form = inside(decision_id), VersionedForm()
    if not form.validate():
        abort(422)
    actor, now = current_actor(), clock.now()
    refused = service.making_refusal(found, actor)
    if refused:
        raise refused
    try:
        check_version(found, form.version)
    except Refused as stale:
        return meanwhile(found.id, stale)
    pack(found, actor=actor, now=now)
    commit()
    flash(_("The dossier is made. Fetch it below, and hand it to the justice bureau."))
    return redirect(url_for("decisions.dossier_filing", decision_id=decision_id), 303)


def pack(found: Decision, *, actor: Actor, now: datetime) -> DecisionDossier:
    """Writes the file and records it with its fingerprint."""
    files, entries, unsealed = _files(found, actor, now)
    sha256, size = packed.write(_folder(), files, made_at=now)
    return service.record_dossier(
        found, sha256=sha256, size=size, files=len(files), entries=entries, unsealed=unsealed, actor=actor, now=now
    )


def _folder() -> Path:
    return Path(current_app.instance_path) / "dossiers"


def _files(found: Decision, actor: Actor, now: datetime) -> tuple[list[tuple[str, packed.Part]], int, int]:
    """Every file with its path, the manifest and the sums last; how many proofs, how many entries wait."""
    from participation.decisions.dossier import index, reading  # they bring python-docx and lxml

    settings = current_app.extensions["settings"]
    with force_locale("zh_Hans_CN"):
        sections = contents.sections(found, actor=actor)
        page = reading.public_page(found.id)
    about = contents.entries(found, actor=actor)
    proofs, unsealed = contents.proofs(about, key=key_text())
    beside = [
        index.index(found, sections, made_at=now, district=settings.district),
        index.course(found, reading.steps(page)),
        packed.Part("00-全过程记录.json", "全过程记录（数据）", "过程记录", _data(found, now)),
        *proofs,
        *_checking(),
    ]
    files = parts.placed(sections, beside)
    said = contents.public_facts(found, made_at=now) | {"unsealed_entries": unsealed}
    listed = packed.Part("manifest.json", "文件清单", "清单", parts.manifest(said, files, sections))
    files.append((listed.name, listed))
    files.append(("SHA256SUMS", packed.Part("SHA256SUMS", "指纹清单", "清单", packed.sums(files))))
    return files, len(proofs), len(unsealed)


def _data(found: Decision, now: datetime) -> bytes:
    with force_locale("zh_Hans_CN"):
        return json.dumps(chain_data.data(whole(found, now=now)), ensure_ascii=False, indent=1).encode()


def _checking() -> list[packed.Part]:
    """What checks the proofs without this site."""
    head = evidence.newest_head()
    program = Path(verifier.__file__).read_bytes()
    found = [packed.Part("存证/verifier.py", "离线核对程序", "存证", program)]
    if head is not None:
        found.append(packed.Part("存证/checkpoint.txt", "签名的树头", "存证", head.note.encode()))
    return [*found, packed.Part("存证/key.txt", "验证签名的公钥", "存证", f"{key_text()}\n".encode())]


@bp.get(f"{ONE}/dossier/<int:dossier_id>.zip")
@requires(Capability.USE_DESK)
def fetch_dossier(decision_id: int, dossier_id: int) -> Response:
    found = inside(decision_id)
    made = found_dossier(decision_id, dossier_id) or abort(404)
    path = packed.path_of(_folder(), made.sha256)
    if not path.is_file():
        abort(404)
    response = send_file(path, mimetype="application/zip", etag=made.sha256, conditional=True, max_age=0)
    name = packed.file_name(f"{found.title}-卷宗-{clock.local_date(made.made_at).isoformat()}") + ".zip"
    response.headers["Content-Disposition"] = (
        f"attachment; filename=dossier-{made.id}.zip; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
