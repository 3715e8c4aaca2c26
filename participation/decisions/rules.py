"""What a catalogue holds and what it does not: categories, excluded kinds, bodies. Pure.

The seven categories are those of 山东省重大行政决策程序规定 (省政府令第336号) art. 3, first paragraph, in its
order; its second paragraph, like 713号 art. 3, names what never enters a catalogue. The table is the
only place that knows them, so another province changes it here.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from participation.decisions.facts import CatalogueFacts
from participation.errors import N_, Refused

SCOPE = "国务院令第713号 第三条；山东省政府令第336号 第三条"

CATEGORIES: dict[str, str] = {
    "services": N_("Public services: policies and measures"),  # 劳动就业、社会保障、教育科技、医疗卫生、文化体育
    "regulation": N_("Market, society and environment: policies and measures"),
    "plan": N_("Plans for the economy and society"),
    "nature": N_("Natural resources"),
    "culture": N_("Cultural resources"),
    "project": N_("Major public construction projects"),
    "other": N_("Other matters of major public interest"),
}
EXCLUDED: dict[str, str] = {
    "macro_control": N_("Macroeconomic control"),
    "rule_making": N_("Government rule-making"),
    "emergency": N_("Handling an emergency"),
    "internal": N_("The government's own internal affairs"),
}
CATEGORY_WORDS: dict[str, tuple[str, ...]] = {
    "macro_control": ("宏观调控",),
    "rule_making": ("政府立法", "立法决策"),
    "emergency": ("应急处置决策", "突发事件应急处置"),
    "internal": ("内部事务",),
    "nature": ("自然资源",),
    "culture": ("文化资源",),
    "project": ("公共建设项目", "建设项目", "重大项目"),
    "plan": ("规划",),
    "regulation": ("市场监管", "社会管理", "环境保护"),
    "services": ("公共服务", "公共政策", "政策和措施", "政策措施"),
    "other": ("其他",),
}
BODIES: dict[str, str] = {
    "government": N_("The district government"),
    "town": N_("A town or street government"),
    "department": N_("A department of the district government"),
}
PROCEDURES: dict[str, str] = {
    "participation": N_("Public participation"),
    "expert": N_("Expert argument"),
    "risk": N_("Risk assessment"),
    "legality": N_("Legality review"),
    "deliberation": N_("Collective decision"),
}
ALWAYS_APPLY = ("legality", "deliberation")
"""No decision may do without these (713号 art. 25 and 30)."""
APPLICABLE = ("applicable", "not", "unknown")
FIELDS: dict[str, str] = {
    "culture_education": N_("Culture and education"),
    "health": N_("Health"),
    "resources": N_("Resources"),
    "environment": N_("Environment"),
    "utilities": N_("Public utilities"),
    "other": N_("Another field"),
}
"""The subject areas that 山东省重大行政决策公众参与工作办法 tells apart (R7)."""


SURVEY = "山东省重大行政决策公众参与工作办法"
SURVEY_FIELDS = frozenset({"culture_education", "health", "resources", "environment", "utilities"})
_FIELD_OF_CATEGORY = {"nature": "resources", "culture": "culture_education"}


def field_of(item: Any) -> str:
    """The subject area of an item; two categories say it by themselves. Empty while nobody has said."""
    return str(item.field or _FIELD_OF_CATEGORY.get(item.category, ""))


def survey_required(item: Any) -> bool:
    """Whether the public must be heard by an opinion survey (民意调查), among other ways (R7)."""
    return field_of(item) in SURVEY_FIELDS


def business_must_be_heard(item: Any) -> bool:
    """Whether representative firms and associations must be heard (R7); not while nobody has said."""
    return item.affects_business is True


FIELD_WORDS: dict[str, tuple[str, ...]] = {
    "utilities": ("公用", "公共事业", "供水", "供热", "供气", "供电"),
    "culture_education": ("文化", "教育", "文教", "体育"),
    "health": ("卫生", "医疗", "健康"),
    "environment": ("环境", "生态", "环保"),
    "resources": ("资源",),
    "other": ("其他",),
}


def field_in(text: str) -> str | None:
    """The subject area that a cell such as 文化教育 means."""
    return next((key for key, words in FIELD_WORDS.items() if any(word in text for word in words)), None)


def category_of(text: str) -> str | None:
    """The category, or the excluded kind, that a cell such as 重大公共建设项目 means."""
    return next((key for key, words in CATEGORY_WORDS.items() if any(word in text for word in words)), None)


def category_refusal(category: str) -> Refused | None:
    """国务院令第713号 第三条 and 336号 art. 3 keep four kinds of decision out of every catalogue."""
    if category in EXCLUDED:
        return Refused(
            "invalid",
            N_(
                "This kind of decision does not belong in the catalogue."
                " Take the item out, or choose the category it does belong to."
            ),
            basis=SCOPE,
            field="category",
        )
    if category and category not in CATEGORIES:
        return Refused("invalid", N_("Choose one of the seven categories."), basis=SCOPE, field="category")
    return None


def deadline(year: int) -> date:
    """山东省重大行政决策公众参与工作办法 (2025-10-01): the catalogue is published by 30 June of its year."""
    return date(year, 6, 30)


def alarm_begins(year: int) -> date:
    """From 1 June the office is warned while the catalogue is not public (R3)."""
    return date(year, 6, 1)


def open_period_begins(year: int) -> date:
    return date(year, 1, 1)


ADJUSTING = "山东省重大行政决策事项目录管理办法第十五条"


def owes_publication(year: int) -> bool:
    """The date of 30 June is law since 2025-10-01, so the catalogue of 2026 is the first that owes it."""
    return year >= 2026


class Batch(Protocol):
    government_approved_on: Any
    party_agreed_on: Any


def publication_facts(batch: Batch, items: Sequence[Any]) -> CatalogueFacts:
    """What the gates before a batch's publication need to know (713号 art. 3 and 11, 336号 art. 3-4)."""
    return CatalogueFacts(
        items=len(items),
        unnamed=sum(1 for item in items if not item.lead_unit),
        unsorted=sum(1 for item in items if not item.category),
        unreasoned=sum(
            1
            for item in items
            for key in PROCEDURES
            if item.state_of(key) == "not" and (key in ALWAYS_APPLY or not item.reason_of(key).strip())
        ),
        unsurveyed=sum(1 for item in items if survey_required(item) and item.survey != "applicable"),
        government_approved=batch.government_approved_on is not None,
        party_agreed=batch.party_agreed_on is not None,
    )
