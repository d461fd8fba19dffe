"""The loader refuses what it cannot count, and says where."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import InputError
from assistant.law.provisions import ProvisionRef
from evals.labelled import load_questions, load_requests

CODES = ("grant", "partial", "unable.not_held")
REQUEST: dict[str, Any] = {
    "id": "t001",
    "request": "申请公开道路养护合同",
    "findings": "",
    "outcome": "grant",
    "acceptable": ["partial"],
    "basis": ["第三十六条第（二）项"],
    "border": None,
    "style": "plain",
    "family": "road",
    "split": "train",
}
QUESTION: dict[str, Any] = {
    "id": "q001",
    "query": "多久回",
    "relevant": [{"law": "政府信息公开条例", "article": 33, "paragraph": 2, "item": "（四）"}],
    "style": "terse",
    "split": "test",
}


def written(folder: Path, *rows: Any) -> Path:
    """A labelled folder holding these rows, as JSON or as they are."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / "t.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_good_row_is_read_as_it_stands(tmp_path: Path) -> None:
    """Lists become tuples; the defensible outcomes are the label and the acceptable ones."""
    (item,) = load_requests(CODES, written(tmp_path, REQUEST))
    assert ("t001", ("第三十六条第（二）项",)) == (item.id, item.basis)
    assert {"grant", "partial"} == item.defensible


def test_a_question_names_provisions(tmp_path: Path) -> None:
    """Items written （四） are read as four; the article is what retrieval is judged by."""
    (item,) = load_questions(written(tmp_path, QUESTION))
    assert (ProvisionRef("政府信息公开条例", 33, 0, 2, 4),) == item.relevant
    assert {ProvisionRef("政府信息公开条例", 33)} == item.articles


def test_a_question_may_name_a_part_of_a_report(tmp_path: Path) -> None:
    """It is answered, by no article but by the passage of that part."""
    part = {"law": None, "report": "某镇-2023", "section": 1, "part": "（一）主动公开"}
    (item,) = load_questions(written(tmp_path, {**QUESTION, "relevant": [part]}))
    assert (True, frozenset()) == (item.answerable, item.articles)
    assert {"reports/某镇-2023.md#1-（一）主动公开"} == item.units


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"outcome": "granted"}, "granted"),
        ({"acceptable": ["refuse"]}, "refuse"),
        ({"acceptable": ["grant"]}, "acceptable"),
        ({"border": 16}, "border"),
        ({"border": True}, "border"),
        ({"split": "Test"}, "split"),
        ({"findings": None}, "findings"),
        ({"request": "  "}, "request"),
        ({"basis": [36]}, "basis"),
        ({"note": "x"}, "note"),
    ],
)
def test_a_bad_request_is_named_by_file_and_line(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    """The message says which file, which line, which key or value."""
    folder = written(tmp_path, REQUEST, {**REQUEST, "id": "t002", **change})
    with pytest.raises(InputError, match="t.jsonl 第2行") as fault:
        load_requests(CODES, folder)
    assert words in str(fault.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"article": "33"}, "article"),
        ({"item": "（很）"}, "（很）"),
        ({"clause": 1}, "clause"),
        ({"report": "某镇-2023"}, "law"),
    ],
)
def test_a_bad_provision_is_named_by_file_and_line(
    tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    """The same for the provisions of a question."""
    row = {**QUESTION, "relevant": [{**QUESTION["relevant"][0], **change}]}
    with pytest.raises(InputError, match="t.jsonl 第1行") as fault:
        load_questions(written(tmp_path, row))
    assert words in str(fault.value)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([REQUEST, "{"], "第2行：不是有效的 JSON"),
        ([REQUEST, "[]"], "第2行：应为一个 JSON 对象"),
        ([REQUEST, REQUEST], "第2行：编号“t001”与t.jsonl 第1行重复"),
        ([{key: value for key, value in REQUEST.items() if key != "family"}], "第1行：缺少“family”"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, rows: list[Any], words: str) -> None:
    """What is no row, a row twice, a row that lacks a key."""
    with pytest.raises(InputError, match=words):
        load_requests(CODES, written(tmp_path, *rows))


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    """No set is not an empty set."""
    with pytest.raises(InputError, match="没有 .jsonl 文件"):
        load_questions(tmp_path)
