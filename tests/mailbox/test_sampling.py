"""抽查: the lot, the verdict, what the office makes of it; and who is shown which."""

import hashlib
from datetime import date

import pytest
from sqlalchemy import select

from participation import clock
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter, Sample, SampleItem
from participation.mailbox.queries import samples as queries
from participation.mailbox.sampling import digest_of, drawn, passed_and_failed
from participation.mailbox.service import samples
from participation.notices.models import Notice
from tests.browse import words
from tests.mailbox import letters

NOVEMBER = {"first": date(2026, 11, 1), "last": date(2026, 11, 30)}


def answered(world, now, unit="housing", **changes) -> Letter:
    officer, head = ("officer", "head") if unit == "housing" else (unit, f"{unit}_head")
    letter = letters.received(now, **changes)
    if letter.stage == "received":  # one about the office is with the deputy unit already
        service.assign(letter, department_id=world.department[unit], actor=world.actor("office"), now=now)
    service.submit(letter, text="来信收悉，已转办。", contact="", version=None, actor=world.actor(officer), now=now)
    service.approve(letter, actor=world.actor(head), now=now)
    db.session.commit()
    return letter


def draw(world, now, **changes) -> Sample:
    values = NOVEMBER | {"size": 5, "actor": world.actor("auditor"), "now": now} | changes
    sample = samples.draw(**values)
    db.session.commit()
    return sample


def items() -> list[SampleItem]:
    return list(db.session.scalars(select(SampleItem).order_by(SampleItem.position)))


def failed_one(world, played, **changes) -> tuple[SampleItem, Letter]:
    with played("2026-11-23T09:00"):
        letter = answered(world, clock.now(), **changes)
        draw(world, clock.now())
        item = items()[0]
        samples.judge(
            item, letter, verdict="perfunctory", reason="只说已转办。", actor=world.actor("auditor"), now=clock.now()
        )
        db.session.commit()
    return item, letter


def test_the_lot_is_what_anybody_computes_from_the_seed():
    names = ["XX-2026-1123-001/1", "XX-2026-1123-002/1", "XX-2026-1123-003/1", "XX-2026-1123-003/2"]
    by_hand = sorted(names, key=lambda name: hashlib.sha256(f"ab:{name}".encode()).hexdigest())
    assert drawn(names[::-1], seed="ab", size=2) == by_hand[:2]
    assert drawn(names, seed="ab", size=99) == by_hand
    assert digest_of(names[::-1]) == hashlib.sha256("\n".join(names).encode()).hexdigest()


def test_every_answer_is_drawn_about_as_often_as_every_other():
    names = [f"XX-2026-1123-{n:03d}/1" for n in range(20)]
    counted = dict.fromkeys(names, 0)
    for seed in range(2000):
        for name in drawn(names, seed=f"{seed:032x}", size=5):
            counted[name] += 1
    assert min(counted.values()) > 420
    assert max(counted.values()) < 580


def test_passed_and_failed_leave_out_what_is_not_judged():
    assert passed_and_failed(["pass", "", "perfunctory", "pass", "buck_passing"]) == (2, 2)


def test_a_draw_keeps_population_digest_and_seed_and_can_be_drawn_again(world, played):
    with played("2026-11-23T09:00"):
        made = [answered(world, clock.now()) for _ in range(6)]
        letters.received(clock.now())  # not answered: not in the population
        sample = draw(world, clock.now(), size=4)
    names = {f"{letter.number}/1": letter.id for letter in made}
    assert (sample.population, sample.population_digest) == (6, digest_of(names))
    again = [names[name] for name in drawn(names, seed=sample.seed, size=4)]
    assert [item.letter_id for item in items()] == again


