"""Looking things up: search in the corpus, one question answered."""

import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.show import JsonFlag, OnDate, day_of, open_office, show
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.retrieval.filters import Filters
    from assistant.retrieval.search import Hit


def search(
    query: Annotated[str | None, typer.Argument(help="要查的问题或条文。")] = None,
    k: Annotated[int, typer.Option(help="返回几条。", min=1, max=100)] = 5,
    on: OnDate = None,
    law: Annotated[str | None, typer.Option(help="只查这一部法，如 条例、行政复议法。")] = None,
    kind: Annotated[str | None, typer.Option(help="只查 provision、report、reply 或 guide。")] = None,
    agency: Annotated[str | None, typer.Option(help="只查这个机关的报告。")] = None,
    year: Annotated[int | None, typer.Option(help="只查这一年度的报告。")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="说明每一条是怎样查到的。")] = False,
    as_json: JsonFlag = False,
    input_: Annotated[Path | None, typer.Option("--input", help="JSONL：每行 id、query。")] = None,
    output: Annotated[Path | None, typer.Option(help="JSONL：每行 id、hits。")] = None,
) -> None:
    """查条文和已公开的报告。"""
    from assistant.retrieval.filters import read_filters

    assistant = open_office()
    wanted = _Wanted(k, day_of(on), read_filters(assistant.statutes, law, kind, agency, year), explain)
    if input_:
        rows = [{"id": row["id"], **_hits(assistant, row["query"], wanted)} for row in _read_queries(input_)]
        return _write_lines(rows, output)
    if query is None:
        raise InputError("没有给出要查的内容。请写在命令后面，或用 --input 给出 JSONL 文件。")
    found = _hits(assistant, query, wanted)
    show(found, as_json, lambda: "\n\n".join(map(_hit_lines, found["hits"])) or "没有查到。")
    return None


def ask(question: Annotated[str, typer.Argument(help="要问的问题。")], as_json: JsonFlag = False) -> None:
    """问一个法律或者数据问题。"""
    from assistant.dialogue.answers import answer_question

    answer = answer_question(open_office(), question)
    if answer.notice:
        print(answer.notice, file=sys.stderr)
    show(answer.to_json(), as_json, lambda: answer.answer)


@dataclass(frozen=True)
class _Wanted:
    """How a search is asked for on the command line."""

    k: int
    on: date
    filters: "Filters"
    explain: bool


def _hits(assistant: "Assistant", query: str, wanted: _Wanted) -> dict[str, Any]:
    result = assistant.search(query, wanted.k, wanted.on, wanted.filters)
    if result.notice:
        print(result.notice, file=sys.stderr)
    return {"hits": [_hit(assistant, query, hit, wanted) for hit in result.hits]}


def _hit(assistant: "Assistant", query: str, hit: "Hit", wanted: _Wanted) -> dict[str, Any]:
    """A hit with the provisions its article points to, and how it was found if that is asked."""
    from assistant.retrieval.references import refers_to

    ref = hit.passage.ref
    near = refers_to(assistant.statutes, ref, wanted.on) if ref else ()
    told = {**hit.to_json(), "see_also": [str(other) for other in near]}
    if wanted.explain:
        from assistant.retrieval.explain import explain

        why = explain(assistant.index, query, hit)
        told |= {"explain": why.to_json(), "why": why.line}
    return told


def _hit_lines(hit: dict[str, Any]) -> str:
    lines = [f"{hit['rank']}. {hit['ref']}", hit["text"]]
    lines += [f"参见：{'、'.join(hit['see_also'])}"] if hit["see_also"] else []
    return "\n".join(lines + ([f"查到的经过：{hit['why']}"] if "why" in hit else []))


def _read_queries(path: Path) -> list[dict[str, Any]]:
    from assistant.ingest.files.readers import read_lines

    return read_lines(path, ("id", "query"))


def _write_lines(rows: list[dict[str, Any]], output: Path | None) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
