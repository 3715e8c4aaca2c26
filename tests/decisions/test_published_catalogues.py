# ruff: noqa: E501 - rows of tables read better in one line
"""The catalogues that four districts really published, read unedited: every item and every note."""

from datetime import date
from pathlib import Path

from participation.decisions.importing.catalogue import read

FOLDER = Path(__file__).parent / "published"
UNKNOWN = dict.fromkeys(("participation", "expert", "risk", "legality", "deliberation"), "unknown")
EMPTY = {
    "category": "", "field": "", "affects_business": None, "survey": "unknown", "joint_units": [], "basis": "", "procedures": UNKNOWN, "reasons": {}, "hearing": "unknown",
    "planned": {"text": "", "from": None, "to": None}, "body": "", "deliberation": "", "predisclosure": "", "result": "",
    "note": "",
}  # fmt: skip


def _read(name: str, year: int) -> dict:
    return read((FOLDER / name).read_bytes(), year=year, filename=name).as_dict()


def _item(row: int, number: int, title: str, lead: str, **rest: object) -> dict:
    return EMPTY | {"row": row, "number": number, "title": title, "lead_unit": lead} | rest


def test_zaozhuang_names_units_only():
    assert _read("zaozhuang-shizhong-2025.csv", 2025) == {
        "items": [
            _item(2, 1, "枣庄市市中区国民经济和社会发展第十五个五年规划", "区发展和改革局"),
            _item(3, 2, "紧密型县域医共体建设", "区卫生健康局"),
            _item(4, 3, "市中区重污染天气应急响应应急预案（2024年修订）", "市生态环境局市中分局"),
        ],
        "notes": [],
        "errors": [],
    }


def test_tieshan_splits_the_units_that_help():
    assert _read("huangshi-tieshan-2024.csv", 2024) == {
        "items": [
            _item(2, 1, "共建湖北省乒乓球学校和成立区少儿体校", "区文旅局", joint_units=["区教育局", "铁投公司"]),
            _item(3, 2, "保利时代小区配套小学跨区域合作办学", "区教育局", joint_units=["区人社局", "区财政局"]),
        ],
        "notes": [],
        "errors": [],
    }


def test_haimen_splits_the_procedures_and_reads_the_time():
    assert _read("nantong-haimen-2025.csv", 2025) == {
        "items": [
            _item(
                2,
                1,
                "南通市海门区“十五五”规划《纲要》",
                "发改委",
                procedures=dict.fromkeys(UNKNOWN, "applicable"),
                planned={"text": "2025.12—2026.01", "from": "2025-12-01", "to": "2026-01-31"},
            )
        ],
        "notes": [],
        "errors": [],
    }


def test_jinan_keeps_what_has_no_place_as_a_note():
    rule = (
        "根据《重大行政决策程序暂行条例》（国务院令第713号）、《山东省重大行政决策程序规定》（省政府令第336号）的规定"
    )
    links = {"predisclosure": "意见征集公告", "result": "决策结果信息"}
    assert _read("jinan-shizhong-2021.csv", 2021) == {
        "items": [
            _item(
                2,
                1,
                "市中区新型综合垃圾处理中心建设项目",
                "区城管局",
                planned={"text": "2021年底立项。", "from": "2021-12-01", "to": "2021-12-31"},
                deliberation="会议审议：区政府召开第84次常务会议",
                note=f"决策程序：{rule}",
                **links,
            ),
            _item(
                3,
                2,
                "兴隆公园建设项目",
                "区园林绿化服务中心",
                planned={
                    "text": "2020年10月立项，2021年5月至2022年12月开工建设。",
                    "from": "2020-10-01",
                    "to": "2022-12-31",
                },
                **links,
            ),
            _item(
                4,
                3,
                "2021年市中区老旧小区改造项目",
                "区住房城乡建设局",
                planned={
                    "text": "2021年2月立项，力争2021年4月底前开工，确保2021年12月底全面竣工。",
                    "from": "2021-02-01",
                    "to": "2021-12-31",
                },
                **links,
            ),
        ],
        "notes": [
            {
                "row": 2,
                "field": "procedures",
                "text": rule,
                "message": f"Could not be placed and is kept as a note: {rule}",
            }
        ],
        "errors": [],
    }


def test_a_table_of_comments_is_refused_with_where_it_belongs():
    assert _read("adoption-jinzhai-2022.csv", 2022) == {
        "items": [],
        "notes": [],
        "errors": [
            {
                "row": 1,
                "field": "file",
                "text": "",
                "message": "This is a table of comments and what became of them, not a catalogue. "
                "Publish it as the feedback of its consultation.",
            }
        ],
    }


def test_the_same_table_in_the_encoding_of_older_programs_reads_the_same():
    text = (FOLDER / "jinan-shizhong-2021.csv").read_text("utf-8-sig")
    whole = read(text.encode(), year=2021).as_dict()
    for encoding in ("gb18030", "utf-8-sig", "utf-16"):
        assert read(text.encode(encoding), year=2021).as_dict() == whole
    assert read(text.replace(",", "\t").encode(), year=2021).items[0].planned_to == date(2021, 12, 31)
