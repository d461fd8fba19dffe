"""The labelled sets: requests with the outcome the law gives them, questions with the articles that answer.

JSON Lines, read strictly: a bad row stops the reading and is named by file and line. Splits are by
scenario (family), so that a test item never shares its subject with a training item.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

from assistant.errors import InputError
from assistant.law.numerals import to_int
from assistant.law.provisions import ProvisionRef
from assistant.settings import ROOT

DATA = ROOT / "evals" / "data"
REQUESTS = DATA / "requests"
QUESTIONS = DATA / "questions"
# The labels were given under the law of this day; retrieval is judged as of it.
LABELLED_ON = date(2026, 11, 23)
BORDERS = range(1, 16)

Split = Literal["train", "dev", "test"]
SPLITS: tuple[Split, ...] = ("train", "dev", "test")
Item = TypeVar("Item")

_NUMBER = (int, type(None))
_REQUEST = {
    "id": (str,),
    "request": (str,),
    "findings": (str,),
    "outcome": (str,),
    "acceptable": (list,),
    "basis": (list,),
    "border": _NUMBER,
    "style": (str,),
    "family": (str,),
    "split": (str,),
}
_QUESTION = {"id": (str,), "query": (str,), "relevant": (list,), "style": (str,), "split": (str,)}
_SECTION: dict[str, tuple[type, ...]] = {
    "law": (type(None),),
    "report": (str,),
    "section": (int,),
    "part": (str,),
}
_RELEVANT = {"law": (str,), "article": (int,), "paragraph": _NUMBER, "item": (str, int, type(None))}


@dataclass(frozen=True)
class LabelledRequest:
    """A request letter with what the organ established and the outcome the law gives it.

    `acceptable` are other outcomes a lawyer could defend; `border` is the number of the hard border it
    sits on; `family` is the scenario it shares with its neighbours.
    """

    id: str
    request: str
    findings: str
    outcome: str
    acceptable: tuple[str, ...]
    basis: tuple[str, ...]
    border: int | None
    style: str
    family: str
    split: str

    @property
    def defensible(self) -> frozenset[str]:
        """The outcome and the others a lawyer could defend."""
        return frozenset((self.outcome, *self.acceptable))


@dataclass(frozen=True, order=True)
class ReportPart:
    """A section of a published report in prose: the report's file, the section's number, its heading.

    `part` is the heading inside the section as printed, empty where the section has none.
    """

    report: str
    section: int
    part: str

    @property
    def passage(self) -> str:
        """The id of its passage in the index."""
        return f"reports/{self.report}.md#{self.section}-{self.part}"


@dataclass(frozen=True)
class LabelledQuestion:
    """A question with what answers it: provisions, most specific first, or parts of a report; or nothing."""

    id: str
    query: str
    relevant: tuple[ProvisionRef, ...]
    style: str
    split: str
    reports: tuple[ReportPart, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether anything in the corpus answers it."""
        return bool(self.relevant or self.reports)

    @property
    def units(self) -> frozenset[ProvisionRef | str]:
        """What a search should find: whole articles, and report passages by id."""
        return frozenset((*self.articles, *(part.passage for part in self.reports)))

    @property
    def articles(self) -> frozenset[ProvisionRef]:
        """The whole articles that answer."""
        return frozenset(ref.whole_article for ref in self.relevant)

    @property
    def family(self) -> str:
        """Questions about one article or part stand or fall together; each unanswerable one stands alone."""
        if self.relevant:
            return str(self.relevant[0].whole_article)
        return self.reports[0].passage if self.reports else self.id


def load_requests(codes: Collection[str], folder: Path = REQUESTS) -> tuple[LabelledRequest, ...]:
    """Every labelled request of a folder. Raises InputError naming file and line."""
    return _load(folder, lambda row, where: _request(row, codes, where))


def load_questions(folder: Path = QUESTIONS) -> tuple[LabelledQuestion, ...]:
    """Every labelled question of a folder. Raises InputError naming file and line."""
    return _load(folder, _question)


