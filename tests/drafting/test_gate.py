"""The gate on what the file must show, on days, items, names, figures, papers, and on letters of any origin."""

import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.reading import Known
from assistant.drafting.verify import Finding, Override, Verdict
from assistant.errors import InputError
from assistant.pipeline import Assistant

HERE = Path(__file__).parent
RIGHT = yaml.safe_load((HERE / "verify_cases.yaml").read_text(encoding="utf-8"))["right"]
CASES = yaml.safe_load((HERE / "gate_cases.yaml").read_text(encoding="utf-8"))
ON = date(2026, 11, 23)


def judged(assistant: Assistant, case: dict[str, Any]) -> Verdict:
    """The verdict on a right letter with the case's change made."""
    letter = RIGHT[case["letter"]]
    text = letter["text"]
    for old, new in ((case["old"], case["new"]), *case.get("also", ())):
        assert old in text
        text = text.replace(old, new)
    facts = dict(case.get("facts", {}))
    if case.get("office", True):
        facts["agency"] = CASES["office"]
    return assistant.verify(text, ON, case.get("code", letter["code"]), known=Known(facts=facts))


def messages(verdict: Verdict, check: str, severity: str = "error") -> list[str]:
    """What a check says of a severity."""
    return [f.message for f in verdict.findings if (f.check, f.severity) == (check, severity)]


@pytest.mark.parametrize("case", CASES["faults"], ids=lambda case: case["name"])
def test_a_fault_is_named_by_its_check(case: dict[str, Any], assistant: Assistant) -> None:
    """Each in words a clerk can act on; a partial list of sums is none."""
    said = messages(judged(assistant, case), case["check"], case.get("severity", "error"))
    if case.get("none"):
        assert [] == said
    else:
        assert any(all(words in one for words in case["words"]) for one in said), said


@pytest.mark.parametrize("case", CASES["harmless"], ids=lambda case: case["name"])
def test_what_is_no_fault_is_left_alone(case: dict[str, Any], assistant: Assistant) -> None:
    """A likeness to a fault is none."""
    assert [] == messages(judged(assistant, case), case["check"])


@pytest.mark.parametrize("letter", RIGHT)
def test_right_letters_pass_with_the_clock_and_the_offices_settings(
    letter: str, assistant: Assistant
) -> None:
    """Reckoning and names find nothing in what is right."""
    known = Known(facts={"agency": CASES["office"]})
    found = assistant.verify(RIGHT[letter]["text"], ON, RIGHT[letter]["code"], known=known).findings
    assert [] == [one.message for one in found]


def test_a_letter_of_several_items_passes(assistant: Assistant) -> None:
    """Each item cites its own."""
    assert () == assistant.verify(CASES["items"]["text"], ON).findings


@pytest.mark.parametrize("case", CASES["items"]["faults"], ids=lambda case: case["name"])
def test_each_item_is_judged_by_what_it_cites_itself(case: dict[str, Any], assistant: Assistant) -> None:
    """What another item rests on does not carry this one."""
    text = CASES["items"]["text"]
    assert case["old"] in text
    verdict = assistant.verify(text.replace(case["old"], case["new"]), ON)
    said = messages(verdict, "outcome_basis")
    assert any(all(words in one for words in case["words"]) for one in said), said


@pytest.mark.parametrize("paper", CASES["papers"], ids=lambda paper: paper["name"])
def test_a_paper_that_is_no_reply_is_known_by_its_title(paper: dict[str, Any], assistant: Assistant) -> None:
    """No remedy and no decision are asked of it; what is asked is missed by name."""
    assert () == assistant.verify(paper["text"], ON).findings
    for case in paper["faults"]:
        assert case["old"] in paper["text"]
        verdict = assistant.verify(paper["text"].replace(case["old"], case["new"]), date(2026, 12, 4))
        said = messages(verdict, case["check"], case.get("severity", "error"))
        assert any(all(words in one for words in case["words"]) for one in said), (case["name"], said)


