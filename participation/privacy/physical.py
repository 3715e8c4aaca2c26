"""What lies beside the rows: the published files."""

from participation.api.filing import shelf
from participation.api.resources import RESOURCES


def drop_published_files() -> int:
    """Takes the copies of what can be withdrawn out of the nightly files; the next
    night makes them anew. What was being made begins again."""
    gone = 0
    # Dates of letters carry the title of the published copy.
    names = {resource.name for resource in RESOURCES if resource.retractable} | {"duties"}
    shelf.discard()
    for run in shelf.runs():
        for file in run.files:
            if file.resource in names:
                (run.folder / file.name).unlink(missing_ok=True)
                gone += 1
    return gone
