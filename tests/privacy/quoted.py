"""What auditors and officers wrote about a citizen's matters, naming and quoting them."""

from datetime import datetime

from sqlalchemy import select

from participation.access import SYSTEM
from participation.consultations.models import Assignment, Comment, OpinionPoint
from participation.duties import queries as duties
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.models import Answer, Letter, LetterImport, Sample, SampleItem
from participation.notices import service as notices
from participation.oversight import inquiries
from participation.oversight.models import Finding
from participation.privacy import service
from tests.privacy.citizens import Citizen

OURS = "住建局超期两天，应当说明原因"
"""What the finding says about the department: it stays."""


def by_auditor(world, letter: Letter, who: Citizen, *, now: datetime) -> None:
    """A finding, an inquiry that was asked and replied to, and a drawn answer."""
    duty = duties.duties_of("letter", letter.id)[0]
    auditor = world.actor("auditor")
    finding = Finding(
        duty_id=duty.id, post_id=world.post["auditor"], person_id=world.person["auditor"], written_at=now,
        text=f"{who.canary}的信：{OURS}。来电 {who.address}。",
    )  # fmt: skip
    db.session.add(finding)
    db.session.flush()
    evidence.record("finding.written", subject=finding, actor=auditor, now=now)
    inquiry = inquiries.mark(duty, why=f"{who.canary}再次来信", actor=auditor, now=now)
    inquiries.act(inquiry, what="ask", text=f"为什么没有答复{who.canary}？", actor=auditor, now=now)
    inquiries.act(inquiry, what="reply", text=f"已经给{who.canary}打过电话。", actor=world.actor("officer"), now=now)
    notices.notify(
        "duty_overdue", to=notices.Department(world.department["housing"]), subject_kind="duty", subject_id=duty.id,
        facts={"what": "答复", "title": who.canary, "department": "区住建局", "due_on": now.date()}, now=now,
    )  # fmt: skip
    _drawn(world, letter, who, now=now)
    db.session.commit()


def _drawn(world, letter: Letter, who: Citizen, *, now: datetime) -> None:
    sample = Sample(
        period_from=now.date(), period_until=now.date(), asked=1, population=1, population_digest="0" * 64,
        seed=f"{letter.id:032x}", drawn_at=now, drawn_by=world.person["auditor"], post_id=world.post["auditor"],
    )  # fmt: skip
    db.session.add(sample)
    db.session.flush()
    answer_id = db.session.scalar(select(Answer.id).filter_by(letter_id=letter.id))
    item = SampleItem(
        sample_id=sample.id, position=1, answer_id=answer_id, letter_id=letter.id,
        department_id=world.department["housing"], verdict="perfunctory", reason=f"没有回答{who.canary}的问题",
        judged_at=now, judged_by=world.person["auditor"],
    )  # fmt: skip
    db.session.add(item)
    db.session.flush()
    evidence.record("sample.drawn", subject=sample, actor=SYSTEM, now=now)


def by_officer(world, letter: Letter, comment: Comment, who: Citizen, *, now: datetime) -> None:
    """An opinion with its reason, a file from elsewhere that carried the letter, one that waits."""
    point = OpinionPoint(
        consultation_id=comment.consultation_id, number=who.number + 1, title=f"{who.canary}说一楼不出钱",
        reason=f"感谢{who.canary}的意见。", created_at=now,
    )  # fmt: skip
    db.session.add(point)
    db.session.flush()
    db.session.add(
        Assignment(
            comment_id=comment.id, point_id=point.id, assigned_at=now, consultation_id=comment.consultation_id,
            holder=comment.holder,
        )
    )  # fmt: skip
    db.session.flush()
    evidence.record("point.created", subject=point, actor=SYSTEM, now=now)
    for number, entered in enumerate((now, None)):
        batch = LetterImport(
            submission_key=f"{who.number}-{number}", mailbox_id=letter.mailbox_id, filename=f"{who.canary}.csv",
            sha256="0" * 64, row_count=1, payload=[] if entered else [{"name": who.canary}], read_at=now,
            read_by=world.person["office"], entered_at=entered, stored=1 if entered else None,
        )  # fmt: skip
        db.session.add(batch)
        db.session.flush()
        if entered:
            letter.import_id = batch.id
    evidence.record("letter.received", subject=letter, actor=SYSTEM, now=now)
    db.session.commit()


def by_themselves(letter: Letter, who: Citizen, *, actor, now: datetime) -> None:
    """A correction that was asked for and waits."""
    service.ask(
        "correct", letter, text=f"我叫{who.canary}，名字写错了，请改正。", person_id=who.person, actor=actor, now=now
    )
    db.session.commit()
