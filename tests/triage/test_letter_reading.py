"""Letters as people write them: who asks for what, word for word, and nothing that the letter does not say."""

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import CorpusError
from assistant.law.instruments import StatuteBook
from assistant.pipeline import open_assistant
from assistant.settings import ROOT, Settings
from assistant.triage.letter import Reader, Request, read_request
from assistant.triage.letter_rules import KINDS_FILE, POINTS_FILE, load_reading_rules
from assistant.triage.points import correction_of, load_point_table

RULES = ROOT / "corpus" / "rules"
CASES = yaml.safe_load((Path(__file__).parent / "letters.yaml").read_text(encoding="utf-8"))
ON = date(2026, 11, 27)


def told(request: Request) -> dict[str, Any]:
    """A reading in the words of the cases."""
    return {
        "applicants": [party.name.text for party in request.applicants],
        "kind": request.kind,
        "kinds": [party.kind for party in request.applicants],
        "agent": request.agent.text if request.agent else None,
        "authority": request.authority.text if request.authority else None,
        "number": request.identity.number.text if request.identity.number else None,
        "proof": request.identity.proof.text if request.identity.proof else None,
        "contacts": [one.text for one in request.contacts],
        "asked": request.asked,
        "items": [item.text for item in request.items],
        "forms": [one.kind.key for one in request.wanted],
        "dated": request.on,
        "channel": request.channel[0].key if request.channel else None,
        "agency": request.agency,
        "missing": list(request.missing),
        "demands": [[one.kind.key, one.words.text] for one in request.demands],
        "purposes": [one.text for one in request.purposes],
        "own": [datum.text for datum in request.own],
        "doubts": len(request.doubts),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_letter_is_read_as_it_stands(case: dict[str, Any]) -> None:
    """Every field the case names."""
    found = told(read_request(case["letter"]))
    assert case["expect"] == {key: found[key] for key in case["expect"]}


LETTERS = [case["letter"] for case in CASES]


@given(st.lists(st.sampled_from(LETTERS) | st.text(max_size=8), min_size=1, max_size=3).map("\n".join))
@settings(max_examples=100, deadline=None)
def test_every_span_leads_back_to_the_letter(letter: str) -> None:
    """Whatever letters stand in one."""
    if not letter.strip():
        return
    read = read_request(letter)
    words = [*read.items, *(p.name for p in read.applicants), *read.contacts, *read.purposes]
    words += [one.words for one in (*read.wanted, *read.demands)]
    words += [one for one in (read.agent, read.authority, read.identity.number, read.identity.proof) if one]
    words += [read.on_words] if read.on_words else []
    words += [read.channel[1]] if read.channel else []
    assert [one.text for one in words] == [letter[one.start : one.end] for one in words]
    assert all(one.text for one in words)


def test_law_is_judged_as_of_the_day(statutes: StatuteBook) -> None:
    """What a letter quotes is living law or not; a bare reading judges nothing."""
    letter = "根据《政府信息公开条例》第二十七条和《最高人民法院关于审理政府信息公开行政案件若干问题的规定》第一条，申请公开某合同。"
    found = read_request(letter, Reader(book=statutes, on=ON)).citations
    assert ["ok", "not_in_force"] == [one.status for one in found]
    earlier = read_request(letter, Reader(book=statutes, on=date(2020, 1, 2))).citations
    assert ["ok", "ok"] == [one.status for one in earlier]
    assert () == read_request(letter).citations


def test_a_correction_notice_asks_for_everything_at_once() -> None:
    """Points with their article, the unclear words named, slots of the letters filled or left to the office."""
    table = load_point_table(RULES)
    letter = "申请公开：1.石桥村2023年水渠合同；2.其他相关材料。\n申请人：周小满\n用途：生产需要"
    found = correction_of(read_request(letter), table, ON)
    assert found is not None
    assert ["identity", "contact", "description", "form"] == [point.key for point in found.points]
    assert ["其他相关材料"] == [one.text for one in found.unclear]
    lines = found.facts["correction_points"]
    assert 4 == len(lines)
    assert "“其他相关材料”不能指明" in lines[2]
    assert "第二十九条第二款第（二）项" in lines[2]
    assert "用途" not in "".join(lines)
    assert ["purpose", "one_matter"] == [row.key for row in found.no_grounds]
    assert "周小满" == found.facts["applicant"]
    assert {"received_on", "correction_deadline", "organ"} <= set(found.open)


def test_a_whole_letter_calls_for_no_correction() -> None:
    """Several things, a purpose: no ground to send it back."""
    letter = (
        "申请公开：1.石桥村2023年水渠合同；2.验收报告。请邮寄纸质复印件。用途：科研需要\n"
        "申请人：周小满，身份证号330681198802143032\n联系电话：13812345678"
    )
    assert correction_of(read_request(letter), load_point_table(RULES), ON) is None


def test_a_missing_power_of_attorney_is_shown_and_not_asked_for() -> None:
    """The Regulation does not speak of agents: practice is a matter for the clerk."""
    letter = "申请公开石桥村水渠合同。\n申请人：周小满\n委托代理人：陈立"
    found = correction_of(read_request(letter), load_point_table(RULES), ON)
    assert found is not None
    assert ["authorization"] == [point.key for point in found.to_check]
    assert "委托" not in "".join(found.facts["correction_points"])


def test_slots_of_the_notice_are_slots_of_the_letters() -> None:
    """No name that the letters do not know."""
    table = load_point_table(RULES)
    slots = yaml.safe_load((ROOT / "corpus" / "letters" / "slots.yaml").read_text(encoding="utf-8"))["slots"]
    assert set() == {*table.from_letter, *table.from_office} - set(slots)


@pytest.mark.parametrize(
    "filler",
    [
        "申请公开",
        "申请人：",
        "公",
        "1.",
        "一、",
        "，",
        "《合同》和",
        "以及",
        "请",
        "\n",
        "用途",
        "“申请人：",
        "我",
    ],
)
def test_long_letters_take_no_longer_than_they_are_long(filler: str) -> None:
    """Thirty thousand characters of what looks like a beginning."""
    began = time.perf_counter()
    read_request("公" + filler * (30_000 // len(filler)))
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (POINTS_FILE, "group: medium", "groups: medium", "request_points.yaml paper：缺少“group”"),
        (POINTS_FILE, "key: post,", "key: paper,", "forms paper：“key”重复"),
        (POINTS_FILE, "words: '传真'", "words: '(传真'", "fax：不是有效的正则表达式"),
        (KINDS_FILE, "ends: [公司", "ends: [公司, 公司", "“公司”写了两次"),
        (KINDS_FILE, "label: 其他\n", "labels: 其他\n", "other：缺少“label”"),
        (POINTS_FILE, "key: question", "key: act", "demands act：有效期重叠"),
    ],
)
def test_a_broken_rule_is_named(file: str, old: str, new: str, words: str, tmp_path: Path) -> None:
    """File, row and key of a rule that cannot be used."""
    for name in (POINTS_FILE, KINDS_FILE):
        shipped = (RULES / name).read_text(encoding="utf-8")
        if name == file:
            assert old in shipped
            shipped = shipped.replace(old, new, 1)
        (tmp_path / name).write_text(shipped, encoding="utf-8")
    with pytest.raises(CorpusError, match=words):
        load_reading_rules(tmp_path)


def test_the_gate_knows_whose_data_is_whose() -> None:
    """The number of the letter's writer may stand in the reply, that of the neighbour asked about is warned of."""
    office = open_assistant(Settings())
    request = office.read(
        "申请公开身份证号为330681198802143032的李大强的低保审批表。\n申请人：周小满\n身份证号：110101199003074514"
    )
    reply = "周小满（身份证号110101199003074514）：\n李大强（身份证号330681198802143032）的审批表"
    found = office.verify(reply, ON, request=request).findings
    told = [reply[one.start : one.end] for one in found if one.check == "personal_data"]
    assert ["330681198802143032"] == told
    assert ["110101199003074514", "330681198802143032"] == [
        reply[one.start : one.end]
        for one in office.verify(reply, ON).findings
        if one.check == "personal_data"
    ]
