"""Kept long enough, a case loses its people and words; the yearly tables and the audit trail stay whole."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text, update
from sqlalchemy.event import listen

from assistant.cases import sweeping
from assistant.cases.append_only import guard_lifted
from assistant.cases.closing import Dispute, archive, file_dispute, reply
from assistant.cases.copies import back_up, restore
from assistant.cases.copy_forms import incoming
from assistant.cases.database import Database
from assistant.cases.enclosures import Enclosure, enclose
from assistant.cases.erasing import GONE, KEPT, PARTIES, WORDS, erase
from assistant.cases.handling import consult, decide, record_opinion, record_search, strike_event
from assistant.cases.letters import draft_reply
from assistant.cases.reading import load_case
from assistant.cases.receiving import receive
from assistant.cases.records import Agent, Applicant, Case, Consultation, Decision, Search
from assistant.cases.register import Register
from assistant.cases.retention import erasable, years_before
from assistant.cases.schema import METADATA, audit_entries, drafts, events
from assistant.cases.schema import WORDS as WORDY
from assistant.cases.sweeping import sweep
from assistant.errors import InputError, RegisterFault
from assistant.pipeline import Assistant
from tests.cases.conftest import Opened
from tests.cases.postgres import on_sqlite
from tests.cases.steps import OUTSIDE, answered, letter
from tests.cases.test_copies import yearbook

YEARS = 2
# What must be gone afterwards, every byte of it.
SECRETS = (
    "柳小青",
    "13911112222",
    "陈大砚",
    "委托书三号",
    "王寡妇门前的路",
    "杜老三",
    "我不同意公开",
    "甲柜乙格",
    "柳小青身份证.jpg",
    "照片里的字节",
    "答复柳小青的话",
    "因其所求甚明",
    "柳小青来电更正",
)


def filled(register: Register) -> Case:
    """A case in which every table holds words, archived in January 2024."""
    with register.writing("罗敏") as session:
        new = replace(
            letter(date(2023, 11, 1), "enterprise"),
            applicants=(Applicant("natural_person", "柳小青", "13911112222"),),
            words="申请公开王寡妇门前的路的合同。",
            items=("王寡妇门前的路的合同",),
            agent=Agent("陈大砚", "13911112222", "委托书三号"),
        )
        case = receive(session, new)
        asked = Consultation("third_party", "杜老三", "王寡妇门前的路的合同可否公开")
        case = consult(session, case.seen, asked, date(2023, 11, 6))
        wrong = case.events[-1].id
        case = strike_event(session, case.seen, wrong, "柳小青来电更正")
        case = consult(session, case.seen, asked, date(2023, 11, 7))
        case = record_opinion(
            session, case.seen, replace(asked, opinion="我不同意公开", agrees=False), date(2023, 11, 20)
        )
        case = record_search(
            session, case.seen, Search(date(2023, 11, 21), "罗敏", "甲柜乙格", "王寡妇门前的路", "一份")
        )
        case = decide(
            session, case.seen, Decision("refuse.third_party", "", date(2023, 12, 1), "因其所求甚明", "罗敏")
        )
        case = draft_reply(session, case.seen, "答复柳小青的话")
        case = enclose(
            session, case.seen, Enclosure("柳小青身份证.jpg", "照片里的字节".encode()), register.enclosures
        )
        case = reply(session, case.seen, date(2023, 12, 5), OUTSIDE)
        return archive(session, case.seen, date(2024, 1, 10))


def erased(register: Register, case: Case, why: str = "保存年限届满，经鉴定销毁") -> Case:
    """The case erased by 罗敏."""
    with register.writing("罗敏") as session:
        return erase(session, case.seen, why, YEARS)


def bytes_of(folder: Path) -> bytes:
    """Every byte of every file under the data folder, and the names."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return b"\n".join(str(path).encode() + path.read_bytes() for path in files)


def all_words(register: Register) -> str:
    """Every word of every table, as a question to the database finds them."""
    with register.reading() as view:
        rows = [str(row) for table in METADATA.tables.values() for row in view.execute(select(table))]
    return "\n".join(rows)


def test_people_and_words_go_and_what_is_counted_stays(register: Register, assistant: Assistant) -> None:
    """Not one of the secrets in any table; every table of every year as it was; the chain holds."""
    case = filled(register)
    with register.writing("罗敏") as session:
        answered(session, letter(date(2023, 10, 9)), "grant", date(2023, 10, 20))
    before = [yearbook(register, assistant, year).cells for year in (2023, 2024)]
    assert all(secret in all_words(register) for secret in SECRETS if "字节" not in secret)
    erased(register, case)
    assert [] == [secret for secret in SECRETS if secret in all_words(register)]
    assert before == [yearbook(register, assistant, year).cells for year in (2023, 2024)]
    assert register.verify().broken is None


