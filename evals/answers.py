"""Whether questions are answered right, with words and figures that are really there, or honestly not at all.

The product answers out of its corpus by itself; where the office has set a chat model, that stands beside it.
What must be beaten: the passages BM25 finds, shown whatever was asked; and never answering.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.law.citations import cite
from assistant.law.numerals import to_int
from assistant.law.provisions import ProvisionRef
from evals.answer_set import KINDS, AskedQuestion, load_answers
from evals.baselines import PassageRanker, bm25_scores
from evals.bm25 import by_pairs
from evals.chat import Chat, embedded
from evals.group_pictures import told
from evals.labelled import LABELLED_ON
from evals.metrics import mean
from evals.task import Judged, Metric, Solver, Task, Values, View

if TYPE_CHECKING:
    from assistant.dialogue.answers import Answer
    from assistant.pipeline import Assistant

SHOWN = 3
ALL: tuple[Metric, ...] = (
    mean("right", "回答正确（该拒的拒）"),
    mean("grounded", "引文、数字确有其事"),
    mean("cited", "引了该引的条文、单元格"),
    mean("first", "第一个出处就是"),
    mean("wrongly_refused", "能回答的被拒"),
    mean("refused", "不能回答的拒了"),
)
_NUMBER = re.compile(r"\d+")
_DAY = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
# A statute writes its periods out: 六十日.
_PERIOD = re.compile(r"([一二两三四五六七八九十]{1,3})(?:个工作日|个月|日|年)")
_LONG = 3


@dataclass(frozen=True)
class Cited:
    """One source of an answer: where, and the words or the figure taken from there."""

    ref: str
    quote: str


@dataclass(frozen=True)
class Replied:
    """An answer: its words, its sources, and whether it declines to answer."""

    text: str
    cites: tuple[Cited, ...]
    abstained: bool


def answers(
    assistant: "Assistant", cases: tuple[AskedQuestion, ...] | None = None, chat: Chat | None = None
) -> Task[AskedQuestion, Replied]:
    """The task over every question, or over those given; with `chat` the model's answers too."""
    alone = embedded(assistant)
    solvers = [
        Solver("assistant", "本程序", lambda item: _replied(alone, item)),
        Solver("bm25", "BM25 前三段照登", _shown_anyway(alone)),
        Solver[AskedQuestion, Replied]("silent", "一律不答", lambda _: Replied("", (), True)),
    ]
    if chat:
        solvers.insert(1, Solver("model", chat.label, lambda item: modelled(chat, item), chat.at_once))
    return Task(
        name="answers",
        label="问答",
        dataset=load_answers() if cases is None else cases,
        solvers=tuple(solvers),
        scorer=lambda item, said: judge(item, said, alone),
        views=(
            View("all", "全部问题", lambda _: "全部", ALL),
            View("kind", "各种问题", lambda item: KINDS[item.kind], ALL[:3], tuple(KINDS.values())),
        ),
        extras=lambda result: told(result, "right", "bm25", ("kind",)),
        words=lambda item: item.ask,
    )


def judge(item: AskedQuestion, said: Replied, assistant: "Assistant") -> Judged:
    """`right`, `cited` and `grounded`; of a question nothing answers, whether that is said."""
    shown = "不作回答" if said.abstained else said.text
    if not item.answerable:
        right = float(said.abstained)
        why = "" if right else "语料不能回答，却作了回答"
        return Judged(item.target, shown, {"right": right, "refused": right}, why)
    values: Values = {"wrongly_refused": float(said.abstained)}
    if said.abstained:
        return Judged(item.target, shown, {"right": 0.0, **values}, "能回答的没有回答")
    lacking, cited, invented = _lacking(item, said), _cites(item, said), unfounded(item, said, assistant)
    values["first"] = float(_is_wanted(item, said.cites[0])) if said.cites else 0.0
    values |= {"cited": float(cited), "grounded": float(not invented), "right": float(cited and not lacking)}
    faults = [f"没有说出“{'、'.join(lacking)}”"] if lacking else []
    faults += [] if cited else ["没有引到该引的出处"]
    faults += [f"查无出处：{'、'.join(invented[:SHOWN])}"] if invented else []
    return Judged(item.target, shown, values, "；".join(faults))


def unfounded(item: AskedQuestion, said: Replied, assistant: "Assistant") -> list[str]:
    """What an answer says that is not there: sources whose words are not in the corpus, law cited in its own words
    that is no law, and numbers that stand in no source and not in the question. A day must be one that the days the
    question has follow from or lead to.
    """
    wrong = [one.ref for one in said.cites if not _is_there(one, assistant)]
    wrong += [
        one.text
        for one in cite(_own_words(said), assistant.statutes, LABELLED_ON)
        if one.status != "ok" and one.why != "private"
    ]
    known = {number for one in said.cites for number in _NUMBER.findall(f"{one.ref}{one.quote}")}
    known |= {str(to_int(words)) for one in said.cites for words in _PERIOD.findall(one.quote)}
    known |= set(_NUMBER.findall(item.ask))
    text = said.text
    if item.start and item.due:
        borne_out = _reckoned(item.start, item.due, known, assistant)
        years = item.start.year, item.due.year
        text = _DAY.sub(lambda day: "" if _days_of(day, years) & borne_out else day[0], text)
        known |= {str(LABELLED_ON.year), str(assistant.calendar.count(item.start, item.due))}
    return wrong + [number for number in _NUMBER.findall(text) if number not in known]


