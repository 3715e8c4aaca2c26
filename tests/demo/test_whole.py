"""A demonstration that was stopped half way is never shown as a district."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from participation import clock
from participation.access import SYSTEM
from participation.accounts import service
from participation.accounts.models import Department
from participation.demo.whole import is_empty, load_whole
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.evidence.sealing import seal
from participation.evidence.verification import verify
from participation.extensions import db
from tests.conftest import make_app


def _department(name: str) -> None:
    now = clock.now()
    service.create_department(
        name=name, name_en=name, short_name=name, code=name, kind="department", sort=1, actor=SYSTEM, now=now
    )
    db.session.commit()
    seal(now, everything=True)
    db.session.commit()


def play() -> None:
    for name in ("first", "second"):
        _department(name)


def play_half() -> None:
    _department("half")
    raise KeyboardInterrupt


@pytest.fixture
def fresh(tmp_path: Path):
    app = make_app(tmp_path)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _names() -> list[str]:
    names = sorted(db.session.scalars(select(Department.name)))
    db.session.rollback()
    return names


def test_a_whole_demonstration_moves_in_with_its_heads(fresh: Flask):
    assert load_whole(fresh, play=play) is True
    assert _names() == ["first", "second"]
    assert verify().ok
    assert not [
        path
        for path in Path(fresh.instance_path).iterdir()
        if path.name.startswith("demonstration.l") and path.is_dir()
    ]


def test_it_goes_into_an_empty_database_only(fresh: Flask):
    load_whole(fresh, play=play)
    assert load_whole(fresh, play=play_half) is False
    assert _names() == ["first", "second"]


def test_stopped_half_way_the_next_start_begins_again_or_refuses(fresh: Flask):
    with pytest.raises(KeyboardInterrupt):
        load_whole(fresh, play=play_half)
    if db.engine.dialect.name == "sqlite":
        assert is_empty()
        load_whole(fresh, play=play)
        assert _names() == ["first", "second"]
        assert verify().ok
    else:
        with pytest.raises(Refused, match="half of it is in the database"):
            load_whole(fresh, play=play)


def test_stopped_while_moving_in_the_next_start_finishes(fresh: Flask):
    instance = Path(fresh.instance_path)
    load_whole(fresh, play=play)
    folder = instance / "demonstration.loading"
    (folder / "heads").mkdir(parents=True)
    left = sorted((instance / "heads").iterdir())[-1]
    left.rename(folder / "heads" / left.name)
    (folder / "complete").touch()
    assert load_whole(fresh, play=play_half) is True
    assert left.exists()
    assert not folder.exists()


def test_recorded_acts_without_a_department_are_not_empty(fresh: Flask):
    evidence.record("demonstration.begun", subject=None, actor=SYSTEM, now=clock.now())
    db.session.commit()
    assert not is_empty()
