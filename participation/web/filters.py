"""How days, instants, numbers and names are written, in the reader's language."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, has_request_context, request, url_for
from flask_babel import gettext as _
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from participation import clock
from participation.access import Capability
from participation.web import navigation
from participation.web.forms import first
from participation.web.guards import current_actor
from participation.web.locale import is_chinese
from participation.web.textblocks import legal_text

_YEAR = "participation.year"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_NUMERALS = ("", *"一二三四五六七八九")
_DAYS_EN = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


_FESTIVALS = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Qingming Festival",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}


def _date(value: date | datetime) -> date:
    return clock.local_date(value) if isinstance(value, datetime) else value


def day(value: date | datetime | None) -> str:
    """11月30日, with the year where it is not this one; 30 November."""
    if value is None:
        return ""
    value = _date(value)
    other_year = value.year != _this_year()
    if is_chinese():
        return f"{value.year}年{value.month}月{value.day}日" if other_year else f"{value.month}月{value.day}日"
    text = f"{value.day}\u00a0{_MONTHS[value.month - 1]}"
    return f"{text} {value.year}" if other_year else text


def _this_year() -> int:
    """Read once a request: a page writes a hundred dates."""
    if not has_request_context():
        return clock.local_date(clock.now()).year
    known: int | None = request.environ.get(_YEAR)
    if known is None:
        known = request.environ[_YEAR] = clock.local_date(clock.now()).year
    return known


def full_day(value: date | datetime | None) -> str:
    """Always with the year: 2026年11月30日."""
    if value is None:
        return ""
    value = _date(value)
    if is_chinese():
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day}\u00a0{_MONTHS[value.month - 1]} {value.year}"


def weekday(value: date | datetime) -> str:
    return (_DAYS_ZH if is_chinese() else _DAYS_EN)[_date(value).weekday()]


def day_week(value: date | datetime) -> str:
    """11月30日（周一）; Mon 30 November."""
    return f"{day(value)}（{weekday(value)}）" if is_chinese() else f"{weekday(value)} {day(value)}"


def month_name(value: date) -> str:
    return f"{value.month}月" if is_chinese() else _MONTHS[value.month - 1]


def clock_time(value: datetime) -> str:
    return clock.local(value).strftime("%H:%M")


def moment(value: datetime | None) -> str:
    """11月19日 15:08."""
    return "" if value is None else f"{day(value)} {clock_time(value)}"


def exact(value: datetime) -> str:
    """2026年11月23日 10:26:41, with the time zone's name where it is shown alone."""
    return f"{full_day(value)} {clock.local(value):%H:%M:%S}"


def mask_name(name: str) -> str:
    """朱**: the family name and nothing else, counted in characters as people count them."""
    name = name.strip()
    return name[:1] + "**" if name else ""


def paragraphs(text: str | None) -> Markup:
    """Plain text as paragraphs, escaped."""
    parts = [part.strip() for part in (text or "").replace("\r\n", "\n").split("\n") if part.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts)


def number(value: int) -> str:
    return f"{value:,}"


def festival(names: str, short: bool = False) -> str:
    """The festivals of a run of rest days; English where the notice's name is a known one. `short`
    fits a cell of the day strip."""
    if is_chinese():
        return names
    if short:
        return _("Hol.")
    return ", ".join(_FESTIVALS.get(name, name) for name in names.split("、"))


def gap() -> str:
    """What stands between two sentences: nothing in Chinese."""
    return "" if is_chinese() else " "


def numeral(value: int) -> str:
    """The number of a step: 三; 3."""
    if not is_chinese() or not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十") + _NUMERALS[ones]


def link(endpoint: str, **values: Any) -> str:
    """`url_for`, under the name that the layouts use. A path of this site is the same at every request, and a
    page has fifty of them: each is put together once."""
    if not has_request_context() or endpoint.startswith(".") or "_external" in values:
        return url_for(endpoint, **values)
    try:
        return _path(request.script_root, endpoint, **values)
    except TypeError:
        # A value with many parts, as of a filter with several boxes, has no place in the memory.
        return url_for(endpoint, **values)


@lru_cache(maxsize=4096, typed=True)
def _path(_root: str, endpoint: str, /, **values: Any) -> str:
    return url_for(endpoint, **values)


def here(**changes: str) -> str:
    """This address with a language or size of type changed; nothing else of the query is lost.
    Relative, so that no address a visitor made up becomes a link to another host."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key not in changes]
    return f"?{urlencode([*kept, *changes.items()])}"


def init_app(app: Flask) -> None:
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    for function in (
        day,
        full_day,
        weekday,
        day_week,
        month_name,
        moment,
        exact,
        mask_name,
        paragraphs,
        legal_text,
        number,
        numeral,
        festival,
    ):
        env.filters[function.__name__] = function
    env.filters["clock"] = clock_time
    env.filters["local_date"] = clock.local_date
    env.filters["e_lines"] = lambda text: Markup("<br>").join(escape(line) for line in text.split("\n"))
    env.globals |= {
        "link": link,
        "url_for": link,
        "here": here,
        "gap": gap,
        "first_error": lambda field: first(field.errors),
    }
    env.globals |= {"Capability": Capability, "escape": escape, "N_": lambda text: text}

    @app.context_processor
    def _for_layouts() -> dict[str, object]:
        actor = current_actor()
        settings = current_app.extensions["settings"]
        return {
            "actor": actor,
            "settings": settings,
            "tabs": navigation.tabs_for(actor),
            "current_tab": lambda: navigation.current_tab(actor),
            "leading_tab": lambda tab: navigation.leading(actor, tab),
            "tabs_under": lambda tab: navigation.group_of(actor, tab),
            "waiting_in": lambda tab: navigation.waiting_in(actor, tab),
            "waiting_at": lambda tab: navigation.waiting_at(actor, tab),
            "site_name": _(
                "%(district)s public participation",
                district=settings.district if is_chinese() else settings.district_en,
            ),
            "host_name": settings.host_office if is_chinese() else settings.host_office_en,
        }
