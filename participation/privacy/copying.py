"""A copy of everything that is held about a person (个人信息保护法 art. 45)."""

import io
import json
import zipfile
from datetime import datetime
from typing import Any

from sqlalchemy import select

from participation.accounts import queries as accounts
from participation.extensions import db
from participation.files.disk import path_of
from participation.files.queries import attachments_of
from participation.mailbox.models import Answer, Letter, Rating
from participation.notices.models import Notice
from participation.privacy import holdings
from participation.privacy.contact_lists import queries as lists
from participation.privacy.contact_lists.rules import GROUNDS
from participation.privacy.grounds import Matter
from participation.privacy.holdings import Proved, kind_of
from participation.privacy.models import DataRequest

OWN: dict[str, tuple[str, ...]] = {
    "letter": ("title", "text", "place", "author_name", "contact_channel", "contact_address", "about_person", "channel",
               "kind", "topic", "consent_public", "stage", "published_at", "public_title", "public_text"),
    "comment": ("text", "author_name", "contact_channel", "contact_address", "channel", "consent_public"),
    "proposal": ("title", "text", "reason", "basis", "plan", "author_name", "contact_channel", "contact_address",
                 "shown", "stage"),
}  # fmt: skip


def whole(proved: Proved, *, now: datetime) -> dict[str, Any]:
    """JSON: the account, each matter with its answers and ratings, messages, requests."""
    person = holdings.account(proved)
    return {
        "made_at": now.isoformat(),
        "account": None if person is None else _account(person),
        "contacts": [{"channel": channel, "address": address} for channel, address in proved.contacts],
        "matters": [of_matter(row) for row in holdings.matters(proved)],
        "messages": _messages(proved),
        "requests": [] if person is None else _requests(person.id),
    }


def _account(person: Any) -> dict[str, Any]:
    names = ("name", "login", "phone", "email", "created_at", "phone_verified_at", "email_verified_at")
    return {name: _plain(getattr(person, name)) for name in names}


def of_matter(row: Matter) -> dict[str, Any]:
    kind = kind_of(row)
    told: dict[str, Any] = {"kind": kind, "number": row.number, "received_at": _plain(row.received_at)}
    told |= {name: _plain(getattr(row, name)) for name in OWN[kind]}
    told["stored_only_since"] = _plain(row.limited_at)
    told["contact_lists"] = [_given(one) for one in lists.given_with(kind, row)]
    if isinstance(row, Letter):
        answers = select(Answer).where(Answer.letter_id == row.id, Answer.approved_at.is_not(None)).order_by(Answer.id)
        told["answers"] = [{"round": a.round, "text": a.text, "at": _plain(a.approved_at)} for a in _all(answers)]
        ratings = select(Rating).where(Rating.letter_id == row.id).order_by(Rating.id)
        told["ratings"] = [
            {"round": r.round, "attitude": r.attitude, "speed": r.speed, "result": r.result, "remark": r.remark}
            for r in _all(ratings)
        ]
    told["files"] = [
        {"name": f.original_name, "size": f.size, "sha256": f.sha256} for f in attachments_of(kind, row.id)
    ]
    return told


def _given(one: lists.Given) -> dict[str, Any]:
    """As the page tells it: where a court demanded it, the ground alone."""
    ground = GROUNDS[one.row.legal_ground]
    return {
        "allowed_at": _plain(one.row.decided_at),
        "unit": accounts.department_names().get(one.row.department_id, ""),
        "ground": ground.article,
        "purpose": "" if ground.document else one.row.purpose,
        "taken": one.fetches,
    }


def _all(query: Any) -> Any:
    return db.session.scalars(query)


def _messages(proved: Proved) -> list[dict[str, Any]]:
    if not proved.contacts:
        return []
    query = select(Notice).where(Notice.address.in_(proved.addresses)).order_by(Notice.id).limit(500)
    return [{"at": _plain(n.created_at), "channel": n.channel, "title": n.title, "body": n.body} for n in _all(query)]


def _requests(person_id: int) -> list[dict[str, Any]]:
    query = select(DataRequest).where(DataRequest.person_id == person_id).order_by(DataRequest.id)
    names = ("kind", "asked_at", "state", "text", "answer", "decided_at")
    return [{name: _plain(getattr(row, name)) for name in names} for row in _all(query)]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def as_json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def as_zip(proved: Proved, *, now: datetime) -> bytes:
    """The JSON file and the attachments under their names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("my-data.json", as_json(whole(proved, now=now)))
        for row in holdings.matters(proved):
            for file in attachments_of(kind_of(row), row.id):
                path = path_of(file.sha256)
                if path.is_file():
                    name = file.original_name.replace("/", "_").replace("\\", "_")
                    packed.write(path, f"{row.number}/{file.id}-{name}")
    return made.getvalue()
