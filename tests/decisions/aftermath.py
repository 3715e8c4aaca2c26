"""What follows the meeting, in the small test district, made by the services."""

from datetime import date

from participation.decisions import service
from participation.decisions.models import Decision, DecisionPaper
from participation.decisions.service import paper_checks, papers
from participation.extensions import db
from tests.decisions.district import at
from tests.world import World

DECISION_TEXT = """第一章 总则
第一条 为规范机动车停车秩序，保障道路畅通，制定本办法。
第二条 本办法适用于本区行政区域内机动车停车场的规划、建设、使用和管理。
第二章 停车收费
第三条 城区道路停车泊位实行分时段计费，每日八时至二十时收费，其余时段免费。
第四条 首三十分钟免费，此后每小时二元，单日最高十元。
第五条 本办法自二〇二六年十一月一日起施行，有效期五年。"""

EXPLAINED = """为什么要改停车收费？这两年城区登记的车辆增加了一万多辆，路边车位白天基本停满，很多人绕几圈也找不到地方。
过去路边不收钱，有的车一停就是一个星期，来办事、看病的人反而没有车位。我们在两条街试行了半年，车位周转快了将近一倍。
对大家的影响是这样的：晚上八点以后、早上八点以前照旧不收钱，住在附近的居民下班回家停车，和从前没有区别。
白天来办事，半小时以内不花钱；停两个小时，一般要付三块钱左右；停一整天，封顶也就是十块钱。
住在没有停车位的老小区的居民，可以到街道办理优惠卡，白天停车打三折，带上行驶证和房产证明就能办。
钱收上来以后全部进入财政专户，用来增加车位和修补路面，每半年在区政府网站公布一次账目。"""

HEADINGS = """一、总则
第一条 为规范机动车停车秩序，保障道路畅通，制定本办法。
二、停车收费
第三条 城区道路停车泊位实行分时段计费，每日八时至二十时收费，其余时段免费。
第四条 首三十分钟免费，此后每小时二元，单日最高十元。"""

SAID = {
    "changes": "白天路边停车开始收费，半小时内免费，老小区居民可以办三折优惠卡",
    "for_whom": "在城区道路边停车的车主和没有车位的老小区居民",
    "from_when": "自二〇二六年十一月一日起",
}
TOGETHER = [{"kind": "portal", "where": "区政府网站", "url": "https://www.zhoucun.gov.cn/x/1"}]
TITLE = "周村区机动车停车管理办法"
NUMBER = "周政发〔2026〕9号"


def shelve(world: World, decision: Decision, role: str, text: str, title: str, *, now: str, **values: object):
    """A paper entered by the officer, with both its checks."""
    paper = papers.enter(
        decision, role=role, form="text", title=title, attribute="public", text=text, actor=world.actor("officer"),
        now=at(now), **values,
    )  # fmt: skip
    db.session.flush()
    return check(world, paper, now=now)


def check(world: World, paper: DecisionPaper, *, now: str) -> DecisionPaper:
    paper_checks.pass_secrecy(paper, actor=world.actor("head"), now=at(now))
    decided = {found.key: "office" for found in paper_checks.findings_of(paper)}
    paper_checks.pass_personal(paper, decided=decided, actor=world.actor("office"), now=at(now))
    db.session.commit()
    return paper


def prepare(world: World, decision: Decision, *, now: str = "2026-09-29T09:00") -> None:
    """The text and its interpretation, up to the signature: planned, explained, confirmed."""
    shelve(world, decision, "decision_text", DECISION_TEXT, TITLE, now=now, doc_number=NUMBER)
    material = shelve(world, decision, "interpretation", EXPLAINED, "停车管理办法解读", now=now)
    service.plan_interpretation(
        decision, words="由区住建局负责人在区政府网站和新闻发布会上解读，公布当天发出。", actor=world.actor("officer"),
        now=at(now),
    )  # fmt: skip
    row = service.enter_interpretation(
        decision, paper_id=material.id, form="qa", **SAID, actor=world.actor("officer"), now=at(now)
    )
    service.confirm_interpretation(decision, row, actor=world.actor("head"), now=at(now))
    db.session.commit()


