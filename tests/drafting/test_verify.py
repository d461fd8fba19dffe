"""The gate: right letters pass, and a letter with one fault is refused by the check that is there for it."""

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.drafting.compose import Composer
from assistant.drafting.letter_parts import load_letter_parts
from assistant.drafting.verify import Verdict, verify
from assistant.errors import CorpusError
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcomes
from assistant.law.remedies import load_remedies
from assistant.settings import ROOT
from tests.drafting.conftest import LETTERS, composed

RULES = ROOT / "corpus" / "rules"
CASES = yaml.safe_load((Path(__file__).parent / "verify_cases.yaml").read_text(encoding="utf-8"))
OTHERS = yaml.safe_load((Path(__file__).parent / "other_wordings.yaml").read_text(encoding="utf-8"))
RIGHT, AGENCIES = CASES["right"], CASES["agencies"] | {letter["name"]: letter for letter in OTHERS}


class Gate:
    """`verify` with everything it is checked against."""

    def __init__(self, book: StatuteBook, outcomes: Outcomes) -> None:
        self.known: dict[str, Any] = {
            "book": book,
            "outcomes": outcomes,
            "remedies": load_remedies(RULES),
            "parts": load_letter_parts(RULES),
        }

    def __call__(
        self,
        text: str,
        code: str | None = None,
        on: date = CASES["checked_on"],
        own: tuple[str, ...] = (),
    ) -> Verdict:
        return verify(text, on=on, code=code, own=own, **self.known)


@pytest.fixture(scope="module")
def gate(statutes: StatuteBook, outcomes: Outcomes) -> Gate:
    """The gate over the shipped corpus."""
    return Gate(statutes, outcomes)


def changed(case: dict[str, Any]) -> str:
    """A right letter with the case's change made; the words to change must be there."""
    text: str = RIGHT[case["letter"]]["text"]
    assert case["old"] in text
    return text.replace(case["old"], case["new"])


def code_of(case: dict[str, Any]) -> str | None:
    """The outcome a case gives, or that of its letter."""
    code: str | None = case.get("code", RIGHT[case["letter"]]["code"])
    return code


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("told", [True, False], ids=["code", "no code"])
def test_a_right_letter_passes_without_a_finding(name: str, told: bool, gate: Gate) -> None:
    """Nothing to say, whether or not the outcome is told."""
    letter = RIGHT[name]
    assert () == gate(letter["text"], letter["code"] if told else None).findings


@pytest.mark.parametrize("name", AGENCIES)
@pytest.mark.parametrize("told", [True, False], ids=["code", "no code"])
def test_letters_as_agencies_write_them_pass(name: str, told: bool, gate: Gate) -> None:
    """Other wordings of a lawful letter are no errors."""
    letter = AGENCIES[name]
    found = gate(letter["text"], letter.get("code") if told else None).findings
    assert [] == [finding.message for finding in found if finding.severity == "error"]


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("told", [True, False], ids=["code", "no code"])
def test_every_composed_letter_passes(
    letter: str, told: bool, gate: Gate, composer: Composer, outcomes: Outcomes
) -> None:
    """What the clause library writes, the gate signs."""
    draft = composed(letter, composer, outcomes)
    found = gate(draft.text, draft.outcome if told else None).findings
    assert [] == [finding.message for finding in found if finding.severity == "error"]


@pytest.mark.parametrize("case", CASES["faults"], ids=lambda case: case["name"])
def test_one_fault_is_named_by_its_check(case: dict[str, Any], gate: Gate) -> None:
    """The check that is there for the fault finds it, in words a clerk can act on; a warning refuses nothing."""
    severity = case.get("severity", "error")
    verdict = gate(changed(case), code_of(case))
    messages = [f.message for f in verdict.findings if (f.check, f.severity) == (case["check"], severity)]
    assert any(all(words in message for words in case["words"]) for message in messages), verdict.findings
    assert verdict.passes == (severity == "warning")


@pytest.mark.parametrize("case", CASES["harmless"], ids=lambda case: case["name"])
def test_what_is_no_fault_is_left_alone(case: dict[str, Any], gate: Gate) -> None:
    """A likeness to a fault is none."""
    found = gate(changed(case), code_of(case)).findings
    assert [] == [finding.message for finding in found if finding.check == case["check"]]


def test_a_finding_leads_to_its_words(gate: Gate) -> None:
    """The span of a finding is the wrong words themselves."""
    text = RIGHT["elsewhere"]["text"].replace("第十条和", "第六十条和")
    (finding,) = gate(text, "unable.not_held").findings
    assert "《中华人民共和国政府信息公开条例》第六十条" == text[finding.start : finding.end]


