"""The empty table that people fill in: headings, and in the workbook a sheet that explains them."""

from flask import Response

from participation.mailbox.importing import CHANNEL_WORDS, COLUMNS, KIND_WORDS, NEEDED
from participation.mailbox.rules import TOPICS
from participation.web.spreadsheet import csv_response
from participation.web.workbook import Sheet, xlsx_response

NAME = "letters-template"
# Content for the offices that fill it in, so in Chinese in every language.
_HINTS = {
    "channel": "写其中一个：" + "、".join(word for word in CHANNEL_WORDS if not word.isascii() or word.isdigit()),
    "external_number": "热线工单号等。同一渠道同一编号只录一次",
    "received_on": "写成 2026-11-23。不能晚于今天；早于前一个工作日的，要由第二人确认",
    "name": "来信人怎么称呼，不超过 40 字",
    "contact": "手机号码或者电子邮箱；没有就空着，录入后打印查询单",
    "title": "一句话，不超过 60 字",
    "text": "来信人的原话，不超过 5000 字",
    "place": "不超过 80 字",
    "kind": "写其中一个：" + "、".join(word for word in KIND_WORDS if not word.isascii()),
    "topic": "空着就是“其他”，也可以写：" + "、".join(TOPICS),
    "consent": "写“是”或者“否”，空着就是“否”",
    "about": "只在来信反映某个单位或者其工作人员时写单位名称，该单位看不到这封信",
}


def as_csv() -> Response:
    return csv_response(f"{NAME}.csv", [headings[0] for headings in COLUMNS.values()], [])


def as_workbook() -> Response:
    as_text = [at for at, key in enumerate(COLUMNS) if key in ("external_number", "contact", "received_on")]
    explained = [[headings[0], "是" if key in NEEDED else "", _HINTS[key]] for key, headings in COLUMNS.items()]
    return xlsx_response(
        f"{NAME}.xlsx",
        [
            # As text: a spreadsheet program would make 1.38E+10 of a telephone number.
            Sheet("来信", [headings[0] for headings in COLUMNS.values()], [], as_text=as_text),
            Sheet("说明", ["栏目", "必填", "怎么填"], explained),
        ],
    )
