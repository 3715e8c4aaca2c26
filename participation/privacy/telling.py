"""The person is told how their request about data was decided, and what they can do next."""

from datetime import datetime

from participation.extensions import db
from participation.notices import service as notices
from participation.notices.service import Contact, Person
from participation.privacy import holdings
from participation.privacy.models import DataRequest

# Stored with the message, so in Chinese.
WHAT = {"correct": "更正", "object": "删除复核"}
OUTCOMES = {True: "同意", False: "不同意"}
NEXT = {
    ("correct", True): "更正已附在原文旁，可在公众参与平台“我的个人信息”查看",
    ("object", True): "内容和联系方式已经删除，编号和查询码不再有效",
}
REFUSED = "理由见公众参与平台“我的个人信息”；不服可再申请、向网信部门投诉或者起诉"


def decided(request: DataRequest, *, now: datetime) -> int:
    """Call it before anything is erased: it goes to the contact that the matter has now, or the account of who
    asked. The message is about the request, so erasing the matter does not take it back."""
    if request.kind not in WHAT or not request.subject_kind:
        return 0
    row = db.session.get(holdings.MODELS[request.subject_kind], request.subject_id)
    if row is None or row.erased_at is not None:
        return 0
    to: Person | Contact
    person_id = request.person_id or row.person_id
    if person_id is not None:
        to = Person(person_id)
    elif row.contact_address:
        to = Contact(row.contact_channel, row.contact_address)  # type: ignore[arg-type]
    else:
        return 0
    granted = request.state == "granted"
    facts = {
        "number": row.number,
        "what": WHAT[request.kind],
        "outcome": OUTCOMES[granted],
        "next_step": NEXT.get((request.kind, granted), REFUSED),
    }
    return notices.notify(
        "data_request_decided", to=to, facts=facts, subject_kind="data_request", subject_id=request.id, now=now,
        link="/mine/data", once=str(request.id),
    )  # fmt: skip
