"""The letter as a document: its parts, open gaps, relics of repealed law, days out of order, personal data."""

from collections.abc import Iterator
from datetime import date

from assistant.drafting.letter_parts import Part, valid
from assistant.drafting.reading import Letter, Span, days_in
from assistant.drafting.verdict import Finding
from assistant.ingest.personal_finding import find_personal_data

_HEAD, _TAIL = 10, 10


def check_parts(letter: Letter) -> Iterator[Finding]:
    """Parts every reply holds, and gaps nobody has filled."""
    for part in valid(letter.rules.parts.parts, letter.on):
        if _asked_of(letter, part):
            yield from _missing(letter, part)
    for gap in letter.rules.parts.gap.finditer(letter.text):
        message = f"还有没有填写的内容：{gap[0]}。请补上事实后再签发。"
        yield Finding("error", "mandatory_part", *gap.span(), message)


def check_relics(letter: Letter) -> Iterator[Finding]:
    """What old letters and web templates still say: repealed limits, conditions and fees."""
    for relic in valid(letter.rules.parts.relics, letter.on):
        for match in relic.words.finditer(letter.plain):
            start, end = _clause(letter.plain, match.span())
            if relic.unless is None or not relic.unless.search(letter.plain[start:end]):
                yield Finding(relic.severity, relic.check, *match.span(), f"{relic.message}。")


def check_days(letter: Letter) -> Iterator[Finding]:
    """Nothing a letter tells as done lies after its own date."""
    if letter.replied_on is None:
        return
    replied, place = letter.replied_on
    told: set[Span] = set()
    for name, event in (("received", "收到申请的日期"), ("happened", "文中所述事项的日期")):
        for match in letter.rules.parts.words[name].finditer(letter.body):
            for day, span in days_in(match[0], match.start()):
                if day > replied and span != place and span not in told:
                    told.add(span)
                    yield Finding("error", "deadline", *span, _late(event, day, replied))


def check_personal_data(letter: Letter) -> Iterator[Finding]:
    """Numbers of a natural person other than the applicant; what is 疑似 only is not held against a letter."""
    for datum in find_personal_data(letter.text, letter.rules.parts.personal_kinds):
        kind = datum.kind
        if not (kind.gate and datum.certain and kind.validity.holds(letter.on)) or datum.plain in letter.own:
            continue
        if not (kind.contact and _in_contact_line(letter, datum.start)):
            message = f"文中有{kind.name}“{datum.text}”，请核对是否应当遮盖。"
            yield Finding("warning", "personal_data", datum.start, datum.end, message)


def _asked_of(letter: Letter, part: Part) -> bool:
    if not part.groups:
        return True
    if letter.outcome:
        return letter.outcome.group in part.groups
    return letter.withholds and "refuse" in part.groups


def _missing(letter: Letter, part: Part) -> Iterator[Finding]:
    words, at = _region(letter, part.where)
    if not part.words.search(words):
        yield Finding(
            part.severity, "mandatory_part", at, at, f"{part.message}（依据：{'、'.join(part.basis)}）。"
        )


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


def _late(event: str, day: date, replied: date) -> str:
    return f"{event}{day}晚于答复日期{replied}，请核对。"


def _in_contact_line(letter: Letter, at: int) -> bool:
    found = letter.rules.parts.words["contact_line"].finditer(letter.text)
    return any(match.start() <= at < match.end() for match in found)
