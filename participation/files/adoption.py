"""Attachments from before files were evidenced enter the log: once, as they are on that day."""

from datetime import datetime

from sqlalchemy import select

from participation.access import SYSTEM
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files.models import StoredFile

VERB = "files.adopted"


def adopt(now: datetime) -> int:
    """Records every attached file without an entry, the first time it is called on a database; later
    calls do nothing, so that a file planted by hand afterwards is not made good. Returns how many."""
    if evidence.entry_for(evidence.PLATFORM, 0, VERB) is not None:
        return 0
    adopted = 0
    for file in db.session.scalars(select(StoredFile).where(StoredFile.attached_at.is_not(None))):
        if not evidence.knows(file):
            evidence.include(file)
            adopted += 1
    evidence.record(VERB, subject=None, actor=SYSTEM, now=now, facts={"files": adopted})
    return adopted
