"""Four hundred scripted requests: most of one year, some carried into it and some out of it.

Each script is one request from receipt to where it stands today: who asks, what happens on which day, and on which
day it ends in which row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from assistant.cases.records import Agent, Applicant, NewCase
from tests.cases.scripted_acts import (
    Act,
    archived,
    changed,
    decided,
    disputed,
    event,
    opened,
    withdrawn,
)
from tests.cases.scripted_procedures import PROCEDURES, corrected, workday_after

SEED, CASES = 20251231, 400
YEARS = (2024, 2025, 2026)
TODAY = date(2026, 11, 27)
FIRST, LAST = date(2024, 11, 18), date(2026, 1, 31)

KINDS = ("natural_person",) * 6 + (
    "enterprise",
    "enterprise",
    "research",
    "public_benefit",
    "legal_service",
    "other",
)
REPLIED = (
    *("grant", "partial", "refuse.state_secret", "refuse.prohibited_by_law", "refuse.security_stability"),
    *("refuse.third_party", "refuse.internal_affairs", "refuse.deliberative", "refuse.enforcement_file"),
    *("refuse.administrative_query", "unable.not_held", "unable.needs_creation", "unable.still_unclear"),
    *("decline.petition", "decline.repeat", "decline.publication", "decline.excessive", "decline.reconfirm"),
    "other.other",
)
# A review must come first where one of these was decided, so that nobody goes to court directly.
REVIEW_FIRST = tuple(
    code for code in REPLIED if code.startswith("refuse.") and code != "refuse.administrative_query"
)
SUBJECTS = (
    "道路维修合同",
    "拆迁补偿安置方案",
    "低保评议记录",
    "物业备案材料",
    "采购中标结果",
    "养老补贴发放标准",
)


@dataclass(frozen=True)
class Quarrel:
    """A review or a suit as it was meant to go; pending while `concluded` is None."""

    kind: str
    filed: date
    concluded: date | None
    result: str | None


@dataclass(frozen=True)
class Script:
    """One request: its letter, what is done to it, whether its letter goes through the loop, how it must count."""

    new: NewCase
    before: tuple[Act, ...] = ()
    reply: date | None = None
    by_loop: bool = False
    after: tuple[Act, ...] = ()
    closed: date | None = None
    row: str | None = None
    quarrels: tuple[Quarrel, ...] = ()

    @property
    def kind(self) -> str:
        """The kind it counts by: that of the first who asks."""
        return self.new.applicants[0].kind


@dataclass
class Writer:
    """Writes scripts one after the other; the same seed writes the same."""

    chance: Random = field(default_factory=lambda: Random(SEED))

    def letter(self, place: int, received: date) -> NewCase:
        """A letter by one or several people, some with an agent."""
        kind = KINDS[self.chance.randrange(len(KINDS))]
        others = [
            Applicant(self.chance.choice(KINDS), f"同申请人{place}-{n}") for n in range(place % 11 == 0)
        ]
        return NewCase(
            received,
            (Applicant(kind, f"申请人{place}", f"联系地址{place}"), *others),
            f"申请公开云河街道{received.year - 1}年的{SUBJECTS[place % len(SUBJECTS)]}（第{place}号）。",
            channel=("in_person", "online", "signed_post")[place % 3],
            agent=Agent("某律师事务所", None, "授权委托书") if place % 13 == 0 else None,
        )

    def answered(self, place: int, received: date, outcome: str) -> Script:
        """A request that is answered, by one of the procedures in turn."""
        events, start = PROCEDURES[place % len(PROCEDURES)](received)
        if outcome == "unable.still_unclear":
            events, start = corrected(received)
        replied = workday_after(start, self.chance.randint(2, 9))
        road = "elsewhere" if outcome == "unable.not_held" and place % 2 else ""
        choice = [decided(outcome, replied, road)]
        if place % 17 == 0:
            choice = [decided("other.other", replied), changed(outcome, replied, "复核后发现适用有误")]
        after = [archived(workday_after(replied, 3))] if place % 3 == 1 else []
        quarrels = self.quarrels(place, outcome, replied)
        return Script(
            self.letter(place, received),
            (*events, *choice),
            replied,
            place % 6 == 0,
            (*after, *(disputed(one.kind, one.filed, one.concluded, one.result) for one in quarrels)),
            replied,
            outcome,
            quarrels,
        )

    def quarrels(self, place: int, outcome: str, replied: date) -> tuple[Quarrel, ...]:
        """Every fifth answer is fought over: by review, by review and suit, or by suit at once where the law lets it."""
        if place % 5:
            return ()
        results = ("upheld", "corrected", "other", None)
        way, result = place // 5 % 3, results[(place // 5 + place // 60) % 4]
        filed = replied + timedelta(days=self.chance.randint(5, 50))
        if way == 0 and outcome not in REVIEW_FIRST:
            return (self.quarrel("lawsuit_direct", filed, result),)
        if way == 1:
            review = self.quarrel("review", filed, "upheld")
            then = (review.concluded or TODAY) + timedelta(days=12)
            return (review, self.quarrel("lawsuit_after_review", then, result))
        return (self.quarrel("review", filed, result),)

    def quarrel(self, kind: str, filed: date, result: str | None) -> Quarrel:
        """One review or suit, concluded after some weeks unless it hangs or the weeks are not yet over."""
        filed = min(filed, TODAY)
        concluded = filed + timedelta(days=self.chance.randint(30, 120))
        ended = result is not None and concluded <= TODAY
        return Quarrel(kind, filed, concluded, result) if ended else Quarrel(kind, filed, None, None)


def abandoned(letter: NewCase, fee: bool, decide_after: int | None) -> Script:
    """Nobody corrects, nobody pays: it ends on the last day of the period, once somebody has decided so."""
    received = letter.received_on
    notice = workday_after(received, 5)
    if fee:
        end, acts, row = workday_after(notice, 20), [event(notice, "fee_notice")], "other.fee_unpaid"
    else:
        end = workday_after(notice, 10)
        acts, row = [event(notice, "correction_notice", days=10)], "other.no_correction"
    if decide_after is None:
        return Script(letter, tuple(acts))
    day = workday_after(end, decide_after)
    closing = (decided(row, day), archived(workday_after(day, 2)))
    return Script(letter, (*acts, *closing), closed=end, row=row)


def taken_back(letter: NewCase, asked_first: bool) -> Script:
    """The applicant withdraws, before or after being asked to correct."""
    received = letter.received_on
    acts = [event(workday_after(received, 3), "correction_notice", days=10)] if asked_first else []
    day = workday_after(received, 6)
    return Script(letter, (*acts, withdrawn(day)), closed=day, row="other.other")


def still_open(letter: NewCase, place: int) -> Script:
    """Nothing has ended it by today: it runs, or waits for a correction, a third party or a payment."""
    received = letter.received_on
    day = workday_after(received, 2)
    waiting = (
        (),
        (event(day, "correction_notice", days=15),),
        (opened("third_party", "某建设公司", day),),
        (event(day, "fee_notice"),),
    )
    return Script(letter, waiting[place % 4])


def write_scripts(number: int = CASES) -> list[Script]:
    """The scripts by day of receipt: every outcome by every procedure, and what happens at the turn of a year."""
    writer = Writer()
    scripts = [*_turns_of_year(writer)]
    while len(scripts) < number - 24:
        place = len(scripts)
        received = FIRST + timedelta(days=writer.chance.randrange((LAST - FIRST).days))
        scripts.append(_one(writer, place, received))
    for place in range(24):
        letter = writer.letter(number - 24 + place, TODAY - timedelta(days=20 - place % 12))
        scripts.append(still_open(letter, place))
    return sorted(scripts, key=lambda one: one.new.received_on)


def _one(writer: Writer, place: int, received: date) -> Script:
    """Of ten requests eight are answered; one is abandoned or withdrawn; of the abandoned some wait for a decision."""
    if place % 10 == 8:
        return abandoned(writer.letter(place, received), place // 10 % 2 == 1, (0, 3, 25)[place % 3])
    if place % 10 == 9:
        return taken_back(writer.letter(place, received), place // 10 % 2 == 1)
    return writer.answered(place, received, REPLIED[place % len(REPLIED)])


def _turns_of_year(writer: Writer) -> Iterator[Script]:
    """The last and the first days of the years, each meaning something else."""
    for place, (received, replied) in enumerate(
        (
            (date(2024, 12, 31), date(2025, 1, 2)),
            (date(2024, 12, 20), date(2024, 12, 31)),
            (date(2025, 1, 1), date(2025, 1, 10)),
            (date(2025, 12, 31), date(2026, 1, 4)),
            (date(2025, 12, 5), date(2025, 12, 31)),
            (date(2025, 12, 22), date(2026, 1, 1)),
        )
    ):
        acts = (decided("grant", replied),)
        yield Script(writer.letter(place, received), acts, replied, False, (), replied, "grant")
    # The period of a correction ends on the last working day of 2025, on the first of 2026, or later.
    for place, received in enumerate((date(2025, 12, 9), date(2025, 12, 10), date(2025, 12, 25)), start=6):
        yield abandoned(writer.letter(place, received), False, decide_after=15)
    yield abandoned(writer.letter(9, date(2025, 11, 27)), True, decide_after=4)
    yield abandoned(writer.letter(10, date(2025, 12, 3)), True, decide_after=4)
    # Given up by silence, and nobody has decided: carried on from year to year.
    yield abandoned(writer.letter(11, date(2025, 5, 6)), False, decide_after=None)
    yield abandoned(writer.letter(12, date(2025, 12, 15)), True, decide_after=None)
