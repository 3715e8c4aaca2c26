"""On PostgreSQL the application's role has no way to change or delete evidence, and still does its work."""

import os

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from participation import clock
from participation.evidence import ddl, keeping, roles, sealing, verification
from participation.evidence.models import EvidenceEntry
from participation.extensions import db
from tests.conftest import make_app
from tests.evidence.parcel import Parcel, move, receive
from tests.world import World

OWNER, APPLICATION = "pp_test_owner", "pp_test_application"


def test_names_that_need_quoting_are_refused():
    for owner, application in (("a b", "c"), ("a", "c;"), ("a", "a"), ("A", "b")):
        with pytest.raises(ValueError):
            roles.statements(owner=owner, application=application, tables=["letter"])


def test_the_command_prints_a_statement_a_line(app):
    printed = app.test_cli_runner().invoke(args=["evidence", "roles"]).output.splitlines()
    assert printed[-3] == (f"REVOKE UPDATE, DELETE ON {', '.join(ddl.INSERT_ONLY)} FROM participation;")
    assert all(line.endswith(";") for line in printed)
    assert app.test_cli_runner().invoke(args=["evidence", "roles", "--owner", "x y"]).exit_code == 2


@pytest.fixture
def restricted(tmp_path):
    """An application that signs in as the restricted role, on a database that the other role owns; None on
    SQLite, which knows no roles."""
    if not os.environ.get("TEST_DATABASE_URL"):
        yield None
        return
    made = make_app(tmp_path)
    with made.app_context():
        url = db.engine.url
        tables = [table.name for table in db.metadata.sorted_tables]
        with db.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
            for statement in roles.statements(owner=OWNER, application=APPLICATION, tables=tables):
                connection.exec_driver_sql(statement)
            for statement in roles.statements(owner=OWNER, application=APPLICATION, tables=tables):
                connection.exec_driver_sql(statement)
        db.engine.dispose()
    as_application = url.set(username=APPLICATION).render_as_string(hide_password=False)
    app = make_app(tmp_path, fresh=False, database_url=as_application.replace("postgresql+psycopg://", "postgresql://"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    server = create_engine(make_url(os.environ["TEST_DATABASE_URL"]), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)'))
        connection.execute(text(f"DROP ROLE {APPLICATION}"))
        connection.execute(text(f"DROP ROLE {OWNER}"))
    server.dispose()


def test_the_restricted_role_works_and_cannot_touch_evidence(restricted):
    if restricted is None:
        return
    world = World(restricted)
    parcel = receive("A-1")
    db.session.commit()
    move(parcel, "sorted")
    db.session.commit()
    sealing.seal(clock.now())
    db.session.commit()
    assert verification.verify().ok
    db.session.rollback()
    assert db.session.scalar(text("SELECT current_user")) == APPLICATION
    client = world.sign_in(restricted.test_client(), "auditor")
    assert client.get("/ledger").status_code == 200
    assert client.get("/transparency").status_code == 200
    db.session.rollback()
    refused = []
    for table in ddl.INSERT_ONLY:
        column = next(iter(db.metadata.tables[table].columns)).name
        for change in (
            f"UPDATE {table} SET {column} = {column}",
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
            f"DROP TABLE {table} CASCADE",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"DROP TRIGGER {table}_no_change ON {table}",
            f"ALTER TABLE {table} RENAME TO forgotten",
            f"CREATE RULE r AS ON INSERT TO {table} DO INSTEAD NOTHING",
        ):
            refused.append(_refused(change))
    for change in (
        "SET session_replication_role = replica",
        f"SET ROLE {OWNER}",
        "SET ROLE postgres",
        "CREATE OR REPLACE FUNCTION evidence_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE TABLE mine (id int)",
        "DELETE FROM evidence_salt",
        "TRUNCATE letter CASCADE",
    ):
        refused.append(_refused(change))
    assert set(refused) == {"InsufficientPrivilege"}


def _refused(change: str) -> str:
    try:
        db.session.execute(text(change))
    except DBAPIError as error:
        return type(error.orig).__name__
    finally:
        db.session.rollback()
    return change


def test_the_owner_is_stopped_by_the_triggers_and_its_traces_are_found(restricted):
    """The owner's role may drop the triggers: that is what heads elsewhere are for."""
    if restricted is None:
        return
    receive("A-1")
    db.session.commit()
    sealing.seal(clock.now())
    db.session.commit()
    superuser = create_engine(db.engine.url.set(username="postgres"))
    with superuser.begin() as connection:
        connection.execute(text(f"SET LOCAL ROLE {OWNER}"))
        with pytest.raises(DBAPIError, match="insert-only"), connection.begin_nested():
            connection.execute(text("DELETE FROM evidence_entry"))
        connection.execute(text("ALTER TABLE evidence_entry DISABLE TRIGGER USER"))
        connection.execute(text("UPDATE evidence_entry SET payload = replace(payload, 'A-1', 'A-9')"))
    superuser.dispose()
    assert (
        verification.verify().first_bad.entry
        == db.session.query(EvidenceEntry.id).order_by(EvidenceEntry.id).first()[0]
    )
    assert keeping.kept_heads()
    assert db.session.query(Parcel).count() == 1
