"""On a telephone: a sentence about a clause, then its outcome, and the clause that it changed."""

import re

from participation.consultations import service
from participation.consultations.models import Comment
from participation.consultations.queries import changes
from participation.extensions import db
from participation.notices.models import Notice
from tests.browse import words
from tests.consultations.periods import TEXT, answered, at, closed, opened
from tests.journeys.test_citizen_comment import WRITTEN, receipt, sent

PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14; Mobile) AppleWebKit/537.36 MicroMessenger/8.0"}
NOW = at("2026-12-20T09:00")


def test_from_the_clause_on_the_telephone_to_the_changed_clause(world, app, client, played):
    consultation = opened(world)
    client.environ_base["HTTP_USER_AGENT"] = PHONE["User-Agent"]
    page = f"/consultations/{consultation.id}"
    with played("2026-11-10T20:14"):
        draft = client.get(page).text
        assert 'name="viewport" content="width=device-width' in draft
        link = re.search(r'href="(/consultations/\d+/comment\?clause=2)[^"]*"', draft)
        assert link, "each clause leads to its form by a link, without a script"
        number, secret = receipt(sent(client, consultation))
    comment = db.session.query(Comment).one()
    closed(consultation)
    officer = world.actor("officer")
    point = answered(world, consultation, [comment], "adopted")
    final = TEXT.replace("一楼业主不分担建设费用。", "一楼业主不分担建设、运行费用。")
    service.write_final(consultation, title="实施办法", text=final, actor=officer, now=NOW)
    assert [change.point_ids for change in changes.changes_of(consultation.id)] == [{point.id}]
    service.submit_feedback(consultation, actor=officer, now=NOW)
    service.publish_feedback(consultation, actor=world.actor("head"), now=NOW)
    db.session.commit()
    told = db.session.query(Notice).filter_by(verb="feedback_published", channel="sms").one().body
    assert f"您的 {number} 号意见：采纳。理由：已写进第二条。" in told
    db.session.rollback()
    with played("2026-12-21T09:00"):
        later = app.test_client()
        opened_ = later.submit("/comments/track", {"number": number, "secret": secret})
        mine = later.get(opened_.location)
        assert WRITTEN["text"] in mine.text
        assert "您的意见采纳了，写进了 第二条" in words(mine.text)
        assert re.search(r"<ins>.{0,60}、运行", mine.text), "the changed words are marked"
        link = re.search(rf'href="({page}/changes)(#change-\d+)"', mine.text)
        assert link
        whole = later.get(link.group(1))
        assert f'id="{link.group(2)[1:]}"' in whole.text
        assert "一楼不出钱" in words(whole.text), "the opinion that caused it stands at the change"
        assert words(later.get(f"{page}/feedback").text).count("采纳 1 部分采纳 0") == 1
