"""The passage index: build, add to, describe, check."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.show import open_office, progress_bars

if TYPE_CHECKING:
    from assistant.ingest.files.folder import SetAside
    from assistant.pipeline import Assistant

index_app = typer.Typer(help="建立、补充、查看、核对检索索引。", no_args_is_help=True, rich_markup_mode=None)
CorpusDir = Annotated[Path | None, typer.Option(help="语料目录。")]


@index_app.command("build")
def index_build(corpus: CorpusDir = None) -> None:
    """（重新）建立索引；中途被终止时，上一次建好的索引照常可用。"""
    raise typer.Exit(_build(open_office(corpus)))


@index_app.command("add")
def index_add(
    paths: Annotated[list[str], typer.Argument(help="年度报告文件、文件夹或 .zip。")],
    replies: Annotated[bool, typer.Option("--replies", help="加入的是本机关已办的答复书。")] = False,
    online: Annotated[bool, typer.Option("--online", help="允许从网址（http、https）读取。")] = False,
) -> None:
    """把公开的年度报告（或者已办的答复书）收进资料夹，再建立索引。同名的文件以新的为准。"""
    from assistant.ingest.files.collecting import collect

    assistant = open_office()
    shelf = assistant.reply_shelf if replies else assistant.report_shelf
    found = collect(paths, shelf.shelf, shelf.require, online, progress_bars())
    counts = found.counts
    told = f"新增 {counts['added']} 份，更新 {counts['changed']} 份，原有 {counts['same']} 份"
    print(f"收进 {shelf.shelf.folder}：{told}。")
    _tell(found.set_aside)
    raise typer.Exit(max(_build(open_office()), int(bool(found.set_aside))))


@index_app.command("status")
def index_status(corpus: CorpusDir = None) -> None:
    """说明正在使用的索引；没有或者过时的，先建立。"""
    assistant = open_office(corpus)
    index = assistant.index
    folders = (assistant.report_shelf.shelf, assistant.reply_shelf.shelf)
    kept = [
        f"{name} {len(shelf.files)} 个文件，{shelf.folder}"
        for name, shelf in zip(("年度报告", "已办答复"), folders, strict=True)
        if shelf.files
    ]
    print("\n".join(filter(None, (index.describe(), *kept, index.notice))))


@index_app.command("check")
def index_check(corpus: CorpusDir = None) -> None:
    """核对索引与语料、条文与封存的摘要、文书与处理结果是否一致。"""
    faults = open_office(corpus).check_corpus()
    print("\n".join(faults) if faults else "索引、条文、文书都与语料一致。")
    raise typer.Exit(1 if faults else 0)


def _build(assistant: "Assistant") -> int:
    """Build and tell; 1 where a file of the office's folders had to be set aside."""
    index = assistant.rebuild_index()
    print(f"索引已建立：{index.describe()}")
    aside = (*assistant.report_shelf.library.set_aside, *assistant.reply_shelf.set_aside)
    read = len(assistant.report_shelf.library.reports)
    if read or aside:
        print(f"年度报告收录 {read} 份。")
    _tell(aside)
    return int(bool(aside))


def _tell(aside: "Sequence[SetAside]") -> None:
    if aside:
        print(f"没有收录 {len(aside)} 个文件：", file=sys.stderr)
    for one in aside:
        print(f"  {one.name}：{one.reason}", file=sys.stderr)
