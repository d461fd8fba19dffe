"""The tables of the form of 2019 as an invented county published them, one row a line, with known figures."""

PUBLICATION_2019 = """二、主动公开政府信息情况
第二十条第（一）项 | |||
信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |
规章 | 0 | 0 | 0 |
规范性文件 | 7 | 6 | 31 |
第二十条第（五）项 | |||
信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |
行政许可 | 214 | +2 | 3876 |
其他对外管理服务事项 | 88 | -1 | 405 |
第二十条第（六）项 | |||
信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |
行政处罚 | 512 | 0 | 96 |
行政强制 | 40 | 3 | 17 |
第二十条第（八）项 | |||
信息内容 | 上一年项目数量 | 本年增/减 |
行政事业性收费 | 12 | -2 |
第二十条第（九）项 | |||
信息内容 | 采购项目数量 | 采购总金额 |
政府集中采购 | 19 | 3235727元 |
"""
FIGURES_2019 = {
    "regulations": {"made": 0, "published": 0, "public_total": 0},
    "normative_documents": {"made": 7, "published": 6, "public_total": 31},
    "permits": {"last_year_items": 214, "change": 2, "decisions": 3876},
    "services": {"last_year_items": 88, "change": -1, "decisions": 405},
    "penalties": {"last_year_items": 512, "change": 0, "decisions": 96},
    "coercion": {"last_year_items": 40, "change": 3, "decisions": 17},
    "fees": {"last_year_items": 12, "change": -2},
    "procurement": {"items": 19, "purchase_amount": 3235727},
}
OTHER_IN_ONE_ROW = """三、收到和处理政府信息公开申请情况
自然人 | 法人或其他组织 | 总计
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他
一、本年新收政府信息公开申请数量 | 9 | 1 | 0 | 0 | 0 | 0 | 10
（五）不予处理 | 5.要求行政机关确认或重新出具已获取信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0
（六）其他处理 | 3 | 1 | 0 | 0 | 0 | 0 | 4
（七）总计 | 9 | 1 | 0 | 0 | 0 | 0 | 10
四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0
"""
