"""Leaks between splits are found on toy sets."""

import random

from evals.leakage import Text, jaccard, near_duplicates, share_in_pairs, split_families

LETTER = "申请公开本镇二〇二二年度农村道路养护合同及验收单"


def text(name: str, words: str, split: str = "train", family: str = "road") -> Text:
    """A text of a toy set."""
    return Text(name, split, family, words)


def test_a_reworded_letter_in_another_split_is_a_leak() -> None:
    """One changed character leaves most 5-grams alike; punctuation and width do not count."""
    (pair,) = near_duplicates([text("a", LETTER), text("b", LETTER.replace("镇", "乡，") + "！", "test")])
    assert ("a", "b", True) == (pair.first.id, pair.second.id, pair.crosses)


def test_letters_of_their_own_are_no_leak() -> None:
    """The formula of a request alone makes no pair."""
    other = "申请公开本镇小学食堂近三年的采购价格明细"
    assert [] == near_duplicates([text("a", LETTER), text("b", other, "test")])


def test_a_pair_within_a_split_does_not_cross() -> None:
    """It counts in the share of near-duplicates only."""
    texts = [text("a", LETTER), text("b", LETTER), text("c", "请问办公时间"), text("d", "我要看会议纪要")]
    assert [False] == [pair.crosses for pair in near_duplicates(texts)]
    assert 0.5 == share_in_pairs(texts)


def test_empty_texts_are_no_duplicates() -> None:
    """Two empty findings say nothing about each other."""
    assert [] == near_duplicates([text("a", ""), text("b", "。", "test")])


def test_a_family_in_two_splits_is_named() -> None:
    """A scenario belongs to one split."""
    texts = [text("a", "甲"), text("b", "乙", "test"), text("c", "丙", "test", "school")]
    assert [("road", frozenset({"train", "test"}))] == list(split_families(texts))


def test_the_filter_loses_no_pair() -> None:
    """The prefix filter finds what comparing all pairs finds."""
    rng = random.Random(7)
    texts = [
        text(str(n), "".join(rng.choice("路桥水电") for _ in range(rng.randint(6, 9)))) for n in range(120)
    ]
    grams = [frozenset(t.words[at : at + 5] for at in range(len(t.words) - 4)) for t in texts]
    expected = {
        (texts[a].id, texts[b].id)
        for b in range(len(texts))
        for a in range(b)
        if jaccard(grams[a], grams[b]) > 0.5
    }
    assert expected
    assert expected == {(pair.first.id, pair.second.id) for pair in near_duplicates(texts)}
