"""Building the index: one writer, a new folder each time, a pointer swapped when all of it is written."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from assistant.errors import IndexFault, ModelFault
from assistant.law import china_time
from assistant.retrieval.embedding import Embedder, Vectors, unit_rows
from assistant.retrieval.index import (
    CURRENT,
    FILES,
    LEXICAL,
    LEXICAL_ONLY,
    MANIFEST,
    NEW,
    PASSAGES,
    PROBE,
    Index,
    IndexPlace,
    Manifest,
    choose_embedder,
    current_build,
    file_digest,
    open_index,
    read_manifest,
)
from assistant.retrieval.lexical import build_lexical, save_lexical
from assistant.retrieval.source import FORMAT, IndexSource, write_passages
from assistant.retrieval.store import StorePlace, StoreUnreachable, create_store, drop_store, fill_store

Progress = Callable[[str, int, int], None]
_EMBEDDING, _STORING, _WORDS = "计算向量", "写入向量库", "建立字面索引"
_CHUNK = 512


def open_or_build(place: IndexPlace, source: IndexSource, progress: Progress | None = None) -> Index:
    """The index in use if it is whole and current, else a new one; `notice` says what went wrong, if anything.

    Raises IndexFault only where an index can be neither opened nor built.
    """
    embedder, notice = choose_embedder(place)
    seen = current_build(place)
    try:
        index = open_index(place, source, embedder)
    except IndexFault as fault:
        index = _renew(place, source, embedder, progress, seen)
        if str(fault) != NEW and index.manifest.build != seen:
            reason = str(fault).split("。")[0]
            index = _noticed(index, f"{reason}，已重新建立索引。")
    return _noticed(index, notice)


def build_index(
    place: IndexPlace, source: IndexSource, progress: Progress | None = None, given: Vectors | None = None
) -> Index:
    """A new index whatever there is; `given` are the vectors of the passages, where they were made before.

    Raises IndexFault.
    """
    embedder, notice = choose_embedder(place)
    with _one_writer(place.folder):
        return _noticed(_build(place, source, embedder, progress, given), notice)


def _renew(
    place: IndexPlace,
    source: IndexSource,
    embedder: Embedder | None,
    progress: Progress | None,
    seen: str | None,
) -> Index:
    """Build, unless another process has done so while we waited for its lock: then what it built will do."""
    with _one_writer(place.folder):
        if current_build(place) != seen:
            with suppress(IndexFault):
                return open_index(place, source, embedder)
        return _build(place, source, embedder, progress)


def _build(
    place: IndexPlace,
    source: IndexSource,
    embedder: Embedder | None,
    progress: Progress | None,
    given: Vectors | None = None,
) -> Index:
    tell = progress or (lambda what, done, total: None)
    build = f"{china_time.now():%Y%m%d-%H%M%S-%f}-{source.digest[:8]}"
    folder = place.folder / build

    def make(model: Embedder) -> Vectors:
        return passage_vectors(source, model, tell) if given is None else given

    source.passages  # noqa: B018  what is to be read is read before two threads ask for it
    try:
        folder.mkdir(parents=True)
        tell(_WORDS, 0, 1)
        with ThreadPoolExecutor(max_workers=1) as beside:
            words = beside.submit(_write_words, folder, source)
            fault, vectors = _write_vectors(place.store(build), build, embedder, make, tell)
            words.result()
        tell(_WORDS, 1, 1)
        _finish(place, build, source, embedder if fault is None else None, vectors)
    except OSError as broken:
        raise IndexFault(f"索引无法写入 {folder}：{broken.strerror}。请检查磁盘空间和目录权限。") from broken
    _sweep(place, build)
    index = open_index(place, source, embedder if fault is None else None)
    return _noticed(index, fault)


def _write_words(folder: Path, source: IndexSource) -> None:
    """Passages and lexical index; in Python, while vectors are made and stored outside it."""
    write_passages(source.passages, folder / PASSAGES)
    save_lexical(build_lexical(source.unit_texts()), folder / LEXICAL)


def _write_vectors(
    at: StorePlace,
    build: str,
    embedder: Embedder | None,
    make: Callable[[Embedder], Vectors],
    tell: Progress,
) -> tuple[str | None, int]:
    """How many vectors were stored; or the line that says why there are none."""
    probe = at.folder.parent / PROBE
    np.save(probe, np.zeros(0, dtype=np.float32))
    if embedder is None:
        return None, 0
    try:
        vectors = make(embedder)
        total = int(vectors.any(axis=1).sum())
        store = create_store(at, build)
        stored = fill_store(store, vectors, lambda done: tell(_STORING, done, total))
    except (ModelFault, StoreUnreachable) as fault:
        return f"{fault}{LEXICAL_ONLY}", 0
    np.save(probe, vectors[vectors.any(axis=1)][-1:].reshape(-1))
    return None, stored


def passage_vectors(source: IndexSource, embedder: Embedder, tell: Progress) -> Vectors:
    """One row a passage: the mean of its own vector and, where people's words for it are known, of theirs."""
    texts = [passage.text for passage in source.passages]
    widened = [(at, words) for at, p in enumerate(source.passages) for words in source.widening(p)]
    rows = _encoded(embedder, texts + [words for _, words in widened], tell)
    own = rows[: len(texts)]
    sums = np.zeros_like(own)
    owners = np.array([at for at, _ in widened], dtype=np.int64)
    np.add.at(sums, owners, rows[len(texts) :])
    return unit_rows(own + unit_rows(sums))


def _encoded(embedder: Embedder, texts: list[str], tell: Progress) -> Vectors:
    parts = []
    for begin in range(0, len(texts), _CHUNK):
        parts.append(embedder.encode(texts[begin : begin + _CHUNK]))
        tell(_EMBEDDING, min(begin + _CHUNK, len(texts)), len(texts))
    return np.concatenate(parts) if parts else np.zeros((0, 1), dtype=np.float32)


def _finish(
    place: IndexPlace, build: str, source: IndexSource, embedder: Embedder | None, vectors: int
) -> None:
    """The manifest, then the pointer: from here on the new build is the one in use."""
    folder = place.folder / build
    manifest = Manifest(
        format=FORMAT,
        build=build,
        digest=source.digest,
        passages=len(source.passages),
        vectors=vectors,
        embedder=embedder.fingerprint if embedder else None,
        store=place.chroma_url if embedder else None,
        built_at=f"{china_time.now():%Y-%m-%d %H:%M}",
        files={name: file_digest(folder / name) for name in FILES},
    )
    _write_whole(folder / MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    _write_whole(place.folder / CURRENT, build)


def _write_whole(path: Path, text: str) -> None:
    """The file is there with all its words, or as it was before."""
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)


def _sweep(place: IndexPlace, kept: str) -> None:
    """Remove earlier and unfinished builds, and their collections on a server."""
    for folder in place.folder.iterdir():
        if not folder.is_dir() or folder.name == kept:
            continue
        # A build without manifest was never finished; a server that does not answer keeps what nobody asks for.
        with suppress(IndexFault):
            manifest = read_manifest(folder)
            if manifest.store:
                drop_store(StorePlace(folder, manifest.store), manifest.build)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _one_writer(folder: Path) -> Iterator[None]:
    """Wait until no other process builds here."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as fault:
        raise IndexFault(
            f"索引目录 {folder} 无法写入：{fault.strerror}。请检查 data_dir 设置和目录权限。"
        ) from fault
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _noticed(index: Index, notice: str | None) -> Index:
    """The index with one more line for the clerk."""
    lines = [line for line in (index.notice, notice) if line]
    return replace(index, notice="".join(lines) or None)
