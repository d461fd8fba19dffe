"""The register on the command line: letters come in, cases are listed and shown, the audit trail is proved."""

import getpass
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.case_lines import case_lines, entry_line, line
from assistant.cli.show import JsonFlag, day_of, open_office, show
from assistant.errors import InputError

if TYPE_CHECKING:
    from datetime import date

    from assistant.cases.records import Applicant, Case, NewCase, Seen
    from assistant.cases.register import Register, Session
    from assistant.pipeline import Assistant

Number = Annotated[str, typer.Argument(help="案件编号，如 2026-1。")]
Who = Annotated[str | None, typer.Option("--as", help="谁在办理；默认是登录电脑的用户名。")]
SeenVersion = Annotated[
    int | None, typer.Option("--seen", help="您看到的是第几版；其间被别人改动的，这一步不写入。")
]
AsOf = Annotated[str | None, typer.Option("--on", help="截至哪一天，如 2026-11-27；默认今天。")]


def add(
    received: Annotated[str, typer.Option(help="收到申请之日。", metavar="DATE")],
    letter: Annotated[Path | None, typer.Argument(help="申请书文件；不给的，用 --asked 写内容。")] = None,
    asked: Annotated[str | None, typer.Option(help="申请内容（申请人的原话）。")] = None,
    channel: Annotated[
        str | None,
        typer.Option(help="提交方式：in_person、signed_post、ordinary_post、online、fax。"),
    ] = None,
    applicant: Annotated[
        list[str] | None,
        typer.Option(help="申请人，写成 姓名:类别，可写多次，如 柳青:natural_person。", metavar="NAME:KIND"),
    ] = None,
    contact: Annotated[str | None, typer.Option(help="联系方式。")] = None,
    agent: Annotated[str | None, typer.Option(help="代理人；不影响申请人的类别。")] = None,
    who: Who = None,
    as_json: JsonFlag = False,
) -> None:
    """登记收到的申请，编号。给了申请书的，申请人、类别、内容从中读取，写明的以写明的为准。"""
    from assistant.cases.receiving import receive
    from assistant.cases.records import Agent

    office = open_office()
    new = _read(office, letter, asked)
    if applicant:
        new = replace(new, applicants=tuple(_applicant(words) for words in applicant))
    if contact and new.applicants:
        new = replace(new, applicants=(replace(new.applicants[0], contact=contact), *new.applicants[1:]))
    new = replace(new, received_on=_day(received), channel=channel or new.channel)
    new = replace(new, agent=Agent(agent)) if agent else new
    with office.register.writing(clerk(who)) as session:
        case = receive(session, new)
    tell(office.register, case, as_json, "已登记")


def show_(number: Number, on: AsOf = None, as_json: JsonFlag = False) -> None:
    """一件申请的全部情况：内容、经过、期限和每一步的说明、决定、文稿、审批、复议诉讼。"""
    register = open_office().register
    found = whole_case(register, number, day_of(on))
    show(found, as_json, lambda: "\n".join(case_lines(found, register.rules.kinds)))


def audit(
    number: Annotated[str | None, typer.Argument(help="只看一件申请的记录。")] = None,
    head: Annotated[str | None, typer.Option(help="以前记下的最后一条摘要，须仍在记录里。")] = None,
    as_json: JsonFlag = False,
) -> None:
    """核对审计记录的链条和每一件申请；断了的，指出第一处。给了编号的，列出这件申请的记录。"""
    register = open_office().register
    if number:
        entries = _entries(register, number)
        return show(entries, as_json, lambda: "\n".join(map(entry_line, entries)))
    found = _proved(register, head)
    words = f"审计记录 {found['entries']} 条、案件 {found['cases']} 件，前后相连，没有改动。最后一条的摘要：{found['head']}"
    show(found, as_json, lambda: "\n".join([*(found["faults"] or [words]), *found["notices"]]))
    raise typer.Exit(0 if found["holds"] else 1)


def clerk(who: str | None) -> str:
    """The name that acts: as given, else the name logged in."""
    return who or getpass.getuser()


def change(
    number: str, who: str | None, seen: int | None, verb: "Callable[[Session, Seen], object]"
) -> "Case":
    """A verb on one case, in a session of its own; the case afterwards. `seen` guards against another's change."""
    from assistant.cases.reading import load_case
    from assistant.cases.records import Seen

    register = open_office().register
    with register.writing(clerk(who)) as session:
        now = load_case(session.connection, number)
        verb(session, Seen(now.number, seen if seen is not None else now.version))
        return load_case(session.connection, number)


def tell(register: "Register", case: "Case", as_json: bool, what: str) -> None:
    """What a step left behind: the number, the version, the state and the deadline."""
    from assistant.cases.case_json import summary_json
    from assistant.cases.standing import standing_of

    found = summary_json(
        case, standing_of(case, register.rules.grounds, day_of(None)), register.rules.outcomes
    )
    show(found, as_json, lambda: f"{what}：{line(found)}")


def whole_case(register: "Register", number: str, day: "date") -> dict[str, Any]:
    """Everything of a case as of a day."""
    from assistant.cases.case_json import case_json, papers_json
    from assistant.cases.reading import load_case
    from assistant.cases.standing import standing_of

    rules = register.rules
    with register.reading() as view:
        case = load_case(view, number)
        standing = standing_of(case, rules.grounds, day)
        return case_json(case, standing, rules.outcomes, rules.grounds) | papers_json(view, case.id)


def _read(office: "Assistant", letter: Path | None, asked: str | None) -> "NewCase":
    """What the letter itself says, or the words given."""
    from datetime import date

    from assistant.cases.records import NewCase
    from assistant.cases.taking import new_case
    from assistant.ingest.files.readers import read_letter

    if letter is None:
        return NewCase(date.min, (), asked or "")
    new = new_case(office.read(read_letter(letter)), date.min)
    return replace(new, words=asked or new.words)


def _applicant(words: str) -> "Applicant":
    from assistant.cases.records import Applicant

    name, _, kind = words.replace("：", ":").rpartition(":")
    if not name:
        raise InputError(f"申请人“{words}”应写成 姓名:类别，如 柳青:natural_person。")
    return Applicant(kind.strip(), name.strip())


def _day(words: str) -> "date":
    from assistant.law.clock_events import china_day

    return china_day(words)


def _proved(register: "Register", head: str | None) -> dict[str, Any]:
    """The trail, every case and every enclosure against their digests."""
    from assistant.cases.enclosures import broken_enclosures

    proof = register.verify(head)
    with register.reading() as view:
        faults = [*([proof.broken] if proof.broken else []), *broken_enclosures(view, register.enclosures)]
    return {
        "holds": not faults,
        "entries": proof.entries,
        "cases": proof.cases,
        "head": proof.head,
        "faults": faults,
        "notices": list(proof.set_back),
    }


def _entries(register: "Register", number: str) -> list[dict[str, Any]]:
    from assistant.cases.audit_trail import entries_of
    from assistant.cases.reading import load_case

    with register.reading() as view:
        return [row._asdict() for row in entries_of(view, load_case(view, number).id)]
