"""`assistant case …`: every command of the register under its name."""

import typer

from assistant.cli import (
    case_board,
    case_copies,
    case_erasing,
    case_final,
    case_import,
    case_letters,
    case_similar,
    case_steps,
    cases,
)

case_app = typer.Typer(help="申请登记簿：登记、经过、决定、审批、归档、核对。", no_args_is_help=True)
for name, command in (
    ("add", cases.add),
    ("list", case_board.list_),
    ("board", case_board.board),
    ("similar", case_similar.similar),
    ("show", cases.show_),
    ("event", case_steps.event),
    ("strike", case_steps.strike),
    ("search", case_steps.search),
    ("enclose", case_steps.enclose),
    ("decide", case_steps.decide),
    ("draft", case_letters.draft),
    ("check", case_final.check),
    ("approve", case_letters.approve),
    ("issue", case_letters.issue),
    ("letter", case_final.letter),
    ("export", case_letters.export),
    ("dispute", case_steps.dispute),
    ("audit", cases.audit),
    ("import", case_import.import_),
    ("backup", case_copies.backup),
    ("restore", case_copies.restore),
    ("retention", case_erasing.retention),
    ("erase", case_erasing.erase),
):
    case_app.command(name)(command)
