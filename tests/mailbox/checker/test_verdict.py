"""The checker on the hand-written pairs: precision and recall, and no bare transfer notice missed."""

import pytest

from participation.mailbox.checker import CODES, Flag, LetterText, check, looks_perfunctory
from tests.benchmarks.checker import confusion, wilson
from tests.mailbox.checker.pairs import pairs

LETTER = LetterText("小区暖气不热", "我家暖气不热，请问什么时候能修好？取暖费能不能退？")
NOTICES = """您好，已转有关部门。
您的来信已转区住建局，该局将于11月20日前给您答复。
您好！来信已收到，我们将于3个工作日内转交相关单位处理。
已责成供热公司处理。
我们已经联系供热公司，供热公司表示会安排人员上门查看。
该问题已派单至大街街道，街道工作人员已与您取得联系。
您好，您的问题已通过政务热线平台转至区公用事业服务中心（工单号 20261109123），联系人李主任，联系电话 0533-6195678。
收到，感谢。
您好，已安排。
已阅，转供热科办理。
已按照属地管理原则，交由城北路街道办事处调查处理，处理结果由街道直接告知您。
您的来信已于2026年11月9日9时30分签收，编号2026-1109-003，现已流转至承办单位，办理期限至11月16日。
您好，市民反映的5号楼暖气不热问题，区政府办公室已批转区公用事业服务中心，要求5日内办结并报告结果。
根据职责分工，您反映的问题由区公用事业服务中心承办。
您好，我中心接到来信后立即与供热公司进行了沟通，对方答复会尽快处理，请您放心。
您好，您反映的问题已收悉并转办，共涉及2个部门，分别为住建局、公用事业服务中心，两个部门将分别联系您。""".splitlines()


@pytest.mark.parametrize("which", ["building", "held_out"])
def test_precision_and_recall_are_at_least_nine_in_ten(which: str) -> None:
    found = pairs(which)
    result = confusion(found)
    assert len(found) >= 40
    for hits, of in (result.precision, result.recall):
        assert hits / of >= 0.9, result
    assert not result.transfers_missed


def test_half_of_the_pairs_are_perfunctory_and_no_answer_is_in_both_halves() -> None:
    every = pairs("building") + pairs("held_out")
    assert len(every) >= 80
    assert sum(pair.perfunctory for pair in every) == len(every) / 2
    assert len({pair.id for pair in every}) == len({pair.reply for pair in every}) == len(every)
    assert {code for pair in every for code in pair.codes} <= set(CODES)


@pytest.mark.parametrize("notice", NOTICES)
def test_no_transfer_notice_is_missed_however_it_is_put(notice: str) -> None:
    flags = check(LETTER, notice)
    assert flags[0].code == "transfer_only"
    assert looks_perfunctory(flags)


def test_what_adds_up_to_perfunctory() -> None:
    def verdict(*codes: str, open_of: int = 0) -> bool:
        flags = [Flag(code, "") for code in codes]
        if open_of:
            flags.append(Flag("question_open", "", {"of": open_of}))
        return looks_perfunctory(flags)

    assert not verdict()
    assert not verdict("personal_data")
    assert not verdict("no_date", "no_contact")
    assert not verdict("no_action")
    assert verdict("no_action", "no_date")
    assert verdict("near_copy")
    assert not verdict(open_of=2)  # one of two
    assert verdict(open_of=1)  # the only one
    assert verdict("no_fact", open_of=2)


def test_the_interval_is_wilsons() -> None:
    low, high = wilson(24, 24)
    assert (round(low, 3), round(high, 3)) == (0.862, 1.0)
    assert [round(end, 3) for end in wilson(5, 10)] == [0.237, 0.763]
