"""`assistant fee`: the amount first, then the steps; exit status 2 for what is no count."""

import json

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.errors import InputError


def fee(*arguments: str) -> Result:
    """The command run in this process."""
    return CliRunner().invoke(app, ["fee", *arguments])


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        (["--by-piece", "41"], "4300 元"),
        (["--by-page", "201"], "2740 元"),
        (["--by-piece", "0"], "0 元"),
        (["--by-piece", "４１"], "4300 元"),
        (["--by-piece", "1", "--already", "40"], "300 元"),
    ],
)
def test_the_amount_comes_first(arguments: list[str], begins: str) -> None:
    """A clerk reads yuan before anything else."""
    found = fee(*arguments)
    assert (0, True) == (found.exit_code, found.stdout.startswith(begins))


def test_every_step_and_what_is_unproved_is_printed() -> None:
    """Bands with their article; the text of the measure is not held."""
    printed = fee("--by-piece", "41").stdout
    assert "第31至40件：10件 × 200 元 = 2000 元（《政府信息公开信息处理费管理办法》第四条）" in printed
    assert "第41件：1件 × 300 元 = 300 元" in printed
    assert "原文尚未核对" in printed


def test_the_json_holds_amount_steps_and_doubts() -> None:
    """Stable field names."""
    found = json.loads(fee("--by-page", "31", "--json").stdout)
    assert (10, "by_page", 31, False) == tuple(found[k] for k in ("amount", "method", "count", "verified"))
    assert {"first", "last", "count", "rate", "sum", "article"} == set(found["steps"][0])
    assert found["warnings"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--by-piece", "-3"], "是负数"),
        (["--by-piece", "abc"], "不是整数"),
        (["--by-piece", "4.5"], "不是整数"),
        (["--by-piece", ""], "不是整数"),
        (["--by-page", "9" * 500], "500 位数字"),
        (["--by-piece", "999999"], "请核对是否多写了数字"),
        (["--by-piece", "1", "--by-page", "2"], "只能选一种"),
        ([], "没有给出件数或者页数"),
        (["--by-page", "3", "--already", "2"], "不与此前的页数累计"),
        (["--by-piece", "3", "--on", "2020-01-01"], "2020-01-01 没有有效的信息处理费标准"),
    ],
)
def test_what_is_no_count_is_said_in_one_line(arguments: list[str], words: str) -> None:
    """An input fault, which the program's door turns into one line and exit status 2."""
    fault = fee(*arguments).exception
    assert isinstance(fault, InputError)
    assert words in str(fault)
    assert "\n" not in str(fault)
