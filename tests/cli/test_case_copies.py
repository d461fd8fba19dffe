"""`assistant case import`, `export`, `backup`, `restore`, `retention`, `erase`: as a clerk types them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.errors import InputError
from assistant.ingest.files.sheet_cells import sheets
from tests.cases.ledgers import BAD, GOOD, csv_file

WHO = ("--as", "罗敏")


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_AGENCY_NAME", "云河街道办事处")
    return tmp_path


def case(*arguments: str) -> Result:
    """The command run in this process; a refusal is raised as the error it is."""
    result = CliRunner().invoke(app, ["case", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def cases() -> list[str]:
    """The numbers in the register."""
    return sorted(one["number"] for one in json.loads(case("list", "--all", "--json").stdout))


def test_a_dry_run_shows_headings_and_faults_and_writes_nothing(office: Path) -> None:
    """Which heading is which column, and each fault with row, heading and what to do."""
    found = case("import", str(csv_file(office, [*GOOD, BAD])), "--dry-run", *WHO)
    assert (1, True, []) == (found.exit_code, "收到日期 ← 收件日期" in found.stdout, cases())
    assert "第 6 行“收件日期”：“2025-13-28”不是日期；请写成 2026-03-05" in found.stdout
    assert [] == list(office.glob("*未导入*"))


def test_nothing_comes_in_while_a_row_is_bad_and_the_bad_rows_are_written_down(office: Path) -> None:
    """As a workbook beside the ledger; with --skip-bad the others come in."""
    path = csv_file(office, [*GOOD, BAD], "gb18030")
    assert (1, []) == (case("import", str(path), *WHO).exit_code, cases())
    (book,) = sheets("x.xlsx", (office / "旧台账.未导入.xlsx").read_bytes())
    assert ["原行号", "问题", "登记编号"] == [book.rows[1][at] for at in (1, 2, 3)]
    assert ("6", True) == (book.rows[2][1], "收件日期：" in book.rows[2][2])
    found = json.loads(case("import", str(path), "--skip-bad", "--json", *WHO).stdout)
    assert (4, ["2025-1", "2025-2", "2025-7", "2025-9"]) == (found["ready"], found["imported"])
    assert found["imported"] == cases()


def test_the_corrected_rows_come_in_from_the_workbook_of_faults(office: Path) -> None:
    """Its first two columns are passed over."""
    case(
        "import",
        str(csv_file(office, [GOOD[0], ("2025-5", *GOOD[1][1:8], "不予公开", "")])),
        "--skip-bad",
        *WHO,
    )
    path = office / "旧台账.未导入.xlsx"
    mapping = office / "对照.yaml"
    mapping.write_text("outcomes: {不予公开: refuse.deliberative}", encoding="utf-8")
    assert 0 == case("import", str(path), "--mapping", str(mapping), *WHO).exit_code
    assert ["2025-1", "2025-5"] == cases()


def test_a_backup_is_restored_into_another_register(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And an export imported; a register that holds anything is not replaced unasked."""
    case("import", str(csv_file(office, GOOD)), *WHO)
    case("backup", str(office / "b.zip"))
    found = case("export", "--out", str(office / "全部.jsonl"))
    assert "案件 4 件，审计记录 4 条，附件 0 个" in found.stdout
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(office / "elsewhere"))
    case("restore", str(office / "b.zip"), *WHO)
    assert ["2025-1", "2025-2", "2025-7", "2025-9"] == cases()
    with pytest.raises(InputError, match="--replace"):
        case("import", str(office / "全部.jsonl"), *WHO)
    found = json.loads(case("restore", str(office / "b.zip"), "--replace", "--json", *WHO).stdout)
    assert (4, True) == (found["rows"]["cases"], Path(found["kept"]).is_file())
    assert 0 == case("audit").exit_code


def test_a_case_kept_long_enough_is_listed_and_erased(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing while no years are set; then by number and reason."""
    headings = ("编号", "收到日期", "申请人", "类型", "申请内容", "答复日期", "处理结果", "归档日期")
    row = ("2020-1", "2020-03-03", "柳小青", "自然人", "道路合同", "2020-03-20", "予以公开", "2020-04-01")
    case("import", str(csv_file(office, [row], headings=headings)), *WHO)
    assert "没有设置保存年限" in case("retention").stdout
    with pytest.raises(InputError, match="没有设置保存年限"):
        case("erase", "2020-1", "--why", "届满", *WHO)
    monkeypatch.setenv("ASSISTANT_REGISTER_RETENTION_YEARS", "5")
    assert [] == json.loads(case("retention", "--on", "2025-04-01", "--json").stdout)["cases"]
    assert ["2020-1"] == [
        one["number"] for one in json.loads(case("retention", "--on", "2025-04-02", "--json").stdout)["cases"]
    ]
    assert "统计数字不变" in case("erase", "2020-1", "--why", "届满，经鉴定", *WHO).stdout
    assert "共 0 件" in case("retention").stdout
    assert "已由罗敏于" in case("show", "2020-1").stdout
    kept = b"".join(path.read_bytes() for path in (office / "data").rglob("*") if path.is_file())
    assert "柳小青".encode() not in kept
    assert 0 == case("audit").exit_code
    with pytest.raises(InputError, match="--sweep"):
        case("erase")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("import", "没有.csv"), "找不到文件"),
        (("import", "台账.doc"), "不能作为台账导入"),
        (("restore", "没有.zip"), "找不到"),
        (("export", "--out", "全部.pdf"), "不能写成“.pdf”"),
        (("backup", "没有的文件夹/b.zip"), "没有文件夹"),
    ],
)
def test_what_cannot_be_done_is_one_line(arguments: tuple[str, ...], words: str) -> None:
    """What happened, where, what to do."""
    with pytest.raises(InputError, match=words):
        case(*arguments)
