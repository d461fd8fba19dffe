"""Answers to a clerk's question: figures from their table cells, days from the clock of the law, law from its articles,
else no answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.dialogue.agent import ask_model, stream_model
from assistant.dialogue.dated_answers import Reckoned, put_right, reckon_dated
from assistant.dialogue.dated_talk import read_dated
from assistant.errors import ModelFault
from assistant.law import china_time
from assistant.pipeline import Assistant

if TYPE_CHECKING:
    from assistant.retrieval.search import Hit

SHOWN = 3
INSTEAD = "已改用内置方式作答。"
NOTHING_FOUND = (
    "没有在语料中找到能够回答这个问题的条文或者公开数据，不作回答。"
    "可以换一种说法，写明法规名称、条文或者报告的机关和年度；也可以请法制审核人员判断。"
)


@dataclass(frozen=True)
class Source:
    """What an answer rests on: a provision or a table cell, its exact words, the corpus file."""

    ref: str
    quote: str
    source: str


@dataclass(frozen=True)
class Answer:
    """One turn of the assistant. `notice` tells of a fault that was got round."""

    answer: str
    citations: tuple[Source, ...]
    abstained: bool
    notice: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The shape of contract.md."""
        found: dict[str, Any] = {
            "answer": self.answer,
            "citations": [vars(source) for source in self.citations],
            "abstained": self.abstained,
        }
        return found | ({"notice": self.notice} if self.notice else {})


def answer_question(
    assistant: Assistant, question: str, today: date | None = None, earlier: Sequence[str] = ()
) -> Answer:
    """One answer: a figure if a report's table holds it, a day if the law gives one, else the law, by the chat model
    where one is set.

    `earlier` are the questions of the same conversation, oldest first: a day may hang on what they told.
    """
    settled = _settled(assistant, question, today, earlier)
    if settled:
        return settled
    embedded = _from_law(assistant, question, today)
    if not assistant.settings.chat_model or embedded.abstained:
        return embedded
    try:
        text = ask_model(assistant, question)
    except ModelFault as fault:
        return replace(embedded, notice=f"{fault}{INSTEAD}")
    return replace(embedded, answer=text)


def answer_stream(
    assistant: Assistant, question: str, today: date | None = None, earlier: Sequence[str] = ()
) -> Iterator[Answer]:
    """The same answer as it grows, where a chat model writes it; each one stands in the place of the one before.

    The last one counts: where the model fails midway it is the embedded answer, with the reason.
    """
    settled = _settled(assistant, question, today, earlier)
    embedded = settled or _from_law(assistant, question, today)
    if settled or not assistant.settings.chat_model or embedded.abstained:
        yield embedded
        return
    try:
        for text in stream_model(assistant, question):
            yield replace(embedded, answer=text)
    except ModelFault as fault:
        yield replace(embedded, notice=f"{fault}{INSTEAD}")


def _settled(
    assistant: Assistant, question: str, today: date | None, earlier: Sequence[str]
) -> Answer | None:
    """What needs no search and no model: a figure, or a day."""
    return _from_figures(assistant, question, today) or _from_clock(assistant, question, today, earlier)


def _from_clock(
    assistant: Assistant, question: str, today: date | None, earlier: Sequence[str]
) -> Answer | None:
    """The day the law gives for the days told, by the state machine of `assistant deadline`."""
    day = today or china_time.today()
    asked = read_dated(question, day, earlier)
    found = reckon_dated(asked, assistant.grounds, assistant.statutes, day) if asked else None
    return Answer(found.text, _quoted(assistant, found, day), found.abstained) if found else None


def _quoted(assistant: Assistant, found: Reckoned, day: date) -> tuple[Source, ...]:
    """The provisions of an answer about days, word for word."""
    book, sources = assistant.statutes, []
    for ref in found.refs:
        edition, text = book.in_force(ref.law, day), book.text(ref, day)
        if edition and text:
            sources.append(Source(str(ref), text, edition.file))
    return tuple(sources)


def _from_figures(assistant: Assistant, question: str, today: date | None) -> Answer | None:
    found = assistant.figures(question, today)
    if found is None:
        return None
    sources = tuple(
        Source(
            f"{cell.agency}{cell.year}年年度报告·{cell.table}·{cell.row}·{cell.column}",
            str(cell.value),
            cell.source,
        )
        for cell in found.cells
    )
    return Answer(found.text, sources, abstained=not found.cells)


def _from_law(assistant: Assistant, question: str, today: date | None) -> Answer:
    result = assistant.search(question, k=SHOWN, on=today)
    if not result.hits or not result.confident:
        return Answer(NOTHING_FOUND, (), abstained=True, notice=result.notice)
    text = "\n\n".join(_paragraph(hit) for hit in result.hits)
    sources = tuple(Source(hit.ref, hit.text, hit.source) for hit in result.hits)
    day = today or china_time.today()
    asked = read_dated(question, day)
    right = put_right(asked, assistant.grounds, assistant.statutes, day) if asked else None
    if right:
        text, sources = f"{right.text}\n\n{text}", (*_quoted(assistant, right, day), *sources)
    return Answer(text, sources, abstained=False, notice=result.notice)


def _paragraph(hit: "Hit") -> str:
    lead = "最相关：" if hit.rank == 1 else "另见："
    return f"{lead}{hit.ref}\n{hit.text}"
