"""A scripted year: four hundred requests by every outcome and procedure, two clerks at work at the same time.

What the tables must show was written down with the scripts, never asked of the register; every cell is compared, and
the very cases behind it.
"""

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from queue import Queue

import pytest

from assistant.cases.case_json import papers_json
from assistant.cases.closing import reply
from assistant.cases.letters import Step, draft_reply, give_step, issue
from assistant.cases.opening import open_register
from assistant.cases.reading import load_case
from assistant.cases.receiving import receive
from assistant.cases.register import Register
from assistant.cases.yearbook import Yearbook
from assistant.pipeline import Assistant, open_assistant
from assistant.settings import Settings
from tests.cases.conftest import AGENCY, TODAY
from tests.cases.postgres import Server
from tests.cases.scripted_books import keep_books
from tests.cases.scripted_year import REPLIED, YEARS, Script, write_scripts
from tests.cases.steps import OUTSIDE

WORDS = "【待补：文号，本机关的编号序列】\n申请人：\n本机关答复如下。\n"
DRAFTER, APPROVER = "罗敏", "杜衡"
Waiting = Queue[int | None]
Known = tuple[list[Script], dict[int, str]]


@dataclass(frozen=True)
class Played:
    """The scripts as they were played, with the number each got."""

    office: Assistant
    scripts: list[Script]
    numbers: Mapping[int, str]


def play(register: Register, scripts: list[Script]) -> dict[int, str]:
    """One clerk takes in, drafts and sends; another reviews and approves meanwhile."""
    numbers: dict[int, str] = {}
    drafted: Waiting = Queue()
    approved: Waiting = Queue()
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(_approve_all, register, (scripts, numbers), drafted, approved)
        try:
            for place, script in enumerate(scripts):
                numbers[place] = _begin(register, script)
                if script.by_loop:
                    drafted.put(place)
        finally:
            drafted.put(None)
        while (sent := approved.get()) is not None:
            _send(register, numbers[sent], scripts[sent])
        other.result()
    return numbers


def _approve_all(register: Register, known: Known, drafted: Waiting, approved: Waiting) -> None:
    """Whatever has been drafted, until the drafter says that nothing more comes."""
    scripts, numbers = known
    try:
        while (place := drafted.get()) is not None:
            _approve(register, numbers[place], scripts[place])
            approved.put(place)
    finally:
        approved.put(None)


def _begin(register: Register, script: Script) -> str:
    """Taken in and brought to its draft, or to its end where the letter was signed on paper."""
    with register.writing(DRAFTER) as session:
        case = receive(session, script.new)
        for act in script.before:
            case = act(session, case)
        if script.by_loop:
            return draft_reply(session, case.seen, WORDS).number
        if script.reply:
            case = reply(session, case.seen, script.reply, OUTSIDE)
        for act in script.after:
            case = act(session, case)
    return case.number


def _approve(register: Register, number: str, script: Script) -> None:
    """The three steps by the other clerk."""
    assert script.reply
    with register.writing(APPROVER) as session:
        for name in ("secrecy", "review", "approve"):
            case = load_case(session.connection, number)
            give_step(session, case.seen, Step(name, True, script.reply))


def _send(register: Register, number: str, script: Script) -> None:
    """Numbered, sent, archived, fought over."""
    assert script.reply
    with register.writing(DRAFTER) as session:
        issue(session, load_case(session.connection, number).seen, script.reply)
        case = reply(session, load_case(session.connection, number).seen, script.reply)
        for act in script.after:
            case = act(session, case)


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=pytest.mark.slow) for name in ("sqlite", "postgresql")]
)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """An office whose two clerks have done everything the scripts say, on each database once for all questions."""
    settings = replace(Settings(), data_dir=tmp_path_factory.mktemp("year"), agency=AGENCY)
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("server")
        settings = replace(settings, database_url=server.emptied())
    office = open_assistant(settings)
    register = open_register(
        settings, office.grounds, office.outcomes
    )  # its letters are no real ones: no gate
    office.register = replace(register, now=lambda: TODAY)
    scripts = write_scripts()
    return Played(office, scripts, play(office.register, scripts))


def test_every_cell_of_three_years_shows_what_the_scripts_say(played: Played) -> None:
    """All three tables by year, each cell with its very cases; every relation holds, last year's report beside it."""
    books, before = keep_books(played.scripts), None
    for year in YEARS:
        yearbook = played.office.yearbook(year, before)
        expected = {
            key: Counter(played.numbers[place] for place in places)
            for key, places in books[year].cells.items()
        }
        assert expected == {key: Counter(numbers) for key, numbers in yearbook.cells.items() if numbers}
        assert books[year].figures() == figures(yearbook)
        assert {} == not_holding(yearbook, linked=before is not None)
        before = yearbook.report
    assert played.office.register.verify().holds


def figures(yearbook: Yearbook) -> dict[tuple[str, str, str], int]:
    """The cells that are not nought."""
    return {
        (table, row, column): int(cell.value)
        for table in ("requests", "disputes")
        for row, cells in yearbook.report.tables[table].items()
        for column, cell in cells.items()
        if cell and cell.value
    }


def not_holding(yearbook: Yearbook, linked: bool) -> dict[str, str]:
    """The checks that do not hold, of those that must."""
    must = {"R1", "R2", "R3", "R5", "R6", "R7", "R8", "R9", "S1", "S2", "S4"} | (
        {"R4", "S3"} if linked else set()
    )
    return {
        check.id: check.message
        for check in yearbook.audit.checks
        if check.id in must and check.status != "holds"
    }


def test_letters_are_numbered_without_gap_though_two_clerks_worked_at_once(played: Played) -> None:
    """In each year from one on."""
    by_loop = Counter(script.reply.year for script in played.scripts if script.by_loop and script.reply)
    with played.office.register.reading() as view:
        cases = [load_case(view, number) for number in played.numbers.values()]
        found = [one["number"] for case in cases for one in papers_json(view, case.id)["letters"]]
    expected = [f"云街公开〔{year}〕{n}号" for year, last in by_loop.items() for n in range(1, last + 1)]
    assert sorted(expected) == sorted(found)


def test_the_scripts_leave_nothing_out() -> None:
    """21 outcomes in the middle year, every column of table two, every cell of table three, all turns of the year."""
    scripts = write_scripts()
    cells = keep_books(scripts)[2025].cells
    rows = {row for table, row, _ in cells if table == "requests"}
    assert {*REPLIED, "other.no_correction", "other.fee_unpaid"} <= rows
    assert 7 == len({column for table, _, column in cells if table == "requests"})
    assert 15 == len({key for key in cells if key[0] == "disputes"})
    assert 400 == len(scripts)
    assert keep_books(write_scripts()) == keep_books(scripts)
