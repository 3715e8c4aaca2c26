"""The answer desk: reminders beside the editor, similar answers, two people on one answer."""

import pytest

from participation import clock
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Answer, Letter
from participation.mailbox.queries import letters as letter_queries
from participation.mailbox.service import answering
from participation.mailbox.service.remarks import remarks
from tests.browse import hidden_fields
from tests.mailbox import letters

GOOD = (
    "这段路灯归综合行政执法局管。11月20日看过，六盏路灯的电缆坏了，国庆节前没有修好，向您致歉。"
    "12月5日前换好。路灯所 0533-6180001。"
)
NOTICE = "您好，您的来信已转有关部门处理。"


@pytest.fixture
def letter(world, played) -> int:
    now = clock.now()
    found = letters.received(now)
    service.assign(found, department_id=world.department["housing"], actor=world.actor("office"), now=now)
    db.session.commit()
    return found.id


def submit(world, letter_id: int, text: str) -> Answer:
    letter = db.session.get(Letter, letter_id)
    assert letter is not None
    before = letter_queries.answer_of(letter)
    version = before.version if before else None
    answer = service.submit(
        letter, text=text, contact="", version=version, actor=world.actor("officer"), now=clock.now()
    )
    db.session.commit()
    return answer


def test_check_keeps_the_text_and_saves_nothing(client, world, letter):
    world.sign_in(client, "officer")
    page = client.submit(f"/desk/{letter}", {"text": NOTICE, "contact": "", "do": "check"})
    assert page.status_code == 200
    assert NOTICE in page.text
    assert "只是转办或者收到的通知" in page.text
    assert letter_queries.answer_of(db.session.get(Letter, letter)) is None


def test_the_questions_of_the_letter_are_underlined(client, world, letter):
    world.sign_in(client, "officer")
    page = client.get(f"/desk/{letter}").text
    assert "<mark>请问这段路灯归谁管？</mark><mark>国庆节前能不能修好？</mark>" in page


