"""The passage index of an office: opened if it is whole and current, else built again.

    index/current          name of the build in use
    index/<build>/         passages.jsonl, lexical.npz, probe.npy, chroma/, and manifest.json, written last

A build that is killed has no manifest and is never pointed at: the last finished one stays in use.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.errors import IndexFault, ModelFault
from assistant.ingest.passages import Passage
from assistant.law.instruments import StatuteBook
from assistant.law.provisions import ProvisionRef
from assistant.retrieval.embedding import Embedder, Vectors, load_embedder
from assistant.retrieval.expansion import Expansions
from assistant.retrieval.filters import Admitted, Filters, admitted
from assistant.retrieval.lexical import LexicalIndex, load_lexical
from assistant.retrieval.reranking import LibraryReranker, Reranker
from assistant.retrieval.scope import Scope
from assistant.retrieval.source import FORMAT, IndexSource, number_units, read_passages
from assistant.retrieval.store import (
    NEVER,
    StorePlace,
    StoreUnreachable,
    VectorStore,
    day_number,
    open_store,
)
from assistant.settings import Settings

MANIFEST, CURRENT = "manifest.json", "current"
PASSAGES, LEXICAL, PROBE, CHROMA = "passages.jsonl", "lexical.npz", "probe.npy", "chroma"
FILES = (PASSAGES, LEXICAL, PROBE)
NEW = "还没有索引"
LEXICAL_ONLY = "本次只按字面检索。"
# So many pairs of day and filters are kept ready; a bit a passage each.
ADMITTED_KEPT = 16


@dataclass(frozen=True)
class IndexPlace:
    """Where the index of an office lies, which models it uses, and the Chroma server if it has one."""

    folder: Path
    model: str | Path
    chroma_url: str | None = None
    reranker: str | None = None

    @classmethod
    def of(cls, settings: Settings) -> "IndexPlace":
        """The place the settings of an office say."""
        model = settings.embedding_model or settings.corpus_dir / "model"
        return cls(settings.data_dir / "index", model, settings.chroma_url, settings.reranker_model)

    def store(self, build: str) -> StorePlace:
        """Where the vectors of a build lie."""
        return StorePlace(self.folder / build / CHROMA, self.chroma_url)


@dataclass(frozen=True)
class Manifest:
    """What a finished build says of itself. `vectors` are fewer than passages where some have none."""

    format: int
    build: str
    digest: str
    passages: int
    vectors: int
    embedder: str | None
    store: str | None
    built_at: str
    files: dict[str, str]


@dataclass(frozen=True)
class DenseLeg:
    """Vectors and the model that made them."""

    embedder: Embedder
    store: VectorStore


@dataclass(frozen=True)
class Index:
    """An open index; `notice` is a line for the clerk.

    A unit is an article with its parts, or one passage of a report. `units` has the unit of each passage,
    `heads` the first passage of each unit, `spans` the first and last day each passage is living law (as
    sortable numbers), `places` where each provision stands. The lexical index counts units.
    """

    folder: Path
    manifest: Manifest
    book: StatuteBook
    passages: tuple[Passage, ...]
    units: npt.NDArray[np.int64]
    heads: npt.NDArray[np.int64]
    spans: npt.NDArray[np.int64]
    places: Mapping[ProvisionRef, tuple[int, ...]]
    lexical: LexicalIndex
    dense: DenseLeg | None
    expansions: Expansions = field(default_factory=dict)
    scope: Scope | None = None
    shipped: frozenset[str] = frozenset()
    reranker: Reranker | None = None
    notice: str | None = None

    def judged_by(self, passage: Passage) -> Scope | None:
        """The scope that knows the business of this passage; none knows what an office added itself."""
        return self.scope if passage.source in self.shipped else None

    @cached_property
    def admitted(self) -> Callable[[date, Filters], Admitted]:
        """What may be shown on a day within filters; the last are kept, since an office asks much on one day."""
        return lru_cache(maxsize=ADMITTED_KEPT)(partial(admitted, self))

    @cached_property
    def beside(self) -> ThreadPoolExecutor:
        """Where one leg runs while the other waits for the store."""
        return ThreadPoolExecutor(thread_name_prefix="words")

    @cached_property
    def titles(self) -> dict[str, str]:
        """Full title of each law by its short one."""
        return {instrument.name: instrument.title for instrument in self.book.instruments}

    def describe(self) -> str:
        """One line: how many passages, which model, when built, where."""
        made = self.manifest
        model = f"向量模型 {made.embedder}" if made.embedder else "没有向量"
        return f"{made.passages} 段，{made.vectors} 个向量，{model}，建于 {made.built_at}，{self.folder}"


def current_build(place: IndexPlace) -> str | None:
    """Name of the build in use, if any."""
    try:
        return (place.folder / CURRENT).read_text(encoding="utf-8").strip() or None
    except OSError:
        return None


def open_index(place: IndexPlace, source: IndexSource, embedder: Embedder | None) -> Index:
    """The finished index in use, checked. Raises IndexFault with the reason it cannot be used as it is.

    Without an embedder, or where the Chroma server does not answer, only the lexical leg is opened.
    """
    build = current_build(place)
    if build is None:
        raise IndexFault(NEW)
    folder = place.folder / build
    manifest = read_manifest(folder)
    _require_current(manifest, source, place, embedder)
    passages, lexical, probe = _read_files(folder, manifest)
    dense, notice = None, None
    try:
        dense = _open_dense(place, manifest, embedder, probe) if embedder else None
    except StoreUnreachable as fault:
        notice = f"{fault}{LEXICAL_ONLY}"
    units = number_units(passages)
    return Index(
        folder=folder,
        manifest=manifest,
        book=source.book,
        passages=passages,
        units=units,
        heads=np.unique(units, return_index=True)[1],
        spans=_spans(passages),
        places=_places(passages),
        lexical=lexical,
        dense=dense,
        expansions=source.expansions,
        scope=source.scope,
        shipped=source.shipped,
        reranker=LibraryReranker(place.reranker) if place.reranker else None,
        notice=notice,
    )


def read_manifest(folder: Path) -> Manifest:
    """What a build says of itself. Raises IndexFault."""
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(**found)
    except (OSError, ValueError, TypeError) as fault:
        raise IndexFault("索引清单缺失或者损坏") from fault


def choose_embedder(place: IndexPlace) -> tuple[Embedder | None, str | None]:
    """The model of the office; or none, and the line that says why."""
    try:
        return load_embedder(place.model), None
    except ModelFault as fault:
        return None, f"{fault}{LEXICAL_ONLY}"


def check_index(place: IndexPlace, source: IndexSource) -> list[str]:
    """Why the index would be rebuilt, or what it lacks; nothing where all is well."""
    embedder, notice = choose_embedder(place)
    try:
        index = open_index(place, source, embedder)
    except IndexFault as fault:
        return [f"{fault}。"]
    return [line for line in (notice, index.notice) if line]


def file_digest(path: Path) -> str:
    """First 16 hex digits of the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]


