"""Answered requests an office keeps: earlier replies, to be found when the like is asked again.

A shelf of letters in any shape. Before one may be found, personal data in it is hidden for good, and
law it cites that is no longer living is named, so that nobody copies it.

Basis: 个人信息保护法第四条; 政府信息公开条例第三十六条第（六）项 (the same request answered before).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.ingest.files.folder import SetAside
from assistant.ingest.files.published import Published
from assistant.ingest.masking import redact
from assistant.ingest.passages import Passage
from assistant.law.citations import cite
from assistant.law.instruments import StatuteBook

# Long enough for a reply with its reasons; what follows is lists and enclosures.
SHOWN = 3000

_NUMBER = re.compile(r"[一-龥A-Za-z]{1,12}[〔\[［(（]20\d\d[〕\]］)）](?:第)?\s*\d{1,5}\s*号")
_TITLE = re.compile(r"(?m)^[#\s]*([^\n。，]{2,40}(?:答复书?|告知书|通知书|回复|函))\s*$")


@dataclass(frozen=True)
class Reply:
    """An earlier reply without its personal data. `stale` are provisions it cites that are not living law on the day of reading."""

    name: str
    title: str
    text: str
    stale: tuple[str, ...]


def read_replies(found: Iterable[Published | SetAside], book: StatuteBook, on: date) -> Iterator[Reply]:
    """Every letter that could be read; what could not is told by the shelf it stands on."""
    for one in found:
        if isinstance(one, Published):
            yield read_reply(one.name, one.text, book, on)


def read_reply(name: str, text: str, book: StatuteBook, on: date) -> Reply:
    """One letter: its personal data hidden, titled by its own title and number, its dead law named."""
    cited = cite(text, book, on)
    stale = (str(one.ref) for one in cited if one.ref and one.status == "not_in_force")
    title = " ".join(filter(None, (_first(_TITLE, text, 1), _first(_NUMBER, text, 0))))
    return Reply(name, redact(title) or Path(name).stem, redact(text), tuple(dict.fromkeys(stale)))


def cut_replies(replies: Iterable[Reply]) -> list[Passage]:
    """One passage a reply; the warning about dead law is part of what is shown."""
    return [_passage(reply) for reply in replies]


def _passage(reply: Reply) -> Passage:
    warning = f"【所引{'、'.join(reply.stale)}已不是有效的法律，不得照抄。】\n" if reply.stale else ""
    return Passage(
        id=f"replies/{reply.name}",
        kind="reply",
        text=f"{reply.title} {reply.text[:SHOWN]}",
        shown=f"{warning}{reply.text[:SHOWN]}",
        source=f"replies/{reply.name}",
        title=f"已办答复：{reply.title}",
    )


def _first(pattern: re.Pattern[str], text: str, group: int) -> str:
    found = pattern.search(text)
    return found[group].strip() if found else ""
