"""One-time submission keys: a form that is sent twice is one submission with one receipt.

How a feature uses it:

1. The form carries a hidden field `submission_key`, filled with `new_submission_key()` on GET and
   given back unchanged on 422. The same key is the `form_key` of staged files.
2. The table has `submission_key: String(64)` UNIQUE, filled with `submission_digest(key)`.
3. The view, before it calls the service:
       if not is_ours(key):            # another session's, or made up: show the form again, 422
           key = new_submission_key()
       done = queries.by_submission(submission_digest(key))
       if done: show the receipt again (redirect); nothing is saved
   and around the commit, for two requests at the same instant:
       except IntegrityError: db.session.rollback(); done = queries.by_submission(...)
4. The tracking secret is `secret_for(key)`: the same key gives the same secret, so the repeated
   send prints the same receipt although only a digest of the secret is stored.
"""

import re
import secrets

from flask import session

from participation.web.secrets import keyed_digest, keyed_matches, spelled

_SHAPE = re.compile(r"[A-Za-z0-9_-]{22}\.[0-9a-f]{32}", re.ASCII)
_SESSION = "form_nonce"


def new_submission_key() -> str:
    """A fresh key that only this session can use."""
    if _SESSION not in session:
        session[_SESSION] = secrets.token_urlsafe(16)
    chosen = secrets.token_urlsafe(16)
    return f"{chosen}.{_signature(chosen)}"


def is_ours(key: str | None) -> bool:
    """Whether this session was given the key."""
    if not key or _SESSION not in session or not _SHAPE.fullmatch(key):
        return False
    chosen, _, signature = key.partition(".")
    return keyed_matches(f"{session[_SESSION]}.{chosen}", signature, purpose="submission-key")


def submission_digest(key: str) -> str:
    """What the table stores, unique: 64 hexadecimal digits that do not give the key away."""
    return keyed_digest(key, purpose="submission")


def secret_for(key: str) -> str:
    """The tracking secret of the one submission that this key makes."""
    return spelled(bytes.fromhex(keyed_digest(key, purpose="submission-secret"))[:10])


def _signature(chosen: str) -> str:
    return keyed_digest(f"{session[_SESSION]}.{chosen}", purpose="submission-key")[:32]
