"""A row of a ledger as a case: the letter, what happened, the decision, reviews and suits; or what is wrong with it.

Nothing is guessed: what the row leaves open is a fault, and what is taken from a doubtful word is told.
Basis: 政府信息公开条例第二十九条至第三十六条.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.cases.closing import Dispute
from assistant.cases.ledger_cells import Cells, Place
from assistant.cases.ledger_disputes import disputes_of
from assistant.cases.ledger_headings import APPLICANT, ASKED, RECEIVED
from assistant.cases.ledger_words import WITHDREW, YES
from assistant.cases.records import ARCHIVED, REPLIED, WITHDRAWN, Agent, Applicant, Decision, NewCase
from assistant.errors import InputError
from assistant.law.clock import reckon_clock
from assistant.law.clock_course import Grounds
from assistant.law.clock_events import Event, Filing

FROM_LEDGER = "旧台账补录"

_DAYS = (
    *("correction_notice", "correction_received", "extension", "third_party_sent", "third_party_answered"),
    *("fee_notice", "fee_paid"),
)
_PARTIES = ("third_party_sent", "third_party_answered")
_LETTER = re.compile(rf"^{FROM_LEDGER}；文号：([^；]+)")
_SEVERAL = re.compile(r"[、；;\n]")


@dataclass(frozen=True)
class Happened:
    """An event of the old ledger, and what it says beside it."""

    event: Event
    note: str | None = None


@dataclass(frozen=True)
class Entry:
    """A row that can be imported. `number` is None where the ledger gives none; `notes`: what to look at."""

    place: Place
    number: str | None
    letter: str | None
    case: NewCase
    events: tuple[Happened, ...]
    decision: Decision | None
    disputes: tuple[Dispute, ...]
    notes: tuple[str, ...]


def letter_told(note: str | None) -> str:
    """The document number an imported reply bears in its note; "" where it bears none."""
    found = _LETTER.search(note or "")
    return found[1] if found else ""


def entry_of(cells: Cells, grounds: Grounds, authority: str | None) -> Entry | None:
    """The case of a row; None where it has faults, which the cells then hold.

    `authority`: the review authority of the settings, for a review whose row names none.
    """
    received = cells.day(RECEIVED)
    if received is None:
        cells.needed(RECEIVED, "没有填写；请补写收到申请的日期（条例第三十一条）")
    applicants, asked = (
        _applicants(cells),
        cells.needed(ASKED, "没有填写；请补写申请人要什么信息（条例第二十九条）"),
    )
    channel = cells.read("channel", cells.words.channel) or (None, None)
    cells.notes += [note for note in channel[1:] if note]
    outcome, events = cells.read("outcome", cells.words.outcome), tuple(_events(cells))
    decision = _decision(cells, outcome)
    disputes = disputes_of(cells, authority)
    ended = _ending(cells, outcome)
    events += ended
    if received:
        _check_course(cells, Filing(received, (), channel[0]), events, grounds)
        _check_carried(
            cells, received, next((one.event.on for one in ended if one.event.kind != ARCHIVED), None)
        )
    if cells.faults or received is None:
        return None
    agent = cells.said("agent")
    case = NewCase(received, applicants, asked, channel=channel[0], agent=Agent(agent) if agent else None)
    number, letter = cells.said("number") or None, cells.said("letter") or None
    return Entry(cells.place, number, letter, case, events, decision, disputes, tuple(cells.notes))


def _applicants(cells: Cells) -> tuple[Applicant, ...]:
    """Everybody the cell names; they share the kind, and the first has the contact."""
    words = cells.needed(APPLICANT, "没有填写；请补写姓名或者名称（条例第二十九条）")
    names = [name.strip() for name in _SEVERAL.split(words) if name.strip()]
    if not names:
        return ()
    try:
        kind, note = cells.words.kind(cells.said("kind"), names[0])
    except InputError as fault:
        cells.fault("kind", f"{str(fault).rstrip('。')}，或者在对照文件（--mapping）的 kinds 里写明")
        return ()
    cells.notes += [note] if note else []
    contact = cells.said("contact") or None
    return tuple(Applicant(kind, name, contact if not place else None) for place, name in enumerate(names))


def _events(cells: Cells) -> Iterator[Happened]:
    """What happened on the way, by the columns that hold a day for it."""
    who = cells.said("third_party")
    for key in _DAYS:
        on = cells.day(key)
        if on is None:
            continue
        if key in _PARTIES and not who:
            cells.fault("third_party", f"没有填写；写了{cells.heading(key)}的，请补写向谁征求了意见")
            continue
        days = cells.read("correction_days", _days) if key == "correction_notice" else None
        yield Happened(Event(on, key, who if key in _PARTIES else None, days), FROM_LEDGER)


def _days(words: str) -> int:
    found = re.fullmatch(r"(\d{1,3})\s*(?:个?工作日|日|天)?", words)
    if not found or not int(found[1]):
        raise InputError(f"“{words}”不是天数；请写成工作日的天数，如 10")
    return int(found[1])


def _ending(cells: Cells, outcome: str | None) -> tuple[Happened, ...]:
    """The reply or the withdrawal, and the archive."""
    replied, withdrawn, archived = cells.day("replied"), cells.day("withdrawn"), cells.day("archived")
    if outcome == WITHDREW:
        withdrawn, replied = withdrawn or replied, None
        if withdrawn is None:
            cells.needed("withdrawn", "处理结果写的是撤回，没有撤回的日期；请补写")
    elif withdrawn and (outcome or replied):
        cells.fault("withdrawn", "写了撤回日期，又写了处理结果或者答复日期；一件申请只有一个结果，请留下一种")
    elif replied and outcome is None and not cells.faulty("outcome"):
        cells.fault("outcome", "写了答复日期，没有写处理结果；请补写（年报按处理结果计数）")
    ended = [
        (replied, REPLIED, _reply_note(cells)),
        (withdrawn, WITHDRAWN, FROM_LEDGER),
        (archived, ARCHIVED, None),
    ]
    if archived and not (replied or withdrawn) and outcome is None:
        cells.fault("archived", "还没有答复，也没有撤回，不能归档；请补写答复日期和处理结果，或者清空这一格")
    return tuple(Happened(Event(on, kind), note) for on, kind, note in ended if on)


def _reply_note(cells: Cells) -> str:
    parts = [FROM_LEDGER]
    parts += [f"文号：{cells.said('letter')}"] if cells.said("letter") else []
    parts += [f"备注：{cells.said('note')}"] if cells.said("note") else []
    return "；".join(parts)


def _decision(cells: Cells, outcome: str | None) -> Decision | None:
    """The one outcome, decided on the day the row tells, else the day of the reply."""
    if outcome is None or outcome == WITHDREW:
        return None
    on = cells.day("decided") or cells.day("replied")
    if on is None:
        cells.needed("replied", "写了处理结果，没有答复日期；请补写，或者清空处理结果")
        return None
    reasons = cells.said("reasons") or f"{FROM_LEDGER}，原台账没有写理由和依据"
    road = cells.words.outcomes[outcome].road(None).name
    return Decision(outcome, road, on, reasons, cells.said("by"))


def _check_course(cells: Cells, filing: Filing, events: tuple[Happened, ...], grounds: Grounds) -> None:
    """Whether the days can have followed each other as the clock knows them."""
    own = (WITHDRAWN, ARCHIVED)
    known = tuple(one.event for one in events if one.event.kind not in own)
    try:
        reckon_clock(Filing(filing.received, known, filing.channel), grounds, cells.today)
    except InputError as fault:
        kind = next((one.kind for one in known if str(one.on) in str(fault)), RECEIVED)
        cells.fault(kind, str(fault).rstrip("。"))
    last = filing.received
    for one in events:
        if one.event.kind in own and one.event.on < last:
            cells.fault(one.event.kind, f"早于此前的经过（{last}）；请检查日期")
        last = max(last, one.event.on)
    decided = cells.day("decided")
    if decided and decided < filing.received:
        cells.fault("decided", f"早于收到申请之日 {filing.received}；请检查日期")


def _check_carried(cells: Cells, received: date, ended: date | None) -> None:
    """The ledger's own word on carrying over must agree with its days: the yearly tables go by the days."""
    said = cells.text("carried").lower()
    if not said or "carried" not in cells.sheet.columns.places:
        return
    over = ended is None or ended.year > received.year
    yes = said in YES or "结转" in said.replace("未结转", "").replace("不结转", "")
    if yes and not over:
        cells.fault("carried", f"写的是结转，但收到和办结都在 {received.year} 年；请改正日期，或者清空这一格")
    elif not yes and ended is not None and over:
        cells.fault(
            "carried",
            f"写的是没有结转，但 {received.year} 年收到、{ended.year} 年办结；请改正日期，或者清空这一格",
        )
