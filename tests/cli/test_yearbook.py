"""`assistant yearbook`: figures on the page, as JSON and as a workbook."""

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.errors import InputError
from assistant.pipeline import open_assistant
from assistant.settings import load_settings
from tests.cases.steps import answered, letter


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of three requests: one granted, one not held, one open."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_AGENCY_NAME", "云河街道办事处")
    with open_assistant(load_settings()).register.writing("罗敏") as session:
        answered(session, letter(date(2025, 3, 3)), "grant", date(2025, 3, 20))
        answered(session, letter(date(2025, 4, 7), "enterprise"), "unable.not_held", date(2025, 4, 20))
        answered(session, letter(date(2025, 12, 29)), "grant", date(2026, 1, 9))
    return tmp_path


def yearbook(*arguments: str) -> Result:
    """The command run in this process."""
    result = CliRunner().invoke(app, ["yearbook", "--year", "2025", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_the_figures_and_the_checks_are_shown() -> None:
    """Exit status 0 where nothing fails."""
    found = yearbook()
    assert 0 == found.exit_code
    assert "一、本年新收政府信息公开申请数量：自然人2，商业企业1，总计3" in found.stdout
    assert "核对：没有不符。" in found.stdout


def test_the_json_is_that_of_the_audit_with_the_cases_of_each_cell(office: Path) -> None:
    """Fields of the contract, on the page and in the file alike."""
    yearbook("--out", str(office / "y.json"))
    found = json.loads((office / "y.json").read_text(encoding="utf-8"))
    assert found == json.loads(yearbook("--json").stdout)
    assert (2, 1, 3) == tuple(
        found["requests"]["new"][key] for key in ("natural_person", "enterprise", "total")
    )
    assert ["2025-3"] == found["cases"]["requests"]["carried_out"]["natural_person"]
    assert {"R1", "R7", "R8", "R9", "S1"} <= {c["id"] for c in found["checks"] if c["status"] == "holds"}
    assert found["publication"]["penalties"] == {"decisions": None}


def test_the_workbook_has_the_form_s_rows_and_each_figure_leads_to_its_cases(office: Path) -> None:
    """Numbers as numbers, no formula; a link from the figure to the first of its lines, and nobody's name."""
    yearbook("--out", str(office / "y.xlsx"))
    book = load_workbook(office / "y.xlsx")
    assert ["主动公开", "申请情况", "复议诉讼", "文字", "核对", "各格的案件"] == book.sheetnames
    rows = list(book["申请情况"].values)
    assert (29, "一、本年新收政府信息公开申请数量") == (len(rows), rows[4][0])
    assert (2, 1, 0, 0, 0, 0, 3) == rows[4][3:]
    lines = list(book["各格的案件"].values)
    target = book["申请情况"]["E5"].hyperlink.location
    line = lines[int(target.rpartition("A")[2]) - 1]
    assert ("一、本年新收政府信息公开申请数量", "商业企业", 1, "2025-2") == line[1:5]
    assert not any("某申请人" in str(value) for sheet in book for row in sheet.values for value in row)


def test_a_cell_is_opened_by_code_or_by_its_words() -> None:
    """The cases behind it, on the page and as JSON."""
    found = yearbook("--cell", "carried_out.natural_person")
    assert "结转下年度继续办理·自然人：1件" in found.stdout
    assert "2025-3  2025-12-29 收到（自然人），年末没有办结" in found.stdout
    opened = json.loads(yearbook("--cell", "本机关不掌握相关政府信息.总计", "--json").stdout)
    assert (1, "unable.not_held", "2025-04-20") == (
        opened["count"],
        opened["row"],
        opened["cases"][0]["closed"],
    )
    assert 0 == json.loads(yearbook("--cell", "review.pending", "--json").stdout)["count"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [("new", "没有“new”这一格"), ("new.women", "行.栏"), ("permits.decisions", "由本机关填写（--facts）")],
)
def test_a_cell_there_is_not_is_named_with_those_there_are(cell: str, words: str) -> None:
    """Or where else it is filled in."""
    with pytest.raises(InputError, match=words):
        yearbook("--cell", cell)


FACTS = """
year: 2025
publication:
  regulations: {issued: 0, repealed: 0, in_force: 0}
  normative_documents: {issued: 1, repealed: 0, in_force: 3}
  permits: {decisions: 12}
  penalties: {decisions: 7}
  coercion: {decisions: 0}
  fees: {amount: 0.25}
facts:
  website: 云河区人民政府网站
  contact: 党政综合办公室，电话0000-00000000
  published: 120
  channels: 政府网站和便民服务中心的查阅点
  management: 发布前逐件审查
  platforms: 网站的公开专栏按月检查
  supervision: 培训2次
  accountability: 没有被追究责任的情况
  problems: [政策解读的形式不多。, 个别科室报送不及时。]
  improvements: 已按月通报报送情况
  other_matters: 没有其他需要报告的事项
"""


def test_what_the_office_fills_in_leaves_no_gap(office: Path) -> None:
    """Table one in its cells, the words in their sentences; no fee notice, no fee; the draft read again agrees."""
    (office / "f.yaml").write_text(FACTS, encoding="utf-8")
    yearbook("--facts", str(office / "f.yaml"), "--out", str(office / "y.docx"))
    found = json.loads(yearbook("--facts", str(office / "f.yaml"), "--json").stdout)
    assert ([], 0.25, True) == (found["gaps"], found["publication"]["fees"]["amount"], found["passes"])
    assert "待填" not in json.dumps(found["sections"], ensure_ascii=False)
    paragraphs = [words for section in found["sections"] for words in section["paragraphs"]]
    assert "（一）存在的主要问题。1.政策解读的形式不多；2.个别科室报送不及时。" in paragraphs
    assert "本年没有发出收费通知，实际收取信息处理费0元。" in paragraphs
    read = json.loads(CliRunner().invoke(app, ["audit", str(office / "y.docx"), "--json"]).stdout)
    for table in ("publication", "requests", "disputes"):
        assert found[table] == {row: read[table][row] for row in found[table]}
    assert ([], True) == (read["findings"], read["passes"])


def test_words_of_the_office_are_held_against_the_tables(office: Path) -> None:
    """A figure in the prose that the register does not know fails the check as in any published report."""
    wrong = FACTS + "  requests_more: 全年共收到政府信息公开申请9件\n"
    (office / "f.yaml").write_text(wrong.replace("其他需要", "其他要"), encoding="utf-8")
    found = yearbook("--facts", str(office / "f.yaml"))
    assert 1 == found.exit_code
    assert "9件" in found.stdout.partition("核对：有不符的地方")[2]


def test_the_empty_template_is_read_as_nothing_told(office: Path) -> None:
    """Every gap stays, and a file that is there is not written over."""
    file = office / "f.yaml"
    yearbook("--template", str(file))
    with_file = json.loads(yearbook("--facts", str(file), "--json").stdout)
    assert with_file == json.loads(yearbook("--json").stdout)
    assert 6 < len(with_file["gaps"])
    with pytest.raises(InputError, match="已经有了"):
        yearbook("--template", str(file))


def test_the_word_draft_is_read_again_by_the_audit_with_the_same_figures(office: Path) -> None:
    """Tables two and three cell by cell, the prose in agreement, six sections, the agency; table one stays open."""
    yearbook("--out", str(office / "y.docx"))
    read = json.loads(CliRunner().invoke(app, ["audit", str(office / "y.docx"), "--json"]).stdout)
    made = json.loads(yearbook("--json").stdout)
    for table in ("requests", "disputes"):
        assert made[table] == {row: cells for row, cells in read[table].items() if row in made[table]}
    assert {"holds"} == {
        check["status"] for check in read["checks"] if check["id"] in ("R1", "R2", "R3", "R6")
    }
    assert ("云河街道办事处", 2025) == (read["agency"], read["year"])
    kinds = {finding["kind"] for finding in read["findings"]}
    assert not kinds & {
        "prose",
        "parts",
        "contradiction",
        "sections.missing",
        "sections.order",
        "year.period",
    }
    assert {None} == {value for cells in read["publication"].values() for value in cells.values()}


def test_another_kind_of_file_is_refused(office: Path) -> None:
    """Before anything is counted."""
    with pytest.raises(InputError, match="请写 .docx、.xlsx 或者 .json"):
        yearbook("--out", str(office / "y.pdf"))
