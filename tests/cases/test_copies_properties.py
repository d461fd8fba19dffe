"""Whatever happened to the cases, what goes out comes in: the same digests, the same tables, the same trail."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.cases.copies import export_all, restore
from assistant.cases.copy_forms import incoming
from assistant.cases.copy_sheets import safe, unsafe
from assistant.cases.ledger_words import ledger_day
from assistant.pipeline import Assistant
from tests.cases.ledgers import HEADINGS, brought_in, csv_file
from tests.cases.test_copies import digests
from tests.cases.test_copies import yearbook as tables
from tests.cases.test_properties import FIRST, Step, cases, opened, tried

ENDS = ("", "撤回", *(f"{n}" for n in range(21)))
rows = st.lists(
    st.tuples(
        st.dates(date(2023, 1, 1), date(2026, 6, 1)),
        st.integers(0, 200),
        st.sampled_from(("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")),
        st.sampled_from(ENDS),
        st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12),
    ),
    min_size=1,
    max_size=6,
)


@given(st.text())
def test_words_kept_from_being_formulas_come_back_as_they_were(words: str) -> None:
    """And none of them begins like one."""
    assert words == unsafe(safe(words))
    assert not safe(words).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.dates(date(1955, 1, 1), date(2090, 1, 1)))
def test_a_day_is_the_same_in_every_writing(day: date) -> None:
    """As ISO, with slashes, in Chinese, in eight digits, as a spreadsheet counts it."""
    serial = (day - date(1899, 12, 30)).days
    written = (
        f"{day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
    )
    assert {day} == {ledger_day(words) for words in (*written, str(serial))}


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(letters=cases, name=st.sampled_from(("全部.jsonl", "全部.xlsx", "全部")))
def test_a_register_goes_out_and_comes_in_whatever_happened(
    assistant: Assistant, letters: list[tuple[int, str, list[Step]]], name: str
) -> None:
    """Every form of copy."""
    with TemporaryDirectory() as folder, TemporaryDirectory() as elsewhere:
        register, other = opened(folder, assistant), opened(elsewhere, assistant)
        for after, kind, taken in letters:
            tried(register, FIRST + timedelta(days=after), kind, taken)
        export_all(register, Path(folder) / name, None)
        restore(other, "秦岭", incoming(Path(folder) / name))
        assert digests(register) == digests(other)
        for year in (2024, 2025, 2026):
            assert tables(register, assistant, year).cells == tables(other, assistant, year).cells


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ledger=rows)
def test_a_ledger_written_for_people_can_be_imported_again(
    assistant: Assistant, ledger: list[tuple[date, int, str, str, str]]
) -> None:
    """Imported, exported as 台账.csv, imported again: the same yearly tables, case by case."""
    labels = [outcome.label for outcome in assistant.outcomes.values()]
    with TemporaryDirectory() as folder, TemporaryDirectory() as elsewhere:
        register, other = opened(folder, assistant), opened(elsewhere, assistant)
        lines = []
        for number, (received, after, kind, end, more) in enumerate(ledger, start=1):
            outcome = labels[int(end)] if end.isdigit() else end
            replied = min(received + timedelta(days=after), date(2026, 11, 20)) if end else ""
            asked = f"第{number}件：{more}"
            lines.append(
                (f"A{number}", f"{received}", "某申请人", kind, "", asked, "", f"{replied}", outcome, "")
            )
        path = csv_file(Path(folder), lines, headings=HEADINGS)
        plan, numbers = brought_in(register, assistant.settings, path)
        assert ((), len(ledger)) == (plan.faults, len(numbers))
        export_all(register, Path(folder) / "全部", None)
        plan, _ = brought_in(other, assistant.settings, Path(folder) / "全部" / "台账.csv")
        assert () == plan.faults
        for year in (2023, 2025, 2026):
            assert tables(register, assistant, year).cells == tables(other, assistant, year).cells
