"""A real server and a real Chromium. The server's clock stands at the district's present."""

import shutil
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from participation import clock
from participation.extensions import db
from tests import district
from tests.world import World

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
ARGUMENTS = (
    "--no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()


class Quiet(WSGIRequestHandler):
    def log(self, *_arguments: object) -> None:
        """Tests read the answers, not the log."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "Chromium is missing: install the package chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def settled(world: World) -> district.District:
    place = district.settle(world)
    db.session.remove()
    return place


@pytest.fixture
def site(app: Flask, settled: district.District) -> Iterator[str]:
    """The address of the site, served while the clock stands at `district.NOW`."""

    def played(environ, start_response):  # type: ignore[no-untyped-def]
        with clock.played(district.at(district.NOW)):
            return app(environ, start_response)

    server = make_server("127.0.0.1", 0, played, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[object]:
    """`visit()` is a new visitor's page; what Chromium complains about fails the test at its end."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def visitor(*, viewport: dict[str, int] = DESK, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=site, viewport=viewport, java_script_enabled=scripts, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield visitor
    for context in contexts:
        context.close()
    assert [text for text in complaints if "status of 4" not in text] == []
