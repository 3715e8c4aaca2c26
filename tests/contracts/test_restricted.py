"""信访工作条例 art. 30, from the side of the unit that a letter is about: walk every address that its
people can open, with every number and every filter, and find nothing of the letter."""

import io
from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from participation import clock
from participation.access import ANYONE, SYSTEM
from participation.accounts import service as accounts
from participation.accounts.models import Post
from participation.duties.models import Duty
from participation.errors import Refused
from participation.evidence.models import EvidenceEntry
from participation.extensions import db
from participation.files import service as files
from participation.files.models import StoredFile
from participation.mailbox import service
from participation.mailbox.models import Letter
from participation.notices.models import Notice
from participation.oversight.queries import board
from participation.web.guards import capability_of
from tests.browse import addresses, words
from tests.files.samples import picture
from tests.mailbox import letters
from tests.reading import said
from tests.world import PASSWORD

WORD = "收了好处费"
WROTE, HANDED, LATE = "2026-11-23T09:50", "2026-11-23T10:00", "2026-12-03T09:00"
LISTS = (
    "/ledger", "/ledger.csv", "/letters", "/letters.atom", "/search", "/board", "/board.csv", "/desk", "/notices",
    "/supervision", "/samples", "/approvals", "/dispatch", "/desk/publishing", "/desk/late-entries",
    "/letters/figures/2026-11", "/letters/figures/2026-11.xlsx", "/letters/figures/2026-11.pdf",
)  # fmt: skip
QUERIES = (
    f"q={WORD}", "q=800", "state=overdue", "state=all", "state=met_late", "kind=letter_answer",
    "month=2026-11", "late=1", "department={accused}", "department={handling}", "kind=letters&q=800",
)  # fmt: skip


@pytest.fixture
def doubly(world) -> None:
    """An officer of the unit that has the letter who also stands in at the unit it is about."""
    now = clock.now()
    person = accounts.create_person(name="双岗", login="doubly", password=PASSWORD, actor=SYSTEM, now=now)
    for login in ("utilities", "officer"):
        post = db.session.get_one(Post, world.post[login])
        accounts.appoint(person, post=post, from_on=date(2026, 1, 1), actor=SYSTEM, now=now)
    db.session.commit()


