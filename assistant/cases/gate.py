"""The gate before an approval: what the machine refuses to let be signed, unless a named person lets it go.

The letter is judged as it would go out: with a number in its place and the day of its signing.
Basis: 政府信息公开条例第三十三条、第三十六条; 行政复议法第四十四条 (the organ answers for what it signs).
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.cases.records import Case, Detail
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.drafting.verdict import Override, Verdict

# A case, the words of its letter and the day it is signed → what the gate says of it.
Gate = Callable[[Case, str, date], "Verdict"]

# What the events of a case tell a letter's facts (corpus/letters/slots.yaml), the last of each kind.
_TOLD = {
    "correction_notice": "correction_notice_on",
    "correction_received": "corrected_on",
    "extension": "extended_on",
    "third_party_sent": "consulted_on",
    "fee_notice": "fee_notice_on",
    "reasons_asked": "reasons_notice_on",
}
_MOST_TOLD = 5


def facts_of_case(case: Case, on: date) -> dict[str, Any]:
    """What the register knows of a case that its letter may not say otherwise."""
    told = {_TOLD[one.event.kind]: one.event.on for one in case.standing if one.event.kind in _TOLD}
    return {"applicant": case.applicants[0].name, "received_on": case.received_on, "replied_on": on, **told}


def letter_of_case(case: Case) -> str:
    """The request as a letter by the people the register names, so that their own data count as theirs."""
    people = [f"申请人：{one.name}\n联系方式：{one.contact or ''}" for one in case.applicants]
    return "\n".join([*people, *([f"代理人：{case.agent.name}"] if case.agent else []), case.words])


def pass_gate(verdict: "Verdict", override: "Override | None", draft: int) -> Detail:
    """What the trail keeps of the verdict. Raises InputError where it refuses and nobody lets the letter go."""
    judged = verdict.let_go(override) if override else verdict
    errors = [one.message for one in judged.errors]
    if not judged.may_go:
        more = f"；还有{len(errors) - _MOST_TOLD}处" if len(errors) > _MOST_TOLD else ""
        raise InputError(
            f"第 {draft} 稿核对不通过，不能批准：{'；'.join(one.rstrip('。') for one in errors[:_MOST_TOLD])}{more}。"
            "请退回重新起草；确需照此发出的，写明放行人的姓名和理由（--override、--reason），并留下记录。"
        )
    found: Detail = {"passes": judged.passes}
    if override:
        found |= {"override": override.to_json(), "errors": errors}
    return found
