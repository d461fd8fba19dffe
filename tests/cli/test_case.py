"""`assistant case`: one request walked from receipt to archive, and what is refused on the way."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.errors import CaseConflict, InputError, NotAllowed

LETTER = """政府信息公开申请书
申请人：柳青，联系电话13900000000
申请公开：2025年柳湾社区道路维修工程的施工合同。
提供方式：邮寄纸质件。
"""


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder and a series of the test's own."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_AGENCY_DOCUMENT_SERIES", "云街公开〔{year}〕{number}号")
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    return tmp_path


def case(*arguments: str) -> Result:
    """The command run in this process; a refusal is raised as the error it is."""
    result = CliRunner().invoke(app, ["case", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def add(folder: Path, *more: str) -> dict:
    """The letter registered."""
    found = case(
        "add", str(folder / "letter.txt"), "--received", "2026-09-10", "--as", "罗敏", "--json", *more
    )
    return json.loads(found.stdout)


def test_a_request_is_walked_from_receipt_to_archive(office: Path) -> None:
    """Registered from its letter, decided, drafted, checked, reviewed, approved, numbered, served, archived."""
    assert ("2026-1", "柳青", "natural_person", "2026-10-14") == tuple(
        add(office)[key] for key in ("number", "applicant", "kind", "due")
    )
    reply = office / "reply.md"
    reply.write_text("云街公开〔{year}〕{number}号\n柳青：\n现予公开。\n", encoding="utf-8")
    case("search", "2026-1", "--places", "档案室", "--terms", "合同", "--found", "一份", "--as", "罗敏")
    case("decide", "2026-1", "--outcome", "grant", "--reasons", "卷内有合同", "--as", "罗敏")
    case("draft", "2026-1", str(reply), "--as", "罗敏")
    for step, who in (("secrecy", "罗敏"), ("review", "杜衡"), ("approve", "秦岭")):
        case("approve", "2026-1", "--step", step, "--on", "2026-10-09", "--as", who)
    case("issue", "2026-1", "--on", "2026-10-10", "--as", "罗敏")
    case("event", "2026-1", "2026-10-12:replied", "--as", "罗敏")
    case("event", "2026-1", "2026-10-20:archived", "--as", "罗敏")
    found = json.loads(case("show", "2026-1", "--json").stdout)
    assert ("archived", True, "grant") == (found["state"], found["clock"]["met"], found["outcome"])
    assert ["云街公开〔2026〕1号"] == [one["number"] for one in found["letters"]]
    case("export", "2026-1", "--out", str(office / "final.md"))
    assert (office / "final.md").read_text(encoding="utf-8").startswith("云街公开〔2026〕1号\n")
    assert 0 == case("audit").exit_code
    assert 10 == len(case("audit", "2026-1").stdout.splitlines())


def test_what_is_written_wins_over_what_is_read(office: Path) -> None:
    """The clerk's own words for the applicant."""
    found = add(office, "--applicant", "柳湾物业公司:enterprise")
    assert ("柳湾物业公司", "enterprise") == (found["applicant"], found["kind"])


def test_the_list_puts_the_nearest_deadline_first(office: Path) -> None:
    """Waiting cases come last."""
    for _ in range(3):
        add(office)
    case("event", "2026-1", "2026-09-15:correction_notice::10", "--as", "罗敏")
    case("event", "2026-2", "2026-09-20:extension:王主任", "--as", "罗敏")
    found = json.loads(case("list", "--on", "2026-09-21", "--json").stdout)
    assert ["2026-3", "2026-2", "2026-1"] == [row["number"] for row in found]


def test_an_enclosure_that_was_changed_is_found(office: Path) -> None:
    """The audit names the case and the file, and exits with 1."""
    add(office)
    case("enclose", "2026-1", str(office / "letter.txt"), "--as", "罗敏")
    assert 0 == case("audit").exit_code
    (kept,) = (path for path in (office / "data" / "enclosures").rglob("*") if path.is_file())
    assert LETTER == kept.read_text(encoding="utf-8")
    kept.write_text(LETTER.replace("2025", "2024"), encoding="utf-8")
    found = case("audit")
    assert (1, True) == (found.exit_code, "案件 2026-1（letter.txt）" in found.stdout)


@pytest.mark.parametrize(
    ("arguments", "fault", "words"),
    [
        (("event", "2026-1", "2026-09-20:fee_paid"), InputError, "此前没有"),
        (("event", "2026-1", "2026-09-20:replied"), InputError, "还没有处理结果"),
        (("event", "2026-9", "2026-09-20:withdrawn"), InputError, "没有案件“2026-9”"),
        (("event", "2026-1", "2026-09-20:withdrawn"), InputError, "凭据"),
        (("event", "2026-1", "2026-09-20:extension", "--opinion", "同意"), InputError, "--opinion 只用于"),
        (("event", "2026-1", "2026-09-20:extension:王主任", "--seen", "7"), CaseConflict, "第 7 版"),
        (("decide", "2026-1", "--outcome", "denied", "--reasons", "无"), InputError, "不认识的处理结果"),
        (("export", "2026-1", "--out", "reply.md"), InputError, "不能导出答复书"),
        (("approve", "2026-1"), InputError, "还没有答复的文稿"),
        (("enclose", "2026-1", "no.pdf"), InputError, "不能读取：no.pdf"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    office: Path, arguments: tuple[str, ...], fault: type[Exception], words: str
) -> None:
    """What happened, where, what to do."""
    add(office)
    more = () if arguments[0] == "export" else ("--as", "罗敏")
    with pytest.raises(fault, match=words):
        case(*arguments, *more)


def test_an_office_that_has_named_its_people_knows_nobody_else(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By name, and by what the role may do."""
    file = office / "assistant.toml"
    file.write_text('[staff]\n"罗敏" = "clerk"\n"杜衡" = "reviewer"\n', encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_CONFIG", str(file))
    add(office)
    with pytest.raises(NotAllowed, match="不在 .staff. 的名单里"):
        case("search", "2026-1", "--places", "甲", "--terms", "乙", "--found", "无", "--as", "秦岭")
    with pytest.raises(NotAllowed, match="不能办理“记录检索的经过”"):
        case("search", "2026-1", "--places", "甲", "--terms", "乙", "--found", "无", "--as", "杜衡")
