"""How letters appear elsewhere: on the ledger, under "my letters", in the tabs of the desk."""

from flask_babel import gettext as _
from sqlalchemy import select

from participation.access import Actor, Capability
from participation.accounts.mine import MineLine, register_mine
from participation.duties.matters import register_letters
from participation.duties.subjects import SubjectLine, register_subject
from participation.errors import N_
from participation.extensions import db
from participation.mailbox.lifecycle import STAGES
from participation.mailbox.models import Letter
from participation.mailbox.queries import about, elsewhere, publishing, supervision
from participation.mailbox.queries import desk as queues
from participation.mailbox.queries.letters import of_person
from participation.mailbox.queries.promises import waiting as promises_waiting
from participation.mailbox.queries.samples import undecided
from participation.web.navigation import add_tab


def describe(ids: set[int]) -> dict[int, SubjectLine]:
    """For staff; the ledger leaves out what the reader may not see before it asks."""
    rows = db.session.execute(select(Letter.id, Letter.number, Letter.title).where(Letter.id.in_(ids)))
    return {row.id: SubjectLine(f"{row.number} {row.title}", f"/desk/letters/{row.id}") for row in rows}


def describe_public(ids: set[int]) -> dict[int, SubjectLine]:
    """For everybody: number and topic of every letter, title and page of those that were published."""
    query = select(Letter.id, Letter.number, Letter.topic, Letter.public_title, Letter.published_at).where(
        Letter.id.in_(ids)
    )
    found = {}
    for row in db.session.execute(query):
        public = row.published_at is not None
        found[row.id] = SubjectLine(
            f"{row.number} {row.public_title}" if public else f"{row.number}（{row.topic}）",
            f"/letters/{row.id}" if public else None,
        )
    return found


def mine(person_id: int) -> list[MineLine]:
    return [
        MineLine(letter.title, f"/mine/letters/{letter.id}", _(STAGES[letter.stage]), letter.received_at)
        for letter in of_person(person_id)
    ]


def to_explain(actor: Actor) -> int:
    """Supervisions that wait for this person: to be explained, for the office those that are open."""
    if not (actor.can(Capability.DISPATCH) or actor.can(Capability.APPROVE)):
        return 0
    told = supervision.counts(actor)
    return told["open"] if actor.can(Capability.DISPATCH) else told["unexplained"]


def to_hand_over(actor: Actor) -> int:
    """Letters that wait for the office: at most a hundred and one are counted."""
    return queues.count(actor, ("received", "returned"), most=100)


def to_approve(actor: Actor) -> int:
    """Answers that wait for this head."""
    own = [dep for dep in actor.department_ids if actor.can(Capability.APPROVE, dep)]
    return queues.count(actor, ("submitted",), department_ids=own, most=100) if own else 0


def register() -> None:
    """Called when the site starts; twice is the same as once."""
    register_subject("letter", describe, public=describe_public)
    register_mine(mine)
    register_letters(about.count)
    desk, dispatch, ledger = "mailbox.desk", "mailbox.dispatch", "oversight.ledger"
    add_tab(dispatch, N_("Dispatch"), Capability.DISPATCH, 10, waiting=to_hand_over)
    add_tab("mailbox.approvals", N_("Approvals"), Capability.APPROVE, 15, waiting=to_approve)
    add_tab(desk, N_("Letters"), Capability.ANSWER, 20)
    add_tab("mailbox.promises", N_("Promises"), Capability.ANSWER, 24, waiting=promises_waiting, under=[desk])
    publication = N_("Publication")
    add_tab("mailbox.publishing_queue", publication, Capability.ANSWER, 25, waiting=publishing.waiting, under=[desk])
    add_tab("mailbox.legal", N_("Legal dates"), Capability.ANSWER, 26, under=[desk])
    add_tab("mailbox.enter", N_("Enter a letter"), Capability.ENTER_FOR_OTHERS, 40, under=[dispatch, desk])
    add_tab("mailbox.import_letters", N_("From a file"), Capability.ENTER_FOR_OTHERS, 41, under=[dispatch, desk])
    add_tab("mailbox.supervision", N_("Supervision"), Capability.READ_LEDGER, 33, waiting=to_explain, under=[ledger])
    add_tab("mailbox.ageing", N_("Open for long"), Capability.READ_ALL, 34, under=[ledger])
    add_tab("mailbox.samples", N_("Samples"), Capability.READ_LEDGER, 35, waiting=undecided, under=[ledger])
    add_tab("mailbox.passed_around", N_("Passed around"), Capability.READ_ALL, 36, under=[ledger])
    confirming = (Capability.DISPATCH, Capability.APPROVE)
    late = N_("Letters entered late")
    add_tab("mailbox.gaps", late, confirming, 37, waiting=elsewhere.waiting_count, under=[dispatch, desk])
    add_tab("mailbox.refused", N_("Not taken"), Capability.READ_ALL, 45, under=[dispatch, ledger])
