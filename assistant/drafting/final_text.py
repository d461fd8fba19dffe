"""A letter kept as plain text, put back into the places of an official letter, so that it can be written as a file.

The day of a letter is that on which the head of the organ signs it. Basis: GB/T 9704-2012 第7.3条, 第7.3.5.4条 (成文日期).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.drafting.draft import Block, Draft, Role, Span
from assistant.drafting.writing import chinese_day

_GAP = re.compile(r"(【待补：[^】]*】)")
_MARK = re.compile(r"^#{1,6}\s+")
_NUMBER = re.compile(
    r"^(?:[^\n，。：]{0,30}[〔\[（(]\s*(?:19|20)\d{2}\s*[〕\]）)]\s*第?\s*\d+\s*号|【待补：文号[^】]*】)$"
)
_DATE = re.compile(
    r"^\s*(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日|【待补：(?:成文)?日期[^】]*】)\s*$"
)
_HEADING = re.compile(r"^[一二三四五六七八九十]{1,3}、[^。；]{1,30}$")
_ENCLOSED = re.compile(r"^附件[：:]")
_ENTRY = re.compile(r"^\d{1,3}[．.]")
_CONTACT = re.compile(r"^（.*）$")
_ADDRESSED = re.compile(r"[：:]$")
_HEAD_LINES = 5


def letter_of_text(words: str, on: date) -> Draft:
    """The letter with each line in its place; a line whose place is not told is a paragraph of the body."""
    lines = [_MARK.sub("", line.strip()) for line in words.splitlines() if line.strip()]
    blocks = tuple(Block(role, tuple(_spans(line))) for role, line in zip(_roles(lines), lines, strict=True))
    return Draft("", "", "", on, blocks, ())


def draft_of_text(words: str, on: date, mark: str) -> Draft:
    """The same under a mark that says what it is; nothing leaves the office as if it were final."""
    letter = letter_of_text(words, on)
    marked = Block("body", (Span(mark, "gap", "mark"),))
    return Draft("", "", "", on, (marked, *letter.blocks), ())


def dated(words: str, day: date) -> str:
    """The text with the day of its signing where its own date stands, alone on a line near its end."""
    lines = words.splitlines(keepends=True)
    for place in range(len(lines) - 1, -1, -1):
        if _DATE.match(lines[place]):
            lines[place] = _replaced(lines[place], chinese_day(day))
            break
    return "".join(lines)


def _replaced(line: str, day: str) -> str:
    """The line with another day, its white space kept."""
    bare = line.strip()
    return line.replace(bare, day)


def _spans(line: str) -> Iterator[Span]:
    """Words that are there, and gaps that are still to be filled."""
    for part in filter(None, _GAP.split(line)):
        yield Span(part, "gap" if _GAP.fullmatch(part) else "slot", "text")


def _roles(lines: Sequence[str]) -> list[Role]:
    """The place of each line: head and foot by their order, the body between."""
    roles: list[Role] = ["body"] * len(lines)
    foot = _foot(lines, roles)
    body = _head(lines, roles, foot)
    for at in range(body, foot):
        if _HEADING.match(lines[at]):
            roles[at] = "heading"
    _enclosures(lines, roles, body, foot)
    return roles


def _head(lines: Sequence[str], roles: list[Role], foot: int) -> int:
    """Title, number, addressee; where the body begins."""
    end = 0
    for at in range(min(_HEAD_LINES, foot)):
        if _NUMBER.match(lines[at]):
            roles[at], end = "number", at + 1
        elif _ADDRESSED.search(lines[at]):
            roles[at] = "addressee"
            return at + 1
        elif at == 0:
            roles[at], end = "title", 1
    return end


def _foot(lines: Sequence[str], roles: list[Role]) -> int:
    """Organ, date, contact, read from the end; where the body ends."""
    at = next((n for n in range(len(lines) - 1, -1, -1) if _DATE.match(lines[n])), None)
    if at is None or at == 0:
        return len(lines)
    roles[at], roles[at - 1] = "date", "organ"
    for after in range(at + 1, len(lines)):
        if _CONTACT.match(lines[after]):
            roles[after] = "contact"
    return at - 1


def _enclosures(lines: Sequence[str], roles: list[Role], first: int, foot: int) -> None:
    """The list of what is enclosed, last in the body."""
    begin = next((at for at in range(first, foot) if _ENCLOSED.match(lines[at])), None)
    if begin is None:
        return
    roles[begin] = "enclosure"
    for at in range(begin + 1, foot):
        if not _ENTRY.match(lines[at]):
            return
        roles[at] = "enclosure"
