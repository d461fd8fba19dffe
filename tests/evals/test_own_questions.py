"""Questions of somebody's own: one line each, scored beside the baselines, kept nowhere unasked."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.law.instruments import StatuteBook
from assistant.law.provisions import ProvisionRef
from assistant.settings import ROOT
from evals.own_questions import not_held, read_questions

LAW = "政府信息公开条例"
LINE = {"id": "a", "query": "第三方不同意怎么办", "relevant": [{"law": LAW, "article": 32}]}


def written(folder: Path, *lines: object) -> Path:
    """A file of such lines."""
    path = folder / "own.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "relevant",
    [
        {"law": LAW, "article": 36, "item": 5},
        {
            "law": "《中华人民共和国政府信息公开条例》",
            "article": "三十六",
            "item": "（五）",
            "paragraph": None,
        },
        {"law": "条例", "article": "第36条", "item": "五", "note": "不读"},
    ],
)
def test_a_provision_may_be_written_as_people_write_it(
    relevant: dict[str, object], statutes: StatuteBook, tmp_path: Path
) -> None:
    """The law by any of its names, numbers in digits or characters; further keys are not read."""
    (item,) = read_questions(written(tmp_path, {**LINE, "relevant": [relevant], "more": 1}), statutes)
    assert (ProvisionRef(LAW, 36, item=5),) == item.relevant


def test_an_empty_label_says_that_nothing_answers(statutes: StatuteBook, tmp_path: Path) -> None:
    """Then the refusal is scored."""
    (item,) = read_questions(written(tmp_path, {**LINE, "relevant": []}), statutes)
    assert not item.answerable


def test_articles_the_corpus_does_not_hold_are_named(statutes: StatuteBook, tmp_path: Path) -> None:
    """They count as not found, and whoever labelled them is told."""
    strange = {**LINE, "relevant": [{"law": "中华人民共和国民法典", "article": 1}]}
    found = read_questions(written(tmp_path, strange), statutes)
    assert (ProvisionRef("民法典", 1),) == not_held(found, statutes)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"id": "a", "query": "问"}, "第2行：缺少“relevant”"),
        ({**LINE, "id": "b", "query": " "}, "第2行：缺少“query”"),
        ({**LINE, "id": "b", "relevant": [{"article": 1}]}, "第2行 relevant：应为写明 law、article 的对象"),
        ({**LINE, "id": "b", "relevant": [{"law": LAW}]}, "第2行 relevant：条、款、项的序号应为数字"),
        ({**LINE, "id": "b", "relevant": [{"law": LAW, "article": 1.5}]}, "第2行 relevant：条、款、项的序号"),
        ([1], "第2行：应为一个 JSON 对象"),
        (LINE, "编号“a”重复"),
    ],
)
def test_a_bad_line_is_named(line: object, words: str, statutes: StatuteBook, tmp_path: Path) -> None:
    """By file and line, with what it should be."""
    with pytest.raises(InputError, match=rf"own\.jsonl.*{words}"):
        read_questions(written(tmp_path, LINE, line), statutes)


def test_a_missing_an_empty_and_a_foreign_file_are_named(statutes: StatuteBook, tmp_path: Path) -> None:
    """Never a traceback."""
    with pytest.raises(InputError, match="找不到问题文件"):
        read_questions(tmp_path / "none.jsonl", statutes)
    with pytest.raises(InputError, match="没有问题"):
        read_questions(written(tmp_path), statutes)
    (tmp_path / "gbk.jsonl").write_bytes('{"id": "问"}'.encode("gb18030"))
    with pytest.raises(InputError, match="不是 UTF-8 文本"):
        read_questions(tmp_path / "gbk.jsonl", statutes)


@pytest.mark.slow
def test_the_command_prints_figures_and_leaves_the_record_alone(tmp_path: Path) -> None:
    """hit@1 and hit@5 with n and bounds; nothing is written unless a folder is named."""
    results = ROOT / "evals" / "results"
    before = {path.name: path.read_bytes() for path in results.iterdir()}
    path = written(tmp_path, *({**LINE, "id": str(number)} for number in range(3)))
    command = [sys.executable, "-m", "assistant", "evaluate", "retrieval", "--questions", str(path)]
    environment = {"ASSISTANT_DATA_DIR": str(tmp_path / "data"), "PATH": "", "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    hits = [line.split() for line in done.stdout.splitlines() if "条命中" in line]
    assert [["首条命中", "3"], ["前五条命中", "3"]] == [row[1:3] for row in hits]
    assert before == {path.name: path.read_bytes() for path in results.iterdir()}


@pytest.mark.parametrize("task", ["drafting", "classification"])
def test_own_questions_are_for_retrieval_only(task: str, tmp_path: Path) -> None:
    """Any other task is refused with one line."""
    command = [sys.executable, "-m", "assistant", "evaluate", task, "--questions", str(tmp_path / "x")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (2, "自备问题只能评检索。请写成 assistant evaluate retrieval --questions 文件。") == (
        done.returncode,
        done.stderr.strip(),
    )
