"""The loop of a reply: drafted, checked for secrets and privacy, reviewed, approved, numbered. Nothing skips a step.

A returned draft goes no further: a new one is written and starts over. Whoever drafted it neither reviews nor
approves it. Basis: 政府信息公开条例第十七条、第四十五条.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from assistant.cases import schema
from assistant.cases.gate import pass_gate
from assistant.cases.numbers import next_number, require_letter_series
from assistant.cases.reading import load_case_by_id
from assistant.cases.records import Case, Detail, Seen
from assistant.cases.register import Session
from assistant.errors import InputError, NotAllowed

if TYPE_CHECKING:
    from assistant.drafting.verdict import Override

STEPS = {"secrecy": "保密和隐私审查", "review": "合法性审查", "approve": "批准"}
GAP = "【待补"

_LAST = "approve"
_BY_ANOTHER = ("review", _LAST)
_OPEN_NUMBER = re.compile(r"【待补：文号[^】]*】")


@dataclass(frozen=True)
class Draft:
    """One version of the reply in the register; `prompt_hash` where a model had a hand in its words."""

    id: int
    place: int
    outcome: str
    words: str
    drafted_by: str


@dataclass(frozen=True)
class Step:
    """One step of the loop over a draft: passed or returned, on which day, with what to say.

    `override`: who lets the letter be approved though the gate refuses it, and why.
    """

    step: str
    passed: bool
    on: date
    note: str = ""
    override: "Override | None" = None


@dataclass(frozen=True)
class Given:
    """A step as it was given."""

    step: Step
    given_by: str


@dataclass(frozen=True)
class Letter:
    """The final text with its number, as it goes out."""

    number: str
    issued: date
    words: str


def draft_reply(session: Session, seen: Seen, words: str, prompt_hash: str | None = None) -> Case:
    """A reply for the decided outcome. The one before it, if any, goes no further."""
    if not words.strip():
        raise InputError("答复的文稿是空的。")
    digest = sha256(words.encode()).hexdigest()
    detail: Detail = {"digest": digest, "prompt_hash": prompt_hash}
    with session.changing(seen, "draft", detail) as case_id:
        case = load_case_by_id(session.connection, case_id)
        if case.decision is None:
            raise InputError(f"案件 {case.number} 还没有处理结果，请先用 case decide，再起草答复。")
        before = latest_draft(session.connection, case_id)
        if before and _letter_of(session, before) is not None:
            raise InputError(f"案件 {case.number} 已有定稿，不能再起草。")
        session.add(
            schema.drafts,
            case_id=case_id,
            place=before.place + 1 if before else 1,
            outcome=case.decision.outcome,
            words=words,
            digest=digest,
            drafted_by=session.actor.name,
            prompt_hash=prompt_hash,
        )
    return load_case_by_id(session.connection, case_id)


def give_step(session: Session, seen: Seen, step: Step) -> Case:
    """A step of the loop over the latest draft, in its order, by somebody who may.

    Raises NotAllowed where the drafter would review or approve, InputError where an earlier step is missing or the
    gate refuses a letter that nobody lets go.
    """
    if step.step not in STEPS:
        raise InputError(f"不认识的步骤“{step.step}”，可用：{'、'.join(STEPS)}。")
    if not step.passed and not step.note.strip():
        raise InputError("退回文稿要写明理由。")
    detail: Detail = {"on": step.on.isoformat(), "passed": step.passed}
    with session.changing(seen, step.step, detail) as case_id:
        draft = _require_draft(session, case_id, seen)
        detail["draft"] = draft.place
        _require_another(session, draft, step, detail)
        _require_turn(given_steps(session, draft), step, draft)
        _judge(session, case_id, draft, step, detail)
        session.add(
            schema.approvals,
            case_id=case_id,
            draft_id=draft.id,
            step=step.step,
            passed=int(step.passed),
            given_on=step.on.isoformat(),
            given_by=session.actor.name,
            note=step.note.strip(),
        )
    return load_case_by_id(session.connection, case_id)


def issue(session: Session, seen: Seen, on: date) -> Letter:
    """The approved draft gets its number in the office's series and becomes final.

    Raises InputError while a step is missing, a gap is open, the decision has changed, or no series is set.
    """
    series = require_letter_series(session.rules.letter_series)
    detail: Detail = {"on": on.isoformat()}
    with session.changing(seen, "issue", detail) as case_id:
        draft = _require_draft(session, case_id, seen)
        _require_ready(session, load_case_by_id(session.connection, case_id), draft)
        number = next_number(session.connection, series, on.year)
        words = final_words(draft.words, series, number, _signed(session.connection, draft.id))
        detail |= {"number": number, "draft": draft.place}
        session.add(
            schema.letters,
            case_id=case_id,
            draft_id=draft.id,
            number=number,
            issued=on.isoformat(),
            digest=sha256(words.encode()).hexdigest(),
        )
    return Letter(number, on, words)


def numbered(words: str, series: str, number: str) -> str:
    """The text of a draft with its number where the draft left the place open."""
    return _OPEN_NUMBER.sub(number, words.replace(series, number))


def final_words(words: str, series: str, number: str, signed: date | None) -> str:
    """The text as it goes out: with its number, and dated on the day it was signed. Basis: GB/T 9704-2012 第7.3.5.4条."""
    from assistant.drafting.final_text import dated

    return numbered(dated(words, signed) if signed else words, series, number)


def as_signed(words: str, series: str | None, on: date) -> str:
    """A draft as it would go out if it were signed on a day: what is judged before it is approved."""
    first = series.replace("{year}", str(on.year)).replace("{number}", "1") if series else ""
    return final_words(words, series, first, on) if series else words


def final_letter(connection: Connection, case_number: str, series: str | None) -> Letter:
    """The final text of a case's reply. Raises InputError before it is reviewed, approved and numbered."""
    letters, drafts, cases = schema.letters, schema.drafts, schema.cases
    asked = (
        select(letters.c.number, letters.c.issued, letters.c.digest, letters.c.draft_id, drafts.c.words)
        .join(drafts, drafts.c.id == letters.c.draft_id)
        .join(cases, cases.c.id == letters.c.case_id)
        .where(cases.c.number == case_number)
        .order_by(letters.c.id.desc())
        .limit(1)
    )
    row = connection.execute(asked).first()
    if row is None:
        raise InputError(f"案件 {case_number} 还没有经审查、批准的定稿，不能导出答复书（case approve）。")
    # A letter of an earlier edition of the program bears the date it was drafted with.
    for signed in (_signed(connection, row.draft_id), None):
        words = final_words(row.words, require_letter_series(series), row.number, signed)
        if sha256(words.encode()).hexdigest() == row.digest:
            return Letter(row.number, date.fromisoformat(row.issued), words)
    raise InputError(
        f"案件 {case_number} 定稿 {row.number} 的文字与定稿时的摘要不符。"
        "请核对 document_series 是否改过，并运行 assistant case audit。"
    )


