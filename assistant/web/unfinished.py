"""What is not finished: the case of an open page, kept on this machine so that a lost page costs no work.

A page is lost by a reload, a closed browser, the end of a login or a restart of the program. What was typed, chosen
and said in it lies in the data folder, under the account or, without accounts, under the browser it was opened in,
until the case is closed with 新的一件, put away, or a week old. Nobody else is offered it. Basis: the house's own.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from assistant.errors import InputError
from assistant.law.china_time import CHINA
from assistant.triage.guidance import CaseAnswers, ItemAnswers
from assistant.triage.items import Choice
from assistant.web.case import Case, Decided, Guided, Turn
from assistant.web.markup import Markup

KEPT_SECONDS = 7 * 24 * 3600
KEPT_TURNS = 60
TITLE_LENGTH = 40
GONE = "这件没办完的申请已经不在了，可能在另一个页面里接着办了，或者已经超过七天。请重新粘贴申请书。"


@dataclass(frozen=True)
class Left:
    """A case as a lost page left it: `case` without what is read from the letter anew, `judged` whether it was read."""

    key: str
    at: datetime
    title: str
    case: Case
    findings: str
    judged: bool
    drafted: bool


class Drawer:
    """The unfinished cases of an office, one file each, its owner's alone."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder, self._clock = folder, clock

    def keep(self, owner: str, page: str, case: Case) -> None:
        """The case as a page shows it by now, in the place of what was kept of this page; nothing where it is empty."""
        place = self._place(owner, _key(page))
        # Where nothing can be written the work at hand goes on all the same.
        with suppress(OSError):
            if _letter(case) or case.code or case.items or case.guided:
                _write(place, _written(case))
            else:
                place.unlink(missing_ok=True)

    def of(self, owner: str, page: str = "") -> tuple[Left, ...]:
        """What this owner has not finished but in this page, the newest first; what is too old or damaged is removed."""
        found = (left for left in self._found(owner) if left.key != _key(page))
        return tuple(sorted(found, key=lambda left: left.at, reverse=True))

    def take(self, owner: str, key: str) -> Left:
        """One of them, to be gone on with; it is kept no longer here. Raises InputError where it is not there."""
        found = next((left for left in self._found(owner) if left.key == key), None)
        if found is None:
            raise InputError(GONE)
        self.drop(owner, key)
        return found

    def drop(self, owner: str, key: str) -> None:
        """Put away, with everything it held."""
        if key.isalnum():
            self._place(owner, key).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Whatever is too old goes, whoever it belonged to."""
        for place in self._folder.glob("*/*"):
            self._stale(place)

    def _found(self, owner: str) -> Iterator[Left]:
        for place in self._place(owner, "").parent.glob("*.json"):
            if self._stale(place):
                continue
            try:
                yield _read(place)
            except (ValueError, KeyError, TypeError, AttributeError):
                place.unlink(missing_ok=True)
            except FileNotFoundError:
                continue

    def _stale(self, place: Path) -> bool:
        with suppress(FileNotFoundError):
            if place.stat().st_mtime > self._clock() - KEPT_SECONDS:
                return False
            place.unlink()
        return True

    def _place(self, owner: str, key: str) -> Path:
        return self._folder / sha256(owner.encode()).hexdigest()[:32] / f"{key}.json"


def _write(place: Path, found: dict[str, Any]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile("w", dir=place.parent, delete=False, encoding="utf-8") as half:
        json.dump(found, half, ensure_ascii=False)
    Path(half.name).replace(place)


def _key(page: str) -> str:
    return sha256(page.encode()).hexdigest()[:16]


def _letter(case: Case) -> str:
    """The letter of the case, or the one that is being read for it."""
    pending = case.pending
    return pending.text if pending and pending.intent in ("letter", "findings") else case.letter


def _title(case: Case) -> str:
    if case.handled:
        request = case.handled.request
        named = request.items[0].text if request.items else request.asked
        return named[:TITLE_LENGTH]
    lines = (line.strip() for line in _letter(case).splitlines())
    return next((line for line in lines if line), "")[:TITLE_LENGTH]


def _written(case: Case) -> dict[str, Any]:
    pending = case.pending
    return {
        "title": _title(case),
        "letter": _letter(case),
        "findings": pending.findings if pending else case.handled.findings if case.handled else "",
        "judged": case.handled is not None and pending is None,
        "drafted": case.checked is not None,
        "number": case.number,
        "code": case.code,
        "road": case.road,
        "settled": case.settled,
        "paper": case.paper,
        "typed": dict(case.typed),
        "items": [asdict(item) for item in case.items],
        "choice": asdict(case.choice) if case.choice else None,
        "guided": _guided_written(case.guided) if case.guided else None,
        "turns": [[turn.who, str(turn.shown)] for turn in case.turns[-KEPT_TURNS:]],
    }


def _guided_written(guided: Guided) -> dict[str, Any]:
    items = [
        {
            "name": one.name,
            "answers": dict(one.answers),
            "file": {key: _plain(held) for key, held in one.file.items()},
        }
        for one in guided.answers.items
    ]
    choice = guided.answers.choice
    return {"on": guided.on.isoformat(), "items": items, "choice": asdict(choice) if choice else None}


def _plain(held: Any) -> Any:
    return dict(held) if isinstance(held, Mapping) else held


def _read(place: Path) -> Left:
    found = json.loads(place.read_text(encoding="utf-8"))
    case = Case(
        turns=tuple(Turn(who, Markup(shown)) for who, shown in found["turns"]),
        number=int(found["number"]),
        letter=found["letter"],
        code=found["code"],
        road=found["road"],
        settled=found["settled"],
        paper=found["paper"],
        guided=_guided_read(found["guided"]) if found["guided"] else None,
        items=tuple(Decided(**item) for item in found["items"]),
        choice=Choice(**found["choice"]) if found["choice"] else None,
        typed=found["typed"],
    )
    at = datetime.fromtimestamp(place.stat().st_mtime, CHINA)
    return Left(place.stem, at, found["title"], case, found["findings"], found["judged"], found["drafted"])


def _guided_read(found: dict[str, Any]) -> Guided:
    items = tuple(ItemAnswers(one["name"], one["answers"], one["file"]) for one in found["items"])
    choice = Choice(**found["choice"]) if found["choice"] else None
    return Guided(CaseAnswers(items, choice), datetime.fromisoformat(found["on"]).date())
