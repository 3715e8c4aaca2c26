"""A job that takes its time lets those in between that cannot wait: sealing, codes, the end of a period."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_between: ContextVar[Callable[[], None] | None] = ContextVar("between", default=None)


def breathe() -> None:
    """Between two steps of a long job, with nothing uncommitted: what cannot wait is done now. Nothing happens
    where no runner is at work."""
    urgent = _between.get()
    if urgent is not None:
        with letting_in(None):
            urgent()


@contextmanager
def letting_in(urgent: Callable[[], None] | None) -> Iterator[None]:
    token = _between.set(urgent)
    try:
        yield
    finally:
        _between.reset(token)
