"""Campaigns among the comments, as the job finds them and the desk sorts them."""

import pytest

from participation.consultations import jobs, service
from participation.consultations.queries import counts, likeness
from participation.extensions import db
from tests.browse import words
from tests.consultations.periods import at, closed, commented, opened

TEMPLATE = "坚决反对把新桥小区划出学区，我们买房就是为了孩子上学，请尊重{name}户业主的意见。"


@pytest.fixture
def consultation(world):
    consultation = opened(world)
    for name in ("三号楼张", "三号楼张", "十二号楼李"):
        commented(consultation, text=TEMPLATE.format(name=name))
    commented(consultation, text="坚\u200b" + TEMPLATE.format(name="三号楼张")[1:])
    commented(consultation, text="希望校车能开到新桥北门，早上七点一班。")
    db.session.commit()
    return consultation


def found(consultation) -> list[tuple[int, int, int, list[tuple[str, int]]]]:
    lines, _more = likeness.page_of_stacks(consultation.id)
    return [
        (line.comments, line.people, line.unsorted, [(one.kind, one.count) for one in line.variants]) for line in lines
    ]


def test_the_job_finds_the_stack_and_runs_again_only_for_new_comments(consultation):
    assert jobs.liken(now=at("2026-11-11T10:00")) == 1
    assert found(consultation) == [(4, 4, 4, [("same", 2), ("template", 1), ("disguised", 1)])]
    assert likeness.to_compare() == []
    commented(consultation, text=TEMPLATE.format(name="七号楼王"))
    db.session.commit()
    assert likeness.to_compare() == [consultation.id]
    jobs.liken(now=at("2026-11-11T10:05"))
    assert found(consultation)[0][0] == 5


def test_a_withdrawn_comment_leaves_its_stack_at_once(world, consultation):
    jobs.liken(now=at("2026-11-11T10:00"))
    leader = likeness.page_of_stacks(consultation.id)[0][0].leader
    service.withdraw_comment(leader, consultation, actor=world.actor("officer"), now=at("2026-11-11T10:01"))
    assert leader.id not in likeness.members(consultation.id, [leader.id])
    line = likeness.page_of_stacks(consultation.id)[0][0]
    assert (line.id, line.comments, line.people) == (leader.id, 3, 3)
    assert leader.id not in [line.leader.id, *(one.comment.id for one in line.variants)]


def test_a_whole_stack_goes_into_an_opinion_and_every_comment_counts(world, app, played, consultation):
    jobs.liken(now=at("2026-11-11T10:00"))
    closed(consultation)
    point = service.create_point(
        consultation, title="留在原学区", actor=world.actor("officer"), now=at("2026-12-04T10:00")
    )
    db.session.commit()
    ids = consultation.id, point.id
    path, officer = f"/desk/consultations/{ids[0]}/sort?show=alike", app.test_client()
    with played("2026-12-05T10:00"):
        world.sign_in(officer, "officer")
        page = officer.get(path)
        text = words(page.text)
        assert "4 条几乎一样： 坚决反对把新桥小区划出学区" in text
        assert "去掉看不见的字符和形近字符后相同" in text
        assert "<mark>十二</mark>" in page.text
        done = officer.submit(path, {"pack": "1", "to": str(ids[1])}, to=f"/desk/consultations/{ids[0]}/sort")
        assert done.status_code == 303
    assert counts.holders(ids[0]) == {ids[1]: (4, 4)}
    assert found(consultation)[0][2] == 0


def test_everything_a_filter_finds_is_sorted_at_once(world, app, played):
    consultation = opened(world)
    for n in range(60):
        commented(consultation, text=f"第{n}户要求{'停车' if n % 2 else '电梯'}")
    closed(consultation)
    point = service.create_point(consultation, title="停车", actor=world.actor("officer"), now=at("2026-12-04T10:00"))
    db.session.commit()
    ids, officer = (consultation.id, point.id), app.test_client()
    path = f"/desk/consultations/{ids[0]}/sort"
    with played("2026-12-05T10:00"):
        world.sign_in(officer, "officer")
        form = {"everything": "1", "q": "停车", "clause": "", "show": "unsorted", "to": str(ids[1])}
        assert officer.submit(f"{path}?q=停车", form, to=path).status_code == 303
    assert counts.holders(ids[0]) == {ids[1]: (30, 30)}
