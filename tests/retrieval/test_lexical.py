"""The lexical leg: what counts as a word, and the formula."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.lexical import (
    K1,
    B,
    build_lexical,
    grams,
    known_share,
    lexical_scores,
    load_lexical,
    save_lexical,
)

TEXTS = ["征求第三方意见", "第三方逾期未提出意见", "收取信息处理费"]


def test_words_are_characters_and_pairs() -> None:
    """Both, for each Chinese run; foreign words and numbers stay whole."""
    assert ["第", "三", "方", "第三", "三方", "20", "天", "email"] == grams("第三方，20天 Email")


def test_width_and_case_do_not_count() -> None:
    """Full-width letters and digits are the plain ones."""
    assert grams("20个工作日ABC") == grams("２０个工作日ａｂｃ")


@pytest.mark.parametrize("text", ["", "。，！？", "😀🎉", "  \n\t"])
def test_what_has_no_words_yields_none(text: str) -> None:
    """Punctuation, emoji and space say nothing."""
    assert [] == grams(text)


def test_the_score_is_the_formula() -> None:
    """Worked by hand for 费, once in the third text."""
    lengths = [len(grams(text)) for text in TEXTS]
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    expected = idf * (K1 + 1) / (1 + K1 * (1 - B + B * lengths[2] / (sum(lengths) / 3)))
    assert [0, 0, pytest.approx(expected)] == lexical_scores(build_lexical(TEXTS), "费").tolist()


def test_a_word_asked_twice_counts_once() -> None:
    """A pasted letter is not drowned by what it repeats."""
    index = build_lexical(TEXTS)
    assert lexical_scores(index, "意见").tolist() == lexical_scores(index, "意见。意见").tolist()


def test_unknown_words_score_nothing() -> None:
    """No shared word, no score."""
    assert not lexical_scores(build_lexical(TEXTS), "红烧肉").any()


def test_known_share_counts_distinct_pairs() -> None:
    """第三, 三方 are known; 方炖 is not."""
    assert (pytest.approx(2 / 3), 3) == known_share(build_lexical(TEXTS), "第三方炖")


@given(
    st.lists(st.text(alphabet="第三方补正费的", min_size=1, max_size=8), min_size=1, max_size=9),
    st.text(alphabet="第三方补正费的", max_size=8),
)
def test_words_most_texts_hold_count_as_the_others_do(texts: list[str], query: str) -> None:
    """Kept as rows for speed, they add what their postings say."""
    index = build_lexical(texts)
    expected = np.zeros(len(texts))
    for gram in set(grams(query)) & index.terms.keys():
        part = slice(index.starts[index.terms[gram]], index.starts[index.terms[gram] + 1])
        expected[index.documents[part]] += index.weights[part]
    assert lexical_scores(index, query) == pytest.approx(expected, rel=1e-5)


def test_saving_and_loading_changes_nothing(tmp_path: Path) -> None:
    """The same scores to the bit."""
    index = build_lexical(TEXTS)
    save_lexical(index, tmp_path / "lexical.npz")
    again = load_lexical(tmp_path / "lexical.npz")
    assert np.array_equal(lexical_scores(index, "第三方意见"), lexical_scores(again, "第三方意见"))


def test_an_index_of_nothing_finds_nothing() -> None:
    """No texts, no scores, no fault."""
    assert 0 == len(lexical_scores(build_lexical([]), "意见"))


@given(
    st.lists(st.text(alphabet=st.sampled_from("第三方补正20PDFａ。，\n \0豈鿿㐀é"), max_size=12), max_size=5)
)
def test_all_texts_at_once_hold_the_grams_of_each(texts: list[str]) -> None:
    """What is indexed of a text is what a question's words are cut into."""
    index = build_lexical(texts)
    held = {
        (term, int(document))
        for term, number in index.terms.items()
        for document in index.documents[index.starts[number] : index.starts[number + 1]]
    }
    assert {(gram, at) for at, text in enumerate(texts) for gram in grams(text)} == held
