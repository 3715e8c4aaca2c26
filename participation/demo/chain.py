"""One decision of the demonstration up to its meeting: every step with the records behind it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from participation.decisions import rules
from participation.decisions.models import Decision, DecisionPaper
from participation.decisions.queries import papers as queries
from participation.decisions.service import (
    arguing,
    assessing,
    deliberating,
    hearing_people,
    hearings,
    reviewing,
    starting,
)
from participation.demo import papers
from participation.demo.founding import actors_of
from participation.demo.papers import Find
from participation.demo.stage import Stage
from participation.demo.texts.hearing import METHOD, PARTICIPANTS
from participation.demo.texts.story import Story


@dataclass
class Chain:
    """The acts of the unit in the lead. Each takes its instant; what it names of earlier days lies some
    days before, and never before the step that it follows."""

    stage: Stage
    story: Story
    find: Find
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def decision(self) -> Decision:
        return self.find()

    def by(self, now: datetime) -> dict[str, Any]:
        return {"actor": actors_of(self.stage, self.story.lead)[0], "now": now}

    def head(self, now: datetime) -> dict[str, Any]:
        return {"actor": actors_of(self.stage, self.story.lead)[1], "now": now}

    def start(self, now: datetime) -> None:
        starting.start(
            self.decision, on=now.date(), decided_by="区政府", special_groups=self.story.special,
            contact="承办科室：综合科", **self.by(now),
        )  # fmt: skip

    def draft(self, now: datetime) -> None:
        decision, story = self.decision, self.story
        title = decision.title
        self.paper("draft", f"{title}（草案）", story.draft, now)
        self.paper("explanation", f"《{title}（草案）》起草说明", story.explanation, now)
        for role, called, text in story.more:
            if role == "background":
                self.paper(role, called, text, now)
        starting.finish_draft(decision, on=now.date(), study=story.study, asked=story.asked, **self.by(now))

    def paper(self, role: str, title: str, text: str, now: datetime, **said: Any) -> DecisionPaper:
        return papers.written(self.stage, self.decision, self.story.lead, role, title, text, now=now, **said)

    def reference(self, role: str, title: str, now: datetime, custodian: str = "", on: date | None = None) -> None:
        decision = self.decision
        papers.named(
            self.stage, decision, self.story.lead, role, title, on=on or now.date(), now=now,
            custodian=custodian or decision.lead_unit,
        )  # fmt: skip

    def meet(self, now: datetime) -> None:
        """The other ways in which people are heard: a discussion, and what the field or the firms ask for."""
        decision, story = self.decision, self.story
        before = now.date() - timedelta(days=2)
        ways: list[tuple[str, str, dict[str, Any]]] = []
        if story.heard:
            groups = [{"group": "residents", "number": 16}, {"group": "deputies", "number": 2}]
            groups += [{"group": group, "number": 5} for group in story.special]
            ways.append(("forum", story.heard, {"took_part": groups}))
        if rules.survey_required(decision) and story.survey:
            ways.append(("survey", story.survey, {"asked": 600, "answered": 534}))
        if rules.business_must_be_heard(decision) and story.firms:
            firms = [{"group": "firms", "number": 9}, {"group": "associations", "number": 1}]
            ways.append(("associations", story.firms, {"took_part": firms}))
        for kind, result, said in ways:
            record = hearing_people.hear(
                decision, kind=kind, held_on=before, place=story.place, result=result, **said, **self.by(now)
            )
            hearing_people.adopt(
                decision, record, adopted=story.adopted, not_adopted=story.not_adopted, on=now.date(), **self.by(now)
            )

    def announce_hearing(self, now: datetime) -> None:
        """Notice, how people are chosen, who they are, and their materials, fourteen days before the hearing."""
        decision, day = self.decision, now.date()
        record = hearings.announce(
            decision, on=day - timedelta(days=8), planned_on=day + timedelta(days=8), at_time="9:00",
            place="区政务服务中心四楼会议室", **self.by(now),
        )  # fmt: skip
        hearings.publish_method(decision, record, on=day - timedelta(days=8), method=METHOD, **self.by(now))
        hearings.publish_list(
            decision, record, on=day - timedelta(days=2), participants=list(PARTICIPANTS), **self.by(now)
        )
        hearings.deliver_materials(decision, record, on=day, **self.by(now))

    def hear(self, now: datetime) -> None:
        decision, day, by = self.decision, now.date(), self.by(now)
        record = hearings.present(decision)
        assert record is not None
        attended = len(PARTICIPANTS) - 1
        hearings.hold(
            decision, record, on=day - timedelta(days=2), attended=attended, result=self.story.hearing, observers=11,
            **by,
        )  # fmt: skip
        hearings.sign(decision, record, on=day - timedelta(days=2), signed=attended, **by)
        hearings.adopt_hearing(
            decision, record, on=day, adopted=self.story.adopted, not_adopted=self.story.not_adopted, **by
        )
        text = f"听证会应到 {len(PARTICIPANTS)} 人，实到 {attended} 人，旁听 11 人。\n{self.story.hearing}"
        self.paper("hearing_record", f"《{decision.title}》听证笔录摘要", text, now)

    def participate(self, now: datetime) -> None:
        decision, story = self.decision, self.story
        if story.heard:
            text = f"一、听取意见的情况\n{story.heard}\n二、采纳的意见\n{story.adopted}"
            text += f"\n三、没有采纳的意见和理由\n{story.not_adopted}" if story.not_adopted else ""
            self.paper("adoption_report", f"《{decision.title}》公众意见研究采纳情况报告", text, now)
        hearing_people.finish_participation(decision, on=now.date(), **self.by(now))

    def argue(self, now: datetime, *, finish: bool = True) -> None:
        decision, story, day = self.decision, self.story, now.date()
        for one in story.experts:
            asked = arguing.ask_expert(
                decision, name=one.name, field=one.field, organisation=one.organisation,
                declared_on=day - timedelta(days=3), **self.by(now),
            )  # fmt: skip
            arguing.give_opinion(
                decision, asked, conclusion=one.conclusion, opinion=one.opinion,
                signed_on=day - timedelta(days=1), **self.by(now),
            )  # fmt: skip
        if finish:
            arguing.finish_argument(
                decision, on=day, way="meeting", adopted=story.argued, not_adopted=story.not_argued, **self.by(now)
            )
            text = "\n".join(f"{one.field}专家：{one.opinion}" for one in story.experts)
            self.paper("expert_report", f"《{decision.title}》专家论证报告", text, now)

    def assess(self, now: datetime, *, which: int = 0, finish: bool = True) -> None:
        decision, risk = self.decision, self.story.risks[which]
        points = [dict(zip(("kind", "text", "measure", "level"), point, strict=True)) for point in risk.points]
        assessing.assess(
            decision, on=now.date(), assessor=risk.assessor, level=risk.level, points=points, plan=risk.plan,
            way="走访、座谈和资料核对", **self.by(now),
        )  # fmt: skip
        if finish:
            self.reference("risk_report", f"《{decision.title}》风险评估报告（未删减本）", now)
            assessing.finish_risk(decision, on=now.date(), **self.by(now))

    def redraft(self, now: datetime) -> None:
        """The draft is changed so that its risk can be controlled; the one before stays to be read."""
        decision, officer = self.decision, actors_of(self.stage, self.story.lead)[0]
        drafts = [row for row in queries.of(decision.id, actor=officer) if row.role == "draft"]
        reason = "按照风险评估的意见，调整了选址和建设时序。"
        papers.renewed(self.stage, drafts[-1], self.story.lead, self.story.redrafted, reason, now=now)

    def send(self, now: datetime) -> None:
        due = reviewing.earliest_due(now.date() + timedelta(days=1))
        self.kept["due"] = due
        reviewing.send_to_review(self.decision, on=now.date(), due_on=due, **self.by(now))

    def review(self, now: datetime) -> None:
        decision = self.decision
        sent = reviewing.open_review(decision)
        assert sent is not None
        reviewing.conclude_review(
            decision, sent, on=now.date(), conclusion="lawful", custodian="周村区司法局",
            opinion_title=f"关于《{decision.title}》的合法性审查意见", **self.by(now),
        )  # fmt: skip

    def submit(self, now: datetime) -> None:
        decision = self.decision
        if rules.business_must_be_heard(decision):
            self.reference("fair_competition", f"《{decision.title}》公平竞争审查表", now)
        deliberating.submit_package(decision, on=now.date(), **self.head(now))

    def discuss(self, now: datetime, *, session: str) -> None:
        deliberating.deliberate(
            self.decision, kind="executive", session=session, on=now.date(), outcome="approved",
            minutes_title=f"区政府{session}常务会议纪要", custodian="周村区人民政府办公室",
            guests=[{"group": "deputies", "number": 1}, {"group": "committee", "number": 1}],
            guest_opinions="列席代表建议加强宣传，会议采纳。", **self.by(now),
        )  # fmt: skip
