"""Texts as vectors: the shipped model by numpy alone, any other by the sentence-transformers library.

The shipped folder is a sentence-transformers StaticEmbedding: a tokenizer and one table with a row for
each token; a text is the mean of its rows. Reading it here costs a tenth of a second and no torch, and
gives the vectors the library gives.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from assistant.errors import ModelFault

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vectors = npt.NDArray[np.float32]

ADVICE = "请检查 embedding_model 设置，或重新获取完整的程序。"
_TABLES = ("embedding.weight", "embeddings")
_STATIC = {"StaticEmbedding", "Normalize"}


class Embedder(Protocol):
    """What the index needs of a model. Every row has length one, or is all zero where nothing is known."""

    @property
    def fingerprint(self) -> str:
        """Short name of the exact weights; an index is only searched with the model that built it."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Passages to float32 rows."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Questions to float32 rows, with the model's query prompt where it has one."""
        ...


class StaticEmbedder:
    """A StaticEmbedding folder: one table row a token, their mean a text."""

    def __init__(self, tokenizer: "Tokenizer", table: Vectors, fingerprint: str) -> None:
        self._tokenizer = tokenizer
        self._table = table
        self.fingerprint = fingerprint

    @classmethod
    def load(cls, folder: Path) -> "StaticEmbedder":
        """Read a model folder. Raises ModelFault naming the file that is missing or damaged."""
        weights = _read(folder / "model.safetensors")
        rules = _read(folder / "tokenizer.json")
        tokenizer, table = _tokenizer(rules, folder), _table(weights, folder)
        if table.ndim != 2 or len(table) < tokenizer.get_vocab_size():
            raise ModelFault(f"向量模型 {folder} 的词表与权重对不上。{ADVICE}")
        return cls(tokenizer, table, hashlib.sha256(weights + rules).hexdigest()[:16])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit rows; a text without a known token is a row of zeros."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        rows = np.zeros((len(encodings), self._table.shape[1]), dtype=np.float32)
        for row, encoding in zip(rows, encodings, strict=True):
            ids = encoding.ids
            if ids:
                np.add.reduce(self._table[ids], axis=0, out=row)
                row /= np.float32(len(ids))
        return unit_rows(rows)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Questions and passages are embedded alike."""
        return self.encode(texts)


def unit_rows(rows: Vectors) -> Vectors:
    """Rows of length one; zero rows stay zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    found: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return found


def load_embedder(model: str | Path) -> Embedder:
    """The model of an office: a local folder, or the hub name of a sentence-transformers model.

    A folder that holds nothing but a static table is read here; all else is left to the library.
    Raises ModelFault.
    """
    folder = Path(model).expanduser()
    if not folder.is_dir() and (isinstance(model, Path) or model.startswith((".", "/", "~"))):
        raise ModelFault(f"找不到向量模型目录：{folder}。{ADVICE}")
    if folder.is_dir() and module_types(folder) <= _STATIC:
        return StaticEmbedder.load(folder)
    from assistant.retrieval.library_embedding import LibraryEmbedder

    return LibraryEmbedder(folder if folder.is_dir() else str(model))


def module_types(folder: Path) -> set[str]:
    """Class names of the modules of a model folder, as its modules.json lists them. Raises ModelFault."""
    try:
        return {row["type"].rsplit(".", 1)[-1] for row in json.loads(_read(folder / "modules.json"))}
    except (ValueError, TypeError, KeyError) as fault:
        raise ModelFault(f"向量模型文件损坏：{folder / 'modules.json'}。{ADVICE}") from fault


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise ModelFault(f"向量模型缺少文件：{path}。{ADVICE}") from fault


def _tokenizer(rules: bytes, folder: Path) -> "Tokenizer":
    from tokenizers import Tokenizer

    try:
        whole = isinstance(json.loads(rules)["model"]["vocab"], dict | list)
    except (ValueError, KeyError, TypeError) as fault:
        raise ModelFault(f"向量模型文件损坏：{folder / 'tokenizer.json'}。{ADVICE}") from fault
    if not whole:
        raise ModelFault(f"向量模型文件损坏：{folder / 'tokenizer.json'}。{ADVICE}")
    tokenizer = Tokenizer.from_buffer(rules)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _table(weights: bytes, folder: Path) -> Vectors:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        tensors = load(weights)
    except SafetensorError as fault:
        raise ModelFault(f"向量模型文件损坏：{folder / 'model.safetensors'}。{ADVICE}") from fault
    for name in _TABLES:
        if name in tensors:
            return np.asarray(tensors[name], dtype=np.float32)
    raise ModelFault(f"向量模型 {folder} 里没有词向量表。{ADVICE}")