def test_text_in_a_letter_is_never_markup(client, world, played):
    found = letters.received(clock.now(), text="路灯<b>坏</b>了。<script>alert(1)</script>什么时候<i>能</i>修好？")
    service.assign(found, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
    db.session.commit()
    world.sign_in(client, "officer")
    page = client.get(f"/desk/{found.id}").text
    assert "<script>alert" not in page
    assert "<mark>&lt;script&gt;" in page


def test_remarks_never_block_and_are_kept_at_submission(client, world, letter):
    world.sign_in(client, "officer")
    assert client.submit(f"/desk/{letter}", {"text": NOTICE, "contact": "", "do": "submit"}).status_code == 303
    answer = letter_queries.answer_of(db.session.get(Letter, letter))
    assert answer.flags[0] == "transfer_only"


def test_the_head_sees_them_and_returning_is_the_solid_button(client, world, letter):
    submit(world, letter, NOTICE)
    world.sign_in(client, "head")
    page = client.get(f"/approvals/{letter}").text
    assert "只是转办或者收到的通知" in page
    solid = page.count('class="govuk-button" type="submit"')
    assert solid == 1
    assert 'class="govuk-button" type="submit" name="do" value="back"' in page


def test_without_remarks_approving_is_the_solid_button(client, world, letter):
    submit(world, letter, GOOD)
    world.sign_in(client, "head")
    page = client.get(f"/approvals/{letter}").text
    assert 'class="govuk-button" type="submit" name="do" value="ok"' in page
    assert page.count('class="govuk-button" type="submit"') == 1


def test_a_text_that_changed_while_the_head_was_reading_is_not_approved_unread(client, world, letter):
    submit(world, letter, GOOD)
    world.sign_in(client, "head")
    fields = hidden_fields(client.get(f"/approvals/{letter}").text) | {"do": "ok"}
    service.send_back(db.session.get(Letter, letter), reason="再写清楚。", actor=world.actor("head"), now=clock.now())
    submit(world, letter, "又写了一稿：" + GOOD)
    answer = client.post(f"/approvals/{letter}", data=fields)
    assert answer.status_code == 409
    assert "又写了一稿" in answer.text
    assert "您刚才看的那一稿" in answer.text
    assert db.session.get(Letter, letter).stage == "submitted"


def test_a_copy_of_another_answer_is_named_with_its_letter(client, world, letter):
    submit(world, letter, GOOD)
    first = db.session.get(Letter, letter)
    service.approve(first, actor=world.actor("head"), now=clock.now())
    db.session.commit()
    second = letters.received(clock.now(), title="东街路灯不亮", text="东街的路灯不亮，什么时候能修好？")
    service.assign(second, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
    db.session.commit()
    world.sign_in(client, "officer")
    page = client.submit(f"/desk/{second.id}", {"text": GOOD, "contact": "", "do": "check"}).text
    assert f"和 {first.number} 的答复相同" in page
    assert "相近的答复" in page


def test_a_promise_is_ticked_beforehand_and_a_bad_day_is_refused(client, world, letter):
    world.sign_in(client, "officer")
    page = client.submit(f"/desk/{letter}", {"text": GOOD, "contact": "", "do": "check"}).text
    assert 'name="promise-0-keep" type="checkbox" value="1" checked' in page
    wrong = {"promise-0-text": "12月5日前换好", "promise-0-keep": "1", "promise-0-due": "2020-01-01"}
    refused = client.submit(f"/desk/{letter}", {"text": GOOD, "contact": "", "do": "submit"} | wrong)
    assert refused.status_code == 422
    assert GOOD in refused.text


def test_what_the_head_saw_when_approving_is_kept_with_who_approved(client, world, letter, monkeypatch):
    """The page says so; and it is what was seen then, not what was sent in."""
    answer = submit(world, letter, NOTICE)
    world.sign_in(client, "head")
    said = remarks(db.session.get(Letter, letter), text=NOTICE, contact="", actor=world.actor("head"))
    monkeypatch.setattr(answering, "remarks", lambda *_, **__: [flag for flag in said if flag.code != "no_date"])
    assert client.submit(f"/approvals/{letter}", {"do": "ok"}).status_code == 303
    db.session.refresh(answer)
    assert "no_date" in answer.flags
    assert "no_date" not in answer.flags_at_approval
    assert "no_contact" in answer.flags_at_approval
    assert answer.approved_by == world.person["head"]


def test_two_officers_on_one_answer_and_the_second_is_shown_both_texts(app, world, letter):
    first, second = (world.sign_in(app.test_client(), login) for login in ("officer", "head"))
    path = f"/desk/{letter}"
    theirs, mine = hidden_fields(first.get(path).text), hidden_fields(second.get(path).text)
    one = {"text": "11月20日看过，电缆坏了。", "contact": "", "do": "draft"}
    two = {"text": "六盏灯12月5日前换好。", "contact": "0533-6180001", "do": "draft"}
    assert first.post(path, data=theirs | one).status_code == 303
    answer = second.post(path, data=mine | two)
    assert answer.status_code == 409
    assert one["text"] in answer.text
    assert two["text"] in answer.text
    assert "0533-6180001" in answer.text
    assert letter_queries.answer_of(db.session.get(Letter, letter)).text == one["text"]
    # Put together on the page that was shown: the next save builds on the colleague's.
    both = hidden_fields(answer.text) | two | {"text": one["text"] + two["text"]}
    assert second.post(path, data=both).status_code == 303
    db.session.expire_all()
    assert letter_queries.answer_of(db.session.get(Letter, letter)).text == one["text"] + two["text"]
    # And the colleague who saves on gets both texts as well.
    again = first.post(path, data=theirs | one | {"do": "submit"})
    assert again.status_code == 409
    assert two["text"] in again.text
