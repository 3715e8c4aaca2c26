"""Many at the same instant, on a real database with real connections: one row, one receipt, nobody's
text lost, nothing counted twice. Each thread is a browser or a process of its own."""

import itertools
import re
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from participation import clock
from participation.access import ANYONE
from participation.consultations import service as consultations
from participation.consultations.models import Comment, CommentDraft
from participation.consultations.rules.comments import ContactAddress
from participation.duties.models import Duty
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.evidence.models import EvidenceEntry
from participation.extensions import db
from participation.mailbox import service as mailbox
from participation.mailbox.models import Answer, Letter
from participation.notices.models import Notice
from participation.web.secrets import digest_secret
from tests.browse import Client, hidden_fields
from tests.consultations import periods
from tests.mailbox import letters
from tests.world import PASSWORD

NOW = "2026-11-23T09:00"


def at_once(count: int, act: Callable[[int], object]) -> list[object]:
    """The answers of `count` threads that begin together; an exception is its thread's answer."""
    db.session.rollback()  # whatever the test has read holds no lock any more
    barrier, answers = threading.Barrier(count), [object()] * count

    def run(place: int) -> None:
        barrier.wait()
        try:
            answers[place] = act(place)
        except Exception as error:
            answers[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def twin(app: Flask, client: Client) -> Client:
    """Another tab of the same browser."""
    other = app.test_client()
    cookie = client.get_cookie("pp")
    assert cookie is not None
    other.set_cookie("pp", cookie.value)
    return other


def pressed_often(app: Flask, client: Client, path: str, data: dict[str, str], times: int) -> list[tuple[int, str]]:
    """Status and page after following the redirect, for the same form sent `times` times at once."""
    tabs = [twin(app, client) for _time in range(times)]

    def press(place: int) -> tuple[int, str]:
        with clock.played(periods.at(NOW)):
            answer = tabs[place].post(path, data=data)
            return answer.status_code, tabs[place].get(answer.headers.get("Location", path)).text

    return at_once(times, press)  # type: ignore[return-value]


def receipts(answers: list[tuple[int, str]]) -> set[str]:
    return {" ".join(re.findall(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b", page)) for _status, page in answers}


def test_a_letter_sent_thirty_times_at_once_is_one_letter_with_one_receipt(app, world, played):
    client = app.test_client()
    with played(NOW):
        letters.mailboxes(clock.now())
        confirm = letters.write(client).headers["Location"]
        shown = client.get(confirm)
    code = letters.code_on(shown.text)
    answers = pressed_often(app, client, confirm, hidden_fields(shown.text) | {"code": code}, 30)
    assert Counter(status for status, _page in answers) == {303: 30}
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 1
    assert len(receipts(answers)) == 1
    assert "" not in receipts(answers)
    assert len(evidence.entries_of("letter", 1)) == 1
    assert db.session.scalar(select(func.count()).select_from(Duty)) == 2


def test_a_comment_sent_ten_times_at_once_is_one_comment(app, world, played):
    one = periods.opened(world)
    client = app.test_client()
    with played(NOW):
        form = {"text": "第三条宜延至二十二时。", "consent": "yes", "name": "王芳", "contact": "13900005678"}
        confirm = client.submit(f"/consultations/{one.id}/comment", form).headers["Location"]
        shown = client.get(confirm)
    answers = pressed_often(app, client, confirm, hidden_fields(shown.text) | {"code": letters.code_on(shown.text)}, 10)
    assert Counter(status for status, _page in answers) == {303: 10}
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 1
    assert len(receipts(answers)) == 1
    assert "" not in receipts(answers)


def test_the_form_itself_sent_at_once_is_one_draft(app, world, played):
    one = periods.opened(world)
    client = app.test_client()
    path = f"/consultations/{one.id}/comment"
    with played(NOW):
        form = hidden_fields(client.get(path).text)
    form |= {"text": "第三条宜延至二十二时。", "consent": "yes", "name": "王芳", "contact": "13900005678"}
    answers = pressed_often(app, client, path, form, 4)
    assert {status for status, _page in answers} == {303}
    assert db.session.scalar(select(func.count()).select_from(CommentDraft)) == 1


def test_a_letter_entered_at_the_window_ten_times_at_once_is_one_letter(app, world, played):
    with played(NOW):
        letters.mailboxes(clock.now())
        client = world.sign_in(app.test_client(), "office")
        form = hidden_fields(client.get("/desk/enter").text) | letters.FORM | {"mailbox": "mayor", "channel": "window"}
    answers = pressed_often(app, client, "/desk/enter", form, 10)
    assert Counter(status for status, _page in answers) == {303: 10}
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 1
    assert len(receipts(answers)) == 1


def test_at_the_closing_instant_whoever_reads_an_earlier_clock_counts_and_nobody_else(app, world):
    """One clock for all, ticking across the end of the period; the closer runs beside the writers."""
    one = periods.opened(world)
    closes_at, number = one.closes_at, one.id
    writers, ticks, lock = 40, itertools.count(), threading.Lock()

    def tick():
        with lock:
            return closes_at + timedelta(milliseconds=next(ticks) - writers // 2)

    def act(place: int):
        with app.app_context():
            if place % 8 == 0:
                done = consultations.close_due(number, now=tick())
                db.session.commit()
                return "closed" if done else "not yet"
            try:
                comment = consultations.receive(
                    number, text=f"意见 {place}，请采纳。", author_name="王芳",
                    contact=ContactAddress("sms", f"139{place:08d}"), submission_digest=f"{place:064x}",
                    secret_digest=digest_secret(letters.SECRET), actor=ANYONE, read_clock=tick,
                )  # fmt: skip
                db.session.commit()
            except Refused as refused:
                db.session.rollback()
                return refused.code, refused.kept
            return comment.received_at

    answers = at_once(writers, act)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    accepted = [answer for answer in answers if not isinstance(answer, str | tuple)]
    refused = [answer for answer in answers if isinstance(answer, tuple)]
    assert all(instant < closes_at for instant in accepted)
    assert {code for code, _kept in refused} <= {"wrong_time"}
    assert all(kept.startswith("意见") for _code, kept in refused)
    consultations.close_due(number, now=closes_at + timedelta(seconds=1))
    db.session.commit()
    entry = evidence.entry_for("consultation", number, "consultation.closed")
    assert f'"received":{len(accepted)}' in entry.payload
    assert db.session.scalar(select(func.count()).select_from(Comment)) == len(accepted)
    closings = select(func.count()).where(EvidenceEntry.verb == "consultation.closed")
    assert db.session.scalar(closings) == 1
    assert len(accepted) + len(refused) == writers - writers // 8


def handed(world, played) -> Letter:
    with played(NOW):
        letter = letters.received(clock.now())
        mailbox.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
    return letter


def test_of_many_officers_who_save_one_answer_one_wins_and_the_others_keep_their_text(app, world, played):
    path = f"/desk/{handed(world, played).id}"
    with played(NOW):
        client = world.sign_in(app.test_client(), "officer")
        form = hidden_fields(client.get(path).text)
    tabs = [twin(app, client) for _tab in range(8)]

    def save(place: int) -> tuple[int, str]:
        with clock.played(periods.at(NOW)):
            answer = tabs[place].post(path, data=form | {"text": f"第{place}位经办人的答复", "do": "draft"})
            return answer.status_code, answer.text

    answers = at_once(8, save)
    assert Counter(status for status, _page in answers) == {303: 1, 409: 7}
    stored = db.session.scalars(select(Answer)).one()
    assert stored.drafts == 1
    for place, (status, page) in enumerate(answers):
        assert status == 303 or (f"第{place}位经办人的答复" in page and stored.text in page)


def test_of_two_heads_who_approve_one_lets_the_answer_out(app, world, played):
    letter = handed(world, played)
    with played(NOW):
        mailbox.submit(
            letter, text="已经修好。", contact="", version=None, actor=world.actor("officer"), now=clock.now()
        )
        db.session.commit()
        path = f"/approvals/{letter.id}"
        client = world.sign_in(app.test_client(), "head")
        form = hidden_fields(client.get(path).text)
    tabs = [twin(app, client) for _tab in range(6)]

    def approve(place: int) -> int:
        with clock.played(periods.at(NOW)):
            return (
                tabs[place]
                .post(path, data=form | {"do": "ok" if place % 2 else "back", "reason": "再改改"})
                .status_code
            )

    answers = Counter(at_once(6, approve))
    assert answers == {303: 1, 409: 5}
    told = select(func.count()).where(
        Notice.verb.in_(("letter_answered", "answer_returned")), Notice.channel != "in_app"
    )
    assert db.session.scalar(told) in (0, 1)
    db.session.expire_all()
    assert db.session.get(Letter, letter.id).stage in ("answered", "assigned")


def test_a_hundred_at_once_cannot_all_be_the_fifth_attempt(app, world):
    tabs = [app.test_client() for _tab in range(16)]
    forms = [hidden_fields(tab.get("/sign-in").text) for tab in tabs]

    def guess(place: int) -> int:
        wrong = {"login": "officer", "password": f"wrong password {place}"}
        return tabs[place].post("/sign-in", data=forms[place] | wrong).status_code

    assert Counter(at_once(16, guess)) == {422: 5, 429: 11}
    right = app.test_client().submit("/sign-in", {"login": "officer", "password": PASSWORD})
    assert right.status_code == 429
    assert world.sign_in(app.test_client(), "head")


def test_a_stale_form_never_overwrites_the_draft_of_a_consultation(app, world, played):
    """A colleague changed the text alone."""
    with played("2026-11-02T09:00"):
        one = periods.drafted(world).id
        db.session.commit()
        mine, theirs = (world.sign_in(app.test_client(), login) for login in ("officer", "officer"))
        path = f"/desk/consultations/{one}/edit"
        fields = {"title": periods.plan().title, "kind": "major_decision"}
        stale = hidden_fields(mine.get(path).text) | fields
        first = theirs.submit(path, fields | {"text": "第一条 同事改过的第一条。"})
        assert first.status_code == 303
        second = mine.post(path, data=stale | {"text": "第一条 我写的第一条。"})
    assert second.status_code == 409
    assert "同事改过的第一条" in second.text
    assert "我写的第一条" in second.text
