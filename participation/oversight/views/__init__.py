"""The public home and board, the auditor's ledger, and the pages that explain the platform."""

from participation.oversight.views import (
    about,
    board,
    changes,
    department,
    draws,
    home,
    inquiries,
    ledger,
    ledger_files,
    pack,
    saved,
    trends,
)
from participation.oversight.views.blueprint import oversight

blueprints = (oversight,)
__all__ = ["about", "blueprints", "board", "changes", "department", "home"]
__all__ += ["draws", "inquiries", "ledger", "ledger_files", "pack", "saved", "trends"]
