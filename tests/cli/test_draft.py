"""`assistant draft`: replies, papers, several items; what is missing, what cannot stand, where each sentence comes from."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.drafting.facts import read_facts
from assistant.drafting.letters import LetterLibrary, load_letters
from assistant.errors import InputError
from assistant.settings import ROOT
from tests.drafting.conftest import sample_facts

REQUEST = "青石市东塘街道办事处：\n我申请公开东塘小学操场改造的合同和其他相关材料。\n申请人：周明德\n2026年11月16日\n"
PAPERS = yaml.safe_load((ROOT / "tests" / "drafting" / "papers.yaml").read_text(encoding="utf-8"))
SEVERAL = yaml.safe_load((ROOT / "tests" / "drafting" / "several.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def request_file(tmp_path: Path) -> Path:
    """A letter that names one thing and leaves another open."""
    path = tmp_path / "request.txt"
    path.write_text(REQUEST, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def library() -> LetterLibrary:
    """The shipped clause library."""
    return load_letters(ROOT / "corpus")


def facts_file(folder: Path, facts: dict[str, Any]) -> str:
    """The facts as a clerk keeps them."""
    path = folder / "facts.yaml"
    path.write_text(yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8")
    return str(path)


def draft(*options: str | Path) -> Result:
    """The command, run in process."""
    return CliRunner().invoke(app, ["draft", *map(str, options)])


def test_a_reply_is_written_and_says_where_each_sentence_comes_from(
    tmp_path: Path, request_file: Path
) -> None:
    """--json: clauses, facts and provisions, on stdout."""
    facts = facts_file(tmp_path, sample_facts("not_held_absent") | {"road": "absent"})
    out = tmp_path / "reply.md"
    done = draft(
        "--request", request_file, "--outcome", "unable.not_held", "--facts", facts, "--out", out, "--json"
    )
    found = json.loads(done.stdout)
    assert (0, True, "not_held_absent") == (done.exit_code, found["complete"], found["letter"])
    assert all(one["clauses"] for one in found["sentences"])
    assert "你申请公开的政府信息不存在" in out.read_text(encoding="utf-8")


def test_what_is_missing_is_listed_with_its_article(tmp_path: Path, request_file: Path) -> None:
    """Exit status 1; the draft is written with its gaps."""
    out = tmp_path / "reply.md"
    done = draft("--request", request_file, "--outcome", "decline.repeat", "--out", out)
    assert 1 == done.exit_code
    assert (
        "earlier_reply：前一次答复的日期、文号和送达情况（《政府信息公开条例》第三十六条第（六）项）"
        in done.stderr
    )
    assert "【待补：" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["extension_notice", "third_party_letter", "third_party_form", "registration"]
)
def test_a_paper_is_written_by_its_name(name: str, tmp_path: Path) -> None:
    """To applicant, third party or file; no request is wanted."""
    facts = {**PAPERS["common"], **PAPERS["request"], **PAPERS["papers"][name]["facts"]}
    out = tmp_path / "paper.docx"
    done = draft("--paper", name, "--facts", facts_file(tmp_path, facts), "--out", out)
    assert (0, True) == (done.exit_code, out.is_file())


def test_a_correction_notice_asks_for_what_the_letter_lacks(tmp_path: Path, request_file: Path) -> None:
    """第三十条: all at once, read off the letter; what the office must add is a gap."""
    out = tmp_path / "notice.md"
    done = draft(
        "--paper", "correction_notice", "--request", request_file, "--out", out, "--on", "2026-11-23"
    )
    said = out.read_text(encoding="utf-8")
    assert 1 == done.exit_code
    assert "周明德：" in said
    assert "（一）" in said
    assert "身份证明" in said
    assert "guidance" in done.stderr


def test_several_items_are_one_letter(tmp_path: Path, request_file: Path) -> None:
    """Given and not held is 部分公开, counted once; no outcome need be told."""
    items = [SEVERAL["items"][name] for name in ("contract", "approval")]
    facts = facts_file(tmp_path, {**SEVERAL["common"], "items": items})
    done = draft("--request", request_file, "--facts", facts, "--out", tmp_path / "reply.docx", "--json")
    assert (0, ["partial"]) == (done.exit_code, json.loads(done.stdout)["counted"])


@pytest.fixture
def someone_elses_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str | Path]:
    """Options of a whole reply whose reason names another person by number, in an office of its own."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "request.txt").write_text(REQUEST, encoding="utf-8")
    facts = sample_facts("not_held_absent") | {"road": "absent"}
    facts["absence_reason"] = f"{facts['absence_reason']}，经向保管人（电话13800138000）核实"
    told = ["--facts", facts_file(tmp_path, facts), "--out", tmp_path / "reply.md"]
    return ["--request", tmp_path / "request.txt", "--outcome", "unable.not_held", *told]


