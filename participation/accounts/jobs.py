"""What accounts has to forget in time (个人信息保护法 art. 19: no longer than needed)."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from participation.accounts import throttle
from participation.accounts.models import SignInSession, VerificationCode
from participation.extensions import db

# How long a session's row says who was signed in when (网络安全法 art. 21: at least six months).
SESSIONS_KEPT = timedelta(days=200)


def forget(*, now: datetime) -> int:
    """Removes counted attempts and codes that are over, and sessions of long ago."""
    done = throttle.prune(now=now)
    codes = db.session.execute(delete(VerificationCode).where(VerificationCode.expires_at < now - timedelta(days=1)))
    old = db.session.execute(delete(SignInSession).where(SignInSession.expires_at < now - SESSIONS_KEPT))
    db.session.commit()
    return done + int(codes.rowcount) + int(old.rowcount)  # type: ignore[attr-defined]


JOBS = (("forget_attempts", 70, forget, timedelta(hours=1)),)