def test_the_course_of_the_case_can_still_be_read(register: Register) -> None:
    """Its days, kinds and outcome; the third party keeps a number, the same in event and consultation."""
    case = filled(register)
    after = erased(register, case)
    assert [(one.event.on, one.event.kind, bool(one.struck_why)) for one in case.events] == [
        (one.event.on, one.event.kind, bool(one.struck_why)) for one in after.events
    ]
    assert {"第三方1（已清除）"} == {one.event.who for one in after.standing if "third" in one.event.kind}
    assert ["第三方1（已清除）"] == [one.who for one in after.consultations]
    assert (case.decision and case.decision.outcome, "", "natural_person") == (
        after.decision and after.decision.outcome,
        after.words,
        after.applicants[0].kind,
    )


def test_the_entry_tells_who_why_and_what_can_no_longer_be_recomputed(register: Register) -> None:
    """Earlier entries keep who, when and what was done; the erasing names each of them."""
    case = filled(register)
    erased(register, case)
    with register.reading() as view:
        rows = view.execute(select(audit_entries).order_by(audit_entries.c.seq)).all()
    last = json.loads(rows[-1].detail)
    assert ("erase", "罗敏", "保存年限届满，经鉴定销毁", 1) == (
        rows[-1].action,
        rows[-1].who,
        last["why"],
        last["enclosures"],
    )
    assert [str(row.seq) for row in rows[:-1]] == sorted(last["entries"], key=int)
    assert all(json.loads(row.detail)["erased"] for row in rows[:-1])
    assert "refuse.third_party" in {json.loads(row.detail).get("outcome") for row in rows}


@contextmanager
def behind_its_back(register: Register) -> Iterator[Connection]:
    """Somebody who takes the guard off."""
    with register.database.writing() as connection, guard_lifted(connection):
        yield connection


@pytest.mark.parametrize("column", ["at", "who", "roles", "action", "detail", "state", "previous", "digest"])
@on_sqlite
def test_what_is_left_of_an_entry_cannot_be_changed_unseen(register: Register, column: str) -> None:
    """Whatever the column, the entry is named."""
    erased(register, filled(register))
    with behind_its_back(register) as connection:
        said = audit_entries.c[column]
        connection.execute(update(audit_entries).where(audit_entries.c.seq == 3).values({column: said + "x"}))
    assert "第 3 条" in (register.verify().broken or "")


@on_sqlite
def test_an_entry_nobody_erased_is_not_excused(register: Register) -> None:
    """Shortened by somebody else, it breaks the chain."""
    filled(register)
    with behind_its_back(register) as connection:
        connection.execute(
            update(audit_entries).where(audit_entries.c.seq == 2).values(detail='{"erased": true}')
        )
    assert "第 2 条" in (register.verify().broken or "")


@on_sqlite
def test_not_a_byte_of_it_is_left_in_the_files(register: Register) -> None:
    """Register, log and folder of enclosures; a file another case names stays."""
    case = filled(register)
    with register.writing("罗敏") as session:
        other = receive(session, letter(date(2026, 10, 9)))
        enclose(session, other.seen, Enclosure("地图.jpg", b"shared"), register.enclosures)
        second = answered(session, letter(date(2023, 10, 9)), "grant", date(2023, 10, 20))
        enclose(session, second.seen, Enclosure("地图.jpg", b"shared"), register.enclosures)
    folder = register.enclosures.parent
    assert all(secret.encode() in bytes_of(folder) for secret in SECRETS)
    erased(register, case)
    assert 1 == sweep(register)
    assert [] == [secret for secret in SECRETS if secret.encode() in bytes_of(folder)]
    assert b"shared" in bytes_of(folder)
    assert register.verify().broken is None


