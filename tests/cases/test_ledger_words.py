"""What the cells of an old ledger mean, and which are too doubtful to mean anything."""

import re
from datetime import date
from typing import Any

import pytest
import yaml

from assistant.cases.ledger_words import LedgerWords, ledger_day
from assistant.errors import InputError
from assistant.ingest.annual.form import load_report_form
from assistant.pipeline import Assistant
from assistant.settings import ROOT
from assistant.triage.letter_rules import load_reading_rules

CELLS = yaml.safe_load((ROOT / "tests" / "cases" / "ledger_cells.yaml").read_text(encoding="utf-8"))
Row = dict[str, Any]


@pytest.fixture(scope="module")
def words(assistant: Assistant) -> LedgerWords:
    """The words of the shipped rules."""
    rules = assistant.settings.corpus_dir / "rules"
    return LedgerWords(
        load_report_form(rules), assistant.outcomes, assistant.grounds.table, load_reading_rules(rules)
    )


def named(row: Row) -> str:
    """A row by its cell."""
    return f"{row['cell'] or '空'}{row.get('name', '')}"


@pytest.mark.parametrize("row", CELLS["outcomes"], ids=named)
def test_an_outcome_is_one_of_the_21_or_a_fault(words: LedgerWords, row: Row) -> None:
    """By its title in the form, with its number or group beside it, or as people say it."""
    if "fault" in row:
        with pytest.raises(InputError, match=re.escape(row["fault"])):
            words.outcome(row["cell"])
    else:
        assert row["outcome"] == words.outcome(row["cell"])


def test_every_row_of_the_form_is_understood_as_printed(words: LedgerWords) -> None:
    """All 21, by code, by title, and with all that stands before the title."""
    rows = words.form.tables["requests"].rows
    for code, outcome in words.outcomes.items():
        assert [code] * 3 == [words.outcome(one) for one in (code, outcome.label, rows[code].printed)]


@pytest.mark.parametrize("row", CELLS["days"], ids=named)
def test_a_day_has_its_year_month_and_day(row: Row) -> None:
    """In the usual ways of writing, and as a spreadsheet counts days."""
    cell = str(row["cell"])
    if "fault" in row:
        with pytest.raises(InputError, match=re.escape(row["fault"])):
            ledger_day(cell)
    else:
        assert row["day"] == ledger_day(cell)


def test_a_day_a_spreadsheet_counts_is_the_day_it_shows() -> None:
    """From its own calendar: 1 is 1 January 1900, with a 29 February that never was."""
    assert date(2000, 1, 1) == ledger_day("36526")


@pytest.mark.parametrize("row", CELLS["kinds"], ids=named)
def test_a_kind_is_said_or_told_by_the_name(words: LedgerWords, row: Row) -> None:
    """What is taken from the name is told; a person's name alone tells nothing."""
    if "fault" in row:
        with pytest.raises(InputError, match=row["fault"]):
            words.kind(row["cell"], row["name"])
    else:
        kind, note = words.kind(row["cell"], row["name"])
        assert (row["kind"], True) == (kind, row.get("note", "") in (note or ""))
        assert ("note" in row) == (note is not None)


@pytest.mark.parametrize("row", CELLS["channels"], ids=named)
def test_a_channel_is_one_of_the_law_or_left_open(words: LedgerWords, row: Row) -> None:
    """信函 alone leaves open whether it was signed for: nothing is recorded, and that is told."""
    if "fault" in row:
        with pytest.raises(InputError, match=row["fault"]):
            words.channel(row["cell"])
    else:
        channel, note = words.channel(row["cell"])
        assert (row["channel"], True) == (channel, row.get("note", "") in (note or ""))


@pytest.mark.parametrize("row", CELLS["results"], ids=named)
def test_a_review_ended_in_one_of_three_ways_or_is_pending(words: LedgerWords, row: Row) -> None:
    """驳回 is none of the form's words."""
    if "fault" in row:
        with pytest.raises(InputError, match=row["fault"]):
            words.result(row["cell"])
    else:
        assert row["result"] == words.result(row["cell"])
