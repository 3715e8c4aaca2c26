"""The 40 departments of the demonstration and the accounts that a visitor can try."""

from dataclasses import dataclass

from participation.access import Role

PASSWORD = "zhoucun-demo-2026"

# code, name, English name, short name, kind
DEPARTMENTS = (
    ("ZFB", "区政府办公室", "District Government Office", "区政府办", "government_office"),
    ("FGJ", "区发展和改革局", "Development and Reform Bureau", "区发改局", "department"),
    ("JTJ", "区教育和体育局", "Education and Sports Bureau", "区教体局", "department"),
    ("GXJ", "区工业和信息化局", "Industry and Information Bureau", "区工信局", "department"),
    ("KJJ", "区科学技术局", "Science and Technology Bureau", "区科技局", "department"),
    ("GAJ", "市公安局周村分局", "Public Security, Zhoucun Branch", "公安周村分局", "department"),
    ("JJD", "公安交警周村大队", "Traffic Police, Zhoucun Brigade", "周村交警大队", "department"),
    ("MZJ", "区民政局", "Civil Affairs Bureau", "区民政局", "department"),
    ("SFJ", "区司法局", "Justice Bureau", "区司法局", "department"),
    ("CZJ", "区财政局", "Finance Bureau", "区财政局", "department"),
    ("RSJ", "区人力资源和社会保障局", "Human Resources and Social Security Bureau", "区人社局", "department"),
    ("ZRJ", "区自然资源局", "Natural Resources Bureau", "区自然资源局", "department"),
    ("STJ", "市生态环境局周村分局", "Ecology and Environment, Zhoucun Branch", "生态环境周村分局", "department"),
    ("ZJJ", "区住房和城乡建设局", "Housing and Construction Bureau", "区住建局", "department"),
    ("JTY", "区交通运输局", "Transport Bureau", "区交通局", "department"),
    ("SLJ", "区水利局", "Water Resources Bureau", "区水利局", "department"),
    ("NYJ", "区农业农村局", "Agriculture and Rural Affairs Bureau", "区农业农村局", "department"),
    ("SWJ", "区商务局", "Commerce Bureau", "区商务局", "department"),
    ("WLJ", "区文化和旅游局", "Culture and Tourism Bureau", "区文旅局", "department"),
    ("WJJ", "区卫生健康局", "Health Bureau", "区卫健局", "department"),
    ("TYJ", "区退役军人事务局", "Veterans Affairs Bureau", "区退役军人局", "department"),
    ("YJJ", "区应急管理局", "Emergency Management Bureau", "区应急局", "department"),
    ("SJJ", "区审计局", "Audit Bureau", "区审计局", "department"),
    ("SCJ", "区市场监督管理局", "Market Regulation Bureau", "区市场监管局", "department"),
    ("TJJ", "区统计局", "Statistics Bureau", "区统计局", "department"),
    ("YBJ", "区医疗保障局", "Healthcare Security Bureau", "区医保局", "department"),
    ("ZFJ", "区综合行政执法局", "Urban Management and Law Enforcement Bureau", "区综合执法局", "department"),
    ("SPJ", "区行政审批服务局", "Administrative Approval Service Bureau", "区审批服务局", "department"),
    ("GYZ", "区公用事业服务中心", "Public Utilities Centre", "公用事业中心", "department"),
    ("YLZ", "区园林环卫服务中心", "Parks and Sanitation Centre", "园林环卫中心", "department"),
    ("GSC", "古商城保护管理中心", "Ancient Commercial Town Conservation Centre", "古商城中心", "department"),
    ("SLL", "丝绸路街道办事处", "Sichoulu Subdistrict Office", "丝绸路街道", "street"),
    ("DJJ", "大街街道办事处", "Dajie Subdistrict Office", "大街街道", "street"),
    ("QNL", "青年路街道办事处", "Qingnianlu Subdistrict Office", "青年路街道", "street"),
    ("YAJ", "永安街街道办事处", "Yong'anjie Subdistrict Office", "永安街街道", "street"),
    ("CBL", "城北路街道办事处", "Chengbeilu Subdistrict Office", "城北路街道", "street"),
    ("BJZ", "北郊镇人民政府", "Beijiao Town Government", "北郊镇", "town"),
    ("NJZ", "南郊镇人民政府", "Nanjiao Town Government", "南郊镇", "town"),
    ("WCZ", "王村镇人民政府", "Wangcun Town Government", "王村镇", "town"),
    ("MSZ", "萌水镇人民政府", "Mengshui Town Government", "萌水镇", "town"),
)


@dataclass(frozen=True)
class Account:
    login: str
    name: str
    department: str  # code
    role: Role
    post: str
    title: str  # what the list of accounts says


ACCOUNTS = (
    Account("banshiyuan", "李明", "ZJJ", Role.OFFICER, "信访与公众参与岗", "officer 经办人 · 区住房和城乡建设局"),
    Account("fuzeren", "周建国", "ZJJ", Role.HEAD, "分管副局长", "head 负责人 · 区住房和城乡建设局"),
    Account("gongyong", "刘洋", "GYZ", Role.OFFICER, "综合科", "officer 经办人 · 区公用事业服务中心"),
    Account("gucheng", "马晓东", "GSC", Role.OFFICER, "综合科", "officer 经办人 · 古商城保护管理中心（正在整理意见）"),
    Account("guchengfzr", "高立新", "GSC", Role.HEAD, "分管副主任", "head 负责人 · 古商城保护管理中心"),
    Account("zhengfuban", "孙丽", "ZFB", Role.OFFICE, "政务公开科", "office 政府办公室 · 目录和交办"),
    Account("shenji", "吴静", "SJJ", Role.AUDITOR, "监督岗", "auditor 监督 · 区审计局"),
    Account("guanliyuan", "郑浩", "ZFB", Role.ADMINISTRATOR, "系统管理", "administrator 管理员"),
)
CITIZEN = ("shimin", "王秀兰", "13800000001", "citizen 市民 · 登录名 13800000001")

# slug, prefix of its numbers, code of the owner, name, English name
DEPARTMENT_MAILBOXES = (
    ("housing", "ZJ", "ZJJ", "区住建局信箱", "Housing bureau's mailbox"),
    ("education", "JT", "JTJ", "区教体局信箱", "Education bureau's mailbox"),
)

SURNAMES = "王李张刘陈杨赵孙周吴徐朱马胡郭林何高罗郑梁宋唐许邓冯韩曹曾彭"
GIVEN = (
    "秀兰", "建军", "桂英", "志强", "淑珍", "国庆", "丽娟", "永福", "玉梅", "海涛", "春霞", "学文",
    "红卫", "文静", "立新", "爱华", "晓东", "凤英", "子涵", "光明", "雪梅", "长青", "瑞芳", "一鸣",
)  # fmt: skip
