"""The stored grams. Derived from other tables: it can be thrown away and made again (`textindex
rebuild`), so nothing of it is evidence."""

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, String, Text, UniqueConstraint, event, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from participation.extensions import db
from participation.textindex import ddl
from participation.textindex.kinds import KINDS


class TextPart(db.Model):
    """The grams of a text, or of a part of a long one. Written by `service.put` alone, which keeps
    the full-text table of SQLite with it."""

    __tablename__ = "text_part"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id", "part", name="uq_text_part_subject"),
        CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in sorted(KINDS))})", name="kind_known"),
        # On SQLite the full-text table does this: there the index stays empty.
        Index("ix_text_part_tokens", "tokens", postgresql_using="gin", sqlite_where=text("0")),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    part: Mapped[int] = mapped_column(Integer)
    tokens: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))


_created, _dropped = ddl.rules()
event.listen(TextPart.__table__, "after_create", _created)
event.listen(TextPart.__table__, "before_drop", _dropped)
