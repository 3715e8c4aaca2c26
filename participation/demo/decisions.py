"""The year's catalogue, published in spring: each item goes as far as it has come today, by real records."""

from datetime import date, datetime, timedelta

from participation.access import Role
from participation.decisions import queries, service
from participation.decisions.importing import dates
from participation.decisions.models import Catalogue, Decision
from participation.decisions.rules import SURVEY_FIELDS
from participation.decisions.service.fields import ItemFields
from participation.demo.people import DEPARTMENTS
from participation.demo.stage import Stage, moment
from participation.demo.texts.catalogue import AFFECTS_BUSINESS, CRITERIA, FIELD_OF, ITEMS
from participation.extensions import db

NAMES = {code: name for code, name, *_rest in DEPARTMENTS}
PROCEDURES = ("participation", "expert", "risk", "legality", "deliberation")
FIRST = 234
"""So many days before today the first decision of the year is started: after the catalogue is published."""


def year_of(today: date) -> int:
    """The catalogue whose items can have come all the way by today: early in a year, last year's."""
    return (today - timedelta(days=315)).year


def published_on(today: date) -> date:
    """The day of publication: in spring, and never after 22 June of its year (due by the 30th)."""
    year = year_of(today)
    return min(max(date(year, 3, 16), today - timedelta(days=240)), date(year, 6, 22))


def begun_on(today: date) -> date:
    return published_on(today) - timedelta(days=60)


def plan(stage: Stage, *, year: int) -> None:
    """Puts the year's catalogue on the plan: begin, items, approvals, publication."""
    began = moment(begun_on(stage.today), 9, 10)
    published = moment(published_on(stage.today), 15, 30)
    office = stage.actor("ZFB", Role.OFFICE)
    stage.at(began, lambda now: _begin(stage, year, now))
    stage.at(published, lambda now: publish(year, now, office))


def fields(  # type: ignore[no-untyped-def]
    stage: Stage, title: str, category: str, lead: str, joint, basis: str, *, field: str = "other",
    firms: bool = False, hearing: bool = False, planned: str = "", year: int = 0, number: int | None = None,
) -> ItemFields:  # fmt: skip
    """What the catalogue says of an item: all five procedures apply."""
    when = dates.read(planned, year=year) if planned else None
    return ItemFields(
        title=title,
        category=category,
        lead_department_id=stage.department[lead],
        lead_unit=NAMES[lead],
        joint_units=tuple(NAMES[code] for code in joint),
        basis=basis,
        procedures={key: {"state": "applicable", "reason": ""} for key in PROCEDURES},
        hearing="applicable" if hearing else "not",
        field=field,
        survey="applicable" if field in SURVEY_FIELDS else "not",
        affects_business=firms,
        planned_text=planned,
        planned_from=when.start if when else None,
        planned_to=when.end if when else None,
        number=number,
    )


def _begin(stage: Stage, year: int, now: datetime) -> None:
    office = stage.actor("ZFB", Role.OFFICE)
    catalogue = service.begin_year(year=year, criteria=CRITERIA, actor=office, now=now)
    for number, title, category, lead, joint, basis, hearing, planned in ITEMS:
        said = fields(
            stage, title, category, lead, joint, basis, field=FIELD_OF[number], firms=number in AFFECTS_BUSINESS,
            hearing=hearing, planned=planned, year=year, number=number,
        )  # fmt: skip
        service.add_item(catalogue, fields=said, actor=office, now=now)


def publish(year: int, now: datetime, office, *, reason: str = "") -> None:  # type: ignore[no-untyped-def]
    """The batch in preparation: the government decides, the Party committee agrees, it is published."""
    batch = catalogue_of(year).draft
    assert batch is not None
    service.record_approvals(
        batch,
        government_approved_on=now.date() - timedelta(days=12 if not reason else 3),
        party_agreed_on=now.date() - timedelta(days=5 if not reason else 2),
        government_meeting=f"区政府第 {(year - 1964) + (8 if reason else 0)} 次常务会议",
        actor=office,
        now=now,
    )
    service.publish_batch(batch, reason=reason, actor=office, now=now)


def catalogue_of(year: int) -> Catalogue:
    catalogue = queries.catalogue_of(year)
    assert catalogue is not None
    return catalogue


def item_titled(year: int, title: str) -> Decision:
    found = queries.item_titled(catalogue_of(year).id, title)
    decision = queries.decision(found) if found is not None else None
    assert decision is not None, title
    return decision


class Item:
    """An item of a year by its number, found again without asking the catalogue each time."""

    def __init__(self, year: int, number: int) -> None:
        self.year, self.number, self.id = year, number, 0

    def __call__(self) -> Decision:
        if not self.id:
            first = catalogue_of(self.year).batches[0]
            self.id = next(row.id for row in queries.items_of_batch(first.id) if row.number == self.number)
        return db.session.get_one(Decision, self.id)
