"""What a request costs where it may cost anything: the information-processing fee with its steps."""

from typing import Annotated

import typer

from assistant.cli.show import JsonFlag, OnDate, day_of, open_office, show
from assistant.errors import InputError
from assistant.law.fees import Fee, Step

_LONGEST = 12  # digits: no count of an office has more


def fee(
    by_piece: Annotated[
        str | None, typer.Option("--by-piece", help="按件计收：同一申请人本自然月的累计件数。", metavar="N")
    ] = None,
    by_page: Annotated[
        str | None, typer.Option("--by-page", help="按量计收：一件申请给付副本的页数。", metavar="N")
    ] = None,
    already: Annotated[
        str | None,
        typer.Option("--already", help="同一申请人本月此前已有的件数；只算新增的费用。", metavar="N"),
    ] = None,
    on: OnDate = None,
    as_json: JsonFlag = False,
) -> None:
    """计算信息处理费（元），列出每一档。每件申请只能选用一种标准。"""
    found = open_office().fees.of_request(
        _number("--by-piece", by_piece),
        _number("--by-page", by_page),
        day_of(on),
        _number("--already", already) or 0,
    )
    show(found.to_json(), as_json, lambda: _lines(found))


def _number(option: str, words: str | None) -> int | None:
    """A whole number of units. Raises InputError naming the option."""
    if words is None:
        return None
    digits = words.strip().removeprefix("-")
    if not digits.isdecimal():
        raise InputError(f"{option} 的值“{words[:40]}”不是整数，请填写 0 或者正整数，如 {option} 41。")
    if len(digits) > _LONGEST:
        raise InputError(f"{option} 的值有 {len(digits)} 位数字，请核对是否多写了数字。")
    return int(words)


def _lines(found: Fee) -> str:
    counted = f"{found.count}{found.unit}"
    if found.before:
        counted = f"本月已有{found.before}{found.unit}，再加{counted}"
    rows = [f"{found.amount} 元（{found.name}，{counted}）"]
    rows += [
        f"  第{_span(step)}{found.unit}：{step.count}{found.unit} × {step.rate} 元 = {step.sum} 元（{step.article}）"
        for step in found.steps
    ]
    return "\n".join(rows + [f"注意：{words}" for words in found.warnings])


def _span(step: Step) -> str:
    return str(step.first) if step.first == step.last else f"{step.first}至{step.last}"
