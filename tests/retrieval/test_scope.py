"""Whether a question is the business of the corpus at all."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.retrieval.index import Index
from assistant.retrieval.lexical import grams
from assistant.retrieval.scope import FILE, Match, Scope, likely_answered, load_scope
from assistant.retrieval.search import match_of, search

ON = date(2026, 11, 23)
# Speaks for 公开, against 工伤; match and known share count a little.
SCOPE = Scope({"公开": 4.0, "工伤": -4.0}, 0.0, wording=1.0, score=0.5, known=0.5, floor=2.0)


@pytest.mark.parametrize(
    ("score", "known", "short", "expected"),
    [
        (40.0, 0.9, False, True),
        (20.0, 0.3, False, False),
        (5.0, 1.0, True, True),
        (5.0, 0.5, True, False),
        (0.0, 1.0, True, False),
        (0.0, 1.0, False, False),
    ],
)
def test_a_corpus_without_scope_is_judged_by_the_match(
    score: float, known: float, short: bool, expected: bool
) -> None:
    """Long questions must score and be known; short ones must be all known."""
    assert expected == likely_answered("这事归谁管呢", Match(score, known, short), None)


def test_wording_decides_between_equal_matches() -> None:
    """Two questions match some article equally well; one is about another law."""
    match = Match(30.0, 0.8, short=False)
    assert likely_answered("能不能公开", match, SCOPE)
    assert not likely_answered("算不算工伤", match, SCOPE)


def test_a_better_match_counts_for_a_question() -> None:
    """The same wording, known or not to the passages."""
    measured = [SCOPE.measure("能不能公开", Match(score, 0.5, short=False)) for score in (5.0, 50.0)]
    assert measured == sorted(measured)


def test_wording_is_no_matter_of_length() -> None:
    """The sum over the characters and pairs asked is divided by the root of their number."""
    asked = set(grams("能不能公开"))
    assert pytest.approx(4.0 / len(asked) ** 0.5) == SCOPE.leaning("能不能公开")


def test_an_empty_wording_leans_nowhere() -> None:
    """Nothing but the bias is left."""
    assert 0.0 == SCOPE.leaning("？！")


def test_the_shipped_scope_knows_its_business(index: Index) -> None:
    """Words of the Regulation speak for it, words of other law against."""
    scope = index.scope
    assert scope is not None
    assert scope.leaning("申请公开要不要说明用途") > scope.leaning("劳动仲裁要等多久开庭")


def test_a_named_provision_is_never_out_of_scope(index: Index) -> None:
    """Who writes the article down asks for it, whatever else the question says."""
    query = "工伤认定和条例第三十二条有没有关系"
    assert match_of(index, query, ON) is None
    assert search(index, query, 5, ON).confident


def test_what_an_office_added_is_not_judged_by_the_shipped_scope(index: Index) -> None:
    """The scope has learnt the corpus's questions, not those of an office's own papers."""
    query = "工伤认定要不要征求第三方意见，多久答复"
    strict = replace(SCOPE, floor=100.0)
    ours, added = replace(index, scope=strict), replace(index, scope=strict, shipped=frozenset())
    assert [False, True] == [search(one, query, 5, ON).confident for one in (ours, added)]


def test_a_corpus_may_have_no_scope(tmp_path: Path) -> None:
    """Then the match alone is judged."""
    assert load_scope(tmp_path) is None


@pytest.mark.parametrize(
    "written", ["", "[]", "{}", '{"bias": 0, "joint": {"wording": 1}, "weights": {}}', '{"bias": "x"', "null"]
)
def test_a_damaged_scope_is_named(tmp_path: Path, written: str) -> None:
    """One line that names the file and what to do."""
    (tmp_path / FILE).write_text(written, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"scope\.json 已损坏.*make model"):
        load_scope(tmp_path)
