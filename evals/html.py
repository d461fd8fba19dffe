"""A run as one page that opens anywhere: tables, pictures, what was gained and lost, with nothing fetched.

No script, no font, no address outside; pictures stand in the page itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from evals.task import Figure, Picture, TaskResult

STYLE = Path(__file__).with_name("report.css")
PRODUCT, WHOLE = "assistant", "全部"
# Methods that are the product with a part left out are no rivals of it.
ITS_PARTS = ("without_", "request_alone", "model", "voted")

# How the table is called that compares with the last recorded run.
SINCE = "与上次记录的评测比"
# Words up to this length are kept on one line.
SHORT = 16

Rows = list[list[str]]
_FIGURE = re.compile(r"^([-+]?\d\.\d+) (\[[^\]]*\])(.*)$")


@dataclass(frozen=True)
class Section:
    """What the page tells of one task: its tables by title with the pictures under them, and its lists of items."""

    result: TaskResult
    tables: Mapping[str, Rows]
    pictures: Mapping[str, Sequence[Picture]] = field(default_factory=dict)
    lists: Mapping[str, Rows] = field(default_factory=dict)


def page(title: str, sections: Sequence[Section], made_from: Mapping[str, Any]) -> str:
    """The whole page."""
    links = "".join(
        f'<a href="#{one.result.task.name}">{escape(one.result.task.label)}</a>' for one in sections
    )
    body = "".join(map(_section, sections))
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE.read_text(encoding='utf-8')}</style></head><body>"
        f'<nav aria-label="任务"><strong>{escape(title)}</strong>{links}<a href="#grounds">依据</a></nav><main>'
        f"<h1>{escape(title)}</h1><p class=lead>每个数都附 95% 区间和件数；区间按情景成组抽样。"
        "空心圆点和灰色条是对照方法。没有评成的单列，不计入任何数。</p>"
        f"<div class=cards>{''.join(map(_card, sections))}</div>{body}{_grounds(made_from)}</main></body></html>\n"
    )


def _card(section: Section) -> str:
    """The main figure of a task, the best rival, and how many items stayed unscored."""
    result = section.result
    main = _main(result)
    ours = main.get(PRODUCT)
    if ours is None or ours.interval is None:
        return ""
    found = ours.interval
    rivals = [
        one
        for name, one in main.items()
        if name != PRODUCT and not name.startswith(ITS_PARTS) and one.interval
    ]
    best = max(rivals, key=lambda one: one.interval.value if one.interval else 0.0, default=None)
    labels = {solver.name: solver.label for solver in result.task.solvers}
    rival = (
        f"<dd>最强对照 <b>{best.interval.value:.3f}</b> {escape(labels[best.solver])}</dd>"
        if best and best.interval
        else ""
    )
    unscored = f"<dd class=bad>{result.unscored} 件没有评成</dd>" if result.unscored else ""
    return (
        f'<a class=card href="#{result.task.name}"><dl><dt>{escape(result.task.label)}</dt>'
        f"<dd class=big>{found.value:.3f}</dd>"
        f"<dd>{escape(ours.label if ours.group == WHOLE else f'{ours.group}：{ours.label}')}</dd><dd class=faint>[{found.low:.3f}, {found.high:.3f}]　n={found.n}</dd>"
        f"{rival}{_change(section)}{unscored}</dl></a>"
    )


def _change(section: Section) -> str:
    """How many items were gained and lost since the last recorded run, where there is one."""
    rows = next((rows for title, rows in section.tables.items() if title.endswith(SINCE)), [])
    if len(rows) < 2 or len(rows[0]) < 5 or len(rows[1]) < 5:
        return ""
    _, _, gained, lost, *_ = rows[1]
    return f"<dd>与上次比 <b>+{escape(gained)} −{escape(lost)}</b></dd>"


def _main(result: TaskResult) -> dict[str, Figure]:
    """The figure by which runs are compared, by method in whichever view, of the first view's largest group."""
    first = [f for f in result.figures if f.view == result.task.views[0].key and f.interval]
    wanted = [f for f in first if f.metric == result.task.right] or first
    ours = max((f for f in wanted if f.solver == PRODUCT), key=_n, default=None)
    if ours is None:
        return {}
    alike = [f for f in result.figures if (f.group, f.metric) == (ours.group, ours.metric) and f.interval]
    return {f.solver: f for f in reversed(alike)}


def _n(figure: Figure) -> int:
    return figure.interval.n if figure.interval else 0


def _section(section: Section) -> str:
    task = section.result.task
    parts = [f'<section id="{task.name}"><h2>{escape(task.label)}</h2>']
    for number, (title, rows) in enumerate(section.tables.items()):
        bare = title.removeprefix(f"{task.label}：")
        pictures = "".join(
            f"<figure>{one.svg}<figcaption>{escape(one.caption)}</figcaption></figure>"
            for one in section.pictures.get(title, ())
        )
        opened = " open" if number == 0 else ""
        parts.append(
            f"{pictures}<details{opened}><summary>{escape(bare)}<span>{len(rows) - 1} 行</span></summary>"
            f"{table(rows)}</details>"
        )
    for title, rows in section.lists.items():
        bare = title.removeprefix(f"{task.label}：")
        parts.append(f"<details class=list><summary>{escape(bare)}</summary>{table(rows)}</details>")
    return "".join([*parts, "</section>"])


def table(rows: Rows) -> str:
    """Rows (the first is the heading); a group that goes on over several rows is named once."""
    head = "".join(
        f"<th scope=col{' class=number' if cell == 'n' else ''}>{escape(cell)}</th>" for cell in rows[0]
    )
    return f"<div class=scroll><table><thead><tr>{head}</tr></thead><tbody>{''.join(_body(rows[1:]))}</tbody></table></div>"


def _body(rows: Rows) -> Iterator[str]:
    at = 0
    while at < len(rows):
        upto = at
        while upto < len(rows) and rows[upto][0] == rows[at][0]:
            upto += 1
        for number, row in enumerate(rows[at:upto]):
            first = f'<th scope=rowgroup rowspan="{upto - at}">{escape(row[0])}</th>' if number == 0 else ""
            kind = " class=begins" if number == 0 else ""
            yield f"<tr{kind}>{first}{''.join(map(_cell, row[1:]))}</tr>"
        at = upto


def _cell(words: str) -> str:
    found = _FIGURE.match(words)
    if found:
        rest = f"<small>{escape(found[3])}</small>" if found[3] else ""
        return f"<td class=figure><b>{found[1]}</b> <span>{escape(found[2])}</span>{rest}</td>"
    number = re.fullmatch(r"[-+<]?[\d.,%]+", words)
    kind = " class=number" if number else " class=short" if len(words) <= SHORT else ""
    return f"<td{kind}>{escape(words)}</td>"


def _grounds(made_from: Mapping[str, Any]) -> str:
    """What the figures rest on."""
    names = {"digests": "摘要", "versions": "版本", "settings": "设置", "machine": "机器"}
    rows = [
        [names.get(part, part), str(key), str(value if value is not None else "–")]
        for part, held in made_from.items()
        if isinstance(held, Mapping)
        for key, value in held.items()
    ]
    return f'<section id="grounds"><h2>依据</h2>{table([["种类", "项", "值"], *rows])}</section>'
