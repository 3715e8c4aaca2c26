"""Four consultations: one open, one being sorted, two answered; with the comments of `campaigns`."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle, islice, product

from participation.access import ANYONE, Actor, Role
from participation.consultations import service
from participation.consultations.models import Comment, Consultation
from participation.consultations.queries import changes as change_queries
from participation.consultations.queries import points as point_queries
from participation.consultations.rules.comments import ContactAddress
from participation.demo import campaigns, decisions, lives
from participation.demo.founding import actors_of
from participation.demo.people import GIVEN, SURNAMES
from participation.demo.stage import Stage, moment
from participation.demo.texts import lifts, meals, oldtown, parking
from participation.documents import queries as documents
from participation.extensions import db
from participation.jobs import run_due
from participation.web.secrets import digest_secret, new_secret

WHO = (
    "", "我在丝绸路住，", "我家在东风小区，", "我是出租车司机，", "我是退休职工，", "我在商贸城上班，",
    "家里有两位老人，", "我是青年路居民，", "我在王村镇，常来城里，", "作为一名教师，",
)  # fmt: skip
TAIL = ("", "请考虑。", "谢谢。", "盼回复。")


@dataclass
class Period:
    """One consultation as it is played."""

    texts: object  # lifts, meals, oldtown or parking
    decision: str
    opened_days_ago: int
    length: int
    comments: int
    row_id: int = 0
    told: dict[int, str] = field(default_factory=dict)  # comment id -> point title


def plan(stage: Stage, told: dict[int, lives.Life], *, year: int) -> None:
    """Puts all four on the plan, and what their decisions wait for."""
    answered = Period(parking, "机动车停车管理办法", 108, 31, 92)
    sorting = Period(oldtown, "古商城保护区游览与经营秩序管理规定", 46, 31, 64)
    opened = Period(lifts, "既有多层住宅加装电梯实施办法", 21, 30, 44)
    eaten = Period(meals, meals.ITEM, 227, 31, 12)
    for period in (eaten, answered, sorting, opened):
        _plan_period(stage, period, year)
    _plan_sorting(stage, sorting, share=0.6)
    campaigns.plan(stage, sorting.opened_days_ago, lambda: _row(sorting))
    for period, number in ((answered, 4), (eaten, lives.MEALS)):
        _plan_sorting(stage, period, share=1.0)
        _plan_feedback(stage, period, told[number])


def _opinions(texts) -> list[tuple[str, int | None, str]]:  # type: ignore[no-untyped-def]
    """(point title, clause, text) of everything that was said, in the order of the file."""
    if texts is lifts:
        return [("", clause, text) for clause, said in lifts.OPINIONS for text in said]
    return [(row[0], row[1], text) for row in texts.POINTS for text in row[-1]]


def _comments(period: Period) -> list[tuple[str, int | None, str]]:
    """As many comments as wanted: the same opinions, said by different people in their words."""
    said = _opinions(period.texts)
    ways = list(product(WHO, TAIL))
    varied = [(title, clause, way[0] + text + way[1]) for way in ways for title, clause, text in said]
    return list(islice(cycle(varied), period.comments))


def _plan_period(stage: Stage, period: Period, year: int) -> None:
    start = stage.today - timedelta(days=period.opened_days_ago)
    stage.at(moment(start, 9, 30), lambda now: _open(stage, period, year, now))
    said = _comments(period)
    last = min(period.length, period.opened_days_ago)
    for index, (title, clause, text) in enumerate(said):
        day = start + timedelta(days=index * last // len(said))
        at = stage.any_hour(day) if index * last // len(said) else moment(day, 10 + index % 8, 5 + index * 7 % 50)
        if at < stage.until:
            stage.at(
                at,
                lambda now, title=title, clause=clause, text=text, index=index: _comment(
                    stage, period, title, clause, text, index, now
                ),
            )


def _open(stage: Stage, period: Period, year: int, now: datetime) -> None:
    texts = period.texts
    officer, head = actors_of(stage, texts.DEPARTMENT)  # type: ignore[attr-defined]
    ends_on = now.date() + timedelta(days=period.length)
    consultation = service.draft(
        service.Plan(
            title=texts.TITLE,  # type: ignore[attr-defined]
            decision_id=decisions.item_titled(year, period.decision).id,
            why=texts.SUMMARY,  # type: ignore[attr-defined]
            explanation=texts.EXPLANATION,  # type: ignore[attr-defined]
            contact_person=officer.name,
            contact_phone="0533-6410000",
            contact_address="周村区新建中路 1 号",
            contact_email="yijian@zhoucun.example.cn",
            contact_visit="区政务服务中心二楼 12 号窗口，工作日 8:30–17:30",
            ends_on=ends_on,
            promised_feedback_on=stage.workday(ends_on, 15),
        ),
        text=texts.DRAFT,  # type: ignore[attr-defined]
        department_id=stage.department[texts.DEPARTMENT],  # type: ignore[attr-defined]
        actor=officer,
        now=now,
    )
    service.submit(consultation, actor=officer, now=now)
    consultation = service.publish(consultation, actor=head, now=now)
    period.row_id = consultation.id


def _comment(
    stage: Stage, period: Period, title: str, clause: int | None, text: str, index: int, now: datetime
) -> None:
    chance = stage.chance
    citizen = stage.actors[("shimin", Role.CITIZEN)] if index == 7 else ANYONE
    comment = service.receive(
        _row(period).id,
        text=text,
        author_name=citizen.name or chance.choice(SURNAMES) + chance.choice(GIVEN),
        contact=ContactAddress("sms", f"1380000{chance.randrange(10, 9999):04}"),
        submission_digest=secrets.token_hex(32),
        secret_digest=digest_secret(new_secret()),
        clause_id=_clause(period, clause),
        consent_public=index % 3 != 2,
        person_id=citizen.person_id,
        actor=citizen,
    )
    period.told[comment.id] = title
    if index % 3 != 2 and index % 2 == 0:
        officer, _head = actors_of(stage, period.texts.DEPARTMENT)  # type: ignore[attr-defined]
        service.show(_row(period), [comment.id], actor=officer, now=now)
    if index in (11, 29):
        service.withdraw_comment(comment, _row(period), actor=citizen, now=now)


def _clause(period: Period, number: int | None) -> int | None:
    """The id of 第…条; the preamble stands before the first, where there is one."""
    document = documents.current("consultation", period.row_id)
    if number is None or document is None:
        return None
    numbered = [clause for clause in document.clauses if clause.label]
    return numbered[number - 1].id


def _row(period: Period) -> Consultation:
    row = db.session.get(Consultation, period.row_id)
    assert row is not None
    return row


def _plan_sorting(stage: Stage, period: Period, *, share: float) -> None:
    after = stage.today - timedelta(days=period.opened_days_ago - period.length)
    rows = period.texts.POINTS  # type: ignore[attr-defined]
    for index, row in enumerate(rows[: max(1, int(len(rows) * share))]):
        day = stage.workday(after, 2 + index)
        stage.at(moment(day, 10, 20), lambda now, row=row: _sort(stage, period, row, now))


def _sort(stage: Stage, period: Period, row, now: datetime) -> None:  # type: ignore[no-untyped-def]
    officer, _head = actors_of(stage, period.texts.DEPARTMENT)  # type: ignore[attr-defined]
    consultation = _row(period)
    point = service.create_point(consultation, title=row[0], actor=officer, now=now)
    ids = [cid for cid, title in period.told.items() if title == row[0]]
    alive = [cid for cid in ids if db.session.get(Comment, cid).withdrawn_at is None]  # type: ignore[union-attr]
    if alive:
        service.assign(consultation, point, alive, actor=officer, now=now)
    if len(row) == 6:
        title, clause, outcome, reason, change, _texts = row
        service.answer_point(
            consultation,
            point,
            outcome=outcome,
            reason=reason,
            clause_id=_clause(period, clause) if change else None,
            change=change,
            special=getattr(period.texts, "SPECIAL", {}).get(title, ""),
            actor=officer,
            now=now,
        )


def _plan_feedback(stage: Stage, period: Period, of: lives.Life) -> None:
    closed = stage.today - timedelta(days=period.opened_days_ago - period.length)
    day = stage.workday(closed, 12)
    stage.at(moment(closed + timedelta(days=1), 0, 2), run_due)
    stage.at(moment(day, 14), lambda now: _feedback(stage, period, now))
    lives.after_feedback(stage, of, day)


def _feedback(stage: Stage, period: Period, now: datetime) -> None:
    officer, head = actors_of(stage, period.texts.DEPARTMENT)  # type: ignore[attr-defined]
    consultation = _row(period)
    assert not point_queries.unanswered_points(consultation.id)
    service.write_summary(
        consultation,
        summary=period.texts.SAID,  # type: ignore[attr-defined]
        actor=officer,
        now=now,
    )
    _final_text(period, consultation, officer, now)
    service.submit_feedback(consultation, actor=officer, now=now)
    service.publish_feedback(consultation, actor=head, now=now)


def _final_text(period: Period, consultation: Consultation, officer: Actor, now: datetime) -> None:
    """The text as it was decided; where no answer named the clause, the officer says why it changed."""
    texts = period.texts
    final = texts.DRAFT  # type: ignore[attr-defined]
    for before, after in texts.FINAL:  # type: ignore[attr-defined]
        assert before in final, before
        final = final.replace(before, after)
    service.write_final(consultation, title=texts.FINAL_TITLE, text=final, actor=officer, now=now)  # type: ignore[attr-defined]
    for change in change_queries.changes_of(consultation.id):
        if not change.explained:
            service.explain_change(
                consultation,
                change,
                point_ids=[],
                reason=texts.NOT_BY_OPINION,  # type: ignore[attr-defined]
                actor=officer,
                now=now,
            )