@pytest.fixture
def letter(app, world, played, doubly) -> Letter:
    """About the housing bureau, with a photo; the utilities centre answered it late, it may be public."""
    with played(WROTE):
        letters.mailboxes(clock.now())
        upload = FileStorage(io.BytesIO(picture("PNG")), filename=f"{WORD}的照片.png")
        files.stage([upload], form_key="a" * 22, actor=ANYONE, now=clock.now())
        found = letters.received(
            clock.now(), title=f"住建局经办人{WORD}", text=f"{WORD} 800 元", place="丝绸路", form_key="a" * 22,
            about_department_id=world.department["housing"],
        )  # fmt: skip
    with played(HANDED):
        service.assign(found, department_id=world.department["utilities"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
    return found


def answered(found: Letter, world, played) -> None:
    with played(LATE):
        service.submit(
            found, text=f"经查，{WORD}属实", contact="", version=None, actor=world.actor("utilities"), now=clock.now()
        )
        service.approve(found, actor=world.actor("utilities_head"), now=clock.now())
        service.cards_due(now=clock.now())
        db.session.commit()


def every_address(app: Flask, world) -> list[str]:
    """Every page, with every number that occurs, and the lists with every filter."""
    rows = max(db.session.query(model).count() for model in (Letter, Duty, StoredFile, Notice))
    entries = db.session.query(EvidenceEntry).count()
    found: list[str] = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or capability_of(app, rule.endpoint) is None:
            continue
        if rule.endpoint == "notices.demo_inbox":
            continue  # shows every message to everybody, and exists in a demonstration only
        numbers = [name for name, kind in rule._converters.items() if "Integer" in type(kind).__name__]
        most = (entries if "entry_id" in numbers else min(rows, 6)) if numbers else 1
        found += [path for number in range(1, most + 1) for path in addresses(app, rule, number)]
    department = {"accused": world.department["housing"], "handling": world.department["utilities"]}
    return found + [f"{path}?{query.format(**department)}" for path in LISTS for query in QUERIES]


def naming(app: Flask, world, login: str, telling: tuple[str, ...]) -> list[str]:
    """The addresses at which this person reads one of the words. In a search what was asked for
    stands in its field again, so there only the words that nobody asked for count."""
    client, found = world.sign_in(app.test_client(), login), []
    for path in every_address(app, world):
        with client.get(path) as answer:
            shown = said(answer.data)
        if any(word in shown for word in telling if f"q={word}" not in path):
            found.append(path)
    return found


@pytest.mark.parametrize(
    ("login", "stage"),
    [
        ("head", "answered"),
        pytest.param("officer", "handled", marks=pytest.mark.long),
        pytest.param("head", "handled", marks=pytest.mark.long),
        pytest.param("doubly", "answered", marks=pytest.mark.long),
    ],
)
def test_nothing_that_the_accused_can_open_names_the_letter(app, world, played, letter, login, stage):
    if stage == "answered":
        answered(letter, world, played)
    telling = (letter.number, "丝绸路", WORD, "照片.png")
    with played("2026-12-04T09:00"):
        assert naming(app, world, login, telling) == []


@pytest.mark.long
def test_the_walk_does_find_what_the_handling_unit_may_open(app, world, played, letter):
    telling = (letter.number, "丝绸路", WORD, "照片.png")
    with played("2026-12-04T09:00"):
        found = naming(app, world, "utilities", telling)
    assert {"/desk", f"/desk/{letter.id}", f"/desk/letters/{letter.id}"} <= set(found)


@pytest.mark.long
def test_a_letter_about_the_government_office_is_nowhere_for_it(app, world, played):
    with played(WROTE):
        found = letters.received(
            clock.now(), title=f"政府办{WORD}", place="丝绸路", about_department_id=world.department["office"]
        )
        number = found.number
    with played("2026-12-04T09:00"):
        service.cards_due(now=clock.now())
        db.session.commit()
        assert naming(app, world, "office", (number, "丝绸路", WORD)) == []


@pytest.mark.parametrize("login", ["officer", "head"])
def test_the_lists_of_the_accused_are_the_same_with_and_without_it(app, world, played, login):
    """A count that rises by one tells as much as a name."""
    lists = (
        "/desk",
        "/approvals",
        "/notices",
        "/ledger",
        "/ledger.csv",
        "/letters",
        "/mailbox",
        f"/search?q={WORD}",
        "/mine",
        "/delegations",
    )
    department = f"/letters?department={world.department['housing']}"

    def seen() -> dict[str, str]:
        client = world.sign_in(app.test_client(), login)
        return {path: words(client.get(path).text) for path in (*lists, department)}

    with played(WROTE):
        letters.mailboxes(clock.now())
    with played("2026-12-04T09:00"):
        before = seen()
    with played(WROTE):
        found = letters.received(clock.now(), title=WORD, about_department_id=world.department["housing"])
    with played(HANDED):
        service.assign(found, department_id=world.department["utilities"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
    answered(found, world, played)
    with played("2026-12-04T09:00"):
        after = seen()
    assert {path for path in before if before[path] != after[path]} == set()


def test_the_board_has_the_letter_in_the_whole_and_under_no_name(app, world, played, letter):
    with played("2026-12-04T09:00"):
        month = board.month(date(2026, 11, 1), now=clock.now())
        page = app.test_client().get("/board?month=2026-11").text
    assert [(line.department_id, line.figures.received) for line in month.lines] == [(None, 1)]
    assert letter.number not in page


def test_a_letter_about_a_unit_is_never_published(app, world, played, letter):
    """Everybody reads what is public, the unit concerned as well."""
    answered(letter, world, played)
    with played("2026-12-04T09:00"), pytest.raises(Refused) as refused:
        service.publish(
            letter, title="公开标题", text="公开", answer="公开", actor=world.actor("utilities"), now=clock.now()
        )
    assert (refused.value.code, refused.value.basis) == ("forbidden", "信访工作条例 第三十条")


def test_nobody_enters_a_letter_about_the_own_unit_for_somebody_else(app, world, played):
    """Whoever enters it would print, and so hold, the query code."""
    with played(WROTE):
        letters.mailboxes(clock.now())
        client = world.sign_in(app.test_client(), "officer")
        form = letters.FORM | {"mailbox": "mayor", "channel": "window", "about": str(world.department["housing"])}
        refused = client.submit("/desk/enter", form)
        assert refused.status_code == 422
        assert letters.FORM["title"] in refused.text
        done = client.submit("/desk/enter", form | {"about": str(world.department["town"])})
        assert done.status_code == 303
    assert db.session.query(Letter).one().about_department_id == world.department["town"]


def test_a_mailbox_never_has_the_government_office_as_deputy(app, world, played):
    """Letters about the office would go to the office."""
    with played(WROTE), pytest.raises(Refused) as refused:
        service.create_mailbox(
            slug="housing", prefix="ZJ", name="住建局信箱", owner_department_id=world.department["housing"],
            deputy_department_id=world.department["office"], actor=SYSTEM, now=clock.now(),
        )  # fmt: skip
    assert refused.value.code == "invalid"
