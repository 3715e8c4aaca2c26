"""One byte string for the same facts, for ever."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.evidence import canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-canonical.LARGEST, canonical.LARGEST) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)


def test_keys_are_sorted_and_nothing_is_escaped_without_need():
    value = {"主题": "信箱", "a": [1, None, True], "B": {"z": '\n\u001f"', "y": "/"}}
    assert canonical.text(value) == '{"B":{"y":"/","z":"\\n\\u001f\\""},"a":[1,null,true],"主题":"信箱"}'


def test_keys_sort_by_utf_16_code_units():
    # RFC 8785 section 3.2.3: the emoji's surrogates come before U+FB33.
    assert canonical.text({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'


def test_instants_and_dates_have_one_form():
    shanghai = timezone(timedelta(hours=8))
    instant, old = datetime(2026, 11, 23, 10, 26, 41, 7, tzinfo=shanghai), datetime(933, 1, 1, tzinfo=UTC)
    value = [instant, date(2026, 11, 30), old]
    assert canonical.text(value) == '["2026-11-23T02:26:41.000007Z","2026-11-30","0933-01-01T00:00:00.000000Z"]'


def test_a_leaf_digests_with_its_prefix():
    assert canonical.leaf_digest("").hex() == ("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")


@pytest.mark.parametrize(
    "value",
    [0.5, {1: 2}, {"a": {1, 2}}, 2**53, datetime(2026, 1, 1), object(), "\ud800", {"\ud800": 1}],
)
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(canonical.NotCanonical):
        canonical.text(value)


@pytest.mark.parametrize(
    "written", ['{"b":1,"a":2}', '{"a": 1}', '{"a":1.0}', "[]", "", "{", '{"a":1,"a":1}', "[" * 9999]
)
def test_another_writing_of_the_same_is_not_canonical(written):
    with pytest.raises(canonical.NotCanonical):
        canonical.parse(written)


@given(VALUES)
def test_what_is_written_reads_back_the_same(value):
    assert json.loads(canonical.text(value)) == value
    assert canonical.parse(canonical.text({"v": value})) == {"v": value}


def test_a_commitment_depends_on_salt_column_and_value():
    salt, other = b"1" * 32, b"2" * 32
    made = {
        canonical.commitment(*parts)
        for parts in ((salt, "a", "x"), (other, "a", "x"), (salt, "b", "x"), (salt, "a", "y"))
    }
    assert len(made) == 4
