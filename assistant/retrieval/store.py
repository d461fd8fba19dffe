"""The dense leg's store: one Chroma collection of passage vectors, embedded or on a server.

Vectors always come from outside (Chroma's own embedding functions are stored by name and fetch an English
model); the space is cosine; nothing is reported to anyone. Source of truth is the corpus, never this store.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.errors import IndexFault
from assistant.retrieval.embedding import Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

EVER, NEVER = 0, 99_999_999


class StoreUnreachable(IndexFault):
    """The Chroma server of an office does not answer; what it holds may be whole."""


@dataclass(frozen=True)
class StorePlace:
    """Where vectors lie: a folder of this process alone, or a Chroma server by URL (which wins)."""

    folder: Path
    url: str | None = None

    def __str__(self) -> str:
        return self.url or str(self.folder)


@dataclass(frozen=True)
class VectorStore:
    """An open collection. Every method raises IndexFault naming the place when Chroma fails."""

    place: StorePlace
    collection: "Collection"

    def count(self) -> int:
        """How many vectors are held."""
        with _told(self.place):
            return int(self.collection.count())

    def nearest(self, vector: Vectors, n: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """Positions of the n nearest passages with their cosine, best first; of some passages only, if asked."""
        with _told(self.place):
            found = self.collection.query(
                query_embeddings=[vector.tolist()],
                n_results=n,
                ids=None if among is None else [str(at) for at in among],
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]
        return [(int(name), 1.0 - away) for name, away in zip(found["ids"][0], distances, strict=True)]


def create_store(place: StorePlace, name: str) -> VectorStore:
    """An empty collection. Raises IndexFault."""
    with _told(place):
        collection = _client(place).create_collection(
            name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )
    return VectorStore(place, collection)


def open_store(place: StorePlace, name: str) -> VectorStore:
    """A collection made earlier. Raises IndexFault where it is missing or damaged."""
    with _told(place):
        return VectorStore(place, _client(place).get_collection(name, embedding_function=None))


def drop_store(place: StorePlace, name: str) -> None:
    """Remove a collection that no index uses any more; one already gone is no fault."""
    from chromadb.errors import NotFoundError

    with _told(place):
        try:
            _client(place).delete_collection(name)
        except NotFoundError:
            return


def fill_store(store: VectorStore, vectors: Vectors, tell: Callable[[int], None]) -> int:
    """Add the vectors of passages in batches Chroma accepts; tells how many are done, returns how many.

    A passage none of whose words the model knows has no vector and is left to the lexical leg. Nothing but
    its number is stored with a vector: what a passage is stands in the passages themselves.
    """
    known = [at for at, row in enumerate(vectors) if row.any()]
    with _told(store.place):
        size = _client(store.place).get_max_batch_size()
        for begin in range(0, len(known), size):
            batch = known[begin : begin + size]
            store.collection.add(
                ids=[str(at) for at in batch],
                embeddings=vectors[batch],
            )
            tell(begin + len(batch))
    return len(known)


def _client(place: StorePlace) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings

    quiet = Settings(anonymized_telemetry=False)
    if place.url is None:
        return chromadb.PersistentClient(path=str(place.folder), settings=quiet)
    parts = urlsplit(place.url if "//" in place.url else f"//{place.url}")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 8000)
    try:
        return chromadb.HttpClient(host=parts.hostname or "", port=port, ssl=secure, settings=quiet)
    except (ValueError, OSError) as fault:
        raise StoreUnreachable(
            f"向量库服务 {place} 没有应答。请检查 chroma_url 设置和服务是否在运行。"
        ) from fault


@contextmanager
def _told(place: StorePlace) -> Iterator[None]:
    """Every way Chroma has of failing, as one fault that names the place."""
    from chromadb.errors import ChromaError
    from httpx import HTTPError

    try:
        yield
    except (ChromaError, HTTPError, ValueError, OSError) as fault:
        reason = (str(fault).strip().splitlines() or [type(fault).__name__])[0][:120]
        advice = (
            "请检查 chroma_url 设置和服务是否在运行。" if place.url else "可运行 assistant index build 重建。"
        )
        raise IndexFault(f"向量库 {place} 无法使用（{reason}）。{advice}") from fault


def day_number(day: date | None, unbounded: int) -> int:
    """A date as a number that sorts: 2019-05-15 → 20190515."""
    return day.year * 10_000 + day.month * 100 + day.day if day else unbounded
