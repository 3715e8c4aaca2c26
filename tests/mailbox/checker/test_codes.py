"""Each remark of the checker by itself: when it is made, when it is not, and of what it speaks."""

from participation.mailbox.checker import LetterText, OtherAnswer, check, questions

LETTER = LetterText(
    "东风小区 5 号楼供暖不热",
    "我家暖气一直不热，客厅最高 14 度。请问什么时候能来人看？这几天的取暖费能不能减？",
    place="东风小区",
    author="陈秀兰",
    address="13812345678",
)
GOOD = (
    "陈女士：11月23日 9:40 到您家测温，客厅 13.5 度，立管阀门没有复位。当天 9:55 阀门全开，11:00 复测 18.2 度。"
    "取暖费按 8 天退，共 96 元，12月5日前退到缴费卡。供热科 0533-6195678。"
)


def codes(reply: str, letter: LetterText = LETTER, **more: object) -> list[str]:
    return [flag.code for flag in check(letter, reply, **more)]  # type: ignore[arg-type]


def test_a_good_answer_gets_no_remark() -> None:
    assert codes(GOOD) == []


def test_an_answer_that_was_transferred_and_then_given_is_no_transfer_notice() -> None:
    assert "transfer_only" not in codes("您的来信我们转给了供热公司。" + GOOD)


def test_a_question_left_open_is_named() -> None:
    flags = check(LETTER, "11月23日 9:40 上门看过，阀门没有复位，当天全开，室温升到 18.2 度。供热科 0533-6195678。")
    assert [flag.code for flag in flags] == ["question_open"]
    assert flags[0].args == {"question": "这几天的取暖费能不能减？", "number": 2, "of": 2}
    assert flags[0].where in LETTER.text


def test_questions_without_a_mark_are_found_too() -> None:
    assert [one.text for one in questions("路灯坏了。请问什么时候能修好。谢谢！")] == ["请问什么时候能修好。"]
    assert questions("路灯坏了，请修一修。") == []


def test_soon_is_no_date_and_a_telephone_is_no_fact() -> None:
    assert {"no_fact", "no_action", "no_date"} <= set(codes("我们将尽快处理暖气不热。供热科 0533-6195678。"))
    assert "no_contact" not in codes("我们将尽快处理暖气不热。供热科 0533-6195678。")


def test_the_contact_may_stand_in_its_own_field() -> None:
    without = GOOD.replace("供热科 0533-6195678。", "")
    assert codes(without) == ["no_contact"]
    assert codes(without, contact="供热科 0533-6195678") == []
    assert codes(without, contact="供热科") == ["no_contact"]


def test_a_changed_date_does_not_make_a_new_answer() -> None:
    copied = GOOD.replace("11月23日", "10月8日").replace("13.5", "12.1")
    flags = check(LETTER, GOOD, others=[OtherAnswer("路灯修好了。"), OtherAnswer(copied, "XX-2026-1008-001")])
    assert [flag.code for flag in flags] == ["near_copy"]
    assert "XX-2026-1008-001" in str(flags[0])
    assert codes(GOOD, others=[OtherAnswer("路灯修好了。")]) == []


def test_an_answer_about_another_matter_is_noticed_and_one_in_other_words_is_not() -> None:
    other = "经查，该幼儿园收费每生每月560元。11月5日约谈了园长，多收的伙食费退还家长。学前科 0533-6412345。"
    assert "wrong_letter" in codes(other)
    bins = LetterText("", "北郊镇李家村垃圾桶一周没有清，苍蝇很多。")
    said = "11月3日下午已经全部清完并消杀，村里6处桶点改为每天上午清一次。镇环卫所：0533-6050033。"
    assert "wrong_letter" not in codes(said, bins)


def test_personal_data_of_the_writer_is_found_and_an_office_number_is_not() -> None:
    for piece in (
        "13812345678",
        "138 1234 5678",
        "１３８１２３４５６７８",
        "11010519491231002X",
        "鲁C12345",
        "5号楼2单元301室",
        "陈秀兰",
    ):
        assert "personal_data" in codes(GOOD + piece), piece
    assert "personal_data" not in codes(GOOD + "值班手机 13905330000", contact="供热科 13905330000")
    assert "personal_data" not in codes(GOOD + "编号 110105194912310021")  # no valid check digit


def test_empty_and_odd_texts_are_answered_too() -> None:
    for reply in ("", " ", "。。。", "？", "😀" * 500, "a" * 8000, "已" * 8000, "12345678901234567890" * 300):
        assert codes(reply)


def test_a_defect_that_was_found_is_a_fact_and_the_writer_s_own_words_are_none() -> None:
    found = "11月19日到现场查看，确认防水层老化，12月20日前换好。请问供热科 0533-6195678。"
    assert "no_fact" not in codes(found)
    assert "no_fact" in codes("您反映的楼顶漏水问题我们会重视，12月20日前安排。请问供热科 0533-6195678。")
