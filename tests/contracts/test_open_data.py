"""No personal data and nothing restricted leaves by the interface, a feed, a table or a file: a canary in
every personal column of every row, in what is restricted, hidden or not public, and a walk over all of it."""

import re

import pytest
from sqlalchemy import Date, String, select, text
from sqlalchemy.exc import IntegrityError

from participation import clock
from participation.api.filing import shelf, writing
from participation.consultations.models import Comment, Consultation
from participation.evidence import registry
from participation.extensions import db
from participation.mailbox.models import Letter
from participation.web.guards import capability_of
from tests import district
from tests.api.life import lived_in
from tests.browse import addresses
from tests.consultations.periods import commented
from tests.reading import said

CANARY = "金丝雀"
A_DAY = "2098-07-06"
PAPER = {"title", "index_number", "doc_number", "signed_on", "issuer"}
OURS = {
    "letter": {"public_title", "public_text", "public_answer", "public_earlier"},
    "decision_paper": PAPER,
}
"""Personal columns that hold the published copy itself, in which two people covered what is personal; what a
paper is called, which everybody may know once it is published."""
BESIDE = {
    "decision_step": ("note",), "letter_event": ("reason", "basis"), "duty": ("cancelled_reason",),
    "duty_redating": ("reason",),
}  # fmt: skip
"""Columns that no evidence calls personal; what staff write there is for the file."""


@pytest.fixture
def planted(world, played):
    import shutil

    shutil.rmtree(shelf.root(), ignore_errors=True)
    place = lived_in(world)
    _more_that_is_not_public(place)
    found = plant()
    _papers_that_are_not_public()
    with played(district.NOW):
        while not writing.write(now=clock.now(), seconds=60):
            pass
        yield place, found
    shutil.rmtree(shelf.root(), ignore_errors=True)


def _more_that_is_not_public(place) -> None:
    """A comment that was reviewed and may not be shown, and one that was hidden."""
    consultation = db.session.get(Consultation, place.consultation)
    for consent in (True, False):
        commented(consultation, text=f"{CANARY}的意见", author_name="某", consent_public=consent)
    db.session.commit()
    new = {"text": f"{CANARY}%"}
    for what in ("reviewed_at = received_at", "hidden_at = received_at, hidden_ground = 'insult'"):
        db.session.execute(text(f"UPDATE comment SET {what} WHERE text LIKE :text AND consent_public"), new)
    db.session.commit()


def _papers_that_are_not_public() -> None:
    """What they are called, where the paper is not public or was never published."""
    db.session.remove()
    for column in PAPER:
        value = A_DAY if column == "signed_on" else CANARY
        hidden = f"UPDATE decision_paper SET {column} = :value WHERE attribute = 'not_public' OR published_at IS NULL"
        assert db.session.execute(text(hidden), {"value": value}).rowcount > 3
    db.session.commit()


def plant() -> int:
    """Writes a canary into every personal column of every row. Returns how many columns."""
    planted = 0
    wanted = {kind.model.__table__: set(kind.personal) - OURS.get(kind.model.__tablename__, set()) for kind in kinds()}
    for name, columns in BESIDE.items():
        wanted.setdefault(db.metadata.tables[name], set()).update(columns)
    db.session.remove()
    for table, names in wanted.items():
        for column in (each for each in table.columns if each.key in names or each.name in names):
            planted += _plant(table, column)
    return planted


def kinds():
    return list(registry._by_model.values())


def _plant(table, column) -> bool:
    if isinstance(column.type, Date):
        value = f"'{A_DAY}'"
    elif isinstance(column.type, String):
        value = f"'{CANARY}{table.name}.{column.name}'"[: (column.type.length or 999) - 8].rstrip("'") + "'"
        if column.unique or any(column.name in index.columns for index in table.indexes if index.unique):
            value += " || id"
    else:
        return False  # a number, a moment or a list says nothing by itself
    # What may stand only beside something else is written where there is something already.
    for where in (f"{column.name} IS NOT NULL", f"{column.name} <> ''"):
        try:
            db.session.execute(text(f"UPDATE {table.name} SET {column.name} = {value} WHERE {where}"))
            db.session.commit()
            return True
        except IntegrityError:
            db.session.rollback()
    return False


def data_addresses(app, client) -> dict[str, str]:
    """Every address below which something else than a page is to be had, with what it says."""
    found: dict[str, str] = {}
    waiting = [
        path
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and capability_of(app, rule.endpoint) is not None
        if "." in rule.rule or rule.rule.startswith(("/api/", "/data/", "/transparency", "/evidence"))
        for number in range(1, 7)
        for path in addresses(app, rule, number)
    ]
    waiting += [f"/data/latest/{file.name}" for file in shelf.newest().files]
    waiting += [f"/api/v1/{path}" for path in ("calendar/2026-10-01", "catalogues/2026")]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        answer = client.get(path, buffered=True)
        if answer.status_code == 200 and answer.mimetype != "text/html":
            found[path] = said(answer.data)
            if answer.mimetype == "application/json" and isinstance(answer.json, dict) and answer.json.get("next"):
                waiting.append(answer.json["next"].removeprefix("http://localhost"))
    return found


def test_no_canary_is_in_any_data(app, client, planted):
    place, columns = planted
    assert columns > 60
    hidden = db.session.get(Letter, place.hidden_letter).number
    about = db.session.scalars(select(Letter.number).where(Letter.about_department_id.is_not(None))).all()
    assert hidden in about
    found = data_addresses(app, client)
    told = {
        path: word
        for path, text_ in found.items()
        for word in (CANARY, A_DAY, district.HIDDEN, *about)
        if word in text_ and not path.startswith("/demo/")
    }
    assert told == {}
    walked = " ".join(found)
    for part in ("/api/v1/letters/1", "/letters.atom", "/consultations.ics", "/consultations/1.csv", "/board.csv",
                 "/data/latest/letters.jsonl", "/data/latest/opinions.csv", "/api/v1/duties/1",
                 "/api/v1/papers/5", "/data/latest/papers.csv", "/api/v1/decisions/3"):  # fmt: skip
        assert part in walked, part


def test_the_walk_finds_what_is_published(app, client, planted):
    """Otherwise the walk above would prove nothing."""
    db.session.execute(text(f"UPDATE letter SET public_text = '{CANARY}' WHERE published_at IS NOT NULL"))
    db.session.commit()
    told = {path for path, words in data_addresses(app, client).items() if CANARY in words}
    assert told == {"/api/v1/letters", "/api/v1/letters/1", "/letters.atom"}


def test_every_personal_column_is_known(app, world):
    """A table with a person in it that evidence does not know would not be planted."""
    known = {kind.model.__tablename__ for kind in kinds()}
    names = re.compile(r"author_name|contact_address|phone|email|person_name")
    unknown = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if names.search(column.name) and table.name not in known and isinstance(column.type, String)
    }
    assert unknown <= {"letter_draft.author_name", "letter_draft.contact_address"} | {
        name for name in unknown if "_draft." in name
    }
    assert Comment.__tablename__ in known
