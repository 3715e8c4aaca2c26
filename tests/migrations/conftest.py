"""Databases that the models made, and databases that the migrations made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from tests.conftest import make_app
from tests.migrations.database import wipe


@pytest.fixture
def created(tmp_path: Path) -> Iterator[Flask]:
    """A database as `metadata.create_all` makes it. Nothing is migrated yet."""
    app = make_app(tmp_path)
    with app.app_context():
        yield app
        wipe()


@pytest.fixture
def migrated(created: Flask) -> Flask:
    """A database that the migrations made, from nothing."""
    wipe()
    upgrade()
    return created
