"""The 2026 catalogue of major decisions of the demonstration district."""

# number, title, category key, lead unit code, joint unit codes, basis, hearing, planned text
CRITERIA = """下列事项列入目录：制定公共服务、市场监管、社会管理、环境保护等方面的重大公共政策和措施；制定经济和社会发展等方面的重要规划；制定开发利用、保护重要自然资源和文化资源的重大公共政策和措施；决定在本行政区域实施的重大公共建设项目；决定对经济社会发展有重大影响、涉及重大公共利益或者社会公众切身利益的其他重大事项。

财政政策、货币政策等宏观调控决策，政府立法决策，突发事件应急处置决策，以及政府内部事务，不列入目录。"""

# By number: the subject area, and whether firms are affected.
FIELD_OF = {
    1: "other", 2: "culture_education", 3: "utilities", 4: "other", 5: "other", 6: "culture_education",
    7: "resources", 8: "other", 9: "other", 10: "utilities", 11: "health",
    12: "culture_education",
}  # fmt: skip
AFFECTS_BUSINESS = frozenset({2, 4, 12})

ITEMS = (
    (1, "既有多层住宅加装电梯实施办法", "services", "ZJJ", ("ZRJ", "CZJ", "SCJ"), "《山东省既有住宅加装电梯管理规定》", False, "2026年12月提请审议"),
    (2, "古商城保护区游览与经营秩序管理规定", "culture", "GSC", ("WLJ", "ZFJ"), "《历史文化名城名镇名村保护条例》", True, "2026年12月"),
    (3, "城区供热管网改造三年计划（2026—2028）", "plan", "GYZ", ("ZJJ", "CZJ"), "《山东省供热条例》", False, "2026年12月上旬审议"),
    (4, "机动车停车管理办法", "regulation", "ZFJ", ("JJD", "JTY"), "《中华人民共和国道路交通安全法》", True, "2026年9月审议，10月公布"),
    (5, "周村区养老服务设施布局规划（2026—2035）", "plan", "MZJ", ("ZRJ",), "《山东省养老服务条例》", False, "2026年第四季度"),
    (6, "义务教育学校学区划分调整方案", "services", "JTJ", ("GAJ",), "《中华人民共和国义务教育法》", True, "2026年5月"),
    (7, "孝妇河周村段生态修复工程", "nature", "SLJ", ("STJ", "ZRJ"), "《山东省水资源条例》", False, "2026年10月立项"),
    (8, "公共租赁住房保障范围和租金标准调整", "services", "ZJJ", ("CZJ", "MZJ"), "《公共租赁住房管理办法》", True, "2026年11月"),
    (9, "电动自行车集中充电设施补助办法", "services", "ZJJ", ("YJJ", "CZJ"), "《山东省消防条例》", False, "2026年12月"),
    (10, "城乡公交线网优化方案", "services", "JTY", ("CZJ",), "《山东省城市公共交通条例》", False, "2027年1月"),
    (11, "第二人民医院扩建项目", "project", "WJJ", ("FGJ", "ZRJ"), "《医疗机构管理条例》", False, "2026年第三季度"),
    (12, "小学生校外托管机构管理办法", "services", "JTJ", ("SCJ", "YJJ"), "《中华人民共和国未成年人保护法》", False, "2026年10月"),
)  # fmt: skip
