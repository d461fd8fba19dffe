"""`assistant decide`: the next question, the outcome, what the file lacks, and its exit status."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.errors import InputError

HELD = {
    "pending": "active",
    "identity": "complete",
    "clear": "clear",
    "kind": "record",
    "earlier": "never",
    "volume": "normal",
    "government": "government",
    "special": "none",
    "whose": "own",
}
ABSENT = {**HELD, "search": "absent", "search_done": "thorough", "why_absent": "never_made"}
SEARCH = {
    "systems": ["办公系统"],
    "keywords": ["渠道", "改线"],
    "offices": ["水利站"],
    "persons": ["甲"],
    "dates": ["2026-11-20"],
    "result": "没有",
}


def decide(*arguments: str, typed: str | None = None) -> Result:
    """The command run in this process."""
    return CliRunner().invoke(app, ["decide", *arguments], input=typed)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Where the clerk's answers stand."""
    return tmp_path / "answers.yaml"


def put(path: Path, found: object) -> str:
    """Answers as a file."""
    path.write_text(yaml.safe_dump(found, allow_unicode=True), encoding="utf-8")
    return str(path)


def test_without_answers_the_first_question_is_asked() -> None:
    """With its choices, article, help and what to keep; nothing is finished."""
    result = decide("--on", "2026-11-27")
    assert 1 == result.exit_code
    for words in (
        "第1步 补不补：这件申请现在还要办吗？",
        "active：",
        "unclear：不清楚",
        "依据：《",
        "存入卷里：",
    ):
        assert words in result.stdout


def test_a_finished_path_with_its_file_exits_with_0(written: Path) -> None:
    """Outcome, path and basis are printed, nothing is lacking."""
    result = decide(
        put(written, {"answers": ABSENT, "file": {"search_record": SEARCH}}), "--on", "2026-11-27"
    )
    assert 0 == result.exit_code
    assert "处理结果：（四）无法提供—本机关不掌握相关政府信息" in result.stdout
    assert "卷里还缺" not in result.stdout


def test_an_open_guard_exits_with_1_and_names_its_article(written: Path) -> None:
    """The outcome stands, the file is not complete."""
    result = decide(put(written, {"answers": ABSENT}), "--on", "2026-11-27")
    assert 1 == result.exit_code
    assert "search_record　检索记录" in result.stdout
    assert "依据：《政府信息公开条例》第三十六条第（四）项" in result.stdout


def test_the_json_holds_path_outcome_guards_and_question(written: Path) -> None:
    """What a page needs."""
    found = json.loads(decide(put(written, {"answers": ABSENT}), "--on", "2026-11-27", "--json").stdout)
    assert ("decided", False, None) == (found["state"], found["ready"], found["question"])
    conclusion = found["items"][0]["conclusion"]
    assert ("unable.not_held", "absent", "not_held_absent") == (
        conclusion["outcome"],
        conclusion["road"],
        conclusion["letter"],
    )
    assert "B" == conclusion["remedy"]["class"]
    assert list(ABSENT) == [step["id"] for step in found["items"][0]["path"]]
    assert ["search_record"] == [guard["guard"] for guard in found["open_guards"]]
    assert list(SEARCH) == [part["part"] for part in found["open_guards"][0]["parts"]]


def test_a_paper_is_told_with_its_clock_and_where_the_case_comes_back(written: Path) -> None:
    """What to do now, by which article, and the question after it."""
    answers = {"pending": "active", "identity": "complete", "clear": "vague", "notice_sent": "pending"}
    result = decide(put(written, {"answers": answers}), "--on", "2026-11-27")
    assert 1 == result.exit_code
    for words in ("现在要办：发出补正告知书", "答复期限自收到补正的申请之日起重新计算", "correction_result"):
        assert words in result.stdout


def test_several_items_share_what_stands_above_and_are_counted_once(written: Path) -> None:
    """One given, one to be compiled: partial."""
    given = {"search": "found", "published": "live"}
    compiled = {"search": "components", "product": "compile"}
    case = {
        "answers": HELD,
        "items": [{"item": "文件", "answers": given}, {"item": "统计表", "answers": compiled}],
    }
    result = decide(put(written, case), "--on", "2026-11-27")
    assert "整件：部分公开（partial）" in result.stdout
    assert "【统计表】" in result.stdout


def test_items_the_law_does_not_settle_are_asked(written: Path) -> None:
    """The choices and that a reason is wanted."""
    repeat = {**HELD, "earlier": "answered", "same": "same"}
    case = {"items": [{"item": "甲", "answers": ABSENT}, {"item": "乙", "answers": repeat}]}
    result = decide(put(written, case), "--on", "2026-11-27")
    assert 1 == result.exit_code
    assert "split：分件答复，每一项各计一件" in result.stdout
    assert "decline.repeat：合并答复，计入“重复申请”" in result.stdout


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"answers": {"lost": "x"}}, "没有名为“lost”的问题"),
        ({"answers": {"pending": "perhaps"}}, "没有“perhaps”这个回答"),
        ({"answers": {"pending": True}}, "“pending”的回答 True 应写成回答的代码"),
        ({"pending": "active"}, "不认识的键“pending”，可用：answers、file、items、together"),
        ({"items": []}, "items 应写成一个列表"),
        ({"items": [{"item": "甲"}, {"item": "甲"}]}, "两项同名"),
        ({"answers": [1]}, "应写成“键: 值”的列表"),
        ({"answers": {}, "file": {"lost": 1}}, "file 里不认识的一项“lost”"),
        ({"together": {"choose": "split", "because": "x"}}, "不认识的键“because”"),
    ],
)
def test_wrong_answers_are_one_clear_line(found: object, words: str, written: Path) -> None:
    """The command line exits with 2 for these."""
    result = decide(put(written, found), "--on", "2026-11-27")
    assert isinstance(result.exception, InputError)
    assert words in str(result.exception)
    assert "\n" not in str(result.exception)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.yaml"], "找不到：nowhere.yaml"),
        (["--on", "2019-05-14"], "没有可用的研判步骤"),
        (["--on", "soon"], "日期“soon”无法识别"),
    ],
)
def test_what_cannot_be_used_is_named(arguments: list[str], words: str) -> None:
    """A file that is not there, a day before the law, no day at all."""
    result = decide(*arguments)
    assert isinstance(result.exception, InputError)
    assert words in str(result.exception)


def test_a_file_that_is_no_yaml_is_named(written: Path) -> None:
    """Not a stack of English."""
    written.write_text("answers: [", encoding="utf-8")
    assert "不是有效的 YAML" in str(decide(str(written)).exception)


def test_on_a_terminal_questions_are_asked_one_by_one_and_kept(tmp_path: Path) -> None:
    """A number answers, b goes back, q leaves; --save writes what was answered."""
    kept = tmp_path / "kept.yaml"
    result = decide("--ask", "--save", str(kept), "--on", "2026-11-27", typed="1\n9\n1\nb\n1\n1\nq\n")
    assert 1 == result.exit_code
    assert {"answers": {"pending": "active", "identity": "complete", "clear": "clear"}} == yaml.safe_load(
        kept.read_text(encoding="utf-8")
    )
    again = json.loads(decide(str(kept), "--on", "2026-11-27", "--json").stdout)
    assert "kind" == again["question"]["id"]


def test_leaving_at_once_loses_nothing(tmp_path: Path) -> None:
    """The end of the input is leaving."""
    result = decide("--ask", "--on", "2026-11-27", typed="")
    assert 1 == result.exit_code
    assert "这件申请现在还要办吗？" in result.stdout
