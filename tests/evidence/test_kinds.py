"""What enters evidence as it is, and what only as a salted commitment: every registered table.

A digest of personal data without a salt could be found again by whoever guesses them, and would outlive
their erasure (个人信息保护法 art. 47)."""

import re

from sqlalchemy import Numeric, inspect

from participation.evidence import registry

ABOUT_PEOPLE = re.compile(
    r"(^|_)(names?|phone|mobile|e?mail|address|contact|login|password|secret|identity|author|writer|sex|age|"
    r"birth|id_card|people|participants|signer|remark)(_|$)"
)
"""What a column about a person is usually called."""

BY_CITIZENS = re.compile(
    r"(^|_)(title|text|place|reason|basis|plan|words|html|body|opinion|question|answer|demand|note|summary)(_|$)"
)
FROM_CITIZENS = {
    "answer", "comment", "letter", "letter_event", "letter_extension", "letter_joint", "letter_legal",
    "letter_promise", "letter_question", "letter_rating", "letter_reopening", "letter_sample_item",
    "letter_supervision", "proposal", "public_copy",
}  # fmt: skip
"""Tables about one matter of a citizen: every text in them may name somebody."""

OFFICES = {
    "contact_fetch.people": "how many people",
    "contact_list.people": "how many people",
    "decision_start.contact": "a telephone of the unit",
    "department.name": "an office",
    "department.name_en": "an office",
    "department.short_name": "an office",
    "head_holder.name": "an office",
    "head_holder.name_en": "an office",
    "mailbox.name": "a mailbox",
    "mailbox.name_en": "a mailbox",
}
"""Columns that only look personal, each with what it holds."""


def test_what_is_about_people_enters_only_as_a_commitment(app):
    bare = [f"{kind.name}.{column}" for kind in registry.kinds() for column in kind.columns]
    suspect = {name for name in bare if ABOUT_PEOPLE.search(_telling(name)) and name not in OFFICES}
    assert suspect == set()


def test_what_citizens_wrote_enters_only_as_a_commitment(app):
    assert {kind.name for kind in registry.kinds()} >= FROM_CITIZENS
    bare = [
        f"{kind.name}.{column}" for kind in registry.kinds() if kind.name in FROM_CITIZENS for column in kind.columns
    ]
    assert {name for name in bare if BY_CITIZENS.search(_telling(name))} == set()


def test_no_registered_column_has_a_type_without_canonical_form(app):
    broken = [
        f"{kind.name}.{column}"
        for kind in registry.kinds()
        for column in (*kind.columns, *kind.personal)
        if isinstance(inspect(kind.model).column_attrs[column].columns[0].type, Numeric)
    ]
    assert broken == []


def test_tables_that_carry_their_content_have_nothing_personal(app):
    assert {kind.name: kind.personal for kind in registry.kinds() if kind.content and kind.personal} == {}


def _telling(name: str) -> str:
    """Without what makes a number, a time or a switch of it: `answer_id`, `phone_verified_at`."""
    column = name.partition(".")[2]
    return "" if re.search(r"_(id|at|on|by|count|version)$", column) else column
