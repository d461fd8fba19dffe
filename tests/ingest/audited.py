"""Reports of an invented town for the audit: figures and prose as a case gives them, everything else right."""

from collections.abc import Mapping
from typing import Any

from assistant.ingest.annual.form import TableForm, standing_form

TITLES = tuple(section.title for section in standing_form().sections)
USUAL = {"new": 20, "grant": 12, "unable.not_held": 5, "other.other": 1, "carried_out": 2}
HEADS = {
    2: "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
    3: "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |||",
    4: "行政复议 | 行政诉讼 |||",
}

Figures = Mapping[str, Mapping[str, Mapping[str, Any]]]


def report_text(case: Mapping[str, Any]) -> str:
    """The report a case describes; what it does not say is as in a right report of 青石镇 for 2023."""
    year, agency = case.get("year", 2023), case.get("agency", "青石镇人民政府")
    figures = figures_of(case)
    bodies = {
        1: case.get("prose", "全年主动公开政府信息56条。"),
        2: _rows("publication", figures) + "\n",
        3: _rows("requests", figures),
        4: _disputes(figures),
        5: case.get("problems", "解读形式不多，已增加图解。"),
        6: case.get("other_matters", "本年度没有收取信息处理费。"),
    }
    titles = case.get("titles", [f"{'一二三四五六'[n]}、{title}" for n, title in enumerate(TITLES)])
    numbers = case.get("sections", range(1, 7))
    parts = [f"{agency}{year}年政府信息公开工作年度报告", case.get("preface", "现将情况报告如下。")]
    for title, number in zip(titles, numbers, strict=True):
        parts += [title, HEADS.get(number, ""), bodies[number]]
    text = "\n".join(parts)
    for old, new in case.get("printed", {}).items():
        assert old in text
        text = text.replace(old, new)
    return text


def figures_of(case: Mapping[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """Every cell: zero unless the case names it; a bare number is a natural person's and the total's."""
    form = standing_form()
    found: dict[str, dict[str, dict[str, Any]]] = {
        code: {row.code: dict.fromkeys(row.columns, 0) for row in table.rows.values()}
        for code, table in form.tables.items()
    }
    requests = dict(case.get("requests", USUAL))
    for row, value in requests.items():
        found["requests"][row] |= _spread(value)
    if "total_handled" not in requests:
        found["requests"]["total_handled"] = _summed(found["requests"], form.tables["requests"])
    for table in ("publication", "disputes"):
        for row, cells in case.get(table, {}).items():
            found[table][row] |= cells
    for row, cells in found["disputes"].items():
        if "total" not in case.get("disputes", {}).get(row, {}):
            cells["total"] = sum(value for column, value in cells.items() if column != "total")
    return found


def _spread(value: Any) -> dict[str, Any]:
    if isinstance(value, int):
        return {"natural_person": value, "total": value}
    cells = dict(value)
    return cells if "total" in cells else cells | {"total": sum(cells.values())}


def _summed(rows: Mapping[str, Mapping[str, int]], table: TableForm) -> dict[str, int]:
    leaves = [code for code, row in table.rows.items() if row.share_of == "total_handled"]
    return {column: sum(rows[leaf][column] for leaf in leaves) for column in rows["new"]}


def _rows(code: str, figures: Figures) -> str:
    rows = standing_form().tables[code].rows
    lines = [
        f"{rows[row].mark}{rows[row].label} | {' | '.join(map(str, cells.values()))} |"
        for row, cells in figures[code].items()
    ]
    return "\n".join(lines)


def _disputes(figures: Figures) -> str:
    values = [str(value) for cells in figures["disputes"].values() for value in cells.values()]
    results = " | ".join(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    heads = f"{results} | 未经复议直接起诉 | 复议后起诉 ||||||||\n{results} | {results} |||||"
    return f"{heads}\n{' | '.join(values)} |"
