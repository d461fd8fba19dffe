"""Looking things up: search in the corpus, one question answered."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.show import JsonFlag, OnDate, day_of, open_office, show
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.pipeline import Assistant


def search(
    query: Annotated[str | None, typer.Argument(help="要查的问题或条文。")] = None,
    k: Annotated[int, typer.Option(help="返回几条。", min=1, max=100)] = 5,
    on: OnDate = None,
    as_json: JsonFlag = False,
    input_: Annotated[Path | None, typer.Option("--input", help="JSONL：每行 id、query。")] = None,
    output: Annotated[Path | None, typer.Option(help="JSONL：每行 id、hits。")] = None,
) -> None:
    """查条文和已公开的报告。"""
    assistant = open_office()
    day = day_of(on)
    if input_:
        rows = [{"id": row["id"], **_hits(assistant, row["query"], k, day)} for row in _read_queries(input_)]
        return _write_lines(rows, output)
    if query is None:
        raise InputError("没有给出要查的内容。请写在命令后面，或用 --input 给出 JSONL 文件。")
    found = _hits(assistant, query, k, day)
    show(
        found,
        as_json,
        lambda: "\n\n".join(f"{h['rank']}. {h['ref']}\n{h['text']}" for h in found["hits"]) or "没有查到。",
    )
    return None


def ask(question: Annotated[str, typer.Argument(help="要问的问题。")], as_json: JsonFlag = False) -> None:
    """问一个法律或者数据问题。"""
    from assistant.dialogue.answers import answer_question

    answer = answer_question(open_office(), question)
    if answer.notice:
        print(answer.notice, file=sys.stderr)
    show(answer.to_json(), as_json, lambda: answer.answer)


def _hits(assistant: "Assistant", query: str, k: int, on: date) -> dict[str, Any]:
    result = assistant.search(query, k, on)
    if result.notice:
        print(result.notice, file=sys.stderr)
    return {"hits": [hit.to_json() for hit in result.hits]}


def _read_queries(path: Path) -> list[dict[str, Any]]:
    from assistant.ingest.readers import read_lines

    return read_lines(path, ("id", "query"))


def _write_lines(rows: list[dict[str, Any]], output: Path | None) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
