"""Numbers, contacts and what text may hold."""

from datetime import date

import pytest

from participation.errors import Refused
from participation.mailbox.rules import ContactAddress, letter_number, read_contact, read_number, unprintable


def test_a_number_names_mailbox_day_and_place_in_the_day():
    assert letter_number("XX", date(2026, 11, 23), 17) == "XX-2026-1123-017"
    assert letter_number("XX", date(2026, 1, 5), 1234) == "XX-2026-0105-1234"


@pytest.mark.parametrize(
    "written",
    [
        "XX-2026-1123-017",
        " xx-2026-1123-017 ",
        "ＸＸ－２０２６－１１２３－０１７",
        "XX—2026—1123—017",
        "XX - 2026 - 1123 - 017",
    ],
)
def test_a_number_is_read_however_it_is_typed(written):
    assert read_number(written) == "XX-2026-1123-017"


@pytest.mark.parametrize(
    "written", ["", "XX", "9223372036854775808", "XX-2026-1123-017'; --", "\x00", "٣" * 20, "X" * 10000]
)
def test_what_is_no_number_reads_as_none(written):
    assert read_number(written) == ""


@pytest.mark.parametrize(
    ("written", "channel", "address"),
    [
        ("１３８ ００００ １２３４", "sms", "13800001234"),
        ("+86 138-0000-1234", "sms", "13800001234"),
        ("Chen@Example.CN", "email", "chen@example.cn"),
    ],
)
def test_a_contact_is_a_mobile_number_or_an_address(written, channel, address):
    assert read_contact(written) == ContactAddress(channel, address)


@pytest.mark.parametrize("written", ["", "1380000123", "138000012345", "02012345678", "name@", "abc"])
def test_a_wrong_contact_says_so_at_its_field(written):
    with pytest.raises(Refused) as refused:
        read_contact(written)
    assert (refused.value.code, refused.value.field) == ("invalid", "contact")


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "\x1b[2J", "\u202egnp", "\uffff", "\ufdd0", chr(0xFFFD), "\x7f"])
def test_control_characters_and_halves_of_characters_are_not_text(text):
    assert unprintable(text)


@pytest.mark.parametrize("text", ["两行\n文字\t好", "\U0002ebf0", "👵🏻", "é", "﷽"])
def test_every_character_people_write_is_text(text):
    assert not unprintable(text)
