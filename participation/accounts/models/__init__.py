"""The tables of accounts, one file per noun."""

from participation.accounts.models.allowance import Allowance
from participation.accounts.models.people import DEPARTMENT_KINDS, Department, Person
from participation.accounts.models.posts import Post, PostHolding
from participation.accounts.models.sessions import Attempt, SignInSession, VerificationCode

__all__ = [
    "DEPARTMENT_KINDS",
    "Allowance",
    "Attempt",
    "Department",
    "Person",
    "Post",
    "PostHolding",
    "SignInSession",
    "VerificationCode",
]
