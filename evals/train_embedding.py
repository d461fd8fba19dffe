"""Train the shipped embedding model from zero: python -m evals.train_embedding [--extra STARD.json]

A table of vectors for Chinese characters and pairs of them, so that a question and the passage that answers
it lie close. Learns from the training questions, the lay words and the corpus itself; takes under ten
minutes on two cores. Writes corpus/model (a sentence-transformers StaticEmbedding folder with the record of
its training) and corpus/questions.jsonl (the training questions, which widen the passages they lead to).

Loss: in-batch softmax over cosine (van den Oord et al. 2018; Henderson et al. 2017), all passages of a
batch and some more as candidates; what also answers a question is no candidate against it.
"""

import argparse
import json
import math
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieval.build import build_index
from assistant.retrieval.embedding import StaticEmbedder, Vectors
from assistant.retrieval.expansion import QUESTIONS
from assistant.retrieval.index import IndexPlace
from assistant.retrieval.search import SearchResult, search
from assistant.retrieval.source import read_source
from assistant.settings import ROOT
from evals.embedding_data import Pairs, gather_pairs
from evals.embedding_lessons import Bag, Batch, prepare
from evals.embedding_tokenizer import build_tokenizer
from evals.labelled import LABELLED_ON, LabelledQuestion, load_questions

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor
    from torch.nn import EmbeddingBag

CORPUS = ROOT / "corpus"
RECORD = "training.json"


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the outcome of a training run, besides the data."""

    seed: int = 20261123
    dimension: int = 256
    least_count: int = 4
    epochs: int = 6
    batch: int = 256
    others: int = 64
    rate: float = 0.01
    temperature: float = 0.1


def main(argv: Sequence[str]) -> None:
    """Train, save, measure, and say what was done."""
    parser = argparse.ArgumentParser(prog="python -m evals.train_embedding", description=__doc__)
    parser.add_argument("--extra", type=Path, help="lay questions in STARD's form, for training only")
    parser.add_argument("--out", type=Path, default=CORPUS / "model")
    chosen = parser.parse_args(argv)
    source, questions, recipe = read_source(CORPUS), load_questions(), Recipe()
    pairs = gather_pairs(source, _split(questions, "train"), CORPUS, chosen.extra, recipe.seed)
    alone = "" if chosen.extra else "; no extra set given: the project's own data alone"
    print(f"pairs: {pairs.counts()}{alone}")
    texts = {text for pair in pairs.all for text in pair}
    tokenizer = build_tokenizer(sorted(texts), recipe.least_count)
    save_model(tokenizer, train(tokenizer, pairs.all, recipe), chosen.out)
    write_questions(_split(questions, "train"), CORPUS / QUESTIONS)
    figures = {name: measure(chosen.out, _split(questions, name)) for name in ("dev", "test")}
    _record(chosen.out, recipe, pairs, figures)


def train(tokenizer: "Tokenizer", pairs: Sequence[tuple[str, str]], recipe: Recipe) -> Vectors:
    """One float32 row a token; the unknown token's row is zero."""
    import torch

    torch.manual_seed(recipe.seed)
    rng, lessons = random.Random(recipe.seed), prepare(tokenizer, pairs)
    table = torch.nn.EmbeddingBag(tokenizer.get_vocab_size(), recipe.dimension, mode="mean")
    torch.nn.init.normal_(table.weight, std=0.1)
    steps = recipe.epochs * math.ceil(len(lessons.pairs) / recipe.batch)
    adam = torch.optim.Adam(table.parameters(), lr=recipe.rate)
    slowing = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: max(0.02, 1 - step / steps))
    for epoch in range(recipe.epochs):
        losses = []
        for batch in lessons.batches(rng, recipe.batch, recipe.others):
            loss = _loss(table, batch, recipe.temperature)
            adam.zero_grad()
            loss.backward()
            adam.step()
            slowing.step()
            losses.append(float(loss.detach()))
        print(f"epoch {epoch + 1}/{recipe.epochs}: loss {np.mean(losses):.3f}", file=sys.stderr)
    rows: Vectors = table.weight.detach().numpy().copy()
    rows[0] = 0.0
    return rows


def _loss(table: "EmbeddingBag", batch: Batch, temperature: float) -> "Tensor":
    """Cross-entropy of choosing the right passage by cosine among the candidates."""
    import torch
    from torch.nn.functional import cross_entropy, normalize

    def embed(bags: Sequence[Bag]) -> "Tensor":
        begins = np.cumsum([0, *(len(bag) for bag in bags)])[:-1]
        flat = torch.tensor([token for bag in bags for token in bag])
        return normalize(table(flat, torch.from_numpy(begins)), dim=-1)

    alike = embed(batch.words) @ embed(batch.passages).T / temperature
    alike = alike.masked_fill(torch.from_numpy(batch.also_right), -1e9)
    return cross_entropy(alike, torch.tensor(batch.right))


def save_model(tokenizer: "Tokenizer", rows: Vectors, folder: Path) -> None:
    """A folder sentence-transformers loads: StaticEmbedding alone, float32 so that both ways of reading agree to the bit."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    module = StaticEmbedding(tokenizer, embedding_weights=rows)
    SentenceTransformer(modules=[module], device="cpu").save_pretrained(str(folder), create_model_card=False)
    (folder / "model.safetensors").chmod(0o644)


def write_questions(questions: Iterable[LabelledQuestion], path: Path) -> None:
    """The training questions as a corpus file, which widens the passages they lead to."""
    rows = [
        {"query": item.query, "refs": [str(ref) for ref in item.relevant]}
        for item in questions
        if item.relevant
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def measure(model: Path, questions: Sequence[LabelledQuestion]) -> dict[str, float]:
    """Share of questions with a right article first, among three, among five, as the product searches."""
    with TemporaryDirectory() as scratch:
        index = build_index(IndexPlace(Path(scratch), model), read_source(CORPUS))
        found = [_place(search(index, item.query, 10, LABELLED_ON), item) for item in questions]
    shares = {f"hit{k}": sum(place <= k for place in found) / len(found) for k in (1, 3, 5)}
    return {"n": len(found), **shares, "mrr": sum(1 / place for place in found) / len(found)}


def _place(result: SearchResult, item: LabelledQuestion) -> float:
    refs = [hit.passage.ref.whole_article if hit.passage.ref else None for hit in result.hits]
    return next((at for at, ref in enumerate(refs, start=1) if ref in item.articles), math.inf)


def _split(questions: Sequence[LabelledQuestion], name: str) -> list[LabelledQuestion]:
    return [item for item in questions if item.split == name and item.relevant]


def _record(folder: Path, recipe: Recipe, pairs: Pairs, figures: dict[str, dict[str, float]]) -> None:
    found = {
        "recipe": asdict(recipe),
        "pairs": pairs.counts(),
        "fingerprint": StaticEmbedder.load(folder).fingerprint,
        "figures": figures,
    }
    text = json.dumps(found, ensure_ascii=False, indent=1)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(sys.argv[1:])