@pytest.mark.parametrize(
    ("answered_at", "within"),
    [("2026-10-31T23:59:59", 0), ("2026-11-01T00:00", 1), ("2026-11-30T23:59:59", 1), ("2026-12-01T00:00", 0)],
)
def test_the_period_has_both_its_days(world, played, answered_at, within):
    with played(answered_at):
        answered(world, clock.now())
    told = queries.population(world.actor("auditor"), **NOVEMBER, department_id=None)
    assert len(told) == within


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last": date(2026, 10, 1)}, "last"),
        ({"first": date(2024, 1, 1)}, "last"),
        ({"size": 0}, "size"),
        ({"size": 201}, "size"),
        ({"first": date(2026, 3, 1), "last": date(2026, 3, 31)}, "first"),
    ],
)
def test_a_draw_that_cannot_be_is_refused(world, played, changes, field):
    with played("2026-11-23T09:00"):
        answered(world, clock.now())
        with pytest.raises(Refused) as refused:
            draw(world, clock.now(), **changes)
    assert refused.value.field == field


def test_only_an_auditor_draws_and_judges_and_a_verdict_stays(world, played):
    item, _letter = failed_one(world, played)
    with played("2026-11-24T09:00"):
        now = clock.now()
        for who in ("office", "head", "officer", "administrator"):
            with pytest.raises(Refused) as refused:
                draw(world, now, actor=world.actor(who))
            assert refused.value.code == "forbidden"
            assert samples.judge_refusal(item, world.actor(who)).code == "forbidden"
        assert samples.judge_refusal(item, world.actor("auditor")).code == "wrong_time"


def test_a_failed_answer_is_told_to_the_head_and_the_office(world, played):
    failed_one(world, played)
    names = {number: key for key, number in world.department.items()}
    told = db.session.scalars(select(Notice).where(Notice.verb == "sample_failed").order_by(Notice.id))
    assert [(names[notice.to_department_id], notice.to_role) for notice in told] == [
        ("housing", "head"), ("office", "office"),
    ]  # fmt: skip


def test_a_failure_needs_its_reason_and_a_pass_does_not(world, played):
    with played("2026-11-23T09:00"):
        letter = answered(world, clock.now())
        draw(world, clock.now())
        act = {"actor": world.actor("auditor"), "now": clock.now()}
        with pytest.raises(Refused) as refused:
            samples.judge(items()[0], letter, verdict="wrong_letter", reason="", **act)
        assert refused.value.field == "reason"
        samples.judge(items()[0], letter, verdict="pass", reason="", **act)
        db.session.commit()
    assert db.session.scalar(select(Notice).where(Notice.verb == "sample_failed")) is None


def test_the_office_has_it_answered_anew_and_the_old_verdicts_stay(world, played):
    item, letter = failed_one(world, played)
    with played("2026-11-24T09:00"):
        samples.order_redone(item, letter, reason="请实地查看后答复。", actor=world.actor("office"), now=clock.now())
        db.session.commit()
    assert (letter.round, letter.stage, letter.department_id) == (2, "assigned", world.department["housing"])
    assert (item.verdict, item.outcome, service.answer_duty(letter).round) == ("perfunctory", "redo", 2)
    assert str(service.answer_duty(letter).due_on) == "2026-12-01"
    assert samples.decide_refusal(item, letter, world.actor("office")).code == "wrong_time"


def test_or_records_why_not(world, played):
    item, letter = failed_one(world, played)
    with played("2026-11-24T09:00"):
        with pytest.raises(Refused):
            samples.let_stand(item, letter, reason="", actor=world.actor("office"), now=clock.now())
        assert samples.decide_refusal(item, letter, world.actor("head")).code == "forbidden"
        samples.let_stand(item, letter, reason="已电话补充答复。", actor=world.actor("office"), now=clock.now())
        db.session.commit()
    assert (letter.round, item.outcome) == (1, "kept")


def test_who_is_shown_what(world, played):
    failed_one(world, played)
    seen = {who: len(queries.failed(world.actor(who))) for who in ("auditor", "office", "head", "officer", "town_head")}
    assert seen == {"auditor": 1, "office": 1, "head": 1, "officer": 1, "town_head": 0}


