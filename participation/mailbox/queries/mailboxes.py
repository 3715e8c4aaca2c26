"""The mailboxes."""

from sqlalchemy import select

from participation.extensions import db
from participation.mailbox.models import Mailbox


def mailboxes() -> list[Mailbox]:
    """Those that take letters, in the district's order."""
    return list(db.session.scalars(select(Mailbox).where(Mailbox.active).order_by(Mailbox.sort, Mailbox.id)))


def mailbox_named(slug: str) -> Mailbox | None:
    return db.session.scalar(select(Mailbox).where(Mailbox.slug == slug, Mailbox.active))
