"""Due work: the nightly files."""

from datetime import datetime

from participation import clock
from participation.api.filing import writing


def files(*, now: datetime) -> int:
    """Goes on with the files of the day for a moment. Played nights of the demonstration have none."""
    return 0 if clock.is_played() else writing.write(now=now)


JOBS = (("api.files", 95, files),)
