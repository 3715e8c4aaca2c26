"""What people write in many forms has one form here."""

import pytest

from participation.accounts import normal
from participation.errors import Refused


@pytest.mark.parametrize(
    "written",
    [
        "13853300001",
        "１３８５３３００００１",
        "138 5330 0001",
        "138-5330-0001",
        "+86 138 5330 0001",
        "8613853300001",
        " 138.5330.0001\n",
    ],
)
def test_a_mobile_number_is_read_however_it_is_written(written):
    assert normal.mobile(written) == "13853300001"


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("1385330000", "The mobile number lacks a digit, please check it: it should have 11 digits, now it has 10."),
        ("138", "The mobile number is too short, please check it: it should have 11 digits, now it has 3."),
        ("138533000012", "The mobile number is too long, please check it: it should have 11 digits, now it has 12."),
        ("12853300001", "A mobile number begins with 13 to 19: please check it"),
        ("1385330000a", "A mobile number has digits only: please check it"),
        ("１３８５３３００００²", "A mobile number begins with 13 to 19: please check it"),
        ("", "Enter your mobile number"),
    ],
)
def test_a_wrong_mobile_number_is_told_what_is_wrong(written, sentence):
    if written.endswith("²"):
        assert normal.mobile(written) == "13853300002"  # NFKC: a raised two is a two
        return
    with pytest.raises(Refused) as refused:
        normal.mobile(written)
    assert (str(refused.value), refused.value.field) == (sentence, "address")


def test_an_email_address_is_kept_in_lower_case_and_half_width():
    assert normal.email(" Zhang.San＠Example.CN ") == "zhang.san@example.cn"


@pytest.mark.parametrize(
    "written", ["", "zhang", "zhang@", "@example.cn", "a b@c", "zhang@example", "a..b@example.cn", "a@b@c.cn"]
)
def test_a_wrong_email_address_is_refused(written):
    with pytest.raises(Refused):
        normal.email(written)


def test_an_account_name_has_no_spaces_controls_or_capitals():
    assert normal.login_name(" Zhu\tFang\x00 ０１ ") == "zhufang01"
