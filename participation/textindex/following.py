"""Keeping the index with what it indexes, so that no use case can forget it: a row that is written
is indexed by the same flush, in the same transaction."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from participation.extensions import db
from participation.textindex import service
from participation.textindex.kinds import KINDS
from participation.textindex.queries import is_empty

Texts = Callable[[Collection[int] | None], Iterable[tuple[int, str]]]
"""Id and text of what belongs into a drawer: of these subjects, or of all (None). A subject that
it does not give does not belong there."""
Follow = tuple[Collection[str], Callable[[Any], int | None]]

Written = Callable[[Any], str]
"""The text of a row that was just written, as `Texts` would give it; empty when it does not belong there."""

_sources: dict[str, Texts] = {}
_written: dict[str, Written] = {}
_follows: dict[type[Any], list[tuple[str, Collection[str], Callable[[Any], int | None]]]] = {}


def own_id(row: Any) -> int:
    found: int = row.id
    return found


def register(kind: str, texts: Texts, follows: Mapping[type[Any], Follow], *, written: Written | None = None) -> None:
    """Keeps a drawer. `follows` says for each model which columns matter and whose text changes
    with them (an id, or None: nobody's). `written` spares new rows of the drawer's own model the question. Registering
    again replaces."""
    assert kind in KINDS, kind
    _sources[kind] = texts
    _written.pop(kind, None)
    if written is not None:
        _written[kind] = written
    for known in _follows.values():
        known[:] = [one for one in known if one[0] != kind]
    for model, (columns, subject) in follows.items():
        _follows.setdefault(model, []).append((kind, columns, subject))


def registered() -> list[str]:
    return sorted(_sources)


def rebuild(kind: str) -> int:
    """Makes a drawer anew from what is stored. Returns how many texts there are."""
    return service.rebuild(kind, _sources[kind](None))


def fill() -> list[str]:
    """Makes those drawers that are empty, as after the upgrade that brought the index. Returns which."""
    return [kind for kind in registered() if is_empty(kind) and rebuild(kind)]


@event.listens_for(Session, "after_flush")
def _after_flush(session: Session, _context: object) -> None:
    if session is not db.session():
        return
    stale: dict[str, set[int]] = {}
    new: dict[str, dict[int, str | None]] = {}
    for row in (*session.new, *session.dirty, *session.deleted):
        for kind, columns, subject in _follows.get(type(row), ()):
            seen = inspect(row).attrs
            if row in session.deleted or any(seen[name].history.has_changes() for name in columns):
                found = subject(row)
                if found is None:
                    continue
                if subject is own_id and row in session.new:
                    new.setdefault(kind, {})[found] = _written[kind](row) if kind in _written else None
                else:
                    stale.setdefault(kind, set()).add(found)
    for kind in sorted({*stale, *new}):
        fresh = new.get(kind, {})
        asked = sorted({*stale.get(kind, ()), *(one for one, text in fresh.items() if text is None)})
        texts = dict(_sources[kind](asked)) if asked else {}
        for subject_id in sorted({*asked, *fresh}):
            text = fresh.get(subject_id)
            service.put(kind, subject_id, texts.get(subject_id, "") if text is None else text, new=subject_id in fresh)
