"""Who is told of what, how, and with which text: one table. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from participation.access import Role
from participation.errors import N_


class Channel(StrEnum):
    IN_APP = "in_app"
    SMS = "sms"
    EMAIL = "email"


class Audience(StrEnum):
    """Whom a notice is written for: the staff of a department, or somebody outside."""

    DEPARTMENT = "department"
    WRITER = "writer"
    COMMENTER = "commenter"
    PROPOSER = "proposer"
    COLLEAGUE = "colleague"  # one person of the staff, about all their posts
    ASKER = "asker"  # who asked for something about their own data
    CONTACT = "contact"  # whoever says that this number or address is theirs
    HOLDER = "holder"  # an office outside that keeps signed heads of the record


class Importance(StrEnum):
    PLAIN = "plain"
    YELLOW = "yellow"  # one workday before the due day
    RED = "red"  # the first workday after it


IMPORTANCE_LABELS: dict[Importance, str] = {
    Importance.PLAIN: "",
    Importance.YELLOW: N_("Yellow card"),
    Importance.RED: N_("Red card"),
}


@dataclass(frozen=True)
class NoticeRule:
    """`facts` are the names that the text in templates/mail/<notice>.txt uses, all of them needed.
    `roles` are who in a department is told when the caller names no role."""

    audience: Audience
    channels: tuple[Channel, ...]
    facts: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    importance: Importance = Importance.PLAIN
    keep_days: int = 30  # after delivery the text and the address of a message are emptied


_DESK = (Channel.IN_APP,)
_OUT = (Channel.SMS, Channel.EMAIL)


def _staff(*roles: Role, facts: tuple[str, ...], importance: Importance = Importance.PLAIN) -> NoticeRule:
    return NoticeRule(Audience.DEPARTMENT, _DESK, facts, roles, importance, keep_days=400)


NOTICES: dict[str, NoticeRule] = {
    # letters
    "letter_received": NoticeRule(Audience.WRITER, _OUT, ("number", "due_on")),
    "letter_moved": NoticeRule(Audience.WRITER, _OUT, ("number", "department", "due_on")),
    "letter_assigned": _staff(Role.OFFICER, facts=("number", "title", "due_on")),
    "letter_transferred": _staff(Role.OFFICER, facts=("number", "title", "from_department", "due_on")),
    "letter_returned": _staff(Role.OFFICE, facts=("number", "title", "from_department", "reason")),
    "answer_submitted": _staff(Role.HEAD, facts=("number", "title", "due_on")),
    "answer_returned": _staff(Role.OFFICER, facts=("number", "title", "reason", "due_on")),
    "promise_kept": NoticeRule(Audience.WRITER, _OUT, ("number", "department")),
    "letter_answered": NoticeRule(Audience.WRITER, _OUT, ("number", "department")),
    "letter_answered_again": NoticeRule(Audience.WRITER, _OUT, ("number", "department")),
    # 山东省政务服务热线管理办法 (2017, 2020): yellow card a workday before, red card on the first day over.
    "letter_due_soon": _staff(
        Role.OFFICER, Role.HEAD, facts=("number", "title", "due_on"), importance=Importance.YELLOW
    ),
    "letter_overdue": _staff(
        Role.OFFICER,
        Role.HEAD,  # the office is told by a second notice, to its own department
        facts=("number", "title", "department", "due_on"),
        importance=Importance.RED,
    ),
    # The same two cards for the hand-over, and for whatever else is owed about a letter.
    "dispatch_due_soon": _staff(Role.OFFICE, facts=("number", "title", "due_on"), importance=Importance.YELLOW),
    "dispatch_overdue": _staff(Role.OFFICE, facts=("number", "title", "due_on"), importance=Importance.RED),
    "letter_duty_due_soon": _staff(
        Role.OFFICER, Role.HEAD, facts=("number", "title", "what", "due_on"), importance=Importance.YELLOW
    ),
    "letter_duty_overdue": _staff(
        Role.OFFICER,
        Role.HEAD,
        facts=("number", "title", "what", "department", "due_on"),
        importance=Importance.RED,
    ),
    # 督办: the demand to the unit, its answer and the conclusion
    "supervision_opened": _staff(
        Role.OFFICER, Role.HEAD, facts=("number", "title", "respond_by"), importance=Importance.RED
    ),
    "supervision_responded": _staff(Role.OFFICE, facts=("number", "title", "department")),
    "supervision_closed": _staff(Role.OFFICER, Role.HEAD, facts=("number", "title")),
    # 抽查: an answer that an auditor did not let pass
    "sample_failed": _staff(Role.HEAD, facts=("number", "title", "department", "verdict")),
    # a letter from elsewhere whose declared day a second person does not believe
    "day_objected": _staff(Role.OFFICE, facts=("number", "title", "received_on", "reason")),
    # joint handling, and a letter that is also a petition or a disclosure request
    "letter_joined": _staff(Role.OFFICER, facts=("number", "title", "lead", "task", "due_on")),
    "joint_contributed": _staff(Role.OFFICER, facts=("number", "title", "department", "due_on")),
    "letter_reclassified": NoticeRule(Audience.WRITER, _OUT, ("number", "what", "legal_due_on", "due_on")),
    # more time, and what comes after an answer
    "extension_asked": _staff(Role.OFFICE, facts=("number", "title", "from_department", "workdays", "due_on")),
    "extension_approved": _staff(Role.OFFICER, facts=("number", "title", "due_on")),
    "extension_declined": _staff(Role.OFFICER, facts=("number", "title", "reason", "due_on")),
    "extension_lapsed": _staff(Role.OFFICER, facts=("number", "title", "due_on")),
    "letter_extended": NoticeRule(Audience.WRITER, _OUT, ("number", "old_due_on", "due_on")),
    "letter_reopened": _staff(Role.OFFICER, facts=("number", "title", "due_on")),
    "letter_supplemented": _staff(Role.OFFICER, Role.OFFICE, facts=("number", "title", "supplement")),
    "letter_taken_up_again": NoticeRule(Audience.WRITER, _OUT, ("number", "department", "due_on")),
    "letter_merged": NoticeRule(Audience.WRITER, _OUT, ("number", "lead")),
    "letter_published": NoticeRule(Audience.WRITER, _OUT, ("number",)),
    "letter_refused": NoticeRule(Audience.WRITER, _OUT, ("number", "department")),
    # consultations
    "comment_received": NoticeRule(Audience.COMMENTER, _OUT, ("number", "title", "closes_on")),
    # 713号 art. 18: what was adopted and why not is fed back; the city's procedure of 2022: to the commenter.
    "feedback_published": NoticeRule(Audience.COMMENTER, _OUT, ("number", "title", "outcome", "reason")),
    # 713号 art. 15: what people comment on changed in substance; they may comment again.
    "consultation_revised": NoticeRule(Audience.COMMENTER, _OUT, ("number", "title", "closes_on")),
    "counts_drifted": _staff(Role.HEAD, facts=("title",), importance=Importance.RED),
    "consultation_closing": _staff(Role.OFFICER, facts=("title", "closes_on", "comments")),
    # catalogue
    # 713号 art. 10: what came in goes to study, and whoever proposed hears what became of it.
    "proposal_received": NoticeRule(Audience.PROPOSER, _OUT, ("number", "due_on")),
    "proposal_decided": NoticeRule(Audience.PROPOSER, _OUT, ("number", "outcome", "reason")),
    "proposal_arrived": _staff(Role.OFFICE, facts=("number", "title")),
    "proposal_to_study": _staff(Role.OFFICER, Role.HEAD, facts=("number", "title")),
    "catalogue_due": _staff(Role.OFFICE, facts=("year", "due_on"), importance=Importance.YELLOW),
    # the record: the signed head of the evening to its holders, and a clock that may be wrong
    "head_mailed": NoticeRule(
        Audience.HOLDER, (Channel.EMAIL,), ("holder", "size", "sealed", "note", "key"), keep_days=400
    ),
    "clock_in_doubt": _staff(Role.AUDITOR, Role.ADMINISTRATOR, facts=("entries", "seconds"), importance=Importance.RED),
    # an auditor asks a department about a duty
    "inquiry_asked": _staff(Role.OFFICER, Role.HEAD, facts=("title", "due_on")),
    "inquiry_replied": _staff(Role.AUDITOR, facts=("title", "department")),
    "inquiry_found": _staff(Role.OFFICER, Role.HEAD, facts=("title", "due_on"), importance=Importance.RED),
    "inquiry_corrected": _staff(Role.AUDITOR, facts=("title", "department")),
    # whatever else is owed: the same two cards, and one message each morning
    "duty_due_soon": _staff(Role.OFFICER, Role.HEAD, facts=("what", "title", "due_on"), importance=Importance.YELLOW),
    "duty_overdue": _staff(
        Role.OFFICER, Role.HEAD, facts=("what", "title", "department", "due_on"), importance=Importance.RED
    ),
    "daily_digest": NoticeRule(
        Audience.COLLEAGUE, (Channel.IN_APP, Channel.EMAIL), ("day", "overdue", "soon", "unread"), keep_days=30
    ),
    # a list of contacts: a second person decides, then the asker hears of it
    "contacts_asked": _staff(Role.HEAD, facts=("department", "people", "last_day")),
    "contacts_decided": NoticeRule(
        Audience.COLLEAGUE, (Channel.IN_APP, Channel.EMAIL), ("outcome", "people", "last_day"), keep_days=30
    ),
    # 个人信息保护法 art. 50: what was decided about one's own data, with the reason and what one can do.
    "data_request_decided": NoticeRule(Audience.ASKER, _OUT, ("number", "what", "outcome", "next_step")),
    # codes: one for signing up and signing in, one for the contact of somebody without an account
    "verification_code": NoticeRule(Audience.CONTACT, _OUT, ("code", "minutes"), keep_days=1),
    "contact_code": NoticeRule(Audience.CONTACT, _OUT, ("code", "minutes"), keep_days=1),
}

RETRY_MINUTES: tuple[int, ...] = (1, 5, 30, 60, 120, 240, 480, 720)
"""Minutes to wait after the first, second ... failed attempt. After one more it has failed: 27 hours and a
half, so that a gateway may be gone for a whole day."""

MAX_ATTEMPTS = len(RETRY_MINUTES) + 1


def roles_told(verb: str) -> tuple[Role, ...]:
    return NOTICES[verb].roles
