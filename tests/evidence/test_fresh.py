"""What is recorded of a row just written is what is read back of it later, on both databases."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import JSON, Date, Enum, Float, String, Text, func

from participation.evidence import fresh, registry
from participation.extensions import Instant, db
from tests import district


@pytest.fixture
def compared(monkeypatch):
    """Every row that is not read back is read back all the same. The value counts them by kind."""
    seen: dict[str, int] = {}
    records = registry.records

    def watch(kind, ids, *, known, new):
        for row in registry.read_rows(kind, list(known)):
            held = known[row.row_id]
            for name in (*kind.columns, *kind.personal):
                one, other = getattr(held, f"c_{name}"), getattr(row, f"c_{name}")
                assert (type(one), one) == (type(other), other), f"{kind.name}.{name}"
            seen[kind.name] = seen.get(kind.name, 0) + 1
        return records(kind, ids, known=known, new=new)

    monkeypatch.setattr(registry, "records", watch)
    return seen


def test_what_a_transaction_inserted_need_not_be_read(app, compared, world):
    with app.app_context():
        district.settle(world)
    assert {"letter", "letter_event", "duty", "duty_holding", "comment", "consultation", "clause"} <= set(compared)


def test_only_what_surely_comes_back_as_it_is(world):
    text = fresh._way(String(4))
    assert text("四个汉字") == "四个汉字"
    for value in ("四个字  ", _Word("字")):
        with pytest.raises(fresh.Uncertain):
            text(value)
    assert fresh._way(Text())("长" * 10_000)
    here = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=8)))
    assert fresh._way(Instant())(here).tzinfo is UTC
    assert fresh._way(JSON())({"b": (1, 2), "a": None}) == {"b": [1, 2], "a": None}
    for column, value in ((Date(), here), (Enum("a", "b"), "a"), (Float(), 1.0)):
        with pytest.raises(fresh.Uncertain):
            fresh._way(column)(value)
    assert fresh._way(Date())(date(2026, 11, 23)) == date(2026, 11, 23)


def test_what_the_database_computes_is_read(app, world, compared):
    with app.app_context():
        from participation.accounts.models import Department

        row = Department(name=func.lower("ABC"), name_en="", short_name="abc", code="D99", kind="department")
        db.session.add(row)
        db.session.flush()
        kind = registry.kind_of(row)
        assert kind is not None
        assert fresh.stored(kind, row) is None or "name" not in kind.columns
        db.session.rollback()


def test_a_salt_that_is_there_stays(app, world):
    with app.app_context():
        first = registry.new_salts(["letter:1", "letter:2"])
        assert set(first) == {"letter:1", "letter:2"}
        assert set(registry.new_salts(["letter:2", "letter:3"])) == {"letter:3"}
        db.session.rollback()


class _Word(str):
    __slots__ = ()
