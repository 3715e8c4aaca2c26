"""One decision by forms alone: from a citizen's proposal through every gate to the evaluation, the dossier, the end.

A citizen, the government office, the officer and the head of the unit in the lead and the unit that carries it
out each have a browser of their own; nothing is recorded in another way.
"""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from participation.decisions import queries
from participation.decisions.models import Decision, DecisionExpert, DecisionMeans, Proposal
from participation.decisions.models.dossier import DecisionDossier
from participation.decisions.queries.after import explained
from participation.decisions.queries.records import records
from participation.decisions.steps import STEPS
from participation.extensions import db
from tests.browse import hidden_fields, words
from tests.decisions import aftermath
from tests.decisions.proposed import called
from tests.journeys.test_proposal import WRITTEN, receipt, sent

pytestmark = pytest.mark.long
TITLE = "学校周边停车管理办法"
PAPER = {"form": "text", "attribute": "public", "issuer": "区住房和城乡建设局", "signed_on": ""}


class Staff:
    """Everybody's browser; each form is opened, filled in and sent, and must be taken."""

    def __init__(self, world, client, played) -> None:
        self.world, self.client, self.played, self.decision_id = world, client, played, 0
        self.browsers: dict[str, tuple[str, FlaskClient]] = {}

    def browser(self, login: str, day: str) -> FlaskClient:
        """Who comes back on another day signs in again."""
        if self.browsers.get(login, ("",))[0] != day:
            fresh = self.world.sign_in(self.client.application.test_client(), login)
            self.browsers[login] = (day, fresh)
        return self.browsers[login][1]

    @property
    def base(self) -> str:
        return f"/desk/decisions/items/{self.decision_id}"

    @property
    def decision(self) -> Decision:
        found = db.session.get(Decision, self.decision_id, populate_existing=True)
        assert found is not None
        return found

    def __call__(
        self, login: str, day: str, page: str, to: str = "", status: int = 303, **values: str | list[str]
    ) -> TestResponse:
        """`page` holds the form that goes to `to`, both below the decision unless they begin with a slash."""
        opened = page if page.startswith("/") else f"{self.base}/{page}".rstrip("/")
        target = (to if to.startswith("/") else f"{self.base}/{to}") if to else opened
        with self.played(f"{day}T10:00"):
            browser = self.browser(login, day)
            # A page whose gate is shut has no form: the act is tried all the same, with what was seen.
            seen = {"seen": str(self.decision.version)} if self.decision_id else {}
            fields = seen | hidden_fields(browser.get(opened).text)
            answer = browser.post(target, data=fields | values)
        assert answer.status_code == status, (target, words(answer.text)[:3000])
        return answer

    def paper(self, day: str, role: str, title: str, text: str, *, publish: bool = True) -> int:
        """Written by the officer, checked by the head and the office, published by the officer."""
        made = self("officer", day, "papers/new", role=role, title=title, text=text, **PAPER)
        at_desk = made.location
        self("head", day, at_desk, f"{at_desk}/secrecy", read="y")
        self("office", day, at_desk, f"{at_desk}/personal", read="y")
        if publish:
            self("officer", day, at_desk, f"{at_desk}/publish")
        return int(at_desk.rsplit("/", 1)[1])

    def refused(self, login: str, day: str, page: str, article: str, to: str = "", **values: str) -> None:
        """Before its gate is passed the form is refused with the article."""
        said = words(self(login, day, page, to, 409, **values).text)
        assert article in said, said


@pytest.fixture
def staff(world, client, played) -> Staff:
    return Staff(world, client, played)


def test_from_a_proposal_to_the_evaluation(world, client, played, staff):
    number, secret = proposed(world, client, played, staff)
    listed(world, staff)
    drafted(staff)
    heard(staff)
    argued_and_assessed(staff)
    reviewed_and_decided(staff)
    published(staff)
    carried_out(world, staff)
    evaluated_and_closed(staff)
    decision = staff.decision
    assert decision.stage == "closed"
    assert {row.step for row in decision.steps} == set(STEPS) - {"listed"}
    assert not any(row.earlier for row in decision.steps)
    with played("2027-06-02T10:00"):
        answer = client.submit("/decisions/proposals/track", {"number": number, "secret": secret})
        assert f'href="/decisions/{decision.id}"' in client.get(answer.location).text
        chain = words(client.get(f"/decisions/{decision.id}").text)
    assert "会议纪要" in chain
    assert "赵一" not in chain


