"""Every verb on accounts, one file per noun."""

from participation.accounts.service.departments import abolish_department, change_department, create_department
from participation.accounts.service.people import (
    change_password,
    create_person,
    disable,
    enable,
    register_citizen,
    reset_password,
    set_password,
)
from participation.accounts.service.posts import appoint, create_post, delegate, end_holding, withdraw
from participation.accounts.service.sessions import SignIn, begin_sign_in, finish_sign_in, sign_out

__all__ = [
    "SignIn",
    "abolish_department",
    "appoint",
    "begin_sign_in",
    "change_department",
    "change_password",
    "create_department",
    "create_person",
    "create_post",
    "delegate",
    "disable",
    "enable",
    "end_holding",
    "finish_sign_in",
    "register_citizen",
    "reset_password",
    "set_password",
    "sign_out",
    "withdraw",
]
