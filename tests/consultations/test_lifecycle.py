"""The table of a consultation's life: whatever is tried, the rules and the counts hold."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.access import ANYONE, SYSTEM, PostHeld, Role, actor_for
from participation.consultations import service
from participation.consultations.lifecycle import STAGES, TRANSITIONS, Facts, refusal
from participation.consultations.queries import counts
from participation.errors import Refused
from participation.extensions import db
from tests.consultations.periods import answered, at, closed, commented, drafted, opened

NOW = datetime.fromisoformat("2026-11-20T10:00+08:00")
LATER = datetime.fromisoformat("2026-12-03T00:00+08:00")
ACTORS = [
    ANYONE,
    SYSTEM,
    *(
        actor_for(person_id=n, name="某", posts=(PostHeld(n, dep, role),), is_citizen=False)
        for n, (dep, role) in enumerate([(1, role) for role in Role] + [(2, Role.OFFICER), (2, Role.HEAD)], start=1)
    ),
]


@given(
    st.lists(st.tuples(st.sampled_from(sorted(TRANSITIONS)), st.sampled_from(ACTORS), st.booleans()), max_size=40),
    st.sampled_from(sorted(STAGES)),
)
def test_only_the_table_moves_a_stage_and_only_its_own_staff(steps, stage):
    for action, actor, over in steps:
        rule = TRANSITIONS[action]
        facts = Facts(stage=stage, department_id=1, now=LATER if over else NOW, closes_at=LATER, unanswered=0)
        if refusal(action, facts, actor) is not None:
            continue
        assert stage in rule.sources
        if rule.capability is None:
            assert actor is SYSTEM
            assert over
        else:
            assert actor.can(rule.capability, 1)
        stage = rule.target or stage
        assert stage in STAGES


def test_every_action_names_known_stages():
    for rule in TRANSITIONS.values():
        assert rule.sources <= set(STAGES)
        assert rule.target in {"", *STAGES}


def test_no_person_ever_closes_a_period():
    facts = Facts(stage="open", department_id=1, now=LATER, closes_at=LATER)
    assert [actor for actor in ACTORS if refusal("close", facts, actor) is None] == [SYSTEM]


def test_who_submits_does_not_publish(world):
    consultation, now = drafted(world), at("2026-11-02T10:00")
    service.submit(consultation, actor=world.actor("head"), now=now)
    with pytest.raises(Refused) as refused:
        service.publish(consultation, actor=world.actor("head"), now=now)
    assert refused.value.code == "forbidden"


def test_another_department_may_do_nothing(world):
    consultation = opened(world)
    for login in ("utilities", "utilities_head", "town", "office", "auditor", "administrator"):
        found = service.refusals(consultation, actor=world.actor(login), now=NOW)
        assert {refused.code for refused in found.values() if refused} == {"forbidden"}
        assert None not in found.values()


def test_what_is_missing_cannot_be_published(world):
    consultation = drafted(world, explanation="", contact_phone="")
    with pytest.raises(Refused) as refused:
        service.submit(consultation, actor=world.actor("officer"), now=at("2026-11-02T10:00"))
    assert (refused.value.code, refused.value.args_) == ("invalid", {"count": 2})


def test_withdrawal_needs_a_reason_and_a_second_person(world):
    consultation = opened(world)
    with pytest.raises(Refused):
        service.withdraw(consultation, actor=world.actor("head"), now=NOW)
    service.ask_withdrawal(consultation, reason="上位法修改", actor=world.actor("officer"), now=NOW)
    service.withdraw(consultation, actor=world.actor("head"), now=NOW)
    db.session.commit()
    assert consultation.stage == "withdrawn"


def test_the_comments_of_a_withdrawn_consultation_are_answered_all_the_same(world):
    consultation = opened(world)
    comment = commented(consultation)
    service.ask_withdrawal(consultation, reason="上位法修改", actor=world.actor("officer"), now=NOW)
    service.withdraw(consultation, actor=world.actor("head"), now=NOW)
    with pytest.raises(Refused) as refused:
        service.submit_feedback(consultation, actor=world.actor("officer"), now=NOW)
    assert refused.value.args_ == {"count": 1}
    answered(world, consultation, [comment], "outside")
    service.submit_feedback(consultation, actor=world.actor("officer"), now=NOW)
    service.publish_feedback(consultation, actor=world.actor("head"), now=NOW)
    db.session.commit()
    assert (consultation.stage, counts.tally(consultation.id).reconciles) == ("answered", True)


def test_a_corrected_draft_is_a_new_visible_version(world):
    consultation = opened(world)
    newer = service.correct(
        consultation, text="第一条 改过的条文。", reason="第一条有错字", actor=world.actor("head"), now=NOW
    )
    db.session.commit()
    assert (newer.number, newer.reason, len(newer.sha256)) == (2, "第一条有错字", 64)
    closed(consultation)
    with pytest.raises(Refused):
        service.correct(
            consultation, text="第一条 再改。", reason="再改", actor=world.actor("head"), now=at("2026-12-04T09:00")
        )
