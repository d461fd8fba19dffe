"""The whole register out and in again: backup, export, restore. What is damaged is named and never counts."""

import json
import shutil
import zipfile
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.cases.case_digest import case_digests
from assistant.cases.copies import Taken, back_up, export_all, restore
from assistant.cases.copy_forms import incoming, is_copy
from assistant.cases.enclosures import Enclosure, enclose, read_enclosure
from assistant.cases.handling import record_event
from assistant.cases.receiving import receive
from assistant.cases.records import Agent
from assistant.cases.register import Register
from assistant.cases.schema import audit_entries, cases, decisions
from assistant.cases.yearbook import Yearbook
from assistant.errors import InputError, NotAllowed, RegisterFault
from assistant.law.clock_events import Event
from assistant.pipeline import Assistant
from tests.cases.conftest import Opened
from tests.cases.postgres import on_sqlite
from tests.cases.steps import LETTER, answered, letter

ODD = "=HYPERLINK(1)\r\n第二行\x07" + "长" * 40_000
FORMS = ("登记簿.zip", "登记簿.jsonl", "登记簿.xlsx", "登记簿")
BYTES = "现场照片".encode()


@pytest.fixture
def filled(register: Register) -> Register:
    """Three cases: answered with an enclosure, open with an agent and odd words, answered in the next year."""
    with register.writing("罗敏") as session:
        case = answered(session, LETTER, "grant", date(2026, 9, 21))
        enclose(session, case.seen, Enclosure("照片.jpg", BYTES), register.enclosures)
        odd = replace(LETTER, words=ODD, items=("=1+1", "'甲", "-3", "@乙"), agent=Agent("杜衡", "", None))
        case = receive(session, odd)
        record_event(session, case.seen, Event(date(2026, 9, 15), "correction_notice", days=10))
        answered(session, letter(date(2025, 12, 12), "enterprise"), "partial", date(2026, 1, 13))
    return register


def written(register: Register, path: Path) -> Taken:
    """A copy, by its name."""
    return (back_up if path.suffix == ".zip" else export_all)(register, path, "云河街道办事处")


def digests(register: Register) -> dict[int, str]:
    """The digest of each case."""
    with register.reading() as view:
        return case_digests(view, list(view.scalars(select(cases.c.id))))


def yearbook(register: Register, assistant: Assistant, year: int) -> Yearbook:
    """The tables of a year, as the office's own program makes them over this register."""
    assert assistant.auditor and assistant.report_text  # read once for every register
    office = copy(assistant)
    vars(office)["register"] = register
    return office.yearbook(year, as_of=date(2026, 11, 27))


@pytest.fixture
def another(opened: Opened, tmp_path: Path) -> Callable[[], Register]:
    """An empty register elsewhere, on SQLite."""

    def open_it() -> Register:
        return opened(data_dir=tmp_path / "elsewhere", database_url=None)

    return open_it


@pytest.mark.parametrize("name", FORMS)
def test_what_goes_out_comes_in_as_it_was(
    filled: Register, another: Callable[[], Register], assistant: Assistant, tmp_path: Path, name: str
) -> None:
    """From either database: every case by its digest, every table of every year, the audit trail, the enclosure."""
    taken = written(filled, tmp_path / name)
    other = another()
    if name.endswith(".xlsx"):
        shutil.copytree(filled.enclosures, other.enclosures)
    restored = restore(other, "秦岭", incoming(tmp_path / name))
    assert digests(filled) == digests(other)
    assert (taken.head, None) == (restored.head, other.verify(filled.verify().head).broken)
    for year in (2025, 2026):
        assert yearbook(filled, assistant, year).cells == yearbook(other, assistant, year).cells
    (kept,) = (path.name for path in other.enclosures.glob("??/*"))
    assert BYTES == read_enclosure(other.enclosures, kept)
    with other.writing("罗敏") as session:
        assert "2026-3" == receive(session, LETTER).number


def test_a_copy_goes_into_the_other_database_and_back(
    filled: Register, another: Callable[[], Register], opened: Opened, tmp_path: Path
) -> None:
    """The register itself is replaced by what came back; what it held lies beside it."""
    there = another()
    written(filled, tmp_path / "1.zip")
    restore(there, "秦岭", incoming(tmp_path / "1.zip"))
    written(there, tmp_path / "2.jsonl")
    known = digests(filled)
    with filled.writing("罗敏") as session:
        receive(session, LETTER)
    restored = restore(filled, "秦岭", incoming(tmp_path / "2.jsonl"), replace=True)
    assert (known, None) == (digests(filled), filled.verify().broken)
    assert restored.kept and 4 == incoming(restored.kept).head().rows["cases"]
    with filled.reading() as view:
        last = view.execute(select(audit_entries).order_by(audit_entries.c.seq.desc()).limit(1)).one()
    assert ("restore", "2.jsonl", restored.kept.name) == (
        last.action,
        json.loads(last.detail)["copy"],
        json.loads(last.detail)["kept"],
    )


