"""Posts are held by days in Zhoucun: rights begin at 00:00 and end at 24:00 there."""

from datetime import UTC, date, datetime

import pytest

from participation.access import SYSTEM, Capability, Role
from participation.accounts import queries, service
from participation.accounts.models import Person, Post, PostHolding
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.extensions import db

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 30), date(2026, 12, 2)


@pytest.fixture
def delegated(world):
    """The head's post, delegated by the head to the officer for three days."""
    holding = service.delegate(
        db.session.get(Post, world.post["head"]),
        deputy=db.session.get(Person, world.person["officer"]),
        from_on=FIRST,
        until_on=LAST,
        actor=world.actor("head"),
        now=NOW,
    )
    db.session.commit()
    return holding


def may_approve(client):
    return client.get("/delegations").status_code == 200


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        ("2026-11-29T23:59:59", False),
        ("2026-11-30T00:00:00", True),
        ("2026-12-02T23:59:59", True),
        ("2026-12-03T00:00:00", False),
    ],
)
def test_a_delegation_starts_at_0_00_and_ends_at_24_00_in_shanghai(world, delegated, client, played, moment, may):
    with played(moment):
        world.sign_in(client, "officer")
        assert may_approve(client) is may


def test_rights_follow_the_day_within_one_session(world, delegated, client, played):
    with played("2026-12-02T23:00"):
        world.sign_in(client, "officer")
        assert may_approve(client)
    with played("2026-12-03T00:00"):
        assert client.get("/delegations").status_code == 403


def test_a_deputy_has_the_rights_of_both_posts(world, delegated):
    actor = world.actor("officer", on=FIRST)
    own = world.actor("officer", on=date(2026, 11, 29))
    assert [(post.role, post.delegated) for post in actor.posts] == [(Role.OFFICER, False), (Role.HEAD, True)]
    assert Capability.APPROVE in actor.capabilities
    assert Capability.ENTER_FOR_OTHERS in actor.capabilities
    assert Capability.APPROVE not in own.capabilities


def test_the_head_keeps_the_post_beside_the_deputy(world, delegated):
    names = [person.name for person in queries.people_in(world.department["housing"], Role.HEAD, on=FIRST)]
    assert names == ["李明", "周建国"]


def test_the_rights_hold_in_the_department_of_the_post_only(world, delegated):
    actor = world.actor("officer", on=FIRST)
    assert actor.can(Capability.APPROVE, world.department["housing"])
    assert not actor.can(Capability.APPROVE, world.department["utilities"])


def test_a_withdrawn_delegation_counts_no_more(world, delegated):
    service.withdraw(delegated, actor=world.actor("head"), now=NOW)
    db.session.commit()
    assert Capability.APPROVE not in world.actor("officer", on=FIRST).capabilities


def test_a_deputy_cannot_delegate_further(world, delegated):
    deputy = world.actor("officer", on=FIRST)
    assert service.headed_by(deputy) == frozenset()
    assert service.headed_by(world.actor("head", on=FIRST)) == frozenset({world.department["housing"]})


def refused(**changes):
    with pytest.raises(Refused) as error:
        service.delegate(**changes)
    db.session.rollback()
    return error.value.message


def delegation(world, **changes):
    return {
        "post": db.session.get(Post, world.post["head"]),
        "deputy": db.session.get(Person, world.person["officer"]),
        "from_on": FIRST,
        "until_on": LAST,
        "actor": world.actor("head"),
        "now": NOW,
    } | changes


def test_a_head_delegates_posts_of_the_own_department_only(world):
    other = delegation(world, actor=world.actor("utilities_head"))
    assert refused(**other) == "Only the head of the department or an administrator may delegate this post"


def test_an_officer_delegates_nothing(world):
    own = delegation(world, actor=world.actor("officer"))
    assert refused(**own) == "Only the head of the department or an administrator may delegate this post"


def test_a_deputy_holds_a_post_in_the_department(world):
    stranger = delegation(world, deputy=db.session.get(Person, world.person["town"]))
    assert refused(**stranger) == "Choose somebody with a post in this department on the first day"


def test_a_delegation_is_not_backdated(world):
    assert refused(**delegation(world, from_on=date(2026, 11, 22))) == "A delegation begins today or later"


def test_a_delegation_may_begin_today(world):
    assert service.delegate(**delegation(world, from_on=date(2026, 11, 23))).from_on == date(2026, 11, 23)


def test_a_delegation_ends_after_it_begins(world):
    assert refused(**delegation(world, until_on=date(2026, 11, 29))) == "The last day cannot be before the first day"


def test_the_same_days_are_not_delegated_twice(world, delegated):
    again = delegation(world, from_on=LAST, until_on=LAST)
    assert refused(**again) == "This person holds the post on some of these days already"


def test_an_administrator_cannot_appoint_themself(world):
    with pytest.raises(Refused) as error:
        service.appoint(
            db.session.get(Person, world.person["administrator"]),
            post=db.session.get(Post, world.post["officer"]),
            from_on=FIRST,
            actor=world.actor("administrator"),
            now=NOW,
        )
    assert error.value.code == "forbidden"


def test_an_ended_post_lasts_to_the_end_of_its_last_day(world):
    holding = db.session.query(PostHolding).filter_by(post_id=world.post["officer"]).one()
    service.end_holding(holding, until_on=FIRST, actor=SYSTEM, now=NOW)
    db.session.commit()
    assert [post.role for post in world.actor("officer", on=FIRST).posts] == [Role.OFFICER]
    assert world.actor("officer", on=date(2026, 12, 1)).posts == ()


def test_a_past_day_cannot_become_the_last_one(world):
    holding = db.session.query(PostHolding).filter_by(post_id=world.post["officer"]).one()
    with pytest.raises(Refused):
        service.end_holding(holding, until_on=date(2026, 11, 22), actor=SYSTEM, now=NOW)


def test_appointing_and_delegating_leave_their_entries(world, delegated):
    entry = evidence.entry_for("post_holding", delegated.id)
    assert (entry.verb, entry.actor) == (
        "post.delegated",
        f"post:{world.post['head']}/person:{world.person['head']}",
    )


def test_the_government_office_is_found_by_its_kind(world):
    assert queries.government_office().id == world.department["office"]


def test_short_names_are_listed_by_department(world):
    assert queries.department_names()[world.department["housing"]] == "区住建局"
