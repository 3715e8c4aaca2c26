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
    op.drop_table("duty_draw")
    op.drop_table("duty_month")
    op.drop_table("duty_month_place")
