"""What happens to a case, step by step: events, searches, the decision, reviews and suits."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.cases import Number, SeenVersion, Who, change, clerk, tell
from assistant.cli.show import JsonFlag, OnDate, day_of, open_office
from assistant.errors import InputError

if TYPE_CHECKING:
    from datetime import date

    from assistant.law.clock_events import Event


def event(
    number: Number,
    happened: Annotated[
        str,
        typer.Argument(
            help="日期:事件[:谁[:天数或者日期]]，事件同 assistant deadline，另有 withdrawn（撤回）、archived（归档）。"
        ),
    ],
    note: Annotated[str | None, typer.Option(help="备注或者凭据；撤回的必须写。")] = None,
    asked: Annotated[str | None, typer.Option(help="征求意见：问了什么。")] = None,
    opinion: Annotated[str | None, typer.Option(help="对方的意见。")] = None,
    agrees: Annotated[bool | None, typer.Option("--agrees/--refuses", help="对方是否同意公开。")] = None,
    outside: Annotated[str | None, typer.Option(help="答复不是经本程序定稿签发的，写明原因。")] = None,
    who: Who = None,
    seen: SeenVersion = None,
    as_json: JsonFlag = False,
) -> None:
    """记录经过：补正、征求意见、延期、收费、答复、撤回、归档；期限随之重新计算。"""
    from assistant.cases.telling import Happened, put
    from assistant.law.clock_events import parse_event

    one = parse_event(happened)
    _refuse_idle(one, asked, opinion, outside)
    told = Happened(one, note or "", asked or "", opinion or "", agrees, outside or "")
    case = change(number, who, seen, lambda session, now: put(session, now, told))
    tell(open_office().register, case, as_json, "已记录")


def strike(
    number: Number,
    event_id: Annotated[int, typer.Argument(help="经过前面方括号里的编号。")],
    why: Annotated[str, typer.Option(help="更正的理由。")],
    who: Who = None,
    seen: SeenVersion = None,
    as_json: JsonFlag = False,
) -> None:
    """更正一条记错的经过：不再计算，原记录和理由都保留。"""
    from assistant.cases.handling import strike_event

    case = change(number, who, seen, lambda session, now: strike_event(session, now, event_id, why))
    tell(open_office().register, case, as_json, "已更正")


def search(
    number: Number,
    places: Annotated[str, typer.Option(help="在哪里检索。")],
    terms: Annotated[str, typer.Option(help="用什么词检索。")],
    found: Annotated[str, typer.Option(help="检索到什么。")],
    on: OnDate = None,
    who: Who = None,
    seen: SeenVersion = None,
    as_json: JsonFlag = False,
) -> None:
    """记录一次检索：“不掌握”的答复以此为证。"""
    from assistant.cases.handling import record_search
    from assistant.cases.records import Search

    one = Search(day_of(on), clerk(who), places, terms, found)
    case = change(number, who, seen, lambda session, now: record_search(session, now, one))
    tell(open_office().register, case, as_json, "已记录")


def decide(
    number: Number,
    reasons: Annotated[str, typer.Option(help="理由和依据。")],
    outcome: Annotated[str | None, typer.Option(help="处理结果代码，如 unable.not_held。")] = None,
    road: Annotated[str | None, typer.Option(help="同一结果的哪一种情形；默认第一种。")] = None,
    answers: Annotated[
        Path | None, typer.Option(help="七步引导的回答文件；结果从中得出，卷内须已齐备。")
    ] = None,
    replaces: Annotated[str | None, typer.Option(help="改变以前的结果的理由。")] = None,
    on: OnDate = None,
    who: Who = None,
    seen: SeenVersion = None,
    as_json: JsonFlag = False,
) -> None:
    """记录处理结果：一件申请只有一个，写明是谁决定的。"""
    from assistant.cases.handling import decide as put_decision
    from assistant.cases.records import Decision

    day = day_of(on)
    if (outcome is None) == (answers is None):
        raise InputError("请写 --outcome 或者 --answers 其中一项。")
    code, way = _concluded(answers, day) if answers else (outcome or "", road or "")
    one = Decision(code, way, day, reasons, clerk(who))
    case = change(number, who, seen, lambda session, now: put_decision(session, now, one, replaces))
    tell(open_office().register, case, as_json, "已记录处理结果")


def enclose(
    number: Number,
    file: Annotated[Path, typer.Argument(help="要收存的文件，如扫描件、交邮凭证。")],
    who: Who = None,
    seen: SeenVersion = None,
    as_json: JsonFlag = False,
) -> None:
    """收存附件：原样存入数据目录，登记名称和摘要。"""
    from assistant.cases.enclosures import Enclosure
    from assistant.cases.enclosures import enclose as keep

    try:
        one = Enclosure(file.name, file.read_bytes())
    except OSError as fault:
        raise InputError(f"不能读取：{file}（{fault.strerror}）；请检查路径。") from fault
    folder = open_office().register.enclosures
    case = change(number, who, seen, lambda session, now: keep(session, now, one, folder))
    tell(open_office().register, case, as_json, "已收存")


def dispute(
    number: Number,
    kind: Annotated[
        str | None, typer.Argument(help="review、lawsuit_direct 或者 lawsuit_after_review。")
    ] = None,
    authority: Annotated[str, typer.Option(help="复议机关或者法院。")] = "",
    filed: Annotated[str | None, typer.Option(help="受理（收到）之日。", metavar="DATE")] = None,
    close: Annotated[int | None, typer.Option(help="审结的是哪一件（编号见 case show）。")] = None,
    result: Annotated[str | None, typer.Option(help="upheld、corrected 或者 other。")] = None,
    concluded: Annotated[str | None, typer.Option(help="审结之日。", metavar="DATE")] = None,
    who: Who = None,
    seen: SeenVersion = None,
    as_json: JsonFlag = False,
) -> None:
    """记录对这件申请的行政复议、行政诉讼，或者其结果；年报的第三张表由此得出。"""
    from assistant.cases.closing import Dispute, conclude_dispute, file_dispute

    end = day_of(concluded) if concluded else None
    if close is not None:
        if result is None or end is None:
            raise InputError("记录审结的结果，要写 --result 和 --concluded。")
        case = change(number, who, seen, lambda s, now: conclude_dispute(s, now, close, result, end))
    else:
        if kind is None or filed is None:
            raise InputError("新的复议、诉讼要写类别和 --filed。")
        one = Dispute(kind, authority, day_of(filed), result, end)
        case = change(number, who, seen, lambda session, now: file_dispute(session, now, one))
    tell(open_office().register, case, as_json, "已记录")


def _refuse_idle(event: "Event", asked: str | None, opinion: str | None, outside: str | None) -> None:
    """An option that says nothing of this event would be lost unseen."""
    from assistant.cases.records import REPLIED
    from assistant.cases.telling import ASKS, HEARS

    for name, value, kinds in (
        ("--asked", asked, tuple(ASKS)),
        ("--opinion", opinion, tuple(HEARS)),
        ("--outside", outside, (REPLIED,)),
    ):
        if value and event.kind not in kinds:
            raise InputError(f"{name} 只用于事件 {'、'.join(kinds)}。")


def _concluded(path: Path, day: "date") -> tuple[str, str]:
    """The outcome and road the guided decision leads to. Raises InputError while anything is open."""
    from assistant.triage.answer_file import read_answer_file

    guidance = open_office().guide(read_answer_file(path), day)
    if not guidance.ready or guidance.whole is None or guidance.whole.outcome is None:
        raise InputError(
            f"{path.name} 还没有走到一个处理结果，或者卷内还缺材料；请先用 assistant decide {path.name} 查看。"
        )
    roads = {item.conclusion.road.name for item in guidance.items if item.conclusion}
    alone = len(guidance.items) == 1 and len(roads) == 1
    return guidance.whole.outcome, next(iter(roads)) if alone else ""
