"""The texts of notices. They are Chinese for everybody: whoever gets one chose no language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from config import HERE
from participation.clock import local
from participation.notices.rules import NOTICES


@dataclass(frozen=True)
class Text:
    """A message as it goes out: the first line of the template is the title."""

    title: str
    body: str


def compose(verb: str, facts: Mapping[str, object], *, district: str) -> Text:
    """Fills the text of a notice. Raises KeyError when a fact is missing."""
    missing = [name for name in NOTICES[verb].facts if name not in facts]
    if missing:
        raise KeyError(f"{verb} needs {', '.join(missing)}")
    filled = _texts().get_template(f"{verb}.txt").render(facts, district=district)
    title, _, body = filled.strip().partition("\n")
    # A line break in a title would be a header of its own in a letter by e-mail.
    return Text(" ".join(title.split())[:200], body.strip())


def _day(value: date | datetime) -> str:
    # An instant that ends a period is 24:00 of its last day, which a clock calls 0:00 of the next.
    at = local(value - timedelta(microseconds=1)).date() if isinstance(value, datetime) else value
    return f"{at.month}月{at.day}日"


@cache
def _texts() -> Environment:
    # Plain text, so nothing is escaped here; pages escape it when they show it.
    texts = Environment(
        loader=FileSystemLoader(HERE / "templates" / "mail"), undefined=StrictUndefined, autoescape=False
    )
    texts.filters["day"] = _day
    return texts
