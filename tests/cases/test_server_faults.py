"""A register on a server: broken off in the middle, held, refused, full; what is told, and that nothing is lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, make_url, select, text

from assistant.cases import engines
from assistant.cases.case_digest import case_digests
from assistant.cases.handling import record_search
from assistant.cases.receiving import receive
from assistant.cases.records import Search
from assistant.cases.register import Register
from assistant.errors import RegisterFault
from assistant.settings import Settings
from tests.cases.conftest import Opened
from tests.cases.postgres import Server, on_postgresql, on_sqlite
from tests.cases.steps import LETTER, answered


@pytest.fixture
def breaking(server: Server) -> Iterator[Server]:
    """The server; on again after the test, whatever the test did."""
    yield server
    if not server.runs():
        server.start()


def registered(register: Register) -> str:
    """One more letter; its number."""
    with register.writing("罗敏") as session:
        return receive(session, LETTER).number


@on_postgresql
def test_a_server_that_stops_in_the_middle_loses_nothing_and_is_found_again(
    register: Register, breaking: Server
) -> None:
    """Told in the middle of the work and while it is off; when it is on again the number is given anew."""
    assert "2026-1" == registered(register)
    with (
        pytest.raises(RegisterFault, match=r"连接不上.*没有写入任何内容"),
        register.writing("罗敏") as session,
    ):
        case = receive(session, LETTER)
        breaking.stop()
        record_search(session, case.seen, Search(date(2026, 9, 12), "罗敏", "档案室", "合同", "一份"))
    with pytest.raises(RegisterFault, match="连接不上"), register.reading():
        pass
    breaking.start()
    assert "2026-2" == registered(register)
    proof = register.verify()
    assert (None, 2, 2) == (proof.broken, proof.entries, proof.cases)


@on_postgresql
def test_whoever_loses_the_server_while_it_keeps_the_step_is_told_to_look(
    register: Register, breaking: Server
) -> None:
    """Nobody can know whether it was kept; nothing is said that may be untrue."""
    with (
        pytest.raises(RegisterFault, match="不知道这一步是否已经保存；请重新打开案件核对"),
        register.writing("罗敏") as session,
    ):
        receive(session, LETTER)
        breaking.stop()
    breaking.start()
    assert register.verify().holds


@on_postgresql
def test_a_server_register_held_by_another_program_is_told(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the wait; readers go on."""
    monkeypatch.setattr(engines, "LOCK_SECONDS", 0.05)
    with register.database.engine.begin() as other:
        other.execute(select(func.pg_advisory_xact_lock(engines.LOCK)))
        with pytest.raises(RegisterFault, match="正被另一个程序占用"), register.writing("罗敏"):
            pass
        assert register.verify().holds
    assert "2026-1" == registered(register)


@on_postgresql
@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("53100", "磁盘已满"),
        ("53300", "连接已经用完"),
        ("XX001", "已经损坏；请停止使用并用备份恢复"),
        ("25006", "现在只能读"),
        ("42501", "没有给足权限"),
        ("57P01", "连接不上"),
        ("23505", "拒绝了这次读写"),
    ],
)
def test_what_the_server_reports_is_told_and_nothing_is_half_written(
    register: Register, state: str, words: str
) -> None:
    """By the code of the fault, in the middle of a step."""
    with pytest.raises(RegisterFault, match=words) as told, register.writing("罗敏") as session:
        receive(session, LETTER)
        raised = f"RAISE EXCEPTION 'the fault' USING ERRCODE = '{state}', DETAIL = 'row (柳青)'"
        session.connection.execute(text(f"DO $$ BEGIN {raised}; END $$"))
    assert "柳青" not in str(told.value)
    assert "2026-1" == registered(register)


@on_postgresql
def test_what_cannot_be_stored_is_told(register: Register) -> None:
    """A control character pasted in with a letter."""
    with pytest.raises(RegisterFault, match="存不下其中的某个字符"), register.writing("罗敏") as session:
        receive(session, replace(LETTER, words="申请公开\x00合同"))


@on_postgresql
@pytest.mark.parametrize(
    ("user", "password", "database", "words"),
    [
        ("guarded", "wrong-secret", None, "拒绝了用户名或者密码"),
        ("nobody-here", "wrong-secret", None, "拒绝了用户名或者密码"),
        ("postgres", "wrong-secret", "not_there", "还没有建立"),
        ("guarded", "right", None, "没有给足权限"),
    ],
)
def test_who_may_not_in_is_told_without_the_password(
    settings: Settings,
    opened: Opened,
    server: Server,
    user: str,
    password: str,
    database: str | None,
    words: str,
) -> None:
    """Neither in the message nor in what lies behind it."""
    url = make_url(settings.database_url or "").set(username=user, password=password)
    url = url.set(database=database) if database else url
    with pytest.raises(RegisterFault, match=words) as told:
        opened(database_url=url.render_as_string(hide_password=False))
    behind = [str(told.value), repr(told.value), str(told.value.__cause__), repr(told.value.__cause__)]
    assert [] == [said for said in behind if password in said]


@on_postgresql
def test_a_server_that_is_not_there_is_told(opened: Opened) -> None:
    """With its address."""
    with pytest.raises(RegisterFault, match="postgresql://127.0.0.1:1/register 连接不上"):
        opened(database_url="postgresql://clerk:secret@127.0.0.1:1/register")


@on_postgresql
def test_readers_write_nothing(register: Register) -> None:
    """Whatever they try."""
    with pytest.raises(RegisterFault, match="现在只能读"), register.reading() as view:
        view.execute(text("DELETE FROM counters"))


@on_sqlite
def test_one_case_has_one_digest_on_both_databases(
    settings: Settings, opened: Opened, server: Server
) -> None:
    """The same steps, one of them not kept, give the same rows, the same ids, the same trail to its last digest."""
    heads, digests = set(), set()
    for url in (None, server.emptied()):
        register = opened(database_url=url)
        with register.writing("罗敏") as session:
            answered(session, LETTER, "grant", date(2026, 9, 21))
        with pytest.raises(ZeroDivisionError), register.writing("罗敏") as session:
            receive(session, LETTER)
            raise ZeroDivisionError
        with register.writing("杜衡") as session:
            case = receive(session, LETTER)
        heads.add(register.verify().head)
        with register.reading() as view:
            digests.add(case_digests(view, [case.id])[case.id])
    assert (1, 1) == (len(heads), len(digests))
