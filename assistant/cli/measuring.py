"""Evaluation runs and benchmarks."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import InputError


def evaluate(
    tasks: Annotated[
        list[str] | None,
        typer.Argument(help="classification、retrieval、drafting、citations、reports；默认全部。"),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="结果目录。")] = None,
    questions: Annotated[
        Path | None,
        typer.Option(
            help="自备问题（JSON Lines：id、query、relevant），只评检索，不指明结果目录就不留记录。"
        ),
    ] = None,
    requests: Annotated[
        Path | None,
        typer.Option(
            help="自备申请（JSON Lines：id、request、findings、outcome），只评研判，不指明结果目录就不留记录。"
        ),
    ] = None,
) -> None:
    """在标注集上评测，与基线并列，附样本数和 95 % 区间。"""
    from evals.run import evaluate as run
    from evals.run import evaluate_own, evaluate_requests

    if requests is not None:
        if questions is not None or tasks not in (None, [], ["classification"]):
            raise InputError("自备申请只能评研判。请写成 assistant evaluate classification --requests 文件。")
        raise typer.Exit(evaluate_requests(requests, output))
    if questions is None:
        raise typer.Exit(run(tasks or [], output))
    if tasks not in (None, [], ["retrieval"]):
        raise InputError("自备问题只能评检索。请写成 assistant evaluate retrieval --questions 文件。")
    raise typer.Exit(evaluate_own(questions, output))


def bench(sizes: Annotated[str, typer.Option(help="段落数，逗号分隔，如 1000,20000。")] = "") -> None:
    """与教科书式 LangChain + Chroma 流水线同场比较速度和内存。"""
    from evals.bench import bench as run

    raise typer.Exit(run([int(size) for size in sizes.split(",") if size.strip().isdigit()]))
