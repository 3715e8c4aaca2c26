"""The blueprint of accounts, which its views hang themselves on."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
