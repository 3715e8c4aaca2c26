"""A notice for 2027 as it might come, and other files."""

from datetime import date, datetime, timedelta

from participation.clock import SHANGHAI

NOTICE = "国办发明电〔2026〕9号"
RUNS = {
    "元旦": ("2027-01-01", "2027-01-03"),
    "春节": ("2027-02-05", "2027-02-11"),
    "清明节": ("2027-04-03", "2027-04-05"),
    "劳动节": ("2027-05-01", "2027-05-05"),
    "端午节": ("2027-06-09", "2027-06-09"),
    "中秋节": ("2027-09-15", "2027-09-15"),
    "国庆节": ("2027-10-01", "2027-10-07"),
}
MADE_UP = {
    "2027-02-13": "春节",
    "2027-02-20": "春节",
    "2027-04-25": "劳动节",
    "2027-05-08": "劳动节",
    "2027-09-26": "国庆节",
    "2027-10-09": "国庆节",
}


def at(text: str) -> datetime:
    """An instant on a Shanghai clock."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def rows_of(runs: dict[str, tuple[str, str]], made_up: dict[str, str], notice: str = NOTICE) -> list[str]:
    rows = []
    for festival, (first, last) in runs.items():
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            rows.append(f"{day},rest,{festival},{notice}")
            day += timedelta(days=1)
    return rows + [f"{day},makeup_workday,{festival},{notice}" for day, festival in made_up.items()]


def file_of(rows: list[str], encoding: str = "utf-8") -> bytes:
    return ("date,kind,festival,notice\n" + "\n".join(rows) + "\n").encode(encoding)


ROWS_2027 = rows_of(RUNS, MADE_UP)
FILE_2027 = file_of(ROWS_2027)