def latest_draft(connection: Connection, case_id: int) -> Draft | None:
    """The last version of the reply."""
    drafts = schema.drafts
    asked = select(drafts).where(drafts.c.case_id == case_id).order_by(drafts.c.place.desc()).limit(1)
    row = connection.execute(asked).first()
    if row is None:
        return None
    return Draft(row.id, row.place, row.outcome, row.words, row.drafted_by)


def given_steps(session: Session, draft: Draft) -> tuple[Given, ...]:
    """The steps given over a draft, in order."""
    approvals = schema.approvals
    asked = select(approvals).where(approvals.c.draft_id == draft.id).order_by(approvals.c.id)
    return tuple(
        Given(
            Step(row.step, bool(row.passed), date.fromisoformat(row.given_on), row.note),
            row.given_by,
        )
        for row in session.connection.execute(asked)
    )


def _letter_of(session: Session, draft: Draft) -> str | None:
    letters = schema.letters
    return session.connection.execute(select(letters.c.number).where(letters.c.draft_id == draft.id)).scalar()


def _require_draft(session: Session, case_id: int, seen: Seen) -> Draft:
    draft = latest_draft(session.connection, case_id)
    if draft is None:
        raise InputError(f"案件 {seen.number} 还没有答复的文稿。")
    number = _letter_of(session, draft)
    if number:
        raise InputError(f"案件 {seen.number} 的文稿已经定稿（{number}）。")
    return draft


def _judge(session: Session, case_id: int, draft: Draft, step: Step, detail: Detail) -> None:
    """What is approved has passed the gate as it will go out, or a named person lets it go."""
    if step.step != _LAST or not step.passed or session.rules.gate is None:
        return
    words = as_signed(draft.words, session.rules.letter_series, step.on)
    case = load_case_by_id(session.connection, case_id)
    detail["gate"] = pass_gate(session.rules.gate(case, words, step.on), step.override, draft.place)


def _signed(connection: Connection, draft_id: int) -> date | None:
    """The day on which a draft was approved."""
    approvals = schema.approvals.c
    asked = select(approvals.given_on).where(
        approvals.draft_id == draft_id, approvals.step == _LAST, approvals.passed == 1
    )
    given = connection.execute(asked).scalar()
    return date.fromisoformat(given) if given else None


def _require_another(session: Session, draft: Draft, step: Step, detail: Detail) -> None:
    """The four-eyes rule; where a tiny office has set it aside, the entry says that the drafter did it."""
    if step.step not in _BY_ANOTHER or session.actor.name != draft.drafted_by:
        return
    if session.rules.staff.four_eyes:
        raise NotAllowed(
            f"第 {draft.place} 稿是{draft.drafted_by}起草的，“{STEPS[step.step]}”须由另一人办理。"
            "确实只有一人的机关，可设置 register.four_eyes = false，每次都会记入审计记录。"
        )
    detail["four_eyes"] = f"本机关不分人：起草人{draft.drafted_by}自行办理"


def _require_turn(given: Sequence[Given], step: Step, draft: Draft) -> None:
    """Every step before it passed, itself not yet given."""
    for one in given:
        if not one.step.passed:
            raise InputError(
                f"第 {draft.place} 稿已被{one.given_by}退回（{STEPS[one.step.step]}：{one.step.note}），请重新起草。"
            )
    done = [one.step.step for one in given]
    if step.step in done:
        raise InputError(f"第 {draft.place} 稿已经办过“{STEPS[step.step]}”。")
    missing = [name for key, name in list(STEPS.items())[: list(STEPS).index(step.step)] if key not in done]
    if missing:
        raise InputError(f"第 {draft.place} 稿还没有办“{missing[0]}”，不能办“{STEPS[step.step]}”。")


def _require_ready(session: Session, case: Case, draft: Draft) -> None:
    passed = [one.step.step for one in given_steps(session, draft) if one.step.passed]
    missing = [name for key, name in STEPS.items() if key not in passed]
    if missing:
        raise InputError(f"案件 {case.number} 第 {draft.place} 稿还没有通过“{missing[0]}”，不能定稿。")
    if case.decision is None or case.decision.outcome != draft.outcome:
        raise InputError(f"案件 {case.number} 的处理结果在起草之后改变了，请重新起草。")
    if GAP in _OPEN_NUMBER.sub("", draft.words):
        raise InputError(f"第 {draft.place} 稿里还有没补的事实（{GAP}…】），请补齐后重新起草。")
