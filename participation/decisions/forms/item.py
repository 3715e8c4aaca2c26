"""One item of a catalogue."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, TextAreaField

from participation.accounts import queries as accounts
from participation.decisions.forms.parts import LineField, VersionedForm
from participation.decisions.importing import dates, units
from participation.decisions.models import Decision
from participation.decisions.rules import BODIES, CATEGORIES, EXCLUDED, FIELDS, PROCEDURES
from participation.decisions.service.fields import ItemFields
from participation.web.fields import AtMost, LocalDateField, Readable, Wanted

APPLIES = [
    SelectChoice("unknown", _l("Not said yet")),
    SelectChoice("applicable", _l("Applies")),
    SelectChoice("not", _l("Does not apply")),
]


AFFECTS = [
    SelectChoice("", _l("Not said yet")),
    SelectChoice("yes", _l("Yes")),
    SelectChoice("no", _l("No")),
]
_LINK = re.compile(r"(?P<label>.*?)[\s:：]*(?P<url>https?://\S+)")


def _applies(label: Any, hint: Any = "") -> SelectField:
    return SelectField(label, choices=APPLIES, default="unknown", description=hint)


def _always(label: Any) -> SelectField:
    # 713号 art. 25 and 30: no decision may do without these two, so there is nothing else to choose.
    return SelectField(label, choices=APPLIES[:2], default="unknown")


def _why() -> LineField:
    return LineField(_l("Why it does not apply"), validators=[Readable(), AtMost(500)])


class ItemForm(VersionedForm):
    title = LineField(
        _l("Title of the decision"),
        validators=[Wanted(_l("Write the title of the decision.")), Readable(), AtMost(200)],
    )
    summary = TextAreaField(
        _l("What it changes for people"),
        validators=[Readable(), AtMost(500)],
        description=_l("One or two sentences, shown under the title."),
    )
    category = SelectField(_l("Category"))
    field = SelectField(_l("Field"), description=_l("It decides whether an opinion survey is compulsory."), default="")
    affects_business = SelectField(
        _l("Does it affect business?"),
        choices=AFFECTS,
        default="",
        description=_l("Then representative firms and associations must be heard."),
    )
    lead_department_id = SelectField(_l("Unit in the lead"), coerce=str)
    lead_unit = LineField(
        _l("Or its name"),
        validators=[Readable(), AtMost(120)],
        description=_l("Only where the list above has no such unit."),
    )
    joint_units = TextAreaField(
        _l("Units that help"),
        validators=[Readable(), AtMost(600)],
        description=_l("Separate them with 、 or a new line."),
    )
    basis = TextAreaField(_l("Basis"), validators=[Readable(), AtMost(2000)])
    participation, participation_reason = _applies(_l("Public participation")), _why()
    expert, expert_reason = _applies(_l("Expert argument")), _why()
    risk, risk_reason = _applies(_l("Risk assessment")), _why()
    legality, deliberation = _always(_l("Legality review")), _always(_l("Collective decision"))
    hearing = _applies(_l("Hearing"))
    survey = _applies(
        _l("Opinion survey"),
        _l("Compulsory for culture and education, health, resources, environment and utilities."),
    )
    planned_text = LineField(
        _l("Planned time"),
        validators=[Readable(), AtMost(300)],
        description=_l("As you would say it: 2026年12月, 第四季度. It is shown as written."),
    )
    body = SelectField(_l("Who decides"))
    links = TextAreaField(
        _l("Links"),
        validators=[Readable(), AtMost(3000)],
        description=_l("One a line: what it is, a space, the address. Shown to the public."),
    )
    note = TextAreaField(
        _l("Note for colleagues"), validators=[Readable(), AtMost(4000)], description=_l("Never public.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from flask_babel import gettext as _

        kinds = [SelectChoice(key, _(label)) for key, label in CATEGORIES.items()]
        # 713号 art. 3: the excluded kinds can be chosen, so that the refusal can say why.
        excluded = [
            SelectChoice(key, _("%(kind)s (not for the catalogue)", kind=_(label))) for key, label in EXCLUDED.items()
        ]
        self.category.choices = [SelectChoice("", _("Choose a category")), *kinds, *excluded]
        self.field.choices = [
            SelectChoice("", _("Not said yet")),
            *(SelectChoice(key, _(label)) for key, label in FIELDS.items()),
        ]
        self.body.choices = [SelectChoice(key, _(label)) for key, label in BODIES.items()]
        units_ = [SelectChoice(str(row.id), row.name) for row in accounts.departments()]
        self.lead_department_id.choices = [SelectChoice("", _("Choose a unit")), *units_]

    @classmethod
    def showing(cls, decision: Decision) -> "ItemForm":
        """The form filled with what the item says now."""
        values: dict[str, Any] = {
            name: getattr(decision, name)
            for name in (
                "title",
                "summary",
                "category",
                "field",
                "lead_unit",
                "basis",
                "hearing",
                "survey",
                "planned_text",
                "body",
                "note",
            )
        }
        values["lead_department_id"] = str(decision.lead_department_id or "")
        values["affects_business"] = {True: "yes", False: "no", None: ""}[decision.affects_business]
        values["links"] = "\n".join(f"{link['label']} {link['url']}" for link in decision.links or [])
        values["joint_units"] = "、".join(decision.joint_units or [])
        for key in PROCEDURES:
            values[key] = decision.state_of(key)
            values[f"{key}_reason"] = decision.reason_of(key)
        return cls(formdata=None, data=values | {"seen": str(decision.version)})

    def fields(self, *, year: int, old: Decision | None = None) -> ItemFields:
        """What was written, as the services take it. Fields that the form does not show stay as they are."""
        planned = dates.read(self.planned_text.data or "", year=year)
        chosen = "" if self.lead_department_id.errors else self.lead_department_id.data
        written = self.lead_unit.data or ""
        # A chosen unit gives its own name; a name that was imported with it is kept as written.
        if old is not None and chosen and str(old.lead_department_id or "") != chosen and written == old.lead_unit:
            written = ""
        procedures = {
            key: {
                "state": self[key].data,
                "reason": (self[f"{key}_reason"].data or "").strip() if self[key].data == "not" else "",
            }
            for key in PROCEDURES
        }
        return ItemFields(
            title=self.title.data or "",
            summary=self.summary.data or "",
            category=self.category.data or "",
            field=self.field.data or "",
            affects_business={"yes": True, "no": False}.get(self.affects_business.data or ""),
            lead_department_id=int(chosen) if chosen else None,
            lead_unit=written,
            joint_units=tuple(units.split(self.joint_units.data or "")),
            basis=self.basis.data or "",
            procedures=procedures,
            hearing=self.hearing.data,
            survey=self.survey.data,
            planned_text=self.planned_text.data or "",
            planned_from=planned.start,
            planned_to=planned.end,
            body=self.body.data,
            deliberation=old.deliberation if old else "",
            predisclosure=old.predisclosure if old else "",
            result=old.result if old else "",
            links=_links(self.links.data or ""),
            note=self.note.data or "",
        )


def _links(text: str) -> tuple[tuple[str, str], ...]:
    """Name and address of each line; a line without an address keeps an empty one, which is refused."""
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        parts = _LINK.fullmatch(line)
        label, url = (parts["label"].strip(), parts["url"]) if parts else (line, "")
        found.append((label or url, url))
    return tuple(found)


def _reason() -> TextAreaField:
    return TextAreaField(
        _l("Why the catalogue is adjusted"),
        validators=[Wanted(_l("Write the reason of the adjustment; it is published.")), Readable(), AtMost(1000)],
        description=_l("Published with both versions."),
    )


def _approved_on() -> LocalDateField:
    return LocalDateField(_l("Approved on"), validators=[Wanted(_l("Write the day of the approval."))])


class AdjustForm(ItemForm):
    reason = _reason()
    approved_on = _approved_on()


class RemoveForm(VersionedForm):
    reason = _reason()
    approved_on = _approved_on()
