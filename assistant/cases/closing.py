"""How a case ends: the reply is served, the applicant withdraws, the file is archived; reviews and suits follow.

Basis: 政府信息公开条例第三十三条、第四十五条、第五十条.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from assistant.cases import schema
from assistant.cases.handling import put_event
from assistant.cases.reading import load_case_by_id
from assistant.cases.records import ARCHIVED, REPLIED, WITHDRAWN, Case, Seen
from assistant.cases.register import Session
from assistant.cases.standing import lapsed_on
from assistant.errors import InputError
from assistant.law.clock_events import Event

DISPUTES = {"review": "行政复议", "lawsuit_direct": "未经复议直接起诉", "lawsuit_after_review": "复议后起诉"}
RESULTS = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果"}


@dataclass(frozen=True)
class Dispute:
    """A review or a suit over a case. `result` and `concluded` stay None while it is pending."""

    kind: str
    authority: str
    filed: date
    result: str | None = None
    concluded: date | None = None
    note: str | None = None


def reply(session: Session, seen: Seen, on: date, outside: str | None = None) -> Case:
    """The reply was posted or signed for on that day; the clock stops there.

    It needs a decision, and a letter issued through review and approval. `outside`: why it went out without this
    register's letter (a ledger entered afterwards, a reply signed on paper); the trail keeps the reason.
    """
    detail = {"on": on.isoformat(), "outside": (outside or "").strip() or None}
    with session.changing(seen, "reply", detail) as case_id:
        case = load_case_by_id(session.connection, case_id)
        if case.decision is None:
            raise InputError(f"案件 {case.number} 还没有处理结果，不能记为已答复。请先用 case decide。")
        if not detail["outside"]:
            _require_letter(session, case, on)
        put_event(session, case_id, Event(on, REPLIED), detail["outside"])
    return load_case_by_id(session.connection, case_id)


def withdraw(session: Session, seen: Seen, on: date, note: str) -> Case:
    """The applicant takes the request back; it ends without a reply and still counts (corpus/rules/counting.yaml)."""
    if not note.strip():
        raise InputError("撤回申请要写明凭据，如“申请人书面撤回，附件2”。")
    with session.changing(seen, "withdraw", {"on": on.isoformat()}) as case_id:
        put_event(session, case_id, Event(on, WITHDRAWN), note.strip())
    return load_case_by_id(session.connection, case_id)


def archive(session: Session, seen: Seen, on: date) -> Case:
    """The file is closed. Raises InputError while the case is still open. Basis: 条例第四十五条."""
    with session.changing(seen, "archive", {"on": on.isoformat()}) as case_id:
        case = load_case_by_id(session.connection, case_id)
        if not _ended(session, case, on):
            raise InputError(f"案件 {case.number} 还没有办结（没有答复，也没有撤回），不能归档。")
        put_event(session, case_id, Event(on, ARCHIVED))
    return load_case_by_id(session.connection, case_id)


def file_dispute(session: Session, seen: Seen, dispute: Dispute) -> int:
    """A review or suit over the case began, or an old one is entered; its id in the register.

    Basis: 条例第五十条; 国办公开办函〔2021〕30号 (table three).
    """
    _check_dispute(session, dispute)
    with session.changing(
        seen, "dispute", {"kind": dispute.kind, "filed": dispute.filed.isoformat()}
    ) as case:
        return session.add(
            schema.disputes,
            case_id=case,
            kind=dispute.kind,
            authority=dispute.authority.strip(),
            filed=dispute.filed.isoformat(),
            result=dispute.result,
            concluded=dispute.concluded.isoformat() if dispute.concluded else None,
            note=dispute.note,
        )


def conclude_dispute(session: Session, seen: Seen, dispute_id: int, result: str, on: date) -> None:
    """The authority or court has decided. Raises InputError for a dispute there is not, or one concluded."""
    with session.changing(seen, "dispute", {"concluded": on.isoformat(), "result": result}) as case_id:
        disputes = schema.disputes
        this = (disputes.c.id == dispute_id, disputes.c.case_id == case_id)
        row = session.connection.execute(select(disputes).where(*this)).first()
        if row is None or row.result:
            raise InputError(f"案件 {seen.number} 没有编号为 {dispute_id} 的未结复议、诉讼。")
        filed = date.fromisoformat(row.filed)
        _check_dispute(session, Dispute(row.kind, row.authority, filed, result, on))
        ended = update(disputes).where(*this).values(result=result, concluded=on.isoformat())
        session.connection.execute(ended)


def _ended(session: Session, case: Case, on: date) -> bool:
    """Answered, withdrawn, or given up by silence and decided as such."""
    if case.day_of(REPLIED) or case.day_of(WITHDRAWN):
        return True
    return case.decision is not None and lapsed_on(case.filing, session.rules.grounds, on) is not None


def _require_letter(session: Session, case: Case, on: date) -> None:
    letters, drafts = schema.letters, schema.drafts
    asked = (
        select(letters.c.number, letters.c.issued, drafts.c.outcome)
        .join(drafts, drafts.c.id == letters.c.draft_id)
        .where(letters.c.case_id == case.id)
        .order_by(letters.c.id.desc())
        .limit(1)
    )
    row = session.connection.execute(asked).first()
    if row is None:
        raise InputError(
            f"案件 {case.number} 还没有经审查、批准的定稿，不能记为已答复。请先起草、审查、批准、编号（case approve）；"
            "不是用本程序签发的，请写明原因（--outside）。"
        )
    if case.decision and row.outcome != case.decision.outcome:
        raise InputError(f"定稿 {row.number} 写的处理结果与现在的决定不同，请重新起草。")
    if on < date.fromisoformat(row.issued):
        raise InputError(f"答复之日 {on} 早于定稿 {row.number} 的日期 {row.issued}。请检查日期。")


def _check_dispute(session: Session, dispute: Dispute) -> None:
    for value, known, name in ((dispute.kind, DISPUTES, "类别"), (dispute.result, RESULTS, "结果")):
        if value is not None and value not in known:
            names = "、".join(f"{key}（{label}）" for key, label in known.items())
            raise InputError(f"不认识的复议、诉讼{name}“{value}”，可用：{names}。")
    if not dispute.authority.strip():
        raise InputError("请写明复议机关或者法院的名称。")
    if (dispute.result is None) != (dispute.concluded is None):
        raise InputError("审结的复议、诉讼要同时写明结果和审结的日期。")
    days = [dispute.filed, *([dispute.concluded] if dispute.concluded else []), session.at.date()]
    if days != sorted(days):
        raise InputError("复议、诉讼的日期前后不对：收到在先，审结在后，都不晚于今天。请检查日期。")