def test_a_reply_the_gate_refuses_is_not_written(
    tmp_path: Path, someone_elses_number: list[str | Path]
) -> None:
    """Exit status 1, every error with what to do; JSON says that there is no file."""
    done = draft(*someone_elses_number)
    assert (1, False, "") == (done.exit_code, (tmp_path / "reply.md").exists(), done.stdout)
    assert "核对不通过，没有写出" in done.stderr
    assert "错误（personal_data）" in done.stderr
    assert "--override" in done.stderr
    found = json.loads(draft(*someone_elses_number, "--json").stdout)
    assert (None, False) == (found["out"], found["gate"]["passes"])


def test_a_refused_reply_is_written_under_a_name_with_a_reason(
    tmp_path: Path, someone_elses_number: list[str | Path]
) -> None:
    """Who and why are on record before the file is there."""
    by = ["--override", "王科长", "--reason", "号码为本机关公开电话"]
    done = draft(*someone_elses_number, *by)
    assert (0, True) == (done.exit_code, (tmp_path / "reply.md").is_file())
    assert "已由王科长放行" in done.stderr
    (line,) = (tmp_path / "data" / "overrides.jsonl").read_text(encoding="utf-8").splitlines()
    assert ("王科长", "reply.md") == (json.loads(line)["name"], json.loads(line)["letter"])


