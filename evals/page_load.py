"""What clerks wait for at the page: its opening, its answers to 1, 10 and 20 of them at once, its memory over many turns."""

import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

from assistant.settings import PREFIX
from evals.page_clerk import PATIENCE, Clerk, PageMap, Spoken
from evals.page_figures import crowd_row, memory_row, start_row, waits
from evals.page_server import Server, serving
from evals.page_words import MIX, Words

Said = tuple[str, Spoken]


@dataclass(frozen=True)
class Load:
    """How much is said: rounds by the number of clerks who speak in each; then turns by some clerks side by side.

    A clerk opens the page anew after `sitting` turns. The first `warm` turns are not counted as growth.
    """

    rounds: Mapping[int, int] = field(default_factory=lambda: {1: 40, 10: 8, 20: 10})
    turns: int = 2_000
    warm: int = 200
    side_by_side: int = 4
    sitting: int = 40


def page_load(folder: Path, environment: Mapping[str, str], load: Load = Load()) -> dict[str, Any]:
    """Starts, crowds, kinds of message and memory of a page with a data folder of its own in the folder."""
    home = folder / "page"
    home.mkdir()
    own = {**environment, f"{PREFIX}DATA_DIR": str(home / "data")}
    with serving(home, own) as server:
        starts = [start_row("first", server.seconds, answered(server))]
    with serving(home, own) as server:
        starts.append(start_row("again", server.seconds, answered(server)))
        return {"starts": starts, **spoken_to(server, load)}


def answered(server: Server) -> float:
    """Seconds from a server's start to the whole answer to the first letter, sent as soon as the page is there."""
    first = _Room(server, Clerk(server.address).page, Words())
    clerk = first.opened()
    clerk.say(first.words.letter())
    clerk.leave()
    return time.perf_counter() - server.began


@dataclass(frozen=True)
class _Room:
    """The server clerks speak to, its page, and what they say."""

    server: Server
    page: PageMap
    words: Words

    def opened(self) -> Clerk:
        """A clerk with the page open."""
        clerk = Clerk(self.server.address, self.page)
        clerk.open()
        return clerk


def spoken_to(server: Server, load: Load) -> dict[str, Any]:
    """The crowds one after the other, then the long haul: rows by crowd and kind of message, and memory."""
    room = _Room(server, Clerk(server.address).page, Words())
    crowds = {clerks: _crowd(room, clerks, rounds) for clerks, rounds in load.rounds.items()}
    largest = max(crowds)
    rows = [crowd_row(clerks, [one for _, one in said], clerks == largest) for clerks, said in crowds.items()]
    kinds = [
        {"kind": kind, "clerks": largest, **waits([one for what, one in crowds[largest] if what == kind])}
        for kind in MIX
        if any(what == kind for what, _ in crowds[largest])
    ]
    _haul(room, load.warm, load)
    before = server.memory_mb()
    _haul(room, load.turns, load)
    return {"crowds": rows, "kinds": kinds, "memory": memory_row(load.turns, before, server.memory_mb())}


def _crowd(room: _Room, clerks: int, rounds: int) -> list[Said]:
    """Clerks who speak all at the same moment, and again when the slowest has been answered."""
    print(f"网页·{clerks} 人同时 …", file=sys.stderr)
    gate = Barrier(clerks, timeout=PATIENCE)

    def sit(place: int) -> list[Said]:
        said: list[Said] = []
        try:
            clerk = room.opened()
            clerk.say(room.words.letter())
            for kind, text in islice(room.words.conversation(place), rounds):
                gate.wait()
                said.append((kind, clerk.say(text)))
            clerk.leave()
        finally:
            if len(said) < rounds:
                gate.abort()
        return said

    with ThreadPoolExecutor(clerks) as pool:
        return _all_said([pool.submit(sit, place) for place in range(clerks)])


def _haul(room: _Room, turns: int, load: Load) -> None:
    """So many turns, shared among clerks who wait for nobody."""
    print(f"网页·{turns} 轮 …", file=sys.stderr)

    def sit(place: int) -> list[Said]:
        clerk = room.opened()
        for turn, (_, text) in enumerate(islice(room.words.conversation(place), turns // load.side_by_side)):
            if turn and turn % load.sitting == 0:
                clerk.leave()
                clerk = room.opened()
            clerk.say(text)
        clerk.leave()
        return []

    with ThreadPoolExecutor(load.side_by_side) as pool:
        _all_said([pool.submit(sit, place) for place in range(load.side_by_side)])


def _all_said(sitting: "Sequence[Future[list[Said]]]") -> list[Said]:
    """What every clerk heard. Raises the first fault that is not only the others' having stopped."""
    for one in sitting:
        fault = one.exception()
        if fault and not isinstance(fault, BrokenBarrierError):
            raise fault
    return [said for one in sitting for said in one.result()]
