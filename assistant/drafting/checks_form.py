"""The letter as a document: its parts, what it must show of the file, open gaps, relics of repealed law."""

import re
from collections.abc import Iterator

from assistant.drafting.letter_demands import Demand
from assistant.drafting.letter_parts import Part, valid
from assistant.drafting.reading import Letter, Span
from assistant.drafting.verdict import Finding

_HEAD, _TAIL = 10, 10
_LONG_QUOTE = re.compile(r"[“「]([^“”「」\n]{20,})[”」]")


def check_parts(letter: Letter) -> Iterator[Finding]:
    """Parts every reply holds, or those of the paper it is, and gaps nobody has filled."""
    for part in valid(letter.rules.parts.parts, letter.on):
        if _asked_of(letter, part):
            yield from _missing(letter, part)
    if letter.paper:
        yield from _missing_of_paper(letter)
    for gap in letter.rules.parts.gap.finditer(letter.text):
        message = f"还有没有填写的内容：{gap[0]}。请补上事实后再签发。"
        yield Finding("error", "mandatory_part", *gap.span(), message)


def check_demands(letter: Letter) -> Iterator[Finding]:
    """What the outcome's file must hold and the letter must tell: search, consultation, list of what is masked."""
    if letter.paper:
        return
    for demand in valid(letter.rules.parts.demands, letter.on):
        if _demanded(letter, demand) and not demand.words.search(_shown(letter)):
            end = len(letter.body)
            message = f"{demand.message}（依据：{'、'.join(demand.basis)}）。"
            yield Finding(demand.severity, "mandatory_part", end, end, message)


def check_relics(letter: Letter) -> Iterator[Finding]:
    """What old letters and web templates still say; a dead document that is cited by its article is told once."""
    dead = [(c.start, c.end) for c in letter.citations if c.status == "not_in_force"]
    for relic in valid(letter.rules.parts.relics, letter.on):
        for match in relic.words.finditer(letter.plain):
            start, end = _clause(letter.plain, match.span())
            if relic.unless is not None and relic.unless.search(letter.plain[start:end]):
                continue
            if relic.check == "in_force" and any(s <= match.start() < e for s, e in dead):
                continue
            yield Finding(relic.severity, relic.check, *match.span(), f"{relic.message}。")


def _demanded(letter: Letter, demand: Demand) -> bool:
    relied_on = any(row.covers(g.ref) for row in demand.provisions for g in letter.grounds if not g.released)
    if letter.outcome is None:
        partly = letter.rules.parts.words["partly"].search(letter.body)
        return relied_on and not partly and len(demand.outcomes) == 1
    return letter.outcome.code in demand.outcomes and (relied_on or not demand.provisions)


def _shown(letter: Letter) -> str:
    """The organ's words before the remedy: names in quotation marks too, statute and the applicant's words not."""
    shown = letter.text[: len(letter.body)]
    quoted = (match.span(1) for match in _LONG_QUOTE.finditer(shown))
    for start, end in (*letter.asked, *quoted):
        if end <= len(shown):
            shown = shown[:start] + "□" * (end - start) + shown[end:]
    return shown


def _asked_of(letter: Letter, part: Part) -> bool:
    if letter.paper:
        return part.part in letter.paper.besides
    if not part.groups:
        return True
    if letter.outcome:
        return letter.outcome.group in part.groups
    return letter.withholds and "refuse" in part.groups


def _missing(letter: Letter, part: Part) -> Iterator[Finding]:
    words, at = _region(letter, part.where)
    if part.part == "标题" and letter.paper and letter.paper.title.search(words):
        return
    if not part.words.search(words):
        yield Finding(
            part.severity, "mandatory_part", at, at, f"{part.message}（依据：{'、'.join(part.basis)}）。"
        )


def _missing_of_paper(letter: Letter) -> Iterator[Finding]:
    assert letter.paper
    end = len(letter.text)
    for part in letter.paper.parts:
        if not part.words.search(letter.text):
            message = f"{letter.paper.name}{part.message}（依据：{'、'.join(part.basis)}）。"
            yield Finding(part.severity, "mandatory_part", end, end, message)


def _region(letter: Letter, where: str) -> tuple[str, int]:
    """The words in which a part is looked for, and the place where it would stand."""
    lines = [line for line in letter.text.splitlines() if line.strip()]
    if where == "head":
        return "\n".join(line.lstrip(" \t　#*") for line in lines[:_HEAD]), 0
    if where == "tail":
        return "\n".join(line.strip(" \t　*") for line in lines[-_TAIL:]), len(letter.text)
    if where == "asked":
        return letter.text[: len(letter.body)], 0
    return (letter.body, len(letter.body)) if where == "body" else (letter.text, len(letter.text))


def _clause(text: str, place: Span) -> Span:
    """The sentence around a match."""
    start = max(text.rfind("。", 0, place[0]), text.rfind("\n", 0, place[0])) + 1
    ends = [end for end in (text.find("。", place[1]), text.find("\n", place[1])) if end >= 0]
    return start, min(ends, default=len(text))
