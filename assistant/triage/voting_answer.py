"""Whether an answer of the chat model may count: its shape, its quotations, the law it names.

Nothing is mended here: what does not fit is told to the model in words (Unfit), which may answer once more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.law.citations import cite
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcomes
from assistant.model.faults import Unfit
from assistant.triage.signals import FIELDS, Field
from assistant.triage.votes import Choice
from assistant.triage.voting_sheet import (
    LONGEST_FACT,
    LONGEST_QUOTE,
    MOST,
    MOST_TO_ESTABLISH,
    Sheet,
)

SHORTEST_QUOTE = 4
_CHOICE_KEYS = {"code", "quote", "provision"}


@dataclass(frozen=True)
class Grounds:
    """What an answer is held against: the sheet the model saw, the texts as they are, the law of a day."""

    sheet: Sheet
    originals: Mapping[Field, str]
    outcomes: Outcomes
    book: StatuteBook
    on: date


Answer = tuple[tuple[Choice, ...], tuple[str, ...]]


def check_answer(answer: Mapping[str, Any], grounds: Grounds) -> Answer:
    """The outcomes chosen and what is still to establish. Raises Unfit naming the first thing that is wrong."""
    unknown = sorted(set(answer) - {"outcomes", "to_establish"})
    if unknown:
        raise Unfit(f"不应当有“{unknown[0]}”这一项。")
    chosen, open_points = _list(answer, "outcomes", MOST), _list(answer, "to_establish", MOST_TO_ESTABLISH)
    choices = tuple(_choice(row, number, grounds) for number, row in enumerate(chosen, start=1))
    codes = [choice.code for choice in choices]
    if len(set(codes)) < len(codes):
        raise Unfit("同一个代码写了两次。")
    return choices, tuple(_fact(words, grounds) for words in open_points)


def _list(answer: Mapping[str, Any], key: str, most: int) -> list[Any]:
    found = answer.get(key)
    if not isinstance(found, list):
        raise Unfit(f"缺少“{key}”，或者它不是一个列表。")
    if len(found) > most:
        raise Unfit(f"“{key}”最多 {most} 项，写了 {len(found)} 项。")
    return found


def _choice(row: Any, number: int, grounds: Grounds) -> Choice:
    where = f"outcomes 第 {number} 项"
    if not isinstance(row, dict) or set(row) != _CHOICE_KEYS:
        raise Unfit(f"{where}应当正好有 code、quote、provision 三项。")
    if not all(isinstance(value, str) and value.strip() for value in row.values()):
        raise Unfit(f"{where}的 code、quote、provision 都应当是不空的文字。")
    outcome = grounds.outcomes.get(row["code"])
    if outcome is None:
        raise Unfit(f"{where}的代码“{row['code']}”不在给出的代码里。")
    field, start, end = _locate(row["quote"], where, grounds)
    quote = grounds.originals[field][start:end]
    return Choice(
        outcome.code, outcome.label, quote, field, start, end, _living(row["provision"], where, grounds)
    )


def _locate(quote: str, where: str, grounds: Grounds) -> tuple[Field, int, int]:
    """Where the quotation stands in the findings or else in the letter; blanks do not count, words do."""
    wanted = quote.strip()
    if not SHORTEST_QUOTE <= len(wanted) <= LONGEST_QUOTE:
        raise Unfit(f"{where}的 quote 应当有 {SHORTEST_QUOTE} 到 {LONGEST_QUOTE} 个字。")
    for field in reversed(FIELDS):
        shown = grounds.sheet.texts[field]
        if _find(wanted, shown):
            found = _find(grounds.sheet.hidden.restore(wanted), grounds.originals[field])
            if found:
                return field, *found
    raise Unfit(f"{where}的 quote“{wanted}”不是材料里的原文，要逐字照抄一段连续的文字。")


def _find(words: str, text: str) -> tuple[int, int] | None:
    """The span of words in a text, blanks on both sides aside."""
    places = [at for at, char in enumerate(text) if not char.isspace()]
    wanted = "".join(words.split())
    at = "".join(text[place] for place in places).find(wanted)
    return (places[at], places[at + len(wanted) - 1] + 1) if wanted and at >= 0 else None


def _living(words: str, where: str, grounds: Grounds) -> str:
    """The provision named, if it is one and in force; printed as it is written."""
    found = cite(words, grounds.book, grounds.on)
    dead = next((one for one in found if one.status != "ok"), None)
    if not found or dead:
        told = f"“{dead.text or words}”" if dead else f"“{words}”"
        raise Unfit(f"{where}的 provision {told}不是现行有效的条文，要写明法名和条款。")
    return words.strip()


def _fact(words: Any, grounds: Grounds) -> str:
    """One thing still to establish: a line of words that names no law that is none."""
    if not isinstance(words, str) or not words.strip() or len(words) > LONGEST_FACT:
        raise Unfit(f"to_establish 的每一项应当是一句话，不超过 {LONGEST_FACT} 字。")
    if any(one.status != "ok" and one.why != "private" for one in cite(words, grounds.book, grounds.on)):
        raise Unfit("to_establish 里引用了不存在或者失效的条文。")
    return grounds.sheet.hidden.restore(" ".join(words.split()))
