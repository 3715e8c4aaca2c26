"""The tables of consultations: consultation, comment, opinion point, assignment, unsent drafts."""

from participation.consultations.models.batch import CommentImport
from participation.consultations.models.change import ChangePoint, TextChange
from participation.consultations.models.comment import Comment, CommentSequence
from participation.consultations.models.consultation import Consultation
from participation.consultations.models.draft import CommentDraft
from participation.consultations.models.kept import ConsultationCount
from participation.consultations.models.likeness import CommentStack, LikenessRun
from participation.consultations.models.opinion import Assignment, OpinionPoint
from participation.consultations.models.recount import CountCheck
from participation.consultations.models.review import Hiding, ReviewLock

__all__ = [
    "Assignment",
    "ChangePoint",
    "Comment",
    "CommentDraft",
    "CommentImport",
    "CommentSequence",
    "CommentStack",
    "Consultation",
    "ConsultationCount",
    "CountCheck",
    "Hiding",
    "LikenessRun",
    "OpinionPoint",
    "ReviewLock",
    "TextChange",
]
