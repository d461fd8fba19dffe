"""A dated question answered by the clock of the law: the day, how it was reckoned, what it rests on.

Nothing is guessed: where a fact is missing or two readings are possible, that fact is asked for and no day is named.

Basis: 政府信息公开条例第三十条至第三十五条; whatever else a limit of the table rests on.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from assistant.dialogue.dated_clock import clocked, notice_judged
from assistant.dialogue.dated_facts import RESTARTS, STARTS, Receipt, Wanted, readings_that_fit, receipt_of
from assistant.dialogue.dated_limits import Told, counted, on_basis, term_by_itself, together
from assistant.dialogue.dated_questions import DatedQuestion, restarts_alone, wanting
from assistant.dialogue.premises import UNITS, Correction, corrections
from assistant.errors import InputError
from assistant.law.clock_course import Grounds
from assistant.law.deadlines import Limit
from assistant.law.instruments import StatuteBook
from assistant.law.provisions import ProvisionRef


@dataclass(frozen=True)
class Reckoned:
    """What is said to a dated question: its lines, the provisions they rest on, whether a fact must be asked for."""

    text: str
    refs: tuple[ProvisionRef, ...]
    abstained: bool


def reckon_dated(one: DatedQuestion, grounds: Grounds, book: StatuteBook, today: date) -> Reckoned | None:
    """The answer to a dated question, or None where its articles answer better than a day.

    Only provisions that the book knows are named. No error leaves: what cannot be reckoned is said in the words of
    the fault.
    """
    grounds = _on_proved_law(grounds, book, today)
    if "as_of" in one.days and one.days["as_of"].readings:
        today = one.days["as_of"].readings[0]
    try:
        right = corrections(one, grounds, today)
        if not one.dated:
            return _without_days(one, right, grounds, today)
        lacks = wanting(one)
        if lacks:
            return _asking(one, lacks, right, grounds, today)
        found = _answered(one, grounds, today)
        if isinstance(found, Wanted):
            return _asking(one, found, right, grounds, today)
        return _printed(found, one, right)
    except InputError as fault:
        return Reckoned(f"算不出这一天：{fault}", (), abstained=True)


def put_right(one: DatedQuestion, grounds: Grounds, book: StatuteBook, today: date) -> Reckoned | None:
    """What a question without a day takes for granted and is not so; its articles are told beside it."""
    found = corrections(one, _on_proved_law(grounds, book, today), today)
    if not found:
        return None
    lines = [f"{each.words}{on_basis(each.basis)}。" for each in found]
    return Reckoned("\n".join(lines), _refs(each.basis for each in found), abstained=False)


def _without_days(
    one: DatedQuestion, right: tuple[Correction, ...], grounds: Grounds, today: date
) -> Reckoned | None:
    """From which day a limit runs is law and told; what hangs on an earlier answer that is not there is asked for."""
    if one.target in STARTS and one.first_asked:
        limit = grounds.table.limit(one.target, today)
        lines = [*(f"{each.words}{on_basis(each.basis)}。" for each in right), _rule(limit)]
        lacks = wanting(replace(one, untold=frozenset()))
        lines += [f"{str(lacks).removesuffix('。')}，可以算出具体日期。"] if lacks else []
        return Reckoned(
            "\n".join(lines), _refs((limit.basis, *(each.basis for each in right))), abstained=False
        )
    lacks = wanting(one)
    if lacks and one.leaning:
        return _asking(one, lacks, right, grounds, today)
    return None


def _asking(
    one: DatedQuestion, lacks: Wanted, right: Iterable[Correction], grounds: Grounds, today: date
) -> Reckoned:
    """The one fact that is asked for, after the rule it is needed for."""
    own = one.target in STARTS or one.target == "correction_notice"
    ids = [one.target if own else "answer"]
    if "extension" in one.untold:
        ids.append("extension")
    limits = [grounds.table.limit(id_, today) for id_ in ids]
    lines = [*(f"{each.words}{on_basis(each.basis)}。" for each in right), f"还算不出这一天。{lacks}"]
    lines += [_rule(limit) for limit in limits]
    return Reckoned("\n".join(lines), _refs(limit.basis for limit in limits), abstained=True)


def _rule(limit: Limit) -> str:
    term = limit.term
    if term.count is None:
        return f"{limit.name}：{limit.note}{on_basis(limit.basis)}。"
    longest = "最长" if limit.id == "extension" else ""
    note = f"。{limit.note}" if limit.note else ""
    return f"{limit.name}：自{limit.starts}起{longest} {term.count} {UNITS[term.unit]}{on_basis(limit.basis)}{note}。"


def _answered(one: DatedQuestion, grounds: Grounds, today: date) -> Told | Wanted:
    """The answer; or what to ask where several days fit what is told and lead to different answers."""
    if one.count:
        return counted(one, grounds)
    receipt = receipt_of(one.days, one.channel)
    choices = list(readings_that_fit(one.days, receipt.day))
    if not choices:
        raise InputError("写的几个日期先后不合，请核对每件事发生的日期，写明年、月、日。")
    found = [_by_choice(one, choice, receipt, grounds, today) for choice in choices]
    if len({each.lead for each in found}) > 1:
        words = next(day.words for day in one.days.values() if len(day.readings) > 1)
        return Wanted("day", f"“{words}”是几月的")
    return found[0]


def _by_choice(
    one: DatedQuestion, days: Mapping[str, date], receipt: Receipt, grounds: Grounds, today: date
) -> Told:
    if one.target == "suit" and re.search(r"复议(?!后|决定)", one.text):
        both = [
            term_by_itself(one, limit, days[STARTS[limit]], grounds)
            for limit in ("review_application", "suit")
        ]
        return together(both)
    if one.target in STARTS:
        return term_by_itself(one, one.target, days[STARTS[one.target]], grounds)
    if restarts_alone(one):
        kind = next(kind for kind in RESTARTS if kind in days)
        return term_by_itself(one, RESTARTS[kind], days[kind], grounds)
    notes = (receipt.note,) if receipt.note else ()
    if one.target == "correction_notice":
        told = term_by_itself(one, "correction_notice", days["receipt"], grounds)
        if "correction_notice" in days:
            told = notice_judged(told, one, days, grounds, today)
        return replace(told, notes=(*notes, *told.notes))
    told = clocked(one, days, grounds, today)
    return replace(told, notes=(*notes, *told.notes))


def _printed(told: Told, one: DatedQuestion, right: Iterable[Correction]) -> Reckoned:
    put_right = [f"{each.words}{on_basis(each.basis)}。" for each in right]
    taken = dict.fromkeys(day.taken for day in (*one.days.values(), *one.loose) if day.taken)
    parts = [
        [*put_right, told.lead, *(f"{words}。" for words in taken)],
        ["算法：", *(f"· {line}" for line in told.reckoning)],
    ]
    notes = tuple(dict.fromkeys(told.notes))
    parts += [["请注意：", *(f"· {line.removesuffix('。')}。" for line in notes)]] if notes else []
    bases = (*told.basis, *(each.basis for each in right))
    return Reckoned("\n\n".join(map("\n".join, parts)), _refs(bases), abstained=False)


def _on_proved_law(grounds: Grounds, book: StatuteBook, today: date) -> Grounds:
    """The same rules, each resting on those of its provisions that stand in the book.

    A way of counting taken over from another law whose text is not held here is marked as practice, not cited.
    """

    def known(basis: str) -> str:
        words = basis.split("、")
        refs = {one: ref for one in words for ref in _refs((one,))}
        return "、".join(one for one in words if one not in refs or book.status(refs[one], today) == "ok")

    table = grounds.table
    limits = tuple(
        replace(
            limit,
            basis=known(limit.basis),
            lengths=tuple(replace(length, basis=known(length.basis)) for length in limit.lengths),
        )
        for limit in table.limits
    )
    counting = tuple(replace(rule, basis=known(rule.basis)) for rule in table.conventions)
    return replace(grounds, table=replace(table, limits=limits, conventions=counting))


def _refs(printed: Iterable[str]) -> tuple[ProvisionRef, ...]:
    """Every provision of a printed basis once; what is no provision of the corpus is only named in the words."""
    found: dict[ProvisionRef, None] = {}
    for words in (one for basis in printed for one in basis.split("、")):
        if words.startswith("《") and words.endswith(("条", "款", "项")):
            found[ProvisionRef.parse(words)] = None
    return tuple(found)
