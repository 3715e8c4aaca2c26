"""What can be done with catalogues and decisions, one verb each. Nothing here commits."""

from participation.decisions.service.adjusting import adjust_item, remove_item
from participation.decisions.service.carrying import carry_over, drop_carry
from participation.decisions.service.catalogues import begin_year, publish_batch, record_approvals, write_criteria
from participation.decisions.service.chain import note_step, record_step, reverse
from participation.decisions.service.dossiers import making_refusal, record_dossier
from participation.decisions.service.evaluating import begin_evaluation, finish_evaluation
from participation.decisions.service.executing import (
    begin_execution,
    finish_execution,
    open_quarters,
    report_problem,
    report_progress,
)
from participation.decisions.service.filing import file_dossier
from participation.decisions.service.importing import checked, import_items, not_importable
from participation.decisions.service.interpreting import (
    confirm_interpretation,
    enter_interpretation,
    mark_policy,
    plan_interpretation,
    sign_text,
)
from participation.decisions.service.items import add_item, edit_item, item_refusals, withdraw_item
from participation.decisions.service.publishing import publish_decision
from participation.decisions.service.turning import close, rerun, resume, suspend, terminate

__all__ = [
    "add_item",
    "adjust_item",
    "begin_evaluation",
    "begin_execution",
    "begin_year",
    "carry_over",
    "checked",
    "close",
    "confirm_interpretation",
    "drop_carry",
    "edit_item",
    "enter_interpretation",
    "file_dossier",
    "finish_evaluation",
    "finish_execution",
    "import_items",
    "item_refusals",
    "making_refusal",
    "mark_policy",
    "not_importable",
    "note_step",
    "open_quarters",
    "plan_interpretation",
    "publish_batch",
    "publish_decision",
    "record_approvals",
    "record_dossier",
    "record_step",
    "remove_item",
    "report_problem",
    "report_progress",
    "rerun",
    "resume",
    "reverse",
    "sign_text",
    "suspend",
    "terminate",
    "withdraw_item",
    "write_criteria",
]
