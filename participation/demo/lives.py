"""How far each decision has come today: which acts happened how many days ago."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from participation.decisions import service
from participation.decisions.service import starting
from participation.demo import papers
from participation.demo.aftermath import Aftermath, quarters_between
from participation.demo.decisions import Item
from participation.demo.stage import Stage, moment
from participation.demo.texts import meals, stories, stories_more
from participation.demo.texts.story import Story

SUSPENDED = "省级医疗机构设置规划正在调整，扩建规模需要重新核定，暂缓提请审议。"
MEALS, AFTERCARE = 13, 12
Plan = tuple[tuple[int, str], ...]

# Days before today, and the act.
PLANS: dict[int, Plan] = {
    1: ((225, "start"), (190, "draft"), (20, "ask")),
    2: ((224, "start"), (190, "draft"), (44, "ask"), (42, "announce_hearing"), (32, "hear"), (28, "meet")),
    3: ((228, "start"), (195, "draft"), (92, "meet"), (90, "participate"), (80, "argue"), (70, "assess"), (6, "send")),
    4: ((225, "start"), (190, "draft"), (102, "announce_hearing"), (92, "hear"), (88, "meet"), (86, "argue"),
        (80, "assess")),
    5: ((220, "start"), (185, "draft"), (95, "meet"), (93, "participate"), (82, "argue"), (70, "alarm"),
        (55, "redraft"), (50, "reassess")),
    6: ((234, "start"), (227, "draft"), (214, "announce_hearing"), (204, "hear"), (202, "meet"), (200, "participate"),
        (195, "argue"), (190, "assess"), (186, "send"), (172, "review"), (170, "submit"), (168, "discuss"),
        (166, "prepare"), (164, "publish"), (160, "begin"), (156, "file"), (60, "finish"), (40, "evaluate"),
        (8, "evaluated")),
    7: ((224, "start"), (189, "draft"), (100, "meet"), (98, "participate"), (77, "argue")),
    8: ((70, "start"), (48, "draft"), (46, "quarrel")),
    9: ((58, "start"),),
    11: ((227, "start"), (191, "draft"), (100, "meet"), (98, "participate"), (84, "argue"), (60, "assess"),
         (14, "suspend")),
    AFTERCARE: ((200, "start"), (170, "draft"), (120, "meet"), (118, "participate"), (110, "argue"), (104, "assess"),
                (90, "send"), (74, "review"), (72, "submit"), (24, "discuss"), (20, "prepare"), (12, "publish")),
    MEALS: ((234, "start"), (229, "draft"), (200, "argue"), (196, "assess"), (190, "meet"), (45, "finish"),
            (40, "evaluate"), (12, "evaluated"), (6, "dossier"), (4, "close")),
}  # fmt: skip
AFTER_FEEDBACK: Plan = (
    (1, "participate"), (2, "send"), (11, "review"), (12, "submit"), (13, "discuss"), (14, "prepare"), (15, "publish"),
    (16, "begin"), (18, "file"),
)  # fmt: skip
"""Workdays after the feedback of the decision's comment period."""


class Life(Aftermath):
    """A decision of the demonstration with its numbers of papers; every act by name."""

    number: int = 0
    year: int = 0

    def act(self, name: str) -> Callable[[datetime], None]:
        acts: dict[str, Callable[[datetime], None]] = {
            "discuss": lambda now: self.discuss(now, session=f"第 {60 + self.number} 次"),
            "prepare": lambda now: self.prepare(now, number=self.doc_number),
            "publish": lambda now: self.publish(now, number=self.doc_number),
            "alarm": lambda now: self.assess(now, which=0, finish=False),
            "reassess": lambda now: self.assess(now, which=1),
        }
        return acts.get(name) or getattr(self, name)

    @property
    def doc_number(self) -> str:
        return f"周政办发〔{self.year}〕{self.number + 6}号"

    def ask(self, now: datetime) -> None:
        """Public participation has begun: the comment period is open."""
        service.record_step(self.decision, step="participation", state="now", on=now.date(), **self.by(now))

    def file(self, now: datetime, *, receipt: str = "") -> None:
        self.make_dossier(now)
        super().file(now, receipt=receipt or f"{self.year}-决-{self.number:03}")

    def draft_again(self, now: datetime) -> None:
        """The changed draft of the second run is written; it is not finished yet."""
        service.record_step(self.decision, step="drafting", state="now", on=now.date(), **self.by(now))
        self.paper("draft", f"{self.decision.title}（修改草案）", stories_more.WASTE_AGAIN, now)

    def dossier(self, now: datetime) -> None:
        self.make_dossier(now)

    def suspend(self, now: datetime) -> None:
        service.suspend(self.decision, reason=SUSPENDED, **self.by_office(now))

    def quarrel(self, now: datetime) -> None:
        """Two units do not agree, and whoever decides is told; a paper stands there on request."""
        starting.dispute(
            self.decision, question="外来务工家庭的保障资金由谁承担", other_unit="区财政局",
            lead_view="建议由区财政全额承担，保证申请条件统一。", other_view="建议由区和街道按比例承担，控制支出。",
            reported_on=now.date(), reported_to="分管副区长", **self.by(now),
        )  # fmt: skip
        papers.on_request(
            self.stage, self.decision, self.story.lead, "在保家庭收入核对汇总表", on=now.date() - timedelta(days=9),
            now=now, ground="含有家庭收入情况，隐去身份信息后可以提供",
        )  # fmt: skip


def life(stage: Stage, story: Story, year: int, number: int) -> Life:
    made = Life(stage, story, Item(year, number))
    made.number, made.year = number, year
    return made


def plan(stage: Stage, *, year: int) -> dict[int, Life]:
    """Puts the acts of every item of the year on the plan; what depends on a comment period comes with it."""
    told = stories.BY_NUMBER | {9: stories.RENT, MEALS: meals.STORY, AFTERCARE: stories_more.AFTERCARE}
    lives = {number: life(stage, told[number], year, number) for number in PLANS}
    for number, acts in PLANS.items():
        for back, name in acts:
            at(stage, stage.today - timedelta(days=back), number, lives[number].act(name))
        begun = next((back for back, name in acts if name == "begin"), 0)
        if begun:
            reports(stage, lives[number], stage.today - timedelta(days=begun), stage.today - timedelta(days=60))
    at(stage, stage.today - timedelta(days=7), 4, lives[4].tell)
    return lives


def at(stage: Stage, day: date, number: int, act: Callable[[datetime], object]) -> None:
    stage.at(moment(day, 10, 5 + number), act)


def reports(stage: Stage, of: Life, first: date, last: date) -> None:
    for day in quarters_between(first, last):
        at(stage, day, of.number, of.report)


def after_feedback(stage: Stage, of: Life, day: date) -> None:
    """What follows the published feedback, in workdays; with the reports of the quarters that ended since."""
    for after, name in AFTER_FEEDBACK:
        at(stage, stage.workday(day, after), of.number, of.act(name))
    begun = stage.workday(day, 16)
    reports(stage, of, begun, stage.today - timedelta(days=46))
