"""The files of a run: figures for machines, a page for editors, a page for browsers, pictures, and the log."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.html import Section, page
from evals.log import write_log
from evals.records import Shown, write_page, write_pictures, write_record
from evals.tables import Rows, plain, title_of
from evals.task import Picture, TaskResult

TITLE = "评测结果"
LISTED, LENGTH = 60, 160


def write(results: Sequence[TaskResult], folder: Path, shown: Shown, rests_on: Mapping[str, Any]) -> None:
    """latest.json (figures), latest.md and latest.html (tables, pictures, items), the pictures, the log."""
    figures = [plain(figure) for result in results for figure in result.figures]
    records = {name: dict(extras.record) for name, extras in shown.extras.items() if extras.record}
    write_record(folder, "latest", {"made_from": dict(rests_on), "figures": figures, "records": records})
    pictures = {
        title_of(result.task, view): [one for one in extras.pictures if one.view == view.key]
        for result in results
        if (extras := shown.extras.get(result.task.name))
        for view in result.task.views
    }
    write_pictures(folder, [one for found in pictures.values() for one in found])
    write_page(folder, "latest", TITLE, {**shown.tables, **shown.lists}, pictures)
    sections = [_section(result, shown, pictures) for result in results]
    (folder / "latest.html").write_text(page(TITLE, sections, rests_on), encoding="utf-8")
    write_log(folder, results, rests_on)


def _section(result: TaskResult, shown: Shown, pictures: Mapping[str, Sequence[Picture]]) -> Section:
    label = result.task.label
    own = {title: rows for title, rows in shown.tables.items() if title.startswith(f"{label}：")}
    listed = {title: rows for title, rows in shown.lists.items() if title.startswith(f"{label}：")}
    return Section(result, own, pictures, {**listed, **_missed(result)})


def _missed(result: TaskResult) -> dict[str, Rows]:
    """What the product gets wrong, in words."""
    words = {one.id: result.task.words(one) for one in result.task.dataset}
    wrong = [
        one
        for one in result.scores[result.task.solvers[0].name]
        if one.values is None or one.values.get(result.task.right) == 0
    ]
    if not wrong:
        return {}
    rows = [
        [one.id, words[one.id], one.target, one.answer[:LENGTH], one.explanation] for one in wrong[:LISTED]
    ]
    title = f"{result.task.label}：本程序没有答对的（{len(rows)}/{len(wrong)}）"
    return {title: [["编号", "内容", "应为", "本程序", "说明"], *rows]}
