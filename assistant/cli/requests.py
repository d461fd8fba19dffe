"""Incoming requests: the outcome of one or of a batch."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.show import JsonFlag, open_office, progress_bars, show
from assistant.errors import InputError


def classify(
    text: Annotated[str | None, typer.Argument(help="申请内容。")] = None,
    findings: Annotated[str, typer.Option(help="本机关查明的事实。")] = "",
    as_json: JsonFlag = False,
    input_: Annotated[
        Path | None, typer.Option("--input", help="JSONL、CSV 或 XLSX：id、request、findings。")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="JSONL、CSV 或 XLSX。")] = None,
) -> None:
    """研判一件或一批申请的处理结果。"""
    assistant = open_office()
    if input_:
        from assistant.triage.batch import classify_batch

        if output is None:
            raise InputError("批量研判要用 --output 写明结果文件（.jsonl、.csv 或 .xlsx）。")
        unread = classify_batch(assistant.classifier, input_, output, progress_bars())
        print(
            f"已写出 {output}。" + (f"有 {unread} 行不能研判，原因写在该行。" if unread else ""),
            file=sys.stderr,
        )
        raise typer.Exit(1 if unread else 0)
    if text is None:
        raise InputError("没有给出申请内容。请写在命令后面，或用 --input 给出文件。")
    proposal = assistant.propose(text, findings)
    show(proposal.to_json(), as_json, lambda: _proposal_lines(proposal.to_json()))


def _proposal_lines(proposal: dict[str, Any]) -> str:
    rows = [
        f"{o['probability']:6.1%}  {o['label']}（{o['code']}）  {'、'.join(o['basis'])}"
        for o in proposal["outcomes"][:5]
    ]
    if proposal["abstain"]:
        rows.append(f"把握不足，不作判断。请先查明：{proposal['question']}")
    return "\n".join(
        rows + [f"依据：“{signal['quote']}” → {signal['points_to']}" for signal in proposal["signals"]]
    )
