"""What happens after an answer: ratings, public copies with covered places, questions, samples, 督办."""

from datetime import datetime, timedelta

from sqlalchemy import select

from participation.access import ANYONE, Role
from participation.demo.cases import Case, written
from participation.demo.founding import actors_of
from participation.demo.letters import DAYS
from participation.demo.stage import Stage, moment
from participation.demo.texts import cases as texts
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter, LetterPromise, Rating
from participation.mailbox.queries import samples as sample_queries
from participation.mailbox.queries import supervision as supervisions
from participation.mailbox.service import samples, supervising
from participation.mailbox.service.promising import keep_promise
from participation.mailbox.service.redacting import copy_of, sheet_of


def plan(stage: Stage, found: dict[str, Case]) -> None:
    """Puts on the stage what is done with letters that were answered, or are late."""
    _published(stage, found)
    evening = stage.until - timedelta(days=4)
    stage.at(evening, lambda now: _rate(stage, now))
    stage.at(evening + timedelta(minutes=5), lambda now: _ask(stage, now))
    _sample(stage)
    for back in range(DAYS, 0, -1):
        day = stage.today - timedelta(days=back)
        if stage.calendar.is_workday(day):
            stage.at(moment(day, 16, 20), lambda now: _keep(stage, now))
    stage.at(moment(stage.workday(stage.today - timedelta(days=5), 0), 16), lambda now: _explain(stage, now))


def _published(stage: Stage, found: dict[str, Case]) -> None:
    """One letter full of a neighbour's name, number and plate; every place is decided on."""
    case = written(stage, texts.STAIRS, back=13)
    case.given_to("ZJJ")
    case.answered("ZJJ", texts.STAIRS_ANSWER, 4)
    case.at(5, 10, lambda letter, now: _prepare(stage, letter, now))
    for key, workdays in (("extended", 11), ("declined", 7), ("joint_answered", 6), ("ruled", 9), ("reopened", 10)):
        found[key].at(workdays, 10, lambda letter, now: _prepare(stage, letter, now), 30)


def _prepare(stage: Stage, letter: Letter, now: datetime) -> None:
    """The officer covers every place that was found and marks one passage; the head lets it out."""
    assert letter.department_id is not None
    officer, head = actors_of(stage, _code(stage, letter.department_id))
    if "王建军" in letter.text:
        for passage, put in (("王建军", "王某某"), ("2 号楼 3 单元 402", "")):
            service.mark(letter, field="text", passage=passage, put=put, actor=officer, now=now)
    service.arrange(letter, title="", file_ids=[], actor=officer, now=now)
    for hit in sheet_of(letter, copy_of(letter)).undecided:
        office_line = hit.field.startswith("answer") and "0533" in hit.text
        reason = "本单位公开的办公电话" if office_line else ""
        service.decide_place(
            letter,
            place=(hit.field, hit.start, hit.end),
            keep=office_line,
            put="",
            reason=reason,
            actor=officer,
            now=now,
        )
    service.submit_copy(letter, actor=officer, now=now)
    db.session.flush()
    service.release(letter, version=None, actor=head, now=now)


def _rate(stage: Stage, now: datetime) -> None:
    """About two in five writers rate; the others stay unrated."""
    since = now - timedelta(days=28)
    rated = select(Rating.letter_id)
    query = select(Letter).where(Letter.stage == "answered", Letter.answered_at >= since, Letter.id.not_in(rated))
    for place, letter in enumerate(db.session.scalars(query.order_by(Letter.id))):
        if place % 5 > 1:
            continue
        level = (5, 4, 5, 3, 5, 2, 4)[place % 7]
        service.rate(
            letter,
            attitude=level,
            speed=max(1, level - place % 2),
            result=None if place % 10 == 6 else level,
            remark=texts.REMARKS[place % len(texts.REMARKS)],
            actor=ANYONE,
            now=now,
        )


def _ask(stage: Stage, now: datetime) -> None:
    """Questions that came again and again, each from a letter that is public."""
    for place, (topic, word, question) in enumerate(texts.QUESTIONS):
        query = select(Letter).where(
            Letter.published_at.is_not(None), Letter.topic == topic, Letter.title.contains(word)
        )
        letter = db.session.scalars(query.order_by(Letter.id).limit(1)).first()
        if letter is None or letter.department_id is None:
            continue
        _officer, head = actors_of(stage, _code(stage, letter.department_id))
        answer = letter.public_answer.removeprefix("您好：").strip()
        service.make_question(
            letter, topic=topic, question=question, answer=answer, sort=10 * place, actor=head, now=now
        )


def _keep(stage: Stage, now: datetime) -> None:
    """Most promises are kept on their day, some days later, a few not at all."""
    soon = stage.workday(now.date(), 1)
    due = select(LetterPromise).where(LetterPromise.kept_at.is_(None), LetterPromise.due_on <= soon)
    for promise in db.session.scalars(due.order_by(LetterPromise.id)):
        late = (now.date() - promise.due_on).days
        if promise.id % 19 == 7 or (promise.id % 11 == 5 and late < 4):
            continue
        officer, _head = actors_of(stage, _code(stage, promise.department_id))
        letter = db.session.get_one(Letter, promise.letter_id)
        keep_promise(promise, letter, text=texts.KEPT[promise.id % len(texts.KEPT)], actor=officer, now=now)


def _code(stage: Stage, department_id: int) -> str:
    return next(code for code, known in stage.department.items() if known == department_id)


def _sample(stage: Stage) -> None:
    """The auditor draws eight answers of last month; one fails and the office decides."""
    auditor, office = stage.actor("SJJ", Role.AUDITOR), stage.actor("ZFB", Role.OFFICE)
    last = stage.today.replace(day=1) - timedelta(days=1)
    day = stage.workday(last, 2)
    drawn = moment(min(day, stage.workday(stage.today - timedelta(days=4), 0)), 9, 30)
    first, kept = last.replace(day=1), {}

    def draw(now: datetime) -> None:
        kept["sample"] = samples.draw(first=first, last=last, size=8, actor=auditor, now=now).id

    def judge(now: datetime) -> None:
        for place, row in enumerate(sample_queries.items(auditor, kept["sample"])[:7]):
            verdict = "perfunctory" if place == 3 else "pass"
            reason = texts.PERFUNCTORY if place == 3 else ""
            samples.judge(row.item, row.letter, verdict=verdict, reason=reason, actor=auditor, now=now)

    def decide(now: datetime) -> None:
        for row in sample_queries.failed(office)[:1]:
            if row.letter.department_id is not None and row.letter.stage == "answered":
                samples.order_redone(row.item, row.letter, reason=texts.REDO, actor=office, now=now)

    for act, after in ((draw, 0), (judge, 90), (decide, 300)):
        stage.at(drawn + timedelta(minutes=after), act)


def _explain(stage: Stage, now: datetime) -> None:
    """What was answered meanwhile is explained and closed; of the letters that are still open one head
    has said why and by when, the others have not yet."""
    office, said = stage.actor("ZFB", Role.OFFICE), False
    for row in supervisions.listed(office):
        _officer, head = actors_of(stage, _code(stage, row.supervision.department_id))
        answered = row.letter.stage == "answered"
        if not answered and said:
            continue
        said = said or not answered
        by = None if answered else max(stage.workday(now.date(), 3), stage.today)
        text = texts.EXPLAINED_AFTER if answered else texts.EXPLAINED
        supervising.respond(row.supervision, row.letter, text=text, answer_by=by, actor=head, now=now)
        if answered:
            supervising.close(row.supervision, row.letter, conclusion=texts.CLOSED, actor=office, now=now)
