"""What the office fills in of its yearly report, on the page: kept, checked at once, open places marked 【待填】."""

import io
import stat
from pathlib import Path

import pytest

from assistant.web.rooms import Rooms
from assistant.web.yearbook_tab import YearView, laid_out, step
from tests.web.rooms import RECEIVED, asked_by, pressed, rooms_of

YEAR = RECEIVED.year
TOLD = {
    "who": "罗敏",
    "publication.normative_documents.issued": "2",
    "publication.normative_documents.repealed": "0",
    "publication.normative_documents.in_force": "9",
    "publication.fees.amount": "1.25",
    "facts.published": "318",
    "facts.channels": "区政府网站、街道公告栏",
    "facts.problems": "公开不够及时。\n解读材料偏少",
    "facts.fee_income": "0",
}


@pytest.fixture
def rooms(tmp_path: Path) -> Rooms:
    """An office that has filled in nothing."""
    return rooms_of(tmp_path)


def year(rooms: Rooms, verb: str, at: YearView | None = None, **fields: str) -> tuple[YearView, str]:
    """A button pressed in the room, and how the room looks after it."""
    return laid_out(rooms, step(rooms, (at or YearView(YEAR)).quiet, pressed(verb, fields), asked_by("mine")))


def test_what_is_open_is_marked_and_a_form_leads_on(rooms: Rooms) -> None:
    """Every figure of table one and every needed fact; the form names each in the words of the report."""
    _, seen = laid_out(rooms, YearView(YEAR))
    assert 12 <= seen.count("【待填")
    assert "处要由本机关填写" in seen and "【待填：公开的渠道】" in seen
    _, form = year(rooms, "fill")
    for name in (
        "行政规范性文件",
        "本年制发件数",
        "本年收费金额（万元）",
        "公开的渠道",
        "本年存在的主要问题",
    ):
        assert name in form, name
    assert 'name="publication.permits.decisions"' in form and 'name="facts.management"' in form


def test_what_is_filled_in_is_kept_checked_and_stands_in_the_report(rooms: Rooms) -> None:
    """The gaps are fewer, the words are in their sentences, the next day everything is still there."""
    at, before = year(rooms, "fill")
    at, seen = year(rooms, "keep", at, **TOLD)
    assert "已保存。核对：没有不符" in seen
    assert "全年主动公开政府信息318条，公开的渠道有区政府网站、街道公告栏。" in seen
    assert "1.公开不够及时；2.解读材料偏少" in seen
    assert seen.count("【待填") < before.count("【待填")
    assert 'name="facts.published" value="318"' in seen
    _, later = laid_out(rooms, YearView(YEAR))
    assert "1.25" in later and "318条" in later
    assert "公开不够及时。\n解读材料偏少" == rooms.desk.assistant.kept_facts.fields(YEAR)["facts.problems"]


def test_the_checks_run_over_what_was_filled_in(rooms: Rooms) -> None:
    """A sentence that says another figure than table one is found at once."""
    at, _ = year(rooms, "fill")
    at, seen = year(rooms, "keep", at, **{**TOLD, "facts.published_more": "全年制发行政规范性文件5件"})
    assert "已保存。核对：不符" in seen
    assert "表中行政规范性文件为2" in seen


def test_the_command_line_and_the_files_take_what_is_kept(rooms: Rooms) -> None:
    """The Word draft holds the words; a facts file that is given goes before."""
    import docx

    at, _ = year(rooms, "fill")
    at, _ = year(rooms, "keep", at, **TOLD)
    at, _ = year(rooms, "file:.docx", at)
    parcel = rooms.downloads.fetch("mine", at.fetch.removeprefix("download/"))
    assert parcel is not None
    words = "\n".join(one.text for one in docx.Document(io.BytesIO(parcel.data)).paragraphs)
    assert "区政府网站、街道公告栏" in words and "【待填：" in words
    office = rooms.desk.assistant
    assert "318" in office.yearbook(YEAR).prose.text
    assert "318" not in office.yearbook(YEAR - 1).prose.text


@pytest.mark.parametrize(
    ("field", "words", "fault"),
    [
        ("publication.permits.decisions", "三", "“行政许可·本年处理决定数量”写的是“三”"),
        ("publication.permits.decisions", "1.5", "应为整数"),
        ("publication.permits.decisions", "-1", "不小于零"),
        ("facts.published", "很多", "“本年主动公开政府信息的条数”写的是“很多”"),
        ("who", "", "谁在办理"),
    ],
)
def test_a_figure_that_is_none_is_named_and_nothing_typed_is_lost(
    rooms: Rooms, field: str, words: str, fault: str
) -> None:
    """The form stays as it was typed; nothing is kept."""
    at, _ = year(rooms, "fill")
    at, seen = year(rooms, "keep", at, **{**TOLD, field: words})
    assert fault in at.fault
    assert 'name="facts.channels">区政府网站、街道公告栏</textarea>' in seen.replace(' rows="2"', "")
    assert rooms.desk.assistant.kept_facts.of(YEAR) is None


def test_what_another_filled_in_meanwhile_is_not_written_over(rooms: Rooms) -> None:
    """The second is told, and keeps what was typed on the screen."""
    mine, _ = year(rooms, "fill")
    theirs, _ = year(rooms, "fill")
    year(rooms, "keep", theirs, **TOLD)
    mine, seen = year(rooms, "keep", mine, **{**TOLD, "facts.published": "1"})
    assert "已由别人改动" in mine.fault
    assert 'name="facts.published" value="1"' in seen
    assert "318" == rooms.desk.assistant.kept_facts.fields(YEAR)["facts.published"]


def test_only_a_role_of_the_table_fills_in(tmp_path: Path) -> None:
    """A reader is told who may."""
    ours = rooms_of(tmp_path, staff={"罗敏": "clerk", "王芳": "reader"})
    at, _ = year(ours, "fill")
    assert "不能办理“填写年度报告”" in year(ours, "keep", at, **{**TOLD, "who": "王芳"})[0].fault
    assert "已保存" in year(ours, "keep", at, **TOLD)[1]


def test_what_is_kept_is_the_offices_alone_and_says_who(rooms: Rooms) -> None:
    """The file is a facts file of that year."""
    at, _ = year(rooms, "fill")
    year(rooms, "keep", at, **TOLD)
    (file,) = rooms.desk.assistant.kept_facts.folder.iterdir()
    assert file.read_text(encoding="utf-8").startswith("# 罗敏于 ")
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)


def test_words_stay_words(rooms: Rooms) -> None:
    """Markup, braces and marks of the YAML in them come alive nowhere."""
    words = "<script>alert(1)</script>{year} 【待填：x】 : - # &a"
    at, _ = year(rooms, "fill")
    at, seen = year(rooms, "keep", at, **{**TOLD, "facts.channels": words})
    assert "已保存" in seen
    assert "<script>" not in seen
    assert "{year}" in seen
    assert words == rooms.desk.assistant.kept_facts.fields(YEAR)["facts.channels"]


def test_nothing_is_kept_without_an_open_form(rooms: Rooms) -> None:
    """A forged press is one line."""
    assert "没有这个操作" in year(rooms, "keep", None, **TOLD)[0].fault
