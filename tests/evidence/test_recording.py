"""Nothing happens without evidence."""

import json

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DatabaseError

from participation.evidence import canonical, service
from participation.evidence.models import EvidenceEntry
from participation.extensions import db
from tests.evidence.parcel import CLERK, NOW, Parcel, move, receive


def entries() -> list[EvidenceEntry]:
    return list(db.session.scalars(select(EvidenceEntry).order_by(EvidenceEntry.id)))


@pytest.mark.usefixtures("app")
class TestRecording:
    def test_an_entry_holds_who_did_what_to_which_row(self):
        parcel = receive("A-1")
        db.session.commit()
        entry = service.entry_for("parcel", parcel.id, "parcel.received")
        payload = json.loads(entry.payload)
        assert (entry.verb, entry.actor, payload["subject"]) == (
            "parcel.received",
            "person:9",
            {"id": parcel.id, "kind": "parcel"},
        )
        assert payload["at"] == "2026-11-23T02:26:41.000000Z"
        assert list(payload["rows"]) == [f"parcel:{parcel.id}"]
        assert entry.digest == canonical.leaf_digest(entry.payload).hex()

    def test_a_change_without_an_entry_is_refused(self):
        db.session.add(Parcel(number="A-1"))
        with pytest.raises(service.Unrecorded):
            db.session.commit()
        db.session.rollback()
        assert db.session.scalar(select(Parcel)) is None

    def test_a_changed_column_without_an_entry_is_refused(self):
        parcel = receive("A-1")
        db.session.commit()
        parcel.stage = "answered"
        with pytest.raises(service.Unrecorded):
            db.session.commit()
        db.session.rollback()
        assert parcel.stage == "received"

    def test_a_deletion_without_an_entry_is_refused(self):
        parcel = receive("A-1")
        db.session.commit()
        db.session.delete(parcel)
        with pytest.raises(service.Unrecorded):
            db.session.commit()
        db.session.rollback()

    def test_a_column_that_is_not_evidenced_needs_no_entry(self):
        parcel = receive("A-1")
        db.session.commit()
        parcel.views = 3
        db.session.commit()
        db.session.execute(update(Parcel).values(views=4))
        db.session.commit()
        assert len(entries()) == 1

    @pytest.mark.parametrize(
        "statement",
        [
            update(Parcel).values(stage="x"),
            insert(Parcel).values(number="x"),
            Parcel.__table__.delete(),
            Parcel.__table__.update().values(stage="x"),
        ],
    )
    def test_a_bulk_statement_on_evidenced_rows_is_refused(self, statement):
        with pytest.raises(service.Unrecorded):
            db.session.execute(statement)

    def test_each_subject_gets_its_own_row_and_others_go_to_the_last_entry(self):
        first, second = receive("A-1"), receive("A-2")
        db.session.commit()
        first.stage = second.stage = "sorted"
        service.record("parcel.sorted", subject=second, actor=CLERK, now=NOW)
        db.session.commit()
        rows = [sorted(json.loads(entry.payload)["rows"]) for entry in entries()]
        assert rows == [
            [f"parcel:{first.id}"],
            [f"parcel:{second.id}"],
            [f"parcel:{first.id}", f"parcel:{second.id}"],
        ]

    def test_a_rolled_back_act_leaves_no_entry(self):
        receive("A-1")
        db.session.rollback()
        receive("A-2")
        db.session.commit()
        assert [json.loads(entry.payload)["facts"] for entry in entries()] == [{"number": "A-2"}]

    def test_a_rolled_back_savepoint_leaves_no_entry(self):
        receive("A-1")
        savepoint = db.session.begin_nested()
        receive("A-2")
        savepoint.rollback()
        with db.session.begin_nested():
            receive("A-3")
        db.session.commit()
        facts = [json.loads(entry.payload)["facts"]["number"] for entry in entries()]
        assert facts == ["A-1", "A-3"]

    def test_personal_data_is_not_in_the_payload(self):
        receive("A-1", author="CANARY-王小明")
        receive("A-2", author="CANARY-王小明")
        db.session.commit()
        first, second = (json.loads(entry.payload)["rows"] for entry in entries())
        assert "CANARY" not in entries()[0].payload
        (one,), (two,) = first.values(), second.values()
        assert one["personal"]["author"] != two["personal"]["author"]

    def test_facts_without_a_canonical_form_are_refused_at_once(self):
        with pytest.raises(canonical.NotCanonical):
            service.record("x.y", subject=None, actor=CLERK, now=NOW, facts={"rate": 0.5})

    def test_the_platform_itself_can_be_the_subject(self):
        service.record("demonstration.begun", subject=None, actor=CLERK, now=NOW)
        db.session.commit()
        assert service.entry_for("platform", 0).verb == "demonstration.begun"

    def test_entries_of_a_subject_come_in_order(self):
        parcel = receive("A-1")
        db.session.commit()
        move(parcel, "sorted")
        db.session.commit()
        verbs = [entry.verb for entry in service.entries_of("parcel", parcel.id)]
        assert verbs == ["parcel.received", "parcel.moved"]

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE evidence_entry SET verb = 'x'",
            "DELETE FROM evidence_entry",
        ],
    )
    def test_the_database_refuses_to_change_an_entry(self, statement):
        receive("A-1")
        db.session.commit()
        with pytest.raises(DatabaseError, match="insert-only"):
            db.session.execute(text(statement))
        db.session.rollback()
        assert entries()[0].verb == "parcel.received"
