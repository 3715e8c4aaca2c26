"""Moments around a boundary, and servers that stand in other time zones."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from participation.clock import SHANGHAI

SERVERS = ("UTC", "Asia/Shanghai", "America/Los_Angeles")
BEFORE, AT, AFTER = -1, 0, 1
SECONDS = (BEFORE, AT, AFTER)


def at(moment: str, seconds: int = 0) -> datetime:
    """A Zhoucun time, moved by seconds: `at("2026-10-11", -1)` is the last second of the 10th."""
    return datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI) + timedelta(seconds=seconds)


@contextmanager
def server_in(zone: str) -> Iterator[None]:
    """The process as on a machine whose own time zone is `zone`."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()
