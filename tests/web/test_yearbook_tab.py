"""The yearly report as a room: counted cells that open their cases, live checks, files, a report that is brought."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import NotAllowed
from assistant.settings import ROOT
from assistant.web.downloads import COOKIE
from assistant.web.register_tab import View
from assistant.web.rooms import Rooms, hand_over
from assistant.web.yearbook_tab import YearView, audit, laid_out, step
from tests.web.rooms import RECEIVED, TAKEN, asked_by, do, drafted, pressed, rooms_of

YEAR = RECEIVED.year
REPORT = ROOT / "docs" / "examples" / "report.md"


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Rooms:
    """An office with one open case of a natural person."""
    ours = rooms_of(tmp_path_factory.mktemp("year"))
    assert "已登记" in do(ours, View(shows="new"), drafted(ours), "register", **TAKEN).told
    return ours


def year(rooms: Rooms, verb: str, at: YearView | None = None, **fields: str) -> tuple[YearView, str]:
    """A button pressed in the room, and how the room looks after it."""
    return laid_out(rooms, step(rooms, at or YearView(YEAR), pressed(verb, fields), asked_by("mine")))


def test_a_cell_opens_the_cases_it_counts(rooms: Rooms) -> None:
    """The figure is a button; pressed, it names its cases and marks itself."""
    at, seen = laid_out(rooms, YearView(YEAR))
    assert 'value="cell:requests:new:natural_person"' in seen
    at, seen = year(rooms, "cell:requests:new:natural_person", at)
    assert f'value="case:{YEAR}-1"' in seen
    assert "1 件" in seen
    assert 1 == seen.count('class="here"')
    _, seen = year(rooms, "shut", at)
    assert "case:" not in seen


def test_a_case_of_a_cell_leads_to_the_register(rooms: Rooms) -> None:
    """The room says which; the page opens it there."""
    assert f"{YEAR}-1" == step(rooms, YearView(YEAR), pressed(f"case:{YEAR}-1", {}), None).case


def test_the_checks_stand_beside_the_tables(rooms: Rooms) -> None:
    """How many hold, what could not be checked, and what the office must still fill in."""
    _, seen = laid_out(rooms, YearView(YEAR))
    assert "没有不符" in seen
    assert "相符" in seen
    assert "处要由本机关填写" in seen
    assert "还没有结束" in seen


def test_a_year_without_cases_says_how_the_tables_come_about(rooms: Rooms) -> None:
    """No table of noughts; table one is filled in all the same."""
    _, seen = year(rooms, "year", year="2020")
    assert "没有可计的申请" in seen
    assert 1 == seen.split("核对：")[0].count("<table")
    assert "【待填】" in seen


@pytest.mark.parametrize("words", ["", "去年", "1066", "2999", "２０２６"])
def test_a_year_that_is_none_is_told(rooms: Rooms, words: str) -> None:
    """The room stays with the year it had."""
    at, seen = year(rooms, "year", year=words)
    assert "无法编制" in seen
    assert at.year == YEAR


def test_the_report_is_fetched_as_word_workbook_or_data(rooms: Rooms) -> None:
    """Each opens as what it is, once, for the session that asked."""
    import docx
    import openpyxl

    found = {}
    for suffix in (".docx", ".xlsx", ".json"):
        at, _ = year(rooms, f"file:{suffix}")
        parcel = rooms.downloads.fetch("mine", at.fetch.removeprefix("download/"))
        assert parcel is not None and parcel.name.endswith(suffix)
        found[suffix] = parcel.data
    assert "年度" in docx.Document(io.BytesIO(found[".docx"])).paragraphs[0].text
    assert len(openpyxl.load_workbook(io.BytesIO(found[".xlsx"])).sheetnames) > 2
    assert 1 == json.loads(found[".json"])["requests"]["new"]["natural_person"]
    assert "不能写成" in year(rooms, "file:.exe")[0].fault


def test_a_file_goes_to_nobody_without_a_session(rooms: Rooms) -> None:
    """A request without the cookie gets no place to fetch from."""
    with pytest.raises(NotAllowed, match="会话已失效"):
        hand_over(rooms, None, "a.docx", b"PK")
    assert COOKIE


def test_a_right_report_passes_and_a_wrong_cell_is_named(rooms: Rooms, tmp_path: Path) -> None:
    """With its place; the upload is gone either way."""
    text = REPORT.read_text(encoding="utf-8")
    right = tmp_path / "a" / "年报.md"
    right.parent.mkdir()
    right.write_text(text, encoding="utf-8")
    _, seen = laid_out(rooms, audit(rooms, YearView(YEAR), str(right)))
    assert "没有发现问题" in seen
    assert not right.exists()
    line = next(row for row in text.splitlines() if "本年新收" in row)
    right.parent.mkdir(exist_ok=True)
    right.write_text(text.replace(line, line.replace("18", "17", 1)), encoding="utf-8")
    at = audit(rooms, YearView(YEAR), str(right))
    _, seen = laid_out(rooms, at)
    assert "有不符的地方" in seen
    assert "自然人列" in seen
    _, seen = year(rooms, "back", at)
    assert "编制" in seen


def test_what_is_no_report_is_told_and_gone(rooms: Rooms, tmp_path: Path) -> None:
    """The file by its name."""
    file = tmp_path / "a" / "信.txt"
    file.parent.mkdir()
    file.write_text("今天下雨。", encoding="utf-8")
    at = audit(rooms, YearView(YEAR), str(file))
    assert "信.txt" in at.fault
    assert not file.exists()
    assert "没有收到文件" in audit(rooms, replace(at, fault=""), None).fault


def test_a_photographed_report_is_told_what_to_do(rooms: Rooms, tmp_path: Path) -> None:
    """The same line as everywhere."""
    file = tmp_path / "b" / "年报.heic"
    file.parent.mkdir()
    file.write_bytes(b"\x00\x00\x00\x18ftypheic")
    assert "是图片，里面没有可以读取的文字" in audit(rooms, YearView(YEAR), str(file)).fault
    assert not file.exists()
