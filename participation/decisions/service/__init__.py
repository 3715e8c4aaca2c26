"""What can be done with catalogues and decisions, one verb each. Nothing here commits."""

from participation.decisions.service.adjusting import adjust_item, remove_item
from participation.decisions.service.carrying import carry_over, drop_carry
from participation.decisions.service.catalogues import begin_year, publish_batch, record_approvals, write_criteria
from participation.decisions.service.chain import record_step, reverse
from participation.decisions.service.importing import checked, import_items, not_importable
from participation.decisions.service.items import add_item, edit_item, withdraw_item
from participation.decisions.service.turning import close, rerun, resume, suspend, terminate

__all__ = [
    "add_item",
    "adjust_item",
    "begin_year",
    "carry_over",
    "checked",
    "close",
    "drop_carry",
    "edit_item",
    "import_items",
    "not_importable",
    "publish_batch",
    "record_approvals",
    "record_step",
    "remove_item",
    "rerun",
    "resume",
    "reverse",
    "suspend",
    "terminate",
    "withdraw_item",
    "write_criteria",
]
