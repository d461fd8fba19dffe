"""Published reports of an invented town, flattened in the ways web pages are, with known figures."""

from collections.abc import Callable
from itertools import count

from assistant.ingest.report_form import ReportForm

TITLE = "青石镇人民政府2022年政府信息公开工作年度报告"
HEAD = f"""索引号: | 00999/2023-000123 | ||
---|---|---|---|
发布机构: | 青石镇 | 公开日期: | 2023-01-18 |
{TITLE}
一、总体情况
全年主动公开信息56条。
二、主动公开政府信息情况
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
"""


def known_figures(form: ReportForm) -> dict[str, dict[str, dict[str, int]]]:
    """A different number in every cell of the three tables."""
    numbers = count(101)
    return {
        code: {row.code: {column: next(numbers) for column in row.columns} for row in table.rows.values()}
        for code, table in form.tables.items()
    }


def bars(form: ReportForm) -> str:
    """Row per line, cells by bars, merged cells as padding; the disputes in one row under their heads."""
    return _report(form, lambda title, values: f"{title} | {' | '.join(values)} | ||")


def bare_cells(form: ReportForm) -> str:
    """One cell per line, no bars, blank lines between."""
    return _report(form, lambda title, values: "\n\n".join((title, *values)))


def spaced(form: ReportForm) -> str:
    """Row per line with single spaces."""
    return _report(form, lambda title, values: f"{title} {' '.join(values)}")


def barred_cells(form: ReportForm) -> str:
    """One cell per line, each followed by a bar, with stray spaces around digits."""
    return _report(form, lambda title, values: "\n".join(f" {cell}  |" for cell in (title, *values)))


LAYOUTS = {"bars": bars, "bare cells": bare_cells, "spaced": spaced, "barred cells": barred_cells}


def _report(form: ReportForm, row: Callable[[str, list[str]], str]) -> str:
    figures = known_figures(form)
    parts = [HEAD]
    for number, code in enumerate(("publication", "requests"), start=2):
        table = form.tables[code]
        parts += ["三、收到和处理政府信息公开申请情况\n自然人\n总计"] if number == 3 else []
        parts += [
            row(r.mark + r.label, [str(v) for v in figures[code][r.code].values()])
            for r in table.rows.values()
        ]
    heads = (
        "行政复议 | 行政诉讼 | ||||",
        "结果维持 | 总计 | 未经复议直接起诉 | 复议后起诉 | ||||",
        "总计 | |||",
    )
    values = [str(v) for cells in figures["disputes"].values() for v in cells.values()]
    parts += ["四、政府信息公开行政复议、行政诉讼情况", "\n".join(heads), row("总计", values)]
    parts += ["五、存在的主要问题及改进情况", "解读不多。", "六、其他需要报告的事项", "无。"]
    return "\n".join(parts)
