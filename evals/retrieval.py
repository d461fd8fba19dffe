"""How often the article that answers a question is found, beside BM25 and beside vectors alone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.ingest.passages import Passage
from assistant.law.provisions import ProvisionRef
from evals.baselines import PassageRanker, Scorer, Unit, bm25_scores, cosines, unit_of
from evals.bm25 import Bm25, by_characters, by_white_space
from evals.labelled import LABELLED_ON, LabelledQuestion, load_questions
from evals.metrics import mean, ndcg, reciprocal_rank, share
from evals.task import Judged, Metric, Solver, Task, Values, View

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.retrieval.source import IndexSource

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
FEW: tuple[Metric, ...] = (share("hit1", "首条命中"), share("hit5", "前五条命中"))


@dataclass(frozen=True)
class Found:
    """Articles (or other passages) best first, each with its best part; `confident` None: cannot say."""

    units: tuple[Unit, ...]
    parts: tuple[ProvisionRef | None, ...]
    confident: bool | None = None


Asked = Solver[LabelledQuestion, Found]


def retrieval(assistant: "Assistant") -> Task[LabelledQuestion, Found]:
    """Articles for the test questions."""
    questions = load_questions()
    return Task(
        name="retrieval",
        label="条文检索",
        dataset=tuple(item for item in questions if item.split == "test"),
        solvers=(Solver("assistant", "本程序", _searcher(assistant)), *_baselines(assistant, questions)),
        scorer=judge,
        views=(
            View("all", "全部测试问题", lambda _: "全部", MAIN),
            View("style", "各种问法", lambda item: item.style if item.answerable else None, FEW),
            View("law", "各部法律", lambda item: item.relevant[0].law if item.relevant else None, FEW),
        ),
    )


def judge(item: LabelledQuestion, said: Found) -> Judged:
    """Where the first answering article stands; for a question nothing answers, whether that is said."""
    target = "、".join(map(str, (*item.relevant, *(part.passage for part in item.reports))))
    answer = "、".join(map(str, said.parts[:5]))
    if not item.answerable:
        values: Values = {} if said.confident is None else {"refused": float(not said.confident)}
        return Judged(target, answer, values)
    nearness = reciprocal_rank(said.units, item.units, DEPTH)
    values = {f"hit{k}": float(nearness >= 1 / k) for k in (1, 3, 5)}
    values |= {"mrr": nearness, "ndcg": ndcg(said.units, item.units, DEPTH)}
    clauses = [ref for ref in item.relevant if ref.item]
    if clauses:
        values["clause"] = float(any(_inside(part, clauses) for part in said.parts[:5]))
    if said.confident is not None:
        values["kept"] = float(said.confident)
    return Judged(target, answer, values, "" if nearness else f"前{DEPTH}条没有答案所在的条文")


def _baselines(assistant: "Assistant", questions: Sequence[LabelledQuestion]) -> Iterator[Asked]:
    """All over the passages of the product's index, under the law of the same day."""
    from assistant.retrieval.source import read_source

    source = read_source(assistant.settings.corpus_dir, assistant.statutes)
    train = [item for item in questions if item.split == "train" and item.relevant]
    scores = {
        ("bm25_words", "BM25 按空格"): bm25_scores(source.passages, by_white_space),
        ("bm25_characters", "BM25 字二元组"): bm25_scores(source.passages, by_characters),
        ("dense", "仅向量"): _cosines(assistant, source),
    }
    for (name, label), score in scores.items():
        yield Solver(name, label, _ranker(source.passages, score))
    yield Solver("nearest", "最近的训练问题", _nearest(train))


def _cosines(assistant: "Assistant", source: "IndexSource") -> Scorer:
    """The vectors of the product's dense leg, searched exactly and alone."""
    from assistant.retrieval.build import passage_vectors
    from assistant.retrieval.embedding import load_embedder
    from assistant.retrieval.index import IndexPlace

    embedder = load_embedder(IndexPlace.of(assistant.settings).model)
    rows = passage_vectors(source, embedder, lambda *_: None)
    return cosines(rows, lambda query: embedder.encode_queries([query])[0])


def _nearest(train: Sequence[LabelledQuestion]) -> Callable[[LabelledQuestion], Found]:
    """The articles of the training questions most alike in characters."""
    index = Bm25([item.query for item in train], by_characters)

    def solve(item: LabelledQuestion) -> Found:
        refs = [ref for at in index.ranked(item.query) for ref in train[at].relevant]
        best = {ref.whole_article: ref for ref in reversed(refs)}
        units = tuple(dict.fromkeys(ref.whole_article for ref in refs))[:DEPTH]
        return Found(units, tuple(best[unit] for unit in units))

    return solve


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
