"""What lies beside the rows: attachments, dossiers, the published files."""

from participation.api.filing import shelf
from participation.api.resources import RESOURCES
from participation.privacy import clearing


def settle(digests: list[str], *, was_public: bool) -> None:
    """After the commit of an erasure: takes its files from the disk, and the published ones if it was public."""
    clearing.remove_bytes(digests)
    if was_public:
        drop_published_files()


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
