"""Signed-in browsers, counted attempts and codes sent to a contact. None of these rows holds a
secret or an address that could be read: tokens, addresses and codes are digests."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.extensions import Instant, db


class SignInSession(db.Model):
    """One browser of one person. It ends at `expires_at`, or at once when it is revoked."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    address_digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class Attempt(db.Model):
    """Something that may be tried only so often: signing in, asking for a code, a query code.
    `scope` says what, `key_digest` for which account or from which address."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_scope_key_digest_at", "scope", "key_digest", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(40))
    key_digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant, index=True)


class VerificationCode(db.Model):
    """A six-digit code sent to a mobile number or an e-mail address."""

    __tablename__ = "verification_code"
    __table_args__ = (
        CheckConstraint("channel IN ('sms', 'email')", name="channel_known"),
        CheckConstraint("attempts BETWEEN 0 AND 5", name="attempts_limited"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(10))
    address_digest: Mapped[str] = mapped_column(String(64), index=True)
    code_digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
