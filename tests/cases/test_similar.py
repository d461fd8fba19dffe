"""Earlier requests of the same applicant: recognised however they are written, shown with what differs, decided by nobody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from assistant.cases import schema
from assistant.cases.closing import withdraw
from assistant.cases.identity import Person, person_of, sameness
from assistant.cases.likeness import likeness, share_of
from assistant.cases.receiving import receive
from assistant.cases.records import Agent, Applicant, NewCase
from assistant.cases.register import Register
from assistant.cases.repeat_rules import load_repeats
from assistant.cases.similar import Similar, SimilarGrounds, similar_requests
from assistant.cases.suggestions import (
    PUBLISHED,
    REPEAT,
    Used,
    count_suggestions,
    note_shown,
    note_used,
    published_for,
)
from assistant.errors import CorpusError, InputError
from assistant.settings import ROOT
from tests.cases.steps import answered

HERE = Path(__file__).parent
RULES = ROOT / "corpus" / "rules"
TODAY = date(2026, 11, 27)
LIKE: list[dict[str, Any]] = yaml.safe_load((HERE / "likeness.yaml").read_text(encoding="utf-8"))
PEOPLE: list[dict[str, Any]] = yaml.safe_load((HERE / "applicants.yaml").read_text(encoding="utf-8"))
CONTRACT = NewCase(
    received_on=date(2026, 3, 2),
    applicants=(Applicant("natural_person", "柳青", "13900000000"),),
    words="申请公开柳湾社区2025年道路维修的施工合同。",
    channel="in_person",
)
AGAIN = replace(
    CONTRACT,
    received_on=date(2026, 9, 10),
    applicants=(Applicant("natural_person", "柳 青", "电话139-0000-0000"),),
    words="请求提供2025年柳湾社区道路维修工程的施工合同复印件",
)


@pytest.mark.parametrize("row", LIKE, ids=lambda row: row["name"])
def test_requests_are_compared_by_what_they_ask(row: dict[str, Any]) -> None:
    """How alike, whether the periods differ, what only one says."""
    found = likeness(row["here"], row["there"])
    assert row.get("at_least", 0) <= found.share <= row.get("at_most", 1)
    assert row["other_period"] == found.other_period
    for key in ("only_here", "only_there"):
        assert set(row.get(key, ())) <= set(getattr(found, key))


@given(st.lists(st.text("柳湾社区道路维修合同2025年。申请公开", max_size=30), min_size=1, max_size=3))
def test_a_request_is_wholly_like_itself(items: list[str]) -> None:
    """And between nothing and all of any other, whatever the words."""
    assert 1 == share_of(items, items)
    assert 0 <= share_of(items, ["申请公开北岭村宅基地审批表"]) <= 1


def person(row: dict[str, Any]) -> Person:
    """An applicant as written down."""
    return person_of(row["name"], row["kind"], row["contact"], row.get("letter", ""))


@pytest.mark.parametrize("row", PEOPLE, ids=lambda row: row["name"])
def test_an_applicant_is_recognised_however_written(row: dict[str, Any]) -> None:
    """By number, by name with contact; a bare name or a bare telephone proves nothing. The order does not matter."""
    for one, other in ((row["one"], row["other"]), (row["other"], row["one"])):
        found = sameness(person(one), person(other))
        assert set(row["shared"]) == set(found.shared if found else ())
        assert row["sure"] == bool(found and found.sure)


def ask(register: Register, number: str, on: date = TODAY) -> Similar:
    """The earlier requests beside a case."""
    with register.reading() as view:
        return similar_requests(view, number, SimilarGrounds(register.rules, load_repeats(RULES)), on)


def test_an_answered_request_stands_beside_its_repetition(register: Register) -> None:
    """With its day, its outcome, what is the same, and the article; later requests and others' are not shown."""
    with register.writing("罗敏") as session:
        answered(session, CONTRACT, "grant", date(2026, 3, 20))
        receive(session, replace(CONTRACT, applicants=(Applicant("natural_person", "罗敏", "13911112222"),)))
        receive(session, AGAIN)
        receive(session, replace(AGAIN, received_on=date(2026, 10, 9)))
    found = ask(register, "2026-3")
    (one,) = found.candidates
    assert ("2026-1", "answered", date(2026, 3, 20), "grant") == (one.number, one.ended, one.on, one.outcome)
    assert ({"name", "contact"}, True) == (set(one.same.shared), one.same.sure)
    assert one.alike.share > 0.8 and not one.alike.other_period
    assert ["answered"] == [note.note for note in one.notes]
    assert "第三十六条第（六）项" in one.notes[0].basis
    assert found.to_json()["candidates"][0]["similarity"] == one.alike.share


