"""Counts of consultations with many comments, kept by a job; an index of the comments that everybody reads.

The table begins empty: until the job has run once, pages count as they did before. Nothing else changes, so
applications of 0004 and of 0005 may run beside each other.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "consultation_count",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("sums", sa.JSON(), nullable=False),
        sa.Column("by_label", sa.JSON(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_consultation_count_consultation_id")
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_consultation_count")),
    )
    op.create_index(
        "ix_comment_public",
        "comment",
        ["consultation_id", "id"],
        unique=False,
        sqlite_where=sa.text("consent_public = 1 AND (reviewed_at IS NOT NULL OR hidden_at IS NOT NULL)"),
        postgresql_where=sa.text("consent_public AND (reviewed_at IS NOT NULL OR hidden_at IS NOT NULL)"),
    )


def downgrade():
    op.drop_index("ix_comment_public", table_name="comment")
    op.drop_table("consultation_count")
