"""Incoming requests: the outcome of one or of a batch."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.opinion import opinion_lines
from assistant.cli.show import JsonFlag, open_office, progress_bars, show
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

# Rows without an outcome that are named on the screen; the result names them all.
SHOWN = 20


def classify(
    text: Annotated[str | None, typer.Argument(help="申请内容。")] = None,
    findings: Annotated[str, typer.Option(help="本机关查明的事实。")] = "",
    as_json: JsonFlag = False,
    input_: Annotated[
        Path | None,
        typer.Option(
            "--input",
            help="JSONL、CSV 或 XLSX：编号（id）、申请内容（request）、查明情况（findings）；其他栏目照录。",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="JSONL、CSV 或 XLSX；中断后用同一条命令接着做。")
    ] = None,
) -> None:
    """研判一件或一批申请的处理结果。"""
    assistant = open_office()
    if input_:
        if output is None:
            raise InputError("批量研判要用 --output 写明结果文件（.jsonl、.csv 或 .xlsx）。")
        raise typer.Exit(_batch(assistant, input_, output))
    if text is None:
        raise InputError("没有给出申请内容。请写在命令后面，或用 --input 给出文件。")
    proposal = assistant.propose(text, findings)
    if proposal.notice:
        _say(proposal.notice)
    show(proposal.to_json(), as_json, lambda: _proposal_lines(proposal.to_json()))


def _batch(assistant: "Assistant", source: Path, target: Path) -> int:
    """Judge a file into another and say on stderr what could not be judged. 1: a row could not."""
    from assistant.triage.batch import classify_batch

    try:
        done = classify_batch(assistant.proposer, source, target, progress_bars(), _say)
    except KeyboardInterrupt:
        raise InputError("已中断。做完的部分没有丢，用同一条命令再运行一次就接着做。") from None
    for line in done.faults[:SHOWN]:
        _say(line)
    if len(done.faults) > SHOWN:
        _say(f"还有 {len(done.faults) - SHOWN} 行没有研判，原因写在结果的各行里。")
    if done.notices:
        _say(f"有 {len(done.notices)} 件没有用上对话模型，原因写在各行里，如：{done.notices[0]}")
    _say(
        f"已写出 {target}：共 {done.requests} 件，不作判断 {done.abstained} 件，没有研判 {len(done.faults)} 件。"
    )
    return 1 if done.faults else 0


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _proposal_lines(proposal: dict[str, Any]) -> str:
    rows = [
        f"{o['probability']:6.1%}  {o['label']}（{o['code']}）  {'、'.join(o['basis'])}"
        for o in proposal["outcomes"][:5]
    ]
    if proposal["abstain"]:
        rows.append(f"把握不足，不作判断。请先查明：{proposal['question']}")
    rows += opinion_lines(proposal)
    return "\n".join(
        rows + [f"依据：“{signal['quote']}” → {signal['points_to']}" for signal in proposal["signals"]]
    )
