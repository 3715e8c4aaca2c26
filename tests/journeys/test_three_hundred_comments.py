"""A department gets 300 comments, 180 of them from three campaigns, and publishes what became of each."""

import random
import re

import pytest

from participation.consultations import jobs
from participation.consultations.queries import changes, counts, points
from participation.extensions import db
from tests.browse import words
from tests.consultations.periods import TEXT, at, closed, commented, opened
from tests.consultations.test_word_draft import upload, word

FLOOR = "我是{who}的一楼住户，加装电梯挡光又吵，坚决要求在办法里写明一楼业主不分担任何建设费用和运行费用。"
MONEY = "每部电梯补助十五万元太少，{who}的几栋楼都凑不齐剩下的钱，请把补助提高到每部二十五万元。"
STOP = "请立即停止加装电梯！{who}。加装电梯毁了小区的绿化。我们这些老住户一个也不同意。"
WHO = [f"{place}{house}号楼" for place in ("新建路", "丝绸路", "青年路", "正阳路") for house in range(1, 16)]
ABOUT = "井道位置 电梯年检 夜间运行 应急救援 物业交接 资金监管 公示期限 楼道拓宽 管线迁改 邻里协商".split()
SIGNS = "一楼二层扶手轿厢钥匙门禁维保合同票据账目车位树木噪声采光通风消防楼梯雨棚坡道轮椅按钮照明电表网线"


def disguised(text: str, n: int) -> str:
    """One in ten hides: with an invisible character, or with its sentences in another order."""
    if n % 10 == 3:
        return text[:4] + "\u200b" + text[4:]
    if n % 10 == 7 and text.count("。") > 1:
        first, *rest = text.rstrip("。").split("。")
        return "。".join([*rest, first]) + "。"
    return text


@pytest.fixture
def consultation(world):
    row = opened(world)
    for n, who in enumerate(WHO):
        for template in (FLOOR, MONEY, STOP):
            commented(row, text=disguised(template.format(who=who), n), consent_public=n % 2 == 0)
    dice = random.Random(300)
    for n in range(120):
        commented(row, text=f"{ABOUT[n % 10]}：" + "".join(dice.choices(SIGNS, k=40)))
    closed(row)
    db.session.commit()
    return row.id


def stacks_of(page: str) -> dict[str, str]:
    """The number of each stack on the page, by the beginning of its text."""
    found = re.findall(r'name="pack" value="(\d+)".*?<span lang="zh-CN">([^<]+)</span>', page)
    return {text: number for number, text in found}


