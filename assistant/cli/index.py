"""The passage index: build, describe, check."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.show import open_office

index_app = typer.Typer(help="建立、查看、核对检索索引。", no_args_is_help=True, rich_markup_mode=None)


@index_app.command("build")
def index_build(corpus: Annotated[Path | None, typer.Option(help="语料目录。")] = None) -> None:
    """（重新）建立索引；中途被终止时，上一次建好的索引照常可用。"""
    index = open_office(corpus).rebuild_index()
    print(f"索引已建立：{index.describe()}")


@index_app.command("status")
def index_status(corpus: Annotated[Path | None, typer.Option(help="语料目录。")] = None) -> None:
    """说明正在使用的索引；没有或者过时的，先建立。"""
    index = open_office(corpus).index
    print("\n".join(filter(None, (index.describe(), index.notice))))


@index_app.command("check")
def index_check(corpus: Annotated[Path | None, typer.Option(help="语料目录。")] = None) -> None:
    """核对索引与语料、条文与封存的摘要、文书与处理结果是否一致。"""
    faults = open_office(corpus).check_corpus()
    print("\n".join(faults) if faults else "索引、条文、文书都与语料一致。")
    raise typer.Exit(1 if faults else 0)