def test_a_unit_sees_no_draw_before_the_verdict(world, played):
    with played("2026-11-23T09:00"):
        answered(world, clock.now())
        draw(world, clock.now())
    item = items()[0]
    assert queries.item_for(item.id, world.actor("head")) is None
    assert queries.item_for(item.id, world.actor("auditor")) is not None


def test_a_restricted_letter_is_nowhere_for_the_unit_concerned_and_beside_no_name(world, played, app):
    item, letter = failed_one(world, played, unit="town", about_department_id=world.department["housing"])
    with played("2026-11-24T09:00"):
        head = world.sign_in(app.test_client(), "head")
        assert letter.number not in head.get("/samples").text
        assert head.get(f"/samples/items/{item.id}").status_code == 404
    assert queries.undecided(world.actor("head")) == 0
    assert queries.verdicts_by_department(**NOVEMBER) == {None: (0, 1)}


def test_a_letter_about_the_office_is_not_shown_to_it_in_a_sample(world, played, app):
    item, letter = None, None
    with played("2026-11-23T09:00"):
        now = clock.now()
        letter = letters.received(now, about_department_id=world.department["office"])
        service.submit(letter, text="已办。", contact="", version=None, actor=world.actor("officer"), now=now)
        service.approve(letter, actor=world.actor("head"), now=now)
        db.session.commit()
        sample = draw(world, now)
        item = items()[0]
        samples.judge(item, letter, verdict="buck_passing", reason="没说", actor=world.actor("auditor"), now=now)
        db.session.commit()
        office = world.sign_in(app.test_client(), "office")
        pages = [office.get(path).text for path in ("/samples", f"/samples/{sample.id}", "/samples/passed-around")]
        assert [letter.number in page for page in pages] == [False, False, False]
        assert office.get(f"/samples/items/{item.id}").status_code == 404
    told = db.session.scalars(select(Notice.to_department_id).where(Notice.verb == "sample_failed"))
    assert list(told) == [world.department["housing"]]


def test_results_are_counted_by_unit(world, played):
    with played("2026-11-23T09:00"):
        made = {answered(world, clock.now(), unit=unit).id: unit for unit in ("housing", "housing", "town")}
        draw(world, clock.now())
        for item in items():
            letter = db.session.get(Letter, item.letter_id)
            verdict = "pass" if made[letter.id] == "town" else "perfunctory"
            samples.judge(item, letter, verdict=verdict, reason="只转办", actor=world.actor("auditor"), now=clock.now())
        db.session.commit()
    assert queries.verdicts_by_department(**NOVEMBER) == {
        world.department["housing"]: (0, 2),
        world.department["town"]: (1, 0),
    }


def test_a_letter_returned_twice_is_in_the_list_of_those_passed_around(world, played):
    with played("2026-11-23T09:00"):
        now, office = clock.now(), world.actor("office")
        once, twice = letters.received(now), letters.received(now)
        for letter, units in ((once, ["housing"]), (twice, ["housing", "utilities"])):
            for unit in units:
                service.assign(letter, department_id=world.department[unit], actor=office, now=now)
                actor = world.actor("officer" if unit == "housing" else "utilities")
                service.give_back(letter, reason="不归我们", basis="三定方案", actor=actor, now=now)
        db.session.commit()
    rows = queries.passed_around(office)
    assert [(row.letter.id, row.bare_transfer) for row in rows] == [(twice.id, False)]


def test_an_answer_that_is_a_bare_notice_of_transfer_is_in_it_too(world, played):
    with played("2026-11-23T09:00"):
        letter = answered(world, clock.now())
    rows = queries.passed_around(world.actor("auditor"))
    assert [(row.letter.id, row.bare_transfer) for row in rows] == [(letter.id, True)]


