"""Published reports of an invented town, flattened in the ways web pages are, with known figures."""

from collections.abc import Callable, Mapping
from itertools import count

from assistant.ingest.annual.form import ReportForm

TITLE = "青石镇人民政府2022年政府信息公开工作年度报告"
HEAD = f"""索引号: | 00999/2023-000123 | ||
---|---|---|---|
发布机构: | 青石镇 | 公开日期: | 2023-01-18 |
{TITLE}
一、总体情况
全年主动公开信息56条。
二、主动公开政府信息情况
"""
Figures = Mapping[str, Mapping[str, Mapping[str, int]]]
Row = Callable[[str, list[str]], str]

_BLOCKS = {
    "regulations": ("第二十条第（一）项", ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")),
    "permits": ("第二十条第（五）项", ("信息内容", "本年处理决定数量")),
    "penalties": ("第二十条第（六）项", ("信息内容", "本年处理决定数量")),
    "fees": ("第二十条第（八）项", ("信息内容", "本年收费金额（单位：万元）")),
}
_REQUEST_HEADS = (
    ("申请人情况",),
    ("自然人", "法人或其他组织", "总计"),
    ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"),
)
_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_DISPUTE_HEADS = (
    ("行政复议", "行政诉讼"),
    (*_RESULTS, "未经复议直接起诉", "复议后起诉"),
    (*_RESULTS, *_RESULTS),
)


def known_figures(form: ReportForm) -> dict[str, dict[str, dict[str, int]]]:
    """A different number in every cell of the three tables."""
    numbers = count(101)
    return {
        code: {row.code: {column: next(numbers) for column in row.columns} for row in table.rows.values()}
        for code, table in form.tables.items()
    }


def bars(form: ReportForm, figures: Figures | None = None) -> str:
    """Row per line, cells by bars, merged cells as padding; the disputes in one row under their heads."""
    return _report(form, _bars, figures)


def bare_cells(form: ReportForm, figures: Figures | None = None) -> str:
    """One cell per line, no bars, blank lines between."""
    return _report(form, lambda title, values: "\n\n".join((title, *values)), figures)


def spaced(form: ReportForm, figures: Figures | None = None) -> str:
    """Row per line with single spaces."""
    return _report(form, lambda title, values: f"{title} {' '.join(values)}", figures)


def barred_cells(form: ReportForm, figures: Figures | None = None) -> str:
    """One cell per line, each followed by a bar, with stray spaces around digits."""
    return _report(form, lambda title, values: "\n".join(f" {cell}  |" for cell in (title, *values)), figures)


def cells_then_bars(form: ReportForm, figures: Figures | None = None) -> str:
    """A line with the cell, then a line with a bar."""
    return _report(form, lambda title, values: "\n".join(f"{cell}\n|" for cell in (title, *values)), figures)


def leading_bars(form: ReportForm, figures: Figures | None = None) -> str:
    """A bar in front of every row."""
    return _report(form, lambda title, values: f"| {_bars(title, values)}", figures)


def lone_bars(form: ReportForm, figures: Figures | None = None) -> str:
    """A line with nothing but a bar before every row."""
    return _report(form, lambda title, values: f"|\n{_bars(title, values)}", figures)


def joined_pads(form: ReportForm, figures: Figures | None = None) -> str:
    """The padding stuck to the last cell."""
    return _report(form, lambda title, values: f"{title} | {' | '.join(values)}|||", figures)


def pads_before(form: ReportForm, figures: Figures | None = None) -> str:
    """The padding of the merged title between it and its figures."""
    return _report(form, lambda title, values: f"{title} | | | {' | '.join(values)} |", figures)


def unpadded(form: ReportForm, figures: Figures | None = None) -> str:
    """Rows as wide as their own cells."""
    return _report(form, lambda title, values: " | ".join((title, *values)), figures)


def full_width(form: ReportForm, figures: Figures | None = None) -> str:
    """Full-width digits between no-break spaces."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return bars(form, figures).translate(wide).replace("２０２２", "2022").replace(" | ", "\xa0|\xa0")


def changing(form: ReportForm, figures: Figures | None = None) -> str:
    """Another layout with every row."""
    ways = count()
    rows: tuple[Row, ...] = (_bars, lambda t, v: "\n".join((t, *v)), lambda t, v: f"{t} {' '.join(v)}")
    return _report(form, lambda title, values: rows[next(ways) % 3](title, values), figures)


def glued(form: ReportForm, figures: Figures | None = None) -> str:
    """Nothing between the cells of a row: 规章000."""
    return _report(form, lambda title, values: title + "".join(values), figures)


def digits_fused(form: ReportForm, figures: Figures | None = None) -> str:
    """The title on its line, the row's digits fused on the next."""
    return _report(form, lambda title, values: f"{title}\n{''.join(values)}", figures)


def blank_for_none(form: ReportForm, figures: Figures | None = None) -> str:
    """An empty cell where there is none."""
    return _report(form, lambda title, values: _bars(title, ["" if v == "0" else v for v in values]), figures)


def without_repeats(form: ReportForm, figures: Figures | None = None) -> str:
    """One cell per line, and every line once in the whole document."""
    return "\n".join(dict.fromkeys(bare_cells(form, figures).split("\n")))


def _bars(title: str, values: list[str]) -> str:
    return f"{title} | {' | '.join(values)} | ||"


LAYOUTS = {
    "bars": bars,
    "bare cells": bare_cells,
    "spaced": spaced,
    "barred cells": barred_cells,
    "cells then bars": cells_then_bars,
    "leading bars": leading_bars,
    "lone bars": lone_bars,
    "joined pads": joined_pads,
    "pads before": pads_before,
    "unpadded": unpadded,
    "full width": full_width,
    "changing": changing,
}
# What these show can be read only in part.
LOSSY = {
    "glued": glued,
    "digits fused": digits_fused,
    "blank for none": blank_for_none,
    "without repeats": without_repeats,
}


def _report(form: ReportForm, row: Row, figures: Figures | None) -> str:
    shown = figures or known_figures(form)
    parts = [HEAD]
    for code in ("publication", "requests"):
        parts += (
            _heads(_REQUEST_HEADS, "三、收到和处理政府信息公开申请情况", row) if code == "requests" else []
        )
        for one in form.tables[code].rows.values():
            parts += _block(one.code, row) if code == "publication" else []
            parts.append(row(one.mark + one.label, [str(v) for v in shown[code][one.code].values()]))
    parts += _heads(_DISPUTE_HEADS, "四、政府信息公开行政复议、行政诉讼情况", row)
    values = [str(v) for cells in shown["disputes"].values() for v in cells.values()]
    parts.append(row("", values).lstrip())
    parts += ["五、存在的主要问题及改进情况", "解读不多。", "六、其他需要报告的事项", "无。"]
    return "\n".join(parts)


def _heads(heads: tuple[tuple[str, ...], ...], title: str, row: Row) -> list[str]:
    return [title, *(row(first, list(others)) if others else first for first, *others in heads)]


def _block(code: str, row: Row) -> list[str]:
    article, heads = _BLOCKS.get(code, ("", ()))
    return [article, row(heads[0], list(heads[1:]))] if heads else []
