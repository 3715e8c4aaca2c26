"""Who does the work: the lead unit and those that help (713号 art. 11: several units, one lead)."""

import re
from dataclasses import dataclass

_SPLIT = re.compile(r"[、，,；;/\n|]|\s{2,}|(?<=[局委办处府会院心司队室部所])\s+")
_LEAD = re.compile(r"[(（]\s*(牵头|主办|主责)(单位|部门)?\s*[)）]|(牵头|主办)$|^(牵头单位|牵头|主办单位|责任单位)[:：]")
_HELP = re.compile(
    r"[(（]\s*(配合|协办|参与)(单位|部门)?\s*[)）]|(配合|协办|参与)$|^(配合单位|配合|协办单位|参与单位)[:：]|^等$|等(有关)?(单位|部门)?$"
)
_NOTHING = {"", "无", "/", "-", "—", "——", "暂无"}


@dataclass(frozen=True)
class Units:
    lead: str
    joint: tuple[str, ...]


def split(text: str) -> list[str]:
    """区教育局、铁投公司 as two names, each without a remark on its part."""
    parts = [_HELP.sub("", _LEAD.sub("", part.strip())).strip() for part in _SPLIT.split(text)]
    return [part for part in dict.fromkeys(parts) if part not in _NOTHING]


def read(lead_text: str, joint_text: str = "") -> Units:
    """The lead is the one marked 牵头, else the first named; all others help."""
    # 区住建局牵头，区财政局、区自然资源局配合: the mark belongs to the name before it.
    parts = [part.strip() for part in _SPLIT.split(lead_text)]
    marked = next((names[0] for part in parts if _LEAD.search(part) and (names := split(part))), None)
    names = split(lead_text)
    lead = marked or (names[0] if names else "")
    others = [name for name in (*names, *split(joint_text)) if name != lead]
    return Units(lead, tuple(dict.fromkeys(others)))


_PREFIX = re.compile(r"^(?:淄博市)?周村区|^区(?=.{2})")
_SAME: dict[str, str] = {
    "发改委": "发展和改革局", "发改局": "发展和改革局", "发展改革局": "发展和改革局",
    "发展和改革委员会": "发展和改革局",
    "发展改革委": "发展和改革局", "住建局": "住房和城乡建设局", "住房城乡建设局": "住房和城乡建设局",
    "建设局": "住房和城乡建设局",
    "教体局": "教育和体育局", "教育体育局": "教育和体育局", "卫健局": "卫生健康局", "卫健委": "卫生健康局",
    "卫生健康委员会": "卫生健康局", "文旅局": "文化和旅游局", "文化旅游局": "文化和旅游局",
    "人社局": "人力资源和社会保障局",
    "人力资源社会保障局": "人力资源和社会保障局", "市监局": "市场监督管理局", "市场监管局": "市场监督管理局",
    "工信局": "工业和信息化局", "自规局": "自然资源局", "自然资源和规划局": "自然资源局",
    "交通局": "交通运输局",
    "农业局": "农业农村局", "应急局": "应急管理局", "审批局": "行政审批服务局", "行政审批局": "行政审批服务局",
    "综合执法局": "综合行政执法局", "执法局": "综合行政执法局", "医保局": "医疗保障局",
    "退役局": "退役军人事务局",
    "政府办": "政府办公室", "府办": "政府办公室", "政府办公厅": "政府办公室", "人民政府办公室": "政府办公室",
    "生态环境分局": "生态环境局", "生态环境局周村分局": "生态环境局",
}  # fmt: skip


def key(name: str) -> str:
    """The form under which 区发改委, 发改委 and 周村区发展和改革局 are one unit."""
    form = _PREFIX.sub("", re.sub(r"[\s()（）·]", "", name))
    form = _SAME.get(form, form)
    return re.sub(r"(?<=[镇乡道处])(人民政府|办事处)$", "", form)
