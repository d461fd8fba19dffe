"""What the product's search is measured against: words, pairs of characters, vectors, the textbook pipeline."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import InputError
from assistant.ingest.passages import Passage
from evals.baselines import PassageRanker, Scorer, Unit, bm25_scores, cosines, unit_of
from evals.bm25 import Bm25, Cut, by_characters, by_jieba, by_pairs, by_white_space
from evals.chunks import Chunk, article_spans, chunk_at, section_spans
from evals.found import DEPTH, Found
from evals.labelled import LabelledQuestion
from evals.legs import LEFT_OUT, Solve, product, without
from evals.task import Solver

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

ChunkSearch = Callable[[str], tuple[tuple[Chunk, int], ...]]


@dataclass(frozen=True)
class Ground:
    """What every method stands on: the office, a folder of this run, the day, questions to learn from."""

    assistant: "Assistant"
    folder: Path
    on: date
    train: tuple[LabelledQuestion, ...] = ()


@dataclass(frozen=True)
class Method:
    """A way to search: its key, what it is called, and how it is set up."""

    key: str
    label: str
    make: Callable[[Ground], Solve]

    def solver(self, ground: Ground) -> Solver[LabelledQuestion, Found]:
        """The method; the index, the model or the library it needs is read with the first question.

        Where a library is not installed, its questions stay unscored and say which.
        """
        ready: list[Solve] = []

        def solve(item: LabelledQuestion) -> Found:
            if not ready:
                ready.append(self._made(ground))
            return ready[0](item)

        return Solver(self.key, self.label, solve)

    def _made(self, ground: Ground) -> Solve:
        try:
            return self.make(ground)
        except ImportError as fault:
            raise InputError(
                f"“{self.label}”要用的程序包 {fault.name} 没有安装。请按 requirements.lock 装全。"
            ) from fault


def _product(ground: Ground) -> Solve:
    return product(ground.assistant, ground.on)


def _without(part: str, ground: Ground) -> Solve:
    return without(part, ground.assistant, ground.folder / part, ground.on)


def _bm25(cut: Cut, ground: Ground) -> Solve:
    passages = ground.assistant.source.passages
    return _ranked(passages, bm25_scores(passages, cut), ground.on)


def _jieba(ground: Ground) -> Solve:
    return _bm25(by_jieba(ground.folder), ground)


def _dense(ground: Ground) -> Solve:
    """The vectors of the product's dense leg, searched exactly and alone."""
    from assistant.retrieval.build import passage_vectors
    from assistant.retrieval.embedding import load_embedder
    from assistant.retrieval.index import IndexPlace

    source = ground.assistant.source
    embedder = load_embedder(IndexPlace.of(ground.assistant.settings).model)
    rows = passage_vectors(source, embedder, lambda *_: None)
    score = cosines(rows, lambda query: embedder.encode_queries([query])[0])
    return _ranked(source.passages, score, ground.on)


def _ranked(passages: Sequence[Passage], score: Scorer, on: date) -> Solve:
    ranker = PassageRanker(passages, on, score)
    shown = {unit_of(passage): len(passage.shown) for passage in passages}

    def solve(item: LabelledQuestion) -> Found:
        ranked = ranker.ranked(item.query, DEPTH)
        units = tuple(unit for unit, _ in ranked)
        lengths = tuple(shown[unit] for unit in units)
        return Found(units, tuple(part for _, part in ranked), lengths=lengths)

    return solve


def _nearest(ground: Ground) -> Solve:
    """The articles of the training questions most alike in pairs of characters."""
    train = [item for item in ground.train if item.relevant]
    index = Bm25([item.query for item in train], by_pairs)

    def solve(item: LabelledQuestion) -> Found:
        refs = [ref for at in index.ranked(item.query) for ref in train[at].relevant]
        best = {ref.whole_article: ref for ref in reversed(refs)}
        units = tuple(dict.fromkeys(ref.whole_article for ref in refs))[:DEPTH]
        return Found(units, tuple(best[unit] for unit in units))

    return solve


def _textbook(whole: bool, ground: Ground) -> Solve:
    """Chunks as they come, each taken for all that stands in it (`whole`) or for what most of it is."""
    chunks_for = _textbook_search(ground.assistant, ground.folder)

    def solve(item: LabelledQuestion) -> Found:
        found = chunks_for(item.query)
        units: tuple[Unit, ...] = tuple(chunk.main for chunk, _ in found)
        also = tuple(chunk.units if whole else frozenset[Unit]() for chunk, _ in found)
        return Found(units, (None,) * len(units), also=also, lengths=tuple(length for _, length in found))

    return solve


@lru_cache(maxsize=1)
def _textbook_search(assistant: "Assistant", folder: Path) -> ChunkSearch:
    """Each chunk found and its length; searched once for both ways of counting."""
    from evals.textbook import store_corpus

    places, store = _chunk_places(assistant), store_corpus(folder / "textbook")

    @cache
    def chunks_for(query: str) -> tuple[tuple[Chunk, int], ...]:
        rows = [(doc.metadata, len(doc.page_content)) for doc in store.similarity_search(query, k=DEPTH)]
        return tuple((places(row["source"], row["start_index"], length), length) for row, length in rows)

    return chunks_for


def _chunk_places(assistant: "Assistant") -> Callable[[str, int, int], Chunk]:
    """File, first character and length of a chunk to what stands in it."""
    from evals.textbook import corpus_files

    passages = assistant.source.passages
    spans = {
        path.name: article_spans(path)
        if path.parent.name == "laws"
        else section_spans(
            path.read_text(encoding="utf-8"), [p for p in passages if p.source == f"reports/{path.name}"]
        )
        for path in corpus_files()
    }
    return lambda name, begin, length: chunk_at(spans[name], begin, begin + length, name)


PRODUCT = Method("assistant", "本程序", _product)
LEGS = tuple(Method(part.key, part.label, partial(_without, part.key)) for part in LEFT_OUT)
WORDS = (
    Method("bm25_spaces", "BM25 按空格", partial(_bm25, by_white_space)),
    Method("bm25_jieba", "BM25 结巴分词", _jieba),
    Method("bm25_characters", "BM25 单字", partial(_bm25, by_characters)),
    Method("bm25_pairs", "BM25 字二元组", partial(_bm25, by_pairs)),
)
OTHERS = (
    Method("dense", "仅向量", _dense),
    Method("textbook", "教科书（块内任一条）", partial(_textbook, True)),
    Method("textbook_main", "教科书（块的主条）", partial(_textbook, False)),
    Method("nearest", "最近的训练问题", _nearest),
)
METHODS = (PRODUCT, *LEGS, *WORDS, *OTHERS)