def test_three_faults_are_all_named(gate: Gate) -> None:
    """One letter, three faults, three checks."""
    text = (
        RIGHT["deliberative"]["text"]
        .replace("《条例》第三十六条第（三）项", "《条例》第六十条")
        .replace("可以不予公开”", "应当不予公开”")
        .replace("再依法向", "也可以六个月内直接向")
    )
    verdict = gate(text, "refuse.deliberative")
    assert {"article_exists", "quote_verbatim", "remedy"} <= {f.check for f in verdict.findings}
    assert not verdict.passes


def test_a_draft_without_facts_is_refused_gap_by_gap(
    gate: Gate, composer: Composer, outcomes: Outcomes
) -> None:
    """Every 【待补】 of a draft is an error of its own."""
    draft = composer.compose(outcomes["grant"], {"road": "provided"}, CASES["checked_on"])
    gaps = [f for f in gate(draft.text, "grant").findings if "【待补" in f.message]
    assert draft.text.count("【待补") == len(gaps) > 0
    assert {"error"} == {finding.severity for finding in gaps}


def test_no_remedy_rules_of_the_day_is_said(gate: Gate) -> None:
    """Before 2024 the rules held here say nothing of remedies: a doubt, no error of that check."""
    found = gate(RIGHT["absent"]["text"], "unable.not_held", date(2023, 6, 1)).findings
    told = [f for f in found if f.check == "remedy"]
    assert ["warning"] == [f.severity for f in told]
    assert "没有适用于2023-06-01的救济规则" in told[0].message
    assert "修订前的《行政复议法》，本库没有它的条文" in told[0].message


@pytest.mark.parametrize(
    "text", ["", "　\n", "您好", "第", "【待补", "“" * 50, "《" * 200, "第三十六条" * 300]
)
def test_what_is_no_letter_is_refused(text: str, gate: Gate) -> None:
    """Fragments fail by what they lack, and break nothing."""
    assert not gate(text).passes


def test_the_verdict_has_the_form_of_the_contract(gate: Gate) -> None:
    """passes, citations, findings with exactly these keys."""
    found = gate(RIGHT["absent"]["text"].replace("〔2026〕16号", ""), "unable.not_held").to_json()
    assert ["passes", "citations", "findings"] == list(found)
    assert {
        "text": "《中华人民共和国政府信息公开条例》第三十六条第（四）项",
        "ref": "《政府信息公开条例》第三十六条第（四）项",
        "status": "ok",
    }.items() <= found["citations"][0].items()
    assert ["text", "start", "end", "ref", "status"] == list(found["citations"][0])
    assert ["severity", "check", "start", "end", "message"] == list(found["findings"][0])


def test_a_letter_is_checked_in_a_moment(gate: Gate) -> None:
    """Well under twenty milliseconds for the best of five."""
    letter = RIGHT["deliberative"]

    def seconds() -> float:
        start = time.perf_counter()
        gate(letter["text"], letter["code"])
        return time.perf_counter() - start

    assert min(seconds() for _ in range(5)) < 0.02


def test_the_applicants_own_data_may_stand_and_others_may_not(gate: Gate) -> None:
    """However the applicant wrote it; the number of a neighbour is warned of."""
    text = RIGHT["partial"]["text"].replace(
        "赵一平", "赵一平（身份证号11010519491231002X，电话138 1234 5678）", 1
    )
    text = text.replace("有关村民的", "村民钱某（13987654321）的")
    found = gate(text, "partial", own=("11010519491231002x", "13812345678")).findings
    assert ["13987654321"] == [text[f.start : f.end] for f in found if f.check == "personal_data"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("law: 政府信息公开条例", "laws: 政府信息公开条例", "缺少“law”"),
        ("severity: warning", "severity: note", "值 'note' 应为 error、warning 之一"),
        ("gap: ['【", "gap: ['(【", "gap：不是有效的正则表达式"),
        ("where: tail", "where: end", "parts 落款 where"),
    ],
)
def test_a_broken_rule_is_named(old: str, new: str, words: str, tmp_path: Path) -> None:
    """File, row and key of a rule that cannot be used."""
    shipped = (RULES / "letter_parts.yaml").read_text(encoding="utf-8")
    assert old in shipped
    (tmp_path / "letter_parts.yaml").write_text(shipped.replace(old, new), encoding="utf-8")
    with pytest.raises(CorpusError, match=words):
        load_letter_parts(tmp_path)
