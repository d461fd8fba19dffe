"""Labelled questions to the assistant: what a right answer says, what it rests on, or that there is none."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import read_rules
from evals.labelled import DATA

ANSWERS = DATA / "answers.yaml"
KINDS = {
    "article": "法律怎么规定",
    "figure": "报告里的数字",
    "deadline": "要算的日期",
    "false_premise": "前提不对的",
    "out_of_scope": "语料不能回答的",
}
KEYS = {"id", "kind", "family", "ask", "cites", "says", "figure", "cells", "start", "due"}


@dataclass(frozen=True)
class AskedQuestion:
    """A question and what a right answer holds: `says` these words and cites one of `cites`; or the figure of
    `cells`; or the day `due` that follows from `start`; or, where `kind` is out_of_scope, nothing at all.
    """

    id: str
    kind: str
    family: str
    ask: str
    cites: tuple[ProvisionRef, ...] = ()
    says: tuple[str, ...] = ()
    figure: int | None = None
    cells: tuple[tuple[str, ...], ...] = ()
    start: date | None = None
    due: date | None = None

    @property
    def answerable(self) -> bool:
        """Whether anything here answers it."""
        return self.kind != "out_of_scope"

    @property
    def target(self) -> str:
        """What a right answer holds, in a line."""
        if not self.answerable:
            return "不作回答"
        said = [str(self.figure)] if self.figure is not None else [self.due.isoformat()] if self.due else []
        return "；".join((*said, *self.says, *map(str, self.cites)))


def load_answers(path: Path = ANSWERS) -> tuple[AskedQuestion, ...]:
    """Every question of the file. Raises InputError naming the question that cannot be used."""
    found = tuple(_question(row, path.name) for row in read_rules(path)["questions"])
    ids = [one.id for one in found]
    twice = {one for one in ids if ids.count(one) > 1}
    if twice:
        raise InputError(f"{path.name}：编号“{'、'.join(sorted(twice))}”重复。请改用不重复的编号。")
    return found


def _question(row: dict[str, Any], file: str) -> AskedQuestion:
    where = f"{file} {row.get('id', '（没有编号）')}"
    strange = sorted(set(row) - KEYS) or ([] if row.get("kind") in KINDS else [f"kind: {row.get('kind')}"])
    if strange or not all(isinstance(row.get(key), str) for key in ("id", "family", "ask")):
        raise InputError(
            f"{where}：{'不认识“' + '、'.join(strange) + '”' if strange else '缺少 id、family 或 ask'}。"
        )
    try:
        cites = tuple(ProvisionRef.parse(words) for words in row.get("cites", ()))
    except ValueError as fault:
        raise InputError(f"{where}：{fault}。") from fault
    return AskedQuestion(
        id=row["id"],
        kind=row["kind"],
        family=row["family"],
        ask=row["ask"],
        cites=cites,
        says=tuple(row.get("says", ())),
        figure=row.get("figure"),
        cells=tuple(map(tuple, row.get("cells", ()))),
        start=row.get("start"),
        due=row.get("due"),
    )
