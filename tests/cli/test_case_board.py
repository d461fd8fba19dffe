"""`assistant case board`, `list` and `similar`: what a clerk reads, what a program reads, what is refused."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.errors import InputError


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with three letters: two of one person, one of a company."""
    data = tmp_path_factory.mktemp("office") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_DATA_DIR", str(data))
        add("2026-10-30", "申请公开柳湾社区2025年道路维修的施工合同。", "柳青:natural_person", "13900000000")
        add(
            "2026-11-10",
            "请求提供2024年柳湾社区道路维修工程的施工合同",
            "柳 青:natural_person",
            "139-0000-0000",
        )
        add("2026-11-11", "申请公开低保发放名单", "东桥公司:enterprise", "0575-87654321")
        case("event", "2026-3", "2026-11-13:third_party_sent:柳湾公司", "--as", "罗敏")
    return data


@pytest.fixture(autouse=True)
def office(tmp_path: Path, register: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it for each test."""
    shutil.copytree(register, tmp_path / "data")
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def case(*arguments: str) -> Result:
    """The command run in this process; a refusal is raised as the error it is."""
    result = CliRunner().invoke(app, ["case", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def add(received: str, asked: str, applicant: str, contact: str) -> None:
    """A letter registered."""
    case(
        *("add", "--received", received, "--asked", asked, "--applicant", applicant),
        *("--contact", contact, "--as", "罗敏"),
    )


def read(*arguments: str) -> dict:
    """What a program is told."""
    return json.loads(case(*arguments, "--json").stdout)


def test_the_board_says_what_presses_and_names_no_applicant() -> None:
    """Box by box, with day, days left and who must do what."""
    told = case("board", "--on", "2026-11-27").stdout
    for words in (
        "未办结 3 件",
        "今日到期（1 件）",
        "2026-1  期限 2026-11-27，还剩 0 个工作日",
        "2026-2  期限 2026-12-08，还剩 7 个工作日",
        "提出处理结果",
        "等待征求的意见（1 件）",
        "补记送达之日",
    ):
        assert words in told
    assert "柳青" not in told and "低保" not in told


def test_a_program_reads_the_board_of_any_day() -> None:
    """Counts of every box; days left are those of `assistant deadline`; nothing of a later day."""
    found = read("board", "--on", "2026-11-27")
    assert ("2026-11-27", 3) == (found["on"], sum(found["counts"].values()))
    first = found["cases"][0]
    deadline = CliRunner().invoke(
        app, ["deadline", "--received", "2026-10-30", "--on", "2026-11-27", "--json"]
    )
    clock = json.loads(deadline.stdout)
    assert [clock[key] for key in ("due", "days_left", "state")] == [
        first[key] for key in ("due", "days_left", "state")
    ]
    assert "steps" not in first
    assert clock["steps"] == read("board", "2026-1", "--on", "2026-11-27")["steps"][: len(clock["steps"])]
    assert ["2026-1"] == [one["number"] for one in read("board", "--on", "2026-11-09")["cases"]]


def test_each_date_of_one_case_is_explained() -> None:
    """Every step with its article."""
    told = case("board", "2026-1", "--on", "2026-11-27").stdout
    assert "怎样算出来的" in told and "第三十三条第二款" in told and "20 个工作日" in told
    assert set(told.splitlines()) <= set(case("board", "--explain", "--on", "2026-11-27").stdout.splitlines())


def test_a_calendar_file_says_what_is_due_and_nobodys_name(office: Path) -> None:
    """And the days stand in a plain list beside."""
    path = office / "期限.ics"
    told = case("board", "--ics", str(path), "--on", "2026-11-27").stdout
    assert "2026-12-08  2026-2 答复期限届满" in told and "2 个日期" in told
    written = path.read_text(encoding="utf-8").replace("\n ", "")
    assert "SUMMARY:2026-2 答复期限届满" in written
    assert [] == [name for name in ("柳", "东桥", "139", "低保") if name in written]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("board", "2026-9"), "看板上没有案件“2026-9”"),
        (("board", "--ics", "/nowhere/x.ics"), "不能写入：/nowhere/x.ics"),
        (("list", "--page", "2"), "没有第 2 页：共 3 件，1 页"),
        (("similar",), "请写案件编号"),
        (("similar", "2026-9"), "没有案件“2026-9”"),
        (("similar", "2026-2", "--used", "2026-1"), "没有提示过“2026-1”"),
    ],
)
def test_what_cannot_be_shown_is_one_line(arguments: tuple[str, ...], words: str) -> None:
    """What, where, what to do."""
    with pytest.raises(InputError, match=words):
        case(*arguments)


def test_the_list_comes_in_pages() -> None:
    """A page for people, all of it for programs that name none."""
    told = case("list", "--size", "2", "--on", "2026-11-27").stdout.splitlines()
    assert 3 == len(told)
    assert "共 3 件，第 1 页，共 2 页。下一页：--page 2。" == told[-1]
    assert 1 == len(read("list", "--size", "2", "--page", "2", "--on", "2026-11-27"))
    assert ["2026-3", "2026-2", "2026-1"] == [row["number"] for row in read("list", "--all", "--size", "2")]


def test_an_earlier_request_is_shown_with_what_differs() -> None:
    """The applicant recognised, the periods apart, how many lately; used suggestions are counted."""
    told = case("similar", "2026-2", "--on", "2026-11-27").stdout
    for words in (
        "尚未答复",
        "本件 2024年；前件 2025年",
        "只有本件有：工程",
        "1 个月内 2 件",
        "第三十六条第（六）项",
    ):
        assert words in told
    found = read("similar", "2026-2")
    assert ("2026-1", True) == (found["candidates"][0]["number"], found["candidates"][0]["applicant"]["sure"])
    case("similar", "2026-2", "--used", "2026-1")
    assert [{"kind": "repeat", "suggested": 1, "shown": 2, "used": 1, "cases": 1}] == read(
        "similar", "--counts"
    )
    assert "没有同一申请人以前的申请" in case("similar", "2026-3").stdout
    assert 0 == case("audit").exit_code
