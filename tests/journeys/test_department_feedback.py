"""A department announces, its head publishes, it sorts and answers, and the counts reconcile."""

import re

from participation.consultations.models import Consultation
from participation.extensions import db
from tests.browse import words
from tests.consultations.periods import TEXT, closed, commented, opened

ANNOUNCED = {
    "title": "既有多层住宅加装电梯实施办法（征求意见稿）",
    "kind": "major_decision",
    "why": "方便群众上下楼。",
    "text": TEXT,
    "explanation": "依据民法典制定。",
    "ends_on": "2026-12-27",
    "promised_feedback_on": "2027年1月15日",
    "contact_person": "李明",
    "contact_phone": "0533-0000001",
    "contact_address": "新建中路 1 号",
    "contact_email": "jzdt@example.cn",
}


def press(client, page: str, action: str, data: dict[str, object] | None = None):
    """Presses the button whose form leads to `action`, on a page that must show it."""
    shown = client.get(page)
    assert f'action="{action}"' in shown.text, f"{page} has no button for {action}"
    return client.post(action, data={"csrf_token": client.token(page)} | (data or {}))


def test_from_the_draft_to_the_published_feedback(world, app, played):
    officer, head = app.test_client(), app.test_client()
    department = str(world.department["housing"])
    with played("2026-11-27T09:00"):
        world.sign_in(officer, "officer")
        world.sign_in(head, "head")
        answer = officer.submit("/desk/consultations/new", ANNOUNCED | {"department": department, "explanation": ""})
        assert answer.status_code == 303
        page = answer.location
        shown = words(officer.get(page).text)
        assert "还差 1 项，就能公布" in shown
        assert "12月28日（周一）" in shown  # Sunday is warned about, Monday offered
        assert officer.post(f"{page}/submit", data={"csrf_token": officer.token(page)}).status_code == 422
        assert officer.submit(f"{page}/edit", ANNOUNCED).status_code == 303
        assert press(officer, page, f"{page}/submit").status_code == 303
        assert officer.post(f"{page}/publish", data={"csrf_token": officer.token(page)}).status_code == 403
        assert press(head, page, f"{page}/publish").status_code == 303
    consultation = db.session.query(Consultation).one()
    assert consultation.stage == "open"
    comments = [
        commented(consultation, now="2026-12-01T10:00", author_name=name) for name in ("朱大明", "王小红", "张三")
    ]
    db.session.commit()
    ids = [comment.id for comment in comments]
    sort = f"{page}/sort"
    with played("2026-12-28T09:00"):
        world.sign_in(officer, "officer")
        world.sign_in(head, "head")
        closed(consultation, now="2026-12-28T00:00:30")
        db.session.commit()
        assert "还有 3 条意见没有归类" in words(officer.get(sort).text)
        assert officer.submit(sort, {"title": "一楼不应分担费用"}, to=f"{page}/points").status_code == 303
        assert officer.submit(sort, {"title": "补助要提高"}, to=f"{page}/points").status_code == 303
        assert officer.submit(sort, {"c": ids[:2], "to": "1"}).status_code == 303
        nothing = officer.submit(sort, {"to": "1"})
        assert (nothing.status_code, "请先勾选意见" in words(nothing.text)) == (422, True)
        missing = officer.post(f"{page}/feedback/submit", data={"csrf_token": officer.token(sort)})
        assert missing.status_code == 409
        assert "还有 3 条意见没有结果" in words(missing.text)
        assert officer.submit(sort, {"c": ids[2:], "to": "2"}).status_code == 303
        clause = re.search(r'value="(\d+)">第二条', officer.get(f"{sort}?point=1").text).group(1)
        adopted = {"outcome": "adopted", "clause": clause, "change": "一楼业主不分担费用。"}
        assert officer.submit(f"{sort}?point=1", adopted, to=f"{page}/points/1").status_code == 303
        refused = {"outcome": "not_adopted", "reason": ""}
        bare = officer.submit(f"{sort}?point=2", refused, to=f"{page}/points/2")
        assert bare.status_code == 422
        refused["reason"] = "区财政每年安排三百部，提高后只够两百部。"
        assert officer.submit(f"{sort}?point=2", refused, to=f"{page}/points/2").status_code == 303
        report = f"{page}/feedback"
        assert press(officer, report, f"{report}/submit").status_code == 303
        assert officer.post(f"{report}/publish", data={"csrf_token": officer.token(report)}).status_code == 403
        assert press(head, report, f"{report}/publish").status_code == 303
        public = words(app.test_client().get(f"/consultations/{consultation.id}/feedback").text)
        assert "采纳 2 部分采纳 0 未采纳 1 不属于本次 0 本人撤回 0 收到意见 3" in public


def test_a_stale_answer_is_refused_and_shows_both(world, app, played):
    first, second = app.test_client(), app.test_client()
    consultation = opened(world)
    page = f"/desk/consultations/{consultation.id}"
    with played("2026-11-20T09:00"):
        world.sign_in(first, "officer")
        world.sign_in(second, "head")
        first.submit(f"{page}/sort", {"title": "观点"}, to=f"{page}/points")
        old = {"version": "1", "outcome": "outside", "reason": "不属于本次决策的范围。"}
        assert first.submit(f"{page}/sort?point=1", old, to=f"{page}/points/1").status_code == 303
        stale = second.submit(
            f"{page}/sort?point=1", old | {"reason": "另一种说法，另一个理由。"}, to=f"{page}/points/1"
        )
        assert stale.status_code == 409
        assert "不属于本次决策的范围。" in stale.text
        assert "另一种说法，另一个理由。" in stale.text


def test_another_department_does_not_find_the_desk_of_this_one(world, client, played):
    consultation = opened(world)
    with played("2026-11-20T09:00"):
        world.sign_in(client, "utilities")
        for path in ("", "/sort", "/feedback", "/edit", "/enter"):
            assert client.get(f"/desk/consultations/{consultation.id}{path}").status_code == 404


def test_an_opinion_by_post_is_entered_and_never_dated_in_the_future(world, client, played):
    consultation = opened(world)
    path = f"/desk/consultations/{consultation.id}/enter"
    written = {
        "channel": "post",
        "received_on": "２０２６年１１月１９日",
        "text": "来信：建议提高补助。",
        "consent": "no",
        "name": "河西村",
    }
    with played("2026-11-20T09:00"):
        world.sign_in(client, "officer")
        assert client.submit(path, written | {"received_on": "2026-11-21"}).status_code == 422
        assert client.submit(path, written | {"received_on": "2026-11-01"}).status_code == 422
        assert client.submit(path, written | {"received_on": "昨天"}).status_code == 422
        done = client.submit(path, written)
        assert done.status_code == 303
        receipt = client.get(done.location)
        assert "YJ-2026-1120-001" in receipt.text
