"""From 0002 to 0003: a decision that was under way before the gates asked for records keeps moving on."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import JSON, Boolean, Date, DateTime, Integer, MetaData, Table, text
from sqlalchemy.exc import DBAPIError

from participation.access import PostHeld, Role, actor_for
from participation.decisions import gates, queries
from participation.decisions.models import Decision
from participation.decisions.service import deliberating, papers
from participation.extensions import db
from tests.migrations.database import current, schema, tables, wipe

pytestmark = pytest.mark.long
THEN = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DONE = ("started", "drafting", "participation", "expert", "risk", "legality")
MET = (*DONE, "deliberation")


def enter(table_name: str, **values: Any) -> None:
    """A row of 0002, every column that may not be empty filled with something plain."""
    with db.engine.begin() as connection:
        table = Table(table_name, MetaData(), autoload_with=connection)
        plain = {column.name: _plain(column.type) for column in table.c if not column.nullable and column.name != "id"}
        connection.execute(table.insert(), plain | values)


def _plain(kind: Any) -> Any:
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Integer):
        return 1
    if isinstance(kind, DateTime):
        return THEN
    if isinstance(kind, Date):
        return THEN.date()
    return {} if isinstance(kind, JSON) else ""


@pytest.fixture
def under_way(created: Flask) -> Flask:
    """One decision after its review, one after its meeting, as 0002 recorded them: without any paper."""
    wipe()
    upgrade(revision="0002")
    enter("department", id=1, name="区住建局", name_en="Housing", short_name="住建", code="ZJJ", kind="department",
          active=True, parent_id=None)  # fmt: skip
    enter("person", id=7, name="负责人")
    enter("catalogue", id=1, year=2026, published_at=THEN)
    enter("catalogue_batch", id=1, catalogue_id=1, published_at=THEN, government_approved_on=THEN.date(),
          party_agreed_on=THEN.date())  # fmt: skip
    for number, steps in ((1, DONE), (2, MET)):
        enter("decision", id=number, catalogue_id=1, batch_id=1, number=number, title=f"事项{number}",
              stage=steps[-1], category="services", hearing="not", lead_department_id=1, lead_unit="区住建局",
              joint_units=[], stage_before="", field="other", survey="not", body="government", links=[])  # fmt: skip
        for step in steps:
            enter("decision_step", decision_id=number, step=step, state="done", ended_on=date(2026, 6, 1))
    upgrade()
    return created


def test_steps_of_0002_are_marked_and_those_of_0003_are_not(under_way: Flask):
    decision = db.session.get_one(Decision, 1)
    assert {row.step for row in decision.steps if row.earlier} == set(DONE)
    assert queries.facts_of(decision).earlier == frozenset(DONE)


def test_what_was_reviewed_then_goes_to_the_meeting_now(under_way: Flask):
    decision = db.session.get_one(Decision, 1)
    missing = {gate.key for gate in gates.missing("package", queries.facts_of(decision))}
    assert missing == {"package.draft"}
    by = {"actor": actor_for(person_id=7, name="负责人", posts=(PostHeld(1, 1, Role.HEAD),), is_citizen=False)}
    papers.enter(
        decision, role="draft", form="text", title="草案", attribute="public", text="第一条 照旧。", **by, now=NOW
    )
    assert gates.missing("package", queries.facts_of(decision)) == []
    assert deliberating.may_submit(decision, by["actor"]) is None
    db.session.rollback()


def test_what_was_decided_then_asks_only_for_its_text_now(under_way: Flask):
    missing = {gate.key for gate in gates.missing("published", queries.facts_of(db.session.get_one(Decision, 2)))}
    assert "published.approved" not in missing
    assert "published.text" in missing


def test_it_goes_down_again(under_way: Flask):
    db.session.rollback()
    downgrade(revision="0002")
    upgrade()
    assert db.session.get_one(Decision, 2).steps[0].earlier


def test_with_rows_in_the_new_tables_it_goes_down_and_up(under_way: Flask):
    enter("decision_paper", decision_id=1, role="draft", form="text", title="草案", attribute="public",
          ground_kind="", step="drafting", number=1, entered_by=7)  # fmt: skip
    db.session.rollback()
    downgrade(revision="0002")
    assert current() == ["0002"]
    assert "decision_paper" not in tables()
    upgrade()
    assert db.session.get_one(Decision, 1).stage == "legality"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE decision SET stage = 'closed' WHERE id = 2",
        "INSERT INTO decision_step (decision_id, step, state, ended_on, unit, document_title,"
        " document_number, ground, note, recorded_at, round, earlier, set_aside_reason)"
        " SELECT decision_id, step, state, ended_on, unit, document_title, document_number, ground, note, recorded_at,"
        " 2, earlier, set_aside_reason FROM decision_step WHERE decision_id = 2 AND step = 'started'",
    ],
)
def test_what_0002_has_no_words_for_is_not_thrown_away_on_the_way_down(under_way: Flask, change: str):
    db.session.rollback()
    downgrade(revision="0003")
    with db.engine.begin() as connection:
        connection.execute(text(change))
    shape = schema(tables())
    with pytest.raises(DBAPIError):
        downgrade(revision="0002")
    db.engine.dispose()
    assert current() == ["0003"]
    assert schema(tables()) == shape
