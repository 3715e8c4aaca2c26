"""T29: no file that the desk hands out holds names or contacts of citizens; lists mask names."""

import io
import zipfile

import pytest

from participation.extensions import db
from tests.consultations import periods
from tests.consultations.periods import ContactAddress
from tests.mailbox import answered

NAME, PHONE = "金丝雀某某", "13955557777"
PATHS = (
    "/ledger.csv", "/ledger.xlsx", "/ledger.json", "/ledger", "/board.csv", "/desk/consultations",
    "/consultations/{c}.csv", "/consultations/{c}.json", "/desk/consultations/{c}/sort",
    "/desk/consultations/{c}/review",
    "/desk/consultations/{c}/report.docx", "/desk/consultations/{c}/report.xlsx", "/desk", "/desk/dispatch",
    "/desk/samples", "/desk/readings", "/desk/data-requests", "/notices",
)  # fmt: skip


def unpacked(data: bytes) -> bytes:
    """Workbooks and documents are packed: what is looked for stands inside."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


@pytest.mark.parametrize("login", ["auditor", "office", "officer", "head", "administrator"])
def test_no_list_or_file_holds_names_and_contacts(world, client, played, login):
    consultation = periods.opened(world)
    periods.commented(consultation, author_name=NAME, contact=ContactAddress("sms", PHONE))
    with played("2026-11-18T15:00"):
        answered.answered(world, author_name=NAME, contact=ContactAddress("sms", PHONE))
    db.session.commit()
    seen = 0
    with played("2026-11-23T09:00"):
        staff = world.sign_in(client, login)
        for path in PATHS:
            answer = staff.get(path.format(c=consultation.id))
            seen += answer.status_code == 200
            held = unpacked(answer.data)
            assert NAME.encode() not in held, path
            assert PHONE.encode() not in held, path
    assert seen >= 5
