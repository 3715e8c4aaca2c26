# ruff: noqa: E501 - rows are read across
"""A throw-away consultation with many comments, and what its pages and jobs are asked."""

import resource
import time
from datetime import datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from participation import clock
from participation.access import Actor
from participation.accounts.models import Person
from participation.consultations import jobs, service
from participation.consultations.models import OpinionPoint
from participation.consultations.queries import comments
from participation.demo.founding import actors_of, found
from participation.demo.scale.comments import Plan, rows
from participation.demo.scale.writing import write
from participation.demo.stage import Stage
from participation.demo.texts import oldtown
from participation.documents import queries as documents
from participation.extensions import db
from tests.benchmarks.measuring import Result, _signed_in, _time

AT_ONCE = 20_000
LOGIN = "banshiyuan"
CPU: dict[str, float] = {}
"""Processor milliseconds of this process, by line; the database server's are not among them."""


def fill(app: Flask, *, count: int, now: datetime) -> int:
    """The district, one consultation that closed yesterday, its comments. Returns its id."""
    with app.app_context():
        db.drop_all()
        db.create_all()
        stage = Stage(until=now)
        began = now - timedelta(days=40)
        with clock.played(began):
            found(stage, now=began)
            db.session.commit()
            officer, head = actors_of(stage, "ZJJ")
            consultation = published(stage, officer, head, began)
        clauses = [clause.id for clause in documents.current("consultation", consultation).clauses]  # type: ignore[union-attr]
        closing = now - timedelta(hours=2)
        with clock.played(closing):
            jobs.close_due(now=closing)
        assert officer.person_id is not None
        plan = Plan(count, consultation, clauses, began, officer.person_id)
        db.session.remove()
        begun = time.perf_counter()
        with db.engine.begin() as connection:
            write(connection, rows(plan))
        _statistics()
        print(f"  rows written in {time.perf_counter() - begun:.0f} s", flush=True)
        return consultation


def published(stage: Stage, officer: Actor, head: Actor, began: datetime) -> int:
    ends_on = began.date() + timedelta(days=31)
    plan = service.Plan(
        title=oldtown.TITLE, why=oldtown.SUMMARY, explanation=oldtown.EXPLANATION, contact_person=officer.name,
        contact_phone="0533-6410000", contact_address="周村区新建中路 1 号", contact_email="yijian@zhoucun.example.cn",
        ends_on=ends_on, promised_feedback_on=stage.workday(ends_on, 15),
    )  # fmt: skip
    department = stage.department["ZJJ"]
    drafted = service.draft(plan, text=oldtown.DRAFT, department_id=department, actor=officer, now=began)
    service.submit(drafted, actor=officer, now=began)
    found_ = service.publish(drafted, actor=head, now=began).id
    db.session.commit()
    return found_


def _statistics() -> None:
    """What a running database does by itself: statistics, and on PostgreSQL the keys' places."""
    with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        if db.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("ANALYZE")
            return
        for name in ("comment", "opinion_point"):
            connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}")
        connection.exec_driver_sql("VACUUM ANALYZE")


