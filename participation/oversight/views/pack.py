"""One click: the ledger at the page's filter, with its proofs, as one file that is checked offline."""

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from flask import current_app, request, send_file
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.evidence import queries as heads
from participation.evidence import service as evidence
from participation.evidence import verifier
from participation.evidence.views.heads import key_text
from participation.extensions import db
from participation.oversight import packing, saving
from participation.oversight.filtering import filter_of, moment_of, written
from participation.oversight.views.blueprint import oversight
from participation.oversight.views.ledger_files import sheet_of
from participation.web import packed
from participation.web.guards import current_actor, requires
from participation.web.packed import Part
from participation.web.workbook import workbook_file


@oversight.post("/ledger/pack")
@requires(Capability.WRITE_FINDING)
def ledger_pack() -> Response:
    """Answers with the file; nothing of it stays here but the entry that says it was made."""
    now, asked = clock.now(), request.form
    at = moment_of(asked.get("at", "")[:40])
    at = at if at is not None and at <= now else None
    folder = Path(current_app.instance_path) / "packs"
    folder.mkdir(parents=True, exist_ok=True)
    # Part by part on the disk: memory does not grow with the ledger.
    with tempfile.TemporaryDirectory(dir=folder, prefix="making-") as laid:
        made = _made(asked, folder, Path(laid), at=at, now=now)
    return _sent(made, f"{_('Inspection pack')}-{written(at or now)}")


def _made(asked: MultiDict[str, str], folder: Path, laid: Path, *, at: datetime | None, now: datetime) -> Path:
    actor = current_actor()
    rows, more = packing.rows_of(filter_of(asked), actor=actor, now=now, at=at)
    ids = [int(str(row[0])) for row in rows]
    key = key_text()
    proofs = packing.proofs(ids, at=at, key=key, folder=laid)
    table, sha256 = packed.laid(laid, "ledger.csv", packing.as_csv(rows))
    book = laid / "ledger.xlsx"
    with force_locale("zh_Hans_CN"):
        workbook_file(book, [sheet_of(rows, at, now)])
    parts = [
        Part("ledger.csv", "期限台账（数据）", "台账", path=table, known=sha256),
        Part("ledger.xlsx", "期限台账", "台账", path=book, known=_digest(book)),
        Part("inquiries.json", "询问与整改", "监督", packing.as_json(packing.followed(set(ids), actor=actor))),
        Part("findings.json", "监督意见", "监督", packing.as_json(packing.findings(ids))),
        Part("samples.json", "抽查（种子、名单、结论）", "监督", packing.as_json(packing.draws(actor))),
        Part("draws.json", "台账抽查（种子、名单、抽中的期限）", "监督", packing.as_json(packing.duty_draws())),
        Part("calendars.json", "工作日历各版本", "日历", packing.as_json(packing.calendars(rows))),
        *(
            Part(f"receipts/{one.entry}.json", f"第 {one.entry} 条记录", "存证凭条", path=one.path, known=one.sha256)
            for one in proofs.receipts
        ),
        Part("verifier.py", "离线核对程序", "存证", Path(verifier.__file__).read_bytes()),
        Part("key.txt", "验证签名的公钥", "存证", f"{key}\n".encode()),
    ]
    head = heads.newest_head()
    if head is not None:
        parts.append(Part("checkpoint.txt", "签名的树头", "存证", head.note.encode()))
    about = {
        "format": "participation-inspection-1", "made_at": now, "filter": saving.query_of(asked),
        "as_of": at or now, "from_the_sealed_record": at is not None, "duties": len(rows), "more_duties": more,
        "entries": proofs.entries, "receipts": len(proofs.receipts), "most_receipts": packing.RECEIPTS,
        "unsealed_entries": proofs.unsealed,
    }  # fmt: skip
    files = [(part.name, part) for part in parts]
    listed = [
        {"path": name, "title": one.title, "what": one.what, "size": one.size, "sha256": one.sha256}
        for name, one in files
    ]
    files.append(("manifest.json", Part("manifest.json", "清单", "清单", packing.as_json(about | {"files": listed}))))
    files.append(("SHA256SUMS", Part("SHA256SUMS", "指纹清单", "清单", packed.sums(files))))
    sha256, size = packed.write(folder, files, made_at=now)
    facts = {"sha256": sha256, "size": size, "duties": len(rows), "receipts": len(proofs.receipts)}
    evidence.record("ledger.packed", subject=None, actor=actor, now=now, facts=facts | {"as_of": at or now})
    db.session.commit()
    return packed.path_of(folder, sha256)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sent(path: Path, title: str) -> Response:
    # The open file is read to its end though its name is gone: no copy of the ledger stays on this disk.
    file = path.open("rb")
    path.unlink()
    response = send_file(file, mimetype="application/zip", max_age=0)
    response.call_on_close(file.close)
    name = packed.file_name(title).replace(" ", "-") + ".zip"
    response.headers["Content-Disposition"] = (
        f"attachment; filename=inspection.zip; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response
