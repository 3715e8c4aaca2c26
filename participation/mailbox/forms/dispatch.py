"""What the government office fills in for a letter, and what units write about their part of it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from participation.mailbox.forms.checks import CHINESE, Text, line, paragraphs, units
from participation.mailbox.rules import ANSWER_LIMIT, GROUNDS, TOPICS
from participation.mailbox.service.reclassifying import LABELS
from participation.web.forms import Form


class AssignForm(Form):
    """To whom the office gives the letter: one of the suggested units, or any other. The unit
    concerned is in neither list, and nothing is chosen beforehand."""

    suggested = RadioField(_l("Who handles it"), validators=[], validate_choice=False)
    department = SelectField(_l("Another unit"), validators=[], default="")
    topic = SelectField(_l("Topic"), validators=[])
    reason = TextAreaField(_l("Reason"), filters=[paragraphs], validators=[Text(longest=500)], render_kw={"rows": 2})
    basis = StringField(_l("Basis of a ruling"), filters=[line], validators=[Text(longest=300)])
    joint_1 = SelectField(_l("Unit that helps"), validators=[], default="")
    task_1 = StringField(_l("What it is to find out or to do"), filters=[line], validators=[Text(longest=500)])
    joint_2 = SelectField(_l("Second unit that helps"), validators=[], default="")
    task_2 = StringField(_l("What it is to find out or to do"), filters=[line], validators=[Text(longest=500)])

    def __init__(self, *args: Any, without: set[int], suggested: dict[int, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named_units = units(without)
        self.department.choices = [SelectChoice("", _("Choose")), *named_units]
        for field in (self.joint_1, self.joint_2):
            field.choices = [SelectChoice("", _("Not needed")), *named_units]
        self.topic.choices = [SelectChoice(topic, topic, render_kw=CHINESE) for topic in TOPICS]
        named = {choice.value: choice for choice in named_units}
        self.suggested.choices = [named[str(unit)] for unit in suggested or {} if str(unit) in named]
        self.suggested.render_kw = {"hints": {str(unit): reason for unit, reason in (suggested or {}).items()}}
        if self.suggested.choices:
            self.suggested.choices.append(SelectChoice("", _("Another unit, chosen below")))
        else:
            self.department.label.text = _("Who handles it")
        self._known = set(named)

    @property
    def unit_id(self) -> int | None:
        """The unit that was chosen; a suggestion that was picked goes before the list."""
        chosen = self.suggested.data or self.department.data or ""
        return int(chosen) if chosen in self._known else None

    def validate(self, extra_validators: Any = None) -> bool:
        right = bool(super().validate(extra_validators))
        if self.unit_id is None:
            if not self.department.errors:
                self.refuse("department", _("Choose the unit that handles the letter"))
            return False
        for joint, task in ((self.joint_1, self.task_1), (self.joint_2, self.task_2)):
            if joint.data and not task.data:
                self.refuse(task.name, _("Write what this unit is to find out or to do"))
                right = False
        return right

    @property
    def helpers(self) -> list[tuple[int, str]]:
        """The units that are to help, each with its part."""
        chosen = ((self.joint_1.data, self.task_1.data), (self.joint_2.data, self.task_2.data))
        return [(int(unit), task) for unit, task in chosen if unit in self._known]


class RefuseForm(Form):
    """Why a letter is not taken."""

    ground = RadioField(_l("Ground"), validators=[InputRequired(_l("Choose why the letter is not taken"))])
    text = TextAreaField(
        _l("Tell the writer"),
        filters=[paragraphs],
        validators=[Text(_l("Tell the writer why, and where the matter can be taken"), longest=2000, shortest=10)],
        render_kw={"rows": 4},
    )
    proper_channel = StringField(_l("The right place for it"), filters=[line], validators=[Text(longest=200)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground.choices = [SelectChoice(code, _(ground.label)) for code, ground in GROUNDS.items()]
        self.ground.render_kw = {"hints": {code: _(ground.channel) for code, ground in GROUNDS.items()}}


class RestrictForm(Form):
    """Which unit a letter accuses, and what in it says so."""

    about = SelectField(_l("The unit that the letter is about"), validators=[InputRequired(_l("Choose the unit"))])
    why = TextAreaField(
        _l("What in the letter says so"), filters=[paragraphs], validators=[Text(longest=500)], render_kw={"rows": 2}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about.choices = [SelectChoice("", _("Choose")), *units(set())]


class JoinForm(Form):
    """A unit that helps, and with what."""

    joint = SelectField(_l("Unit that helps"), validators=[InputRequired(_l("Choose the unit that helps"))])
    task = TextAreaField(
        _l("What it is to find out or to do"),
        filters=[paragraphs],
        validators=[Text(_l("Write what this unit is to find out or to do"), longest=500)],
        render_kw={"rows": 2},
    )

    def __init__(self, *args: Any, without: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.joint.choices = [SelectChoice("", _("Choose")), *units(without)]


class WhyForm(Form):
    """A reason and nothing else: a unit is taken off, two letters are parted. `which` names the row."""

    which = HiddenField()
    reason = StringField(_l("Reason"), filters=[line], validators=[Text(_l("Write why"), longest=300)])

    @property
    def which_id(self) -> int:
        text = self.which.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class ReclassifyForm(Form):
    """What the letter is as well, and what in it makes it one."""

    into = RadioField(_l("It is also"), validators=[InputRequired(_l("Choose what the letter is as well"))])
    basis = TextAreaField(
        _l("What in the letter makes it one"),
        filters=[paragraphs],
        validators=[Text(_l("Write what in the letter makes it one; the writer reads it"), longest=500)],
        render_kw={"rows": 2},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.into.choices = [SelectChoice(code, _(label)) for code, label in LABELS.items()]
        self.into.render_kw = {
            "hints": {
                "petition": _("Told within 15 days whether it is taken, opinion within 60 days"),
                "disclosure": _("Replied to within 20 workdays"),
            }
        }


class ContributionForm(Form):
    """A unit's part of a joint answer."""

    text = TextAreaField(
        _l("What your unit found and did"),
        filters=[paragraphs],
        validators=[Text(_l("Write what your unit found and did"), longest=ANSWER_LIMIT)],
        render_kw={"rows": 8},
    )
    version = HiddenField()

    @property
    def shown_version(self) -> int:
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class SettleForm(Form):
    """How a legal duty was met."""

    outcome = TextAreaField(
        _l("What was decided and told"),
        filters=[paragraphs],
        validators=[Text(_l("Write what was decided and told"), longest=2000)],
        render_kw={"rows": 4},
    )
    document_number = StringField(_l("Document number"), filters=[line], validators=[Text(longest=60)])
