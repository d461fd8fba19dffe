"""Any other sentence-transformers model an office has chosen: a local folder or a hub name.

The library is loaded when the first text is embedded, never before.
"""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import ModelFault
from assistant.retrieval.embedding import ADVICE, Vectors, unit_rows

_WEIGHTS = ("*.safetensors", "*.bin", "*.json", "*.txt", "*.model", "*.onnx")


class LibraryEmbedder:
    """A model run by sentence-transformers, with its own query and document prompts."""

    def __init__(self, model: str | Path) -> None:
        self._model_name = str(model)
        self._folder = Path(model) if Path(model).is_dir() else None

    @cached_property
    def fingerprint(self) -> str:
        """Digest of every file of a folder; of the name where the model comes from a hub."""
        digest = hashlib.sha256()
        if self._folder is None:
            digest.update(self._model_name.encode())
            return f"hub-{digest.hexdigest()[:12]}"
        for path in sorted({path for pattern in _WEIGHTS for path in self._folder.rglob(pattern)}):
            digest.update(path.relative_to(self._folder).as_posix().encode())
            with path.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        return digest.hexdigest()[:16]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Passages, with the model's document prompt."""
        return self._rows(self._model.encode_document(list(texts), show_progress_bar=False))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Questions, with the model's query prompt."""
        return self._rows(self._model.encode_query(list(texts), show_progress_bar=False))

    @cached_property
    def _model(self) -> Any:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as fault:
            raise ModelFault(
                f"没有安装 sentence-transformers，无法使用向量模型 {self._model_name}。{ADVICE}"
            ) from fault
        try:
            return SentenceTransformer(self._model_name, local_files_only=self._folder is not None)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError, ImportError) as fault:
            raise ModelFault(
                f"向量模型 {self._model_name} 无法载入：{_first_line(fault)}。{ADVICE}"
            ) from fault

    @staticmethod
    def _rows(found: Any) -> Vectors:
        return unit_rows(np.asarray(found, dtype=np.float32))


def _first_line(fault: Exception) -> str:
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0][:160]
