"""What nothing built on vectors can pass: numpy's exact search, and Chroma's own `add` and `query` with nothing around."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.retrieval.embedding import Embedder, Vectors
    from assistant.retrieval.source import IndexSource


def product_embedder() -> "Embedder":
    """The shipped model, read as the product reads it."""
    from assistant.retrieval.embedding import load_embedder

    return load_embedder(Settings().corpus_dir / "model")


def product_vectors(source: "IndexSource") -> "Vectors":
    """The vectors the product's index holds."""
    from assistant.retrieval.build import passage_vectors

    return passage_vectors(source, product_embedder(), lambda *_: None)


def nearest(vectors: "Vectors", query: "Vectors", k: int) -> Any:
    """Places of the k rows nearest to a query of length one, best first, by looking at every row."""
    import numpy as np

    likeness = vectors @ query
    best = np.argpartition(likeness, -k)[-k:] if k < len(likeness) else np.arange(len(likeness))
    return best[np.argsort(-likeness[best])]


@dataclass(frozen=True)
class Raw:
    """A Chroma collection with nothing around it, and how many rows it accepts at once."""

    collection: Any
    batch: int

    def add(self, vectors: "Vectors") -> None:
        """Every row, in batches as large as Chroma accepts."""
        for begin in range(0, len(vectors), self.batch):
            rows = vectors[begin : begin + self.batch]
            self.collection.add(ids=[str(begin + at) for at in range(len(rows))], embeddings=rows)

    def nearest(self, query: "Vectors", k: int) -> Any:
        """The k rows nearest to one question, with their distances."""
        return self.collection.query(query_embeddings=query, n_results=k, include=["distances"])


def raw_collection(folder: Path) -> Raw:
    """A new collection in a folder."""
    import chromadb

    client = chromadb.PersistentClient(path=str(folder))
    made: Any = {"hnsw": {"space": "cosine"}}
    collection = client.create_collection("raw", configuration=made, embedding_function=None)
    return Raw(collection, client.get_max_batch_size())