@pytest.mark.long
def test_from_300_comments_to_the_published_report(world, app, client, played, consultation):
    jobs.liken(now=at("2026-12-03T08:00"))
    officer, head = app.test_client(), app.test_client()
    desk = f"/desk/consultations/{consultation}"
    sort = f"{desk}/sort"
    with played("2026-12-04T09:00"):
        world.sign_in(officer, "officer")
        world.sign_in(head, "head")
        page = officer.get(f"{sort}?show=alike").text
        campaigns = {
            key: next(number for text, number in stacks_of(page).items() if sign in text.replace("\u200b", ""))
            for key, sign in (("floor", "一楼"), ("money", "二十五万"), ("stop", "立即停止"))
        }
        assert words(page).count("60 条几乎一样") == 3, words(page)[:2000]
        titles = {"floor": "一楼不应分担费用", "money": "补助提高到二十五万元", "stop": "不要加装电梯"}
        number: dict[str, int] = {}
        for key, title in titles.items():
            ticked = {"title": title, "pack": campaigns[key], "show": "alike"}
            assert officer.submit(f"{sort}?show=alike", ticked, to=f"{desk}/points").status_code == 303
            number[key] = max(row.point.id for row in points.points_of(consultation))
        assert "还有 120 条意见没有归类" in words(officer.get(sort).text)
        ticked = {"title": "写清由谁负责", "everything": "1"}
        made = officer.submit(sort, ticked, to=f"{desk}/points")
        assert made.status_code == 303
        number["who"] = max(row.point.id for row in points.points_of(consultation))
        assert "意见都归类了" in words(officer.get(sort).text)

        here = f"{sort}?show=point&point={number['who']}"
        split = officer.submit(here, {"title": "应急救援要有时限"}, to=f"{desk}/points/{number['who']}/split")
        rescue = int(re.search(r"into=(\d+)", split.location).group(1))
        listed = officer.get(f"{here}&into={rescue}").text
        ids = re.findall(r'name="c" value="(\d+)"', listed)[3::10]
        moved = {"c": ids, "out": str(number["who"]), "move": str(rescue), "show": "point"}
        assert officer.submit(here, moved, to=sort).status_code == 303
        extra = officer.submit(sort, {"title": "一楼不出钱"}, to=f"{desk}/points")
        assert extra.status_code == 303
        twin = max(row.point.id for row in points.points_of(consultation))
        merge = officer.submit(f"{sort}?point={twin}", {"into": str(number["floor"])}, to=f"{desk}/points/{twin}/merge")
        assert merge.status_code == 303
        held = counts.holders(consultation)
        assert held[number["floor"]][1] == held[number["money"]][1] == held[number["stop"]][1] == 60
        assert held[rescue][1] == len(ids) > 3
        db.session.rollback()

        clause = re.search(r'value="(\d+)">第二条', officer.get(f"{sort}?point={number['floor']}").text).group(1)
        reason = {"reason": "经过测算，依据有关规定作出这个决定。"}
        adopted = {"outcome": "adopted", "clause": clause, "change": "一楼业主不分担建设、运行费用。"}
        answers = {
            number["floor"]: adopted,
            number["money"]: reason | {"outcome": "not_adopted"},
            number["stop"]: reason | {"outcome": "not_adopted"},
            number["who"]: reason | {"outcome": "outside"},
            rescue: reason | {"outcome": "partly", "change": "另行印发应急救援的规定。"},
        }
        for point, answer in answers.items():
            assert officer.submit(f"{sort}?point={point}", answer, to=f"{desk}/points/{point}").status_code == 303
        report = f"{desk}/feedback"
        token = {"csrf_token": officer.token(report)}
        early = officer.post(f"{report}/submit", data=token)
        assert "请专门作出说明" in words(early.text)
        for key in ("money", "stop"):
            special = answers[number[key]] | {"special": "这个问题提的人很多：今后三年每年安排三百部，请大家监督。"}
            here = f"{desk}/points/{number[key]}"
            assert officer.submit(f"{sort}?point={number[key]}", special, to=here).status_code == 303

        final = TEXT.replace("一楼业主不分担建设费用。", "一楼业主不分担建设、运行费用。")
        sent = upload(word(*final.split("\n")), "定稿.docx")
        form = {"title": "既有多层住宅加装电梯实施办法", "text": "", "file": sent}
        assert officer.submit(f"{desk}/final", form).status_code == 303
        change = changes.changes_of(consultation)[0]
        assert change.point_ids == {number["floor"]}
        db.session.rollback()
        assert officer.post(f"{report}/submit", data=token).status_code == 303
        assert head.post(f"{report}/publish", data={"csrf_token": head.token(report)}).status_code == 303
        shown = words(client.get(f"/consultations/{consultation}/feedback").text)
        rest = 120 - len(ids)
        assert f"采纳 60 部分采纳 {len(ids)} 未采纳 120 不属于本次 {rest} 本人撤回 0 收到意见 300" in shown
        compared = client.get(f"/consultations/{consultation}/changes?view=new").text
        assert "一楼业主不分担建设、运行费用" in re.sub(r"<[^>]+>", "", compared)
        for form_ in ("docx", "xlsx", "pdf"):
            assert client.get(f"/consultations/{consultation}/feedback.{form_}").status_code == 200