def proposed(world, client, played, staff) -> tuple[str, ...]:
    called(world)
    with played("2026-03-20T20:14"):
        number, secret = receipt(sent(client))
    desk = f"/desk/decisions/proposals/{db.session.query(Proposal).one().id}"
    staff("office", "2026-04-20", f"{desk}/study", department=str(world.department["housing"]))
    staff("office", "2026-04-20", f"{desk}/result", by="区住建局", on="2026-04-20", result="问题属实，建议列入目录。")
    staff(
        "office", "2026-05-09", f"{desk}/outcome", outcome="taken", decided_on="2026-05-08", body="government",
        catalogue="2026", title=TITLE, category="regulation", item="",
        lead_department_id=str(world.department["housing"]),
    )  # fmt: skip
    staff("office", "2026-05-09", f"{desk}/show", title=WRITTEN["title"], text=WRITTEN["text"])
    return number, secret


def listed(_world, staff) -> None:
    (item,) = [row for batch in queries.catalogue_of(2026).batches for row in queries.items_of_batch(batch.id)]
    staff.decision_id = item.id
    year = "/desk/decisions?year=2026"
    staff.refused("office", "2026-06-24", year, "国务院令第713号 第三条", "/desk/decisions/2026/publish")
    staff("office", "2026-06-24", year, "/desk/decisions/2026/approvals", government_approved_on="2026-06-18",
          government_meeting="第12次常务会议", party_agreed_on="2026-06-22")  # fmt: skip
    staff("office", "2026-06-24", year, "/desk/decisions/2026/publish")


def drafted(staff) -> None:
    staff("officer", "2026-07-06", "start", on="2026-07-06", decided_by="区政府")
    staff.refused("officer", "2026-07-10", "draft", "国务院令第713号 第十二条", on="2026-07-10", study="走访三所学校。")
    staff.paper("2026-07-15", "draft", "办法草案", "第一条 学校周边设置限时停车位。")
    staff.paper("2026-07-15", "explanation", "起草说明", "放学时道路堵塞，需要统一管理。")
    staff("officer", "2026-07-20", "draft", on="2026-07-20", study="走访三所学校。", asked="区教体局")


def heard(staff) -> None:
    end = {"on": "2026-08-26", "note": "听取了家长和居民的意见。"}
    staff.refused("officer", "2026-08-26", "participation", "国务院令第713号 第十四条", **end)
    staff("officer", "2026-08-20", "means/new", kind="forum", held_on="2026-08-20", place="学校会议室",
          result="希望放学时段有人疏导。",
          **{"took_part-0-group": "residents", "took_part-0-number": "16"})  # fmt: skip
    staff.refused("officer", "2026-08-26", "participation", "国务院令第713号 第十八条", **end)
    met = records(staff.decision_id)[DecisionMeans][0]
    staff("officer", "2026-08-25", f"means/{met.id}", on="2026-08-25", adopted="放学时段增加疏导。")
    staff("officer", "2026-08-26", "participation", **end)


def argued_and_assessed(staff) -> None:
    staff(
        "officer", "2026-08-27", "experts", name="赵一", field="交通", organisation="某大学", declared_on="2026-08-27"
    )
    asked = records(staff.decision_id)[DecisionExpert][0]
    said = {"on": "2026-08-31", "way": "meeting", "adopted": "采纳限时停放。", "not_adopted": ""}
    staff.refused("officer", "2026-08-31", "experts", "国务院令第713号 第十九条", "experts/finish", **said)
    staff("officer", "2026-08-30", f"experts/{asked.id}", conclusion="for", opinion="可行。", signed_on="2026-08-30")
    staff("officer", "2026-08-31", "experts", "experts/finish", **said)
    staff.refused("officer", "2026-09-01", "risk", "国务院令第713号 第二十三条", "risk/finish", on="2026-09-01")
    staff("officer", "2026-09-01", "risk", on="2026-09-01", assessor="某评估公司", level="low", plan="设专线电话。",
          **{"points-0-text": "商户担心停业", "points-0-kind": "stability", "points-0-level": "low",
             "points-0-measure": "分段施工"})  # fmt: skip
    staff("officer", "2026-09-02", "risk", "risk/finish", on="2026-09-02", state="not_public", ground="过程性信息")
    staff("officer", "2026-09-02", "papers/new", role="risk_report", title="风险评估报告", form="reference",
          attribute="not_public", ground_kind="process", signed_on="2026-09-01", custodian="区住建局")  # fmt: skip


