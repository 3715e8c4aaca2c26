"""What a verb is called on a public page: in general words, never who or which."""

from participation.errors import N_

LABELS = {
    "demonstration.begun": N_("A demonstration began"),
    "files.adopted": N_("Attachments from before the register of files entered it"),
    "letter.received": N_("A letter was received"),
    "letter.assigned": N_("A letter was handed to a department"),
    "letter.transferred": N_("A letter was handed to another department"),
    "letter.returned": N_("A department returned a letter"),
    "letter.answered": N_("A letter was answered"),
    "letter.refused": N_("A letter was not accepted, with the reason"),
    "letter.extension_asked": N_("A department asked for more time for a letter, with the reason"),
    "letter.extension_approved": N_("More time was given for a letter, with the reason"),
    "letter.extension_declined": N_("More time for a letter was declined"),
    "letter.extension_lapsed": N_("A request for more time was not decided in time"),
    "letter.reopened": N_("An answered letter was taken up again"),
    "letter.supplemented": N_("A later letter added to an earlier one"),
    "letter.rated": N_("A writer rated an answer"),
    "letter.withdrawn": N_("A letter was withdrawn by its writer"),
    "letter.published": N_("A letter and its answer were published"),
    "letter.unpublished": N_("A letter was taken off the public list"),
    "letter.day_confirmed": N_("The day on which a letter came in was confirmed by a second person"),
    "supervision.opened": N_("A late letter was put under supervision"),
    "supervision.responded": N_("A department explained why a letter is late"),
    "supervision.closed": N_("The supervision of a letter was closed with a conclusion"),
    "sample.drawn": N_("Answers were drawn by lot for an auditor"),
    "sample.judged": N_("An auditor judged an answer"),
    "sample.decided": N_("The government office decided on an answer that did not pass"),
    "letter.ruled": N_("The government office ruled who answers a letter"),
    "letter.restricted": N_("A letter was hidden from the unit it is about"),
    "letter.joined": N_("A unit was asked to help with a letter"),
    "letter.unjoined": N_("A unit was taken off a letter that it helped with"),
    "letter.contributed": N_("A unit wrote its part of a joint answer"),
    "letter.merged": N_("A letter was put together with an earlier one of the same writer"),
    "letter.unmerged": N_("Letters of the same writer were parted again"),
    "letter.followed": N_("A letter followed the one it is handled with"),
    "letter.reclassified": N_("A letter was also taken as a petition or a disclosure request"),
    "letter.settled": N_("The outcome of a legal duty was recorded"),
    "answer.drafted": N_("An answer was drafted"),
    "answer.submitted": N_("An answer was handed in for approval"),
    "answer.sent_back": N_("An answer was sent back by the approver"),
    "comment.received": N_("A comment was received"),
    "comment.reviewed": N_("A comment was given its outcome"),
    "consultation.answered": N_("A consultation was answered"),
    "consultation.opened": N_("A comment period was opened"),
    "consultation.closed": N_("A comment period was closed"),
    "consultation.lengthened": N_("A comment period was made longer"),
    "feedback.published": N_("The feedback on comments was published"),
    "duty.opened": N_("A time limit began"),
    "duty.met": N_("A duty was met"),
    "duty.extended": N_("A time limit was extended once, with approval and reason"),
    "duty.redated": N_("A time limit was changed, with the reason"),
    "duty.recounted": N_("A time limit was counted anew with a new calendar"),
    "duty.handed_over": N_("A duty passed to another department"),
    "duty.cancelled": N_("A duty ended without being met, with the reason"),
    "calendar.loaded": N_("A workday calendar was loaded"),
    "finding.written": N_("An auditor wrote a finding"),
}

BY_KIND = {
    "answer": N_("An act on an answer"),
    "calendar": N_("An act on the workday calendar"),
    "catalogue": N_("An act on the catalogue of decisions"),
    "comment": N_("An act on a comment"),
    "consultation": N_("An act on a comment period"),
    "decision": N_("An act on a decision"),
    "document": N_("An act on a document"),
    "duty": N_("An act on a duty"),
    "feedback": N_("An act on the feedback"),
    "letter": N_("An act on a letter"),
    "mailbox": N_("An act on a mailbox"),
    "point": N_("An act on an opinion point"),
}

OTHER = N_("An act in the administration of this platform")


def label(verb: str) -> str:
    """The English source of the label; people's and posts' verbs all share the last one."""
    return LABELS.get(verb) or BY_KIND.get(verb.partition(".")[0]) or OTHER
