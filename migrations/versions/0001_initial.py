"""The first schema: every table, and the triggers that keep evidence insert-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# As evidence/ddl.py had them at this revision: a migration does not change with the code.
SQLITE = (
    "CREATE TRIGGER evidence_entry_no_update BEFORE UPDATE ON evidence_entry BEGIN SELECT RAISE(ABORT, 'evidence_entry is insert-only'); END",
    "CREATE TRIGGER evidence_entry_no_delete BEFORE DELETE ON evidence_entry BEGIN SELECT RAISE(ABORT, 'evidence_entry is insert-only'); END",
    "CREATE TRIGGER evidence_seal_no_update BEFORE UPDATE ON evidence_seal BEGIN SELECT RAISE(ABORT, 'evidence_seal is insert-only'); END",
    "CREATE TRIGGER evidence_seal_no_delete BEFORE DELETE ON evidence_seal BEGIN SELECT RAISE(ABORT, 'evidence_seal is insert-only'); END",
    "CREATE TRIGGER evidence_tile_no_update BEFORE UPDATE ON evidence_tile BEGIN SELECT RAISE(ABORT, 'evidence_tile is insert-only'); END",
    "CREATE TRIGGER evidence_tile_no_delete BEFORE DELETE ON evidence_tile BEGIN SELECT RAISE(ABORT, 'evidence_tile is insert-only'); END",
    "CREATE TRIGGER evidence_head_no_update BEFORE UPDATE ON evidence_head BEGIN SELECT RAISE(ABORT, 'evidence_head is insert-only'); END",
    "CREATE TRIGGER evidence_head_no_delete BEFORE DELETE ON evidence_head BEGIN SELECT RAISE(ABORT, 'evidence_head is insert-only'); END",
)
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION evidence_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME; END $$",
    "CREATE TRIGGER evidence_entry_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence_entry FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse()",
    "CREATE TRIGGER evidence_seal_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence_seal FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse()",
    "CREATE TRIGGER evidence_tile_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence_tile FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse()",
    "CREATE TRIGGER evidence_head_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence_head FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse()",
)


def upgrade():
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_at"), "attempt", ["at"], unique=False)
    op.create_index("ix_attempt_scope_key_digest_at", "attempt", ["scope", "key_digest", "at"], unique=False)
    op.create_table(
        "calendar_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("covered_from", sa.Date(), nullable=False),
        sa.Column("covered_until", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("covered_from <= covered_until", name=op.f("ck_calendar_version_coverage_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_version")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_version_digest")),
        sa.UniqueConstraint("label", name=op.f("uq_calendar_version_label")),
    )
    op.create_table(
        "catalogue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_catalogue_year_sensible")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue")),
        sa.UniqueConstraint("year", name=op.f("uq_catalogue_year")),
    )
    op.create_table(
        "comment_sequence",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_comment_sequence")),
    )
    op.create_table(
        "department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("short_name", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('government_office', 'department', 'street', 'town', 'other')",
            name=op.f("ck_department_kind_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
        sa.UniqueConstraint("code", name=op.f("uq_department_code")),
        sa.UniqueConstraint("name", name=op.f("uq_department_name")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(frozen_at IS NULL) = (sha256 = '')", name=op.f("ck_document_frozen_has_fingerprint")),
        sa.CheckConstraint("number = 1 OR reason <> ''", name=op.f("ck_document_correction_has_reason")),
        sa.CheckConstraint("role IN ('draft', 'final')", name=op.f("ck_document_role_known")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_document_numbered_from_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "subject_kind", "subject_id", "role", "number", name=op.f("uq_document_subject_kind_subject_id_role_number")
        ),
    )
    op.create_table(
        "evidence_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("algorithm", sa.String(length=16), nullable=False),
        sa.Column("verb", sa.String(length=80), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_evidence_entry_subject", "evidence_entry", ["subject_kind", "subject_id", "id"], unique=False)
    op.create_table(
        "evidence_head",
        sa.Column(
            "tree_size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("frontier", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tree_size", name=op.f("pk_evidence_head")),
    )
    op.create_table(
        "evidence_salt",
        sa.Column("row_name", sa.String(length=100), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("row_name", name=op.f("pk_evidence_salt")),
    )
    op.create_table(
        "evidence_tile",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_evidence_tile")),
    )
    op.create_table(
        "job_lease",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_lease")),
    )
    op.create_table(
        "letter_sequence",
        sa.Column("prefix", sa.String(length=2), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "day", name=op.f("pk_letter_sequence")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("login", sa.String(length=254), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("password_is_temporary", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone_verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("email_verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_citizen", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "email_verified_at IS NULL OR email IS NOT NULL", name=op.f("ck_person_verified_email_known")
        ),
        sa.CheckConstraint("login IS NULL OR password_hash IS NOT NULL", name=op.f("ck_person_login_has_password")),
        sa.CheckConstraint(
            "phone_verified_at IS NULL OR phone IS NOT NULL", name=op.f("ck_person_verified_phone_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
    )
    op.create_table(
        "verification_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("channel IN ('sms', 'email')", name=op.f("ck_verification_code_channel_known")),
        sa.CheckConstraint("attempts BETWEEN 0 AND 5", name=op.f("ck_verification_code_attempts_limited")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_code")),
    )
    op.create_index(op.f("ix_verification_code_address_digest"), "verification_code", ["address_digest"], unique=False)
    op.create_index(op.f("ix_verification_code_expires_at"), "verification_code", ["expires_at"], unique=False)
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("festival", sa.String(length=40), nullable=False),
        sa.Column("notice", sa.String(length=120), nullable=False),
        sa.CheckConstraint("kind <> 'rest' OR festival <> ''", name=op.f("ck_calendar_day_rest_has_festival")),
        sa.CheckConstraint("kind IN ('rest', 'makeup_workday')", name=op.f("ck_calendar_day_kind_known")),
        sa.ForeignKeyConstraint(["version_id"], ["calendar_version.id"], name=op.f("fk_calendar_day_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("version_id", "day", name=op.f("uq_calendar_day_version_id_day")),
    )
    op.create_index(op.f("ix_calendar_day_version_id"), "calendar_day", ["version_id"], unique=False)
    op.create_table(
        "catalogue_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("government_meeting", sa.String(length=120), nullable=False),
        sa.Column("government_approved_on", sa.Date(), nullable=True),
        sa.Column("party_agreed_on", sa.Date(), nullable=True),
        sa.Column("party_document_no", sa.String(length=80), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "party_agreed_on IS NULL OR party_agreed_on >= government_approved_on",
            name=op.f("ck_catalogue_batch_party_after_government"),
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR (government_approved_on IS NOT NULL AND party_agreed_on IS NOT NULL)",
            name=op.f("ck_catalogue_batch_published_with_both_approvals"),
        ),
        sa.ForeignKeyConstraint(["catalogue_id"], ["catalogue.id"], name=op.f("fk_catalogue_batch_catalogue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_batch")),
        sa.UniqueConstraint("catalogue_id", "number", name="uq_catalogue_batch_number"),
    )
    op.create_index(op.f("ix_catalogue_batch_catalogue_id"), "catalogue_batch", ["catalogue_id"], unique=False)
    op.create_table(
        "clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=30), nullable=False),
        sa.Column("heading", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_clause_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
    )
    op.create_index("uq_clause_document_number", "clause", ["document_id", "number"], unique=True)
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("concerns_business", sa.Boolean(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("contact_person", sa.String(length=60), nullable=False),
        sa.Column("contact_phone", sa.String(length=60), nullable=False),
        sa.Column("contact_address", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_visit", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("short_reason", sa.Text(), nullable=False),
        sa.Column("promised_feedback_on", sa.Date(), nullable=True),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("sent_back_reason", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extended_from", sa.Date(), nullable=True),
        sa.Column("extension_reason", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal_asked_by", sa.Integer(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("feedback_summary", sa.Text(), nullable=False),
        sa.Column("feedback_submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("feedback_submitted_by", sa.Integer(), nullable=True),
        sa.Column("feedback_returned_reason", sa.Text(), nullable=False),
        sa.Column("feedback_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(extended_from IS NULL) = (extension_reason = '')", name=op.f("ck_consultation_extended_has_reason")
        ),
        sa.CheckConstraint(
            "(stage = 'answered') = (feedback_published_at IS NOT NULL)",
            name=op.f("ck_consultation_answered_has_instant"),
        ),
        sa.CheckConstraint(
            "(stage IN ('answered', 'open', 'sorting', 'withdrawn')) = (published_at IS NOT NULL)",
            name=op.f("ck_consultation_published_has_instant"),
        ),
        sa.CheckConstraint("kind IN ('major_decision', 'normative_document')", name=op.f("ck_consultation_kind_known")),
        sa.CheckConstraint(
            "stage <> 'withdrawn' OR withdrawn_at IS NOT NULL", name=op.f("ck_consultation_withdrawn_has_instant")
        ),
        sa.CheckConstraint(
            "stage IN ('answered', 'draft', 'open', 'sorting', 'submitted', 'withdrawn')",
            name=op.f("ck_consultation_stage_known"),
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawal_reason <> ''", name=op.f("ck_consultation_withdrawn_has_reason")
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on > starts_on", name=op.f("ck_consultation_ends_after_start")
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR (starts_on IS NOT NULL AND ends_on IS NOT NULL AND closes_at IS NOT NULL AND promised_feedback_on IS NOT NULL)",
            name=op.f("ck_consultation_published_has_period"),
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_consultation_created_by")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_consultation_department_id")),
        sa.ForeignKeyConstraint(
            ["feedback_submitted_by"], ["person.id"], name=op.f("fk_consultation_feedback_submitted_by")
        ),
        sa.ForeignKeyConstraint(["submitted_by"], ["person.id"], name=op.f("fk_consultation_submitted_by")),
        sa.ForeignKeyConstraint(
            ["withdrawal_asked_by"], ["person.id"], name=op.f("fk_consultation_withdrawal_asked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    op.create_index("ix_consultation_decision", "consultation", ["decision_id"], unique=False)
    op.create_index("ix_consultation_stage_closes", "consultation", ["stage", "closes_at"], unique=False)
    op.create_table(
        "duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("subject_kind", sa.String(length=30), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("late_department_id", sa.Integer(), nullable=True),
        sa.Column("restricted_from", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(length=10), nullable=False),
        sa.Column("article", sa.String(length=120), nullable=False),
        sa.Column("measure", sa.String(length=10), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("soon_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workdays", sa.Integer(), nullable=True),
        sa.Column("counting", sa.JSON(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("calendar_version", sa.String(length=40), nullable=False),
        sa.Column("original_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met_late", sa.Boolean(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (cancelled_reason = '')", name=op.f("ck_duty_cancelled_with_reason")
        ),
        sa.CheckConstraint("basis IN ('law', 'plan', 'promise')", name=op.f("ck_duty_basis_known")),
        sa.CheckConstraint(
            "kind IN ('letter_dispatch', 'letter_answer', 'comment_period', 'feedback', 'catalogue')",
            name=op.f("ck_duty_kind_known"),
        ),
        sa.CheckConstraint("measure IN ('by', 'until')", name=op.f("ck_duty_measure_known")),
        sa.CheckConstraint(
            "met_at IS NULL OR (measure = 'by' AND met_late = (met_at >= due_at)) OR (measure = 'until' AND met_at >= due_at)",
            name=op.f("ck_duty_verdict_is_true"),
        ),
        sa.CheckConstraint("(met_at IS NULL) = (met_late IS NULL)", name=op.f("ck_duty_verdict_when_met")),
        sa.CheckConstraint("met_at IS NULL OR cancelled_at IS NULL", name=op.f("ck_duty_closed_once")),
        sa.CheckConstraint(
            "restricted_from IS NULL OR restricted_from <> department_id OR met_at IS NOT NULL OR cancelled_at IS NOT NULL",
            name=op.f("ck_duty_not_held_by_the_accused"),
        ),
        sa.CheckConstraint("round >= 1", name=op.f("ck_duty_round_positive")),
        sa.CheckConstraint("soon_at <= due_at", name=op.f("ck_duty_soon_before_due")),
        sa.CheckConstraint("started_at < due_at", name=op.f("ck_duty_due_after_start")),
        sa.CheckConstraint("workdays IS NULL OR workdays BETWEEN 1 AND 366", name=op.f("ck_duty_workdays_sensible")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_duty_department_id")),
        sa.ForeignKeyConstraint(["late_department_id"], ["department.id"], name=op.f("fk_duty_late_department_id")),
        sa.ForeignKeyConstraint(["restricted_from"], ["department.id"], name=op.f("fk_duty_restricted_from")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    op.create_index(op.f("ix_duty_department_id"), "duty", ["department_id"], unique=False)
    op.create_index("ix_duty_due", "duty", ["due_at", "id"], unique=False)
    op.create_index(
        "ix_duty_open_once",
        "duty",
        ["kind", "subject_kind", "subject_id", "round"],
        unique=True,
        sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
        postgresql_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
    )
    op.create_index("ix_duty_subject", "duty", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "evidence_seal",
        sa.Column(
            "leaf_index", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["evidence_entry.id"], name=op.f("fk_evidence_seal_entry_id")),
        sa.PrimaryKeyConstraint("leaf_index", name=op.f("pk_evidence_seal")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_evidence_seal_entry_id")),
    )
    op.create_table(
        "mailbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("prefix", sa.String(length=2), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("owner_department_id", sa.Integer(), nullable=False),
        sa.Column("deputy_department_id", sa.Integer(), nullable=False),
        sa.Column("limit_workdays", sa.Integer(), nullable=False),
        sa.Column("dispatch_workdays", sa.Integer(), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("takes", sa.Text(), nullable=False),
        sa.Column("refuses", sa.Text(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("deputy_department_id <> owner_department_id", name=op.f("ck_mailbox_deputy_is_another")),
        sa.CheckConstraint("dispatch_workdays BETWEEN 0 AND limit_workdays", name=op.f("ck_mailbox_dispatch_sane")),
        sa.CheckConstraint("limit_workdays BETWEEN 1 AND 60", name=op.f("ck_mailbox_limit_sane")),
        sa.ForeignKeyConstraint(
            ["deputy_department_id"], ["department.id"], name=op.f("fk_mailbox_deputy_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_department_id"], ["department.id"], name=op.f("fk_mailbox_owner_department_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailbox")),
        sa.UniqueConstraint("prefix", name=op.f("uq_mailbox_prefix")),
        sa.UniqueConstraint("slug", name=op.f("uq_mailbox_slug")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("to_department_id", sa.Integer(), nullable=True),
        sa.Column("to_role", sa.String(length=16), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=200), nullable=False),
        sa.Column("importance", sa.String(length=8), nullable=False),
        sa.Column("subject_kind", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("restricted_from", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(length=80), nullable=False),
        sa.Column("dedupe", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("emptied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(channel = 'in_app') = (person_id IS NOT NULL OR to_department_id IS NOT NULL)",
            name=op.f("ck_notice_recipient_fits"),
        ),
        sa.CheckConstraint(
            "(state = 'queued') = (next_attempt_at IS NOT NULL)", name=op.f("ck_notice_queued_has_time")
        ),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_notice_sent_has_time")),
        sa.CheckConstraint("channel IN ('in_app', 'sms', 'email')", name=op.f("ck_notice_channel_known")),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed')", name=op.f("ck_notice_state_known")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_notice_department_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.ForeignKeyConstraint(["restricted_from"], ["department.id"], name=op.f("fk_notice_restricted_from")),
        sa.ForeignKeyConstraint(["to_department_id"], ["department.id"], name=op.f("fk_notice_to_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_notice_dedupe")),
    )
    op.create_index(op.f("ix_notice_created_at"), "notice", ["created_at"], unique=False)
    op.create_index("ix_notice_due", "notice", ["state", "next_attempt_at"], unique=False)
    op.create_index(op.f("ix_notice_person_id"), "notice", ["person_id"], unique=False)
    op.create_index("ix_notice_subject", "notice", ["subject_kind", "subject_id"], unique=False)
    op.create_index("ix_notice_to_department", "notice", ["to_department_id", "to_role"], unique=False)
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "role IN ('officer', 'head', 'office', 'auditor', 'administrator')", name=op.f("ck_post_role_of_staff")
        ),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_post_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index(op.f("ix_post_department_id"), "post", ["department_id"], unique=False)
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_sign_in_session_token_digest")),
    )
    op.create_index(op.f("ix_sign_in_session_expires_at"), "sign_in_session", ["expires_at"], unique=False)
    op.create_index(op.f("ix_sign_in_session_person_id"), "sign_in_session", ["person_id"], unique=False)
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("original_name", sa.String(length=120), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("subject_kind", sa.String(length=32), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("restricted_from", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('pdf', 'docx', 'xlsx', 'jpeg', 'png')", name=op.f("ck_stored_file_kind_known")),
        sa.CheckConstraint(
            "(attached_at IS NULL) = (subject_kind IS NULL) AND (subject_kind IS NULL) = (subject_id IS NULL)",
            name=op.f("ck_stored_file_attached_whole"),
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_file_size_positive")),
        sa.ForeignKeyConstraint(["restricted_from"], ["department.id"], name=op.f("fk_stored_file_restricted_from")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    op.create_index(op.f("ix_stored_file_form_key"), "stored_file", ["form_key"], unique=False)
    op.create_index(op.f("ix_stored_file_sha256"), "stored_file", ["sha256"], unique=False)
    op.create_index("ix_stored_file_subject", "stored_file", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "comment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("secret_digest", sa.String(length=128), nullable=False),
        sa.Column("submission_key", sa.String(length=64), nullable=False),
        sa.Column("author_name", sa.String(length=60), nullable=False),
        sa.Column("contact_channel", sa.String(length=10), nullable=False),
        sa.Column("contact_address", sa.String(length=254), nullable=False),
        sa.Column("author_digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("consent_public", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_ground", sa.String(length=20), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(channel = 'online') = (entered_by IS NULL)", name=op.f("ck_comment_entered_by_somebody")),
        sa.CheckConstraint("(hidden_at IS NULL) = (hidden_ground = '')", name=op.f("ck_comment_hidden_has_ground")),
        sa.CheckConstraint(
            "channel IN ('12345', 'online', 'phone', 'post', 'seminar', 'window')",
            name=op.f("ck_comment_channel_known"),
        ),
        sa.CheckConstraint(
            "hidden_ground IN ('', 'advertising', 'insult', 'personal_data', 'secret')",
            name=op.f("ck_comment_hidden_ground_known"),
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_comment_text_written")),
        sa.CheckConstraint("reviewed_at IS NULL OR consent_public", name=op.f("ck_comment_reviewed_with_consent")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_comment_clause_id")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_comment_consultation_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_comment_entered_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_person_id")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["person.id"], name=op.f("fk_comment_reviewed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("number", name=op.f("uq_comment_number")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_comment_submission_key")),
    )
    op.create_index("ix_comment_clause", "comment", ["clause_id"], unique=False)
    op.create_index("ix_comment_consultation", "comment", ["consultation_id", "id"], unique=False)
    op.create_index("ix_comment_person", "comment", ["person_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("lead_department_id", sa.Integer(), nullable=True),
        sa.Column("lead_unit", sa.String(length=120), nullable=False),
        sa.Column("joint_units", sa.JSON(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("procedures", sa.JSON(), nullable=False),
        sa.Column("hearing", sa.String(length=12), nullable=False),
        sa.Column("planned_text", sa.Text(), nullable=False),
        sa.Column("planned_from", sa.Date(), nullable=True),
        sa.Column("planned_to", sa.Date(), nullable=True),
        sa.Column("body", sa.String(length=20), nullable=False),
        sa.Column("deliberation", sa.Text(), nullable=False),
        sa.Column("predisclosure", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("stage_before", sa.String(length=20), nullable=False),
        sa.Column("stage_reason", sa.Text(), nullable=False),
        sa.Column("stage_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stage = 'suspended') = (stage_before <> '')", name=op.f("ck_decision_suspended_from_somewhere")
        ),
        sa.CheckConstraint("body IN ('government', 'town', 'department')", name=op.f("ck_decision_body_known")),
        sa.CheckConstraint(
            "category IN ('services', 'regulation', 'plan', 'nature', 'culture', 'project', 'other', '')",
            name=op.f("ck_decision_category_known"),
        ),
        sa.CheckConstraint("hearing IN ('applicable', 'not', 'unknown')", name=op.f("ck_decision_hearing_known")),
        sa.CheckConstraint(
            "stage IN ('listed', 'started', 'drafting', 'participation', 'expert', 'risk', 'legality', 'deliberation', 'published', 'executing', 'evaluated', 'suspended', 'terminated')",
            name=op.f("ck_decision_stage_known"),
        ),
        sa.CheckConstraint(
            "stage NOT IN ('suspended', 'terminated') OR stage_reason <> ''",
            name=op.f("ck_decision_stopped_with_reason"),
        ),
        sa.CheckConstraint(
            "planned_from IS NULL OR planned_to IS NULL OR planned_from <= planned_to",
            name=op.f("ck_decision_planned_in_order"),
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["catalogue_batch.id"], name=op.f("fk_decision_batch_id")),
        sa.ForeignKeyConstraint(["catalogue_id"], ["catalogue.id"], name=op.f("fk_decision_catalogue_id")),
        sa.ForeignKeyConstraint(["lead_department_id"], ["department.id"], name=op.f("fk_decision_lead_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("catalogue_id", "number", name="uq_decision_number"),
    )
    op.create_index("ix_decision_batch", "decision", ["batch_id"], unique=False)
    op.create_index("ix_decision_lead", "decision", ["lead_department_id"], unique=False)
    op.create_table(
        "duty_holding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("until_at IS NULL OR until_at >= from_at", name=op.f("ck_duty_holding_holding_in_order")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_duty_holding_department_id")),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_duty_holding_duty_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_holding")),
    )
    op.create_index(op.f("ix_duty_holding_duty_id"), "duty_holding", ["duty_id"], unique=False)
    op.create_index(
        "ix_duty_holding_now",
        "duty_holding",
        ["duty_id"],
        unique=True,
        sqlite_where=sa.text("until_at IS NULL"),
        postgresql_where=sa.text("until_at IS NULL"),
    )
    op.create_table(
        "duty_redating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("old_due_on", sa.Date(), nullable=False),
        sa.Column("new_due_on", sa.Date(), nullable=False),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.Column("calendar_version", sa.String(length=40), nullable=False),
        sa.CheckConstraint("cause IN ('calendar', 'period', 'extension')", name=op.f("ck_duty_redating_cause_known")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_duty_redating_reason_given")),
        sa.CheckConstraint("old_due_on <> new_due_on", name=op.f("ck_duty_redating_date_moved")),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_duty_redating_duty_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_redating")),
    )
    op.create_index(op.f("ix_duty_redating_duty_id"), "duty_redating", ["duty_id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_finding_text_given")),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_finding_duty_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_finding_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_finding_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_duty_id"), "finding", ["duty_id"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mailbox_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("secret_digest", sa.String(length=128), nullable=False),
        sa.Column("submission_key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_name", sa.String(length=60), nullable=False),
        sa.Column("contact_channel", sa.String(length=10), nullable=False),
        sa.Column("contact_address", sa.String(length=200), nullable=False),
        sa.Column("consent_public", sa.Boolean(), nullable=False),
        sa.Column("about_department_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("ruled", sa.Boolean(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_title", sa.String(length=120), nullable=False),
        sa.Column("public_text", sa.Text(), nullable=False),
        sa.Column("public_answer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(channel = 'web') = (entered_by IS NULL)", name=op.f("ck_letter_entered_by_somebody")),
        sa.CheckConstraint(
            "(stage = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f("ck_letter_withdrawn_has_instant")
        ),
        sa.CheckConstraint(
            "(stage IN ('answered', 'refused')) = (answered_at IS NOT NULL)",
            name=op.f("ck_letter_answered_has_instant"),
        ),
        sa.CheckConstraint(
            "(stage NOT IN ('answered', 'assigned', 'submitted')) OR department_id IS NOT NULL",
            name=op.f("ck_letter_handled_by_somebody"),
        ),
        sa.CheckConstraint(
            "channel IN ('hotline', 'phone', 'post', 'web', 'window')", name=op.f("ck_letter_channel_known")
        ),
        sa.CheckConstraint(
            "kind IN ('ask_help', 'complain', 'consult', 'report', 'suggest')", name=op.f("ck_letter_kind_known")
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR (stage = 'answered' AND consent_public AND public_title <> '')",
            name=op.f("ck_letter_published_with_consent"),
        ),
        sa.CheckConstraint(
            "stage IN ('answered', 'assigned', 'received', 'refused', 'returned', 'submitted', 'withdrawn')",
            name=op.f("ck_letter_stage_known"),
        ),
        sa.CheckConstraint(
            "about_department_id IS NULL OR department_id IS NULL OR about_department_id <> department_id",
            name=op.f("ck_letter_never_to_the_accused"),
        ),
        sa.CheckConstraint(
            "answered_at IS NULL OR answered_at >= received_at", name=op.f("ck_letter_answered_after_receipt")
        ),
        sa.CheckConstraint("returns >= 0", name=op.f("ck_letter_returns_counted")),
        sa.ForeignKeyConstraint(["about_department_id"], ["department.id"], name=op.f("fk_letter_about_department_id")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_letter_department_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_letter_entered_by")),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailbox.id"], name=op.f("fk_letter_mailbox_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("number", name=op.f("uq_letter_number")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_letter_submission_key")),
    )
    op.create_index("ix_letter_person", "letter", ["person_id"], unique=False)
    op.create_index("ix_letter_published", "letter", ["published_at", "answered_at", "id"], unique=False)
    op.create_index("ix_letter_stage_department", "letter", ["stage", "department_id"], unique=False)
    op.create_table(
        "notice_reading",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_reading_notice_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_reading_person_id")),
        sa.PrimaryKeyConstraint("notice_id", "person_id", name=op.f("pk_notice_reading")),
    )
    op.create_table(
        "opinion_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('adopted', 'not_adopted', 'outside', 'partly')",
            name=op.f("ck_opinion_point_outcome_known"),
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome NOT IN ('not_adopted', 'outside', 'partly') OR reason <> ''",
            name=op.f("ck_opinion_point_answered_with_reason"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL)", name=op.f("ck_opinion_point_answered_has_instant")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_opinion_point_answered_by")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_opinion_point_clause_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_opinion_point_consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_point")),
    )
    op.create_index("uq_opinion_point_number", "opinion_point", ["consultation_id", "number"], unique=True)
    op.create_table(
        "post_holding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("delegated_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "delegated_by IS NULL OR until_on IS NOT NULL", name=op.f("ck_post_holding_delegation_ends")
        ),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_post_holding_days_in_order")),
        sa.ForeignKeyConstraint(["delegated_by"], ["person.id"], name=op.f("fk_post_holding_delegated_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_post_holding_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_holding_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_holding")),
    )
    op.create_index("ix_post_holding_person_id_from_on", "post_holding", ["person_id", "from_on"], unique=False)
    op.create_index(op.f("ix_post_holding_post_id"), "post_holding", ["post_id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('adopted', 'not_adopted', 'outside', 'partly')",
            name=op.f("ck_assignment_outcome_known"),
        ),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_assignment_comment_id")),
        sa.ForeignKeyConstraint(["point_id"], ["opinion_point.id"], name=op.f("fk_assignment_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index("ix_assignment_point", "assignment", ["point_id"], unique=False)
    op.create_index("uq_assignment_pair", "assignment", ["comment_id", "point_id"], unique=True)
    op.create_table(
        "catalogue_adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('added', 'changed', 'removed')", name=op.f("ck_catalogue_adjustment_kind_known")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_catalogue_adjustment_reason_given")),
        sa.ForeignKeyConstraint(["catalogue_id"], ["catalogue.id"], name=op.f("fk_catalogue_adjustment_catalogue_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_catalogue_adjustment_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_adjustment")),
        sa.UniqueConstraint("catalogue_id", "number", name="uq_catalogue_adjustment_number"),
    )
    op.create_table(
        "comment_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_draft_comment_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_comment_draft_consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_draft")),
        sa.UniqueConstraint("key", name=op.f("uq_comment_draft_key")),
    )
    op.create_index(op.f("ix_comment_draft_saved_at"), "comment_draft", ["saved_at"], unique=False)
    op.create_table(
        "decision_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("unit", sa.String(length=120), nullable=False),
        sa.Column("document_title", sa.String(length=200), nullable=False),
        sa.Column("document_number", sa.String(length=80), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('now', 'done', 'not_public', 'not_applicable')", name=op.f("ck_decision_step_state_known")
        ),
        sa.CheckConstraint(
            "state NOT IN ('not_public', 'not_applicable') OR ground <> ''",
            name=op.f("ck_decision_step_hidden_with_ground"),
        ),
        sa.CheckConstraint(
            "step IN ('listed', 'started', 'drafting', 'participation', 'expert', 'risk', 'legality', 'deliberation', 'published', 'executing', 'evaluated')",
            name=op.f("ck_decision_step_step_known"),
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_step_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_step")),
        sa.UniqueConstraint("decision_id", "step", name="uq_decision_step_step"),
    )
    op.create_table(
        "letter_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("proper_channel", sa.String(length=200), nullable=False),
        sa.Column("drafts", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("sent_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_back_reason", sa.Text(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'answer') OR proper_channel <> ''", name=op.f("ck_letter_answer_refusal_has_channel")
        ),
        sa.CheckConstraint(
            "(kind = 'refusal') = (ground IN ('advertising', 'discipline', 'disclosure', 'litigation', 'petition', 'repeat'))",
            name=op.f("ck_letter_answer_refusal_has_ground"),
        ),
        sa.CheckConstraint("approved_at IS NULL OR text <> ''", name=op.f("ck_letter_answer_approved_says_something")),
        sa.CheckConstraint("kind IN ('answer', 'refusal')", name=op.f("ck_letter_answer_kind_known")),
        sa.CheckConstraint(
            "approved_at IS NULL OR (submitted_at IS NOT NULL AND approved_by IS NOT NULL)",
            name=op.f("ck_letter_answer_approved_after_submission"),
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f("fk_letter_answer_approved_by")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_letter_answer_department_id")),
        sa.ForeignKeyConstraint(["drafted_by"], ["person.id"], name=op.f("fk_letter_answer_drafted_by")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_answer_letter_id")),
        sa.ForeignKeyConstraint(["submitted_by"], ["person.id"], name=op.f("fk_letter_answer_submitted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_answer")),
        sa.UniqueConstraint("letter_id", "round", "department_id", name="one_per_unit"),
    )
    op.create_index(op.f("ix_letter_answer_letter_id"), "letter_answer", ["letter_id"], unique=False)
    op.create_table(
        "letter_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("mailbox_id", sa.Integer(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("letter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_draft_letter_id")),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailbox.id"], name=op.f("fk_letter_draft_mailbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_draft")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_draft_key")),
    )
    op.create_index(op.f("ix_letter_draft_saved_at"), "letter_draft", ["saved_at"], unique=False)
    op.create_table(
        "letter_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("from_department_id", sa.Integer(), nullable=True),
        sa.Column("to_department_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_letter_event_by_person_id")),
        sa.ForeignKeyConstraint(
            ["from_department_id"], ["department.id"], name=op.f("fk_letter_event_from_department_id")
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_event_letter_id")),
        sa.ForeignKeyConstraint(["to_department_id"], ["department.id"], name=op.f("fk_letter_event_to_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_event")),
    )
    op.create_index("ix_letter_event_letter", "letter_event", ["letter_id", "id"], unique=False)
    for statement in SQLITE if op.get_context().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade():
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP TRIGGER evidence_entry_no_change ON evidence_entry")
        op.execute("DROP TRIGGER evidence_seal_no_change ON evidence_seal")
        op.execute("DROP TRIGGER evidence_tile_no_change ON evidence_tile")
        op.execute("DROP TRIGGER evidence_head_no_change ON evidence_head")
    op.drop_index("ix_letter_event_letter", table_name="letter_event")
    op.drop_table("letter_event")
    op.drop_index(op.f("ix_letter_draft_saved_at"), table_name="letter_draft")
    op.drop_table("letter_draft")
    op.drop_index(op.f("ix_letter_answer_letter_id"), table_name="letter_answer")
    op.drop_table("letter_answer")
    op.drop_table("decision_step")
    op.drop_index(op.f("ix_comment_draft_saved_at"), table_name="comment_draft")
    op.drop_table("comment_draft")
    op.drop_table("catalogue_adjustment")
    op.drop_index("uq_assignment_pair", table_name="assignment")
    op.drop_index("ix_assignment_point", table_name="assignment")
    op.drop_table("assignment")
    op.drop_index(op.f("ix_post_holding_post_id"), table_name="post_holding")
    op.drop_index("ix_post_holding_person_id_from_on", table_name="post_holding")
    op.drop_table("post_holding")
    op.drop_index("uq_opinion_point_number", table_name="opinion_point")
    op.drop_table("opinion_point")
    op.drop_table("notice_reading")
    op.drop_index("ix_letter_stage_department", table_name="letter")
    op.drop_index("ix_letter_published", table_name="letter")
    op.drop_index("ix_letter_person", table_name="letter")
    op.drop_table("letter")
    op.drop_index(op.f("ix_finding_duty_id"), table_name="finding")
    op.drop_table("finding")
    op.drop_index(op.f("ix_duty_redating_duty_id"), table_name="duty_redating")
    op.drop_table("duty_redating")
    op.drop_index(
        "ix_duty_holding_now",
        table_name="duty_holding",
        sqlite_where=sa.text("until_at IS NULL"),
        postgresql_where=sa.text("until_at IS NULL"),
    )
    op.drop_index(op.f("ix_duty_holding_duty_id"), table_name="duty_holding")
    op.drop_table("duty_holding")
    op.drop_index("ix_decision_lead", table_name="decision")
    op.drop_index("ix_decision_batch", table_name="decision")
    op.drop_table("decision")
    op.drop_index("ix_comment_person", table_name="comment")
    op.drop_index("ix_comment_consultation", table_name="comment")
    op.drop_index("ix_comment_clause", table_name="comment")
    op.drop_table("comment")
    op.drop_index("ix_stored_file_subject", table_name="stored_file")
    op.drop_index(op.f("ix_stored_file_sha256"), table_name="stored_file")
    op.drop_index(op.f("ix_stored_file_form_key"), table_name="stored_file")
    op.drop_table("stored_file")
    op.drop_index(op.f("ix_sign_in_session_person_id"), table_name="sign_in_session")
    op.drop_index(op.f("ix_sign_in_session_expires_at"), table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_index(op.f("ix_post_department_id"), table_name="post")
    op.drop_table("post")
    op.drop_index("ix_notice_to_department", table_name="notice")
    op.drop_index("ix_notice_subject", table_name="notice")
    op.drop_index(op.f("ix_notice_person_id"), table_name="notice")
    op.drop_index("ix_notice_due", table_name="notice")
    op.drop_index(op.f("ix_notice_created_at"), table_name="notice")
    op.drop_table("notice")
    op.drop_table("mailbox")
    op.drop_table("evidence_seal")
    op.drop_index("ix_duty_subject", table_name="duty")
    op.drop_index(
        "ix_duty_open_once",
        table_name="duty",
        sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
        postgresql_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
    )
    op.drop_index("ix_duty_due", table_name="duty")
    op.drop_index(op.f("ix_duty_department_id"), table_name="duty")
    op.drop_table("duty")
    op.drop_index("ix_consultation_stage_closes", table_name="consultation")
    op.drop_index("ix_consultation_decision", table_name="consultation")
    op.drop_table("consultation")
    op.drop_index("uq_clause_document_number", table_name="clause")
    op.drop_table("clause")
    op.drop_index(op.f("ix_catalogue_batch_catalogue_id"), table_name="catalogue_batch")
    op.drop_table("catalogue_batch")
    op.drop_index(op.f("ix_calendar_day_version_id"), table_name="calendar_day")
    op.drop_table("calendar_day")
    op.drop_index(op.f("ix_verification_code_expires_at"), table_name="verification_code")
    op.drop_index(op.f("ix_verification_code_address_digest"), table_name="verification_code")
    op.drop_table("verification_code")
    op.drop_table("person")
    op.drop_table("letter_sequence")
    op.drop_table("job_lease")
    op.drop_table("evidence_tile")
    op.drop_table("evidence_salt")
    op.drop_table("evidence_head")
    op.drop_index("ix_evidence_entry_subject", table_name="evidence_entry")
    op.drop_table("evidence_entry")
    op.drop_table("document")
    op.drop_table("department")
    op.drop_table("comment_sequence")
    op.drop_table("catalogue")
    op.drop_table("calendar_version")
    op.drop_index("ix_attempt_scope_key_digest_at", table_name="attempt")
    op.drop_index(op.f("ix_attempt_at"), table_name="attempt")
    op.drop_table("attempt")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION evidence_refuse()")
