"""Signing in, verified contacts, own matters, and the administrator's pages."""

from flask import Flask

from participation.accounts import identity
from participation.accounts.views import sign_in
from participation.accounts.views.blueprint import bp

blueprints = (bp,)
pages = (sign_in,)


def init_app(app: Flask) -> None:
    identity.init_app(app)
