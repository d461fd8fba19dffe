"""The tab 评测: the figures and pictures of the last evaluation, as it was recorded. Nothing can be changed here."""

from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.web.markup import Markup, el, join
from assistant.web.results import Picture, Section, Table, read_results

if TYPE_CHECKING:
    from assistant.web.desk import Desk

NOTHING = "这里还没有评测记录。请在命令行运行 assistant evaluate --output evals/results，完成后再打开本页。"
LEAD = "最近一次评测的记录：每个数后面是样本数和 95% 置信区间，旁边是对照方法。重新评测用命令 assistant evaluate。"


def evaluation_tab(desk: "Desk", tab: Any) -> None:
    """Lay the tab out; the record is read when the tab comes to the front."""
    shown = gr.HTML("", elem_id="results", padding=False)
    tab.select(results, None, [shown], show_progress="hidden", api_visibility="private")


def results() -> Markup:
    """Every section under its heading, the first of each task open."""
    sections = read_results()
    if not sections:
        return el("div", el("p", NOTHING), class_="empty")
    seen: set[str] = set()
    rows = []
    for section in sections:
        task = section.title.split("：")[0]
        rows.append(_section(section, task not in seen))
        seen.add(task)
    return el("div", el("p", LEAD, class_="note"), *rows, class_="results")


def _section(section: Section, open_: bool) -> Markup:
    inner = el("div", join(map(_block, section.blocks)), class_="figures")
    return el("details", el("summary", section.title), inner, class_="source", open=open_)


def _block(block: Table | Picture | str) -> Markup:
    if isinstance(block, Picture):
        return el("img", src=f"results/{block.file}", alt=block.shows, loading="lazy")
    if isinstance(block, str):
        return el("p", block, class_="note")
    return table(block.head, block.rows)


def table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Markup:
    """A table that scrolls sideways by itself where it is too wide."""
    top = el("tr", *(el("th", cell, scope="col") for cell in head))
    body = (el("tr", *(el("td", cell) for cell in row)) for row in rows)
    whole = el("table", el("thead", top), el("tbody", *body))
    return el("div", whole, class_="wide", tabindex="0", role="group", aria_label="表格，可以左右滚动")
