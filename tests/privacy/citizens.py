"""Citizens who leave themselves everywhere: the canary stands in every field that takes a text."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import inspect

from participation.access import SYSTEM
from participation.accounts.models import Person
from participation.consultations.models import Comment, CommentDraft
from participation.decisions.models.proposal import ProposalDraft
from participation.evidence import registry
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files.disk import path_of
from participation.files.models import StoredFile
from participation.mailbox.models import LetterDraft
from participation.mailbox.queries.mailboxes import mailbox_named
from participation.notices import service as notices
from participation.privacy.clearing import BESIDE, parts_of
from participation.web.submission import submission_digest

CANARY = "金丝雀KANARI7"


GUARDED = ("about_person", "gap_objection", "public_title", "public_text", "studied_by", "study_result")
"""Filled together with another column only: a CHECK of the table says so."""


def address(number: int) -> str:
    return f"139{number:08d}"


@dataclass(frozen=True)
class Citizen:
    number: int
    person: int
    address: str

    @property
    def canary(self) -> str:
        return f"{CANARY}N{self.number}"


def citizen(number: int, *, now: datetime) -> Citizen:
    made = Citizen(number, 0, address(number))
    person = Person(
        name=made.canary, login=f"{made.canary}@example.cn", password_hash="x", is_citizen=True, created_at=now,
        phone=made.address, phone_verified_at=now, email=f"{made.canary}@example.cn", email_verified_at=now,
    )  # fmt: skip
    db.session.add(person)
    db.session.flush()
    evidence.record("person.registered", subject=person, actor=SYSTEM, now=now)
    return Citizen(number, person.id, made.address)


def stain(row: object, canary: str, *, now: datetime) -> None:
    """Writes the canary into every personal text of the row and of what hangs on it."""
    for one in (row, *parts_of(row)):
        kind = registry.kind_of(one)
        assert kind is not None
        for name in (*kind.personal, *BESIDE.get(type(one), ())):
            column = inspect(type(one)).column_attrs[name].columns[0]
            length = getattr(column.type, "length", None)
            if name in ("contact_address", "source") or (name in GUARDED and not getattr(one, name)):
                continue
            if isinstance(getattr(one, name), str):
                setattr(one, name, canary[:length])
            elif isinstance(getattr(one, name), dict):
                setattr(one, name, {"1": canary})
            elif isinstance(getattr(one, name), list):
                setattr(one, name, [{"text": canary}])
    db.session.flush()
    evidence.record("letter.received", subject=row, actor=SYSTEM, now=now)


def surround(kind: str, row_id: int, who: Citizen, *, now: datetime) -> str:
    """Messages, an attachment and a form that was not sent. Returns the attachment's digest."""
    notices.notify(
        "contact_code", to=notices.Contact("sms", who.address), facts={"code": who.canary, "minutes": 10},
        subject_kind=kind, subject_id=row_id, now=now, once=f"{who.number}-{kind}-{row_id}",
    )  # fmt: skip
    digest = _file(f"{who.canary} {kind} {row_id}", who, now, subject=(kind, row_id))
    key = f"{kind}-{row_id}-{who.number}"
    payload = {"text": who.canary, "contact": f"+86 {who.address[:3]} {who.address[3:7]} {who.address[7:]}"}
    if kind == "letter":
        box = mailbox_named("mayor")
        assert box is not None
        db.session.add(LetterDraft(key=key, mailbox_id=box.id, payload=payload, saved_at=now))
        _file(f"{who.canary} draft", who, now, form=submission_digest(key))
    elif kind == "comment":
        comment = db.session.get(Comment, row_id)
        assert comment is not None
        unsent = CommentDraft(key=key, consultation_id=comment.consultation_id, payload=payload, saved_at=now)
        db.session.add(unsent)
    else:
        db.session.add(ProposalDraft(key=key, payload=payload, saved_at=now))
    db.session.flush()
    return digest


def _file(content: str, who: Citizen, now: datetime, *, subject=(None, None), form: str = "") -> str:
    digest, name = hashlib.sha256(content.encode()).hexdigest(), f"{who.canary}.pdf"
    path = path_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    file = StoredFile(
        sha256=digest, size=9, kind="pdf", original_name=name, form_key=form or digest[:60], subject_kind=subject[0],
        subject_id=subject[1], created_at=now, attached_at=now if subject[0] else None,
    )  # fmt: skip
    db.session.add(file)
    db.session.flush()
    if subject[0]:
        evidence.include(file)
    return digest
