"""What erasure leaves on a row that held personal data (个人信息保护法 art. 47)."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from participation.extensions import Instant

MARK = "〔已依法删除〕"
"""Stands where a text was. Chinese, as everything that is stored."""

HELD_COLUMNS = ("limited_at", "limited_ground", "erased_at")


class Held:
    """A matter that a person can ask to have erased. While `limited_at` is set it is stored and
    handled, but not shown to the public and not found; `limited_ground` is a key of
    `privacy.rules.GROUNDS`. Of an erased one (`erased_at`) only what is not personal is left."""

    limited_at: Mapped[datetime | None] = mapped_column(Instant)
    limited_ground: Mapped[str] = mapped_column(String(20), default="")
    erased_at: Mapped[datetime | None] = mapped_column(Instant)
