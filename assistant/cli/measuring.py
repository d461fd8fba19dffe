"""Evaluation runs and benchmarks."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import InputError


def evaluate(
    tasks: Annotated[
        list[str] | None,
        typer.Argument(
            help="classification、retrieval、drafting、citations、deadlines、audit、answers；默认全部。"
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="结果目录。")] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            "--requests",
            help="自备申请（JSONL、CSV、XLSX：申请内容、查明情况、处理结果），只评研判；不写结果目录就不留记录。",
        ),
    ] = None,
    disagreements: Annotated[
        Path | None, typer.Option(help="与 --data 同用：判断不一致的各件导出为 .xlsx，供第二人复核。")
    ] = None,
    template: Annotated[Path | None, typer.Option(help="写一份自备申请的空表（.xlsx）。")] = None,
    questions: Annotated[
        Path | None,
        typer.Option(help="自备问题（JSON Lines：id、query、relevant），只评检索；不写结果目录就不留记录。"),
    ] = None,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option(help="比较两次评测：写两个结果目录。", metavar="RUN1 RUN2"),
    ] = None,
    rescore: Annotated[
        Path | None, typer.Option(help="用现在的评分重评一份评测记录，不重新作答。", metavar="RUN")
    ] = None,
    gate: Annotated[
        Path | None,
        typer.Option(help="与以前的 latest.json 相比，变差超过容许的退出码为 1。", metavar="BASELINE.json"),
    ] = None,
    tolerances: Annotated[
        Path | None, typer.Option(help="与 --gate 同用：容许变差多少；默认 evals/tolerances.yaml。")
    ] = None,
    max_calls: Annotated[int, typer.Option(help="设了对话模型时，最多问它多少件。", min=0)] = 2000,
) -> None:
    """在标注集上评测，与基线并列，附样本数和 95 % 区间。"""
    named = list(tasks or [])
    _require_one_way(
        {
            "--data": data,
            "--template": template,
            "--questions": questions,
            "--compare": compare,
            "--rescore": rescore,
            "--gate": gate,
        }
    )
    if disagreements and not data:
        raise InputError("--disagreements 要与 --data 同用，写明评哪一份自备申请。")
    if tolerances and not gate:
        raise InputError("--tolerances 要与 --gate 同用，写明与哪一次评测比。")
    if data:
        from evals.run_requests import WantedOwn, evaluate_requests

        _only("classification", named, "自备申请只能评研判。请写成 assistant evaluate --data 文件。")
        raise typer.Exit(evaluate_requests(WantedOwn(data, output, disagreements, max_calls)))
    if template:
        from evals.run_requests import template as write

        raise typer.Exit(write(template))
    if compare:
        from evals.compare import compare as gained_and_lost
        from evals.tables import terminal

        print(terminal(gained_and_lost(*compare)))
        raise typer.Exit(0)
    from evals import run

    if questions:
        _only(
            "retrieval", named, "自备问题只能评检索。请写成 assistant evaluate retrieval --questions 文件。"
        )
        raise typer.Exit(run.evaluate_own(questions, output))
    if rescore:
        raise typer.Exit(run.rescore(rescore, output))
    raise typer.Exit(run.evaluate(run.Wanted(named, output, gate, tolerances, max_calls)))


def _require_one_way(ways: dict[str, object]) -> None:
    """Each of these is a run of its own. Raises InputError naming those given together."""
    given = [name for name, value in ways.items() if value is not None]
    if len(given) > 1:
        raise InputError(f"{'、'.join(given)} 不能同用，请分几次运行。")


def _only(task: str, named: list[str], words: str) -> None:
    if named not in ([], [task]):
        raise InputError(words)


def bench(
    sizes: Annotated[str, typer.Option(help="段落数，逗号分隔，如 1000,20000。")] = "",
    only: Annotated[
        str,
        typer.Option(
            help="只测这些部分，逗号分隔：冷启动（cold）、规模（growth）、登记簿（register）、速率（rates）、"
            "网页（page）；其余部分的结果留着不动。"
        ),
    ] = "",
) -> None:
    """与教科书式 LangChain + Chroma 流水线同场比较速度和内存；测登记簿、速率和多人同时使用的网页。"""
    from evals.bench import Wanted, named_parts
    from evals.bench import bench as run

    raise typer.Exit(run(Wanted(_sizes(sizes), named_parts(only))))


def _sizes(words: str) -> list[int]:
    """Numbers of passages. Raises InputError naming what is no number."""
    names = [name.strip() for name in words.replace("，", ",").split(",") if name.strip()]
    strange = [name for name in names if not name.isdecimal() or int(name) == 0]
    if strange:
        raise InputError(f"“{'、'.join(strange)}”不是段落数。请写正整数，逗号分隔，如 1000,20000。")
    return [int(name) for name in names]
