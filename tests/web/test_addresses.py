"""A number in an address has one spelling, and no number breaks a page."""

import pytest

PATHS = (
    "/letters/{}",
    "/consultations/{}",
    "/decisions/{}",
    "/decisions/adjustments/{}",
    "/evidence/{}",
    "/transparency/{}",
    "/mailbox/confirm/{}",
    "/mailbox/receipt/{}",
)


@pytest.mark.parametrize(
    "number", ["１", "１２", "1２", "١", "१", "²", "2147483648", "9" * 30, "-1", "+1", "1.0", "%31%00"]
)
def test_no_other_spelling_of_a_number_is_a_page(client, world, number):
    for path in PATHS:
        assert client.get(path.format(number)).status_code == 404, path


def test_every_number_of_a_route_is_checked_like_that(app):
    from participation.web.addresses import RowInteger

    for rule in app.url_map.iter_rules():
        for name, converter in rule._converters.items():
            if "Integer" in type(converter).__name__:
                assert isinstance(converter, RowInteger), (rule, name)
