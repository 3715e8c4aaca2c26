"""Every verb on accounts, one file per noun."""

from participation.accounts.service.codes import confirm_code, request_code
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
from participation.accounts.service.posts import (
    appoint,
    create_post,
    delegate,
    end_holding,
    headed_by,
    may_delegate,
    withdraw,
)
from participation.accounts.service.sessions import (
    SignIn,
    begin_check,
    begin_sign_in,
    finish_check,
    finish_sign_in,
    open_session,
    sign_out,
)

__all__ = [
    "SignIn",
    "abolish_department",
    "appoint",
    "begin_check",
    "begin_sign_in",
    "change_department",
    "change_password",
    "confirm_code",
    "create_department",
    "create_person",
    "create_post",
    "delegate",
    "disable",
    "enable",
    "end_holding",
    "finish_check",
    "finish_sign_in",
    "headed_by",
    "may_delegate",
    "open_session",
    "register_citizen",
    "request_code",
    "reset_password",
    "set_password",
    "sign_out",
    "withdraw",
]
