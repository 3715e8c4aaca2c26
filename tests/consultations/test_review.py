"""Reading comments before everybody may, and the second person where one is not shown."""

import pytest
from sqlalchemy import text

from participation.consultations import service
from participation.consultations.queries import comments, counts
from participation.consultations.queries import reviewing as queries
from participation.errors import Refused
from participation.extensions import db
from participation.notices.models import Notice
from participation.web.headers import KEPT
from tests.browse import words
from tests.consultations.periods import SECRET, answered, at, closed, commented, opened

NOW = at("2026-11-10T11:00")


@pytest.fixture
def consultation(world):
    return opened(world)


def received(consultation, times: int = 1):
    rows = [commented(consultation, consent_public=True) for _ in range(times)]
    db.session.commit()
    return rows if times > 1 else rows[0]


def test_two_people_get_different_comments_and_after_ten_minutes_they_are_free_again(world, consultation):
    ids = [row.id for row in received(consultation, 12)]
    officer, head = world.actor("officer"), world.actor("head")
    assert service.take(consultation, actor=officer, now=NOW) == ids[:10]
    assert service.take(consultation, actor=head, now=NOW) == ids[10:]
    assert queries.read_by_others(consultation.id, head.person_id, now=NOW) == {officer.person_id: 10}
    with pytest.raises(Refused) as refused:
        service.show(consultation, ids[:1], actor=head, now=NOW)
    assert refused.value.code == "conflict"
    later = at("2026-11-10T11:10")
    assert service.take(consultation, actor=head, now=later) == ids[:10]


def test_comments_without_consent_or_withdrawn_are_not_in_the_queue(world, consultation):
    commented(consultation, consent_public=False)
    gone = commented(consultation, consent_public=True)
    service.withdraw_comment(gone, consultation, actor=world.actor("officer"), now=NOW)
    assert service.take(consultation, actor=world.actor("officer"), now=NOW) == []
    assert queries.unread(consultation.id) == 0


@pytest.mark.parametrize(("now", "late"), [("2026-11-11T23:59:59", False), ("2026-11-12T00:00", True)])
def test_one_workday_is_promised(world, consultation, now, late):
    row = received(consultation)  # Tuesday 10 November
    assert [waiting.late for waiting in queries.waiting([row.id], now=at(now))] == [late]


def test_a_ground_and_a_second_person_hide_a_comment_and_it_is_answered_all_the_same(world, consultation):
    row = received(consultation)
    officer, head = world.actor("officer"), world.actor("head")
    service.show(consultation, [row.id], actor=officer, now=NOW)
    hiding = service.propose_hiding(consultation, row, ground="insult", actor=officer, now=NOW)
    assert row.is_public  # a proposal alone hides nothing
    with pytest.raises(Refused, match="somebody else must decide"):
        service.decide_hiding(consultation, hiding, confirmed=True, actor=officer, now=NOW)
    service.decide_hiding(consultation, hiding, confirmed=True, actor=head, now=NOW)
    assert [shown.tombstone for shown in comments.public_comments(consultation.id)] == ["insult"]
    assert counts.hidden_by_ground(consultation.id) == [("insult", 1)]
    closed(consultation)
    assert counts.tally(consultation.id).open == 1
    answered(world, consultation, [row], "outside")
    assert counts.tally(consultation.id).reconciles


def test_leaked_personal_data_are_gone_at_once_and_come_back_if_the_second_person_says_so(world, consultation):
    row = received(consultation)
    officer, head = world.actor("officer"), world.actor("head")
    service.show(consultation, [row.id], actor=officer, now=NOW)
    hiding = service.propose_hiding(consultation, row, ground="personal_data", actor=officer, now=NOW)
    assert (row.is_public, row.hidden_ground) == (False, "personal_data")
    waits = queries.proposed(consultation.id, now=at("2026-11-12T00:00"))
    assert [(one.late, one.due_on.isoformat()) for one in waits] == [(True, "2026-11-11")]
    service.decide_hiding(consultation, hiding, confirmed=False, actor=head, now=NOW)
    assert row.is_public
    with pytest.raises(Refused, match="has decided this meanwhile"):
        service.decide_hiding(consultation, hiding, confirmed=True, actor=head, now=NOW)


def test_a_proposed_comment_is_not_shown_by_a_colleague_meanwhile(world, consultation):
    row = received(consultation)
    service.propose_hiding(consultation, row, ground="secret", actor=world.actor("officer"), now=NOW)
    assert service.show(consultation, [row.id], actor=world.actor("head"), now=NOW) == 0
    with pytest.raises(Refused, match="proposed for it"):
        service.propose_hiding(consultation, row, ground="insult", actor=world.actor("head"), now=NOW)


