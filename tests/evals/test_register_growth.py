"""A register grown for the benchmark is one the program itself could have written, trail apart."""

from dataclasses import replace
from pathlib import Path

from assistant.cases.board import make_board
from assistant.cases.entries import Page
from assistant.cases.listing import list_page
from assistant.cases.open_cases import open_entries
from assistant.cases.reading import list_cases
from assistant.cases.standing import standing_of
from assistant.pipeline import open_assistant
from assistant.settings import Agency, Settings
from evals.register_growth import OPEN, TODAY, grow


def test_a_grown_register_is_whole(tmp_path: Path) -> None:
    """Every course is possible, the open ones are all on the board, the yearly tables add up, numbers go on."""
    agency = Agency(name="云河街道办事处")
    office = open_assistant(replace(Settings(), data_dir=tmp_path, agency=agency))
    register = office.register
    with register.database.writing() as connection:
        grow(connection, OPEN + 120)
    with register.reading() as view:
        board = make_board(open_entries(view, TODAY), office.board_grounds, TODAY)
        ended = [case for case in list_cases(view, open_only=False) if case.decision]
        page = list_page(view, register.rules, TODAY, (None, True), Page(1))
    assert OPEN == len(board.lines)
    assert 4 <= sum(bool(board.box(name)) for name in board.boxes)
    assert {"archived"} == {standing_of(case, register.rules.grounds, TODAY).state for case in ended}
    assert (OPEN + 120, 120) == (page.total, len(ended))
    assert office.yearbook(2025, as_of=TODAY).passes
