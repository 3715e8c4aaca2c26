"""Who takes part in the hearings of the demonstration, and how they are chosen."""

METHOD = """面向社会公开报名。报名的利害关系人超过名额的，在公证员监督下抽签；人大代表、政协委员和专家由区人大常委会、区政协办公室和行业协会推荐。名单在区政府网站公布。"""
PARTICIPANTS = (
    {"name": "韩玉梅", "side": "concerned", "stakeholder": True},
    {"name": "冯立新", "side": "concerned", "stakeholder": True},
    {"name": "曹瑞芳", "side": "concerned", "stakeholder": True},
    {"name": "许长青", "side": "concerned", "stakeholder": True},
    {"name": "邓文静", "side": "public", "stakeholder": False},
    {"name": "彭学文", "side": "deputy", "stakeholder": False},
    {"name": "宋建军", "side": "expert", "stakeholder": False},
)