def test_the_whole_job_on_the_page(world, app, client, played, consultation):
    ids = [row.id for row in received(consultation, 3)]
    officer, head = app.test_client(), app.test_client()
    path = f"/desk/consultations/{consultation.id}/review"
    with played("2026-11-10T11:00"):
        world.sign_in(officer, "officer")
        world.sign_in(head, "head")
        assert "还有 3 条意见没有审看" in words(officer.get(path).text)
        officer.submit(path, {}, to=f"{path}/take")
        assert "李明正在看3条，您看到的是别的。" in words(head.get(path).text).replace(" ", "")
        nothing = officer.submit(path, {"do": "ticked"})
        assert (nothing.status_code, "请勾选可以公开的意见" in words(nothing.text)) == (422, True)
        assert officer.submit(path, {"c": str(ids[0]), "do": "ticked"}).status_code == 303
        no_ground = officer.submit(path, {}, to=f"{path}/{ids[1]}")
        assert (no_ground.status_code, "请选择不展示的依据" in words(no_ground.text)) == (422, True)
        assert officer.submit(path, {"ground": "personal_data"}, to=f"{path}/{ids[1]}").status_code == 303
        own = officer.submit(path, {"do": "confirm"}, to=f"/desk/consultations/{consultation.id}/hidings/1")
        assert own.status_code == 403
        done = head.submit(path, {"do": "confirm"}, to=f"/desk/consultations/{consultation.id}/hidings/1")
        assert done.status_code == 303
        page = words(client.get(f"/consultations/{consultation.id}").text)
    assert "不展示：含有他人的个人信息。同样要答复。" in page
    assert page.count("朱**") == 1


def test_a_hidden_or_withdrawn_comment_is_gone_from_the_page_at_the_next_request(world, client, played, consultation):
    row = commented(consultation, text="我的电话是一三八零零零零零零零一。", consent_public=True)
    service.show(consultation, [row.id], actor=world.actor("officer"), now=NOW)
    db.session.commit()
    with played("2026-11-10T12:00"):
        before = client.get(f"/consultations/{consultation.id}")
        assert "一三八零零零零零零零一" in before.text
        assert before.headers["Cache-Control"] == KEPT
        row = db.session.merge(row)
        service.withdraw_comment(row, db.session.merge(consultation), actor=world.actor("officer"), now=NOW)
        db.session.commit()
        assert "一三八零零零零零零零一" not in client.get(f"/consultations/{consultation.id}").text


def test_a_writer_who_wants_no_messages_is_not_told_and_can_change_it(world, client, played, consultation):
    row = commented(consultation)
    db.session.commit()
    with played("2026-11-10T12:00"):
        assert client.submit("/comments/track", {"number": row.number, "secret": SECRET}).status_code == 303
        assert client.submit("/comments/mine", {"wanted": "no"}, to="/comments/mine/messages").status_code == 303
        assert "这条意见的进展不再通知您" in words(client.get("/comments/mine").text)
    consultation = db.session.merge(consultation)
    closed(consultation)
    answered(world, consultation, [db.session.merge(row)], "adopted")
    now = at("2026-12-05T10:00")
    service.submit_feedback(consultation, actor=world.actor("officer"), now=now)
    service.publish_feedback(consultation, actor=world.actor("head"), now=now)
    db.session.commit()
    assert db.session.query(Notice).filter_by(verb="feedback_published").count() == 0


@pytest.mark.parametrize("now", ["2026-11-09T10:00", "2026-11-10T10:00", "2026-11-11T23:59", "2026-11-12T00:00"])
def test_the_lists_count_of_what_is_late_is_the_queues(world, consultation, now):
    for day in ("2026-11-06T23:30", "2026-11-07T09:00", "2026-11-09T10:00", "2026-11-10T09:00", "2026-11-11T08:00"):
        commented(consultation, consent_public=True, now=day)
    waiting = list(range(1, 6))
    late = sum(row.late for row in queries.waiting(waiting, now=at(now)))
    found = queries.behind([consultation.id], now=at(now)).get(consultation.id, queries.Behind())
    assert found.unread == late


def test_head_and_auditor_see_on_the_list_what_is_late(world, app, played, consultation):
    rows = received(consultation, 3)
    service.propose_hiding(consultation, rows[0], ground="personal_data", actor=world.actor("officer"), now=NOW)
    db.session.commit()
    said = "2 条意见过了一个工作日还没有审看；1 条不展示的建议过了一个工作日还没有由另一人决定（其中 1 条已先行隐藏）"
    for who in ("head", "auditor"):
        client = app.test_client()
        with played("2026-11-11T18:00"):
            world.sign_in(client, who)
            assert "过了一个工作日" not in client.get("/desk/consultations").text
        with played("2026-11-12T09:00"):
            world.sign_in(client, who)
            assert said in words(client.get("/desk/consultations").text)
            assert said in words(client.get(f"/desk/consultations/{consultation.id}").text)


def test_a_hidden_or_withdrawn_comment_is_found_nowhere_at_once(world, app, played, consultation):
    odd = "量子灯笼"
    first, second = (
        commented(consultation, text=f"{odd}第{n}种说法，请考虑。", consent_public=True) for n in ("一", "二")
    )
    officer = world.actor("officer")
    service.show(consultation, [first.id, second.id], actor=officer, now=NOW)
    db.session.commit()
    one = f"/consultations/{consultation.id}"
    pages = (one, f"{one}?clause=", f"{one}.json", f"{one}.csv", "/consultations.atom", "/", f"/search?q={odd}")
    with played("2026-11-10T12:00"):
        public = app.test_client()
        assert odd in public.get(one).text
        assert odd in public.get(f"{one}.csv").text
        db.session.rollback()
        service.propose_hiding(consultation, first, ground="personal_data", actor=officer, now=NOW)
        service.withdraw_comment(second, consultation, actor=officer, now=NOW)
        db.session.commit()
        for path in pages:
            answer = public.get(path)
            shown = answer.get_data(as_text=True).replace(f'value="{odd}"', "")
            assert "种说法" not in shown, path
            assert answer.headers["Cache-Control"] in ("no-store", KEPT), path
        assert db.session.scalar(text("SELECT count(*) FROM text_part WHERE tokens LIKE '%量子%'")) == 0
