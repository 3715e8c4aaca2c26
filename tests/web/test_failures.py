"""An error of ours: a page with the person's text, and a log that names nobody."""

import logging
from pathlib import Path

import pytest
from flask import Flask

from participation.extensions import db
from tests.conftest import make_app

TEXT = "我家住在丝绸路十八号，电话是 13812345678。"


@pytest.fixture
def broken(tmp_path: Path):
    """As in production: errors become pages. The table of letters is gone."""
    app = make_app(tmp_path)
    app.testing = False
    with app.app_context():
        db.drop_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_page_keeps_the_text_and_the_log_holds_none_of_it(broken: Flask, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR):
        answer = broken.test_client().submit(
            "/sign-in", {"login": "13812345678", "password": "a long password", "text": TEXT}
        )
    assert answer.status_code == 500
    assert "我们这边出了错" in answer.text
    assert TEXT in answer.text
    assert "request_failed error=" in caplog.text
    assert "at=participation/" in caplog.text
    for personal in (TEXT, "13812345678", "Traceback"):
        assert personal not in caplog.text


def test_a_page_that_fails_itself_is_a_plain_sentence(broken: Flask, caplog: pytest.LogCaptureFixture):
    @broken.context_processor
    def away() -> dict[str, object]:
        raise RuntimeError(TEXT)

    with caplog.at_level(logging.ERROR):
        answer = broken.test_client().get("/letters")
    assert (answer.status_code, answer.mimetype) == (500, "text/plain")
    assert "请稍后再试" in answer.text
    assert TEXT not in caplog.text