def test_the_pages_from_the_draw_to_the_decision(world, played, app):
    with played("2026-11-23T09:00"):
        for _ in range(3):
            answered(world, clock.now())
        auditor, office, head = (world.sign_in(app.test_client(), who) for who in ("auditor", "office", "head"))
        form = {"first": "2026-11-01", "last": "2026-11-30", "department": "", "size": "2"}
        empty = auditor.submit("/samples", form | {"first": "2026-03-01", "last": "2026-03-31"})
        assert (empty.status_code, "这段时间没有发出答复" in words(empty.text)) == (422, True)
        shown = auditor.submit("/samples", form).headers["Location"]
        sample = db.session.scalar(select(Sample))
        page = words(auditor.get(shown).text)
        assert (sample.seed in page, sample.population_digest in page, "3 件答复" in page) == (True, True, True)
        path = f"/samples/items/{items()[0].id}"
        missing = auditor.submit(path, {"verdict": "perfunctory", "reason": ""}, to=f"{path}/judge")
        assert (missing.status_code, "请写明为什么不合格" in words(missing.text)) == (422, True)
        assert auditor.submit(path, {"verdict": "perfunctory", "reason": "空话"}, to=f"{path}/judge").status_code == 303
        assert "1 件答复不合格" in words(head.get("/samples").text)
        done = office.submit(path, {"outcome": "redo", "reason": "请实地查看。"}, to=f"{path}/decide")
        assert done.status_code == 303
        assert "退回重办" in words(head.get(path).text)


def test_a_failed_answer_about_the_office_is_decided_by_the_auditor(world, played, app):
    item, letter = failed_one(world, played, about_department_id=world.department["office"])
    assert (queries.undecided(world.actor("auditor")), queries.undecided(world.actor("office"))) == (1, 0)
    path = f"/samples/items/{item.id}"
    with played("2026-11-24T09:00"):
        office, head, auditor = (world.sign_in(app.test_client(), who) for who in ("office", "head", "auditor"))
        assert office.get(path).status_code == 404
        assert "由监督员决定" in words(head.get(path).text)
        form = {"outcome": "redo", "reason": "请实地查看。"}
        assert office.submit("/desk/enter", form, to=f"{path}/decide").status_code == 404
        done = auditor.submit(path, form, to=f"{path}/decide")
        assert done.status_code == 303
    db.session.refresh(letter)
    assert (letter.round, letter.stage, letter.department_id) == (2, "assigned", world.department["housing"])
    assert queries.undecided(world.actor("auditor")) == 0


def test_the_auditor_decides_nothing_else(world, played):
    item, letter = failed_one(world, played)
    with pytest.raises(Refused) as refused:
        samples.order_redone(item, letter, reason="重办", actor=world.actor("auditor"), now=clock.now())
    assert refused.value.code == "forbidden"
    assert queries.undecided(world.actor("auditor")) == 0


def test_the_judge_reads_what_the_head_saw_when_approving(world, played, app):
    with played("2026-11-23T09:00"):
        answered(world, clock.now())
        draw(world, clock.now())
        page = words(world.sign_in(app.test_client(), "auditor").get("/samples/items/1").text)
    assert "审签时的提醒" in page
    assert "周建国" in page


def test_the_office_does_not_decide_on_its_own_refusal(world, played, app):
    with played("2026-11-23T09:00"):
        now, office, auditor = clock.now(), world.actor("office"), world.actor("auditor")
        letter = letters.received(now)
        service.refuse(letter, ground="litigation", text="法院已经受理。", proper_channel="法院", actor=office, now=now)
        db.session.commit()
        draw(world, now)
        item = items()[0]
        samples.judge(item, letter, verdict="perfunctory", reason="没有查。", actor=auditor, now=now)
        db.session.commit()
        assert (queries.undecided(auditor), queries.undecided(office)) == (1, 0)
        with pytest.raises(Refused) as refused:
            samples.let_stand(item, letter, reason="可以", actor=office, now=now)
        assert refused.value.code == "forbidden"
        samples.order_redone(item, letter, reason="请重新审查。", actor=auditor, now=now)
        db.session.commit()
    assert (letter.stage, letter.round, queries.undecided(auditor)) == ("received", 2, 0)