def reviewed_and_decided(staff) -> None:
    staff.refused("head", "2026-09-03", "package", "国务院令第713号 第二十五", on="2026-09-03")
    staff("officer", "2026-09-08", "legality", "legality/send", on="2026-09-08", due_on="2026-09-18",
          reviewer="周村区司法局")  # fmt: skip
    staff("officer", "2026-09-18", "legality", "legality/conclude", on="2026-09-18", conclusion="lawful",
          opinion_title="合法性审查意见书", custodian="区司法局")  # fmt: skip
    meeting = {"kind": "executive", "session": "第 23 次", "on": "2026-09-28", "outcome": "approved",
               "minutes_title": "常务会议纪要", "custodian": "区政府办公室"}  # fmt: skip
    staff.refused("officer", "2026-09-28", "meeting", "国务院令第713号 第二十九条", **meeting)
    staff("head", "2026-09-22", "package", on="2026-09-22")
    staff("officer", "2026-09-28", "meeting", **meeting)


def published(staff) -> None:
    given = {
        "on": "2026-10-08", "issuer": "周村区人民政府", "doc_number": "周政发〔2026〕9号", "channels-0-kind": "portal",
        "channels-0-where": "区政府网站", "adoption": "居民和专家的意见采纳两条，其余已经说明。",
    }  # fmt: skip
    staff.refused("officer", "2026-10-08", "publication", "国务院令第713号 第三十二条", **given)
    day = "2026-09-29"
    staff.paper(day, "decision_text", TITLE, aftermath.DECISION_TEXT, publish=False)
    staff.refused("officer", "2026-10-08", "publication", "周政办字〔2021〕14号 第三部分（一）", **given)
    explains = staff.paper(day, "interpretation", "政策解读", aftermath.EXPLAINED, publish=False)
    plan = "由区住建局负责人在区政府网站和新闻发布会上解读，公布当天发出。"
    staff("officer", day, "interpretation", "interpretation/plan", words=plan, form="text")
    staff("officer", day, "interpretation", paper_id=str(explains), form="qa", **aftermath.SAID)
    row = explained(staff.decision).materials[0]
    staff("head", day, "interpretation", f"interpretation/{row.id}")
    staff("office", "2026-09-30", "publication", "signing", signer="区长", on="2026-09-30")
    staff("officer", "2026-10-08", "publication", **given)


def carried_out(world, staff) -> None:
    plan = {"on": "2026-10-20", "plan": "十一月完成划线，十二月底前全部启用。"}
    staff("officer", "2026-10-20", "execution", department_id=str(world.department["utilities"]), **plan)
    staff("utilities", "2027-01-08", "execution/report", quarter="2026-4", text="限时车位全部划线，安排了疏导员。",
          **{"figures-0-name": "限时车位（个）", "figures-0-value": "120"})  # fmt: skip
    staff("officer", "2027-04-10", "execution/end", on="2027-04-09", outcome="学校周边放学时段通行时间缩短一半。")


def evaluated_and_closed(staff) -> None:
    staff("officer", "2027-04-20", "evaluation", on="2027-04-20", cause="government", reason="实施满半年。",
          assessor_kind="institution", assessor="淄博明察社会调查中心", method="问卷和座谈")  # fmt: skip
    report = staff.paper("2027-05-18", "evaluation_report", "实施评估报告", "通行改善，建议继续实施。")
    staff("officer", "2027-05-20", "evaluation", "evaluation/result", on="2027-05-20", heard="开座谈会三次，家长参加。",
          findings="通行时间缩短，家长满意。", conclusion="keep", paper_id=str(report))  # fmt: skip
    staff.refused("office", "2027-06-01", "turns/close", "国务院令第713号 第三十三条", on="2027-06-01")
    staff("officer", "2027-05-21", "filing", "dossier")
    made = db.session.query(DecisionDossier).one()
    assert made.files > 10
    staff("officer", "2027-05-22", "filing", on="2027-05-22", receiver="区司法局", receipt_number="2026-决-009")
    staff("office", "2027-06-01", "turns/close", on="2027-06-01")
