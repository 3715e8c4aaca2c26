"""Counts that read no comment: who holds an opinion is copied, and stays right whatever happens."""

from participation.consultations import service
from participation.consultations.queries import comments, counts, points
from participation.evidence import service as evidence
from participation.extensions import db
from tests.consultations.periods import answered, at, closed, commented, opened

NOW = at("2026-12-04T11:00")


def test_one_who_withdraws_is_no_holder_and_others_are_counted_once(world):
    consultation = opened(world)
    first, second, third = (commented(consultation) for _ in range(3))
    actor = world.actor("officer")
    point = answered(world, consultation, [first, second, third], "outside")
    other = answered(world, consultation, [third], "not_adopted", title="另一个")
    assert counts.holders(consultation.id)[point.id][1] == 3
    service.withdraw_comment(third, consultation, actor=actor, now=NOW)
    closed(consultation)
    assert counts.holders(consultation.id)[point.id][1] == 2
    assert other.id not in counts.holders(consultation.id)
    assert counts.at_the_desk(consultation.id) == {"unsorted": 0, "sorted": 2, "withdrawn": 1}
    tally = counts.tally(consultation.id)
    assert (tally.received, tally.outside, tally.partly, tally.withdrawn) == (3, 2, 0, 1)
    assert points.unanswered_points(consultation.id) == 0
    service.merge_points(consultation, point, into=other, actor=actor, now=NOW)
    assert counts.holders(consultation.id)[other.id][1] == 2
    assert counts.tally(consultation.id).not_adopted == 2


def test_very_many_at_once_are_a_count_and_a_digest_in_the_record(world):
    consultation = opened(world)
    rows = [commented(consultation) for _ in range(103)]
    closed(consultation)
    actor = world.actor("officer")
    point = service.create_point(consultation, title="甲", actor=actor, now=NOW)
    assert service.assign(consultation, point, [row.id for row in rows], actor=actor, now=NOW) == 103
    db.session.commit()
    entry = evidence.entry_for("opinion_point", point.id, "opinion.assigned")
    assert '"count":103' in entry.payload
    assert rows[0].number not in entry.payload
    assert comments.chosen(consultation.id, [row.id for row in rows] * 2) == rows
