"""Names: after the words that announce one, before a form of address, and the writer's own."""

import re
from collections.abc import Iterator

from participation.errors import N_
from participation.redaction.numbers import Found

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤耿盛窦宗毕殷翟焦"
    "巩巴牛路晁臧荆滕翁温齐辛管柴宿逄国燕解尚樊季岳鲁穆庞柳苗祁阎鞠单亓隋仇栾亢"
)
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "夏侯", "淳于", "令狐")
_SURNAME = "(?:" + "|".join(COMPOUND) + f"|[{SURNAMES}])"
_HAN = "[\u4e00-\u9fff]"
_ENDS = "住是在的有和与及同电说讲去来向今现为于等家也都要请把被年男女岁已从给跟对到，因将叫联地身手，"
_GIVEN = rf"(?:(?![{_ENDS}]){_HAN}){{1,2}}"
_TOLD = re.compile(
    rf"(?:我叫|名叫|叫做|本人|姓名|名字|联系人|户主|业主|投诉人|来信人|写信人|举报人|反映人|申请人|签名|署名|住户|我爱人|我妻子|我丈夫|我父亲|我母亲|我儿子|我女儿|我对象|经办人|负责人|当事人|患者|学生|员工|工人|邻居|店主|老板|名为|此致)"
    rf"(?:\s|[:：是叫（(“\"，,])*(?P<name>{_SURNAME}\s?{_GIVEN})"
)
_AM = re.compile(
    rf"(?:我是|我叫|叫)\s?(?P<name>{_SURNAME}\s?(?:(?![{_ENDS}]){_HAN}){{1,2}})(?=[\s，,。；;、（(！!]|$|[{_ENDS}])"
)
_TITLES = (
    "先生|女士|小姐|同志|老师|师傅|大爷|大妈|大娘|大哥|大姐|阿姨|叔叔|老太太|老人|主任|经理|科长|局长|所长|站长|队长|村长|书记|会计|老板|医生|大夫|"
    "护士|律师|校长|院长|处长|股长|镇长|区长|组长|队员|警官|法官"
)
_CALLED = re.compile(rf"(?P<name>{_SURNAME}(?:(?![{_ENDS}]){_HAN}){{0,2}}?)\s?(?=(?:{_TITLES}))")
_NICK = re.compile(rf"(?P<name>[老小][{SURNAMES}])(?=[的说讲家他她也和跟来打告给把让去，。、；（(！!：:]|$|\s)")
_NOT_NAMES = frozenset(
    (
        "项目 高级 高中 常务 安全 单位 金融 万科 方便 周边 周村 周围 任何 何时 温度 向您 "
        "向区 单元 于是 路边 路灯 路段 石油 国家 国土 国庆 解决 管理 管道 管线 金额 许多 "
        "许可 应该 田地 江西 江苏 马路 马上 黄色 白天 白色 高温 高速 高层 程序 段时间 龙头 "
        "毛病 余额 成本 严重 武装 顾客 范围 谢谢 温馨 齐全 鲁商 尚未 史上 路口 季度 辛苦 "
        "章程 计划 曾经 向上 万一 万元 任务 方面 方案 方式 平时 张贴 连续 高度 高价 高压 "
        "路面 路上 石头 国有 国企 周一 周二 周三 周四 周五 周六 周日 周末 周期 江边 夏天 "
        "夏季 雷电 牛奶 牛肉 汤锅 柳树 石板 白酒 雷雨 单独 单价 管委 管家 路过 路北 路南"
    ).split()
)

# Signs that most given names are made of. Two of them behind a family name are a person, unless a
# place is named after them.
_GIVEN_SIGNS = (
    "建军国明华伟强磊洋勇艳杰娟涛超秀霞刚桂英玉兰凤丽敏静芳娜燕红梅琴云莲春雪琳晶欣佳颖婷慧倩萍洁鹏飞斌波辉健俊亮宁"
    "峰志文忠福贵庆德林海龙虎宝永义仁信良昌富顺祥浩然轩宇博晨睿梓涵怡诗嘉豪瑞思振清民胜荣奇维立树彬旭凯鑫森淑珍素翠香"
    "莉巧彩瑛蓉薇兴光世平东"
)
_PLACE = "路|街|村|镇|庄|里|巷|桥|店|小区|家园|花园|中学|小学|学校|医院|广场|大厦|公园|市场|集团|公司|站"
_PLAIN = re.compile(rf"(?P<name>[{SURNAMES}][{_GIVEN_SIGNS}]{{2}})(?!{_PLACE})(?![{_GIVEN_SIGNS}])")


def names(signs: str) -> Iterator[Found]:
    for pattern, why in (
        (_TOLD, N_("It follows a word that announces a name")),
        (_AM, N_("It follows a word that announces a name")),
        (_CALLED, N_("A form of address follows")),
        (_NICK, N_("A familiar form of a family name")),
        (_PLAIN, N_("It looks like a name")),
    ):
        for match in pattern.finditer(signs):
            if not any(match["name"].replace(" ", "").startswith(word) for word in _NOT_NAMES):
                yield *match.span("name"), "name", why


def own_name(signs: str, name: str) -> Iterator[Found]:
    """The writer's name and, where it has two signs or more, the given name alone."""
    whole = "".join(name.split())
    if len(whole) < 2:
        return
    parts = [whole]
    family = next((found for found in COMPOUND if whole.startswith(found)), whole[:1])
    if len(whole) - len(family) >= 2 and re.fullmatch(f"{_HAN}+", whole):
        parts.append(whole[len(family) :])
    if not re.fullmatch(f"{_HAN}+", whole):
        parts += [part for part in name.split() if len(part) >= 3]
    for part in parts:
        spelled = r"[\s·.\-_*,，、|/]{0,3}".join(re.escape(sign) for sign in part)
        for match in re.finditer(spelled, signs, re.IGNORECASE):
            yield *match.span(), "name", N_("It is the writer's own name")
