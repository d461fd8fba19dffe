"""The tab 语料: what the assistant looks things up in, how current each law is, and files taken in by the office."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from queue import Queue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.errors import AssistantError, InputError
from assistant.law import china_time
from assistant.web import cards
from assistant.web.desk import forget
from assistant.web.evaluation_tab import table
from assistant.web.markup import Markup, el, join
from assistant.web.uploading import upload_button

if TYPE_CHECKING:
    from assistant.law.instruments import Instrument
    from assistant.pipeline import Assistant
    from assistant.retrieval.shelves import ReplyShelf, ReportShelf
    from assistant.web.desk import Desk

COVERAGE = {"full": "全文", "selected": "摘录", "rules": "只有要点"}
ADD = "加进来的文件留在本机的资料夹里，同名的以新的为准；读不出来的不收，并说明原因。"
BUSY = "正在收进另一批文件，请等它完成后再试。"
_DONE = object()


def corpus_tab(desk: "Desk", tab: Any) -> None:
    """Lay the tab out; what is held is read when the tab comes to the front."""
    with gr.Row(elem_classes="pane-head"):
        gr.HTML(el("p", ADD, class_="note"), padding=False)
        reports = upload_button("加入年度报告", "add-reports", several=True)
        replies = upload_button("加入已办答复", "add-replies", several=True)
    told = gr.HTML("", elem_id="corpus-told", padding=False)
    shown = gr.HTML("", elem_id="corpus", padding=False)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    tab.select(lambda: held(desk.assistant), None, [shown], **quiet)
    one_at_a_time = Lock()
    for button, kept in ((reports, "reports"), (replies, "replies")):
        button.upload(_taker(desk.assistant, kept, one_at_a_time), [button], [told, shown], **quiet)


def held(assistant: "Assistant", on: date | None = None) -> Markup:
    """Laws with their days, published reports, and the office's own folders, as of a day."""
    day = on or china_time.today()
    instruments = sorted(
        assistant.statutes.instruments, key=lambda one: (not one.in_force(day), one.coverage != "full")
    )
    laws = table(
        ("名称和文号", "有效期间", "收录", "文字", "最近核对"),
        tuple(_law(one, day) for one in instruments),
    )
    return el(
        "div",
        el("h3", f"法律、法规和文件（{day} 的状态）"),
        laws,
        el("h3", "公开的年度报告"),
        _reports(assistant),
        el("h3", "本机关的资料夹"),
        _folders((("年度报告", assistant.report_shelf), ("已办答复", assistant.reply_shelf))),
        el("h3", "检索索引"),
        el("p", assistant.index.describe(), class_="note"),
        class_="corpus",
    )


def take_in(assistant: "Assistant", kept: str, files: Sequence[Path]) -> Iterator[str]:
    """Files put on a shelf one by one and the index built anew, each step told in a line as it is done.

    Every upload is gone afterwards. A file that cannot be read is named with the reason and the others go on.
    """
    shelf: ReportShelf | ReplyShelf = assistant.reply_shelf if kept == "replies" else assistant.report_shelf
    changed = 0
    for done, file in enumerate(files, start=1):
        try:
            change = shelf.shelf.put(file.name, file.read_bytes(), shelf.require)
            changed += change != "same"
            yield f"（{done}/{len(files)}）{file.name}：{_CHANGES[change]}。"
        except InputError as fault:
            yield f"（{done}/{len(files)}）没有收进 {file.name}：{fault}"
        finally:
            forget(file)
    if changed:
        yield from _indexed(assistant)
    else:
        yield "没有新的内容，索引不变。"


_CHANGES = {"added": "收进了", "changed": "更新了", "same": "原来就有，内容相同"}


def _indexed(assistant: "Assistant") -> Iterator[str]:
    """The index built in a thread of its own, its steps told as they come."""
    steps: Queue[Any] = Queue()

    def build() -> None:
        try:
            index = assistant.renew(lambda what, done, total: steps.put(f"{what}（{done}/{total}）……"))
            steps.put(f"索引已更新：{index.describe()}")
        except AssistantError as fault:
            steps.put(f"索引没有更新，仍用原来的：{fault}")
        finally:
            steps.put(_DONE)

    Thread(target=build, daemon=True).start()
    last = ""
    while (step := steps.get()) is not _DONE:
        if step.split("（")[0] != last:
            yield step
        last = step.split("（")[0]


def _taker(assistant: "Assistant", kept: str, lock: Lock) -> Callable[..., Iterator[tuple[Any, Any]]]:
    def take(files: list[str] | None) -> Iterator[tuple[Any, Any]]:
        places = [Path(file) for file in files or ()]
        if not lock.acquire(blocking=False):
            for place in places:
                forget(place)
            yield cards.alert(BUSY), gr.skip()
            return
        lines: list[str] = []
        try:
            for line in take_in(assistant, kept, places):
                lines.append(line)
                yield _told(lines), gr.skip()
        except AssistantError as fault:
            lines.append(str(fault))
        finally:
            lock.release()
        yield _told(lines), held(assistant)

    return take


def _told(lines: Sequence[str]) -> Markup:
    return el("div", el("ul", *(el("li", line) for line in lines), class_="told"), role="status")


def _law(one: "Instrument", on: date) -> tuple[str, ...]:
    """One edition as a row: its name, its days, how much of it is held, whether it was proved, and when last."""
    text = f"{COVERAGE[one.coverage]}{f' {len(one.articles)} 条' if one.articles else ''}"
    proved = "已核对官方文本" if one.verified else "未与官方文本核对"
    name = join((f"《{one.title}》", el("small", one.number)))
    return (name, _days(one, on), text, proved, str(one.last_checked_on))


def _days(one: "Instrument", on: date) -> Markup:
    since, until = one.effective_from or "未载明", one.effective_to or "今"
    if one.in_force(on):
        return join((el("strong", "现行"), f"　{since} 至 {until}"))
    begun = one.effective_from is None or one.effective_from <= on
    return join((el("span", "已失效" if begun else "尚未施行", class_="kind"), f"{since} 至 {until}"))


def _reports(assistant: "Assistant") -> Markup:
    rows = tuple(
        (one.agency or "未载明", str(one.year or "未载明"), str(one.published_on or "未载明"), one.source)
        for one in assistant.reports
    )
    return (
        table(("机关", "年度", "公布日期", "文件"), rows)
        if rows
        else el("p", "还没有年度报告。", class_="note")
    )


def _folders(shelves: Sequence[tuple[str, Any]]) -> Markup:
    rows = [
        el("li", f"{name}：{len(one.shelf.files)} 个文件，{one.shelf.folder}", _aside(one))
        for name, one in shelves
    ]
    return el("ul", *rows, class_="folders")


def _aside(shelf: Any) -> Markup | None:
    """Files that lie in the folder and could not be read, each with the reason."""
    if not shelf.shelf.files:
        return None
    library = getattr(shelf, "library", shelf)
    rows = (el("li", f"没有收录 {one.name}：{one.reason}") for one in library.set_aside)
    return join([el("ul", *rows, class_="aside")]) if library.set_aside else None
