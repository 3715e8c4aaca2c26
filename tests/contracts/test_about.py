"""The pages that explain the platform: in both languages, each sentence translated."""

import pytest

from tests.browse import words

PAGES = ("decisions", "accessibility", "privacy")


@pytest.mark.parametrize("slug", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_of_explanation(client, world, slug, language):
    page = client.get(f"/about/{slug}?lang={language}")
    assert page.status_code == 200
    assert len(words(page.text)) > 300


def test_an_unknown_page_is_not_found(client, world):
    assert client.get("/about/secrets").status_code == 404


def test_every_file_on_the_data_page_can_be_downloaded(client, world):
    assert client.get("/about/data").headers["Location"] == "/data"
    page = client.get("/data").text
    assert 'href="/board.csv"' in page
    assert 'href="/decisions/catalogue.csv"' in page
    assert client.get("/board.csv").status_code == 200