@pytest.fixture
def impatient(register: Register) -> Register:
    """A register whose program waits for nobody."""
    listen(register.database.engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout = 50"))
    return register


@on_sqlite
@pytest.mark.parametrize("hold", ["reading", "writing"])
def test_a_sweep_that_another_program_hinders_is_told(impatient: Register, hold: str) -> None:
    """What was erased stays erased; the sweep can be done again."""
    case = filled(impatient)
    with impatient.reading() as view:
        load_case(view, case.number)
        erased(impatient, case)
        if hold == "reading":
            with pytest.raises(RegisterFault, match="--sweep"):
                sweep(impatient)
    if hold == "writing":
        rewrite = sweeping._rewrite_file

        def held(database: Database) -> bool:
            with database.writing():
                return rewrite(database)

        with pytest.MonkeyPatch.context() as patch, pytest.raises(RegisterFault, match="--sweep"):
            patch.setattr(sweeping, "_rewrite_file", held)
            sweep(impatient)
    assert 0 == sweep(impatient)
    assert b"13911112222" not in bytes_of(impatient.enclosures.parent)


def test_tables_of_a_server_are_written_anew(register: Register) -> None:
    """Dead rows are not left behind: the tables hold as much as they show."""
    case = filled(register)
    erased(register, case)
    assert 1 == sweep(register)
    with register.reading() as view:
        if view.dialect.name == "postgresql":
            dead = view.execute(text("SELECT pg_relation_size('requests'), pg_relation_size('drafts')")).one()
            assert max(dead) <= 8192
    assert register.verify().broken is None


@pytest.mark.parametrize(
    ("archived", "filed", "concluded", "on", "expected"),
    [
        (date(2024, 1, 10), None, None, date(2026, 1, 10), False),
        (date(2024, 1, 10), None, None, date(2026, 1, 11), True),
        (date(2024, 1, 10), date(2024, 2, 1), None, date(2026, 11, 27), False),
        (date(2024, 1, 10), date(2024, 2, 1), date(2024, 3, 1), date(2026, 3, 1), False),
        (date(2024, 1, 10), date(2024, 2, 1), date(2024, 3, 1), date(2026, 3, 2), True),
        (None, None, None, date(2026, 11, 27), False),
    ],
)
@on_sqlite
def test_a_case_is_kept_whole_years_after_its_last_end(
    register: Register,
    archived: date | None,
    filed: date | None,
    concluded: date | None,
    on: date,
    expected: bool,
) -> None:
    """Two years after it was archived, and after the last review or suit over it."""
    with register.writing("罗敏") as session:
        case = answered(session, letter(date(2023, 11, 1)), "grant", date(2023, 11, 20))
        case = archive(session, case.seen, archived) if archived else case
        if filed:
            result = "upheld" if concluded else None
            file_dispute(session, case.seen, Dispute("review", "云河区人民政府", filed, result, concluded))
    with register.reading() as view:
        assert expected == bool(erasable(view, YEARS, on))
        assert () == erasable(view, None, on)


@on_sqlite
def test_nothing_is_erased_before_its_time_or_without_a_reason(register: Register) -> None:
    """No years set; not archived; twice; no reason."""
    case = filled(register)
    with register.writing("罗敏") as session:
        open_case = receive(session, letter(date(2026, 10, 9)))
    with register.writing("罗敏") as session:
        with pytest.raises(InputError, match="retention_years"):
            erase(session, case.seen, "届满", None)
        with pytest.raises(InputError, match="还不能清除"):
            erase(session, open_case.seen, "届满", YEARS)
        with pytest.raises(InputError, match="理由"):
            erase(session, case.seen, " ", YEARS)
    again = erased(register, case)
    with pytest.raises(InputError, match="还不能清除"):
        erased(register, again)
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)


@on_sqlite
def test_an_erased_case_goes_out_and_comes_in(register: Register, opened: Opened, tmp_path: Path) -> None:
    """A backup made afterwards holds nothing of it, and is proved like any other."""
    erased(register, filled(register))
    back_up(register, tmp_path / "b.zip", None)
    other = opened(data_dir=tmp_path / "elsewhere")
    restore(other, "秦岭", incoming(tmp_path / "b.zip"))
    assert (None, "") == (other.verify().broken, first_words(other))


def first_words(register: Register) -> str:
    """The letter of the first case."""
    with register.reading() as view:
        return load_case(view, "2023-1").words


def test_every_column_of_words_is_either_erased_or_kept() -> None:
    """A column added later must say which."""
    left = []
    for name, table in METADATA.tables.items():
        for column in table.c:
            parted = column.name in (*WORDS.get(name, ()), *KEPT.get(name, ()))
            party = name in PARTIES and column.name == "who"
            if column.type is WORDY and not (parted or party or name in (*GONE, "audit_entries")):
                left.append(f"{name}.{column.name}")
    assert [] == left
    assert events.c.note.name in WORDS["events"] and drafts.c.words.name in WORDS["drafts"]
