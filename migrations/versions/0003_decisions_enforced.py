"""Major decisions enforced step by step, and oversight: proposals, papers, gates, dossier; proofs, privacy.

Rows of 0002 stay as they are. A column that may not be empty comes with a default, which leaves again
once the rows have it. Going down removes what only 0003 can say.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SQLITE = [
    "CREATE TRIGGER evidence_doubt_no_update BEFORE UPDATE ON evidence_doubt BEGIN SELECT RAISE(ABORT, 'evidence_doubt is insert-only'); END",
    "CREATE TRIGGER evidence_doubt_no_delete BEFORE DELETE ON evidence_doubt BEGIN SELECT RAISE(ABORT, 'evidence_doubt is insert-only'); END",
]

POSTGRESQL = [
    "CREATE TRIGGER evidence_doubt_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence_doubt FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse()",
]


def upgrade():
    op.create_table(
        "allowance",
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key_digest", "until", name=op.f("pk_allowance")),
    )
    op.create_table(
        "decision_proposal_sequence",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_decision_proposal_sequence")),
    )
    op.create_table(
        "duty_history_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leaves", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_history_place")),
    )
    op.create_table(
        "duty_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("leaf_index", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lasted", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("subject_kind", sa.String(length=30), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("late_department_id", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(length=10), nullable=False),
        sa.Column("article", sa.String(length=120), nullable=False),
        sa.Column("measure", sa.String(length=10), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("counting", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("soon_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("extended_by", sa.Integer(), nullable=False),
        sa.Column("calendar_version", sa.String(length=40), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met_late", sa.Boolean(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("until_at IS NULL OR until_at >= from_at", name=op.f("ck_duty_version_version_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_version")),
    )
    op.create_table(
        "head_holder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(retired_at IS NULL) = (retired_by IS NULL)", name=op.f("ck_head_holder_retired_has_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head_holder")),
    )
    op.create_table(
        "clock_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("through_entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("wrong_by_seconds", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decline_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'confirmed') = (through_entry_id IS NOT NULL)",
            name=op.f("ck_clock_correction_confirmed_has_range"),
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_clock_correction_decided_has_time")
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_by IS NULL)", name=op.f("ck_clock_correction_decided_has_person")
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'confirmed', 'declined')", name=op.f("ck_clock_correction_state_known")
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_clock_correction_two_people")),
        sa.ForeignKeyConstraint(
            ["first_entry_id"], ["evidence_entry.id"], name=op.f("fk_clock_correction_first_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["through_entry_id"], ["evidence_entry.id"], name=op.f("fk_clock_correction_through_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_correction")),
    )
    op.create_table(
        "data_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("subject_kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("emptied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_data_request_decided_has_instant")
        ),
        sa.CheckConstraint("(subject_kind = '') = (subject_id IS NULL)", name=op.f("ck_data_request_about_something")),
        sa.CheckConstraint("kind IN ('correct', 'erase', 'object')", name=op.f("ck_data_request_kind_known")),
        sa.CheckConstraint("state <> 'refused' OR answer <> ''", name=op.f("ck_data_request_refused_with_reason")),
        sa.CheckConstraint(
            "state IN ('done', 'granted', 'refused', 'waiting')", name=op.f("ck_data_request_state_known")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_data_request_decided_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_data_request_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    op.create_table(
        "decision_proposal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("contact_channel", sa.String(length=10), nullable=False),
        sa.Column("contact_address", sa.String(length=254), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("shown", sa.String(length=10), nullable=False),
        sa.Column("paper_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("secret_digest", sa.String(length=128), nullable=False),
        sa.Column("submission_key", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("stage_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("study_begun_on", sa.Date(), nullable=True),
        sa.Column("study_department_id", sa.Integer(), nullable=True),
        sa.Column("studied_by", sa.String(length=200), nullable=False),
        sa.Column("studied_on", sa.Date(), nullable=True),
        sa.Column("study_result", sa.Text(), nullable=False),
        sa.Column("public_title", sa.String(length=200), nullable=False),
        sa.Column("public_text", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("limited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("limited_ground", sa.String(length=20), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(checked_at IS NULL) = (public_title = '')", name=op.f("ck_decision_proposal_checked_before_public")
        ),
        sa.CheckConstraint(
            "(origin = 'department') = (department_id IS NOT NULL)", name=op.f("ck_decision_proposal_department_named")
        ),
        sa.CheckConstraint(
            "(stage = 'received') = (study_begun_on IS NULL)", name=op.f("ck_decision_proposal_study_begun")
        ),
        sa.CheckConstraint(
            "(studied_on IS NULL) = (study_result = '')", name=op.f("ck_decision_proposal_study_has_result")
        ),
        sa.CheckConstraint(
            "origin IN ('citizen', 'organisation', 'deputy', 'committee', 'department', 'leader')",
            name=op.f("ck_decision_proposal_origin_known"),
        ),
        sa.CheckConstraint("shown <> 'title' OR public_text = ''", name=op.f("ck_decision_proposal_text_with_consent")),
        sa.CheckConstraint("shown IN ('named', 'text', 'title')", name=op.f("ck_decision_proposal_shown_known")),
        sa.CheckConstraint(
            "stage IN ('received', 'studying', 'taken', 'merged', 'not_taken')",
            name=op.f("ck_decision_proposal_stage_known"),
        ),
        sa.CheckConstraint("title <> '' AND text <> ''", name=op.f("ck_decision_proposal_says_something")),
        sa.ForeignKeyConstraint(["checked_by"], ["person.id"], name=op.f("fk_decision_proposal_checked_by")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_decision_proposal_department_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_decision_proposal_entered_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_decision_proposal_person_id")),
        sa.ForeignKeyConstraint(
            ["study_department_id"], ["department.id"], name=op.f("fk_decision_proposal_study_department_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_proposal")),
        sa.UniqueConstraint("number", name=op.f("uq_decision_proposal_number")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_decision_proposal_submission_key")),
    )
    op.create_table(
        "evidence_doubt",
        sa.Column(
            "entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("behind_ms", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("differs_ms", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["evidence_entry.id"], name=op.f("fk_evidence_doubt_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_evidence_doubt")),
    )
    op.create_table(
        "head_mailing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tree_size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'queued') = (settled_at IS NULL)", name=op.f("ck_head_mailing_settled_has_time")),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed')", name=op.f("ck_head_mailing_state_known")),
        sa.ForeignKeyConstraint(["holder_id"], ["head_holder.id"], name=op.f("fk_head_mailing_holder_id")),
        sa.ForeignKeyConstraint(["tree_size"], ["evidence_head.tree_size"], name=op.f("fk_head_mailing_tree_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head_mailing")),
        sa.UniqueConstraint("holder_id", "day", name=op.f("uq_head_mailing_holder_id_day")),
    )
    op.create_table(
        "personal_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_personal_reading_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_reading")),
    )
    op.create_table(
        "proposal_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ways", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lengthened_from", sa.Date(), nullable=True),
        sa.Column("lengthened_reason", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_reason = '')", name=op.f("ck_proposal_call_closed_with_reason")
        ),
        sa.CheckConstraint(
            "(lengthened_from IS NULL) = (lengthened_reason = '')", name=op.f("ck_proposal_call_lengthened_with_reason")
        ),
        sa.CheckConstraint("text <> '' AND ways <> ''", name=op.f("ck_proposal_call_says_what_and_how")),
        sa.CheckConstraint("answer_by > closes_on", name=op.f("ck_proposal_call_answered_after_it_closes")),
        sa.CheckConstraint("opens_on <= closes_on", name=op.f("ck_proposal_call_opens_before_it_closes")),
        sa.ForeignKeyConstraint(["catalogue_id"], ["catalogue.id"], name=op.f("fk_proposal_call_catalogue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_call")),
        sa.UniqueConstraint("catalogue_id", name=op.f("uq_proposal_call_catalogue_id")),
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=400), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_saved_filter_filter_named")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_filter_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_saved_filter_person_id_name")),
    )
    op.create_table(
        "decision_proposal_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["decision_proposal.id"], name=op.f("fk_decision_proposal_draft_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_proposal_draft")),
        sa.UniqueConstraint("key", name=op.f("uq_decision_proposal_draft_key")),
    )
    op.create_table(
        "catalogue_carry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("from_catalogue_id", sa.Integer(), nullable=False),
        sa.Column("from_number", sa.Integer(), nullable=False),
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("planned_text", sa.String(length=300), nullable=False),
        sa.Column("planned_from", sa.Date(), nullable=True),
        sa.Column("planned_to", sa.Date(), nullable=True),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("carried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_catalogue_carry_reason_given")),
        sa.CheckConstraint("from_catalogue_id <> catalogue_id", name=op.f("ck_catalogue_carry_into_another_year")),
        sa.CheckConstraint(
            "planned_from IS NULL OR planned_to IS NULL OR planned_from <= planned_to",
            name=op.f("ck_catalogue_carry_planned_in_order"),
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["catalogue_batch.id"], name=op.f("fk_catalogue_carry_batch_id")),
        sa.ForeignKeyConstraint(["catalogue_id"], ["catalogue.id"], name=op.f("fk_catalogue_carry_catalogue_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_catalogue_carry_decision_id")),
        sa.ForeignKeyConstraint(
            ["from_catalogue_id"], ["catalogue.id"], name=op.f("fk_catalogue_carry_from_catalogue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_carry")),
    )
    op.create_table(
        "decision_argument",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("adopted", sa.Text(), nullable=False),
        sa.Column("not_adopted", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("adopted <> ''", name=op.f("ck_decision_argument_says_what_was_adopted")),
        sa.CheckConstraint("way IN ('meeting', 'written', 'commission')", name=op.f("ck_decision_argument_way_known")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_argument_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_argument_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_argument")),
    )
    op.create_table(
        "decision_completion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_reason = '')",
            name=op.f("ck_decision_completion_set_aside_with_reason"),
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_completion_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_completion_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_completion")),
    )
    op.create_table(
        "decision_dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("other_unit", sa.Text(), nullable=False),
        sa.Column("lead_view", sa.Text(), nullable=False),
        sa.Column("other_view", sa.Text(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("reported_to", sa.Text(), nullable=False),
        sa.Column("ruling", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(reported_on IS NULL) = (reported_to = '')", name=op.f("ck_decision_dispute_reported_to_somebody")
        ),
        sa.CheckConstraint(
            "other_unit <> '' AND lead_view <> '' AND other_view <> ''", name=op.f("ck_decision_dispute_both_views")
        ),
        sa.CheckConstraint(
            "ruling = '' OR reported_on IS NOT NULL", name=op.f("ck_decision_dispute_ruled_after_report")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_dispute_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_dispute_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_dispute")),
    )
    op.create_table(
        "decision_dossier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("unsealed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "files > 0 AND entries >= 0 AND unsealed >= 0 AND size > 0",
            name=op.f("ck_decision_dossier_something_in_it"),
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_dossier_decision_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_decision_dossier_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_dossier")),
    )
    op.create_table(
        "decision_dossier_filing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("receiver", sa.String(length=120), nullable=False),
        sa.Column("receipt_number", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_reason = '')",
            name=op.f("ck_decision_dossier_filing_set_aside_with_reason"),
        ),
        sa.CheckConstraint("receiver <> ''", name=op.f("ck_decision_dossier_filing_receiver_named")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_dossier_filing_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_dossier_filing_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_dossier_filing")),
    )
    op.create_table(
        "decision_drafting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("study", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("draft_mark", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("study <> ''", name=op.f("ck_decision_drafting_studied")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_drafting_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_drafting_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_drafting")),
    )
    op.create_table(
        "decision_evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("assessor_kind", sa.String(length=12), nullable=False),
        sa.Column("assessor", sa.String(length=120), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_reason = '')",
            name=op.f("ck_decision_evaluation_set_aside_with_reason"),
        ),
        sa.CheckConstraint("assessor <> ''", name=op.f("ck_decision_evaluation_assessor_named")),
        sa.CheckConstraint(
            "assessor_kind IN ('unit', 'institution', 'association', 'expert')",
            name=op.f("ck_decision_evaluation_assessor_known"),
        ),
        sa.CheckConstraint(
            "cause IN ('ineffective', 'comments', 'government')", name=op.f("ck_decision_evaluation_cause_known")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_evaluation_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_evaluation_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_evaluation")),
    )
    op.create_table(
        "decision_execution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=120), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_reason = '')", name=op.f("ck_decision_execution_set_aside_with_reason")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_execution_decision_id")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_decision_execution_department_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_execution_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_execution")),
    )
    op.create_table(
        "decision_expert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(conclusion = '') = (opinion = '')", name=op.f("ck_decision_expert_opinion_whole")),
        sa.CheckConstraint(
            "conclusion IN ('for', 'changes', 'against', '')", name=op.f("ck_decision_expert_conclusion_known")
        ),
        sa.CheckConstraint("signed_on IS NULL OR conclusion <> ''", name=op.f("ck_decision_expert_signs_an_opinion")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_expert_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_expert_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_expert")),
    )
    op.create_table(
        "decision_hearing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("notice_on", sa.Date(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("at_time", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("method_on", sa.Date(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("list_on", sa.Date(), nullable=True),
        sa.Column("participants", sa.JSON(), nullable=False),
        sa.Column("sides", sa.JSON(), nullable=False),
        sa.Column("stakeholders", sa.Integer(), nullable=False),
        sa.Column("ratio_reason", sa.Text(), nullable=False),
        sa.Column("materials_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("observers", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed", sa.Integer(), nullable=False),
        sa.Column("unsigned_reason", sa.Text(), nullable=False),
        sa.Column("adopted", sa.Text(), nullable=False),
        sa.Column("not_adopted", sa.Text(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(adopted_on IS NULL) = (adopted = '')", name=op.f("ck_decision_hearing_adopted_on_a_day")),
        sa.CheckConstraint("(method_on IS NULL) = (method = '')", name=op.f("ck_decision_hearing_method_whole")),
        sa.CheckConstraint("NOT required OR law <> ''", name=op.f("ck_decision_hearing_required_by_a_law")),
        sa.CheckConstraint(
            "held_on IS NULL OR materials_on IS NOT NULL", name=op.f("ck_decision_hearing_held_after_materials")
        ),
        sa.CheckConstraint(
            "list_on IS NULL OR method_on IS NOT NULL", name=op.f("ck_decision_hearing_list_after_method")
        ),
        sa.CheckConstraint(
            "materials_on IS NULL OR list_on IS NOT NULL", name=op.f("ck_decision_hearing_materials_after_list")
        ),
        sa.CheckConstraint("planned_on > notice_on", name=op.f("ck_decision_hearing_announced_before")),
        sa.CheckConstraint(
            "signed_on IS NULL OR held_on IS NOT NULL", name=op.f("ck_decision_hearing_signed_after_held")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_hearing_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_hearing_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_hearing")),
    )
    op.create_table(
        "decision_means",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("took_part", sa.JSON(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("adopted", sa.Text(), nullable=False),
        sa.Column("not_adopted", sa.Text(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(adopted_on IS NULL) = (adopted = '')", name=op.f("ck_decision_means_adopted_on_a_day")),
        sa.CheckConstraint(
            "kind IN ('forum', 'visit', 'letters', 'questionnaire', 'survey', 'associations', 'open_meeting', 'other')",
            name=op.f("ck_decision_means_kind_known"),
        ),
        sa.CheckConstraint("asked >= answered AND answered >= 0", name=op.f("ck_decision_means_answers_of_asked")),
        sa.CheckConstraint("until IS NULL OR until >= held_on", name=op.f("ck_decision_means_days_in_order")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_means_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_means_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_means")),
    )
    op.create_table(
        "decision_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("onward", sa.Text(), nullable=False),
        sa.Column("onward_text", sa.Text(), nullable=False),
        sa.Column("guests", sa.JSON(), nullable=False),
        sa.Column("guest_opinions", sa.Text(), nullable=False),
        sa.Column("against_majority", sa.Boolean(), nullable=False),
        sa.Column("explanation_kept", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "NOT against_majority OR explanation_kept <> ''", name=op.f("ck_decision_meeting_explained")
        ),
        sa.CheckConstraint("kind IN ('executive', 'plenary')", name=op.f("ck_decision_meeting_kind_known")),
        sa.CheckConstraint("onward IN ('again', 'redraft', 'end', '')", name=op.f("ck_decision_meeting_next_known")),
        sa.CheckConstraint(
            "outcome <> 'approved_with_changes' OR changes <> ''", name=op.f("ck_decision_meeting_says_the_changes")
        ),
        sa.CheckConstraint(
            "outcome IN ('approved', 'approved_with_changes', 'deferred', 'rejected')",
            name=op.f("ck_decision_meeting_outcome_known"),
        ),
        sa.CheckConstraint(
            "outcome NOT IN ('rejected', 'deferred') OR onward <> ''", name=op.f("ck_decision_meeting_says_what_then")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_meeting_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_meeting_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_meeting")),
    )
    op.create_table(
        "decision_package",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("checked", sa.JSON(), nullable=False),
        sa.Column("draft_mark", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_package_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_package_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_package")),
    )
    op.create_table(
        "decision_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("index_number", sa.String(length=80), nullable=False),
        sa.Column("doc_number", sa.String(length=80), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("issuer", sa.String(length=120), nullable=False),
        sa.Column("custodian", sa.String(length=120), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("attribute", sa.String(length=12), nullable=False),
        sa.Column("ground_kind", sa.String(length=12), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("secrecy_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("secrecy_by", sa.Integer(), nullable=True),
        sa.Column("personal_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("personal_by", sa.Integer(), nullable=True),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by", sa.Integer(), nullable=True),
        sa.Column("returned_reason", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("validity", sa.String(length=10), nullable=False),
        sa.Column("validity_on", sa.Date(), nullable=True),
        sa.Column("validity_reason", sa.Text(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(form = 'file') = (file_id IS NOT NULL) OR taken_back_at IS NOT NULL",
            name=op.f("ck_decision_paper_file_there"),
        ),
        sa.CheckConstraint(
            "(returned_at IS NULL) = (returned_reason = '')", name=op.f("ck_decision_paper_returned_with_reason")
        ),
        sa.CheckConstraint(
            "(taken_back_at IS NULL) = (taken_back_reason = '')", name=op.f("ck_decision_paper_taken_back_with_reason")
        ),
        sa.CheckConstraint(
            "attribute = 'public' OR ground <> '' OR ground_kind <> ''",
            name=op.f("ck_decision_paper_hidden_with_ground"),
        ),
        sa.CheckConstraint(
            "attribute IN ('public', 'on_request', 'not_public')", name=op.f("ck_decision_paper_attribute_known")
        ),
        sa.CheckConstraint(
            "form <> 'reference' OR (attribute <> 'public' AND file_id IS NULL)",
            name=op.f("ck_decision_paper_reference_named"),
        ),
        sa.CheckConstraint("form IN ('text', 'file', 'reference')", name=op.f("ck_decision_paper_form_known")),
        sa.CheckConstraint(
            "ground_kind IN ('process', 'internal', 'third_party', 'secret', '')",
            name=op.f("ck_decision_paper_ground_known"),
        ),
        sa.CheckConstraint("number = 1 OR reason <> ''", name=op.f("ck_decision_paper_version_with_reason")),
        sa.CheckConstraint(
            "published_at IS NULL OR (attribute <> 'not_public' AND secrecy_by IS NOT NULL AND personal_by IS NOT NULL)",
            name=op.f("ck_decision_paper_published_after_checks"),
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR form = 'reference' OR sha256 <> ''",
            name=op.f("ck_decision_paper_published_is_frozen"),
        ),
        sa.CheckConstraint(
            "role IN ('draft', 'explanation', 'background', 'adoption_report', 'hearing_record', 'expert_report', 'risk_report', 'fair_competition', 'legality_opinion', 'meeting_minutes', 'party_paper', 'decision_text', 'interpretation', 'progress_report', 'evaluation_report', 'other')",
            name=op.f("ck_decision_paper_role_known"),
        ),
        sa.CheckConstraint(
            "step IN ('listed', 'started', 'drafting', 'participation', 'expert', 'risk', 'legality', 'deliberation', 'published', 'executing', 'evaluated')",
            name=op.f("ck_decision_paper_step_known"),
        ),
        sa.CheckConstraint(
            "validity IN ('', 'in_force') OR validity_reason <> ''", name=op.f("ck_decision_paper_ended_with_reason")
        ),
        sa.CheckConstraint(
            "validity IN ('in_force', 'repealed', 'expired', '')", name=op.f("ck_decision_paper_validity_known")
        ),
        sa.CheckConstraint(
            "(personal_by IS NULL) = (personal_at IS NULL)", name=op.f("ck_decision_paper_personal_whole")
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_on IS NULL)", name=op.f("ck_decision_paper_published_whole")
        ),
        sa.CheckConstraint("(secrecy_by IS NULL) = (secrecy_at IS NULL)", name=op.f("ck_decision_paper_secrecy_whole")),
        sa.CheckConstraint(
            "number >= 1 AND (number > 1) = (first_id IS NOT NULL)", name=op.f("ck_decision_paper_numbered_from_one")
        ),
        sa.CheckConstraint(
            "secrecy_by <> entered_by AND personal_by <> entered_by", name=op.f("ck_decision_paper_second_person")
        ),
        sa.CheckConstraint("secrecy_by <> personal_by", name=op.f("ck_decision_paper_two_persons")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_paper_decision_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_decision_paper_entered_by")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_decision_paper_file_id")),
        sa.ForeignKeyConstraint(["first_id"], ["decision_paper.id"], name=op.f("fk_decision_paper_first_id")),
        sa.ForeignKeyConstraint(["personal_by"], ["person.id"], name=op.f("fk_decision_paper_personal_by")),
        sa.ForeignKeyConstraint(["returned_by"], ["person.id"], name=op.f("fk_decision_paper_returned_by")),
        sa.ForeignKeyConstraint(["secrecy_by"], ["person.id"], name=op.f("fk_decision_paper_secrecy_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_paper")),
        sa.UniqueConstraint("first_id", "number", name="uq_decision_paper_version"),
    )
    op.create_table(
        "decision_policy_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("is_policy", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_reason = '')",
            name=op.f("ck_decision_policy_mark_set_aside_with_reason"),
        ),
        sa.CheckConstraint("is_policy OR reason <> ''", name=op.f("ck_decision_policy_mark_not_policy_with_reason")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_policy_mark_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_policy_mark_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_policy_mark")),
    )
    op.create_table(
        "decision_proposal_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("article", sa.String(length=120), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("body", sa.String(length=20), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'not_taken') = (decision_id IS NULL)", name=op.f("ck_decision_proposal_outcome_taken_into_an_item")
        ),
        sa.CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_reason = '')",
            name=op.f("ck_decision_proposal_outcome_set_aside_with_reason"),
        ),
        sa.CheckConstraint(
            "kind <> 'not_taken' OR (reason <> '' AND article <> '')",
            name=op.f("ck_decision_proposal_outcome_declined_with_reason"),
        ),
        sa.CheckConstraint(
            "kind IN ('taken', 'merged', 'not_taken')", name=op.f("ck_decision_proposal_outcome_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_proposal_outcome_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["decision_proposal.id"], name=op.f("fk_decision_proposal_outcome_proposal_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_proposal_outcome_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_proposal_outcome")),
    )
    op.create_table(
        "decision_quarter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_reason = '')", name=op.f("ck_decision_quarter_set_aside_with_reason")
        ),
        sa.CheckConstraint(
            "quarter BETWEEN 1 AND 4 AND year BETWEEN 2000 AND 2100", name=op.f("ck_decision_quarter_quarter_known")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_quarter_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_quarter_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_quarter")),
    )
    op.create_table(
        "decision_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("workdays", sa.Integer(), nullable=False),
        sa.Column("short_reason", sa.Text(), nullable=False),
        sa.Column("draft_mark", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("changes_made", sa.Text(), nullable=False),
        sa.Column("changed_mark", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(conclusion = '') = (concluded_on IS NULL)", name=op.f("ck_decision_review_concluded_on_a_day")
        ),
        sa.CheckConstraint(
            "changes_made = '' OR conclusion = 'lawful_with_changes'",
            name=op.f("ck_decision_review_changes_that_were_asked"),
        ),
        sa.CheckConstraint(
            "conclusion IN ('lawful', 'lawful_with_changes', 'unlawful', '')",
            name=op.f("ck_decision_review_conclusion_known"),
        ),
        sa.CheckConstraint("due_on > sent_on", name=op.f("ck_decision_review_time_to_review")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_review_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_review_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_review")),
    )
    op.create_table(
        "decision_risk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("assessor", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("existing_title", sa.Text(), nullable=False),
        sa.Column("existing_on", sa.Date(), nullable=True),
        sa.Column("existing_by", sa.Text(), nullable=False),
        sa.Column("draft_mark", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(existing_title = '') = (existing_on IS NULL)", name=op.f("ck_decision_risk_existing_whole")
        ),
        sa.CheckConstraint(
            "level IN ('low', 'medium', 'high', 'uncontrollable')", name=op.f("ck_decision_risk_level_known")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_risk_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_risk_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_risk")),
    )
    op.create_table(
        "decision_start",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("lead_unit", sa.Text(), nullable=False),
        sa.Column("joint_units", sa.JSON(), nullable=False),
        sa.Column("special_groups", sa.JSON(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("decided_by <> ''", name=op.f("ck_decision_start_by_somebody")),
        sa.CheckConstraint("lead_unit <> ''", name=op.f("ck_decision_start_with_lead")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_start_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_start_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_start")),
    )
    op.create_table(
        "decision_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("from_stage", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_reason = '')", name=op.f("ck_decision_turn_set_aside_with_reason")
        ),
        sa.CheckConstraint(
            "kind IN ('resume', 'close') OR reason <> ''", name=op.f("ck_decision_turn_turned_with_reason")
        ),
        sa.CheckConstraint(
            "kind IN ('suspend', 'resume', 'terminate', 'drop', 'rerun', 'close')",
            name=op.f("ck_decision_turn_kind_known"),
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_turn_decision_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_turn_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_turn")),
    )
    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replied_by", sa.Integer(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrected_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(asked_at IS NULL) = (question = '')", name=op.f("ck_inquiry_asked_something")),
        sa.CheckConstraint("(corrected_at IS NULL) = (correction = '')", name=op.f("ck_inquiry_corrected_something")),
        sa.CheckConstraint("(replied_at IS NULL) = (reply = '')", name=op.f("ck_inquiry_replied_something")),
        sa.CheckConstraint(
            "stage IN ('marked', 'asked', 'replied', 'cleared', 'found', 'corrected', 'confirmed')",
            name=op.f("ck_inquiry_stage_known"),
        ),
        sa.ForeignKeyConstraint(["corrected_by"], ["person.id"], name=op.f("fk_inquiry_corrected_by")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_inquiry_department_id")),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_inquiry_duty_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_inquiry_finding_id")),
        sa.ForeignKeyConstraint(["marked_by"], ["person.id"], name=op.f("fk_inquiry_marked_by")),
        sa.ForeignKeyConstraint(["replied_by"], ["person.id"], name=op.f("fk_inquiry_replied_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
    )
    op.create_table(
        "decision_evaluation_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.String(length=10), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_reason = '')",
            name=op.f("ck_decision_evaluation_result_set_aside_with_reason"),
        ),
        sa.CheckConstraint(
            "conclusion IN ('keep', 'amend', 'suspend', 'end')",
            name=op.f("ck_decision_evaluation_result_conclusion_known"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_evaluation_result_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["decision_evaluation.id"], name=op.f("fk_decision_evaluation_result_evaluation_id")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["decision_paper.id"], name=op.f("fk_decision_evaluation_result_paper_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_evaluation_result_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_evaluation_result")),
    )
    op.create_table(
        "decision_interpretation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("form", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("for_whom", sa.Text(), nullable=False),
        sa.Column("from_when", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'material') = (paper_id IS NOT NULL)", name=op.f("ck_decision_interpretation_material_is_a_paper")
        ),
        sa.CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_reason = '')",
            name=op.f("ck_decision_interpretation_set_aside_with_reason"),
        ),
        sa.CheckConstraint(
            "form IN ('text', 'qa', 'picture', 'video', 'conference', 'expert')",
            name=op.f("ck_decision_interpretation_form_known"),
        ),
        sa.CheckConstraint(
            "kind <> 'material' OR (changes <> '' AND for_whom <> '' AND from_when <> '' AND digest <> '')",
            name=op.f("ck_decision_interpretation_material_has_substance"),
        ),
        sa.CheckConstraint("kind <> 'plan' OR words <> ''", name=op.f("ck_decision_interpretation_plan_has_words")),
        sa.CheckConstraint("kind IN ('plan', 'material')", name=op.f("ck_decision_interpretation_kind_known")),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name=op.f("ck_decision_interpretation_confirmed_whole")
        ),
        sa.CheckConstraint("confirmed_by <> recorded_by", name=op.f("ck_decision_interpretation_confirmed_by_another")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_decision_interpretation_confirmed_by")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_interpretation_decision_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["decision_paper.id"], name=op.f("fk_decision_interpretation_paper_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_interpretation_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_interpretation")),
    )
    op.create_table(
        "decision_progress_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_reason = '')",
            name=op.f("ck_decision_progress_report_set_aside_with_reason"),
        ),
        sa.CheckConstraint(
            "quarter_id IS NOT NULL OR problems <> ''", name=op.f("ck_decision_progress_report_why_between_quarters")
        ),
        sa.CheckConstraint("from_on <= to_on", name=op.f("ck_decision_progress_report_days_in_order")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_progress_report_decision_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["decision_paper.id"], name=op.f("fk_decision_progress_report_paper_id")),
        sa.ForeignKeyConstraint(
            ["quarter_id"], ["decision_quarter.id"], name=op.f("fk_decision_progress_report_quarter_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_progress_report_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_progress_report")),
    )
    op.create_table(
        "decision_publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("doc_number", sa.String(length=80), nullable=False),
        sa.Column("issuer", sa.String(length=120), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("adoption", sa.Text(), nullable=False),
        sa.Column("is_policy", sa.Boolean(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_reason = '')",
            name=op.f("ck_decision_publication_set_aside_with_reason"),
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_publication_decision_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["decision_paper.id"], name=op.f("fk_decision_publication_paper_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_publication_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_publication")),
    )
    op.create_table(
        "decision_signing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("interpretations", sa.JSON(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("signer", sa.String(length=120), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_reason = '')", name=op.f("ck_decision_signing_set_aside_with_reason")
        ),
        sa.CheckConstraint("digest <> ''", name=op.f("ck_decision_signing_signed_something")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_signing_decision_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["decision_paper.id"], name=op.f("fk_decision_signing_paper_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_signing_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_signing")),
    )
    op.create_index(op.f("ix_allowance_until"), "allowance", ["until"], unique=False)
    op.create_index(
        "ix_duty_version_cancelled",
        "duty_version",
        ["due_at", "duty_id"],
        unique=False,
        sqlite_where=sa.text("cancelled_at IS NOT NULL"),
        postgresql_where=sa.text("cancelled_at IS NOT NULL"),
    )
    op.create_index("ix_duty_version_changed", "duty_version", ["from_at", "duty_id"], unique=False)
    op.create_index("ix_duty_version_duty", "duty_version", ["duty_id", "leaf_index"], unique=False)
    op.create_index(
        "ix_duty_version_extended",
        "duty_version",
        ["due_at", "duty_id"],
        unique=False,
        sqlite_where=sa.text("extended = 1 AND met_at IS NOT NULL"),
        postgresql_where=sa.text("extended AND met_at IS NOT NULL"),
    )
    op.create_index(
        "ix_duty_version_late",
        "duty_version",
        ["due_at", "duty_id"],
        unique=False,
        sqlite_where=sa.text("met_late = 1"),
        postgresql_where=sa.text("met_late"),
    )
    op.create_index(
        "ix_duty_version_long",
        "duty_version",
        ["from_at", "until_at"],
        unique=False,
        sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL AND lasted = 1"),
        postgresql_where=sa.text("met_at IS NULL AND cancelled_at IS NULL AND lasted = 1"),
    )
    op.create_index(
        "ix_duty_version_met",
        "duty_version",
        ["due_at", "duty_id"],
        unique=False,
        sqlite_where=sa.text("met_at IS NOT NULL"),
        postgresql_where=sa.text("met_at IS NOT NULL"),
    )
    op.create_index(
        "ix_duty_version_short",
        "duty_version",
        ["from_at", "until_at"],
        unique=False,
        sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL AND lasted = 0"),
        postgresql_where=sa.text("met_at IS NULL AND cancelled_at IS NULL AND lasted = 0"),
    )
    op.create_index(
        "ix_duty_version_standing",
        "duty_version",
        ["from_at"],
        unique=False,
        sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL AND until_at IS NULL"),
        postgresql_where=sa.text("met_at IS NULL AND cancelled_at IS NULL AND until_at IS NULL"),
    )
    op.create_index(
        "uq_head_holder_active",
        "head_holder",
        ["address"],
        unique=True,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_index(
        op.f("ix_clock_correction_through_entry_id"), "clock_correction", ["through_entry_id"], unique=False
    )
    op.create_index(
        "uq_clock_correction_proposed",
        "clock_correction",
        ["state"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_index(op.f("ix_data_request_person_id"), "data_request", ["person_id"], unique=False)
    op.create_index("ix_data_request_state", "data_request", ["state", "id"], unique=False)
    op.create_index("ix_data_request_subject", "data_request", ["subject_kind", "subject_id"], unique=False)
    op.create_index("ix_decision_proposal_person", "decision_proposal", ["person_id"], unique=False)
    op.create_index("ix_decision_proposal_year", "decision_proposal", ["year", "id"], unique=False)
    op.create_index(op.f("ix_head_mailing_state"), "head_mailing", ["state"], unique=False)
    op.create_index(op.f("ix_personal_reading_at"), "personal_reading", ["at"], unique=False)
    op.create_index("ix_personal_reading_person", "personal_reading", ["person_id", "id"], unique=False)
    op.create_index(op.f("ix_decision_proposal_draft_saved_at"), "decision_proposal_draft", ["saved_at"], unique=False)
    op.create_index(op.f("ix_catalogue_carry_batch_id"), "catalogue_carry", ["batch_id"], unique=False)
    op.create_index(op.f("ix_catalogue_carry_decision_id"), "catalogue_carry", ["decision_id"], unique=False)
    op.create_index(
        op.f("ix_catalogue_carry_from_catalogue_id"), "catalogue_carry", ["from_catalogue_id"], unique=False
    )
    op.create_index(
        "uq_catalogue_carry_decision",
        "catalogue_carry",
        ["catalogue_id", "decision_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index(
        "uq_catalogue_carry_number",
        "catalogue_carry",
        ["catalogue_id", "number"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index(op.f("ix_decision_argument_decision_id"), "decision_argument", ["decision_id"], unique=False)
    op.create_index(op.f("ix_decision_completion_decision_id"), "decision_completion", ["decision_id"], unique=False)
    op.create_index(
        "uq_decision_completion_standing",
        "decision_completion",
        ["decision_id", "round"],
        unique=True,
        sqlite_where=sa.text("set_aside_at IS NULL"),
        postgresql_where=sa.text("set_aside_at IS NULL"),
    )
    op.create_index(op.f("ix_decision_dispute_decision_id"), "decision_dispute", ["decision_id"], unique=False)
    op.create_index("ix_decision_dossier_decision", "decision_dossier", ["decision_id", "id"], unique=False)
    op.create_index(
        op.f("ix_decision_dossier_filing_decision_id"), "decision_dossier_filing", ["decision_id"], unique=False
    )
    op.create_index(
        "uq_decision_dossier_filing_standing",
        "decision_dossier_filing",
        ["decision_id", "round"],
        unique=True,
        sqlite_where=sa.text("set_aside_at IS NULL"),
        postgresql_where=sa.text("set_aside_at IS NULL"),
    )
    op.create_index(op.f("ix_decision_drafting_decision_id"), "decision_drafting", ["decision_id"], unique=False)
    op.create_index(op.f("ix_decision_evaluation_decision_id"), "decision_evaluation", ["decision_id"], unique=False)
    op.create_index("ix_decision_evaluation_run", "decision_evaluation", ["decision_id", "round"], unique=False)
    op.create_index(op.f("ix_decision_execution_decision_id"), "decision_execution", ["decision_id"], unique=False)
    op.create_index("ix_decision_execution_department", "decision_execution", ["department_id"], unique=False)
    op.create_index(
        "uq_decision_execution_standing",
        "decision_execution",
        ["decision_id", "round"],
        unique=True,
        sqlite_where=sa.text("set_aside_at IS NULL"),
        postgresql_where=sa.text("set_aside_at IS NULL"),
    )
    op.create_index(op.f("ix_decision_expert_decision_id"), "decision_expert", ["decision_id"], unique=False)
    op.create_index(op.f("ix_decision_hearing_decision_id"), "decision_hearing", ["decision_id"], unique=False)
    op.create_index(op.f("ix_decision_means_decision_id"), "decision_means", ["decision_id"], unique=False)
    op.create_index(op.f("ix_decision_meeting_decision_id"), "decision_meeting", ["decision_id"], unique=False)
    op.create_index(op.f("ix_decision_package_decision_id"), "decision_package", ["decision_id"], unique=False)
    op.create_index("ix_decision_paper_decision", "decision_paper", ["decision_id", "round", "step"], unique=False)
    op.create_index(op.f("ix_decision_policy_mark_decision_id"), "decision_policy_mark", ["decision_id"], unique=False)
    op.create_index(
        "uq_decision_policy_mark_standing",
        "decision_policy_mark",
        ["decision_id", "round"],
        unique=True,
        sqlite_where=sa.text("set_aside_at IS NULL"),
        postgresql_where=sa.text("set_aside_at IS NULL"),
    )
    op.create_index("ix_decision_proposal_outcome_decision", "decision_proposal_outcome", ["decision_id"], unique=False)
    op.create_index("ix_decision_proposal_outcome_proposal", "decision_proposal_outcome", ["proposal_id"], unique=False)
    op.create_index(op.f("ix_decision_quarter_decision_id"), "decision_quarter", ["decision_id"], unique=False)
    op.create_index(
        "uq_decision_quarter_standing",
        "decision_quarter",
        ["decision_id", "round", "year", "quarter"],
        unique=True,
        sqlite_where=sa.text("set_aside_at IS NULL"),
        postgresql_where=sa.text("set_aside_at IS NULL"),
    )
    op.create_index(op.f("ix_decision_review_decision_id"), "decision_review", ["decision_id"], unique=False)
    op.create_index(op.f("ix_decision_risk_decision_id"), "decision_risk", ["decision_id"], unique=False)
    op.create_index(op.f("ix_decision_start_decision_id"), "decision_start", ["decision_id"], unique=False)
    op.create_index(op.f("ix_decision_turn_decision_id"), "decision_turn", ["decision_id"], unique=False)
    op.create_index("ix_inquiry_department", "inquiry", ["department_id", "stage"], unique=False)
    op.create_index(op.f("ix_inquiry_duty_id"), "inquiry", ["duty_id"], unique=False)
    op.create_index(
        op.f("ix_decision_evaluation_result_decision_id"), "decision_evaluation_result", ["decision_id"], unique=False
    )
    op.create_index(
        op.f("ix_decision_evaluation_result_evaluation_id"),
        "decision_evaluation_result",
        ["evaluation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_decision_interpretation_decision_id"), "decision_interpretation", ["decision_id"], unique=False
    )
    op.create_index("ix_decision_interpretation_run", "decision_interpretation", ["decision_id", "round"], unique=False)
    op.create_index(
        op.f("ix_decision_progress_report_decision_id"), "decision_progress_report", ["decision_id"], unique=False
    )
    op.create_index(
        "uq_decision_progress_report_standing",
        "decision_progress_report",
        ["quarter_id"],
        unique=True,
        sqlite_where=sa.text("set_aside_at IS NULL"),
        postgresql_where=sa.text("set_aside_at IS NULL"),
    )
    op.create_index(op.f("ix_decision_publication_decision_id"), "decision_publication", ["decision_id"], unique=False)
    op.create_index(
        "uq_decision_publication_standing",
        "decision_publication",
        ["decision_id", "round"],
        unique=True,
        sqlite_where=sa.text("set_aside_at IS NULL"),
        postgresql_where=sa.text("set_aside_at IS NULL"),
    )
    op.create_index(op.f("ix_decision_signing_decision_id"), "decision_signing", ["decision_id"], unique=False)
    op.create_index(
        "uq_decision_signing_standing",
        "decision_signing",
        ["decision_id", "round"],
        unique=True,
        sqlite_where=sa.text("set_aside_at IS NULL"),
        postgresql_where=sa.text("set_aside_at IS NULL"),
    )
    with op.batch_alter_table("catalogue") as batch:
        batch.add_column(sa.Column("criteria_published_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("consultation") as batch:
        batch.add_column(sa.Column("catalogue_year", sa.Integer(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_consultation_about_one_thing"), sa.text("catalogue_year IS NULL OR decision_id IS NULL")
        )
    with op.batch_alter_table("duty") as batch:
        batch.drop_constraint(op.f("ck_duty_kind_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_duty_kind_known"),
            sa.text(
                "kind IN ('letter_dispatch', 'letter_answer', 'letter_followup', 'petition_notice', 'petition_handling', 'disclosure_reply', 'supervision_response', 'comment_period', 'feedback', 'proposal_outcome', 'decision_publication', 'progress_report', 'inquiry_reply', 'inquiry_correction', 'data_request', 'dossier_filing', 'catalogue')"
            ),
        )
    op.add_column("decision", sa.Column("field", sa.String(length=20), server_default="", nullable=False))
    op.add_column("decision", sa.Column("survey", sa.String(length=12), server_default="unknown", nullable=False))
    op.add_column("decision", sa.Column("links", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("decision", sa.Column("round", sa.Integer(), server_default="1", nullable=False))
    with op.batch_alter_table("decision") as batch:
        batch.drop_constraint(op.f("ck_decision_stage_known"), type_="check")
        batch.alter_column("field", existing_type=sa.String(length=20), server_default=None)
        batch.add_column(sa.Column("affects_business", sa.Boolean(), nullable=True))
        batch.alter_column("survey", existing_type=sa.String(length=12), server_default=None)
        batch.alter_column("links", existing_type=sa.JSON(), server_default=None)
        batch.alter_column("round", existing_type=sa.Integer(), server_default=None)
        batch.create_check_constraint(
            op.f("ck_decision_field_known"),
            sa.text("field IN ('culture_education', 'health', 'resources', 'environment', 'utilities', 'other', '')"),
        )
        batch.create_check_constraint(op.f("ck_decision_runs_from_one"), sa.text("round >= 1"))
        batch.create_check_constraint(
            op.f("ck_decision_stage_known"),
            sa.text(
                "stage IN ('listed', 'started', 'drafting', 'participation', 'expert', 'risk', 'legality', 'deliberation', 'published', 'executing', 'evaluated', 'suspended', 'terminated', 'closed')"
            ),
        )
        batch.create_check_constraint(
            op.f("ck_decision_survey_known"), sa.text("survey IN ('applicable', 'not', 'unknown')")
        )
    op.add_column("decision_step", sa.Column("round", sa.Integer(), server_default="1", nullable=False))
    op.add_column("decision_step", sa.Column("earlier", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("decision_step", sa.Column("set_aside_reason", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("decision_step") as batch:
        batch.drop_constraint(batch.f("uq_decision_step_step"), type_="unique")
        batch.alter_column("round", existing_type=sa.Integer(), server_default=None)
        batch.alter_column("earlier", existing_type=sa.Boolean(), server_default=None)
        batch.add_column(sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True))
        batch.alter_column("set_aside_reason", existing_type=sa.Text(), server_default=None)
        batch.create_check_constraint(
            op.f("ck_decision_step_undone_with_reason"), sa.text("(set_aside_at IS NULL) = (set_aside_reason = '')")
        )
        batch.create_index(
            "uq_decision_step_standing",
            ["decision_id", "round", "step"],
            unique=True,
            sqlite_where=sa.text("set_aside_at IS NULL"),
            postgresql_where=sa.text("set_aside_at IS NULL"),
        )
    op.add_column("letter", sa.Column("about_kind", sa.String(length=20), server_default="", nullable=False))
    op.add_column("letter", sa.Column("limited_ground", sa.String(length=20), server_default="", nullable=False))
    with op.batch_alter_table("letter") as batch:
        batch.alter_column("about_kind", existing_type=sa.String(length=20), server_default=None)
        batch.add_column(sa.Column("about_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("limited_at", sa.DateTime(timezone=True), nullable=True))
        batch.alter_column("limited_ground", existing_type=sa.String(length=20), server_default=None)
        batch.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_check_constraint(
            op.f("ck_letter_about_something"), sa.text("(about_kind = '') = (about_id IS NULL)")
        )
        batch.create_index(
            "ix_letter_about",
            ["about_id", "about_kind"],
            unique=False,
            sqlite_where=sa.text("about_id IS NOT NULL"),
            postgresql_where=sa.text("about_id IS NOT NULL"),
        )
    op.add_column("comment", sa.Column("limited_ground", sa.String(length=20), server_default="", nullable=False))
    with op.batch_alter_table("comment") as batch:
        batch.add_column(sa.Column("limited_at", sa.DateTime(timezone=True), nullable=True))
        batch.alter_column("limited_ground", existing_type=sa.String(length=20), server_default=None)
        batch.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("letter_draft", sa.Column("about_kind", sa.String(length=20), server_default="", nullable=False))
    with op.batch_alter_table("letter_draft") as batch:
        batch.alter_column("about_kind", existing_type=sa.String(length=20), server_default=None)
        batch.add_column(sa.Column("about_id", sa.Integer(), nullable=True))
    for statement in SQLITE if op.get_context().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
    op.execute("UPDATE decision_step SET earlier = true")


def downgrade():
    with op.batch_alter_table("letter_draft") as batch:
        batch.drop_column("about_id")
        batch.drop_column("about_kind")
    with op.batch_alter_table("comment") as batch:
        batch.drop_column("erased_at")
        batch.drop_column("limited_ground")
        batch.drop_column("limited_at")
    with op.batch_alter_table("letter") as batch:
        batch.drop_index(
            "ix_letter_about",
            sqlite_where=sa.text("about_id IS NOT NULL"),
            postgresql_where=sa.text("about_id IS NOT NULL"),
        )
        batch.drop_constraint(op.f("ck_letter_about_something"), type_="check")
        batch.drop_column("erased_at")
        batch.drop_column("limited_ground")
        batch.drop_column("limited_at")
        batch.drop_column("about_id")
        batch.drop_column("about_kind")
    with op.batch_alter_table("decision_step") as batch:
        batch.drop_index(
            "uq_decision_step_standing",
            sqlite_where=sa.text("set_aside_at IS NULL"),
            postgresql_where=sa.text("set_aside_at IS NULL"),
        )
        batch.drop_constraint(op.f("ck_decision_step_undone_with_reason"), type_="check")
        batch.drop_column("set_aside_reason")
        batch.drop_column("set_aside_at")
        batch.drop_column("earlier")
        batch.drop_column("round")
        batch.create_unique_constraint(batch.f("uq_decision_step_step"), ["decision_id", "step"])
    with op.batch_alter_table("decision") as batch:
        batch.drop_constraint(op.f("ck_decision_field_known"), type_="check")
        batch.drop_constraint(op.f("ck_decision_runs_from_one"), type_="check")
        batch.drop_constraint(op.f("ck_decision_stage_known"), type_="check")
        batch.drop_constraint(op.f("ck_decision_survey_known"), type_="check")
        batch.drop_column("round")
        batch.drop_column("links")
        batch.drop_column("survey")
        batch.drop_column("affects_business")
        batch.drop_column("field")
        batch.create_check_constraint(
            op.f("ck_decision_stage_known"),
            sa.text(
                "stage IN ('listed', 'started', 'drafting', 'participation', 'expert', 'risk', 'legality', 'deliberation', 'published', 'executing', 'evaluated', 'suspended', 'terminated')"
            ),
        )
    with op.batch_alter_table("duty") as batch:
        batch.drop_constraint(op.f("ck_duty_kind_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_duty_kind_known"),
            sa.text(
                "kind IN ('letter_dispatch', 'letter_answer', 'letter_followup', 'petition_notice', 'petition_handling', 'disclosure_reply', 'supervision_response', 'comment_period', 'feedback', 'catalogue')"
            ),
        )
    with op.batch_alter_table("consultation") as batch:
        batch.drop_constraint(op.f("ck_consultation_about_one_thing"), type_="check")
        batch.drop_column("catalogue_year")
    with op.batch_alter_table("catalogue") as batch:
        batch.drop_column("criteria_published_at")
    op.drop_table("decision_signing")
    op.drop_table("decision_publication")
    op.drop_table("decision_progress_report")
    op.drop_table("decision_interpretation")
    op.drop_table("decision_evaluation_result")
    op.drop_table("inquiry")
    op.drop_table("decision_turn")
    op.drop_table("decision_start")
    op.drop_table("decision_risk")
    op.drop_table("decision_review")
    op.drop_table("decision_quarter")
    op.drop_table("decision_proposal_outcome")
    op.drop_table("decision_policy_mark")
    op.drop_table("decision_paper")
    op.drop_table("decision_package")
    op.drop_table("decision_meeting")
    op.drop_table("decision_means")
    op.drop_table("decision_hearing")
    op.drop_table("decision_expert")
    op.drop_table("decision_execution")
    op.drop_table("decision_evaluation")
    op.drop_table("decision_drafting")
    op.drop_table("decision_dossier_filing")
    op.drop_table("decision_dossier")
    op.drop_table("decision_dispute")
    op.drop_table("decision_completion")
    op.drop_table("decision_argument")
    op.drop_table("catalogue_carry")
    op.drop_table("decision_proposal_draft")
    op.drop_table("saved_filter")
    op.drop_table("proposal_call")
    op.drop_table("personal_reading")
    op.drop_table("head_mailing")
    op.drop_table("evidence_doubt")
    op.drop_table("decision_proposal")
    op.drop_table("data_request")
    op.drop_table("clock_correction")
    op.drop_table("head_holder")
    op.drop_table("duty_version")
    op.drop_table("duty_history_place")
    op.drop_table("decision_proposal_sequence")
    op.drop_table("allowance")
