"""How much of something a network has used: one row for each minute, however many requests."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from participation.extensions import Instant, db


class Allowance(db.Model):
    """`used` of what `scope` allows in the window that ends at `until`, by the network behind the digest."""

    __tablename__ = "allowance"

    scope: Mapped[str] = mapped_column(String(20), primary_key=True)
    key_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[datetime] = mapped_column(Instant, primary_key=True, index=True)
    used: Mapped[int] = mapped_column(default=1)
