"""The blueprint, and how a session shows who it is."""

from typing import Any

from flask import Blueprint, abort, session
from flask_babel import gettext

from participation.accounts import contacts, identity
from participation.consultations.views.send import TRACKED as COMMENT
from participation.decisions.views.propose_send import TRACKED as PROPOSAL
from participation.mailbox.views.send import TRACKED as LETTER
from participation.privacy import holdings, rules
from participation.privacy.grounds import Matter
from participation.privacy.holdings import Proved
from participation.web.said import sentence

bp = Blueprint("privacy", __name__)
OPENED = {"letter": LETTER, "comment": COMMENT, "proposal": PROPOSAL}


@bp.context_processor
def _words() -> dict[str, Any]:
    matters = {"letter": gettext("Letter"), "comment": gettext("Comment on a draft"), "proposal": gettext("Proposal")}
    return {
        "grounds": rules.GROUNDS,
        "request_kinds": rules.KINDS,
        "request_states": rules.STATES,
        "matter_kinds": matters | {"account": gettext("Account")},
        "reading_kinds": matters | {"consultation": gettext("Consultation")},
        "kind_of": holdings.kind_of,
        "sentence": sentence,
        "translated": gettext,
    }


def proved() -> Proved:
    """What this browser has shown: an account of a citizen, contacts verified within 12 hours, matters opened
    with number and query code."""
    account = identity.account()
    contact = contacts.verified_contact()
    known = {(contact.channel, contact.address)} if contact is not None else set()
    person_id = account.person_id if account is not None and account.is_citizen else None
    if person_id is not None:
        known |= set(contacts.addresses_of(person_id))
    opened = tuple((kind, int(session[slot])) for kind, slot in OPENED.items() if session.get(slot) is not None)
    return Proved(person_id, tuple(sorted(known)), opened)


def one_of(what: str, who: Proved) -> Matter:
    """The matter that `letter:7` names, if it is this person's."""
    kind, _colon, row_id = what.partition(":")
    found = holdings.matter(who, kind, int(row_id)) if row_id.isascii() and row_id.isdecimal() else None
    if found is None:
        abort(404)
    return found
