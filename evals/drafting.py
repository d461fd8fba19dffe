"""Whether the letters the assistant writes are whole and right, judged by plain patterns of their own.

What each kind of letter must rest on and which remedy it must tell is typed from the law
(evals/data/letter_expected.yaml); the gate is asked as well, and must sign every one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.drafting.verify import Known
from assistant.errors import ModelFault
from assistant.law.instruments import StatuteBook
from assistant.law.rules import read_rules
from evals.articles import dead_or_missing
from evals.chat import Chat
from evals.draft_baseline import one_letter_for_all
from evals.group_pictures import told
from evals.labelled import DATA
from evals.letters import PAPERS, FactSet, composed, fact_sets, paper_sets
from evals.metrics import mean
from evals.plain_values import to_plain
from evals.task import Judged, Metric, Solver, Task, View

if TYPE_CHECKING:
    from assistant.drafting.draft import Draft
    from assistant.pipeline import Assistant

EXPECTED = DATA / "letter_expected.yaml"
UNPRINTED = ("fee_method",)
FREE = re.compile(r"六个月内直接向|也可以自[^。]{0,30}六个月内")
FIRST = re.compile(r"应当自[^。]{0,30}六十日内，?先向")
METRICS: tuple[Metric, ...] = (
    mean("right", "样样正确"),
    mean("whole", "必备内容齐全"),
    mean("facts", "事实照录"),
    mean("remedy", "救济途径正确"),
    mean("basis", "依据正确"),
    mean("order", "行文顺序"),
    mean("living", "没有错引、失效的条文"),
    mean("signed", "通过核对"),
    mean("quiet", "没有提示"),
)
FEW = tuple(metric for metric in METRICS if metric.key in ("right", "remedy", "basis", "signed"))


@dataclass(frozen=True)
class DraftCase:
    """One set of facts to write a letter from; `expected` is what the law wants of it."""

    id: str
    family: str
    given: FactSet
    expected: Mapping[str, Any]


@dataclass(frozen=True)
class Written:
    """A draft as its reader sees it, and what the gate says: errors and doubts."""

    text: str
    errors: tuple[str, ...]
    doubts: tuple[str, ...]


def drafting(
    assistant: "Assistant", cases: tuple[DraftCase, ...] | None = None, chat: Chat | None = None
) -> Task[DraftCase, Written]:
    """A letter for every set of facts; beside the clause library one letter for everything.

    With `chat` the same letters with their reasons worded by the model.
    """
    book = assistant.statutes
    worded = Solver("model", chat.label, partial(polished, chat), chat.at_once) if chat else None
    return Task(
        name="drafting",
        label="起草",
        dataset=tuple(draft_cases(assistant)) if cases is None else cases,
        solvers=(
            Solver("assistant", "本程序", lambda case: written(assistant, case)),
            Solver("one_letter", "一份通用文书填空", lambda case: filled_in(assistant, case)),
            *((worded,) if worded else ()),
        ),
        scorer=lambda case, said: judge(case, said, book),
        views=(
            View("all", "全部文书", lambda _: "全部", METRICS),
            View("letter", "各种文书", lambda case: case.family, FEW),
        ),
        extras=lambda result: told(result, "right", "one_letter", ()),
        words=lambda case: f"{case.family}：{case.given.facts.get('asked', '')}",
    )


def draft_cases(assistant: "Assistant") -> Iterator[DraftCase]:
    """Every set of facts with what the law wants of its letter or paper."""
    expected, papers = read_rules(EXPECTED)["letters"], read_rules(PAPERS)["papers"]
    for one in fact_sets(assistant):
        yield DraftCase(one.id, one.letter, one, expected[one.letter])
    for one in paper_sets():
        yield DraftCase(one.id, one.letter, one, papers[one.letter])


def polished(chat: Chat, case: DraftCase) -> Written:
    """The same letter with the model's words in its reasons, or as it was where it has none to word.

    Raises ModelFault where the model's words were not taken.
    """
    return chat.once("drafting", to_plain(case), lambda: _polished(chat.assistant, case))


def _polished(assistant: "Assistant", case: DraftCase) -> Written:
    from assistant.drafting.polishing import NO_PROSE, SAME

    found = assistant.polish(composed(assistant, case.given), case.given.facts)
    if found.notice and found.notice not in (NO_PROSE, SAME):
        raise ModelFault(found.notice)
    return _checked(assistant, found.draft, case)


def filled_in(assistant: "Assistant", case: DraftCase) -> Written:
    """The letter for everything, and what the gate says of it, the facts of the case at hand."""
    text = one_letter_for_all(case.given)
    code = None if case.given.paper else assistant.letters.letters[case.family].outcome
    verdict = assistant.verify(text, case.given.on, code, known=Known(facts=case.given.facts))
    doubts = tuple(one.message for one in verdict.findings if one.severity == "warning")
    return Written(text, tuple(one.message for one in verdict.errors), doubts)


def written(assistant: "Assistant", case: DraftCase) -> Written:
    """The draft and the gate's word on it, the facts of the case at hand."""
    return _checked(assistant, composed(assistant, case.given), case)


