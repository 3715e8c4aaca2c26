"""How the ledger names and links a matter without importing the feature it belongs to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SubjectLine:
    """What a row calls the matter, and where it can be read; no `url` where it may not be."""

    title: str
    url: str | None = None


Describe = Callable[[set[int]], Mapping[int, SubjectLine]]


@dataclass(frozen=True)
class _Subject:
    describe: Describe
    public: Describe | None


_subjects: dict[str, _Subject] = {}


def register_subject(kind: str, describe: Describe, *, public: Describe | None = None) -> None:
    """Called once by each feature. `describe` serves staff, `public` everybody else: it leaves out
    what was not published. Each takes ids and answers with one query; without `public` a visitor
    is told only the kind and the number."""
    _subjects[kind] = _Subject(describe, public)


def lines_for(subjects: Iterable[tuple[str, int]], *, staff: bool) -> dict[tuple[str, int], SubjectLine]:
    """The lines of these (kind, id) pairs, one call a kind. A matter that its feature does not
    describe is missing from the answer."""
    wanted: dict[str, set[int]] = {}
    for kind, subject_id in subjects:
        wanted.setdefault(kind, set()).add(subject_id)
    found: dict[tuple[str, int], SubjectLine] = {}
    for kind, ids in wanted.items():
        subject = _subjects.get(kind)
        describe = subject and (subject.describe if staff else subject.public)
        if describe:
            found |= {(kind, subject_id): line for subject_id, line in describe(ids).items()}
    return found
