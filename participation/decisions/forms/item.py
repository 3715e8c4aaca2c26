"""One item of a catalogue."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, TextAreaField

from participation.accounts import queries as accounts
from participation.decisions.forms.parts import LineField, VersionedForm
from participation.decisions.importing import dates, units
from participation.decisions.models import Decision
from participation.decisions.rules import BODIES, CATEGORIES, EXCLUDED, PROCEDURES
from participation.decisions.service.fields import ItemFields
from participation.web.fields import AtMost, LocalDateField, Readable, Wanted

APPLIES = [
    SelectChoice("unknown", _l("Not said yet")),
    SelectChoice("applicable", _l("Applies")),
    SelectChoice("not", _l("Does not apply")),
]


def _applies(label: Any) -> SelectField:
    return SelectField(label, choices=APPLIES, default="unknown")


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
    legality, legality_reason = _applies(_l("Legality review")), _why()
    deliberation, deliberation_reason = _applies(_l("Collective decision")), _why()
    hearing = _applies(_l("Hearing"))
    planned_text = LineField(
        _l("Planned time"),
        validators=[Readable(), AtMost(300)],
        description=_l("As you would say it: 2026年12月, 第四季度. It is shown as written."),
    )
    body = SelectField(_l("Who decides"))
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
                "lead_unit",
                "basis",
                "hearing",
                "planned_text",
                "body",
                "note",
            )
        }
        values["lead_department_id"] = str(decision.lead_department_id or "")
        values["joint_units"] = "、".join(decision.joint_units or [])
        for key in PROCEDURES:
            values[key], values[f"{key}_reason"] = decision.state_of(key), decision.reason_of(key)
        return cls(formdata=None, data=values | {"seen": str(decision.version)})

    def fields(self, *, year: int, old: Decision | None = None) -> ItemFields:
        """What was written, as the services take it. Fields that the form does not show stay as they are."""
        planned = dates.read(self.planned_text.data or "", year=year)
        chosen = self.lead_department_id.data
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
            lead_department_id=int(chosen) if chosen else None,
            lead_unit=written,
            joint_units=tuple(units.split(self.joint_units.data or "")),
            basis=self.basis.data or "",
            procedures=procedures,
            hearing=self.hearing.data,
            planned_text=self.planned_text.data or "",
            planned_from=planned.start,
            planned_to=planned.end,
            body=self.body.data,
            deliberation=old.deliberation if old else "",
            predisclosure=old.predisclosure if old else "",
            result=old.result if old else "",
            note=self.note.data or "",
        )


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
