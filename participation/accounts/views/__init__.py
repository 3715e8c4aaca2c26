"""Signing in, verified contacts, own matters, and the pages on people and posts."""

from flask import Flask

from participation.accounts import contacts as verified
from participation.accounts import identity
from participation.accounts.views import (
    citizens,
    contacts,
    delegations,
    departments,
    password,
    persons,
    posts,
    sign_in,
)
from participation.accounts.views.blueprint import bp
from participation.notices.service import register_address_book

blueprints = (bp,)
pages = (sign_in, contacts, citizens, password, departments, posts, persons, delegations)


def init_app(app: Flask) -> None:
    identity.init_app(app)
    register_address_book(verified.addresses_of)
