"""The forms of the catalogue's keepers and of the units in the lead."""

from participation.decisions.forms.catalogue import ApprovalForm, CriteriaForm, PublishForm, YearForm
from participation.decisions.forms.importing import ImportForm
from participation.decisions.forms.item import AdjustForm, ItemForm, RemoveForm
from participation.decisions.forms.step import StepForm, StopForm

__all__ = [
    "AdjustForm",
    "ApprovalForm",
    "CriteriaForm",
    "ImportForm",
    "ItemForm",
    "PublishForm",
    "RemoveForm",
    "StepForm",
    "StopForm",
    "YearForm",
]
