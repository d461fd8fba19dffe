"""The rooms of an office for the page's tests: a desk, a door, and presses as a clerk makes them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant.cases.register import china_now
from assistant.web.case import Case
from assistant.web.desk import Desk
from assistant.web.door import Door
from assistant.web.downloads import COOKIE, Downloads
from assistant.web.register_tab import View, rendered, step
from assistant.web.rooms import Pressed, Rooms
from tests.web.office import LETTER, NOT_HELD, office

TODAY = china_now().date()
RECEIVED = TODAY - timedelta(days=1)
TAKEN = {
    "who": "罗敏",
    "received": RECEIVED.isoformat(),
    "channel": "signed_post",
    "name-0": "周明德",
    "kind-0": "natural_person",
    "contact": "",
    "decision": "yes",
    "reasons": NOT_HELD,
    "draft": "yes",
}
FACTS = {
    "received_on": RECEIVED.isoformat(),
    "received_how": "以邮寄（签收）方式",
    "document_number": "12",
    "other_organ": "区自然资源局",
    "other_contact": "0000-66668888",
}


def rooms_of(folder: Path, door: Door | None = None, **changes: Any) -> Rooms:
    """The rooms of an office over a data folder of its own."""
    return Rooms(Desk(office(folder, **changes)), Downloads(), door or Door(None), None, None)


def drafted(rooms: Rooms) -> Case:
    """A letter of the conversation, decided and drafted."""
    case = rooms.desk.take(Case(), LETTER, NOT_HELD)
    case = replace(case, typed={**case.typed, **FACTS})
    return rooms.desk.write(rooms.desk.decide(case, "unable.not_held", "elsewhere"))


def do(rooms: Rooms, at: View, case: Case, verb: str, **fields: str) -> View:
    """A button pressed, and the room laid out after it, as the page does."""
    return shown(rooms, step(rooms, at.quiet, case, pressed(verb, fields), None), case)[0]


def shown(rooms: Rooms, at: View, case: Case | None = None) -> tuple[View, str]:
    """The room as it looks."""
    return rendered(rooms, at, case or Case(), None)


def pressed(verb: str, fields: dict[str, str]) -> Pressed:
    """A button with the fields beside it."""
    name, *of = verb.split(":")
    return Pressed(name, tuple(of), fields)


def asked_by(session: str) -> Any:
    """A request that bears the cookie of a session."""
    return SimpleNamespace(cookies={COOKIE: session})
