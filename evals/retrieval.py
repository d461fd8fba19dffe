"""How often the article that answers a question is found, beside BM25 and beside vectors alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.ingest.passages import Passage
from assistant.law.provisions import ProvisionRef
from evals.baselines import PassageRanker, Scorer, Unit, bm25_scores, dense_scores, unit_of
from evals.bm25 import by_characters, by_white_space
from evals.labelled import LABELLED_ON, LabelledQuestion, load_questions
from evals.metrics import mean, ndcg, reciprocal_rank, share
from evals.task import Judged, Metric, Solver, Task, Values, View

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

DEPTH = 10
MAIN: tuple[Metric, ...] = (
    share("hit1", "首条命中"),
    share("hit3", "前三条命中"),
    share("hit5", "前五条命中"),
    mean("mrr", f"MRR@{DEPTH}"),
    mean("ndcg", f"nDCG@{DEPTH}"),
    share("clause", "前五条指到项"),
    share("kept", "有答案的未被拒答"),
    share("refused", "无答案的被拒答"),
)
FEW: tuple[Metric, ...] = (share("hit5", "前五条命中"), mean("mrr", f"MRR@{DEPTH}"))


@dataclass(frozen=True)
class Found:
    """Articles (or other passages) best first, each with its best part; `confident` None: cannot say."""

    units: tuple[Unit, ...]
    parts: tuple[ProvisionRef | None, ...]
    confident: bool | None = None


def retrieval(assistant: "Assistant") -> Task[LabelledQuestion, Found]:
    """Articles for the test questions."""
    passages = corpus_passages(assistant)
    return Task(
        name="retrieval",
        label="条文检索",
        dataset=tuple(item for item in load_questions() if item.split == "test"),
        solvers=(
            Solver("assistant", "本程序", _searcher(assistant)),
            Solver("bm25_words", "BM25 按空格", _ranker(passages, bm25_scores(passages, by_white_space))),
            Solver(
                "bm25_characters", "BM25 字二元组", _ranker(passages, bm25_scores(passages, by_characters))
            ),
            Solver("dense", "仅向量", _ranker(passages, dense_scores(passages, _embedder(assistant)))),
        ),
        scorer=judge,
        views=(
            View("all", "全部测试问题", lambda _: "全部", MAIN),
            View("style", "各种问法", lambda item: item.style if item.relevant else None, FEW),
            View("law", "各部法律", lambda item: item.relevant[0].law if item.relevant else None, FEW),
        ),
    )


def judge(item: LabelledQuestion, said: Found) -> Judged:
    """Where the first answering article stands; for a question nothing answers, whether that is said."""
    target = "、".join(map(str, item.relevant))
    answer = "、".join(map(str, said.parts[:5]))
    if not item.relevant:
        values: Values = {} if said.confident is None else {"refused": float(not said.confident)}
        return Judged(target, answer, values)
    nearness = reciprocal_rank(said.units, item.articles, DEPTH)
    values = {f"hit{k}": float(nearness >= 1 / k) for k in (1, 3, 5)}
    values |= {"mrr": nearness, "ndcg": ndcg(said.units, item.articles, DEPTH)}
    clauses = [ref for ref in item.relevant if ref.item]
    if clauses:
        values["clause"] = float(any(_inside(part, clauses) for part in said.parts[:5]))
    if said.confident is not None:
        values["kept"] = float(said.confident)
    return Judged(target, answer, values, "" if nearness else f"前{DEPTH}条没有答案所在的条文")


def corpus_passages(assistant: "Assistant") -> list[Passage]:
    """Every passage of the corpus, as the product cuts it: what all methods search alike."""
    from assistant.ingest.passages import cut_reports, cut_rules, cut_statutes

    return [
        *cut_statutes(assistant.statutes),
        *cut_rules(assistant.statutes),
        *cut_reports(assistant.reports),
    ]


def _searcher(assistant: "Assistant") -> Callable[[LabelledQuestion], Found]:
    def solve(item: LabelledQuestion) -> Found:
        result = assistant.search(item.query, DEPTH, LABELLED_ON)
        passages = [hit.passage for hit in result.hits]
        units = tuple(unit_of(passage) for passage in passages)
        return Found(units, tuple(passage.ref for passage in passages), result.confident)

    return solve


def _ranker(passages: Sequence[Passage], score: Scorer) -> Callable[[LabelledQuestion], Found]:
    ranker = PassageRanker(passages, LABELLED_ON, score)

    def solve(item: LabelledQuestion) -> Found:
        ranked = ranker.ranked(item.query, DEPTH)
        return Found(tuple(unit for unit, _ in ranked), tuple(part for _, part in ranked))

    return solve


def _inside(part: ProvisionRef | None, clauses: Sequence[ProvisionRef]) -> bool:
    return part is not None and any(
        part.whole_article == clause.whole_article and part.item == clause.item for clause in clauses
    )
