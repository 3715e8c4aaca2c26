"""Errors that nobody asked for: what a log may say about one, and whether it will pass.

A log says kind and place. An error's message and its variables may hold what a person wrote, or their
telephone number.
"""

import errno
from enum import StrEnum
from pathlib import Path

from sqlalchemy.exc import DBAPIError, DisconnectionError, InvalidRequestError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from config import HERE


class Outage(StrEnum):
    """What will pass without anybody's correcting the request."""

    AWAY = "away"
    BUSY = "busy"
    FULL = "full"


_SQLSTATES = {
    "53100": Outage.FULL,
    "25006": Outage.AWAY,  # read-only: the standby that is about to take over
    "40001": Outage.BUSY,
    "40P01": Outage.BUSY,
    "55P03": Outage.BUSY,
    "57014": Outage.BUSY,
}
_SQLSTATE_CLASSES = {"08": Outage.AWAY, "53": Outage.BUSY, "57": Outage.AWAY, "58": Outage.AWAY}
_SQLITE = {
    5: Outage.BUSY,
    6: Outage.BUSY,
    7: Outage.BUSY,
    8: Outage.AWAY,
    10: Outage.FULL,
    13: Outage.FULL,
    14: Outage.AWAY,
    15: Outage.BUSY,
}
"""SQLITE_BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL."""

_ERRNOS = {
    errno.ENOSPC: Outage.FULL,
    errno.EDQUOT: Outage.FULL,
    errno.EROFS: Outage.FULL,
    errno.EIO: Outage.AWAY,
    errno.EMFILE: Outage.BUSY,
    errno.ENFILE: Outage.BUSY,
}


_POOL_GAVE_UP = "This connection is closed"
_DEAD_TRANSACTION = "8s2b"
"""SQLAlchemy's code for a session that cannot reconnect before it was rolled back."""


def outage(error: BaseException | None) -> Outage | None:
    """What is away, busy or full behind this error, or None: then the fault is ours."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        found = _outage(error)
        if found is not None:
            return found
        error = getattr(error, "original_exception", None) or error.__cause__ or error.__context__
    return None


def _outage(error: BaseException) -> Outage | None:
    if isinstance(error, PoolTimeout):
        return Outage.BUSY
    if isinstance(error, DisconnectionError) or (
        # The pool gave up after two dead connections; a session waits for the rollback of a dead one.
        isinstance(error, InvalidRequestError) and (str(error) == _POOL_GAVE_UP or error.code == _DEAD_TRANSACTION)
    ):
        return Outage.AWAY
    if isinstance(error, OSError):
        return _ERRNOS.get(error.errno or 0)
    if not isinstance(error, DBAPIError):
        return None
    if error.connection_invalidated:
        return Outage.AWAY
    said = error.orig
    if (code := getattr(said, "sqlite_errorcode", None)) is not None:
        return _SQLITE.get(code & 0xFF)
    state = getattr(said, "sqlstate", None)
    if state:
        return _SQLSTATES.get(state) or _SQLSTATE_CLASSES.get(state[:2])
    # A connection that was never made, or broke, has no state.
    kinds = {f"{kind.__module__.partition('.')[0]}.{kind.__name__}" for kind in type(said).__mro__}
    return Outage.AWAY if kinds & {"psycopg.OperationalError", "psycopg.InterfaceError"} else None


def place(error: BaseException) -> str:
    """The deepest line of our own code that the error passed through; empty when there is none."""
    found, trace = "", error.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(HERE / "participation"):
            found = f"{path.relative_to(HERE)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found
