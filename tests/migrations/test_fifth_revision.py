"""From 0004 to 0005: a table that begins empty, and may be full when it goes again."""

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade

from participation.extensions import db
from tests.migrations.database import current, schema, tables, wipe

pytestmark = pytest.mark.long


@pytest.fixture
def of_0004(created: Flask) -> Flask:
    wipe()
    upgrade(revision="0004")
    return created


def test_it_adds_one_empty_table_and_goes_down_and_up_again(of_0004: Flask):
    before, shape = tables(), schema(tables())
    upgrade()
    assert tables() - before == {"consultation_count"}
    assert db.session.execute(db.text("SELECT count(*) FROM consultation_count")).scalar() == 0
    db.session.rollback()
    downgrade(revision="0004")
    assert (current(), schema(tables())) == (["0004"], shape)
    upgrade()
    assert "consultation_count" in tables()