def sign(world: World, decision: Decision, *, now: str = "2026-09-30T09:00") -> None:
    service.sign_text(
        decision, signer="区长", on=date.fromisoformat(now[:10]), actor=world.actor("office"), now=at(now)
    )
    db.session.commit()


def publish_text(world: World, decision: Decision, *, now: str = "2026-10-08T10:00", **values: object):
    given = {
        "issuer": "周村区人民政府", "channels": TOGETHER, "on": date.fromisoformat(now[:10]), "doc_number": NUMBER,
        "adoption": "公开征集的意见采纳两条，专家意见全部采纳。",
    }  # fmt: skip
    made = service.publish_decision(decision, **(given | values), actor=world.actor("officer"), now=at(now))
    db.session.commit()
    return made


def publish_all(world: World, decision: Decision) -> None:
    prepare(world, decision)
    sign(world, decision)
    publish_text(world, decision)


def begin(world: World, decision: Decision, *, now: str = "2026-10-20T09:00", unit: str = "utilities"):
    made = service.begin_execution(
        decision, department_id=world.department[unit], on=date.fromisoformat(now[:10]),
        plan="十一月完成泊位划线，十二月底前全部启用。", actor=world.actor("officer"), now=at(now),
    )  # fmt: skip
    db.session.commit()
    return made


def report(world: World, decision: Decision, *, year: int, quarter: int, now: str, **values: object):
    given = {"text": "泊位划线全部完成，启用八百个车位。", "figures": [{"name": "启用泊位（个）", "value": "800"}]}
    made = service.report_progress(
        decision, year=year, quarter=quarter, **(given | values), actor=world.actor("utilities"), now=at(now)
    )
    db.session.commit()
    return made


def begin_evaluation(world: World, decision: Decision, *, now: str = "2027-03-01T09:00", **values: object):
    given = {
        "cause": "comments", "reason": "市民对收费时段的意见比较集中。", "assessor_kind": "institution",
        "assessor": "淄博明察社会调查中心", "method": "问卷、座谈和数据比对", "on": date.fromisoformat(now[:10]),
    }  # fmt: skip
    made = service.begin_evaluation(decision, **(given | values), actor=world.actor("officer"), now=at(now))
    db.session.commit()
    return made


def finish_evaluation(world: World, decision: Decision, *, now: str = "2027-03-20T09:00", **values: object):
    paper = shelve(world, decision, "evaluation_report", "评估报告正文。", "停车管理办法实施评估报告", now=now)
    given = {
        "heard": "开了三次座谈会，人大代表和居民参加。", "findings": "车位周转率提高，夜间停车没有受影响。",
        "conclusion": "keep", "paper_id": paper.id, "on": date.fromisoformat(now[:10]),
    }  # fmt: skip
    made = service.finish_evaluation(decision, **(given | values), actor=world.actor("officer"), now=at(now))
    db.session.commit()
    return made


def finish(world: World, decision: Decision, *, now: str = "2027-02-10T09:00"):
    made = service.finish_execution(
        decision, on=date.fromisoformat(now[:10]), outcome="泊位全部启用，收费平稳，投诉减少。",
        actor=world.actor("officer"), now=at(now),
    )  # fmt: skip
    db.session.commit()
    return made


def file(world: World, decision: Decision, *, now: str = "2026-10-16T09:00"):
    made = service.file_dossier(
        decision, on=date.fromisoformat(now[:10]), receiver="区司法局", receipt_number="2026-决-009",
        actor=world.actor("officer"), now=at(now),
    )  # fmt: skip
    db.session.commit()
    return made


def play(world: World, decision: Decision, until: str = "closed") -> None:
    """From an approving meeting to published, executing, evaluated or closed: publication with its
    interpretation, the dossier, execution with a quarter's report, evaluation, the end."""
    publish_all(world, decision)
    file(world, decision)
    if until == "published":
        return
    begin(world, decision)
    report(world, decision, year=2026, quarter=4, now="2027-01-08T09:00")
    finish(world, decision)
    if until == "executing":
        return
    begin_evaluation(world, decision)
    finish_evaluation(world, decision)
    if until == "closed":
        service.close(decision, actor=world.actor("office"), now=at("2027-04-01T09:00"))
        db.session.commit()