def _checked(assistant: "Assistant", draft: "Draft", case: DraftCase) -> Written:
    verdict = assistant.check_draft(draft, case.given.facts)
    doubts = tuple(one.message for one in verdict.findings if one.severity == "warning")
    return Written(draft.text, tuple(one.message for one in verdict.errors), doubts)


def judge(case: DraftCase, said: Written, book: StatuteBook) -> Judged:
    """Each thing wanted of a letter by itself; what failed is told."""
    wanted = case.expected
    if case.given.paper:
        return _judged(_paper_faults(case, said, book))
    faults = {
        "whole": _lacking(case.given, said.text),
        "facts": _unsaid(case.given.facts, said.text),
        "remedy": _wrong_remedy(case.given.facts["agency"], wanted["remedy"], said.text),
        "basis": [ref for ref in wanted["basis"] if ref not in said.text],
        "order": _disorder(case.given, said.text),
        "living": dead_or_missing(said.text, book, case.given.on),
        "signed": list(said.errors),
        "quiet": list(said.doubts),
    }
    return _judged(faults)


def _paper_faults(case: DraftCase, said: Written, book: StatuteBook) -> dict[str, list[str]]:
    """A paper that is no reply: its facts and basis, no remedy where none is due, living law, the gate."""
    given, wanted = case.given, case.expected
    told = "复议" in said.text and "诉讼" in said.text
    facts = {
        key: value
        for key, value in given.facts.items()
        if key not in (*UNPRINTED, *_of_request(said.text, given))
    }
    return {
        "facts": _unsaid(facts, said.text),
        "remedy": [] if told == (wanted["remedy"] == "B") else ["救济"],
        "basis": [ref for ref in wanted["basis"] if ref not in said.text],
        "living": dead_or_missing(said.text, book, given.on),
        "signed": list(said.errors),
        "quiet": list(said.doubts),
    }


def _of_request(text: str, given: FactSet) -> list[str]:
    """Facts of the request that a paper to somebody else need not tell."""
    return [key for key in ("applicant", "asked", "received_how") if str(given.facts[key]) not in text]


def _judged(faults: Mapping[str, list[str]]) -> Judged:
    """`right`: nothing is wrong; what the gate only doubts does not count against a letter."""
    told = "；".join(f"{key}：{'、'.join(found)}" for key, found in faults.items() if found)
    values = {key: float(not found) for key, found in faults.items()}
    right = float(all(value for key, value in values.items() if key != "quiet"))
    return Judged("right", told or "right", {"right": right, **values}, told)


def _places(given: FactSet, text: str) -> dict[str, int]:
    """Where each part of the reading order first stands; -1 where it does not."""
    facts, organ = given.facts, given.facts["agency"]
    asked = text.find(str(facts["asked"]).translate(str.maketrans("“”", "‘’")))
    remedy = text.find("不服")
    return {
        "标题": min((at for at in (text.find("答复书"), text.find("告知书")) if at >= 0), default=-1),
        "文号": text.find("〔"),
        "主送": text.find(f"{facts['applicant']}"),
        "收到日期": text.find(_day(facts["received_on"])),
        "申请内容": asked,
        "依据": text.find("条", asked),
        "救济": remedy,
        "落款": text.find(organ["name"], remedy),
        "答复日期": text.rfind(_day(given.on)),
        "联系方式": text.rfind(organ["contact"]),
    }


def _lacking(given: FactSet, text: str) -> list[str]:
    return [part for part, at in _places(given, text).items() if at < 0]


def _disorder(given: FactSet, text: str) -> list[str]:
    """Parts that stand before the one they follow."""
    places = list(_places(given, text).items())[1:-1]
    return [later for (_, one), (later, two) in zip(places, places[1:], strict=False) if not -1 < one < two]


def _unsaid(facts: Mapping[str, Any], text: str) -> list[str]:
    """Facts of running text that the letter does not repeat; the organ's own are looked for elsewhere."""
    bare = _bare(text)
    plain = {
        key: value for key, value in facts.items() if isinstance(value, str) and key != "document_number"
    }
    lines = {key: value for key, value in facts.items() if isinstance(value, list)}
    found = [key for key, value in plain.items() if _bare(value) not in bare]
    for key, rows in lines.items():
        words = [row if isinstance(row, str) else row["part"] for row in rows]
        found += [key for word in words if _bare(word) not in bare]
    return found


def _wrong_remedy(organ: Mapping[str, str], wanted: str, text: str) -> list[str]:
    """Review first, free choice, or both; the names and limits of each."""
    said = text[text.find("不服") :]
    found = [name for name in (organ["review_authority"], organ["court"], "六十日") if name not in said]
    first, free = bool(FIRST.search(said)), bool(FREE.search(said))
    if first != (wanted in ("A", "part")):
        found.append("复议前置")
    if free != (wanted in ("B", "part")):
        found.append("直接起诉")
    if wanted == "A" and "十五日内" not in said:
        found.append("十五日")
    return found


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _bare(words: str) -> str:
    return re.sub(r"[\s，。；：、（）()“”‘’《》.]", "", words)
