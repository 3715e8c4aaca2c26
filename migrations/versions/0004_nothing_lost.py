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
    op.create_index(op.f("ix_duty_draw_item_duty_id"), "duty_draw_item", ["duty_id"], unique=False)


def downgrade():
    op.drop_table("duty_draw_item")
    op.drop_table("duty_draw")
