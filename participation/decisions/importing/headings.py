"""Which column holds what: the headings that offices use, as one table of synonyms."""

from collections.abc import Sequence

from participation.decisions.importing.words import heading_form

SYNONYMS: dict[str, tuple[str, ...]] = {
    "number": ("序号", "编号", "项目序号", "事项编号", "目录编号", "no"),
    "title": (
        "决策事项名称", "重大行政决策事项名称", "重大决策事项名称", "决策事项", "重大行政决策事项", "决策项目",
        "决策项目名称",
        "事项名称", "项目名称", "决策名称", "议题名称", "名称", "事项", "重大行政决策项目",
    ),
    "lead": (
        "牵头承办单位", "承办单位", "决策承办单位", "申报单位", "责任单位", "牵头单位", "主办单位", "主责单位",
        "承办部门",
        "牵头部门", "责任部门", "主办部门", "起草单位", "承办机关", "牵头责任单位", "实施单位", "单位",
    ),
    "joint": (
        "配合单位", "协办单位", "参与单位", "会办单位", "配合部门", "协办部门", "协同单位", "参加单位",
        "联合承办单位",
    ),
    "basis": (
        "决策依据", "依据", "立项依据", "政策依据", "法律依据", "决策法律依据", "法律政策依据", "主要依据",
        "制定依据",
    ),
    "procedures": (
        "决策程序", "履行程序", "应履行程序", "法定程序", "履行决策程序", "应履行的程序", "应履行的法定程序",
        "决策履行程序",
        "拟履行程序", "履行法定程序", "程序要求", "程序",
    ),
    "participation": ("公众参与", "公开征求意见", "是否公众参与", "公众参与情况"),
    "expert": ("专家论证", "是否专家论证", "专家论证情况"),
    "risk": ("风险评估", "是否风险评估", "社会稳定风险评估", "风险评估情况"),
    "legality": ("合法性审查", "合法性审核", "是否合法性审查", "合法性审查情况"),
    "discussion": ("集体讨论决定", "集体讨论", "是否集体讨论", "集体审议"),
    "hearing": ("是否听证", "听证", "是否举行听证", "是否需要听证", "听证会", "是否组织听证", "是否列入听证"),
    "survey": ("民意调查", "是否民意调查", "是否开展民意调查", "民意调查情况"),
    "business": ("是否涉企", "涉企", "是否影响经营主体", "是否涉及经营主体", "是否涉及企业"),
    "area": ("领域", "所属领域", "事项领域", "决策领域", "行业领域"),
    "planned": (
        "拟决策时间", "拟决策时间和计划", "完成时限", "时间安排", "计划完成时间", "决策时间", "拟提请审议时间",
        "时间计划",
        "计划时间", "办理时限", "完成时间", "拟完成时间", "计划决策时间", "实施时间", "时限", "拟出台时间",
        "时间进度",
        "计划安排", "提请审议时间", "预计决策时间", "拟定决策时间",
    ),
    "body": ("决策机关", "决策主体", "决定机关", "审定机关"),
    "category": ("类别", "事项类别", "决策类别", "类型", "事项类型", "决策类型", "决策事项类别", "分类"),
    "deliberation": ("会议审议", "审议情况", "集体讨论情况", "会议审议情况", "审议会议"),
    "predisclosure": ("决策预公开", "预公开", "意见征集", "征求意见", "决策草案预公开", "意见征集公告"),
    "result": ("决策结果", "结果公开", "办理结果", "决策结果公开", "完成情况", "进展情况"),
    "note": ("备注", "说明", "备注说明", "其他"),
}  # fmt: skip
PROCEDURE_COLUMNS = {
    "participation": "participation",
    "expert": "expert",
    "risk": "risk",
    "legality": "legality",
    "discussion": "deliberation",
}

ADOPTION = frozenset({"反馈人", "意见内容", "是否采纳", "采纳理由", "采纳情况", "意见建议", "未采纳理由"})
"""Headings of a table of comments and their adoption: another kind of table altogether."""

_EXACT = {heading_form(word): field for field, words in SYNONYMS.items() for word in words}
_LONGEST_FIRST = sorted((word for word in _EXACT if len(word) >= 4), key=len, reverse=True)


def field_of(heading: str) -> str | None:
    """The field a heading means: by its exact form, else by the longest synonym inside it."""
    form = heading_form(heading)
    if not form or len(form) > 24:
        return None
    return _EXACT.get(form) or next((_EXACT[word] for word in _LONGEST_FIRST if word in form), None)


def fields_of(cells: Sequence[str]) -> list[str | None]:
    """The field of each column; a second column of one field is left to the notes."""
    seen: set[str] = set()
    found: list[str | None] = []
    for cell in cells:
        field = field_of(cell)
        found.append(field if field not in seen else None)
        if field:
            seen.add(field)
    return found


def is_header(cells: Sequence[str]) -> bool:
    """A row of headings names the title and at least one column more."""
    fields = [field for field in fields_of(cells) if field]
    return "title" in fields and len(fields) >= 2


def is_adoption_table(cells: Sequence[str]) -> bool:
    return len({heading_form(cell) for cell in cells} & ADOPTION) >= 2