@pytest.mark.parametrize(
    ("outcome", "ended", "notes"),
    [
        ("unable.not_held", "answered", ["answered", "changed"]),
        ("other.no_correction", "lapsed", ["lapsed"]),
    ],
)
def test_how_the_earlier_one_ended_decides_the_remark(
    register: Register, outcome: str, ended: str, notes: list[str]
) -> None:
    """An answer that gave nothing may be overtaken by facts; 视为放弃 is no answer, though a letter told of it."""
    with register.writing("罗敏") as session:
        answered(session, CONTRACT, outcome, date(2026, 3, 20))
        receive(session, AGAIN)
    (one,) = ask(register, "2026-2").candidates
    assert (ended, notes) == (one.ended, [note.note for note in one.notes])


def test_pending_and_withdrawn_requests_are_no_answered_ones(register: Register) -> None:
    """Both stand beside the new one, each with the remark that nothing was answered."""
    with register.writing("罗敏") as session:
        receive(session, CONTRACT)
        withdraw(session, receive(session, CONTRACT).seen, date(2026, 3, 9), "书面撤回")
        receive(session, AGAIN)
    assert {"2026-1": "pending", "2026-2": "withdrawn"} == {
        one.number: one.ended for one in ask(register, "2026-3").candidates
    }


def test_requests_of_the_last_months_are_counted(register: Register) -> None:
    """Of the applicant for sure, with those who only bear the name beside; several items count as items."""
    with register.writing("罗敏") as session:
        receive(session, replace(CONTRACT, received_on=date(2025, 9, 10)))
        receive(session, CONTRACT)
        receive(session, replace(AGAIN, received_on=date(2026, 8, 20), items=("合同", "验收报告")))
        receive(session, replace(AGAIN, applicants=(Applicant("natural_person", "柳青"),)))
        receive(session, AGAIN)
    counts = {one.months: (one.requests, one.maybe, one.items) for one in ask(register, "2026-4").counts}
    assert {1: (2, 3, 3), 3: (2, 3, 3), 6: (2, 3, 3), 12: (3, 4, 4)} == counts
    assert "没有规定多少件" in ask(register, "2026-4").note.says


def test_an_agent_is_nobodys_applicant(register: Register) -> None:
    """Two clients of one agent are two applicants; the agent's other requests are named apart."""
    agent = Agent("杜衡", "13922223333")
    with register.writing("罗敏") as session:
        receive(session, replace(CONTRACT, agent=agent))
        other = (Applicant("natural_person", "罗敏", "13911112222"),)
        receive(session, replace(AGAIN, applicants=other, agent=Agent("杜 衡", "139-2222-3333")))
    found = ask(register, "2026-2")
    assert ((), ("2026-1",)) == (found.candidates, found.same_agent)


