"""`assistant case`: one request walked from receipt to archive, and what is refused on the way."""

import json
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.errors import CaseConflict, InputError, NotAllowed

LETTER = """政府信息公开申请书
申请人：柳青，联系电话13900000000
申请公开：2025年柳湾社区道路维修工程的施工合同。
提供方式：邮寄纸质件。
"""


AGENCY = {
    "NAME": "云河街道办事处",
    "KIND": "street",
    "REVIEW_AUTHORITY": "云河区人民政府",
    "COURT": "云河区人民法院",
    "CONTACT": "党政综合办公室",
    "PHONE": "0000-88000000",
    "DOCUMENT_SERIES": "云街公开〔{year}〕{number}号",
}
FACTS = """
road: provided
received_on: 2026-09-10
received_how: 当面
form: 纸质复印件
enclosures: [柳湾社区道路维修工程施工合同，共8页]
"""


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder and an office of the test's own."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    for key, words in AGENCY.items():
        monkeypatch.setenv(f"ASSISTANT_AGENCY_{key}", words)
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    """A command of the program run in this process; a refusal is raised as the error it is."""
    result = CliRunner().invoke(app, list(arguments))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def case(*arguments: str) -> Result:
    """A command of the register."""
    return run("case", *arguments)


def add(folder: Path, *more: str) -> dict:
    """The letter registered."""
    found = case(
        "add", str(folder / "letter.txt"), "--received", "2026-09-10", "--as", "罗敏", "--json", *more
    )
    return json.loads(found.stdout)


def drafted(folder: Path) -> None:
    """2026-1 registered, decided, its reply composed by the program on 2026-10-08 and put into the register."""
    add(folder)
    case("search", "2026-1", "--places", "档案室", "--terms", "合同", "--found", "一份", "--as", "罗敏")
    case(
        "decide",
        "2026-1",
        "--outcome",
        "grant",
        "--reasons",
        "卷内有合同",
        "--on",
        "2026-10-08",
        "--as",
        "罗敏",
    )
    reply, facts = str(folder / "reply.md"), str(folder / "facts.yaml")
    files = ("--request", str(folder / "letter.txt"), "--facts", facts, "--out", reply)
    run("draft", *files, "--outcome", "grant", "--on", "2026-10-08")
    case("draft", "2026-1", reply, "--as", "罗敏")


def approved(*last: str) -> Result:
    """Checked, reviewed and approved by three people on 2026-10-09."""
    for step, who in (("secrecy", "罗敏"), ("review", "杜衡")):
        case("approve", "2026-1", "--step", step, "--on", "2026-10-09", "--as", who)
    return case("approve", "2026-1", "--step", "approve", "--on", "2026-10-09", "--as", "秦岭", *last)


def test_a_request_is_walked_from_receipt_to_archive(office: Path) -> None:
    """Registered from its letter, decided, drafted, passed by the gate, approved, numbered, served, archived, counted."""
    drafted(office)
    found = json.loads(case("show", "2026-1", "--json").stdout)
    assert ("柳青", "natural_person", "2026-10-14") == tuple(
        found[key] for key in ("applicant", "kind", "due")
    )
    assert 0 == case("check", "2026-1", "--on", "2026-10-09").exit_code
    approved()
    case("issue", "2026-1", "--on", "2026-10-10", "--as", "罗敏")
    final = office / "final.docx"
    case("letter", "2026-1", "--out", str(final))
    case("event", "2026-1", "2026-10-12:replied", "--as", "罗敏")
    case("event", "2026-1", "2026-10-20:archived", "--as", "罗敏")
    found = json.loads(case("show", "2026-1", "--json").stdout)
    assert ("archived", True, "grant") == (found["state"], found["clock"]["met"], found["outcome"])
    lines = [one.text for one in Document(str(final)).paragraphs]
    assert {"云街公开〔2026〕1号", "2026年10月9日"} <= set(lines)
    assert "待补" not in "".join(lines)
    assert 0 == run("verify", str(final), "--outcome", "grant", "--on", "2026-10-10").exit_code
    assert 0 == case("audit").exit_code
    opened = json.loads(run("yearbook", "--year", "2026", "--cell", "grant.total", "--json").stdout)
    assert ["2026-1"] == [one["number"] for one in opened["cases"]]


def spoiled(folder: Path, old: str, new: str) -> None:
    """Another draft of the reply, with a fault put in."""
    reply = folder / "reply.md"
    words = reply.read_text(encoding="utf-8")
    assert old in words
    reply.write_text(words.replace(old, new), encoding="utf-8")
    case("draft", "2026-1", str(reply), "--as", "罗敏")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2026年9月10日", "2026年9月11日", "2026-09-10"),
        ("第三十六条第（二）项", "第七十六条第（二）项", "七十六"),
        ("柳青：", "刘青：", "柳青"),
        ("六十日内", "九十日内", "六十日"),
    ],
)
def test_no_letter_the_gate_refuses_is_approved(office: Path, old: str, new: str, words: str) -> None:
    """Another day of receipt, an article there is not, another person, another period: named, and nothing is written."""
    drafted(office)
    spoiled(office, old, new)
    assert 1 == case("check", "2026-1", "--on", "2026-10-09").exit_code
    with pytest.raises(InputError, match="第 2 稿核对不通过，不能批准") as seen:
        approved()
    assert words in str(seen.value)
    assert 2 == len(json.loads(case("show", "2026-1", "--json").stdout)["steps"])


def test_a_refused_letter_is_let_go_by_name_and_reason_and_the_trail_says_so(office: Path) -> None:
    """With what the gate had found; without a reason nobody lets anything go, and what passes needs nobody."""
    drafted(office)
    with pytest.raises(InputError, match="没有需要放行的错误"):
        approved("--override", "秦岭", "--reason", "无")
    spoiled(office, "2026年9月10日", "2026年9月11日")
    with pytest.raises(InputError, match="姓名和理由"):
        approved("--override", "秦岭")
    case(
        "approve",
        "2026-1",
        "--on",
        "2026-10-09",
        "--as",
        "秦岭",
        "--override",
        "秦岭",
        "--reason",
        "收件章为准",
    )
    (entry,) = [
        one for one in json.loads(case("audit", "2026-1", "--json").stdout) if one["action"] == "approve"
    ]
    gate = json.loads(entry["detail"])["gate"]
    assert (False, "秦岭", "收件章为准") == (
        gate["passes"],
        gate["override"]["name"],
        gate["override"]["reason"],
    )
    assert any("2026-09-10" in one for one in gate["errors"])


def test_a_draft_leaves_the_register_only_under_its_mark(office: Path) -> None:
    """As a file of any kind; a final letter is none, and none is final before it is approved and numbered."""
    drafted(office)
    with pytest.raises(InputError, match="不能导出答复书"):
        case("letter", "2026-1", "--out", str(office / "r.docx"))
    for name in ("r.docx", "r.md"):
        case("letter", "2026-1", "--draft", "--out", str(office / name))
    marked = "草稿：案件2026-1第1稿，罗敏起草，没有批准、编号，不能作为答复送达。"
    assert marked == Document(str(office / "r.docx")).paragraphs[0].text
    assert (office / "r.md").read_text(encoding="utf-8").startswith(marked)
    approved()
    case("issue", "2026-1", "--on", "2026-10-10", "--as", "罗敏")
    with pytest.raises(InputError, match="已有定稿 云街公开〔2026〕1号"):
        case("letter", "2026-1", "--draft", "--out", str(office / "r.docx"))


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
