"""T29: no file that the desk hands out holds names or contacts of citizens; lists mask names."""

import pytest

from participation.extensions import db
from tests.consultations import periods
from tests.mailbox import answered

NAME, PHONE = "金丝雀某某", "13955557777"
PATHS = (
    "/ledger.csv", "/ledger.xlsx", "/ledger.json", "/ledger", "/board.csv", "/desk/consultations",
    "/consultations/{c}.csv", "/consultations/{c}.json", "/desk/consultations/{c}/sort", "/desk/consultations/{c}/review",
    "/desk/consultations/{c}/report.docx", "/desk/consultations/{c}/report.xlsx", "/desk", "/desk/dispatch",
    "/desk/samples", "/desk/readings", "/desk/data-requests", "/notices",
)  # fmt: skip


@pytest.mark.parametrize("login", ["auditor", "office", "officer", "head", "administrator"])
def test_no_list_or_file_holds_names_and_contacts(world, client, played, login):
    from tests.consultations.periods import ContactAddress

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
            assert NAME.encode() not in answer.data, path
            assert PHONE.encode() not in answer.data, path
    assert seen >= 5
