"""Privacy finished, and nothing lost: what issues 6 and 7 add.

Rows of 0003 stay as they are. A column that may not be empty comes with a default, which leaves again
once the rows have it. Going down removes what only 0004 can say.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "duty_month_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("whole_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_month_place")),
    )
    op.create_table(
        "free_number",
        sa.Column("series", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("series", "day", "number", name=op.f("pk_free_number")),
    )
    op.create_table(
        "duty_month",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("met", sa.Integer(), nullable=False),
        sa.Column("extended", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.Integer(), nullable=False),
        sa.Column("running", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_duty_month_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_month")),
    )
    op.create_table(
        "contact_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=12), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=8), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("legal_ground", sa.String(length=12), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("matters", sa.JSON(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetches", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("emptied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(scope = 'consultation') = (consultation_id IS NOT NULL)",
            name=op.f("ck_contact_list_about_a_consultation"),
        ),
        sa.CheckConstraint("(scope = 'letters') = (month <> '')", name=op.f("ck_contact_list_about_a_month")),
        sa.CheckConstraint(
            "(stage = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f("ck_contact_list_withdrawn_has_instant")
        ),
        sa.CheckConstraint("desk IN ('above', 'unit')", name=op.f("ck_contact_list_desk_known")),
        sa.CheckConstraint(
            "legal_ground IN ('answer', 'authority', 'check', 'emergency', 'hearing')",
            name=op.f("ck_contact_list_ground_known"),
        ),
        sa.CheckConstraint("scope IN ('consultation', 'letters')", name=op.f("ck_contact_list_scope_known")),
        sa.CheckConstraint("stage <> 'refused' OR reason <> ''", name=op.f("ck_contact_list_refused_with_reason")),
        sa.CheckConstraint(
            "stage IN ('approved', 'asked', 'lapsed', 'refused', 'withdrawn')", name=op.f("ck_contact_list_stage_known")
        ),
        sa.CheckConstraint(
            "stage NOT IN ('approved', 'refused') OR decided_at IS NOT NULL",
            name=op.f("ck_contact_list_decided_has_instant"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name=op.f("ck_contact_list_decided_by_somebody")
        ),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name=op.f("ck_contact_list_second_person")),
        sa.CheckConstraint("deleted_at IS NULL OR fetches > 0", name=op.f("ck_contact_list_deleted_what_was_taken")),
        sa.CheckConstraint("fetches = 0 OR decided_at IS NOT NULL", name=op.f("ck_contact_list_taken_when_allowed")),
        sa.CheckConstraint("fetches >= 0 AND fetches <= 3", name=op.f("ck_contact_list_fetches_limited")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_contact_list_asked_by")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_contact_list_consultation_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_contact_list_decided_by")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_contact_list_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_list")),
    )
    op.create_table(
        "duty_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("query", sa.String(length=400), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("population_digest", sa.String(length=64), nullable=False),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.Column("fixed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fixed_by", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("seed_size", sa.BigInteger(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(seed = '') = (drawn_at IS NULL)", name=op.f("ck_duty_draw_seed_has_instant")),
        sa.CheckConstraint("(seed = '') = (seed_size IS NULL)", name=op.f("ck_duty_draw_seed_has_head")),
        sa.CheckConstraint("asked BETWEEN 1 AND 200", name=op.f("ck_duty_draw_size_sensible")),
        sa.CheckConstraint("length(population_digest) = 64", name=op.f("ck_duty_draw_population_digested")),
        sa.CheckConstraint("population >= 1", name=op.f("ck_duty_draw_population_counted")),
        sa.ForeignKeyConstraint(["fixed_by"], ["person.id"], name=op.f("fk_duty_draw_fixed_by")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_duty_draw_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_draw")),
    )
    op.create_table(
        "contact_fetch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_list_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form", sa.String(length=4), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.CheckConstraint("form IN ('csv', 'xlsx')", name=op.f("ck_contact_fetch_form_known")),
        sa.CheckConstraint("people >= 0 AND left_out >= 0", name=op.f("ck_contact_fetch_counted")),
        sa.ForeignKeyConstraint(
            ["contact_list_id"], ["contact_list.id"], name=op.f("fk_contact_fetch_contact_list_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_fetch_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_fetch")),
    )
    op.create_table(
        "duty_draw_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["duty_draw.id"], name=op.f("fk_duty_draw_item_draw_id")),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_duty_draw_item_duty_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_draw_item")),
        sa.UniqueConstraint("draw_id", "duty_id", name="duty_drawn_once"),
        sa.UniqueConstraint("draw_id", "position", name="duty_draw_place"),
    )
    op.create_index("ix_duty_month_month", "duty_month", ["month", "kind", "department_id"], unique=False)
    op.create_index("ix_contact_list_asked_by", "contact_list", ["asked_by", "id"], unique=False)
    op.create_index("ix_contact_list_consultation", "contact_list", ["consultation_id"], unique=False)
    op.create_index("ix_contact_list_month", "contact_list", ["month"], unique=False)
    op.create_index("ix_contact_list_stage", "contact_list", ["stage", "id"], unique=False)
    op.create_index(op.f("ix_contact_fetch_contact_list_id"), "contact_fetch", ["contact_list_id"], unique=False)
    op.create_index(op.f("ix_duty_draw_item_duty_id"), "duty_draw_item", ["duty_id"], unique=False)
    op.add_column("duty_version", sa.Column("responsible_id", sa.Integer(), nullable=True))
    op.execute("UPDATE duty_version SET responsible_id = coalesce(late_department_id, department_id)")
    with op.batch_alter_table("duty_version") as batch:
        batch.alter_column("responsible_id", existing_type=sa.Integer(), nullable=False)
        batch.create_index(
            "ix_duty_version_cancelled_by_kind",
            ["kind", "due_at", "duty_id"],
            unique=False,
            sqlite_where=sa.text("cancelled_at IS NOT NULL"),
            postgresql_where=sa.text("cancelled_at IS NOT NULL"),
        )
        batch.create_index(
            "ix_duty_version_cancelled_by_unit",
            ["responsible_id", "due_at", "duty_id"],
            unique=False,
            sqlite_where=sa.text("cancelled_at IS NOT NULL"),
            postgresql_where=sa.text("cancelled_at IS NOT NULL"),
        )
        batch.create_index(
            "ix_duty_version_extended_by_kind",
            ["kind", "due_at", "duty_id"],
            unique=False,
            sqlite_where=sa.text("extended = 1 AND met_at IS NOT NULL"),
            postgresql_where=sa.text("extended AND met_at IS NOT NULL"),
        )
        batch.create_index(
            "ix_duty_version_extended_by_unit",
            ["responsible_id", "due_at", "duty_id"],
            unique=False,
            sqlite_where=sa.text("extended = 1 AND met_at IS NOT NULL"),
            postgresql_where=sa.text("extended AND met_at IS NOT NULL"),
        )
        batch.create_index(
            "ix_duty_version_late_by_kind",
            ["kind", "due_at", "duty_id"],
            unique=False,
            sqlite_where=sa.text("met_late = 1"),
            postgresql_where=sa.text("met_late"),
        )
        batch.create_index(
            "ix_duty_version_late_by_unit",
            ["responsible_id", "due_at", "duty_id"],
            unique=False,
            sqlite_where=sa.text("met_late = 1"),
            postgresql_where=sa.text("met_late"),
        )
        batch.create_index(
            "ix_duty_version_met_by_basis",
            ["basis", "due_at", "duty_id"],
            unique=False,
            sqlite_where=sa.text("met_at IS NOT NULL"),
            postgresql_where=sa.text("met_at IS NOT NULL"),
        )
        batch.create_index(
            "ix_duty_version_met_by_kind",
            ["kind", "due_at", "duty_id"],
            unique=False,
            sqlite_where=sa.text("met_at IS NOT NULL"),
            postgresql_where=sa.text("met_at IS NOT NULL"),
        )
        batch.create_index(
            "ix_duty_version_met_by_unit",
            ["responsible_id", "due_at", "duty_id"],
            unique=False,
            sqlite_where=sa.text("met_at IS NOT NULL"),
            postgresql_where=sa.text("met_at IS NOT NULL"),
        )


def downgrade():
    with op.batch_alter_table("duty_version") as batch:
        batch.drop_index(
            "ix_duty_version_met_by_unit",
            sqlite_where=sa.text("met_at IS NOT NULL"),
            postgresql_where=sa.text("met_at IS NOT NULL"),
        )
        batch.drop_index(
            "ix_duty_version_met_by_kind",
            sqlite_where=sa.text("met_at IS NOT NULL"),
            postgresql_where=sa.text("met_at IS NOT NULL"),
        )
        batch.drop_index(
            "ix_duty_version_met_by_basis",
            sqlite_where=sa.text("met_at IS NOT NULL"),
            postgresql_where=sa.text("met_at IS NOT NULL"),
        )
        batch.drop_index(
            "ix_duty_version_late_by_unit", sqlite_where=sa.text("met_late = 1"), postgresql_where=sa.text("met_late")
        )
        batch.drop_index(
            "ix_duty_version_late_by_kind", sqlite_where=sa.text("met_late = 1"), postgresql_where=sa.text("met_late")
        )
        batch.drop_index(
            "ix_duty_version_extended_by_unit",
            sqlite_where=sa.text("extended = 1 AND met_at IS NOT NULL"),
            postgresql_where=sa.text("extended AND met_at IS NOT NULL"),
        )
        batch.drop_index(
            "ix_duty_version_extended_by_kind",
            sqlite_where=sa.text("extended = 1 AND met_at IS NOT NULL"),
            postgresql_where=sa.text("extended AND met_at IS NOT NULL"),
        )
        batch.drop_index(
            "ix_duty_version_cancelled_by_unit",
            sqlite_where=sa.text("cancelled_at IS NOT NULL"),
            postgresql_where=sa.text("cancelled_at IS NOT NULL"),
        )
        batch.drop_index(
            "ix_duty_version_cancelled_by_kind",
            sqlite_where=sa.text("cancelled_at IS NOT NULL"),
            postgresql_where=sa.text("cancelled_at IS NOT NULL"),
        )
        batch.drop_column("responsible_id")
    op.drop_table("duty_draw_item")
    op.drop_table("contact_fetch")
    op.drop_table("duty_draw")
    op.drop_table("contact_list")
    op.drop_table("duty_month")
    op.drop_table("free_number")
    op.drop_table("duty_month_place")