@on_sqlite
def test_a_copy_is_its_owners_alone_and_overwrites_nothing(filled: Register, tmp_path: Path) -> None:
    """0600; a name that is taken is refused."""
    for name in FORMS[:3]:
        written(filled, tmp_path / name)
        assert 0o600 == (tmp_path / name).stat().st_mode & 0o777
        with pytest.raises(InputError, match="不覆盖已有的文件"):
            written(filled, tmp_path / name)


@on_sqlite
def test_a_spreadsheet_takes_no_cell_for_a_formula(filled: Register, tmp_path: Path) -> None:
    """No cell of the workbook is one, none of its words or of the CSV begins like one."""
    written(filled, tmp_path / "登记簿.xlsx")
    written(filled, tmp_path / "登记簿")
    with zipfile.ZipFile(tmp_path / "登记簿.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "sheet" in name]
    assert not any("<f>" in sheet or '<t xml:space="preserve">=' in sheet for sheet in sheets)
    ledger = (tmp_path / "登记簿" / "台账.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK(1)" in ledger and ",=HYPERLINK" not in ledger


@on_sqlite
def test_a_backup_holds_one_moment_while_another_program_writes(filled: Register, tmp_path: Path) -> None:
    """What is written between its first and its last row is not in it."""
    import assistant.cases.copies as work

    whole = work.copy_lines

    def slow(view: object, head: object) -> object:
        lines = whole(view, head)  # type: ignore[arg-type]
        yield next(lines)
        with filled.writing("杜衡") as session:
            receive(session, LETTER)
        yield from lines

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work, "copy_lines", slow)
        written(filled, tmp_path / "b.zip")
    assert (3, 4) == (incoming(tmp_path / "b.zip").head().rows["cases"], len(digests(filled)))
    assert 3 == sum(name == "cases" for name, _ in incoming(tmp_path / "b.zip").rows())


def test_a_filled_register_is_not_replaced_unasked(filled: Register, tmp_path: Path) -> None:
    """Told what to say; nothing changes, nothing is left lying about."""
    written(filled, tmp_path / "b.zip")
    head = filled.verify().head
    with pytest.raises(InputError, match="--replace"):
        restore(filled, "秦岭", incoming(tmp_path / "b.zip"))
    assert (head, []) == (filled.verify().head, list((filled.enclosures.parent / "replaced").iterdir()))


@on_sqlite
def test_one_changed_byte_anywhere_in_a_backup_is_refused(
    filled: Register, another: Callable[[], Register], tmp_path: Path
) -> None:
    """Whichever byte: the backup is named, the register stays empty."""
    written(filled, tmp_path / "b.zip")
    data, other = (tmp_path / "b.zip").read_bytes(), another()
    for at in range(40, len(data), len(data) // 25):
        bad = tmp_path / "坏.zip"
        bad.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        try:
            restore(other, "秦岭", incoming(bad))
        except RegisterFault as fault:
            assert "坏.zip" in str(fault)
            assert ({}, 0) == (digests(other), other.verify().entries)
        else:  # a byte that says nothing, such as the time of a part
            assert digests(filled) == digests(other)
            other = replace(other, database=another().database)
            shutil.rmtree(tmp_path / "elsewhere")
            other = another()


@on_sqlite
@pytest.mark.parametrize("part", ["register.jsonl", "enclosures"])
def test_a_folder_that_lacks_a_part_or_was_changed_is_refused(
    filled: Register, another: Callable[[], Register], tmp_path: Path, part: str
) -> None:
    """The part is named."""
    written(filled, tmp_path / "全部")
    changed = next(path for path in (tmp_path / "全部").rglob("*") if path.is_file() and part in str(path))
    changed.write_bytes(changed.read_bytes()[:-1] + b"x")
    with pytest.raises(RegisterFault, match=changed.name):
        restore(another(), "秦岭", incoming(tmp_path / "全部"))
    changed.unlink()
    with pytest.raises(RegisterFault, match=changed.name):
        restore(another(), "秦岭", incoming(tmp_path / "全部"))


@on_sqlite
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"outcome": "grant"', '"outcome": "partial"', "被改动过"),
        ('["items", ', '["itms", ', "已损坏"),
        ('"schema": "0', '"schema": "9', "较新的程序"),
        ('"contact": ', '"kontakt": ', "不认识的栏"),
    ],
)
def test_lines_that_were_changed_are_refused(
    filled: Register, another: Callable[[], Register], tmp_path: Path, old: str, new: str, words: str
) -> None:
    """By the audit trail, or by what no line of a copy is."""
    written(filled, tmp_path / "全部.jsonl")
    text = (tmp_path / "全部.jsonl").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "改.jsonl").write_text(text.replace(old, new, 1), encoding="utf-8")
    other = another()
    with pytest.raises(RegisterFault, match=words):
        restore(other, "秦岭", incoming(tmp_path / "改.jsonl"))
    assert ({}, 0) == (digests(other), other.verify().entries)