def _require_current(
    manifest: Manifest, source: IndexSource, place: IndexPlace, embedder: Embedder | None
) -> None:
    if manifest.format != FORMAT:
        raise IndexFault("索引是旧格式的")
    if manifest.digest != source.digest:
        raise IndexFault("语料有变动")
    if embedder is None:
        return
    if manifest.embedder not in (None, embedder.fingerprint):
        raise IndexFault("向量模型有变动")
    if manifest.embedder is None or manifest.store != place.chroma_url:
        raise IndexFault("索引还没有向量" if manifest.embedder is None else "向量库的位置有变动")


def _read_files(folder: Path, manifest: Manifest) -> tuple[tuple[Passage, ...], LexicalIndex, Vectors]:
    try:
        damaged = [name for name in FILES if file_digest(folder / name) != manifest.files.get(name)]
        if damaged:
            raise IndexFault(f"索引文件损坏：{'、'.join(damaged)}")
        passages = read_passages((folder / PASSAGES).read_text(encoding="utf-8"))
        lexical, probe = load_lexical(folder / LEXICAL), np.load(folder / PROBE, allow_pickle=False)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise IndexFault("索引文件缺失或者损坏") from fault
    if len(passages) != manifest.passages or lexical.size > len(passages):
        raise IndexFault("索引里的段数与清单不符")
    return passages, lexical, probe


def _open_dense(place: IndexPlace, manifest: Manifest, embedder: Embedder, probe: Vectors) -> DenseLeg:
    """The vectors, counted and asked for one that must be there."""
    store = open_store(place.store(manifest.build), manifest.build)
    if store.count() != manifest.vectors:
        raise IndexFault("向量库里的向量数与清单不符")
    if probe.size and store.nearest(probe, 1)[0][1] < 0.999:
        raise IndexFault("向量库里找不到应有的向量")
    return DenseLeg(embedder, store)


def _places(passages: tuple[Passage, ...]) -> dict[ProvisionRef, tuple[int, ...]]:
    found: dict[ProvisionRef, tuple[int, ...]] = {}
    for at, passage in enumerate(passages):
        if passage.kind == "provision" and passage.ref:
            found[passage.ref] = (*found.get(passage.ref, ()), at)
    return found


def _spans(passages: tuple[Passage, ...]) -> npt.NDArray[np.int64]:
    """First and last day of each passage as sortable numbers, two columns."""
    return np.array(
        [(day_number(p.valid_from, 0), day_number(p.valid_to, NEVER)) for p in passages], dtype=np.int64
    ).reshape(-1, 2)
