"""A reranking model an office has chosen: a local CrossEncoder folder or a hub name.

It reads question and passage together and puts the best hits in its own order. None is shipped: the order
of the embedded search stands without it. The library is loaded with the first question, never before.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from assistant.errors import ModelFault

ADVICE = "请检查 reranker_model 设置。"


class Reranker(Protocol):
    """What search needs of a reranking model."""

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """One number a text, higher for a better answer. Raises ModelFault."""
        ...


class LibraryReranker:
    """A CrossEncoder run by sentence-transformers."""

    def __init__(self, model: str) -> None:
        self._name = model
        self._folder = Path(model).expanduser()

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """One number a text. Raises ModelFault where the model cannot be loaded or used."""
        try:
            found = self._model.predict([(query, text) for text in texts], show_progress_bar=False)
        except (RuntimeError, ValueError, IndexError, TypeError) as fault:
            raise ModelFault(f"重排模型 {self._name} 无法使用：{_first_line(fault)}。{ADVICE}") from fault
        return [float(score) for score in found]

    @cached_property
    def _model(self) -> Any:
        local = self._folder.is_dir()
        if not local and self._name.startswith((".", "/", "~")):
            raise ModelFault(f"找不到重排模型目录：{self._folder}。{ADVICE}")
        try:
            from sentence_transformers import CrossEncoder

            return CrossEncoder(str(self._folder) if local else self._name, local_files_only=local)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError, ImportError) as fault:
            raise ModelFault(f"重排模型 {self._name} 无法载入：{_first_line(fault)}。{ADVICE}") from fault


def _first_line(fault: Exception) -> str:
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0][:160]
