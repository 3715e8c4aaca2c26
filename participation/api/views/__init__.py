"""The addresses of the open data: /api/v1 for programs, /api and /data for people."""

from flask import Flask

from participation.api import answers, problems
from participation.api.views import data, files, reference
from participation.web import open_data

blueprints = (data.bp, reference.bp)


def init_app(app: Flask) -> None:
    """Errors below /api/ are told as data, and every page of the web may read the answers."""
    open_data.init_app(app)
    open_data.tell_errors(problems.told)
    app.after_request(answers.open_to_all)


__all__ = ["blueprints", "data", "files", "init_app", "reference"]
