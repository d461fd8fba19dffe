"""The baselines do what their names say, on toy data."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.ingest.passages import Passage
from assistant.law.provisions import ProvisionRef
from evals.baselines import PassageRanker, bm25_scores, cosines, majority, nearest
from evals.bm25 import Bm25, by_characters, by_jieba, by_pairs, by_white_space
from evals.labelled import LabelledRequest

ON = date(2026, 11, 23)
LAW = "政府信息公开条例"


def request(words: str, outcome: str, findings: str = "") -> LabelledRequest:
    """A labelled request of a toy set."""
    return LabelledRequest("x", words, findings, outcome, (), (), None, "plain", "f", "train")


def passage(article: int, words: str, item: int | None = None, **dates: date) -> Passage:
    """A provision of a toy corpus."""
    ref = ProvisionRef(LAW, article, item=item)
    return Passage(f"{article}-{item}", "provision", words, words, "law.md", ref, **dates)


def test_bm25_agrees_with_the_formula_worked_by_hand() -> None:
    """Two texts of one and three words: idf ln(1 + 1.5/1.5); length norms 0.625 and 1.375 of k1."""
    scores = Bm25(["road", "school lunch price"], by_white_space).scores("road")
    assert [np.log(2) / (1 + 1.5 * 0.625), 0.0] == pytest.approx(scores)


def test_white_space_takes_a_chinese_clause_for_one_word() -> None:
    """That is why it is a baseline."""
    assert ["第三方不同意怎么办"] == by_white_space("第三方不同意怎么办")


def test_characters_and_pairs_stop_at_punctuation() -> None:
    """Width and case do not count; a run of one is itself."""
    assert ["第", "三", "方"] == by_characters("第三方。")
    assert ["第三", "三方"] == by_pairs("第三方。")
    assert ["a", "36", "6条"] == by_pairs("A，３6条")


def test_jieba_cuts_words_and_leaves_its_files_in_the_folder_given(tmp_path: Path) -> None:
    """Nothing is kept from one run to the next."""
    assert ["政府", "信息", "怎么", "申请"] == by_jieba(tmp_path)("政府信息，怎么申请？")
    assert ["jieba.cache"] == [path.name for path in tmp_path.iterdir()]


def test_the_majority_ranks_outcomes_by_frequency() -> None:
    """Whatever is asked."""
    train = [request("甲", "grant"), request("乙", "partial"), request("丙", "grant")]
    assert ("grant", "partial") == majority(train)(request("丁", "partial")).codes


def test_the_nearest_request_lends_its_outcome() -> None:
    """Findings count as much as the request."""
    train = [
        request("申请公开道路合同", "grant", "已经找到"),
        request("申请公开道路合同", "unable.not_held", "查无此件"),
    ]
    solve = nearest(train)
    assert "unable.not_held" == solve(request("道路合同", "", "查无")).codes[0]
    assert ("grant",) == solve(request("zzz", "")).codes


def test_an_article_is_ranked_once_by_its_best_passage() -> None:
    """The item that answers stands for its article."""
    passages = [passage(36, "答复申请"), passage(36, "另行制作加工信息", 7), passage(33, "答复期限")]
    ranker = PassageRanker(passages, ON, bm25_scores(passages, by_pairs))
    assert [(ProvisionRef(LAW, 36), ProvisionRef(LAW, 36, item=7))] == ranker.ranked("加工", 5)
    assert 2 == len(ranker.ranked("答复", 5))


def test_repealed_passages_are_not_ranked() -> None:
    """Baselines see the law of the day as the product does."""
    passages = [passage(15, "答复期限", valid_to=date(2019, 5, 14)), passage(33, "答复期限")]
    ranker = PassageRanker(passages, ON, bm25_scores(passages, by_pairs))
    assert [ProvisionRef(LAW, 33)] == [unit for unit, _ in ranker.ranked("期限", 5)]


def test_cosines_of_unit_vectors_are_dot_products() -> None:
    """One text alike, one at cosine 0.6."""
    rows = np.array([[1.0, 0.0], [0.6, 0.8]], dtype=np.float32)
    scores = cosines(rows, lambda _: rows[0])("路")
    assert [1.0, 0.6] == pytest.approx(scores)