def test_a_number_in_the_letter_recognises_whoever_changed_name_and_telephone(register: Register) -> None:
    """Found in the words of both letters; not where an agent wrote, for then it may be the agent's."""
    told = "申请人身份证号：330106199001011237。申请公开合同。"
    changed = replace(AGAIN, words=told, applicants=(Applicant("natural_person", "柳晴", "13933334444"),))
    with register.writing("罗敏") as session:
        receive(session, replace(CONTRACT, words=told))
        receive(session, changed)
        receive(session, replace(changed, agent=Agent("杜衡")))
    (one,) = ask(register, "2026-2").candidates
    assert (("number",), True) == (one.same.shared, one.same.sure)
    assert ["2026-2"] == [one.number for one in ask(register, "2026-3").candidates]


def test_a_request_whose_names_were_erased_is_no_candidate(register: Register) -> None:
    """Two cases without a name are not the same nobody."""
    with register.writing("罗敏") as session:
        receive(session, CONTRACT)
        receive(session, AGAIN)
    with register.database.writing() as connection:
        connection.execute(update(schema.applicants).values(name="", contact=None))
        connection.execute(update(schema.items).values(asked=""))
    assert (0, ()) == (ask(register, "2026-2").found, ask(register, "2026-2").candidates)


def test_signs_of_the_query_language_in_a_name_find_nobody_else(register: Register) -> None:
    """A per cent sign is no wildcard."""
    with register.writing("罗敏") as session:
        receive(session, CONTRACT)
        receive(session, replace(AGAIN, applicants=(Applicant("other", "%", "_"),)))
    assert () == ask(register, "2026-2").candidates


def test_a_number_there_is_not_is_named(register: Register) -> None:
    """And where to look."""
    with pytest.raises(InputError, match="没有案件“2026-9”.*case list"):
        ask(register, "2026-9")


@dataclass(frozen=True)
class Passage:
    """What a search finds, as far as suggestions ask."""

    kind: str


@dataclass(frozen=True)
class Hit:
    """One hit of an invented search."""

    ref: str
    passage: Passage
    text: str = "文字"
    source: str = "文件"


def search(words: str) -> Sequence[Hit]:
    """A search that finds a report, a reply and a provision for anything."""
    return (
        Hit("报告·新收", Passage("report")),
        Hit("旧答复", Passage("reply")),
        Hit("第十条", Passage("provision")),
    )


def test_published_matter_is_suggested_item_by_item(register: Register) -> None:
    """Reports and provisions, each once, under the first item that finds it; another's reply is not published."""
    with register.writing("罗敏") as session:
        receive(session, replace(CONTRACT, items=("合同", "验收报告")))
    with register.reading() as view:
        found = published_for(view, "2026-1", search)
    assert [(1, "报告·新收"), (1, "第十条")] == [(one.item, one.ref) for one in found]


def test_suggestions_shown_and_used_are_counted(register: Register) -> None:
    """Shown twice counts twice; the case's file and the trail know nothing of it and still hold."""
    with register.writing("罗敏") as session:
        receive(session, CONTRACT)
        receive(session, AGAIN)
    for _ in range(2):
        note_shown(register.database, "2026-2", REPEAT, ["2026-1"], TODAY)
    note_shown(register.database, "2026-2", PUBLISHED, ["第十条", "报告·新收"], TODAY)
    note_used(register.database, "2026-2", REPEAT, "2026-1", TODAY)
    with register.reading() as view:
        counted = count_suggestions(view)
    assert (Used(REPEAT, 1, 2, 1, 1), Used(PUBLISHED, 2, 2, 0, 1)) == counted
    assert register.verify().holds
    with pytest.raises(InputError, match="没有提示过“2026-9”"):
        note_used(register.database, "2026-2", REPEAT, "2026-9", TODAY)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("note: volume", "note: volumes", "volumes"),
        ("windows: [1, 3, 6, 12]", "windows: [0]", "windows"),
        ("basis: [《政府信息公开条例》第三十五条]", "basis: [第三十五条]", "volume.*不是条文出处"),
    ],
)
def test_a_wrong_row_of_the_remarks_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    """File, row and key."""
    text = (RULES / "repeats.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "repeats.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CorpusError, match=f"repeats.yaml.*{words}"):
        load_repeats(tmp_path)