def _reckoned(start: date, due: date, known: set[str], assistant: "Assistant") -> set[date]:
    """The days an answer to a question with these two may name: them, today, the ends of counts that a provision
    gives, and what the published calendar sets apart on the way.
    """
    calendar = assistant.calendar
    counts = {int(number) for number in known if len(number) < _LONG} | {1}
    ends = {calendar.nth(start, count) for count in counts if count}
    off, worked = calendar.differences(start, due)
    return {start, due, LABELLED_ON, *ends, *off, *worked}


def _days_of(match: re.Match[str], years: tuple[int, ...]) -> set[date]:
    """The day that is printed; one without its year may be of either year the count lies in."""
    found = set()
    for year in (int(match["year"]),) if match["year"] else years:
        with suppress(ValueError):
            found.add(date(year, int(match["month"]), int(match["day"])))
    return found


def modelled(chat: Chat, item: AskedQuestion) -> Replied:
    """What the product answers with its chat model switched on. Raises ModelFault where the model is not heard."""
    return chat.once("answers", item.ask, lambda: _replied(chat.assistant, item))


def _replied(assistant: "Assistant", item: AskedQuestion) -> Replied:
    from assistant.dialogue.answers import INSTEAD, answer_question
    from assistant.errors import ModelFault

    said: Answer = answer_question(assistant, item.ask, LABELLED_ON)
    if said.notice and said.notice.endswith(INSTEAD):
        raise ModelFault(said.notice.removesuffix(INSTEAD))
    cites = tuple(Cited(source.ref, source.quote) for source in said.citations)
    return Replied(said.answer, cites, said.abstained)


def _shown_anyway(assistant: "Assistant") -> Callable[[AskedQuestion], Replied]:
    """The passages with most words in common, whatever is asked."""
    ready: list[PassageRanker] = []
    shown: dict[object, str] = {}

    def solve(item: AskedQuestion) -> Replied:
        if not ready:
            passages = assistant.source.passages
            shown.update({p.ref.whole_article if p.ref else p.id: p.shown for p in passages})
            ready.append(PassageRanker(passages, LABELLED_ON, bm25_scores(passages, by_pairs)))
        found = ready[0].ranked(item.ask, SHOWN)
        cites = tuple(Cited(str(part or unit), shown[unit]) for unit, part in found)
        return Replied("\n\n".join(one.quote for one in cites), cites, abstained=False)

    return solve


def _lacking(item: AskedQuestion, said: Replied) -> list[str]:
    bare = _bare(said.text)
    if item.figure is not None:
        return [] if re.search(rf"(?<!\d){item.figure}(?!\d)", said.text) else [str(item.figure)]
    if item.due:
        day = item.due
        forms = (day.isoformat(), f"{day.year}年{day.month}月{day.day}日")
        return [] if any(form in bare for form in forms) else [day.isoformat()]
    return [words for words in item.says if _bare(words) not in bare]


def _cites(item: AskedQuestion, said: Replied) -> bool:
    return any(_is_wanted(item, one) for one in said.cites)


def _is_wanted(item: AskedQuestion, one: Cited) -> bool:
    """A figure is cited by its cell, one that is not nought by the line it stands in; a provision by itself, what
    holds it, or what lies in it.
    """
    if item.figure is not None:
        line = item.figure and "年度报告" in one.ref and re.search(rf"(?<!\d){item.figure}(?!\d)", one.quote)
        return one.quote == str(item.figure) or bool(line)
    ref = _provision(one.ref)
    return ref is not None and any(ref.covers(wanted) or wanted.covers(ref) for wanted in item.cites)


def _is_there(one: Cited, assistant: "Assistant") -> bool:
    ref = _provision(one.ref)
    text = assistant.statutes.text(ref.whole_article, LABELLED_ON) if ref else None
    if text:
        return _bare(one.quote) in _bare(text)
    if one.quote.isdigit():
        return any(
            str(report.agency) in one.ref and str(report.year) in one.ref for report in assistant.reports
        )
    return any(_bare(one.quote) in _bare(passage.shown) for passage in assistant.source.passages)


def _own_words(said: Replied) -> str:
    """An answer without what it quotes: 本条例 and 本法 inside a quotation are the statute's own."""
    text = said.text
    for one in said.cites:
        text = text.replace(one.quote, "")
    return text


def _provision(printed: str) -> ProvisionRef | None:
    try:
        return ProvisionRef.parse(printed)
    except ValueError:
        return None


def _bare(words: str) -> str:
    return re.sub(r"\s", "", words)