def measure(app: Flask, consultation: int, *, now: datetime, repeats: int) -> list[Result]:
    """Pages while the comments are sorted, then the job, then everything answered and published."""
    with app.app_context(), clock.played(now):
        found_ = [_liken(now)]
        staff, reader = _signed_in(app, LOGIN), app.test_client()
        sort, page = f"/desk/consultations/{consultation}/sort", f"/consultations/{consultation}"
        asked = [
            ("sorting, unsorted", staff, sort),
            ("sorting, nearly the same", staff, f"{sort}?show=alike"),
            ("sorting, sorted", staff, f"{sort}?show=sorted"),
            ("sorting, all, far down", staff, f"{sort}?show=all&after=50"),
            ("sorting, by clause", staff, f"{sort}?show=all&clause=第二条"),
            ("sorting, by words", staff, f"{sort}?show=all&q=路灯"),
            ("sorting, by words nobody wrote", staff, f"{sort}?show=all&q=火星"),
            ("sorting, by point", staff, f"{sort}?show=point&point=2"),
            ("review queue", staff, f"/desk/consultations/{consultation}/review"),
            ("desk of the department", staff, "/desk/consultations"),
            ("report, as it is written", staff, f"/desk/consultations/{consultation}/feedback"),
            ("draft with public comments", reader, page),
            ("draft, comments on a clause", reader, f"{page}?clause=第二条"),
            ("list of consultations", reader, "/consultations"),
        ]
        found_ += [_ask(name, ask, path, repeats) for name, ask, path in asked]
        found_.append(_assign(consultation, now))
        _publish(consultation, now)
        asked = [
            ("feedback", reader, f"{page}/feedback"),
            ("feedback, file for Excel", reader, f"{page}/feedback.xlsx"),
            ("list of consultations, answered", reader, "/consultations?state=answered"),
            ("data as JSON (all public comments)", reader, f"{page}.json"),
        ]
        return found_ + [_ask(name, ask, path, repeats) for name, ask, path in asked]


def _ask(name: str, client: FlaskClient, path: str, repeats: int) -> Result:
    """As `_time`, and beside it the processor time: on a machine that others use, it says what the page costs."""
    found = _time(name, client, path, repeats)
    begun = time.process_time()
    client.get(path)
    CPU[name] = (time.process_time() - begun) * 1000
    return found


def _liken(now: datetime) -> Result:
    begun, cpu = time.perf_counter(), time.process_time()
    stacks = jobs.liken(now=now)
    took = (time.perf_counter() - begun) * 1000
    CPU["JOB nearly the same"] = (time.process_time() - cpu) * 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  job, nearly the same: {stacks} stacks in {took / 1000:.1f} s, {peak} MB at most", flush=True)
    return Result("JOB nearly the same", took, took, 0)


def _assign(consultation_id: int, now: datetime) -> Result:
    person = db.session.query(Person).filter_by(login=LOGIN).one()
    from participation.accounts.queries import actor_of
    from participation.consultations.queries import periods

    actor, row = actor_of(person, on=now.date()), periods.locked_for_update(consultation_id)
    ids = comments.ids_of(consultation_id, "all")[:AT_ONCE]
    point = db.session.get(OpinionPoint, 3)
    assert point is not None
    begun, cpu = time.perf_counter(), time.process_time()
    done = service.assign(row, point, ids, actor=actor, now=now)
    db.session.commit()
    took = (time.perf_counter() - begun) * 1000
    CPU[f"JOB {done} comments into a point at once"] = (time.process_time() - cpu) * 1000
    print(f"  assigning {done} comments at once: {took / 1000:.1f} s", flush=True)
    return Result(f"JOB {done} comments into a point at once", took, took, 0)


def _publish(consultation_id: int, now: datetime) -> None:
    """Every comment into a point, every point answered, as if published: rows, no service."""
    at, values = now, {"c": consultation_id}
    with db.engine.begin() as connection:
        for sql in (
            "UPDATE opinion_point SET outcome='not_adopted', reason='经过测算作出这个决定。', special='说明如下。', answered_at=:at",
            "INSERT INTO assignment (comment_id, point_id, assigned_at, consultation_id, holder)"
            " SELECT id, 1 + id % 40, received_at, consultation_id, author_digest FROM comment"
            " WHERE withdrawn_at IS NULL AND consultation_id=:c AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.comment_id = comment.id)",
            "UPDATE assignment SET outcome='not_adopted'",
            "UPDATE consultation SET stage='answered', feedback_published_at=:at WHERE id=:c",
        ):
            wanted = {"at": at.astimezone().isoformat(" ") if db.engine.dialect.name == "sqlite" else at} | values
            connection.execute(text(sql), {name: wanted[name] for name in ("at", "c") if f":{name}" in sql})
    _statistics()
