"""E-mail addresses, WeChat and QQ, number plates, house numbers."""

import re
from collections.abc import Iterator

from participation.errors import N_
from participation.redaction.folded import DIGIT
from participation.redaction.numbers import Found

_AT = r"(?:\s*@\s*|\s*[(\[（【<{]\s*(?:at|AT|@)\s*[)\]）】>}]\s*|\s+(?:at|AT)\s+|\s*艾特\s*|\s*#\s*at\s*#\s*)"
_DOT = r"(?:\s*[.。．]\s*|\s*[(\[（【]\s*(?:dot|点|\.)\s*[)\]）】]\s*|\s+dot\s+|\s*点\s*)"
_EMAIL = re.compile(
    rf"[A-Za-z0-9](?:[A-Za-z0-9._%+-]|{_DOT}(?=[A-Za-z0-9])){{0,63}}{_AT}[A-Za-z0-9-]{{1,60}}(?:{_DOT}[A-Za-z0-9-]{{2,30}}){{0,3}}",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?:微\s*信|薇\s*信|威\s*信|V\s*信|WeChat|wx|vx|Q\s*Q|扣\s*扣|企鹅|抖音|支付宝)(?:\s*(?:号码|号|账号|帐号|同号|是|为|:|：|=|也是|加|id))*\s*"
    r"([A-Za-z][A-Za-z0-9_-]{4,19}|(?:[0-9]\s?){5,12}|[A-Za-z0-9_-]{5,20})",
    re.IGNORECASE,
)
_SIGN = r"[A-HJ-NP-Za-hj-np-z0-9零〇一二三四五六七八九]"
_PLATE = re.compile(
    rf"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s*[-·.•]?\s*[A-HJ-NP-Za-hj-np-z](?:\s?[·.•‧・\-_]?\s?{_SIGN}){{4,6}}(?:\s?[挂学警港澳试超])?"
)
_N = rf"(?:(?:[A-Za-z]\s?)?(?:{DIGIT}|[十百]){{1,5}}|[A-Za-z]|[甲乙丙丁东西南北](?=[栋幢座单户]))"
_HOUSE = rf"{_N}\s*(?:号\s*楼|號\s*樓|#\s*楼|#|栋|幢|座|号\s*院)"
_UNIT = rf"{_N}\s*(?:单\s*元|單\s*元|门)"
_ROOM = rf"(?:{_N}\s*(?:层|楼)\s*)?(?:{_N}\s*(?:室|户|房)|{DIGIT}{{3,4}}(?:\s*号(?!楼|院))?)"
_JOIN = r"[\s,，、-]{0,3}"
_ADDRESS = re.compile(
    rf"{_HOUSE}(?:{_JOIN}{_UNIT})?(?:{_JOIN}{_ROOM})?"
    rf"|{_UNIT}(?:{_JOIN}{_ROOM})?"
    rf"|{_N}\s*室"
    rf"|(?<![\d-])\d{{1,3}}\s*[-#]\s*\d{{1,2}}\s*[-#]\s*\d{{3,4}}(?![\d-])"
)
_STREET = re.compile(
    rf"(?<=[路街巷弄村庄道组里镇同园区院])\s*((?:{_N}|{DIGIT}+\s*[-之]\s*{DIGIT}+)\s*号)(?!线|文|令|院|楼|公告|通知|车|门诊|机|码)"
    rf"(?:{_JOIN}{_ROOM})?"
)


def accounts(signs: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(signs):
        yield *match.span(), "email", N_("It looks like an e-mail address")
    for match in _ACCOUNT.finditer(signs):
        yield *match.span(1), "account", N_("It follows the word WeChat, QQ or the like")


def plates(signs: str) -> Iterator[Found]:
    for match in _PLATE.finditer(signs):
        if sum(sign.isalnum() for sign in match.group()) >= 7 and re.search(DIGIT, match.group()):
            yield *match.span(), "plate", N_("It looks like a number plate")


def addresses(signs: str) -> Iterator[Found]:
    """The precise part only: the name of the estate, village or street stays."""
    for match in _ADDRESS.finditer(signs):
        yield *match.span(), "address", N_("House, entrance or flat")
    for match in _STREET.finditer(signs):
        yield match.start(1), match.end(), "address", N_("A house number of a street or village")