def test_gaps_are_filled_and_never_let_go(
    tmp_path: Path, request_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the input; nothing is written and nothing recorded."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    told = ["--request", request_file, "--outcome", "decline.repeat", "--out", tmp_path / "reply.md"]
    done = draft(*told, "--override", "王科长", "--reason", "急件")
    assert isinstance(done.exception, InputError)
    assert "不能放行" in str(done.exception)
    assert not (tmp_path / "reply.md").exists()
    assert not (tmp_path / "data" / "overrides.jsonl").exists()


def test_a_draft_with_gaps_says_what_else_the_gate_refuses(tmp_path: Path, request_file: Path) -> None:
    """It is written as a draft; the other error is told beside the gaps."""
    facts = facts_file(tmp_path, {"earlier_reply": "13800138000周某某处已送达"})
    out = tmp_path / "reply.md"
    done = draft("--request", request_file, "--outcome", "decline.repeat", "--facts", facts, "--out", out)
    assert (1, True) == (done.exit_code, out.is_file())
    assert "这份草稿核对不通过：\n  错误（personal_data）" in done.stderr


FAULTS = [
    (["--outcome", "other.other"], {}, "缺少 --request"),
    (["--request", "R", "--outcome", "other.other", "--paper", "receipt"], {}, "只写一个"),
    (["--request", "R"], {}, "缺少 --outcome"),
    (["--paper", "correction"], {}, "没有“correction”这种文书"),
    (["--paper", "record_correction"], {}, "“record_correction”有几种"),
    (["--request", "R", "--outcome", "granted"], {}, "granted"),
    (["--request", "R", "--outcome", "other.other"], {"reason": "甲\u202e乙"}, "控制字符"),
    (["--request", "R", "--outcome", "other.other"], {"reasons": "甲"}, "不认识的键“reasons”"),
    (
        ["--request", "R", "--outcome", "other.other"],
        {"received_on": "2026-11-24", "replied_on": "2026-11-23"},
        "早于收到申请",
    ),
    (["--request", "R", "--outcome", "other.other"], {"reason": "长" * 10_001}, "超过 10000 字"),
    (["--paper", "extension_notice"], {"extension_workdays": "很多"}, "应为正整数"),
]


@pytest.mark.parametrize(("options", "facts", "words"), FAULTS, ids=[words for *_, words in FAULTS])
def test_bad_input_is_one_line_and_exit_status_2(
    options: list[str], facts: dict[str, Any], words: str, tmp_path: Path, request_file: Path
) -> None:
    """Nothing is written, nothing is traced."""
    out = tmp_path / "reply.docx"
    told = [str(request_file) if option == "R" else option for option in options]
    told += ["--facts", facts_file(tmp_path, facts)] if facts else []
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "draft", *told, "--out", str(out)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert (2, 1, False) == (done.returncode, len(done.stderr.strip().splitlines()), out.exists())
    assert words in done.stderr


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("grant_provided", "grant"),
        ("partial", "partial"),
        ("refuse_third_party", "refuse.third_party"),
        ("decline_petition", "decline.petition"),
    ],
)
def test_a_whole_reply_leaves_the_command_with_status_0(
    name: str, code: str, tmp_path: Path, request_file: Path
) -> None:
    """One of each group through the face."""
    out = tmp_path / "reply.docx"
    facts = facts_file(tmp_path, sample_facts(name))
    done = draft("--request", request_file, "--outcome", code, "--facts", facts, "--out", out)
    assert (0, True) == (done.exit_code, out.is_file())


@pytest.mark.parametrize(
    "options",
    [
        ["--outcome", "unable.not_held", "--road", "absent"],
        ["--outcome", "partial"],
        ["--paper", "fee_notice"],
    ],
)
def test_the_facts_to_fill_in_are_a_facts_file(
    options: list[str], tmp_path: Path, library: LetterLibrary
) -> None:
    """`assistant facts` prints what `draft --facts` reads: nothing given, every key known, each with its article."""
    done = CliRunner().invoke(app, ["facts", *options])
    (tmp_path / "f.yaml").write_text(done.stdout, encoding="utf-8")
    assert 0 == done.exit_code
    assert {} == {
        key: value for key, value in read_facts(tmp_path / "f.yaml", library).items() if key != "road"
    }
    assert "replied_on:" in done.stdout
    assert "（《政府信息公开条例》第" in done.stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "中的一个"),
        (["--outcome", "grant", "--paper", "receipt"], "中的一个"),
        (["--outcome", "unable.not_held"], "有几种情形，请用 --road 写明"),
        (["--outcome", "unable.not_held", "--road", "lost"], "lost"),
        (["--paper", "receit"], "没有“receit”这种文书"),
    ],
)
def test_facts_of_no_letter_are_refused(options: list[str], words: str) -> None:
    """One line, with what there is."""
    with pytest.raises(InputError, match=words):
        CliRunner().invoke(app, ["facts", *options], catch_exceptions=False)


@pytest.mark.parametrize(
    ("facts", "options"),
    [
        ("several.yaml", ["--request", "several.txt"]),
        ("third-party.yaml", ["--paper", "third_party_letter"]),
    ],
)
def test_the_examples_are_whole(facts: str, options: list[str], tmp_path: Path) -> None:
    """docs/examples: written without a gap, and `assistant verify` passes the file."""
    folder = ROOT / "docs" / "examples"
    told = [folder / option if option.endswith(".txt") else option for option in options]
    out = tmp_path / "letter.docx"
    assert 0 == draft(*told, "--facts", folder / facts, "--out", out).exit_code
    assert 0 == CliRunner().invoke(app, ["verify", str(out), "--on", "2026-11-24"]).exit_code
