"""The catalogue and the chain for everybody, and the desk where they are kept."""

from flask import Flask

from participation.decisions import texts
from participation.decisions.views import (
    batches,
    catalogue,
    chain,
    desk,
    exports,
    importing,
    items,
    public,
    removals,
    rulebook,
    versions,
)
from participation.decisions.views.blueprint import bp
from participation.decisions.views.subjects import register

__all__ = ["batches", "chain", "desk", "importing", "items", "public", "removals", "rulebook"]
__all__ += ["catalogue", "exports", "versions"]

blueprints = (bp,)


def init_app(_app: Flask) -> None:
    register()
    texts.register()
