"""Citizens who fill in the forms: letter, comment and proposal with a code each, and forms that they leave unsent."""

import io

from sqlalchemy import select

from participation.consultations.models import Comment
from participation.decisions.models.proposal import Proposal
from participation.extensions import db
from participation.mailbox.models import Letter
from tests.browse import hidden_fields
from tests.files.samples import picture
from tests.mailbox import letters
from tests.privacy.citizens import Citizen, citizen


def registered(number: int, *, now) -> Citizen:
    who = citizen(number, now=now)
    db.session.commit()
    return who


def write_everything(client, consultation_id: int, who: Citizen) -> dict[str, int]:
    """Ids of letter, comment and proposal. The time is played by the caller."""
    spoken, before = f"{who.address[:3]} {who.address[3:7]} {who.address[7:]}", _newest()
    own = {"name": who.canary, "contact": spoken}
    letter = own | {"title": who.canary, "text": f"{who.canary}：路灯不亮，能不能修好？", "place": who.canary,
                    "kind": "complain", "topic": "城市管理", "consent": "yes", "about": ""}  # fmt: skip
    comment = own | {"text": f"{who.canary}：一楼不出钱。", "consent": "yes"}
    proposal = own | {"title": who.canary, "text": f"{who.canary}：请定一个办法。", "reason": who.canary,
                      "origin": "citizen", "shown": "named"}  # fmt: skip
    for page, form in (
        ("/mailbox/mayor/write", letter),
        (f"/consultations/{consultation_id}/comment", comment),
        ("/decisions/propose", proposal),
    ):
        _send(client, page, form | {"files": (io.BytesIO(picture("PNG")), f"{who.canary}.png")})
        # The same again, left at the page that asks for the code.
        left = client.submit(page, form)
        assert left.status_code == 303, f"{page} answered {left.status_code}"
    after = _newest()
    assert all(after[kind] > before[kind] for kind in after), (before, after)
    return after


def _newest() -> dict[str, int]:
    models = {"letter": Letter, "comment": Comment, "proposal": Proposal}
    found = {kind: db.session.scalar(select(db.func.max(model.id))) or 0 for kind, model in models.items()}
    db.session.rollback()
    return found


def _send(client, page: str, form: dict[str, object]) -> None:
    answer = client.submit(page, form, content_type="multipart/form-data")
    assert answer.status_code == 303, f"{page} answered {answer.status_code}"
    shown = client.get(answer.headers["Location"])
    sent = client.post(
        answer.headers["Location"], data=hidden_fields(shown.text) | {"code": letters.code_on(shown.text)}
    )
    assert sent.status_code == 303, f"{page}: the code was answered with {sent.status_code}"
    assert client.get(sent.headers["Location"]).status_code == 200
