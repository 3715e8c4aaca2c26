"""From 0003 to 0004: what is added comes empty, and with rows in it the way down and up again is free."""

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade

from participation.extensions import db
from tests.migrations.database import current, schema, tables, wipe
from tests.migrations.test_third_revision import THEN, enter

pytestmark = pytest.mark.long
ADDED = {"duty_draw", "duty_draw_item"}


@pytest.fixture
def of_0003(created: Flask) -> Flask:
    wipe()
    upgrade(revision="0003")
    return created


def test_what_is_new_comes_empty_and_leaves_the_rest_as_it_was(of_0003: Flask):
    before = tables()
    upgrade()
    assert tables() >= before | ADDED
    assert {name for name in ADDED if db.session.execute(db.text(f"SELECT 1 FROM {name}")).first()} == set()


def test_with_rows_in_the_new_tables_it_goes_down_and_up(of_0003: Flask):
    shape = schema(tables())
    upgrade()
    enter("department", id=1, name="区审计局", name_en="Audit", short_name="审计", code="SJJ", kind="department",
          active=True, parent_id=None)  # fmt: skip
    enter("person", id=7, name="监督员")
    enter("post", id=1, department_id=1, role="auditor")
    enter("duty_draw", id=1, population_digest="0" * 64, post_id=1, fixed_by=7, drawn_at=THEN, seed="0" * 64,
          seed_size=5)  # fmt: skip
    db.session.rollback()
    downgrade(revision="0003")
    assert (current(), schema(tables())) == (["0003"], shape)
    upgrade()
    assert tables() >= ADDED