def test_a_dead_document_is_told_once(assistant: Assistant) -> None:
    """By its article where one is cited, by its number where none is."""
    text = RIGHT["deliberative"]["text"].replace("理由是：", "参照法释〔2011〕17号第五条，理由是：")
    assert 1 == len(messages(assistant.verify(text, ON), "in_force"))
    text = RIGHT["deliberative"]["text"].replace("理由是：", "参照法释〔2011〕17号，理由是：")
    assert 1 == len(messages(assistant.verify(text, ON), "in_force"))


def test_fifty_articles_are_each_judged(assistant: Assistant) -> None:
    """Those there are pass, those there are not are named, and it takes a moment."""
    cited = "、".join(f"《政府信息公开条例》第{number}条" for number in range(21, 71))
    text = RIGHT["absent"]["text"].replace("根据《中华", f"参照{cited}，根据《中华")
    start = time.perf_counter()
    verdict = assistant.verify(text, ON, "unable.not_held")
    assert time.perf_counter() - start < 2
    assert 14 == len(messages(verdict, "article_exists"))
    assert 51 <= len(verdict.citations)


@given(st.text(max_size=300))
def test_no_text_breaks_the_gate(assistant: Assistant, text: str) -> None:
    """Whatever is given, a verdict comes back, and it is no signature."""
    assert not assistant.verify(text, ON).passes


@given(st.data())
def test_a_piece_cut_out_of_a_letter_breaks_nothing(assistant: Assistant, data: st.DataObject) -> None:
    """Every finding's span lies within the letter."""
    text = RIGHT[data.draw(st.sampled_from(sorted(RIGHT)))]["text"]
    start = data.draw(st.integers(0, len(text)))
    cut = text[:start] + text[start + data.draw(st.integers(0, 200)) :]
    for finding in assistant.verify(cut, ON).findings:
        assert 0 <= finding.start <= finding.end <= len(cut)


def test_words_nobody_sees_are_searched_for_data_of_others(assistant: Assistant) -> None:
    """What was deleted with tracking on goes out with the file."""
    known = Known(
        notices=("文件带有修订",), unseen=(("修订中删除的文字", "村民钱某，身份证11010519491231002X"),)
    )
    verdict = assistant.verify(RIGHT["grant"]["text"], ON, "grant", known=known)
    assert any("修订中删除的文字" in one for one in messages(verdict, "personal_data"))
    assert ["文件带有修订。"] == messages(verdict, "file", "warning")


def test_the_offices_own_number_may_stand(assistant: Assistant) -> None:
    """A mobile telephone set as the office's contact is nobody's personal data."""
    text = RIGHT["grant"]["text"].replace("可以公开。", "可以公开。如有疑问请拨打13812345678。")
    known = Known(facts={"agency": {**CASES["office"], "phone": "13812345678"}})
    assert [] == messages(assistant.verify(text, ON, "grant", known=known), "personal_data")


def test_an_override_lets_a_refused_letter_go_and_changes_no_finding() -> None:
    """It carries a name and a reason; a letter that passes needs none."""
    refused = Verdict((), (Finding("error", "remedy", 0, 0, "错"),))
    gone = refused.let_go(Override("王某", "当事人已经在场签收"))
    assert (False, False) == (refused.passes, refused.may_go)
    assert (False, True) == (gone.passes, gone.may_go)
    assert {"name": "王某", "reason": "当事人已经在场签收"} == gone.to_json()["override"]
    with pytest.raises(InputError, match="没有需要放行的错误"):
        Verdict((), ()).let_go(Override("王某", "无"))


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [("", "理由", "姓名"), ("王某", " ", "理由"), ("王某", "长" * 501, "500"), ("王\x00某", "理由", "姓名")],
)
def test_an_override_without_name_or_reason_is_refused(name: str, reason: str, words: str) -> None:
    """In one line that says what is missing."""
    with pytest.raises(InputError, match=words):
        Override(name, reason)


def test_the_gate_loads_in_well_under_a_second() -> None:
    """No model, no store, no calendar until a day is reckoned."""
    code = "import time; t = time.process_time(); import assistant.drafting.verify; print(time.process_time() - t)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert float(out) < 0.8
