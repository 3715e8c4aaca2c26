"""Dossiers of decisions that hold words of a matter: files beside the database.

Filed, a dossier is an archive's document: it stays, for the staff only, until its years are over or the office
grants an objection. Before it is filed it is a working copy, which is taken away and made anew with one click.
"""

import html
import io
import re
import zipfile
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from participation.consultations.models import Comment, Consultation
from participation.decisions.models.dossier import DecisionDossier
from participation.decisions.models.dossier_filing import DecisionDossierFiling
from participation.decisions.models.proposal import ProposalOutcome
from participation.extensions import db
from participation.mailbox.models import Letter
from participation.privacy import masking
from participation.privacy.grounds import Matter
from participation.privacy.quoting import words_of
from participation.web import packed

_MOST = 1 << 26
"""Bytes of one member that are read; generated files are far smaller, originals are no generated files."""
_TAG = re.compile(r"<[^>]+>")


def path_of(digest: str) -> Path:
    return packed.path_of(Path(current_app.instance_path) / "dossiers", digest)


def naming(row: Matter, *, filed: bool) -> list[str]:
    """SHA-256 of the dossier files in which words of the matter stand; with `filed` also of those that were
    handed over."""
    decision_ids = _decisions_of(row)
    if not decision_ids:
        return []
    made = select(DecisionDossier.sha256).where(DecisionDossier.decision_id.in_(decision_ids))
    kept = select(DecisionDossierFiling.sha256).where(
        DecisionDossierFiling.decision_id.in_(decision_ids), DecisionDossierFiling.set_aside_at.is_(None)
    )
    found = set(db.session.scalars(made)) - (set() if filed else set(db.session.scalars(kept)))
    words = words_of(row)
    return [digest for digest in sorted(found) if path_of(digest).is_file() and _stands_in(path_of(digest), words)]


def _decisions_of(row: Matter) -> set[int]:
    found: set[int | None] = set()
    if isinstance(row, Comment):
        consultation = db.session.get(Consultation, row.consultation_id)
        found = {consultation.decision_id if consultation is not None else None}
    elif isinstance(row, Letter):
        found = {row.about_id if row.about_kind == "decision" else None}
    else:
        became = select(ProposalOutcome.decision_id).where(ProposalOutcome.proposal_id == row.id)
        found = set(db.session.scalars(became))
    return {one for one in found if one is not None}


def _stands_in(path: Path, words: list[str]) -> bool:
    """A file that cannot be read is taken for one that names the person."""
    try:
        with zipfile.ZipFile(path) as opened:
            return any(masking.mentions(text, words) for text in _texts(opened))
    except (OSError, zipfile.BadZipFile):
        return True


def _texts(opened: zipfile.ZipFile) -> list[str]:
    found = []
    for member in opened.infolist():
        suffix = member.filename.rpartition(".")[2]
        if suffix not in ("txt", "json", "docx", "xlsx", "xml") or member.file_size > _MOST:
            continue
        data = opened.read(member)
        if suffix in ("docx", "xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as office:
                found += _texts(office)
        elif suffix == "xml":
            found.append(html.unescape(_TAG.sub("", data.decode(errors="replace"))))
        else:
            found.append(data.decode(errors="replace"))
    return found