def read_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row of a JSON Lines file with its place (file 第N行). Raises InputError for what is no object."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{path.name} 第{number}行"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as fault:
            raise InputError(f"{where}：不是有效的 JSON（{fault.msg}）。请改正这一行。") from fault
        if not isinstance(row, dict):
            raise InputError(f"{where}：应为一个 JSON 对象。请改正这一行。")
        yield where, row


def _load(folder: Path, read: Callable[[dict[str, Any], str], Item]) -> tuple[Item, ...]:
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise InputError(f"标注集目录里没有 .jsonl 文件：{folder}。请检查目录。")
    places: dict[str, str] = {}
    items = []
    for path in paths:
        for where, row in read_rows(path):
            items.append(read(row, where))
            earlier = places.setdefault(row["id"], where)
            if earlier != where:
                raise InputError(f"{where}：编号“{row['id']}”与{earlier}重复。请改用不重复的编号。")
    return tuple(items)


def _request(row: dict[str, Any], codes: Collection[str], where: str) -> LabelledRequest:
    _require(row, _REQUEST, where)
    _require_choice(row["split"], SPLITS, f"{where}：“split”")
    if row["border"] is not None:
        _require_choice(row["border"], BORDERS, f"{where}：“border”")
    for code in (row["outcome"], *row["acceptable"]):
        _require_choice(code, codes, f"{where}：处理结果代码")
    if row["outcome"] in row["acceptable"]:
        raise InputError(f"{where}：“acceptable”里不应再写“outcome”的代码“{row['outcome']}”。")
    _require_words(row, ("id", "request", "family"), where)
    if not all(isinstance(words, str) for words in row["basis"]):
        raise InputError(f"{where}：“basis”应为条文出处的列表，如“第三十六条第（五）项”。")
    return LabelledRequest(**{**row, "acceptable": tuple(row["acceptable"]), "basis": tuple(row["basis"])})


def _question(row: dict[str, Any], where: str) -> LabelledQuestion:
    _require(row, _QUESTION, where)
    _require_choice(row["split"], SPLITS, f"{where}：“split”")
    _require_words(row, ("id", "query"), where)
    answers = tuple(_answer(part, f"{where} relevant") for part in row["relevant"])
    relevant = tuple(found for found in answers if isinstance(found, ProvisionRef))
    reports = tuple(found for found in answers if isinstance(found, ReportPart))
    return LabelledQuestion(**{**row, "relevant": relevant, "reports": reports})


def _answer(row: Any, where: str) -> ProvisionRef | ReportPart:
    if not isinstance(row, dict) or "report" not in row:
        return _provision(row, where)
    _require(row, _SECTION, where)
    return ReportPart(row["report"], row["section"], row["part"])


def _provision(row: Any, where: str) -> ProvisionRef:
    if not isinstance(row, dict):
        raise InputError(f"{where}：应为写明 law、article、paragraph、item 的对象。")
    _require(row, _RELEVANT, where)
    item = row["item"]
    try:
        number = to_int(item.strip("（）()")) if isinstance(item, str) else item
    except ValueError as fault:
        raise InputError(f"{where}：“item”的值“{item}”不是项的序号。") from fault
    return ProvisionRef(row["law"], row["article"], paragraph=row["paragraph"], item=number)


def _require(row: Mapping[str, Any], keys: Mapping[str, tuple[type, ...]], where: str) -> None:
    for key, types in keys.items():
        if key not in row:
            raise InputError(f"{where}：缺少“{key}”。")
        if not isinstance(row[key], types) or isinstance(row[key], bool):
            raise InputError(f"{where}：“{key}”的值 {row[key]!r} 类型不对。")
    unknown = sorted(set(row) - set(keys))
    if unknown:
        raise InputError(f"{where}：不认识的键“{'、'.join(unknown)}”。")


def _require_choice(value: Any, allowed: Collection[Any], what: str) -> None:
    if not any(value == choice for choice in allowed):
        raise InputError(f"{what}的值“{value}”不认识，可用：{'、'.join(map(str, allowed))}。")


def _require_words(row: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    for key in keys:
        if not row[key].strip():
            raise InputError(f"{where}：“{key}”是空的。")
