"""The notices known when this was written, 2019 to 2026. Pure.

The days come from `chinesecalendar`; the notices' numbers were read in the State Council's notices.
"""

from datetime import date

from chinese_calendar import constants

from participation.duties.calendar.contents import Contents, Day, notice_year

NOTICES: dict[int, str] = {
    2019: "国办发明电〔2018〕15号",
    2020: "国办发明电〔2019〕16号",
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国务院办公厅2022年12月8日通知",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国务院办公厅2025年11月4日通知",
}
AMENDED: dict[tuple[int, str], str] = {
    (2019, "劳动节"): "国办发明电〔2019〕3号",
    (2020, "春节"): "国办发明电〔2020〕1号",
}
NAMES: dict[str, str] = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}


def _days(table: dict[date, str], kind: str) -> list[Day]:
    found = []
    for day, name in table.items():
        year = notice_year(day)
        if year in NOTICES:
            festival = NAMES[name]
            notice = AMENDED.get((year, festival), NOTICES[year])
            found.append(Day(day, kind, festival, notice))  # type: ignore[arg-type]
    return found


def seed_contents() -> Contents:
    """The days of all the notices above."""
    return Contents.of([*_days(constants.holidays, "rest"), *_days(constants.workdays, "makeup_workday")])
