"""How the register bears growth: a register of a given size, and what a clerk waits for in it, in one process.

    python -m evals.register_growth SIZE FOLDER [--postgresql]       prints one JSON object

Most cases are answered and archived, some hundreds are open. The rows are put in at once, past the verbs: one entry of
the audit trail tells of all of them and none of each, so "audited" is false and `assistant case audit` would refuse
this register. With --postgresql a server of its own is started in FOLDER. A register that a run before has grown in
FOLDER is measured as it stands.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from assistant.law.china_time import CHINA
from assistant.settings import Agency, Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from assistant.cases.register import Register
    from assistant.pipeline import Assistant

SEED = 20261127
TODAY = date(2026, 11, 27)
FIRST = date(2019, 6, 3)
OPEN = 400
REPEATS = 30
ADDED = 20
YEARBOOKS = 3
BATCH = 5_000

Rows = dict[str, list[dict[str, Any]]]

_KINDS = ("natural_person",) * 8 + ("enterprise", "legal_service", "other")
_OUTCOMES = ("grant",) * 5 + ("partial", "unable.not_held", "unable.not_held", "decline.petition")
_PLACES = ("柳湾社区", "东桥村", "北岭村", "南市街", "云河新城", "石门村", "西园小区", "镇中心小学")
_THINGS = ("道路维修", "河道清淤", "低保发放", "宅基地审批", "垃圾清运", "征收补偿", "学校扩建", "路灯改造")
_PAPERS = ("施工合同", "验收报告", "资金明细", "会议纪要", "公示照片", "审批表", "预算批复", "补偿方案")


def measure(size: int, folder: Path, postgresql: bool = False) -> dict[str, Any]:
    """Milliseconds of list, board, show and add, seconds of the yearly tables, in a register of that size."""
    with _database(folder, postgresql) as url:
        office = _office(folder, url)
        register = replace(office.register, now=lambda: datetime(2026, 11, 27, 9, tzinfo=CHINA))
        began = time.perf_counter()
        _grow_once(register, size)
        filled = time.perf_counter() - began
        return {
            "cases": size,
            "open": min(size, OPEN),
            "database": "postgresql" if postgresql else "sqlite",
            "audited": False,
            "fill_seconds": filled,
            **_timed(office, register),
        }


def _grow_once(register: "Register", size: int) -> None:
    """A register grown before is measured as it stands."""
    from assistant.cases.entries import count_entries

    with register.reading() as view:
        held = count_entries(view, None, TODAY)
    if not held:
        with register.database.writing() as connection:
            grow(connection, size)


def grow(connection: "Connection", size: int) -> None:
    """Cases into an empty register: the last ones open, everything before answered and archived."""
    from sqlalchemy import insert, text

    from assistant.cases import schema
    from assistant.cases.audit_trail import Written, append_entry
    from assistant.cases.records import Actor

    rng = random.Random(SEED)
    rows: Rows = {}
    numbers: dict[int, int] = {}
    for place in range(1, size + 1):
        _case(place, size, rng, rows, numbers)
        if place % BATCH == 0 or place == size:
            for name in _IN_ORDER:
                if rows.get(name):
                    _put(connection, name, rows.pop(name))
    series = "{year}-{number}"
    last = [{"series": series, "year": year, "last": number} for year, number in numbers.items()]
    connection.execute(insert(schema.counters), last)
    moment = datetime(2026, 11, 27, 9, tzinfo=CHINA)
    append_entry(connection, Actor("罗敏"), moment, Written("receive", None, {"cases": size}))
    connection.execute(text("ANALYZE"))


def _put(connection: "Connection", table: str, rows: list[dict[str, Any]]) -> None:
    """Many rows of one table; a server takes them as one stream."""
    from sqlalchemy import insert

    from assistant.cases import schema

    raw = connection.connection.driver_connection
    if connection.dialect.name != "postgresql" or raw is None:
        connection.execute(insert(schema.METADATA.tables[table]), rows)
        return
    with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(rows[0])}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row(list(row.values()))


_IN_ORDER = ("cases", "requests", "applicants", "items", "events", "decisions")


def _case(place: int, size: int, rng: random.Random, rows: Rows, numbers: dict[int, int]) -> None:
    """The rows of one case; ids of the smaller tables follow the case's own."""
    is_open = place > size - OPEN
    received = _received(place, size, is_open, rng)
    numbers[received.year] = number = numbers.get(received.year, 0) + 1
    words = f"申请公开{rng.choice(_PLACES)}{received.year - rng.randint(0, 3)}年{rng.choice(_THINGS)}的{rng.choice(_PAPERS)}。"

    def put(table: str, **values: Any) -> None:
        rows.setdefault(table, []).append(values)

    put(
        "cases",
        id=place,
        number=f"{received.year}-{number}",
        received_on=received.isoformat(),
        channel=rng.choice(("in_person", "online", "signed_post")),
        version=1,
    )
    put("requests", id=place, case_id=place, words=words, form=None)
    person = rng.randint(1, max(size // 3, 2))
    put(
        "applicants",
        id=place,
        case_id=place,
        place=1,
        kind=rng.choice(_KINDS),
        name=f"申请人{person}",
        contact=f"139{person:08}",
    )
    put("items", id=place, case_id=place, place=1, asked=words)
    happened = _course(received, rng) if is_open else _ended(received, rng)
    for at, (on, kind, who) in enumerate(happened):
        put(
            "events",
            id=place * 8 + at,
            case_id=place,
            happened=on.isoformat(),
            kind=kind,
            who=who,
            days=10 if kind == "correction_notice" else None,
            until_day=None,
            note=None,
            struck_why=None,
        )
    if not is_open:
        put(
            "decisions",
            id=place,
            case_id=place,
            outcome=rng.choice(_OUTCOMES),
            road="",
            decided=happened[-2][0].isoformat(),
            reasons="依据卷内材料",
            decided_by="罗敏",
            replaced_why=None,
        )


Happened = list[tuple[date, str, str | None]]


def _received(place: int, size: int, is_open: bool, rng: random.Random) -> date:
    """Spread evenly over the years; what is open came in during the last weeks."""
    if is_open:
        return TODAY - timedelta(days=rng.randint(0, 40))
    span = (date(2026, 9, 30) - FIRST).days
    return FIRST + timedelta(days=span * place // max(size, 1))


def _ended(received: date, rng: random.Random) -> Happened:
    replied = received + timedelta(days=rng.randint(3, 26))
    before: Happened = [(received + timedelta(days=2), "extension", "王主任")] if rng.random() < 0.1 else []
    return [*before, (replied, "replied", None), (replied + timedelta(days=14), "archived", None)]


def _course(received: date, rng: random.Random) -> Happened:
    """What has happened to an open case so far: nothing, a correction asked for, somebody consulted."""
    chance, after = rng.random(), min(received + timedelta(days=3), TODAY)
    if chance < 0.15:
        return [(after, "correction_notice", None)]
    if chance < 0.35:
        served = min(after + timedelta(days=2), TODAY)
        return [(after, "third_party_sent", "柳湾公司"), (served, "third_party_served", "柳湾公司")]
    return [(after, "extension", "王主任")] if chance < 0.5 else []


def _office(folder: Path, url: str | None) -> "Assistant":
    from assistant.pipeline import open_assistant

    agency = Agency(name="云河街道办事处", document_series="云街公开〔{year}〕{number}号")
    return open_assistant(replace(Settings(), data_dir=folder / "data", database_url=url, agency=agency))


def _timed(office: "Assistant", register: "Register") -> dict[str, Any]:
    """Each of a clerk's questions asked again and again; the first time of each stands apart, as `first`."""
    from assistant.cases.board import make_board
    from assistant.cases.case_json import case_json, papers_json
    from assistant.cases.entries import Page
    from assistant.cases.listing import list_json, list_page
    from assistant.cases.open_cases import open_entries
    from assistant.cases.reading import load_case
    from assistant.cases.standing import standing_of

    rules = register.rules
    some = random.Random(SEED)

    def listed(every: bool) -> object:
        with register.reading() as view:
            page = Page(some.randint(1, 3))
            return list_json(list_page(view, rules, TODAY, (None, every), page), rules.outcomes)

    def board() -> object:
        with register.reading() as view:
            return make_board(open_entries(view, TODAY), office.board_grounds, TODAY).to_json()

    def show() -> object:
        with register.reading() as view:
            case = load_case(view, f"{some.randint(2020, 2025)}-{some.randint(1, 40)}")
            found = case_json(case, standing_of(case, rules.grounds, TODAY), rules.outcomes, rules.grounds)
            return found | papers_json(view, case.id)

    books = [_waited(lambda: office.yearbook(2025, as_of=TODAY)) / 1000 for _ in range(YEARBOOKS)]
    return {
        "list": _waits(lambda: listed(False)),
        "list_all": _waits(lambda: listed(True)),
        "board": _waits(board),
        "show": _waits(show),
        "add": _waits(lambda: _add(register), ADDED),
        "yearbook_seconds": median(books),
    }


def _add(register: "Register") -> object:
    from assistant.cases.receiving import receive
    from assistant.cases.records import Applicant, NewCase

    asked = NewCase(TODAY, (Applicant("natural_person", "柳青", "13900000000"),), "申请公开东桥村路灯合同。")
    with register.writing("罗敏") as session:
        return receive(session, asked)


def _waits(ask: Callable[[], object], repeats: int = REPEATS) -> dict[str, float]:
    """Milliseconds: the first time, then median and 95th percentile of the times after it."""
    first = _waited(ask)
    waits = [_waited(ask) for _ in range(repeats)]
    return {"first_ms": first, "p50_ms": median(waits), "p95_ms": quantiles(waits, n=20)[-1]}


def _waited(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


@contextmanager
def _database(folder: Path, postgresql: bool) -> Iterator[str | None]:
    """Where the register lies: the file in the folder, or a server started for this measurement."""
    if not postgresql:
        yield None
        return
    import pgserver

    server = pgserver.get_server(folder / "postgresql")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


if __name__ == "__main__":
    words = [one for one in sys.argv[1:] if not one.startswith("--")]
    found = measure(int(words[0]), Path(words[1]), "--postgresql" in sys.argv[1:])
    print(json.dumps(found, ensure_ascii=False))
