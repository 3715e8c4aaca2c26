"""One decision of the demonstration after its meeting: published, carried out, assessed, closed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app

from participation.access import Role
from participation.decisions import service
from participation.decisions.quarters import Quarter, ended
from participation.decisions.queries.execution import execution_of, reported_quarters
from participation.decisions.views import dossier
from participation.demo.chain import Chain
from participation.demo.founding import actors_of
from participation.demo.texts.story import Outcome

PORTAL = "http://www.zhoucun.gov.cn/"


@dataclass
class Aftermath(Chain):
    """The acts of the unit in the lead, of the unit that carries the decision out, and of the office."""

    @property
    def told(self) -> Outcome:
        assert self.story.outcome is not None
        return self.story.outcome

    def by_unit(self, now: datetime) -> dict[str, Any]:
        return {"actor": actors_of(self.stage, self.told.unit or self.story.lead)[0], "now": now}

    def by_office(self, now: datetime) -> dict[str, Any]:
        return {"actor": self.stage.actor("ZFB", Role.OFFICE), "now": now}

    def prepare(self, now: datetime, *, number: str) -> None:
        """The text and what explains it, planned, entered and confirmed; then both are signed in one act."""
        decision, told, by = self.decision, self.told, self.by(now)
        self.paper("decision_text", decision.title, told.text, now, out=False, doc_number=number, signed_on=now.date())
        material = self.paper("interpretation", f"《{decision.title}》政策解读", told.explained, now, out=False)
        words = f"由{decision.lead_unit}负责人以问答形式在区政府网站解读，与正文同时发布，并在社区宣传栏张贴。"
        service.plan_interpretation(decision, words=words, form="qa", **by)
        changes, for_whom, from_when = told.answers
        row = service.enter_interpretation(
            decision, paper_id=material.id, form="qa", changes=changes, for_whom=for_whom, from_when=from_when, **by
        )
        service.confirm_interpretation(decision, row, **self.head(now))
        service.sign_text(decision, signer="区长", on=now.date(), **self.by_office(now))

    def publish(self, now: datetime, *, number: str) -> None:
        channels = [
            {"kind": "portal", "where": "周村区人民政府网站", "url": PORTAL},
            {"kind": "gazette", "where": "周村区人民政府公报", "url": ""},
        ]
        service.publish_decision(
            self.decision, issuer="周村区人民政府", channels=channels, on=now.date(), doc_number=number,
            adoption=self.told.adoption, **self.by(now),
        )  # fmt: skip

    def begin(self, now: datetime) -> None:
        unit = self.stage.department[self.told.unit or self.story.lead]
        service.begin_execution(self.decision, department_id=unit, on=now.date(), plan=self.told.plan, **self.by(now))

    def report(self, now: datetime) -> None:
        """The newest quarter that has ended and has no report; the figures of the next of `works`."""
        decision = self.decision
        execution = execution_of(decision)
        assert execution is not None
        done = reported_quarters(execution)
        open_ = [quarter for quarter in ended(execution.begun_on, now.date()) if quarter not in done]
        for quarter in open_:
            text, figures = self.told.works[min(len(done), len(self.told.works) - 1)]
            self._report(quarter, text, figures, now)
            done = reported_quarters(execution)

    def _report(self, quarter: Quarter, text: str, figures: tuple[tuple[str, str], ...], now: datetime) -> None:
        service.report_progress(
            self.decision, year=quarter.year, quarter=quarter.number, text=text,
            figures=[{"name": name, "value": value} for name, value in figures], **self.by_unit(now),
        )  # fmt: skip

    def tell(self, now: datetime) -> None:
        problems, text = self.told.problem
        service.report_problem(self.decision, on=now.date(), text=text, problems=problems, **self.by_unit(now))

    def finish(self, now: datetime) -> None:
        service.finish_execution(self.decision, on=now.date(), outcome=self.told.finished, **self.by(now))

    def evaluate(self, now: datetime) -> None:
        assessor, _heard, _found = self.told.evaluated
        service.begin_evaluation(
            self.decision, cause="government", reason="实施满一个阶段，区政府要求评估实施效果。",
            assessor_kind="institution", assessor=assessor, method="问卷、座谈、入户走访和数据核对",
            on=now.date(), **self.by(now),
        )  # fmt: skip

    def evaluated(self, now: datetime, *, conclusion: str = "keep", advice: str = "") -> None:
        _assessor, heard, found = self.told.evaluated
        text = f"一、评估方法\n问卷、座谈、入户走访和数据核对。\n二、听取意见\n{heard}\n三、评估结论\n{found}"
        paper = self.paper("evaluation_report", f"《{self.decision.title}》决策后评估报告", text, now)
        service.finish_evaluation(
            self.decision, on=now.date(), heard=heard, findings=found, conclusion=conclusion, advice=advice,
            paper_id=paper.id, **self.by(now),
        )  # fmt: skip

    def make_dossier(self, now: datetime) -> None:
        # The dossier shows pages of the site, which are made in a request.
        with current_app.test_request_context():
            dossier.pack(self.decision, actor=actors_of(self.stage, self.story.lead)[0], now=now)

    def file(self, now: datetime, *, receipt: str) -> None:
        service.file_dossier(
            self.decision, on=now.date(), receiver="周村区司法局", receipt_number=receipt, **self.by(now)
        )

    def close(self, now: datetime) -> None:
        service.close(self.decision, reason="实施完毕，评估结论为继续实施，卷宗已经归档。", **self.by_office(now))


def quarters_between(first: date, last: date) -> list[date]:
    """The eighth day after each quarter that ends between the two days: when its report is written."""
    return [quarter.last + timedelta(days=8) for quarter in ended(first, last)]
