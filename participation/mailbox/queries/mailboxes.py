"""The mailboxes."""

from sqlalchemy import select

from participation.extensions import db
from participation.mailbox.models import Mailbox
from participation.mailbox.rules import MATTERS


def mailboxes() -> list[Mailbox]:
    """Those that take letters on any matter, in the district's order."""
    asked = select(Mailbox).where(Mailbox.active, Mailbox.slug != MATTERS)
    return list(db.session.scalars(asked.order_by(Mailbox.sort, Mailbox.id)))


def mailbox_named(slug: str) -> Mailbox | None:
    return db.session.scalar(select(Mailbox).where(Mailbox.slug == slug, Mailbox.active))
