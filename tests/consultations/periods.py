"""Consultations for tests, made by the services at a played time."""

from datetime import date, datetime
from itertools import count

from participation import clock
from participation.access import ANYONE
from participation.consultations import service
from participation.consultations.models import Comment, Consultation
from participation.consultations.rules.comments import ContactAddress
from participation.documents import queries as documents
from participation.extensions import db
from participation.web.secrets import digest_secret

TEXT = """为了规范既有多层住宅加装电梯工作，制定本办法。
第一条 四层以上、没有电梯的既有住宅申请加装电梯，适用本办法。
第二条 加装电梯的费用由同意加装的业主协商分担。
一楼业主不分担建设费用。
第三条 每部电梯由区财政补助十五万元。"""
SECRET = "7KQM-4XHG-92TB-ABCD"
_keys = count(1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)


def plan(**changes: object) -> service.Plan:
    values: dict[str, object] = {
        "title": "既有多层住宅加装电梯实施办法（征求意见稿）",
        "why": "没有电梯的住宅有一千多个单元。",
        "explanation": "依据民法典制定，主要规定申请、费用和补助。",
        "contact_person": "李明",
        "contact_phone": "0533-0000001",
        "contact_address": "周村区新建中路 1 号",
        "contact_email": "jzdt@example.cn",
        "ends_on": date(2026, 12, 2),
        "promised_feedback_on": date(2026, 12, 24),
    }
    return service.Plan(**(values | changes))


def drafted(world, *, text: str = TEXT, now: str = "2026-11-02T09:00", **changes: object) -> Consultation:
    return service.draft(
        plan(**changes), text=text, department_id=world.department["housing"], actor=world.actor("officer"), now=at(now)
    )


def opened(world, *, now: str = "2026-11-02T09:00", **changes: object) -> Consultation:
    """A published consultation: 2 November to 2 December 2026 unless changed."""
    consultation = drafted(world, now=now, **changes)
    service.submit(consultation, actor=world.actor("officer"), now=at(now))
    consultation = service.publish(consultation, actor=world.actor("head"), now=at(now))
    db.session.commit()
    return consultation


def commented(consultation: Consultation, *, now: str = "2026-11-10T10:00", **changes: object) -> Comment:
    key = next(_keys)
    values: dict[str, object] = {
        "text": "一楼用不上电梯，建议写清楚一楼不出钱。",
        "author_name": "朱大明",
        "contact": ContactAddress("sms", f"138{key:08d}"),
        "submission_digest": f"{key:064x}",
        "secret_digest": digest_secret(SECRET),
        "actor": ANYONE,
    }
    instant = at(now)
    return service.receive(consultation.id, read_clock=lambda: instant, **(values | changes))


def closed(consultation: Consultation, *, now: str = "2026-12-03T00:00:30") -> None:
    assert service.close_due(consultation.id, now=at(now))


def clause_ids(consultation: Consultation) -> list[int]:
    document = documents.current("consultation", consultation.id)
    assert document is not None
    return [clause.id for clause in documents.clauses_of(document)]


def answered(
    world, consultation: Consultation, comments: list[Comment], outcome: str, *, title: str = "一楼不出钱",
    reason: str = "经过测算，依据有关规定作出这个决定。",
):  # fmt: skip
    """One point with these comments and this outcome."""
    officer, now = world.actor("officer"), at("2026-12-04T10:00")
    point = service.create_point(consultation, title=title, actor=officer, now=now)
    if comments:
        service.assign(consultation, point, [comment.id for comment in comments], actor=officer, now=now)
    service.answer_point(
        consultation,
        point,
        outcome=outcome,
        reason="" if outcome == "adopted" else reason,
        clause_id=clause_ids(consultation)[1] if outcome in ("adopted", "partly") else None,
        change="一楼业主不分担建设、运行费用。" if outcome == "adopted" else "",
        actor=officer,
        now=now,
    )
    return point
