"""The code between a kept form and its sending: letters and comments ask for it in the same way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import session
from flask_babel import gettext as _

from participation.accounts import contacts


def is_verified(channel: str, address: str, *, now: datetime | None = None) -> bool:
    """Whether this browser, or the citizen signed in, has proved this contact already."""
    known = contacts.verified_contact(now=now)
    return known is not None and (known.channel, known.address) == (channel, address)


@dataclass(frozen=True)
class DraftCode:
    """The code of one kind of form; `slot` is its place in the session."""

    slot: str

    def send(self, draft_id: int, channel: str, address: str, *, now: datetime) -> int:
        """Sends a code unless the contact is verified. Returns the seconds to wait, 0 when sent."""
        self.forget()
        if is_verified(channel, address, now=now):
            return 0
        started = contacts.start_verification(channel, address, now=now)
        if not started.wait:
            session[self.slot] = {"draft": draft_id, "token": started.token, "code": started.code}
        return started.wait

    def sent(self, draft_id: int) -> dict[str, Any] | None:
        """What was sent for this draft; `code` is filled in a demonstration only."""
        sent: dict[str, Any] | None = session.get(self.slot)
        return sent if sent and sent["draft"] == draft_id else None

    def judge(self, draft_id: int, code: str, *, now: datetime) -> str:
        """Empty when the code is right; else what to tell the writer. Tries are counted: commit."""
        sent = self.sent(draft_id)
        if sent is None:
            return _("There is no valid code. Go back to the form and ask for a new one.")
        if not code:
            return _("Enter the six digits from the message")
        confirmed = contacts.confirm(sent["token"], code, now=now)
        if confirmed.contact is not None:
            return ""
        if not confirmed.left:
            return _("This code is no longer valid. Go back to the form and ask for a new one.")
        return _("The code is not right. Please check it; you can try %(left)d times more.", left=confirmed.left)

    def forget(self) -> None:
        session.pop(self.slot, None)