@on_sqlite
def test_a_line_left_out_is_missed(filled: Register, another: Callable[[], Register], tmp_path: Path) -> None:
    """The copy says how many rows each table has."""
    written(filled, tmp_path / "全部.jsonl")
    lines = (tmp_path / "全部.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith('["decisions"')]
    (tmp_path / "少.jsonl").write_text("".join(kept), encoding="utf-8")
    with pytest.raises(RegisterFault, match="不完整：decisions（应有 2 行）"):
        restore(another(), "秦岭", incoming(tmp_path / "少.jsonl"))


@on_sqlite
def test_an_enclosure_that_is_gone_makes_no_backup(filled: Register, tmp_path: Path) -> None:
    """Told by its digest; no half archive is left."""
    shutil.rmtree(filled.enclosures)
    with pytest.raises(RegisterFault, match="不在"):
        written(filled, tmp_path / "b.zip")
    assert [] == list(tmp_path.glob("*b.zip*"))


@on_sqlite
def test_a_register_changed_past_the_program_is_copied_and_told(filled: Register, tmp_path: Path) -> None:
    """As it is, for whoever must find out; it cannot come back as if nothing were wrong."""
    with filled.database.writing() as connection:
        connection.execute(decisions.update().values(reasons="改过的理由"))
    assert "案件 2026-1 的内容" in (written(filled, tmp_path / "b.zip").broken or "")
    with pytest.raises(RegisterFault, match="被改动过：案件 2026-1"):
        restore(filled, "秦岭", incoming(tmp_path / "b.zip"), replace=True)


@on_sqlite
def test_a_workbook_without_its_enclosures_is_refused(
    filled: Register, another: Callable[[], Register], tmp_path: Path
) -> None:
    """It holds none; they must lie there already."""
    written(filled, tmp_path / "登记簿.xlsx")
    with pytest.raises(RegisterFault, match="缺附件"):
        restore(another(), "秦岭", incoming(tmp_path / "登记簿.xlsx"))


@on_sqlite
def test_a_restore_that_breaks_off_leaves_the_register_as_it_was(
    filled: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last step fails: former rows, former trail, its guard still there."""
    import assistant.cases.copies as work

    written(filled, tmp_path / "b.zip")
    known = digests(filled), filled.verify()

    def broken(*_: object) -> None:
        raise RegisterFault("磁盘已满。")

    monkeypatch.setattr(work, "prove_copy", broken)
    with pytest.raises(RegisterFault, match="磁盘已满"):
        restore(filled, "秦岭", incoming(tmp_path / "b.zip"), replace=True)
    assert known == (digests(filled), filled.verify())
    with pytest.raises(RegisterFault, match="append only"), filled.database.writing() as connection:
        connection.execute(audit_entries.delete())


@on_sqlite
def test_only_an_administrator_restores_where_people_are_named(
    filled: Register, opened: Opened, tmp_path: Path
) -> None:
    """A clerk is told."""
    written(filled, tmp_path / "b.zip")
    with pytest.raises(NotAllowed, match="管理员"):
        restore(opened(staff={"罗敏": "clerk"}), "罗敏", incoming(tmp_path / "b.zip"), replace=True)


@pytest.mark.parametrize(("name", "expected"), [("甲.csv", False), ("甲.xlsx", False), ("甲.zip", True)])
def test_a_copy_is_told_from_a_ledger(tmp_path: Path, name: str, expected: bool) -> None:
    """By its kind, and a workbook by its sheet 导出说明."""
    (tmp_path / name).write_bytes(b"x")
    assert expected == is_copy(tmp_path / name)
