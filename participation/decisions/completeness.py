"""What one item must say, and what it should: refusals for what the law rules out, checks for what is still
missing. Pure; asked by the form, the service, the import and the publication of a batch.

国务院令第713号 第十一条 (a lead unit), 第十四至三十一条 (the five procedures); 山东省重大行政决策公众参与工作办法
(opinion surveys, firms and associations; R4, R6, R7).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participation.decisions.rules import (
    PROCEDURES,
    SCOPE,
    SURVEY,
    business_must_be_heard,
    category_refusal,
    survey_required,
)
from participation.errors import N_, Refused

ART_11 = "国务院令第713号 第十一条"
ARTICLES = {
    "participation": "国务院令第713号 第十四条",
    "expert": "国务院令第713号 第十九条",
    "risk": "国务院令第713号 第二十二条",
    "legality": "国务院令第713号 第二十五条",
    "deliberation": "国务院令第713号 第三十条",
}
ALWAYS = {
    "legality": N_("No decision may do without the legality review: choose that it applies."),
    "deliberation": N_("No decision may do without the collective discussion: choose that it applies."),
}


def state_of(procedures: Mapping[str, Any], name: str) -> str:
    return str((procedures or {}).get(name, {}).get("state", "unknown"))


def reason_of(procedures: Mapping[str, Any], name: str) -> str:
    return str((procedures or {}).get(name, {}).get("reason", "")).strip()


def refusals(item: Any) -> Iterator[Refused]:
    """Everything that keeps the item (fields or a row) from being stored, in the order of the form."""
    refused = category_refusal(item.category)
    if refused:
        yield refused
    # 713号 art. 11: with two or more units one of them leads.
    if item.joint_units and not item.lead_unit.strip():
        yield Refused(
            "invalid",
            N_("Name the unit in the lead: several units work on this."),
            basis=ART_11,
            field="lead_department_id",
        )
    for name in PROCEDURES:
        if state_of(item.procedures, name) != "not":
            continue
        if name in ALWAYS:
            yield Refused("invalid", ALWAYS[name], basis=ARTICLES[name], field=name)
        elif not reason_of(item.procedures, name):
            yield Refused(
                "invalid",
                N_("Write why this procedure does not apply; the reason is published."),
                basis=ARTICLES[name],
                field=f"{name}_reason",
            )
    yield from _participation(item)


def _participation(item: Any) -> Iterator[Refused]:
    without = state_of(item.procedures, "participation") == "not"
    if survey_required(item):
        if item.survey == "not" or without:
            yield Refused(
                "invalid",
                N_("In this field an opinion survey is compulsory: choose that it applies."),
                basis=SURVEY,
                field="participation" if without else "survey",
            )
    elif item.survey == "applicable" and without:
        yield Refused(
            "invalid",
            N_("An opinion survey is public participation, so that applies too."),
            basis=ARTICLES["participation"],
            field="participation",
        )
    if business_must_be_heard(item) and without:
        yield Refused(
            "invalid",
            N_("Business is affected: firms and associations must be heard, so public participation applies."),
            basis=SURVEY,
            field="participation",
        )
    if item.hearing == "applicable" and without:
        yield Refused(
            "invalid",
            N_("A hearing is public participation, so that applies too."),
            basis="国务院令第713号 第十四、十六条",
            field="participation",
        )


def refusal(item: Any) -> Refused | None:
    return next(refusals(item), None)


def unreasoned(item: Any) -> bool:
    """Whether a procedure is said not to apply that always does, or without the reason."""
    return any(
        state_of(item.procedures, name) == "not" and (name in ALWAYS or not reason_of(item.procedures, name))
        for name in PROCEDURES
    )


def unsurveyed(item: Any) -> bool:
    """Whether the compulsory opinion survey is not planned."""
    return survey_required(item) and item.survey != "applicable"


@dataclass(frozen=True)
class ItemCheck:
    """One thing that an item should say: `state` ok, no (its batch cannot be published) or warn."""

    state: str
    title: str
    message: str
    article: str


def checks(item: Any) -> list[ItemCheck]:
    """The whole list for one item, as the desk draws it."""
    silent = [name for name in PROCEDURES if state_of(item.procedures, name) == "unknown"]
    found = [
        _check(bool(item.lead_unit), "no", N_("A unit is in the lead"), N_("Name the unit in the lead."), ART_11),
        _check(
            not unreasoned(item), "no",
            N_("What does not apply has its reason"),
            N_("Write the reason beside every procedure that does not apply."),
            "国务院令第713号 第十四、十九、二十二条",
        ),
        _check(
            bool(item.category), "warn", N_("It has a category"),
            N_("Choose one of the seven categories."), "山东省政府令第336号 第三条",
        ),
        _check(
            not silent, "warn", N_("Each of the five procedures is said to apply or not"),
            N_("Say of each procedure whether it applies."), SCOPE,
        ),
        _check(
            bool(item.planned_text), "warn", N_("The planned time is said"),
            N_("Write when the decision is to be made."), "山东省重大行政决策事项目录管理办法",
        ),
        _check(
            bool(item.basis), "warn", N_("The basis is said"),
            N_("Name the law or the document on which it rests."), "山东省重大行政决策事项目录管理办法",
        ),
    ]  # fmt: skip
    return [*found, *_heard(item)]


def _heard(item: Any) -> list[ItemCheck]:
    """Who must be heard in this field."""
    found = []
    if survey_required(item):
        found.append(
            _check(
                item.survey == "applicable", "no", N_("The opinion survey is planned"),
                N_("In this field an opinion survey is compulsory: choose that it applies."), SURVEY,
            )
        )  # fmt: skip
    elif not item.field:
        found.append(
            _check(
                False, "warn", N_("The field is said"),
                N_("Choose the field: it decides whether an opinion survey is compulsory."), SURVEY,
            )
        )  # fmt: skip
    found.append(
        _check(
            item.affects_business is not None, "warn", N_("It is said whether business is affected"),
            N_("Say whether business is affected: then firms and associations must be heard."), SURVEY,
        )
    )  # fmt: skip
    return found


def _check(fine: bool, otherwise: str, title: str, message: str, article: str) -> ItemCheck:
    return ItemCheck("ok" if fine else otherwise, title, message, article)


def missing(items: Sequence[Any]) -> dict[int, list[ItemCheck]]:
    """By the id of the item, what is not as it should be, what blocks first."""
    found = {
        item.id: sorted((each for each in checks(item) if each.state != "ok"), key=lambda each: each.state != "no")
        for item in items
    }
    return {key: rows for key, rows in found.items() if rows}
