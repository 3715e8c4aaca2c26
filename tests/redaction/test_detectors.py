"""What the detectors find, and what they leave alone: exact texts, exact kinds."""

import pytest

from participation.redaction import detect
from participation.redaction.names import names
from participation.redaction.numbers import card_is_right, id_number_is_right


def found(text: str, writer: str = "") -> list[tuple[str, str]]:
    return [(hit.kind, hit.text) for hit in detect("text", text, writer=writer)]


@pytest.mark.parametrize(
    "written",
    [
        "13800001234",
        "138 0000 1234",
        "138-0000-1234",
        "１３８００００１２３４",
        "１３８ ００００ １２３４",
        "一三八零零零零一二三四",
        "一三八 零零零零 一二三四",
        "壹叁捌〇〇〇〇壹贰叁肆",
        "幺三八零零零零幺两三四",
        "138零零零零1234",
        "1３8〇〇〇〇一2三4",
        "①③⑧⓪⓪⓪⓪①②③④",
        "❶❸❽⓿⓿⓿⓿❶❷❸❹",
        "1.3.8.0.0.0.0.1.2.3.4",
        "138。0000。1234",
        "138，0000，1234",
        "1\u200b3\u200b8\u200b0\u200b0\u200b0\u200b0\u200b1\u200b2\u200b3\u200b4",
        "+86 138 0000 1234",
        "0086-13800001234",
        "138OOOO1234",
        "l38 0000 l234",
        "１３８\n００００\n１２３４",
        "𝟏𝟑𝟖𝟎𝟎𝟎𝟎𝟏𝟐𝟑𝟒",
        "١٣٨٠٠٠٠١٢٣٤",
    ],
)
def test_a_mobile_number_in_every_dress(written):
    assert found(f"我的电话{written}谢谢") == [("phone", written)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("值班电话0533-6180000，", [("phone", "0533-6180000")]),
        ("打６１８００００也行", [("phone", "６１８００００")]),
        ("请打 0533-6123456，11月9日前办", [("phone", "0533-6123456")]),
        ("抢修电话 0533-6123456，一小时内到场", [("phone", "0533-6123456")]),
        ("（0533）6180000", [("phone", "0533）6180000")]),
        ("400-810-1234", [("phone", "400-810-1234")]),
        ("身份证370306199001011233。", [("id", "370306199001011233")]),
        ("身份证３７０３０６ １９９００１０１ １２３３", [("id", "３７０３０６ １９９００１０１ １２３３")]),
        ("身份证11010519491231002X", [("id", "11010519491231002X")]),
        ("旧证370306900101123", [("id", "370306900101123")]),
        ("卡号6222 0212 3456 7890 128", [("card", "6222 0212 3456 7890 128")]),
        ("户号 3703 0012 34", [("number", "3703 0012 34")]),
    ],
)
def test_other_numbers(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("邮箱 cxy@example.cn。", [("email", "cxy@example.cn")]),
        ("邮箱cxy＠example.cn", [("email", "cxy＠example.cn")]),
        ("cxy at example dot cn", [("email", "cxy at example dot cn")]),
        ("cxy(at)example点cn", [("email", "cxy(at)example点cn")]),
        ("12345678@qq.com", [("email", "12345678@qq.com")]),
        ("微信号：abc_12345", [("account", "abc_12345")]),
        ("我QQ是123456", [("account", "123456")]),
        ("薇信 zhoucun88", [("account", "zhoucun88")]),
        ("车牌鲁C·12345违停", [("plate", "鲁C·12345")]),
        ("鲁ＣD12345占道", [("plate", "鲁ＣD12345")]),
        ("鲁c 8A8 66", [("plate", "鲁c 8A8 66")]),
    ],
)
def test_addresses_of_the_net_and_plates(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("住东风小区 5 号楼 2 单元 301。", "5 号楼 2 单元 301"),
        ("东风小区五号楼二单元三〇一室", "五号楼二单元三〇一室"),
        ("住小区5-2-301", "5-2-301"),
        ("永安街23号院", "23号院"),
        ("王村东街12号", "12号"),
        ("A座1203室", "A座1203室"),
        ("５＃２单元", "５＃２单元"),
    ],
)
def test_the_precise_part_of_an_address(text, expected):
    assert found(text) == [("address", expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区长您好：我叫陈秀英，住东风小区", ["陈秀英"]),
        ("联系人：欧阳明", ["欧阳明"]),
        ("打过物业老孙的电话", ["老孙"]),
        ("找了王建国主任两次", ["王建国"]),
        ("李女士说", ["李"]),
        ("我是张伟，", ["张伟"]),
        ("姓名：刘 洋", ["刘 洋"]),
    ],
)
def test_names_by_what_stands_around_them(text, expected):
    assert [text for kind, text in found(text) if kind == "name"] == expected


def test_the_writers_own_name_and_its_parts():
    assert found("秀英在此，李 秀 英，李·秀·英，秀\u200b英", writer="李秀英") == [
        ("name", "秀英"), ("name", "李 秀 英"), ("name", "李·秀·英"), ("name", "秀\u200b英"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "院门口到菜市场这段路有六盏路灯，从 9 月 20 日前后开始全都不亮。",
        "2026-11-23 10:00 到 2026年12月1日",
        "换了电缆86米、灯6盏，9日19:20亮灯",
        "请打12345或者12388",
        "共投入1250000元",
        "物业公司经理说项目经理不在",
        "小区高层没有水，马路上到处是管道",
        "编号XX-2026-1123-017",
        "今年是二〇二六年",
        "周村区政府办公室主任会议",
        "上午8:30-11:30，下午14:00-17:30",
    ],
)
def test_what_is_not_personal_is_left_alone(text):
    assert found(text) == []


def test_check_digits():
    assert [
        id_number_is_right(number) for number in ("11010519491231002X", "110105194912310021", "110105194913310021")
    ] == [True, False, False]
    assert [card_is_right(number) for number in ("6222021234567890128", "6222021234567890129", "79927398713")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("402的王建军长期在楼道堆纸箱。", ["王建军"]),
        ("是李秀英和赵永福先动的手。", ["李秀英", "赵永福"]),
        ("王建军路口的红绿灯坏了。", []),
        ("周村永安街的路灯不亮。", []),
        ("安全文明施工，许多居民高兴地说方便。", []),
    ],
)
def test_a_name_inside_a_sentence_is_found_and_a_place_named_after_somebody_is_not(text: str, found: list[str]):
    assert [text[start:end] for start, end, kind, _why in names(text) if kind == "name"] == found
