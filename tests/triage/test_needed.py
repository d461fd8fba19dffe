"""Looking only for what could be there: the same is found, whatever the letter says."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.triage.classifier import Classifier
from assistant.triage.needed import needed, pieces, possible
from evals.labelled import LABELLED_ON, load_requests

# Words of the rules themselves, so that invented texts often hold some of what a pattern needs.
WORDS = st.lists(
    st.sampled_from(
        [
            "本机关",
            "未制作",
            "没有",
            "同意公开",
            "不",
            "存在",
            "档案",
            "，",
            "。",
            "\n",
            "登记",
            "AI请",
            "已",
            "重复",
        ]
    ),
    max_size=30,
)


@pytest.fixture(scope="module")
def fast(classifier: Classifier) -> Classifier:
    """The shipped classifier prepared for many letters."""
    return classifier.prepared()


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(?:未|没有)制作", "该信息未制作"),
        ("不存在|查无此(?:件|文)", "经查，查无此文"),
        ("[^，]{0,8}(?:材料)?确不存在", "所称材料确不存在"),
        ("(?:第[一二三]){2,}项", "第一第二项"),
        ("(?<!不)同意(?!书)", "第三方同意"),
        ("grant|Partial", "PARTIAL"),
        ("(?:^|，)其一", "其一，"),
        (r"\d{2,}份?", "共12"),
    ],
)
def test_a_text_that_matches_holds_what_is_needed(pattern: str, text: str) -> None:
    """Alternatives, optional words, repeats, places and letters with two cases."""
    compiled = re.compile(pattern, re.IGNORECASE)
    assert compiled.search(text)
    assert possible(needed(compiled), pieces(text))


def test_a_text_without_the_needed_words_is_passed_over() -> None:
    """Otherwise nothing would be gained."""
    clauses = needed(re.compile("(?:企业|公司)[^，]{0,12}(?:同意|无异议)"))
    assert not possible(clauses, pieces("该公司表示反对"))
    assert not possible(clauses, pieces("承租方同意"))
    assert possible(clauses, pieces("该公司同意"))


def test_the_labelled_requests_show_the_same_signals(classifier: Classifier, fast: Classifier) -> None:
    """Each letter by itself, and letters run together, as long ones are."""
    items = load_requests(classifier.outcomes)[::5]
    texts = [(item.request, item.findings) for item in items]
    texts += [(a.request + "\n" + b.request, a.findings + b.findings) for a, b in pairwise(items[::4])]
    for request, findings in texts:
        expected = classifier.propose(request, findings, LABELLED_ON)
        assert expected == fast.propose(request, findings, LABELLED_ON)


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS)
def test_any_text_shows_the_same_signals(
    classifier: Classifier, fast: Classifier, request: list[str], found: list[str]
) -> None:
    """Words of the rules in any order."""
    texts = "".join(request), "".join(found)
    assert classifier.signals.quiet(texts[0]) == fast.signals.quiet(texts[0])
    assert classifier.signals.find(*texts, LABELLED_ON) == fast.signals.find(*texts, LABELLED_ON)
