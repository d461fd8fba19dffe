"""Parts that the prose says are all, and their total.

A list after 其中 may be partial and is not added up; 分别为, 其余 and 合计 say that nothing is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.ingest.annual.checks import Finding, ReportChecks
from assistant.ingest.annual.narrative_text import Prose, Sentence

_COUNT = re.compile(
    r"(?<![\d.第/])(\d{1,3}(?:,\d{3})+|\d+)(余)?(件次|件|条|份|例|起|宗|篇|期|场|次|个)(?!工作日|月|小时)"
)
_COMPLETE = re.compile("分别|[其剩]余|余下|剩下|[合共总]计|[总一]共")
_NESTED = re.compile(r"\([^()]*\)")
_EACH = re.compile(r"^(?:\(|,|:|;)?(?:其中)?[^,、\d]{0,6}分别(?:为|是|有)")
_REST = re.compile(r"(?:其余|剩余|余下|剩下)(?:的)?(?:均为|为)?$")
_SUMMED = re.compile(
    r"(?:^|,|、|;|\()(?:以上|上述)?(?:合计|共计|总计|总共|一共)(?:发布|公开|为)?(?:信息|政府信息)?$"
)
_SEVERAL = re.compile(r"占比?$|同比|增长|增加|减少|较|比上年")
_CARRIED = re.compile(r"上一?年度?(?:结转|转结)|(?:结转|转结)上")


@dataclass(frozen=True)
class _Count:
    value: int
    unit: str
    left: str
    start: int
    end: int


def check_parts(prose: Prose, checks: ReportChecks) -> Iterator[Finding]:
    """Every list of section one that is said to be complete and does not make its total."""
    for sentence in prose.sentences:
        if _COMPLETE.search(sentence.text):
            yield from _sentence(sentence, prose.text, checks)


def _sentence(sentence: Sentence, prose: str, checks: ReportChecks) -> Iterator[Finding]:
    counts = _counts(sentence.text)
    for broken, parts, total in (*_respective(counts), *_remaining(counts), *_summed(counts)):
        if broken:
            first, last = min(parts[0].start, total.start), max(parts[-1].end, total.end)
            start, end = sentence.span(first - len(_clause(counts, first)), last)
            sum_ = sum(part.value for part in parts)
            words = "＋".join(str(part.value) for part in parts)
            seen = f"文中写“{prose[start:end]}”，{words}＝{sum_}，不等于{total.value}。"
            yield checks.finding("parts", seen, prose[start:end])


def _clause(counts: list[_Count], start: int) -> str:
    """The words of the clause that the first number ends."""
    left = next(count.left for count in counts if count.start == start)
    return re.split(r"[,:()、]", left)[-1]


def _counts(text: str) -> list[_Count]:
    """Counts of a sentence, without those of a remark in brackets inside it."""
    blank = _NESTED.sub(lambda m: "\0" * len(m[0]), text)
    found: list[_Count] = []
    before = 0
    for match in _COUNT.finditer(blank):
        left = blank[before : match.start()].replace("\0", "")
        before = match.end()
        if match[2] or _SEVERAL.search(left) or _CARRIED.search(left):
            return [] if match[2] else found
        found.append(_Count(int(match[1].replace(",", "")), match[3], left, match.start(), match.end()))
    return found


_Sum = tuple[bool, list[_Count], _Count]


def _respective(counts: list[_Count]) -> Iterator[_Sum]:
    """共20件,分别为甲类12件、乙类8件."""
    for at in range(1, len(counts)):
        total, parts = counts[at - 1], counts[at:]
        if _EACH.search(counts[at].left) and len(parts) > 1 and {p.unit for p in parts} == {total.unit}:
            sums = {sum(p.value for p in parts[:n]) for n in range(2, len(parts) + 1)}
            yield total.value not in sums, parts, total


def _remaining(counts: list[_Count]) -> Iterator[_Sum]:
    """共20件,其中甲类12件,其余8件: some run of parts that ends with the rest makes a number before it."""
    for at, rest in enumerate(counts):
        before = [count for count in counts[:at] if count.unit == rest.unit]
        if not _REST.search(rest.left) or len(before) < 2:
            continue
        makes = any(
            before[whole].value == sum(part.value for part in before[first:]) + rest.value
            for whole in range(len(before) - 1)
            for first in range(whole + 1, len(before))
        )
        yield not makes, [*before[1:], rest], before[0]


def _summed(counts: list[_Count]) -> Iterator[_Sum]:
    """甲类12件,乙类8件,合计20件."""
    for at, total in enumerate(counts):
        before = [count for count in counts[:at] if count.unit == total.unit]
        if not _SUMMED.search(total.left) or len(before) < 2 or len(before) != at:
            continue
        sums = {sum(part.value for part in before[first:]) for first in range(len(before) - 1)}
        yield total.value not in sums, before, total
