"""When: days, periods and hours that an answer names. Vague words (尽快, 近期, 早日) are none. Pure."""

import re

N = r"[0-9〇零一二两三四五六七八九十百]"
DAY = re.compile(
    rf"{N}{{1,6}}月(?:{N}{{1,6}}[日号]|底|末|初|中旬|上旬|下旬|份)?(?!个)"
    rf"|{N}{{1,3}}[日号](?!楼|院|线|窗|门|路|单元|公告)"
    r"|当[天日晚]|今[天日晚]|昨[天日]|明[天日年]|后天|今年|去年|次日|本周|下周|本月|下月|上月|月底|年底|年前|年内|春节|国庆|寒假|暑假"
    r"|(?:每|本|下|上)?(?:周|星期)[一二三四五六日天]|每[天日周月年晚]|全天|随时|半小时"
)
PERIOD = re.compile(rf"{N}{{1,6}}(?:个)?(?:工作日|小时|分钟|天|周|星期|月|年)(?:以?内|之内)?|{N}{{1,6}}[:点]{N}{{0,4}}")


def names_day(clause: str) -> bool:
    """Whether the clause says when, by a day or a period."""
    return bool(DAY.search(clause) or PERIOD.search(clause))
