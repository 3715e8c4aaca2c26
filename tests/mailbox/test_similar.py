"""Before a letter is sent its writer sees published letters like it, and can come back from them."""

import re

import pytest

from participation.access import ANYONE
from participation.extensions import db
from participation.mailbox import service as mailbox
from participation.mailbox.models import Letter
from participation.mailbox.queries.similar import answered_like
from participation.mailbox.service import questions
from tests import district
from tests.browse import words
from tests.mailbox import letters

LIKE = "院门口的路灯夜里不亮，停车也不方便，请修好。"
UNLIKE = "想给孩子办理入学转学手续，需要带哪些材料？"


@pytest.fixture
def settled(kept, played):
    place = kept(district.settle)
    with played(district.NOW):
        yield place


def titles(rows):
    return [row.letter.public_title for row in rows]


def confirm(client, **changes):
    answer = letters.write(client, **changes)
    assert answer.status_code == 303, words(answer.text)
    return answer.headers["Location"]


def test_a_letter_like_a_published_one_is_shown_it(settled):
    assert titles(answered_like("路灯不亮", LIKE)) == ["院门口的路灯夜里不亮"]


def test_a_letter_about_something_else_is_shown_nothing(settled):
    assert titles(answered_like("入学", UNLIKE)) == []
    assert titles(answered_like("", "")) == []


def test_what_is_not_public_is_never_alike(settled):
    assert settled.hidden_letter not in [row.letter.id for row in answered_like(f"{district.HIDDEN}的路灯", LIKE)]
    letter = db.session.get(Letter, settled.letter)
    mailbox.withdraw_consent(letter, actor=ANYONE, now=district.at(district.NOW))
    assert titles(answered_like("路灯不亮", LIKE)) == []


def test_the_last_step_shows_them_with_what_was_answered(client, settled):
    page = client.get(confirm(client, text=LIKE))
    assert "看看是不是已经有答复" in words(page.text)
    assert "六盏路灯已经修好。" in words(page.text)
    assert "See whether there is an answer already" in words(client.get(confirm(client, text=LIKE) + "?lang=en").text)


def test_nothing_alike_shows_nothing(client, settled):
    page = client.get(confirm(client, title="孩子入学", text=UNLIKE))
    assert "看看是不是已经有答复" not in page.text


def test_from_a_similar_letter_the_way_leads_back_to_what_was_written(client, settled):
    back = confirm(client, text=LIKE)
    link = re.search(rf'href="(/letters/{settled.letter}\?draft=\d+)"', client.get(back).text)
    assert link is not None
    page = client.get(link[1])
    assert "回到您正在写的信" in words(page.text)
    assert f'href="{back}"' in page.text
    assert LIKE in client.get(back).text


def test_another_browser_has_no_way_back_into_somebody_elses_draft(app, client, settled):
    draft = confirm(client, text=LIKE).rsplit("/", 1)[1]
    stranger = app.test_client()
    for asked in (draft, "999999", "x", "１", "99999999999"):
        page = stranger.get(f"/letters/{settled.letter}", query_string={"draft": asked})
        assert page.status_code == 200
        assert "回到您正在写的信" not in page.text


def test_a_draft_kept_for_later_shows_them_beside_the_form(client, settled):
    kept = letters.write(client, text=LIKE, draft="1").headers["Location"]
    page = client.get(kept)
    assert "别人问过类似的事" in words(page.text)
    link = re.search(rf'href="(/letters/{settled.letter}\?draft=\d+)"', page.text)
    assert link is not None
    assert kept.replace("&", "&amp;") in client.get(link[1]).text


def test_once_sent_there_is_no_way_back(client, settled):
    path = confirm(client, text=LIKE)
    assert letters.send(client, path).status_code == 303
    draft = path.rsplit("/", 1)[1]
    assert "回到您正在写的信" not in client.get(f"/letters/{settled.letter}?draft={draft}").text


def test_a_frequent_question_like_the_letter_is_shown_with_its_answer(client, settled, world):
    letter = db.session.get(Letter, settled.letter)
    questions.make_question(
        letter, topic="城市管理", question="门口的路灯夜里不亮找谁", answer="打公用事业中心的值班电话，三天内修好。",
        sort=1, actor=world.actor("head"), now=district.at(district.NOW),
    )  # fmt: skip
    db.session.commit()
    page = words(client.get(confirm(client, text=LIKE)).text)
    assert "常有人问" in page
    assert "打公用事业中心的值班电话" in page
    assert "常有人问" not in words(client.get(confirm(client, title="孩子入学", text=UNLIKE)).text)
    mailbox.withdraw_consent(db.session.get(Letter, settled.letter), actor=ANYONE, now=district.at(district.NOW))
    db.session.commit()
    assert "常有人问" not in words(client.get(confirm(client, text=LIKE)).text)
